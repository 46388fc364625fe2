//! The file of a case, checked by a stranger with `check.py` of its own: as it came, changed, without and with signatures, and with so many
//! parts and such parts as need ZIP64.

use std::io::{Cursor, Write as _};
use std::process::{Command, Output};

use liangxin_app::app::sha256;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::pictures;
use liangxin_tests::postgres::{absent, variable};
use liangxin_tests::server::Server;
use serde_json::json;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Parts, decided, fetched, link, list, unpacked};

/// The interpreter, if there is one.
fn python() -> Option<String> {
    let python = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
    if Command::new(&python).arg("--version").output().is_ok() {
        return Some(python);
    }
    absent("no python3 found to check a bundle");
    None
}

/// The interpreter, if it can check signatures.
fn signing_python() -> Option<String> {
    let python = python()?;
    let asked = Command::new(&python)
        .args(["-c", "import cryptography"])
        .output();
    if asked.is_ok_and(|asked| asked.status.success()) {
        return Some(python);
    }
    absent("no python3 with cryptography found to check signatures of a bundle");
    None
}

/// `check.py` as it came with an archive.
struct Check {
    python: String,
    directory: TempDir,
}

impl Check {
    fn of(python: &str, archive: &[u8]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let script = directory.path().join("check.py");
        std::fs::write(script, &unpacked(archive)["check.py"]).unwrap();
        Self {
            python: python.to_owned(),
            directory,
        }
    }

    fn run(&self, archive: &[u8]) -> Output {
        let bundle = self.directory.path().join("bundle.zip");
        std::fs::write(&bundle, archive).unwrap();
        Command::new(&self.python)
            .arg(self.directory.path().join("check.py"))
            .arg(&bundle)
            .output()
            .unwrap()
    }
}

