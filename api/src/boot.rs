//! From settings to a running application: real ports, checked one after the other.

use crate::{
    config::{Config, ObjectsConfig},
    law_directory, private_files, rule_directory,
};
use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_app::{
    app::{App, Law},
    budget::DraftRoom,
    ports::{
        clock::Clock,
        identity_keys::IdentityKeys,
        ids::Ids,
        key_files::KeyDirectory,
        mailer::Mailer,
        objects::{Bucket, Objects},
    },
    receivings::Receivings,
    reference,
    shelf::Shelf,
    spool::Spool,
    turns::Turns,
    unaccepted::Unaccepted,
    usecase::keys::{self, Named, Place, Present, Rotated, Sealed, Settled, Start, settle},
    work::Db,
};
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_graphql::limits::Mode;
use liangxin_migration::{Migrator, MigratorTrait as _};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::{sync::watch, time::timeout};

/// Connections to the database. SQLite has one writer, and readers that do not wait for it.
const CONNECTIONS: u32 = 16;
/// How long a start waits for the object store before it goes on without.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// What a command does to what it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Brings the database to the present form, and makes what is not there yet.
    Migrate,
    /// Makes what is not there yet. With several replicas somebody has to say when the form changes.
    Work,
    /// Makes nothing: neither a directory nor a database nor a key.
    Look,
}

/// Opens everything that the settings name. `public_url` is how the outside reaches the server.
pub async fn open(
    config: &Config,
    clock: Clock,
    public_url: String,
    opening: Opening,
) -> anyhow::Result<App> {
    let url = config.database_url.expose();
    let url = if opening == Opening::Look {
        url.replace("mode=rwc", "mode=rw")
    } else {
        make_data(config)?;
        url.to_owned()
    };
    let ids = Ids::system();
    let db = Db::connect(&url, CONNECTIONS)
        .await
        .context("cannot reach the database")?;
    if opening == Opening::Migrate {
        migrate(&db).await?;
    } else {
        require_migrated(&db).await?;
    }
    let Settled {
        keys,
        evidence,
        identity,
    } = keys(config, &db, (&ids, clock.now()), opening).await?;
    let mailer = mailer(config)?;
    // Beside the originals: what came is taken over where it lies.
    let spool_directory = config.data.join("spool");
    if opening != Opening::Look {
        make(&spool_directory)?;
        if let Mailer::Folder(folder, ..) = &mailer {
            make(folder)?;
        }
    }
    let spool = Spool::new(spool_directory, config.disk_reserve_bytes);
    let law = Arc::new(law(config, shanghai_date(clock.now()))?);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Ok(App {
        db,
        clock,
        ids,
        keys: Arc::new(keys),
        evidence_keys: Arc::new(evidence),
        identity_keys: Arc::new(identity),
        mailer: Arc::new(mailer),
        objects: Arc::new(objects(&config.objects, opening).await?),
        spool: Arc::new(spool),
        receivings: Receivings::default(),
        shelf: Shelf::default(),
        unaccepted: Arc::new(Unaccepted::new(config.unaccepted_photo_bytes)),
        drafts: DraftRoom::default(),
        law,
        calendars: Arc::default(),
        budgets: Arc::default(),
        public_url: public_url.into(),
        wake: Arc::new(watch::Sender::new(())),
        turns: Arc::new(Turns::new(cores)),
        demand: config.second_factor,
        settling_days: config.settling_days,
        tries: Arc::default(),
        listeners: Arc::default(),
        read_item: liangxin_graphql::push::read,
    })
}

/// What hands mails on: a server, or a folder.
fn mailer(config: &Config) -> anyhow::Result<Mailer> {
    let from = config.mail_from.clone();
    match &config.smtp_url {
        Some(url) => Mailer::smtp(url.expose(), from).context("SMTP_URL is not usable"),
        None => {
            let folder = config.data.join("mail");
            Ok(Mailer::Folder(folder, from, config.mail_kept))
        }
    }
}

/// The keys that the database was filled with. Without a named identity key, embedded and development servers make their
/// own, and a server in production takes no real names.
async fn keys(
    config: &Config,
    db: &Db,
    (ids, now): (&Ids, DateTime<Utc>),
    opening: Opening,
) -> anyhow::Result<Settled> {
    let named = named(config);
    let place = Place {
        db,
        directory: &KeyDirectory::new(config.keys.clone()),
        ids,
        now,
    };
    let start = match opening {
        Opening::Migrate | Opening::Work => Start::Work,
        Opening::Look => Start::Look,
    };
    let settled = settle(&place, named, start).await;
    let settled = settled.context("the keys are not usable")?;
    if matches!(named, Named::Nowhere) {
        tracing::warn!("LIANGXIN_IDENTITY_KEY is not set: real names are refused");
    }
    tell_lost(config, &settled.identity, db).await?;
    Ok(settled)
}

