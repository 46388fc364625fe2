//! Object stores as production has them beside each database: a directory beside SQLite, an S3 service beside PostgreSQL.
//!
//! The store is opened as the program opens it, out of settings. What lies in it is counted as files, past the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use liangxin::boot::{self, Opening};
use liangxin::config::Settings;
use liangxin_app::ports::clock::Clock;
use liangxin_app::ports::objects::Objects;
use tempfile::TempDir;

use crate::app::{TestApp, on_both_connected};
use crate::s3::{self, S3Server};

/// A store that ends with the test.
#[derive(Debug)]
pub struct Store {
    directory: TempDir,
    service: Option<S3Server>,
}

/// Where objects lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In a directory.
    Directory,
    /// In a bucket of an S3 service.
    Service,
}

/// Runs a test on SQLite with a directory for its objects, then on PostgreSQL with an S3 service, each with a pool of
/// `connections`.
pub async fn on_both_stores(connections: u32, test: impl AsyncFn(TestApp, &Store)) {
    on_both_connected(connections, async |app| {
        let store = Store::start(match app.parts().db.is_postgres() {
            true => Kind::Service,
            false => Kind::Directory,
        })
        .await;
        let objects = opened(&store.data(), &store.settings()).await;
        test(app.with(|parts| parts.objects = objects), &store).await;
    })
    .await;
}

/// The store that the program opens by a data directory and settings. Panics if it does not.
pub async fn opened(data: &Path, settings: &[(&str, &str)]) -> Arc<Objects> {
    let mut settings = Settings::from_environment(|name| {
        let found = settings.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    settings.data = Some(data.to_owned());
    let open = async {
        let config = settings.check()?;
        boot::open(&config, Clock::System, String::new(), Opening::Migrate).await
    };
    match open.await {
        Ok(app) => app.objects,
        Err(error) => panic!("the store did not open: {error:#}"),
    }
}

impl Store {
    /// An empty one. Panics if it does not start.
    pub async fn start(kind: Kind) -> Self {
        let directory = match tempfile::tempdir() {
            Ok(directory) => directory,
            Err(error) => panic!("there is no directory for a store: {error}"),
        };
        let service = match kind {
            Kind::Directory => None,
            Kind::Service => Some(s3::start(&directory.path().join("s3")).await),
        };
        Self { directory, service }
    }

    /// The data directory of the program that has this store.
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// The settings by which the program finds it, beside its data directory.
    pub fn settings(&self) -> Vec<(&'static str, &str)> {
        match &self.service {
            Some(service) => vec![
                ("S3_BUCKET", &*service.bucket),
                ("S3_ENDPOINT", &*service.endpoint),
                ("AWS_ACCESS_KEY_ID", &*service.access_key),
                ("AWS_SECRET_ACCESS_KEY", &*service.secret_key),
            ],
            None => Vec::new(),
        }
    }

    /// The originals that lie in it: the last part of each name, and the bytes. Panics if they cannot be read.
    pub fn originals(&self) -> Vec<(String, Vec<u8>)> {
        self.lying("originals")
    }

    /// How many originals and how many parts lie in it. Panics if they cannot be read.
    pub fn counts(&self) -> (usize, usize) {
        (self.originals().len(), self.lying("parts").len())
    }

    /// The directory under which its objects lie by their names.
    pub fn root(&self) -> PathBuf {
        match &self.service {
            Some(service) => self.directory.path().join("s3").join(&service.bucket),
            None => self.data().join("objects"),
        }
    }

    fn lying(&self, under: &str) -> Vec<(String, Vec<u8>)> {
        match files(&self.root().join(under)) {
            Ok(files) => files,
            Err(error) => panic!("the store cannot be read: {error}"),
        }
    }
}

/// The files below a directory; none if it is not there.
fn files(directory: &Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let (mut found, mut left) = (Vec::new(), vec![directory.to_owned()]);
    while let Some(directory) = left.pop() {
        if !directory.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(directory)? {
            let path = entry?.path();
            if path.is_dir() {
                left.push(path);
                continue;
            }
            let name = path.file_name().unwrap_or_default();
            found.push((name.to_string_lossy().into_owned(), std::fs::read(&path)?));
        }
    }
    Ok(found)
}
