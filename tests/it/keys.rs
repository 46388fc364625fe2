//! The keys of the server belong to the database: made with it, and never without a word again.

mod rotation;

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use liangxin::boot::{self, Opening};
use liangxin::config::{Config, Settings};
use liangxin_app::app::App;
use liangxin_app::ports::clock::Clock;
use liangxin_app::ports::identity_keys::{IDENTITY, IdentityKeys, RECIPIENT};
use liangxin_app::ports::key_files::{EVIDENCE, SECRET, SIGNING};
use liangxin_app::ports::keys::Column;
use liangxin_app::usecase::{self, keys::Sealed};
use liangxin_app::work::Db;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ReportId;
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject, Personal};
use liangxin_tests::app::copy_stored_keys;
use liangxin_tests::census::{column, count};
use liangxin_tests::database::{Engine, TestDatabase};
use liangxin_tests::{postgres, program};
use tempfile::TempDir;
use uuid::Uuid;

use crate::identity::logs;

/// A database with a directory of keys beside it.
struct Stand {
    directory: TempDir,
    url: String,
}

impl Stand {
    fn keys(&self) -> PathBuf {
        self.directory.path().join("keys")
    }

    /// The settings of the program, with the keys of a directory. Panics if they are wrong.
    fn config(&self, keys: &Path) -> Config {
        let settings = Settings::from_environment(|name| match name {
            "DATABASE_URL" => Some(self.url.clone()),
            "LIANGXIN_MODE" => Some("development".to_owned()),
            _ => None,
        });
        let settings = Settings {
            data: Some(self.directory.path().join("data")),
            keys: Some(keys.to_owned()),
            ..settings
        };
        settings.check().unwrap()
    }

    /// Opens the program's own application with the keys of a directory.
    async fn open_with(&self, keys: &Path, opening: Opening) -> anyhow::Result<App> {
        boot::open(&self.config(keys), Clock::System, String::new(), opening).await
    }

    async fn connect(&self) -> Db {
        Db::connect(&self.url, 1).await.unwrap()
    }

    async fn open(&self, opening: Opening) -> anyhow::Result<App> {
        self.open_with(&self.keys(), opening).await
    }

    /// Opens and closes; answers what a refused start was told, nothing if it was not.
    async fn refused(&self, opening: Opening) -> String {
        match self.open(opening).await {
            Ok(app) => {
                app.db.close().await.unwrap();
                String::new()
            }
            Err(error) => format!("{error:#}"),
        }
    }
}

/// Runs a test on an empty database: on SQLite, then on PostgreSQL if there is one.
async fn on_both_empty(test: impl AsyncFn(&Stand)) {
    for engine in Engine::available() {
        let directory = tempfile::tempdir().unwrap();
        let server = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => postgres::server(),
        };
        let url = match server {
            None => format!(
                "sqlite://{}?mode=rwc",
                directory.path().join("liangxin.db").display()
            ),
            Some(server) => server.create_database().await,
        };
        let stand = Stand { directory, url };
        test(&stand).await;
        if let Some(server) = server {
            server.drop_database(&stand.url).await;
        }
    }
}

fn put(path: &Path, content: &[u8]) {
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path).unwrap().write_all(content).unwrap();
}

/// A directory as it is: each file with what it holds.
fn held(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut held: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    held.sort();
    held
}

#[tokio::test]
async fn a_missing_key_is_refused_by_name_and_none_is_made_in_its_place() {
    on_both_empty(async |stand| {
        assert_eq!(stand.refused(Opening::Migrate).await, "");
        for names in [
            &[SECRET][..],
            &[SIGNING],
            &[EVIDENCE],
            &[RECIPIENT, IDENTITY],
        ] {
            let paths: Vec<_> = names.iter().map(|name| stand.keys().join(name)).collect();
            let kept: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
            paths.iter().for_each(|path| fs::remove_file(path).unwrap());
            let before = held(&stand.keys());
            for opening in [Opening::Migrate, Opening::Work, Opening::Look] {
                let told = stand.refused(opening).await;
                assert!(told.contains("KEY_MISSING"), "{told}");
                assert!(told.contains(names[0]) && told.contains("backup"), "{told}");
            }
            assert_eq!(held(&stand.keys()), before);
            for (path, kept) in paths.iter().zip(&kept) {
                put(path, kept);
            }
            assert_eq!(stand.refused(Opening::Work).await, "");
        }
        // The private half of the identity key may lie in a safe.
        fs::remove_file(stand.keys().join(IDENTITY)).unwrap();
        assert_eq!(stand.refused(Opening::Work).await, "");
    })
    .await;
}

