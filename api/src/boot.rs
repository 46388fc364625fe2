//! From settings to a running application: real ports, checked one after the other.

use crate::{
    config::{Config, ObjectsConfig},
    law_directory, rule_directory,
};
use anyhow::Context as _;
use chrono::NaiveDate;
use liangxin_app::{
    app::{App, Law},
    ports::{
        clock::Clock,
        identity_keys::IdentityKeys,
        ids::Ids,
        keys::Keys,
        mailer::Mailer,
        objects::{Bucket, Objects},
    },
    reference,
    spool::Spool,
    turns::Turns,
    unaccepted::Unaccepted,
    work::Db,
};
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_graphql::limits::Mode;
use liangxin_migration::{Migrator, MigratorTrait as _};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, time::timeout};

/// Connections to the database. SQLite has one writer, and readers that do not wait for it.
const CONNECTIONS: u32 = 16;
/// How long a start waits for the object store before it goes on without.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// Opens everything that the settings name. `public_url` is how the outside reaches the server.
pub async fn open(config: &Config, clock: Clock, public_url: String) -> anyhow::Result<App> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("cannot make the data directory {}", config.data.display()))?;
    let ids = Ids::system();
    let db = Db::connect(config.database_url.expose(), CONNECTIONS)
        .await
        .context("cannot reach the database")?;
    let keys = Keys::open(&config.keys, &ids).context("cannot open the keys")?;
    let mailer = match &config.smtp_url {
        Some(url) => Mailer::smtp(url.expose(), config.mail_from.clone())
            .context("SMTP_URL is not usable")?,
        None => {
            let (folder, from) = (config.data.join("mail"), config.mail_from.clone());
            Mailer::folder(&folder, from, config.mail_kept)
                .context("cannot make the mail folder")?
        }
    };
    // Beside the originals: what came is taken over where it lies.
    let spool = Spool::open(config.data.join("spool"), config.disk_reserve_bytes)
        .context("cannot make the directory for bodies on their way")?;
    let law = Arc::new(law(config, shanghai_date(clock.now()))?);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Ok(App {
        db,
        clock,
        ids,
        keys: Arc::new(keys),
        identity_keys: Arc::new(identity_keys(config)?),
        mailer: Arc::new(mailer),
        objects: Arc::new(objects(&config.objects).await?),
        spool: Arc::new(spool),
        unaccepted: Arc::new(Unaccepted::new(config.unaccepted_photo_bytes)),
        law,
        calendars: Arc::default(),
        budgets: Arc::default(),
        public_url: public_url.into(),
        wake: Arc::new(watch::Sender::new(())),
        turns: Arc::new(Turns::new(cores)),
        demand: config.second_factor,
        tries: Arc::default(),
    })
}

/// The key that the operator names; without one, embedded and development servers make their own,
/// and a server in production takes no real names.
fn identity_keys(config: &Config) -> anyhow::Result<IdentityKeys> {
    match &config.identity_key {
        Some(recipient) => IdentityKeys::configured(recipient, &config.keys),
        None if config.is_embedded || config.mode == Mode::Development => {
            IdentityKeys::open(&config.keys)
        }
        None => {
            tracing::warn!("LIANGXIN_IDENTITY_KEY is not set: real names are refused");
            Ok(IdentityKeys::none())
        }
    }
    .context("the identity key is not usable")
}

/// The built-in law, with the measurement rules and the law files of the operator. A row that the
/// program needs must be there today.
fn law(config: &Config, today: NaiveDate) -> anyhow::Result<Law> {
    let mut law = reference::law().context("the built-in law does not load")?;
    if let Some(directory) = &config.rules {
        law.rules = Arc::new(rule_directory::read(directory)?);
    }
    if let Some(directory) = &config.law {
        law_directory::read(directory, &mut law)
            .with_context(|| format!("the law of {} is not usable", directory.display()))?;
        let missing = law_directory::missing(&law, today);
        anyhow::ensure!(
            missing.is_empty(),
            "the law of {} is not usable: {}",
            directory.display(),
            missing.join("; ")
        );
    }
    Ok(law)
}

/// Brings the database to the present form.
pub async fn migrate(app: &App) -> anyhow::Result<()> {
    Migrator::up(app.db.writer(), None)
        .await
        .context("cannot migrate the database")
}

/// Refuses to run on a database of an older form: with several replicas somebody has to say when.
pub async fn require_migrated(app: &App) -> anyhow::Result<()> {
    let pending = Migrator::get_pending_migrations(app.db.writer())
        .await
        .context("cannot read the database's form")?;
    anyhow::ensure!(
        pending.is_empty(),
        "the database lacks {} migration(s); run `liangxin migrate` first",
        pending.len()
    );
    Ok(())
}

async fn objects(config: &ObjectsConfig) -> anyhow::Result<Objects> {
    match config {
        ObjectsConfig::Folder(dir) => {
            std::fs::create_dir_all(dir)
                .with_context(|| format!("cannot make the object directory {}", dir.display()))?;
            Ok(Objects::Folder(dir.clone()))
        }
        ObjectsConfig::S3(bucket) => {
            let objects = in_bucket(bucket)?;
            // What needs no photo is served meanwhile.
            match timeout(FIRST_LOOK, objects.ping()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::warn!(bucket = bucket.name, %error, "the object store does not answer: photos are refused");
                }
                Err(late) => {
                    tracing::warn!(bucket = bucket.name, %late, "the object store does not answer: photos are refused");
                }
            }
            Ok(objects)
        }
    }
}

#[cfg(feature = "s3")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "without the feature there is none"
)]
fn in_bucket(bucket: &Bucket) -> anyhow::Result<Objects> {
    Ok(Objects::Service(Box::new(liangxin_s3::S3::open(bucket))))
}

#[cfg(not(feature = "s3"))]
fn in_bucket(bucket: &Bucket) -> anyhow::Result<Objects> {
    anyhow::bail!(
        "this program was built without S3 and cannot use the bucket `{}`",
        bucket.name
    )
}
