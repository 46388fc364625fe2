//! Photos over lines that break, fall silent, and say things twice: all arrive, little is sent twice, and nothing is held that
//! is not there. On each database with the store that is beside it in production.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_app::receivings::Receivings;
use liangxin_app::turns::Turns;
use liangxin_domain::id::PartId;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::TestApp;
use liangxin_tests::census::{column, count};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::server::Server;
use liangxin_tests::store::on_both_stores;
use liangxin_tests::tus::Tus;
use liangxin_web::body::Pace;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use uuid::Uuid;

use crate::http_bodies::begin;

pub(crate) fn address(url: &str) -> SocketAddr {
    url.strip_prefix("http://").unwrap().parse().unwrap()
}

pub(crate) fn by_way_of(proxy: &Proxy) -> String {
    format!("http://{}", proxy.address())
}

/// Declares photos of one report; the token to send them with, and their ids.
pub(crate) async fn report(app: &TestApp, photos: &[Vec<u8>]) -> (String, Vec<Uuid>) {
    let flow = Flow::new(app);
    let ids: Vec<_> = photos.iter().map(|_| app.new_id()).collect();
    let declared: Vec<_> = ids
        .iter()
        .zip(photos)
        .map(|(id, photo)| pictures::declared(*id, photo))
        .collect();
    let filed = flow
        .take_with(Step::FileReport, json!({ "photos": declared }))
        .await;
    let token = filed.text("fileReport.receipt.uploadToken").to_owned();
    (token, ids)
}

