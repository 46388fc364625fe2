//! The parts that production talks to: a real S3 service, a real mail server, and what happens while they are dead.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use liangxin::boot::{self, Opening};
use liangxin::config::Settings;
use liangxin_app::app::{App, sha256};
use liangxin_app::jobs::{self, Watcher};
use liangxin_app::ports::clock::Clock;
use liangxin_domain::event::Lane;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{CONTACT, Flow, Step};
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::store::on_both_stores;
use liangxin_tests::{pictures, s3, smtp};
use serde_json::json;

/// The application as the program opens it out of settings; only the parts of production are taken from it.
async fn opened(directory: &Path, settings: &[(&str, &str)]) -> App {
    let lookup = |name: &str| {
        settings
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let mut settings = Settings::from_environment(lookup);
    settings.data = Some(directory.join("data"));
    let config = settings.check().unwrap();
    boot::open(&config, Clock::System, String::new(), Opening::Migrate)
        .await
        .unwrap()
}

async fn with_store(app: &TestApp, directory: &Path, server: &s3::S3Server) -> TestApp {
    let settings = [
        ("S3_BUCKET", server.bucket.as_str()),
        ("S3_ENDPOINT", &server.endpoint),
        ("AWS_ACCESS_KEY_ID", &server.access_key),
        ("AWS_SECRET_ACCESS_KEY", &server.secret_key),
    ];
    let objects = opened(directory, &settings).await.objects;
    app.with(|parts| parts.objects = objects)
}

/// Does what is due, whatever comes of it; answers how many jobs ended well.
async fn try_jobs(app: &TestApp) -> usize {
    let watcher: Watcher = Box::new(|_, _| {});
    jobs::drain(app.parts(), &watcher).await.unwrap()
}

#[tokio::test]
async fn a_photo_in_an_s3_service_is_there_under_its_digest_and_comes_back_whole() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let server = s3::start(&directory.path().join("s3")).await;
        let app = with_store(&app, directory.path(), &server).await;
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        for _ in 0..2 {
            reporter
                .upload(flow.report_photo(), pictures::scale())
                .await
                .unwrap();
        }
        let digest = sha256(pictures::scale());
        assert_eq!(
            app.parts().objects.get(digest).await.unwrap().as_deref(),
            Some(pictures::scale())
        );
        assert_eq!(
            app.parts().objects.get(sha256(b"nothing")).await.unwrap(),
            None
        );
        let hex = digest.to_string();
        let file = format!(
            "s3/{}/originals/{}/{}/{hex}",
            server.bucket,
            &hex[..2],
            &hex[2..4]
        );
        assert_eq!(
            std::fs::read(directory.path().join(file)).unwrap(),
            pictures::scale()
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn while_the_store_is_dead_nothing_counts_as_held_and_afterwards_the_same_upload_succeeds() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let files = directory.path().join("s3");
        let server = s3::start(&files).await;
        let app = with_store(&app, directory.path(), &server).await;
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let address = server.address();
        drop(server);
        assert_eq!(
            reporter
                .refused_upload(flow.report_photo(), pictures::scale())
                .await,
            "UNAVAILABLE"
        );
        assert!(app.parts().objects.ping().await.is_err());
        let _server = s3::start_at(&files, address).await;
        reporter
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        assert_eq!(
            count(&app.parts().db, "photo", "stored_at IS NOT NULL").await,
            1
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_reaches_a_real_server_with_its_chinese_subject_whole() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let Some(server) = smtp::start(&directory.path().join("received")) else {
            return;
        };
        let mailer = opened(directory.path(), &[("SMTP_URL", server.url())])
            .await
            .mailer;
        let app = app.with(|parts| parts.mailer = mailer);
        Flow::new(&app).take(Step::FileReport).await;
        assert_eq!(try_jobs(&app).await, 1);
        let [message] = server.messages().try_into().unwrap();
        assert_eq!(
            header(&message, "Subject"),
            "【量信】请确认是否接收邮件 / Do you want our mails?"
        );
        assert!(header(&message, "To").contains(CONTACT));
        assert!(header(&message, "Message-ID").contains('@'));
        assert_eq!(header(&message, "Auto-Submitted"), "auto-generated");
    })
    .await;
}

#[tokio::test]
async fn a_mail_in_the_folder_says_that_a_machine_wrote_it_and_goes_after_the_days_of_the_setting()
{
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let settings = [("LIANGXIN_MAIL_DAYS", "3")];
        let mailer = opened(directory.path(), &settings).await.mailer;
        let app = app.with(|parts| parts.mailer = mailer);
        Flow::new(&app).take(Step::FileReport).await;
        app.drain_jobs().await;
        let folder = directory.path().join("data/mail");
        let mails = || {
            let found = std::fs::read_dir(&folder).unwrap();
            found.map(|mail| std::fs::read_to_string(mail.unwrap().path()).unwrap())
        };
        let [mail] = mails().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
        // The one clock that a file has is the machine's.
        let days = (Clock::System.now() - app.now()).num_days() + 3;
        for (days, left) in [(days, 1), (2, 0)] {
            app.advance(TimeDelta::days(days));
            app.drain_jobs().await;
            assert_eq!(mails().count(), left, "{days} days later");
        }
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_no_server_takes_waits_and_goes_out_once() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let Some(server) = smtp::start(&directory.path().join("received")) else {
            return;
        };
        let working = opened(directory.path(), &[("SMTP_URL", server.url())])
            .await
            .mailer;
        let dead = opened(directory.path(), &[("SMTP_URL", "smtp://127.0.0.1:9")])
            .await
            .mailer;
        let lost = app.with(|parts| parts.mailer = dead);
        Flow::after(&lost, Step::FileReport).await;
        assert_eq!(try_jobs(&lost).await, 0);
        assert_eq!(
            count(
                &app.parts().db,
                "job",
                "state = 'ready' AND attempt = 1 AND last_error IS NOT NULL"
            )
            .await,
            1
        );
        let found = app.with(|parts| parts.mailer = working);
        assert_eq!(try_jobs(&found).await, 0, "not before its time");
        found.advance(TimeDelta::minutes(1));
        assert_eq!(try_jobs(&found).await, 1);
        found.advance(TimeDelta::days(1));
        assert_eq!(try_jobs(&found).await, 0);
        assert_eq!(server.messages().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_a_dead_process_held_is_taken_over_after_its_lease() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        let held = liangxin_app::store::jobs::claim(&app.parts().db, Lane::Mail, app.now())
            .await
            .unwrap();
        assert!(held.is_some());
        assert_eq!(try_jobs(&app).await, 0, "somebody has it");
        app.advance(TimeDelta::seconds(61));
        assert_eq!(try_jobs(&app).await, 1);
        assert_eq!(app.mails().len(), 1);
    })
    .await;
}

