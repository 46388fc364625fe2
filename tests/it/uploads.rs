//! Photos in pieces: kept as they come, gone on with, taken over, put together once.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta};
use liangxin_app::app::sha256;
use liangxin_app::caller::Caller;
use liangxin_app::usecase::evidence::{
    Announced, Body, Checksum, Coming, From, begin_upload, find_upload, receive,
};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{PhotoId, ReportId};
use liangxin_domain::limits::{PHOTO_BYTES, UPLOAD_KEPT_SECONDS};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_tests::tus::Tus;
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

use crate::bad_lines::report;
use crate::http_bodies::upload_token;

/// One phone that sends one photo of a report.
struct Phone<'a> {
    server: &'a Server,
    token: String,
    photo: Uuid,
}

/// An answer, as far as it is looked at.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    async fn of(request: RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        Self {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default(),
        }
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Status, offset and code.
    fn told(&self) -> (u16, &str, &str) {
        let code = self.body["code"].as_str().unwrap_or_default();
        (self.status, self.header("upload-offset"), code)
    }
}

impl<'a> Phone<'a> {
    async fn new(server: &'a Server, flow: &Flow) -> Self {
        Self {
            server,
            token: upload_token(flow).await,
            photo: flow.report_photo(),
        }
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.server.url);
        self.server
            .client
            .request(method, url)
            .header("Tus-Resumable", "1.0.0")
            .bearer_auth(&self.token)
    }

    async fn create(&self, size: usize) -> Answer {
        let id = STANDARD.encode(self.photo.to_string());
        let request = self
            .ask(Method::POST, "/uploads")
            .header("Upload-Length", size)
            .header("Upload-Metadata", format!("filename eC5qcGc=,id {id}"));
        Answer::of(request).await
    }

    fn patch(&self, path: &str, offset: usize, bytes: &[u8]) -> RequestBuilder {
        self.ask(Method::PATCH, path)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", offset)
            .body(bytes.to_vec())
    }

    async fn send(&self, path: &str, offset: usize, bytes: &[u8]) -> Answer {
        Answer::of(self.patch(path, offset, bytes)).await
    }

    async fn head(&self, path: &str) -> Answer {
        Answer::of(self.ask(Method::HEAD, path)).await
    }
}

/// What lies between a phone and the objects is gone, and the original is there once.
async fn is_held_once(app: &TestApp, bytes: &[u8]) {
    app.drain_jobs().await;
    let objects = &app.parts().objects;
    let kept = objects.get(sha256(bytes)).await.unwrap();
    assert_eq!(kept.as_deref(), Some(bytes));
    assert_eq!((objects.count(), objects.count_parts()), (1, 0));
    let db = &app.parts().db;
    assert_eq!(count(db, "upload_part", "TRUE").await, 0);
    assert_eq!(count(db, "event", "kind = 'photo_stored'").await, 1);
}

#[tokio::test]
async fn a_photo_of_the_greatest_size_is_held_and_one_of_a_single_byte_is_no_picture() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let most = usize::try_from(PHOTO_BYTES).unwrap();
        let photos = [pictures::with_comments(most), vec![0xff]];
        let (token, ids) = report(&app, &photos).await;
        let phone = Tus::new(&server.url, &token);
        phone.send(ids[0], &photos[0]).await.unwrap();
        let held = app.parts().objects.get(sha256(&photos[0])).await.unwrap();
        assert!(held.is_some_and(|held| held == photos[0]));
        let begun = phone.create(ids[1], 1).await.unwrap();
        let path = begun.location.unwrap();
        let told = phone.patch(&path, 0, &photos[1]).await.unwrap();
        assert_eq!(told.code.as_deref(), Some("PHOTO_FORMAT"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_arrives_in_pieces_of_any_size_and_is_held_once() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let phone = Phone::new(&server, &Flow::new(&app)).await;
        let photo = pictures::scale();
        let begun = phone.create(photo.len()).await;
        assert_eq!(begun.told(), (201, "0", ""));
        assert!(begun.body["storedAt"].is_null());
        let expires = DateTime::parse_from_rfc2822(begun.header("upload-expires")).unwrap();
        assert_eq!(expires, app.now() + TimeDelta::seconds(UPLOAD_KEPT_SECONDS));
        let path = begun.header("location").to_owned();
        assert_eq!(phone.create(photo.len()).await.header("location"), path);
        let mut offset = 0;
        for size in [1, 1024, 3, 5000, usize::MAX] {
            let end = photo.len().min(offset + size.min(photo.len()));
            let sent = phone.send(&path, offset, &photo[offset..end]).await;
            assert_eq!(sent.told(), (204, end.to_string().as_str(), ""));
            offset = end;
            let asked = phone.head(&path).await;
            assert_eq!(asked.told(), (200, end.to_string().as_str(), ""));
            assert_eq!(asked.header("upload-length"), photo.len().to_string());
            assert_eq!(asked.header("cache-control"), "no-store");
        }
        assert_eq!(offset, photo.len());
        let again = phone.create(photo.len()).await;
        assert_eq!(again.told().1, photo.len().to_string());
        assert!(again.body["storedAt"].is_string());
        is_held_once(&app, photo).await;
    })
    .await;
}

