//! What the database says is held, compared with what lies in the store: on a directory and on an S3 service.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use liangxin::boot::{self, Opening};
use liangxin::config::Settings;
use liangxin_app::app::sha256;
use liangxin_app::naming;
use liangxin_app::ports::clock::Clock;
use liangxin_app::ports::evidence_keys::Unproven;
use liangxin_app::ports::objects::Objects;
use liangxin_app::usecase::evidence::{
    Contradiction, Difference, Unfit, holding_receipt, verify_objects, verify_receipts,
};
use liangxin_domain::evidence::object::{Area, Name};
use liangxin_domain::evidence::photo::PhotoOwner;
use liangxin_domain::id::VisitId;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use liangxin_tests::store::on_both_stores;
use liangxin_tests::tus::Tus;
use liangxin_tests::{pictures, program, s3};

use crate::bad_lines::report;
use crate::http_uploads::access_token;

/// Every difference, and how many objects should be there.
async fn compared(app: &TestApp) -> (usize, Vec<Difference>) {
    let mut found = Vec::new();
    let mut told = |difference| found.push(difference);
    let held = verify_objects(app.parts(), &mut told).await.unwrap();
    (held, found)
}

/// Where a digest lies below the root of a store.
fn file(root: &Path, bytes: &[u8]) -> PathBuf {
    root.join(Name::Original(sha256(bytes)).key())
}

/// A report with its photo and a visit with two, where one of all is missing, one altered, and two are nobody's.
async fn differ(app: &TestApp, root: &Path) {
    let flow = Flow::after(app, Step::FileReport).await;
    let sent = app.reporter(&flow.receipt_code().await);
    let sent = sent.upload(flow.report_photo(), pictures::scale());
    sent.await.unwrap();
    let flow = Flow::after(app, Step::DeclarePhotos).await;
    assert_eq!(compared(app).await, (3, Vec::new()));
    let altered = file(root, pictures::stall());
    let mut bytes = std::fs::read(&altered).unwrap();
    bytes[1000] ^= 1;
    std::fs::write(&altered, &bytes).unwrap();
    let missing = file(root, pictures::stroke());
    std::fs::remove_file(&missing).unwrap();
    for (path, age) in [
        (file(root, b"nobody's"), 7200),
        (root.join("originals/foreign.txt"), 7200),
        (file(root, b"on its way"), 0),
    ] {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, b"nobody's").unwrap();
        let came = std::time::SystemTime::from(app.now() - chrono::TimeDelta::seconds(age));
        let opened = std::fs::File::options().write(true).open(&path).unwrap();
        opened.set_modified(came).unwrap();
    }
    let (held, mut found) = compared(app).await;
    found.sort_by_key(ToString::to_string);
    let expected = [
        Difference::Altered(sha256(pictures::stall())),
        Difference::Missing(sha256(pictures::stroke())),
        Difference::Orphaned("originals/foreign.txt".to_owned()),
        Difference::Orphaned(Name::Original(sha256(b"nobody's")).key()),
    ];
    let mut expected = expected.to_vec();
    expected.sort_by_key(ToString::to_string);
    assert_eq!((held, found), (3, expected));
    // Cut short is altered as well, and nothing was mended.
    std::fs::write(&altered, b"").unwrap();
    let (_, found) = compared(app).await;
    assert!(found.contains(&Difference::Altered(sha256(pictures::stall()))));
    assert!(!missing.exists() && flow.visit() != uuid::Uuid::nil());
    app.drain_jobs().await;
}

#[tokio::test]
async fn what_is_missing_altered_or_nobodys_in_a_directory_is_told_and_not_mended() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let objects = Arc::new(Objects::Folder(directory.path().to_owned()));
        let app = app.with(|parts| parts.objects = objects);
        differ(&app, directory.path()).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_altered_or_nobodys_in_an_s3_service_is_told_and_not_mended() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let server = s3::start(&directory.path().join("s3")).await;
        let mut settings = Settings::from_environment(|name| match name {
            "S3_BUCKET" => Some(server.bucket.clone()),
            "S3_ENDPOINT" => Some(server.endpoint.clone()),
            "AWS_ACCESS_KEY_ID" => Some(server.access_key.clone()),
            "AWS_SECRET_ACCESS_KEY" => Some(server.secret_key.clone()),
            _ => None,
        });
        settings.data = Some(directory.path().join("data"));
        let config = settings.check().unwrap();
        let opened = boot::open(&config, Clock::System, String::new(), Opening::Migrate);
        let objects = opened.await.unwrap().objects;
        let app = app.with(|parts| parts.objects = objects);
        differ(&app, &directory.path().join("s3").join(&server.bucket)).await;
    })
    .await;
}