/// A header of a message, unfolded and with its encoded words read (RFC 2047, encoding B).
fn header(message: &str, name: &str) -> String {
    let head = message
        .replace("\r\n", "\n")
        .replace("\n ", " ")
        .replace("\n\t", " ");
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    let line = line.unwrap_or_else(|| panic!("no {name} in {message}"));
    let (mut read, mut rest) = (String::new(), line);
    while let Some((before, word)) = rest.split_once("=?utf-8?b?") {
        // White space between two encoded words is not part of the text.
        read += if read.is_empty() {
            before
        } else {
            before.trim()
        };
        let (encoded, after) = word.split_once("?=").unwrap();
        read += &String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
        rest = after;
    }
    read + rest
}

/// The application over a store behind a way that can be bad.
async fn behind(app: &TestApp, directory: &Path, server: &s3::S3Server) -> (TestApp, Proxy) {
    let proxy = Proxy::open(server.address()).await;
    let endpoint = format!("http://{}", proxy.address());
    let settings = [
        ("S3_BUCKET", server.bucket.as_str()),
        ("S3_ENDPOINT", &endpoint),
        ("AWS_ACCESS_KEY_ID", &server.access_key),
        ("AWS_SECRET_ACCESS_KEY", &server.secret_key),
    ];
    let objects = opened(directory, &settings).await.objects;
    (app.with(|parts| parts.objects = objects), proxy)
}

#[tokio::test]
async fn errors_in_the_middle_and_slow_answers_of_the_store_lose_nothing_and_mark_nothing_too_early()
 {
    on_both_connected(4, async |app| {
        let directory = tempfile::tempdir().unwrap();
        let store = s3::start(&directory.path().join("s3")).await;
        let (app, way) = behind(&app, directory.path(), &store).await;
        let photo = pictures::large(1, 300_000);
        let flow = Flow::new(&app);
        let id = app.new_id();
        let change = json!({ "photos": [pictures::declared(id, &photo)] });
        let filed = flow.take_with(Step::FileReport, change).await;
        let holder = app.bearer(filed.text("fileReport.receipt.uploadToken"));
        // Every connection breaks in the middle of the object; the answer to every put is lost.
        for broken in [
            Way::Line {
                bytes_per_second: 50_000_000,
                cut_after_bytes: 20_000,
            },
            Way::Closed,
        ] {
            way.set(broken);
            // Connections that were opened on a better way are no help.
            way.cut();
            let refused = holder.refused_upload(id, &photo).await;
            assert_eq!(refused, "UNAVAILABLE", "{broken:?}");
            let held = count(&app.parts().db, "photo", "stored_at IS NOT NULL").await;
            assert_eq!(held, 0, "{broken:?}");
        }
        // Slow, and a put whose answer was lost is found to be there already.
        way.set(Way::Slow);
        holder.upload(id, &photo).await.unwrap();
        way.set(Way::Open);
        let kept = app.parts().objects.get(sha256(&photo)).await.unwrap();
        assert!(kept.is_some_and(|kept| kept == photo));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_in_the_store_is_not_written_again_and_not_believed_unless_it_is_the_same() {
    on_both_stores(4, async |app, store| {
        let mut spooling = app.parts().spool.begin(4).unwrap();
        spooling.write(b"JPEG").await.unwrap();
        let body = spooling.finish().await.unwrap();
        let objects = &app.parts().objects;
        let size = async || objects.size_bytes(body.sha256).await.unwrap();
        assert_eq!(size().await, None);
        objects.put(&body).await.unwrap();
        objects.put(&body).await.unwrap();
        assert_eq!(size().await, Some(4));
        let hex = body.sha256.to_string();
        let key = format!("originals/{}/{}/{hex}", &hex[..2], &hex[2..4]);
        // It is not what it is called: nothing, cut, of another length, or altered.
        for other in ["", "JPE", "another length", "JPEg"] {
            let file = store.root().join(&key);
            // A file of its own, and not another name of the one that came.
            std::fs::remove_file(&file).unwrap();
            std::fs::write(&file, other).unwrap();
            assert!(objects.put(&body).await.is_err(), "{other}");
            let there = objects.get(body.sha256).await.unwrap().unwrap();
            assert_eq!(there, other.as_bytes(), "nothing is mended");
            assert_eq!(size().await, u64::try_from(other.len()).ok());
        }
    })
    .await;
}
