//! The settings: defaults that need nothing, then an optional TOML file, then the environment, then
//! the command line. All problems are told at once, and no secret is ever printed.

mod accounts;
mod environment;
mod mail;
mod photos;

pub use environment::ENVIRONMENT;

use chrono::TimeDelta;
use liangxin_app::ports::{mailer::Sender, objects::Bucket};
use liangxin_domain::accounts::second_factor::Demand;
use liangxin_graphql::limits::Mode;
use liangxin_web::request::Proxies;
use serde::Deserialize;
use std::{
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// A value that does not show.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where originals are kept.
#[derive(Debug, Clone)]
pub enum ObjectsConfig {
    /// In a directory below the data directory.
    Folder(PathBuf),
    /// In a bucket.
    S3(Bucket),
}

/// The settings of one process.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where everything embedded lives: database, objects, mail, keys.
    pub data: PathBuf,
    /// The database.
    pub database_url: Secret,
    /// Whether the database is the embedded one.
    pub is_embedded: bool,
    /// Where originals are kept.
    pub objects: ObjectsConfig,
    /// The mail server; none means a folder.
    pub smtp_url: Option<Secret>,
    /// The sender of mail.
    pub mail_from: Sender,
    /// How long mails stay in the folder.
    pub mail_kept: TimeDelta,
    /// Where the keys are.
    pub keys: PathBuf,
    /// The public identity key, to which real names are sealed.
    pub identity_key: Option<String>,
    /// How the outside reaches this server, without a slash at the end; unknown means: as it listens.
    pub public_url: Option<String>,
    /// Whose word about the address of a caller counts.
    pub trusted_proxies: Proxies,
    /// How much of the disk under the data directory photos must leave free, in bytes.
    pub disk_reserve_bytes: u64,
    /// How many bytes of photos of reports that nobody took in may be held.
    pub unaccepted_photo_bytes: u64,
    /// Who must have a second factor.
    pub second_factor: Demand,
    /// For how many whole days an account that an administrator gave its access is nobody's second person.
    pub settling_days: u16,
    /// A directory of measurement rules that replace or join the built-in ones.
    pub rules: Option<PathBuf>,
    /// A directory of law files that replace the built-in ones.
    pub law: Option<PathBuf>,
    /// A file with the typeface of papers that are written as PDF; unknown means: where packages put one.
    pub paper_font: Option<PathBuf>,
    /// Who the server is run for.
    pub mode: Mode,
}

/// What a file or the command line may say; the environment uses the names of [`ENVIRONMENT`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the table in the README explains each setting")]
pub struct Settings {
    pub listen: Option<String>,
    pub data: Option<PathBuf>,
    pub database_url: Option<Secret>,
    pub s3_bucket: Option<String>,
    pub s3_endpoint: Option<String>,
    pub s3_public_endpoint: Option<String>,
    pub s3_region: Option<String>,
    pub aws_access_key_id: Option<String>,
    pub aws_secret_access_key: Option<Secret>,
    pub smtp_url: Option<Secret>,
    pub mail_from: Option<String>,
    pub mail_days: Option<String>,
    pub keys: Option<PathBuf>,
    pub identity_key: Option<String>,
    pub public_url: Option<String>,
    pub trusted_proxies: Option<String>,
    pub disk_reserve: Option<String>,
    pub unaccepted_photos: Option<String>,
    pub second_factor: Option<String>,
    pub settling_days: Option<String>,
    pub rules: Option<PathBuf>,
    pub law: Option<PathBuf>,
    pub paper_font: Option<PathBuf>,
    pub mode: Option<String>,
}

/// Everything that is wrong with the settings.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the settings have {} problem(s):\n  {}", .0.len(), .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