#[tokio::test]
async fn a_piece_for_another_place_is_refused_with_the_right_one_and_disturbs_nobody() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let phone = Phone::new(&server, &Flow::new(&app)).await;
        let photo = pictures::scale();
        let path = phone
            .create(photo.len())
            .await
            .header("location")
            .to_owned();
        phone.send(&path, 0, &photo[..2000]).await;
        for offset in [0, 1999, 2001, photo.len()] {
            let refused = phone.send(&path, offset, b"x").await;
            assert_eq!(refused.told(), (409, "2000", "UPLOAD_OFFSET"));
            assert_eq!(refused.body["class"], "RETRY");
        }
        let more = [&photo[2000..], b"x"].concat();
        let refused = phone.send(&path, 2000, &more).await;
        assert_eq!(refused.told(), (400, "", "UPLOAD_HEADERS"));
        let sent = phone.send(&path, 2000, &photo[2000..]).await;
        assert_eq!(sent.status, 204);
        is_held_once(&app, photo).await;
    })
    .await;
}

#[tokio::test]
async fn a_piece_with_a_wrong_checksum_is_not_kept() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let phone = Phone::new(&server, &Flow::new(&app)).await;
        let photo = pictures::scale();
        let path = phone
            .create(photo.len())
            .await
            .header("location")
            .to_owned();
        let checked = async |offset, bytes: &[u8], sum: String| {
            let request = phone.patch(&path, offset, bytes);
            Answer::of(request.header("Upload-Checksum", sum)).await
        };
        let digest = sha256(&photo[..3000]);
        let right = format!("sha256 {}", STANDARD.encode(digest.bytes()));
        let refused = checked(0, &photo[1..3001], right.clone()).await;
        assert_eq!(refused.told(), (460, "", "UPLOAD_CHECKSUM"));
        assert_eq!(phone.head(&path).await.told().1, "0");
        assert_eq!(checked(0, &photo[..3000], right).await.told().1, "3000");
        let rest = &photo[3000..];
        let sha1 = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, rest);
        let sha1 = format!("sha1 {}", STANDARD.encode(sha1));
        assert_eq!(checked(3000, rest, sha1).await.status, 204);
        is_held_once(&app, photo).await;
    })
    .await;
}

#[tokio::test]
async fn an_upload_is_its_senders_alone_and_shows_nothing() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let mut phone = Phone::new(&server, &Flow::new(&app)).await;
        let photo = pictures::scale();
        let path = phone
            .create(photo.len())
            .await
            .header("location")
            .to_owned();
        phone.send(&path, 0, &photo[..2000]).await;
        let shown = Answer::of(phone.ask(Method::GET, &path)).await;
        assert_eq!(shown.status, 405);
        let own = std::mem::replace(&mut phone.token, upload_token(&Flow::new(&app)).await);
        assert_eq!(phone.head(&path).await.status, 404);
        let refused = phone.send(&path, 2000, &photo[2000..]).await;
        assert_eq!(refused.told(), (404, "", "PHOTO_UNKNOWN"));
        let ended = Answer::of(phone.ask(Method::DELETE, &path)).await;
        assert_eq!(ended.status, 404);
        phone.token = own;
        assert_eq!(phone.head(&path).await.told(), (200, "2000", ""));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_is_ended_or_left_for_too_long_goes_with_its_parts_and_can_begin_anew() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let mut phone = Phone::new(&server, &flow).await;
        let photo = pictures::scale();
        for how in ["ended", "left"] {
            let path = phone
                .create(photo.len())
                .await
                .header("location")
                .to_owned();
            assert_eq!(phone.send(&path, 0, &photo[..2000]).await.told().1, "2000");
            assert_eq!(app.parts().objects.count_parts(), 1);
            if how == "ended" {
                let ended = phone.ask(Method::POST, &path);
                let ended = ended.header("X-HTTP-Method-Override", "DELETE");
                assert_eq!(Answer::of(ended).await.status, 204);
            } else {
                app.advance(TimeDelta::seconds(UPLOAD_KEPT_SECONDS + 1));
            }
            app.drain_jobs().await;
            assert_eq!(app.parts().objects.count_parts(), 0, "{how}");
            phone.token = upload_token(&flow).await;
            assert_eq!(phone.head(&path).await.status, 404, "{how}");
        }
        let path = phone
            .create(photo.len())
            .await
            .header("location")
            .to_owned();
        assert_eq!(phone.send(&path, 0, photo).await.status, 204);
        let ended = Answer::of(phone.ask(Method::DELETE, &path)).await;
        assert_eq!(ended.told(), (409, "", "UPLOAD_FINISHED"));
        is_held_once(&app, photo).await;
    })
    .await;
}

