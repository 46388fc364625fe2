//! Everything that the program keeps of what came to it, by where it lies.

use std::fs;
use std::path::Path;

use liangxin_app::ports::objects::Objects;
use liangxin_tests::app::TestApp;

use super::dump;

/// Bytes that are kept, and where.
pub(super) type Kept = Vec<(String, Vec<u8>)>;

/// The database and its files, the objects, pieces of photos on their way among them, the mails, and the files that wait.
pub(super) async fn everything(app: &TestApp, spool: &Path) -> Kept {
    let mut kept = vec![("the dump".to_owned(), dump::dump(app).await.into_bytes())];
    kept.extend(database_files(app));
    // Of a form that came back, and of a photo on its way.
    assert!(app.parts().objects.count_parts() > 1, "photos wait");
    if let Objects::Memory(objects) = &*app.parts().objects {
        let objects = objects.lock().unwrap();
        let objects = objects
            .iter()
            .map(|(key, bytes)| (format!("the object {key}"), bytes.clone()));
        kept.extend(objects);
    }
    for mail in app.mails() {
        let text = format!("{}\n{}\n{:?}", mail.subject, mail.body, mail.stop);
        kept.push((format!("the mail {:?}", mail.subject), text.into_bytes()));
    }
    kept.extend(waiting(spool));
    kept
}

/// SQLite's own files: what was overwritten may still lie in them.
fn database_files(app: &TestApp) -> Kept {
    let Some(path) = app.database_url().strip_prefix("sqlite://") else {
        return Kept::new();
    };
    let path = path.split('?').next().unwrap_or(path);
    [path.to_owned(), format!("{path}-wal")]
        .into_iter()
        .map(|file| (file.clone(), fs::read(&file).unwrap_or_default()))
        .collect()
}

/// What is left of bodies on their way, and the names of their files.
fn waiting(spool: &Path) -> Kept {
    let mut waiting = Kept::new();
    for file in fs::read_dir(spool).unwrap().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        waiting.push((
            "the name of a file that waits".to_owned(),
            name.into_bytes(),
        ));
        let bytes = fs::read(file.path()).unwrap();
        waiting.push(("a file that waits".to_owned(), bytes));
    }
    waiting
}