impl Settings {
    /// Reads a TOML file.
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let problem = |e: &dyn fmt::Display| ConfigError(vec![format!("{}: {e}", path.display())]);
        let text = std::fs::read_to_string(path).map_err(|e| problem(&e))?;
        // The message of the TOML reader alone: its Display would quote the line, secret included.
        toml::from_str(&text).map_err(|e: toml::de::Error| problem(&e.message()))
    }

    /// Reads the environment through a lookup; empty counts as unset.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| lookup(name).filter(|value| !value.trim().is_empty());
        Self {
            listen: get("LIANGXIN_LISTEN"),
            data: get("LIANGXIN_DATA").map(PathBuf::from),
            database_url: get("DATABASE_URL").map(Secret),
            s3_bucket: get("S3_BUCKET"),
            s3_endpoint: get("S3_ENDPOINT"),
            s3_public_endpoint: get("S3_PUBLIC_ENDPOINT"),
            s3_region: get("S3_REGION"),
            aws_access_key_id: get("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key: get("AWS_SECRET_ACCESS_KEY").map(Secret),
            smtp_url: get("SMTP_URL").map(Secret),
            mail_from: get("LIANGXIN_MAIL_FROM"),
            mail_days: get("LIANGXIN_MAIL_DAYS"),
            keys: get("LIANGXIN_KEYS").map(PathBuf::from),
            identity_key: get("LIANGXIN_IDENTITY_KEY"),
            public_url: get("LIANGXIN_PUBLIC_URL"),
            trusted_proxies: get("LIANGXIN_TRUSTED_PROXIES"),
            disk_reserve: get("LIANGXIN_DISK_RESERVE"),
            unaccepted_photos: get("LIANGXIN_UNACCEPTED_PHOTOS"),
            second_factor: get("LIANGXIN_SECOND_FACTOR"),
            settling_days: get("LIANGXIN_SETTLING_DAYS"),
            rules: get("LIANGXIN_RULES").map(PathBuf::from),
            law: get("LIANGXIN_LAW").map(PathBuf::from),
            paper_font: get("LIANGXIN_PAPER_FONT").map(PathBuf::from),
            mode: get("LIANGXIN_MODE"),
        }
    }

    /// Reads the process environment.
    #[must_use]
    pub fn from_process() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the settings are the one place that reads it"
        )]
        Self::from_environment(|name| std::env::var(name).ok())
    }

    /// These settings, with the other's where these say nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            data: self.data.or(other.data),
            database_url: self.database_url.or(other.database_url),
            s3_bucket: self.s3_bucket.or(other.s3_bucket),
            s3_endpoint: self.s3_endpoint.or(other.s3_endpoint),
            s3_public_endpoint: self.s3_public_endpoint.or(other.s3_public_endpoint),
            s3_region: self.s3_region.or(other.s3_region),
            aws_access_key_id: self.aws_access_key_id.or(other.aws_access_key_id),
            aws_secret_access_key: self.aws_secret_access_key.or(other.aws_secret_access_key),
            smtp_url: self.smtp_url.or(other.smtp_url),
            mail_from: self.mail_from.or(other.mail_from),
            mail_days: self.mail_days.or(other.mail_days),
            keys: self.keys.or(other.keys),
            identity_key: self.identity_key.or(other.identity_key),
            public_url: self.public_url.or(other.public_url),
            trusted_proxies: self.trusted_proxies.or(other.trusted_proxies),
            disk_reserve: self.disk_reserve.or(other.disk_reserve),
            unaccepted_photos: self.unaccepted_photos.or(other.unaccepted_photos),
            second_factor: self.second_factor.or(other.second_factor),
            settling_days: self.settling_days.or(other.settling_days),
            rules: self.rules.or(other.rules),
            law: self.law.or(other.law),
            paper_font: self.paper_font.or(other.paper_font),
            mode: self.mode.or(other.mode),
        }
    }

    /// Checks everything and fills in the defaults.
    pub fn check(self) -> Result<Config, ConfigError> {
        let mut problems = Vec::new();
        let listen = self.listen.as_deref().unwrap_or("127.0.0.1:8080");
        let listen = take(
            listen
                .parse()
                .map_err(|_| format!("LIANGXIN_LISTEN: `{listen}` is not ADDRESS:PORT")),
            &mut problems,
        );
        let data = self.data.clone();
        let data = data.unwrap_or_else(|| PathBuf::from("liangxin-data"));
        let is_embedded = self.database_url.is_none();
        let database_url = take(self.database(&data), &mut problems);
        let objects = take(self.objects(&data), &mut problems);
        let mail = take(self.mail(), &mut problems);
        let mode = take(self.mode(), &mut problems);
        let public_url = take(self.public_url(), &mut problems);
        let trusted_proxies = take(self.trusted_proxies(), &mut problems);
        let disk_reserve = take(self.disk_reserve_bytes(), &mut problems);
        let unaccepted = take(self.unaccepted_photo_bytes(), &mut problems);
        let second_factor = take(self.second_factor(), &mut problems);
        let accounts = second_factor.zip(take(self.settling_days(), &mut problems));
        problems.extend(self.smtp_problem());
        match (
            (listen, database_url, objects, disk_reserve),
            (mail, mode, public_url),
            (trusted_proxies, accounts, unaccepted),
        ) {
            (
                (Some(listen), Some(database_url), Some(objects), Some(disk_reserve_bytes)),
                (Some((mail_from, mail_kept)), Some(mode), Some(public_url)),
                (
                    Some(trusted_proxies),
                    Some((second_factor, settling_days)),
                    Some(unaccepted_photo_bytes),
                ),
            ) if problems.is_empty() => Ok(Config {
                listen,
                keys: self.keys.unwrap_or_else(|| data.join("keys")),
                data,
                database_url,
                is_embedded,
                objects,
                smtp_url: self.smtp_url,
                mail_from,
                mail_kept,
                identity_key: self.identity_key,
                public_url,
                trusted_proxies,
                disk_reserve_bytes,
                unaccepted_photo_bytes,
                second_factor,
                settling_days,
                rules: self.rules,
                law: self.law,
                paper_font: self.paper_font,
                mode,
            }),
            _ => Err(ConfigError(problems)),
        }
    }

    fn database(&self, data: &Path) -> Result<Secret, String> {
        match &self.database_url {
            None => Ok(Secret(format!(
                "sqlite://{}?mode=rwc",
                data.join("liangxin.db").display()
            ))),
            Some(url)
                if url.expose().starts_with("postgres://")
                    || url.expose().starts_with("postgresql://")
                    || url.expose().starts_with("sqlite:") =>
            {
                Ok(url.clone())
            }
            Some(_) => Err("DATABASE_URL: must begin with postgres:// or sqlite:".to_owned()),
        }
    }

    fn objects(&self, data: &Path) -> Result<ObjectsConfig, String> {
        let Some(bucket) = self.s3_bucket.clone() else {
            let stray = [
                ("S3_ENDPOINT", self.s3_endpoint.is_some()),
                ("S3_PUBLIC_ENDPOINT", self.s3_public_endpoint.is_some()),
                ("S3_REGION", self.s3_region.is_some()),
            ];
            return match stray.iter().find(|(_, set)| *set) {
                Some((name, _)) => Err(format!("{name}: is set, but S3_BUCKET is not")),
                None => Ok(ObjectsConfig::Folder(data.join("objects"))),
            };
        };
        let (Some(access_key), Some(secret_key)) = (
            self.aws_access_key_id.clone(),
            self.aws_secret_access_key.clone(),
        ) else {
            return Err("S3_BUCKET: needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned());
        };
        let endpoint = address("S3_ENDPOINT", self.s3_endpoint.as_ref())?;
        let public_endpoint = address("S3_PUBLIC_ENDPOINT", self.s3_public_endpoint.as_ref())?;
        let region = self
            .s3_region
            .clone()
            .unwrap_or_else(|| "us-east-1".to_owned());
        Ok(ObjectsConfig::S3(Bucket {
            name: bucket,
            endpoint,
            public_endpoint,
            region,
            access_key,
            secret_key: secret_key.0,
        }))
    }

    fn mode(&self) -> Result<Mode, String> {
        match self.mode.as_deref() {
            None | Some("production") => Ok(Mode::Production),
            Some("development") => Ok(Mode::Development),
            Some(other) => Err(format!(
                "LIANGXIN_MODE: `{other}` is neither production nor development"
            )),
        }
    }

    fn trusted_proxies(&self) -> Result<Proxies, String> {
        let text = self.trusted_proxies.as_deref().unwrap_or_default();
        Proxies::parse(text).ok_or_else(|| {
            "LIANGXIN_TRUSTED_PROXIES: must be addresses or networks with commas between them, such as 10.0.0.0/8"
                .to_owned()
        })
    }

    fn public_url(&self) -> Result<Option<String>, String> {
        match &self.public_url {
            None => Ok(None),
            Some(url) => {
                let host = url
                    .strip_prefix("http://")
                    .or_else(|| url.strip_prefix("https://"));
                let url = url.trim_end_matches('/');
                match host.map(|host| host.trim_end_matches('/')) {
                    None | Some("") => Err(format!(
                        "LIANGXIN_PUBLIC_URL: `{url}` must begin with http:// or https:// and a host"
                    )),
                    // The links of the pages and the addresses on paper begin at the root.
                    Some(host) if host.contains(['/', '?', '#']) => Err(format!(
                        "LIANGXIN_PUBLIC_URL: `{url}` has a path; the server needs a host name of its own, such as \
                         https://liangxin.example"
                    )),
                    Some(_) => Ok(Some(url.to_owned())),
                }
            }
        }
    }
}

/// An address of a service, if one is set.
fn address(name: &str, url: Option<&String>) -> Result<Option<String>, String> {
    match url {
        Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
            Err(format!("{name}: must begin with http:// or https://"))
        }
        url => Ok(url.cloned()),
    }
}

fn take<T>(value: Result<T, String>, problems: &mut Vec<String>) -> Option<T> {
    match value {
        Ok(value) => Some(value),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

#[cfg(test)]
mod tests;