/// Warns of a private identity key that the server made and that is not there. One that an operator named lies where the
/// operator put it.
async fn tell_lost(config: &Config, held: &IdentityKeys, db: &Db) -> anyhow::Result<()> {
    if !matches!(named(config), Named::Own) || held.recipient().is_none() {
        return Ok(());
    }
    let sealed = keys::sealed(db, held).await?;
    if !held.can_open() || sealed.unopened > 0 {
        tracing::warn!(
            fields = sealed.fields,
            unopened = sealed.unopened,
            keys = %config.keys.display(),
            "a private identity key is missing: names that are sealed to it cannot be opened here. Unless it lies in a safe, put \
             identity.key and every identity-*.key back into the directory of keys"
        );
    }
    Ok(())
}

/// What the private identity keys that lie here open, of what is sealed in a database.
pub async fn sealed(config: &Config, db: &Db) -> anyhow::Result<Sealed> {
    let held = match &config.identity_key {
        Some(recipient) => Some(IdentityKeys::configured(recipient, &config.keys)?),
        None => IdentityKeys::find(&config.keys)?,
    };
    let held = held.unwrap_or_default();
    Ok(keys::sealed(db, &held).await?)
}

fn named(config: &Config) -> Named<'_> {
    match &config.identity_key {
        Some(recipient) => Named::Setting(recipient),
        None if makes_its_identity_key(config) => Named::Own,
        None => Named::Nowhere,
    }
}

/// Whether the server makes an identity key of its own where none is named.
#[must_use]
pub fn makes_its_identity_key(config: &Config) -> bool {
    config.identity_key.is_none() && (config.is_embedded || config.mode == Mode::Development)
}

/// Opens the database of the settings as it is, and makes nothing.
pub async fn look(config: &Config) -> anyhow::Result<Db> {
    let url = config.database_url.expose().replace("mode=rwc", "mode=rw");
    let db = Db::connect(&url, CONNECTIONS).await;
    let db = db.context("cannot reach the database")?;
    require_migrated(&db).await?;
    Ok(db)
}

/// Puts another key in the place of one.
pub async fn rotate(config: &Config, which: Rotated<'_>, present: Present) -> anyhow::Result<()> {
    let db = look(config).await?;
    let place = Place {
        db: &db,
        directory: &KeyDirectory::new(config.keys.clone()),
        ids: &Ids::system(),
        now: Clock::System.now(),
    };
    let rotated = keys::rotate(&place, named(config), (which, present)).await;
    rotated.context("the key was not rotated")
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

/// Brings the database of the settings to the present form, and touches no key: it may run where none are.
pub async fn migrate_alone(config: &Config) -> anyhow::Result<()> {
    law(config, shanghai_date(Clock::System.now()))?;
    make_data(config)?;
    let db = Db::connect(config.database_url.expose(), CONNECTIONS)
        .await
        .context("cannot reach the database")?;
    migrate(&db).await
}

/// Brings a database to the present form.
pub async fn migrate(db: &Db) -> anyhow::Result<()> {
    Migrator::up(db.writer(), None)
        .await
        .context("cannot migrate the database")
}

/// Refuses to run on a database of an older form: with several replicas somebody has to say when.
async fn require_migrated(db: &Db) -> anyhow::Result<()> {
    let pending = Migrator::get_pending_migrations(db.writer())
        .await
        .context("cannot read the database's form")?;
    anyhow::ensure!(
        pending.is_empty(),
        "the database lacks {} migration(s); run `liangxin migrate` first",
        pending.len()
    );
    Ok(())
}

/// Makes a directory of the program's own.
fn make(directory: &Path) -> anyhow::Result<()> {
    private_files::directory(directory)
        .with_context(|| format!("cannot make the directory {}", directory.display()))
}

fn make_data(config: &Config) -> anyhow::Result<()> {
    private_files::data_directory(&config.data)
        .with_context(|| format!("cannot make the data directory {}", config.data.display()))
}

async fn objects(config: &ObjectsConfig, opening: Opening) -> anyhow::Result<Objects> {
    match config {
        ObjectsConfig::Folder(directory) => {
            if opening != Opening::Look {
                make(directory)?;
            }
            Ok(Objects::Folder(directory.clone()))
        }
        ObjectsConfig::S3(bucket) => {
            let objects = in_bucket(bucket)?;
            // What needs no photo is served meanwhile.
            match timeout(FIRST_LOOK, objects.ping()).await {
                Ok(Ok(())) => tell_locks(&objects).await,
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

/// Has the object store say how it locks objects. It is asked again before the first original is put there.
async fn tell_locks(objects: &Objects) {
    match timeout(FIRST_LOOK, objects.look_for_locks()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::warn!(%error, "the object store did not say how it locks objects")
        }
        Err(late) => tracing::warn!(%late, "the object store did not say how it locks objects"),
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