/// An archive of some parts, in a form for parts however large.
fn packed(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().large_file(true);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Puts other bytes in the place of a part, and their digest into the list of everything, as somebody would who forges.
fn forge(parts: &mut Parts, name: &str, bytes: Vec<u8>) {
    let mut manifest = list(parts, "manifest.json");
    let files = manifest["files"].as_array_mut().unwrap();
    let file = files.iter_mut().find(|file| file["name"] == name);
    let file = file.unwrap();
    file["sha256"] = json!(sha256(&bytes).to_string());
    parts.insert(name.to_owned(), bytes);
    parts.insert(
        "manifest.json".to_owned(),
        manifest.to_string().into_bytes(),
    );
}

#[tokio::test]
async fn a_stranger_checks_the_file_of_a_case_with_python_and_sees_what_was_changed() {
    let Some(python) = python() else { return };
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let archive = fetched(&server, &link(&app, &flow, "deng").await).await;
        let check = Check::of(&python, &archive);
        if let Some(kept) = variable("LIANGXIN_TEST_KEEP_BUNDLE") {
            std::fs::write(kept, &archive).unwrap();
        }
        let checked = check.run(&archive);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(
            checked.status.success(),
            "{}",
            String::from_utf8_lossy(&checked.stderr)
        );
        assert!(
            said.contains("all as they were") && !said.contains(" 0 events"),
            "{said}"
        );
        let bare = fetched(&server, &link(&app, &flow, "xiao").await).await;
        let bare = check.run(&bare);
        let told = String::from_utf8_lossy(&bare.stdout).into_owned();
        assert!(
            bare.status.success() && !told.contains("no receipt"),
            "of copies alone: {told} {bare:?}"
        );
        // What was done to the log behind our back is in the next file, and seen there.
        app.execute("UPDATE event SET kind = 'case_finished' WHERE kind = 'case_decided'")
            .await;
        let archive = fetched(&server, &link(&app, &flow, "deng").await).await;
        let checked = check.run(&archive);
        let told = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(
            !checked.status.success() && told.contains("not as it was sealed"),
            "{told}"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_forged_seal_and_a_forged_receipt_are_seen_by_their_signatures() {
    let Some(python) = signing_python() else {
        return;
    };
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let archive = fetched(&server, &link(&app, &flow, "deng").await).await;
        let check = Check::of(&python, &archive);
        let parts = unpacked(&archive);
        let manifest = list(&parts, "manifest.json");
        let signed = |kind: &str| manifest[kind].as_array().unwrap().clone();
        let all = signed("seals").len() + signed("receipts").len();
        let said = String::from_utf8(check.run(&archive).stdout).unwrap();
        assert!(
            said.contains(&format!("{all} signatures checked: all as they were")),
            "{said}"
        );
        for kind in ["seals", "receipts"] {
            let name = signed(kind)[0].as_str().unwrap().to_owned();
            let line = String::from_utf8(parts[&name].clone()).unwrap();
            let (stated, signature) = line.rsplit_once('.').unwrap();
            // Another first letter of it is another signature, and other bytes of base 64 all the same.
            let first = if signature.starts_with('A') { 'B' } else { 'A' };
            let forged = format!("{stated}.{first}{}", &signature[1..]);
            let mut other = parts.clone();
            forge(&mut other, &name, forged.into_bytes());
            let checked = check.run(&packed(&other));
            let told = String::from_utf8_lossy(&checked.stderr).into_owned();
            assert!(
                !checked.status.success() && told.contains("InvalidSignature"),
                "{told}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_was_swapped_with_all_its_lines_is_seen_by_the_receipt_that_names_it() {
    let Some(python) = python() else { return };
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let archive = fetched(&server, &link(&app, &flow, "deng").await).await;
        let check = Check::of(&python, &archive);
        let said = String::from_utf8(check.run(&archive).stdout).unwrap();
        assert!(!said.contains("no receipt"), "{said}");
        let mut parts = unpacked(&archive);
        let photos = list(&parts, "manifest.json")["photos"].clone();
        let photos = photos.as_array().unwrap();
        let place = photos.iter().position(|photo| photo["file"].is_string());
        let place = place.unwrap();
        let name = photos[place]["file"].as_str().unwrap();
        let refused = |parts: &Parts, why: &str| {
            let checked = check.run(&packed(parts));
            let told = String::from_utf8_lossy(&checked.stderr).into_owned();
            assert!(!checked.status.success() && told.contains(why), "{told}");
        };
        let other = pictures::stroke().to_vec();
        let digest = sha256(&other).to_string();
        forge(&mut parts, name, other);
        refused(&parts, "not its photo");
        let mut manifest = list(&parts, "manifest.json");
        manifest["photos"][place]["sha256"] = json!(digest);
        let manifest = manifest.to_string().into_bytes();
        parts.insert("manifest.json".to_owned(), manifest);
        refused(&parts, "not what its receipt names");
        // Without its receipt, the log says of the bytes which came.
        let mut manifest = list(&parts, "manifest.json");
        manifest["receipts"] = json!([]);
        let bare = manifest.to_string().into_bytes();
        parts.insert("manifest.json".to_owned(), bare);
        refused(&parts, "not what came by the log");
        // Of a photo of a version before, of which the log names no bytes, it is said that nothing proves it.
        let mut history = list(&parts, "history.json");
        let events = history["events"].as_array_mut().unwrap();
        events.retain(|event| !event["text"].as_str().unwrap().contains("photo_stored"));
        let history = history.to_string().into_bytes();
        forge(&mut parts, "history.json", history);
        let mut manifest = list(&parts, "manifest.json");
        manifest["receipts"] = json!([]);
        let manifest = manifest.to_string().into_bytes();
        parts.insert("manifest.json".to_owned(), manifest);
        let said = String::from_utf8(check.run(&packed(&parts)).stdout).unwrap();
        let id = photos[place]["id"].as_str().unwrap();
        assert!(
            said.contains(&format!("(no receipt names the photo {id})")),
            "{said}"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_archive_with_more_parts_than_a_plain_zip_may_have_is_checked_all_the_same() {
    let Some(python) = python() else { return };
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let archive = fetched(&server, &link(&app, &flow, "deng").await).await;
        let check = Check::of(&python, &archive);
        let mut parts = unpacked(&archive);
        let mut manifest = list(&parts, "manifest.json");
        let files = manifest["files"].as_array_mut().unwrap();
        for number in 0..66_000_u32 {
            let (name, bytes) = (format!("more/{number}"), number.to_be_bytes().to_vec());
            files.push(
                json!({ "name": name, "sha256": sha256(&bytes).to_string(), "sizeBytes": 4 }),
            );
            parts.insert(name, bytes);
        }
        let most = files.len();
        parts.insert(
            "manifest.json".to_owned(),
            manifest.to_string().into_bytes(),
        );
        let checked = check.run(&packed(&parts));
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(
            said.starts_with(&format!("{most} files")),
            "{said} {checked:?}"
        );
        parts.insert("more/65999".to_owned(), vec![0; 4]);
        let checked = check.run(&packed(&parts));
        let told = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(told.contains("changed: more/65999"), "{told}");
        app.drain_jobs().await;
    })
    .await;
}