#[tokio::test]
async fn another_key_is_refused_by_name() {
    on_both_empty(async |stand| {
        assert_eq!(stand.refused(Opening::Migrate).await, "");
        fs::remove_file(stand.keys().join(IDENTITY)).unwrap();
        let other = IdentityKeys::generate().recipient().unwrap();
        for (name, other) in [
            (SECRET, &[7; 32][..]),
            (SIGNING, &[7; 32]),
            (EVIDENCE, &[7; 32]),
            (RECIPIENT, other.as_bytes()),
        ] {
            let path = stand.keys().join(name);
            let kept = fs::read(&path).unwrap();
            put(&path, other);
            for opening in [Opening::Work, Opening::Look] {
                let told = stand.refused(opening).await;
                assert!(
                    told.contains("KEY_FOREIGN") && told.contains(name),
                    "{told}"
                );
            }
            put(&path, &kept);
        }
        assert_eq!(stand.refused(Opening::Work).await, "");
    })
    .await;
}

#[tokio::test]
async fn of_two_processes_with_keys_of_their_own_one_fills_an_empty_database() {
    on_both_empty(async |stand| {
        boot::migrate(&stand.connect().await).await.unwrap();
        let (one, other) = (stand.keys(), stand.directory.path().join("others"));
        let (one, other) = tokio::join!(
            stand.open_with(&one, Opening::Work),
            stand.open_with(&other, Opening::Work)
        );
        let refused = [&one, &other].map(|opened| match opened {
            Ok(_) => String::new(),
            Err(error) => format!("{error:#}"),
        });
        assert_eq!(refused.iter().filter(|told| told.is_empty()).count(), 1);
        // As far as it saw the other one: its key is another one, or it has none.
        assert!(
            refused
                .iter()
                .any(|told| told.contains("KEY_FOREIGN") || told.contains("KEY_MISSING"))
        );
        let opened = one.or(other).unwrap();
        assert_eq!(count(&opened.db, "server_key", "1 = 1").await, 4);
        opened.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn processes_that_share_the_keys_start_together_on_an_empty_database() {
    on_both_empty(async |stand| {
        boot::migrate(&stand.connect().await).await.unwrap();
        let starts = (0..4).map(|_| stand.open(Opening::Work));
        let opened = futures_util::future::join_all(starts).await;
        let codes: Vec<_> = opened
            .iter()
            .map(|app| app.as_ref().unwrap().keys.hash("a code", b"the same"))
            .collect();
        assert!(codes.iter().all(|code| code == &codes[0]));
        for app in opened {
            app.unwrap().db.close().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_of_the_version_before_takes_the_check_values_of_its_keys_and_of_no_others() {
    for engine in Engine::available() {
        let database = TestDatabase::stored(engine).await;
        let stand = Stand {
            directory: tempfile::tempdir().unwrap(),
            url: database.url().to_owned(),
        };
        let told = stand.refused(Opening::Migrate).await;
        assert!(told.contains("KEY_MISSING"), "{told}");
        assert_eq!(held(&stand.keys()), []);
        copy_stored_keys(&stand.keys());
        let secret = stand.keys().join(SECRET);
        let kept = fs::read(&secret).unwrap();
        put(&secret, &[7; 32]);
        let told = stand.refused(Opening::Work).await;
        assert!(
            told.contains("KEY_FOREIGN") && told.contains(SECRET),
            "{told}"
        );
        put(&secret, &kept);
        // A look leaves nothing behind.
        assert_eq!(stand.refused(Opening::Look).await, "");
        let db = stand.connect().await;
        assert_eq!(count(&db, "server_key", "name = 'secret.key'").await, 0);
        assert_eq!(stand.refused(Opening::Work).await, "");
        assert_eq!(count(&db, "server_key", "1 = 1").await, 4);
        db.close().await.unwrap();
        let app = stand.open(Opening::Work).await.unwrap();
        let whose: Vec<Uuid> = column(&app.db, "complaint", "id", "1 = 1").await;
        let sealed: Vec<Vec<u8>> =
            column(&app.db, "complaint", "particulars_sealed", "1 = 1").await;
        assert!(
            app.keys
                .unseal(Column::Particulars.of(whose[0]), &sealed[0])
                .is_some()
        );
        app.db.close().await.unwrap();
        database.remove().await;
    }
}

/// Everything below a directory that others than its owner can reach.
fn open_to_others(directory: &Path) -> Vec<String> {
    let mut open = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let found = fs::metadata(&path).unwrap();
        if found.mode() & 0o077 != 0 {
            open.push(path.display().to_string());
        }
        if found.is_dir() {
            open.extend(open_to_others(&path));
        }
    }
    open
}

#[test]
fn what_the_program_writes_is_its_owners_alone() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let told = program::run(&["demo", "--once"], &data);
    assert!(told.contains("listening on"), "{told}");
    let mode = fs::metadata(&data).unwrap().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(data.join("objects/originals").exists() && data.join("keys").exists());
    assert!(fs::read_dir(data.join("mail")).unwrap().next().is_some());
    assert_eq!(open_to_others(&data), Vec::<String>::new());
}

#[tokio::test]
async fn a_key_file_that_others_can_read_is_refused_by_name() {
    on_both_empty(async |stand| {
        assert_eq!(stand.refused(Opening::Migrate).await, "");
        for name in [SECRET, SIGNING, EVIDENCE, IDENTITY] {
            let path = stand.keys().join(name);
            fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
            for opening in [Opening::Work, Opening::Look] {
                let told = stand.refused(opening).await;
                let remedy = format!("chmod 600 {}", path.display());
                assert!(
                    told.contains("KEY_EXPOSED") && told.contains(&remedy),
                    "{told}"
                );
            }
            fs::set_permissions(&path, Permissions::from_mode(0o400)).unwrap();
        }
        assert_eq!(stand.refused(Opening::Work).await, "");
    })
    .await;
}

#[test]
fn verify_makes_nothing_where_nothing_is() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let place = data.to_str().unwrap();
    let (succeeds, told) = program::said(&["verify", "--data", place]);
    assert!(!succeeds && told.contains("database"), "{told}");
    assert!(!data.exists());
    program::run(&["migrate"], &data);
    let before = held(&data.join("keys"));
    let told = program::run(&["verify"], &data);
    assert!(told.contains(" rows read, 0 cannot be\n"), "{told}");
    assert_eq!(held(&data.join("keys")), before);
    assert!(!data.join("objects").exists());
}

#[tokio::test]
async fn a_private_identity_key_that_is_gone_is_told_with_how_many_names_it_alone_opens() {
    on_both_empty(async |stand| {
        let app = stand.open(Opening::Migrate).await.unwrap();
        let subject = IdentitySubject::Report(ReportId::new(Uuid::from_u128(1)));
        let name = [(IdentityField::Name, Personal::new("陈婉清".to_owned()))];
        let work = app.work(&Actor::System).await.unwrap();
        usecase::identity::seal(&app, &work, subject, &name, None)
            .await
            .unwrap();
        work.commit().await.unwrap();
        app.db.close().await.unwrap();
        let (held, aside) = (stand.keys().join(IDENTITY), stand.keys().join("aside"));
        for (unopened, is_told) in [(0, false), (1, true)] {
            if is_told {
                fs::rename(&held, &aside).unwrap();
            }
            let alone = logs::listen().await;
            let app = stand.open(Opening::Work).await.unwrap();
            let heard = logs::heard();
            drop(alone);
            // Other tests lose keys of their own meanwhile, and are heard too.
            let place = stand.keys().display().to_string();
            let told = heard.lines().any(|line| {
                line.contains("a private identity key is missing") && line.contains(&place)
            });
            assert_eq!(told, is_told);
            let sealed = boot::sealed(&stand.config(&stand.keys()), &app.db)
                .await
                .unwrap();
            let expected = Sealed {
                fields: 1,
                unopened,
            };
            assert_eq!(sealed, expected);
            let seen = usecase::keys::sealed(&app.db, &app.identity_keys).await;
            assert_eq!(seen.unwrap(), expected, "as `verify` counts");
            app.db.close().await.unwrap();
        }
        fs::rename(&aside, &held).unwrap();
    })
    .await;
}