#[tokio::test]
async fn an_original_that_was_altered_is_given_to_nobody_and_no_copy_is_made_of_it() {
    on_both_stores(4, async |app, store| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let seen = async || app.as_("zhou").look_at(flow.scene_photo()).await;
        assert_eq!(seen().await.unwrap(), pictures::stall());
        let path = file(&store.root(), pictures::stall());
        let mut bytes = pictures::stall().to_vec();
        bytes[1000] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(seen().await.unwrap_err(), "INTERNAL");
        let server = Server::start(&app, Mode::Production).await;
        let token = access_token(&app, "zhou").await;
        for size in ["", "/large"] {
            let path = format!("/photos/{}{size}", flow.scene_photo());
            let asked = server.get(&path).bearer_auth(&token).send();
            let answer = asked.await.unwrap();
            assert_eq!(answer.status().as_u16(), 500, "{size}");
            assert!(answer.bytes().await.unwrap().len() < bytes.len());
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_was_swapped_with_its_object_is_named_by_what_was_signed() {
    on_both_stores(4, async |app, store| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let owner = PhotoOwner::Visit(VisitId::new(flow.visit()));
        let signed = async || holding_receipt(app.parts(), owner).await.unwrap().unwrap();
        let first = signed().await;
        let contradicted = async || {
            let mut found = Vec::new();
            let mut told = |contradiction| found.push(contradiction);
            let receipts = verify_receipts(app.parts(), &mut told).await.unwrap();
            (receipts, found)
        };
        assert_eq!(contradicted().await, (1, Vec::new()));
        // Another picture in its place, with everything that the database says of its bytes.
        let (stall, other) = (pictures::stall(), pictures::scale());
        let path = file(&store.root(), other);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, other).unwrap();
        std::fs::remove_file(file(&store.root(), stall)).unwrap();
        let (digest, size) = (sha256(other), other.len());
        let photo = app.literal(flow.scene_photo());
        app.execute(&format!(
            "UPDATE photo SET sha256 = '{digest}', size_bytes = {size} WHERE id = {photo}"
        ))
        .await;
        assert_eq!(compared(&app).await.1, Vec::new(), "row and object fit");
        let contradiction = |version, why| Contradiction::Receipt {
            record: flow.visit(),
            version,
            why,
        };
        let swapped = Unfit::Swapped(flow.scene_photo());
        assert_eq!(contradicted().await.1, [contradiction(1, swapped.clone())]);
        // Whoever asks now gets a receipt for what is there; the former one stays and says otherwise.
        signed().await;
        assert_eq!(contradicted().await, (2, vec![contradiction(1, swapped)]));
        // A line that is changed, or stands elsewhere, is told as well.
        app.execute("UPDATE holding_receipt SET version = 7 WHERE version = 1")
            .await;
        assert_eq!(contradicted().await.1, [contradiction(7, Unfit::Elsewhere)]);
        let gone = Contradiction::Gone {
            receipt: naming::of_receipt(&first),
            at: app.now(),
        };
        app.execute("UPDATE holding_receipt SET line = 'x' || line WHERE version = 7")
            .await;
        let unproven = contradiction(7, Unfit::Unproven(Unproven::Form));
        assert_eq!(contradicted().await.1, [unproven, gone.clone()]);
        // Nor does one go without a trace: the log says that it was signed.
        app.execute("DELETE FROM holding_receipt WHERE version = 7")
            .await;
        assert_eq!(contradicted().await, (1, vec![gone]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_original_that_is_gone_comes_back_from_whoever_still_has_it_and_no_other_in_its_place() {
    on_both_stores(4, async |app, store| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let (photo, stall) = (flow.scene_photo(), pictures::stall());
        std::fs::remove_file(file(&store.root(), stall)).unwrap();
        let zhou = app.as_("zhou");
        assert_eq!(zhou.look_at(photo).await.unwrap_err(), "INTERNAL");
        let mut other = stall.to_vec();
        other[1000] ^= 1;
        for bytes in [&other[..], &stall[..1000]] {
            let refused = zhou.upload(photo, bytes).await.unwrap_err();
            let whole = bytes.len() == stall.len();
            let code = if whole {
                "PHOTO_DIGEST_MISMATCH"
            } else {
                "PHOTO_SIZE_MISMATCH"
            };
            assert_eq!(refused, code);
        }
        let lost = [Difference::Missing(sha256(stall))];
        assert_eq!(compared(&app).await.1, lost);
        for _ in 0..2 {
            zhou.upload(photo, stall).await.unwrap();
        }
        assert_eq!(zhou.look_at(photo).await.unwrap(), stall);
        assert_eq!(compared(&app).await.1, Vec::new());
        let restored = count(&app.parts().db, "event", "kind = 'photo_restored'").await;
        assert_eq!(restored, 1, "what is there is not put there again");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_goes_on_with_an_original_that_is_gone_learns_it_and_sends_it_as_a_whole() {
    on_both_stores(4, async |app, store| {
        let server = Server::start(&app, Mode::Production).await;
        let photo = pictures::large(5, 40_000);
        let (token, ids) = report(&app, std::slice::from_ref(&photo)).await;
        let phone = Tus::new(&server.url, &token);
        phone.send(ids[0], &photo).await.unwrap();
        std::fs::remove_file(file(&store.root(), &photo)).unwrap();
        let begun = phone.create(ids[0], photo.len()).await.unwrap();
        assert_eq!(begun.offset, Some(0));
        let path = begun.location.unwrap();
        assert_eq!(phone.head(&path).await.unwrap().offset, Some(0));
        // A part of it is kept nowhere.
        for (offset, piece) in [(0, &photo[..20_000]), (40_000, &photo[..0])] {
            let told = phone.patch(&path, offset, piece).await.unwrap();
            assert_eq!((told.status, told.offset), (409, Some(0)));
        }
        let lost = [Difference::Missing(sha256(&photo))];
        assert_eq!(compared(&app).await.1, lost);
        let told = phone.patch(&path, 0, &photo).await.unwrap();
        assert_eq!((told.status, told.offset), (204, Some(40_000)));
        assert_eq!(phone.head(&path).await.unwrap().offset, Some(40_000));
        assert_eq!(compared(&app).await.1, Vec::new());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn copies_are_held_too_and_the_original_of_two_records_lies_there_once() {
    on_both(async |app| {
        for _ in 0..2 {
            let flow = Flow::after(&app, Step::FileReport).await;
            let reporter = app.reporter(&flow.receipt_code().await);
            let sent = reporter.upload(flow.report_photo(), pictures::scale());
            sent.await.unwrap();
            let shown = app.as_("lin").look_at(flow.report_photo()).await;
            assert!(!shown.unwrap().is_empty());
        }
        // The photo is small, so that each making is one object.
        assert_eq!(compared(&app).await, (3, Vec::new()));
        app.drain_jobs().await;
    })
    .await;
}

#[test]
fn the_command_names_what_is_lost_and_its_exit_code_says_it() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    program::run(&["demo", "--once"], &data);
    let told = program::run(&["verify", "objects"], &data);
    assert!(told.contains(" 0 damaged or missing, 0 orphaned"), "{told}");
    assert!(told.contains(" 0 times not what was signed"), "{told}");
    let root = data.join("objects");
    let originals = Objects::Folder(root.clone());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listed = runtime
        .block_on(originals.list(Area::Originals, None, 1))
        .unwrap();
    let key = &listed[0].key;
    std::fs::remove_file(root.join(key)).unwrap();
    let place = data.to_str().unwrap();
    let (succeeds, told) = program::said(&["verify", "objects", "--data", place]);
    let digest = key.rsplit('/').next().unwrap();
    assert!(
        !succeeds && told.contains(&format!("missing: {digest}")),
        "{told}"
    );
    assert!(told.contains("1 damaged or missing"), "{told}");
}