/// Waits until so many bytes of the one upload are kept.
pub(crate) async fn kept(app: &TestApp, bytes: i64) {
    for _ in 0..2000 {
        let offsets: Vec<i64> = column(&app.parts().db, "upload", "offset_bytes", "TRUE").await;
        if offsets == [bytes] {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{bytes} bytes were not kept");
}

fn patch_head(token: &str, path: &str, size: usize) -> String {
    format!(
        "PATCH {path} HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n\
         Content-Type: application/offset+octet-stream\r\nAuthorization: Bearer {token}\r\nContent-Length: {size}"
    )
}

#[tokio::test]
async fn what_came_before_a_cut_is_kept_and_another_replica_goes_on_from_there() {
    on_both_stores(4, async |app, store| {
        let servers = [
            Server::start(&app, Mode::Production).await,
            Server::start(&app, Mode::Production).await,
        ];
        let photo = pictures::large(1, 60_000);
        let (token, ids) = report(&app, std::slice::from_ref(&photo)).await;
        let phone = Tus::new(&servers[1].url, &token);
        let path = phone.create(ids[0], photo.len()).await.unwrap();
        let path = path.location.unwrap();
        let mut stream = begin(&servers[0], &patch_head(&token, &path, photo.len())).await;
        stream.write_all(&photo[..20_000]).await.unwrap();
        stream.flush().await.unwrap();
        // Long before the second that it would be kept after in any case.
        drop(stream);
        kept(&app, 20_000).await;
        let told = phone.head(&path).await.unwrap();
        assert_eq!(told.offset, Some(20_000));
        phone.send(ids[0], &photo).await.unwrap();
        let held = app.parts().objects.get(sha256(&photo)).await.unwrap();
        assert_eq!(held, Some(photo));
        app.drain_jobs().await;
        assert_eq!(store.counts(), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_back_takes_over_from_a_connection_that_nobody_ended_and_it_keeps_nothing_more()
 {
    on_both_stores(4, async |app, store| {
        let pace = Pace {
            keep_every: Duration::from_millis(50),
            ..Pace::default()
        };
        let old = Server::start_at_pace(&app, Mode::Production, pace).await;
        // Another process: what the old one receives it does not know.
        let other = app.with(|parts| parts.receivings = Receivings::default());
        let new = Server::start_at_pace(&other, Mode::Production, pace).await;
        let photo = pictures::large(2, 60_000);
        let (token, ids) = report(&app, std::slice::from_ref(&photo)).await;
        let phone = Tus::new(&new.url, &token);
        let path = phone.create(ids[0], photo.len()).await.unwrap();
        let path = path.location.unwrap();
        let mut stale = begin(&old, &patch_head(&token, &path, photo.len())).await;
        stale.write_all(&photo[..20_000]).await.unwrap();
        // Kept while the connection lives and is silent.
        kept(&app, 20_000).await;
        let began = Instant::now();
        let told = phone.head(&path).await.unwrap();
        assert_eq!(told.offset, Some(20_000));
        let took = began.elapsed();
        println!("taken over after {took:?}");
        assert!(took < Duration::from_secs(2));
        // What wakes up on the old one now is told where the upload stands, and changes nothing.
        stale.write_all(&photo[20_000..30_000]).await.unwrap();
        let mut said = [0; 12];
        stale.read_exact(&mut said).await.unwrap();
        assert_eq!(&said, b"HTTP/1.1 409");
        assert_eq!(phone.head(&path).await.unwrap().offset, Some(20_000));
        let sent = phone.patch(&path, 20_000, &photo[20_000..]).await.unwrap();
        assert_eq!((sent.status, sent.offset), (204, Some(60_000)));
        app.drain_jobs().await;
        assert_eq!(store.counts(), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_photo_arrives_past_everything_that_a_line_does() {
    on_both_stores(4, async |app, store| {
        let server = Server::start(&app, Mode::Production).await;
        let ways = [Way::Slow, Way::Deaf, Way::Twice, Way::Silent, Way::Closed];
        let photos: Vec<_> = (0..5).map(|n| pictures::large(10 + n, 100_000)).collect();
        let (token, ids) = report(&app, &photos).await;
        for ((way, photo), id) in ways.into_iter().zip(&photos).zip(ids) {
            let proxy = Proxy::open(address(&server.url)).await;
            let phone = Tus::new(&by_way_of(&proxy), &token);
            proxy.set(way);
            let suffers = async {
                tokio::time::sleep(Duration::from_millis(300)).await;
                proxy.vanish();
                proxy.set(Way::Open);
            };
            let (sent, ()) = tokio::join!(phone.send(id, photo), suffers);
            sent.unwrap_or_else(|error| panic!("{way:?}: {error:#}"));
            let held = app.parts().objects.get(sha256(photo)).await.unwrap();
            assert!(held.is_some_and(|held| held == *photo), "{way:?}");
        }
        app.drain_jobs().await;
        assert_eq!(store.counts(), (5, 0));
    })
    .await;
}

/// 256 kbit/s with a cut every 20 seconds on average, twenty times as fast: what counts is how much passes between two cuts, and
/// how much comes between two times of keeping.
#[tokio::test]
async fn nine_photos_of_five_megabytes_arrive_over_a_line_of_256_kbit_that_breaks_every_20_seconds()
{
    const SCALE: u64 = 20;
    const LINE: u64 = 32_000;
    on_both_stores(4, async |app, store| {
        let pace = Pace {
            keep_every: Duration::from_secs(1) / u32::try_from(SCALE).unwrap(),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let proxy = Proxy::open(address(&server.url)).await;
        proxy.set(Way::Line {
            bytes_per_second: LINE * SCALE,
            cut_after_bytes: LINE * 20,
        });
        let photos: Vec<_> = (0..9).map(|n| pictures::large(n, 5_000_000)).collect();
        let (token, ids) = report(&app, &photos).await;
        let phone = Tus::new(&by_way_of(&proxy), &token);
        for (id, photo) in ids.iter().zip(&photos) {
            phone.send(*id, photo).await.unwrap();
            let held = app.parts().objects.get(sha256(photo)).await.unwrap();
            assert!(held.is_some_and(|held| held == *photo));
        }
        let carried = proxy.carried_bytes();
        let wasted = carried - 45_000_000;
        assert!(wasted * 100 < carried * 5, "{wasted} of {carried} bytes");
        println!("{wasted} of {carried} bytes were sent twice, requests included");
        app.drain_jobs().await;
        assert_eq!(store.counts(), (9, 0));
        let stored = count(&app.parts().db, "event", "kind = 'photo_stored'").await;
        assert_eq!(stored, 9);
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_came_whole_is_put_together_by_whoever_comes_next() {
    on_both_stores(4, async |app, store| {
        let server = Server::start(&app, Mode::Production).await;
        // Nobody has a turn there: what comes whole is kept in parts, and waits.
        let busy = app.with(|parts| {
            parts.turns = Turns::within(0, Duration::ZERO, Duration::ZERO).into();
        });
        let busy = Server::start(&busy, Mode::Production).await;
        for (n, next) in ["a question", "a beginning", "a job"]
            .into_iter()
            .enumerate()
        {
            let photo = pictures::large(n as u64, 40_000);
            let (token, ids) = report(&app, std::slice::from_ref(&photo)).await;
            let phone = Tus::new(&busy.url, &token);
            let path = phone.create(ids[0], photo.len()).await.unwrap();
            let path = path.location.unwrap();
            phone.patch(&path, 0, &photo[..30_000]).await.unwrap();
            let last = phone.patch(&path, 30_000, &photo[30_000..]).await.unwrap();
            assert_eq!((last.status, last.offset), (503, None), "{next}");
            let phone = Tus::new(&server.url, &token);
            let told = match next {
                "a question" => phone.head(&path).await.unwrap(),
                "a beginning" => phone.create(ids[0], photo.len()).await.unwrap(),
                _ => {
                    app.drain_jobs().await;
                    phone.head(&path).await.unwrap()
                }
            };
            assert_eq!(told.offset, Some(40_000), "{next}");
            let held = app.parts().objects.get(sha256(&photo)).await.unwrap();
            assert!(held.is_some_and(|held| held == photo), "{next}");
        }
        app.drain_jobs().await;
        assert_eq!(store.counts(), (3, 0));
    })
    .await;
}

#[tokio::test]
async fn parts_that_the_store_lost_come_again_and_nothing_is_held_before() {
    on_both_stores(4, async |app, store| {
        let server = Server::start(&app, Mode::Production).await;
        let photo = pictures::large(4, 40_000);
        let (token, ids) = report(&app, std::slice::from_ref(&photo)).await;
        let phone = Tus::new(&server.url, &token);
        let path = phone.create(ids[0], photo.len()).await.unwrap();
        let path = path.location.unwrap();
        phone.patch(&path, 0, &photo[..20_000]).await.unwrap();
        phone
            .patch(&path, 20_000, &photo[20_000..25_000])
            .await
            .unwrap();
        let parts: Vec<Uuid> =
            column(&app.parts().db, "upload_part", "id", "size_bytes = 5000").await;
        let lost = PartId::new(parts[0]);
        app.parts().objects.remove_part(lost).await.unwrap();
        let told = phone.patch(&path, 25_000, &photo[25_000..]).await.unwrap();
        assert_eq!((told.status, told.offset), (409, Some(20_000)));
        assert_eq!(store.counts().0, 0);
        phone.send(ids[0], &photo).await.unwrap();
        let held = app.parts().objects.get(sha256(&photo)).await.unwrap();
        assert!(held.is_some_and(|held| held == photo));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_server_that_died_left_of_a_photo_goes_after_an_hour_and_no_original_with_it() {
    on_both_stores(4, async |app, store| {
        let server = Server::start(&app, Mode::Production).await;
        let photos = [pictures::large(6, 40_000), pictures::large(7, 40_000)];
        let (token, ids) = report(&app, &photos).await;
        let phone = Tus::new(&server.url, &token);
        phone.send(ids[0], &photos[0]).await.unwrap();
        let path = phone.create(ids[1], photos[1].len()).await.unwrap();
        let path = path.location.unwrap();
        let half = &photos[1][..20_000];
        phone.patch(&path, 0, half).await.unwrap();
        app.drain_jobs().await;
        assert_eq!(store.counts(), (1, 1));
        // It put a part among the objects, and never said so.
        for lost in [
            "UPDATE upload_part SET state = 'coming'",
            "UPDATE upload SET offset_bytes = 0 WHERE offset_bytes = 20000",
        ] {
            app.execute(lost).await;
        }
        for (minutes, parts) in [(50, 1), (11, 0)] {
            app.advance(TimeDelta::minutes(minutes));
            app.drain_jobs().await;
            assert_eq!(store.counts(), (1, parts), "{minutes}");
        }
        phone.send(ids[1], &photos[1]).await.unwrap();
        let held = app.parts().objects.get(sha256(&photos[1])).await.unwrap();
        assert!(held.is_some_and(|held| held == photos[1]));
        app.drain_jobs().await;
        assert_eq!(store.counts(), (2, 0));
    })
    .await;
}