#[tokio::test]
async fn bytes_that_are_no_picture_and_not_the_declared_ones_go_for_good_and_the_photo_begins_anew()
{
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let phone = Phone::new(&server, &Flow::new(&app)).await;
        let photo = pictures::scale();
        let mut flipped = photo.to_vec();
        flipped[0] ^= 1;
        let path = phone
            .create(photo.len())
            .await
            .header("location")
            .to_owned();
        phone.send(&path, 0, &flipped[..2000]).await;
        let refused = phone.send(&path, 2000, &flipped[2000..]).await;
        assert_eq!(refused.told(), (409, "", "PHOTO_DIGEST_MISMATCH"));
        assert_eq!(refused.body["class"], "PERMANENT");
        assert_eq!(phone.head(&path).await.status, 404);
        assert_eq!(phone.create(photo.len()).await.told(), (201, "0", ""));
        assert_eq!(phone.send(&path, 0, photo).await.status, 204);
        is_held_once(&app, photo).await;
    })
    .await;
}

#[tokio::test]
async fn a_whole_photo_that_comes_after_a_part_of_it_is_held() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let phone = Phone::new(&server, &Flow::new(&app)).await;
        let photo = pictures::scale();
        let path = phone
            .create(photo.len())
            .await
            .header("location")
            .to_owned();
        phone.send(&path, 0, &photo[..2000]).await;
        for _ in 0..2 {
            let whole = crate::http_uploads::upload(&server, phone.photo, photo);
            let whole = Answer::of(whole.bearer_auth(&phone.token)).await;
            assert_eq!(whole.told().1, photo.len().to_string());
            assert!(whole.body["storedAt"].is_string());
        }
        is_held_once(&app, photo).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_over_in_its_last_moment_is_kept_only_if_its_checksum_fits() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        flow.take(Step::FileReport).await;
        let parts = app.parts();
        let caller = Caller::system().known_as(Actor::Reporter(ReportId::new(flow.report())));
        let photo = pictures::scale();
        let announced = Announced {
            photo: PhotoId::new(flow.report_photo()),
            size_bytes: u64::try_from(photo.len()).unwrap(),
            body: Body::Follows,
            stray: None,
        };
        let begun = begin_upload(parts, &caller, announced).await.unwrap();
        for (digest, kept) in [([7; 32], 0), (*sha256(&photo[..2000]).bytes(), 2000)] {
            let coming = Coming {
                upload: begun.upload,
                from: From::Offset(0),
                checksum: Some(Checksum::Sha256(digest.to_vec())),
                keep_every: Duration::from_secs(3600),
                room_for: Duration::from_secs(3600),
            };
            let receiving = receive(parts, &caller, coming).await.unwrap();
            receiving.take(photo[..2000].to_vec()).await;
            // Somebody asks for the upload before its last word was heard.
            let asked = parts.receivings.end(begun.upload);
            let ((), ended) = tokio::join!(asked, receiving.end());
            assert_eq!(ended.is_ok(), kept > 0, "{ended:?}");
            let stands = find_upload(parts, &caller, begun.upload).await.unwrap();
            assert_eq!(stands.offset_bytes, kept);
        }
        app.drain_jobs().await;
    })
    .await;
}
