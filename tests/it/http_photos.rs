//! Photos and their copies over real sockets: who gets them, what a browser may keep, what stands in them.

use std::collections::BTreeMap;

use liangxin_app::app::sha256;
use liangxin_demo::fixtures::merchant_code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::flow::{CONTACT, Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_tests::store::on_both_stores;
use reqwest::Response;
use reqwest::header::HeaderMap;
use uuid::Uuid;

/// What came: status, headers, body.
type Came = (u16, HeaderMap, Vec<u8>);

/// A signed-in reader.
struct Reader<'a> {
    server: &'a Server,
    token: String,
}

impl<'a> Reader<'a> {
    async fn of(app: &TestApp, server: &'a Server, key: &str) -> Self {
        let token = crate::http_uploads::access_token(app, key).await;
        Self { server, token }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Came {
        let mut asked = self.server.get(path).bearer_auth(&self.token);
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        let answer = asked.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.unwrap().to_vec())
    }
}

fn has(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|part| part == mark)
}

#[tokio::test]
async fn both_copies_of_every_photo_are_the_picture_alone_and_small_ones_are_small() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        let he = Reader::of(&app, &server, "he").await;
        for photo in [flow.scene_photo(), flow.report_photo()] {
            let mut sizes = Vec::new();
            for size in ["large", "small"] {
                let (status, headers, copy) = he.get(&format!("/photos/{photo}/{size}"), &[]).await;
                assert_eq!(
                    (status, headers["content-type"].as_bytes()),
                    (200, &b"image/jpeg"[..])
                );
                for mark in [b"Exif".as_slice(), b"GPS", b"http", b"2026", b"Example"] {
                    assert!(!has(&copy, mark), "{size}: {mark:?}");
                }
                sizes.push(image::load_from_memory(&copy).unwrap().width());
            }
            assert_eq!(sizes, [320, 320], "none is made larger");
        }
        let peng = Reader::of(&app, &server, "peng").await;
        let path = format!("/photos/{}/small", flow.scene_photo());
        assert_eq!(peng.get(&path, &[]).await.0, 404);
        assert_eq!(
            server.get(&path).send().await.unwrap().status().as_u16(),
            401
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_browser_keeps_is_asked_for_again_and_is_gone_with_the_right_to_see_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let he = Reader::of(&app, &server, "he").await;
        let path = format!("/photos/{}/large", flow.scene_photo());
        let (_, headers, copy) = he.get(&path, &[]).await;
        let tag = headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(headers["cache-control"], "private, no-cache");
        let kept = he.get(&path, &[("If-None-Match", tag.as_str())]).await;
        assert_eq!((kept.0, kept.2.len()), (304, 0));
        let other = he.get(&path, &[("If-None-Match", "\"other\"")]).await;
        assert_eq!((other.0, other.2), (200, copy));
        app.execute("UPDATE visit SET division = '430104'").await;
        let gone = he.get(&path, &[("If-None-Match", tag.as_str())]).await;
        assert_eq!(gone.0, 404);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_broke_off_is_gone_on_with() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let he = Reader::of(&app, &server, "he").await;
        let path = format!("/photos/{}/large", flow.scene_photo());
        let (_, headers, copy) = he.get(&path, &[]).await;
        let tag = headers["etag"].to_str().unwrap().to_owned();
        let whole = copy.len();
        let first = he.get(&path, &[("Range", "bytes=0-99")]).await;
        let range = [("Range", "bytes=100-"), ("If-Range", tag.as_str())];
        let rest = he.get(&path, &range).await;
        assert_eq!((first.0, rest.0), (206, 206));
        assert_eq!(first.1["content-range"], format!("bytes 0-99/{whole}"));
        assert_eq!([first.2, rest.2].concat(), copy);
        let changed = [("Range", "bytes=100-"), ("If-Range", "\"other\"")];
        assert_eq!(he.get(&path, &changed).await.0, 200);
        let outside = he.get(&path, &[("Range", "bytes=99999999-")]).await;
        assert_eq!(outside.0, 416);
        assert_eq!(outside.1["content-range"], format!("bytes */{whole}"));
        app.drain_jobs().await;
    })
    .await;
}

/// The addresses of this server that stand in a page.
fn addresses(server: &Server, page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in ["href=\"", "src=\"", "action=\""] {
        for rest in page.split(mark).skip(1) {
            let address = rest.split('"').next().unwrap_or_default();
            let address = address.strip_prefix(&server.url).unwrap_or(address);
            if address.starts_with('/') && !address.starts_with("//") {
                let address = address.split('#').next().unwrap_or_default();
                found.push(address.replace("&amp;", "&"));
            }
        }
    }
    found
}

/// The addresses at which everybody may begin, and those of photos, which nobody may guess.
fn beginnings(flow: &Flow) -> Vec<String> {
    let merchant = merchant_code("tianxin-stall-17");
    let open = [
        "/",
        "/track",
        "/report",
        "/metrics",
        "/.well-known/liangxin-keys.json",
    ];
    let mut open: Vec<String> = open.map(str::to_owned).to_vec();
    open.extend([format!("/m/{merchant}"), format!("/report?m={merchant}")]);
    for photo in [
        flow.scene_photo(),
        flow.report_photo(),
        flow.signature_photo(),
    ] {
        let ends = ["", "/large", "/small", "/original"];
        open.extend(ends.map(|end| format!("/photos/{photo}{end}")));
    }
    open
}

/// Somebody who is no officer.
enum Visitor {
    /// Without anything.
    Nobody,
    /// The party, signed in.
    Party(String),
    /// The reporter, who sends the receipt code where a page asks for it.
    Reporter(String),
}

impl Visitor {
    async fn ask(&self, server: &Server, path: &str) -> Response {
        let asked = match self {
            Self::Nobody => server.get(path),
            Self::Party(token) => server.get(path).bearer_auth(token),
            Self::Reporter(code) if path == "/track" || path.starts_with("/notices/") => {
                let form = "application/x-www-form-urlencoded";
                let request = server.post(path).header("Content-Type", form);
                request.body(format!("code={code}"))
            }
            Self::Reporter(_) => server.get(path),
        };
        asked.send().await.unwrap()
    }

    /// Everything that can be reached from some addresses: address, whether it is a picture, and content.
    async fn reach(
        &self,
        server: &Server,
        mut open: Vec<String>,
    ) -> BTreeMap<String, (bool, Vec<u8>)> {
        let mut seen = BTreeMap::new();
        while let Some(path) = open.pop() {
            if seen.contains_key(&path) || seen.len() > 300 {
                continue;
            }
            let answer = self.ask(server, &path).await;
            let kind = answer.headers().get("content-type").cloned();
            let is = |what: &[u8]| {
                let kind = kind.as_ref();
                kind.is_some_and(|kind| kind.as_bytes().starts_with(what))
            };
            let body = answer.bytes().await.unwrap().to_vec();
            if is(b"text/html") {
                open.extend(addresses(server, &String::from_utf8_lossy(&body)));
            }
            seen.insert(path, (is(b"image/"), body));
        }
        seen
    }
}

/// The papers of a case that somebody finds who may open them.
async fn papers(app: &TestApp) -> Vec<String> {
    let ids: Vec<Uuid> = column(&app.parts().db, "notice", "id", "TRUE").await;
    ids.iter().map(|id| format!("/notices/{id}")).collect()
}

#[tokio::test]
async fn no_public_address_of_a_case_gives_away_what_a_phone_wrote_or_a_name() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::ServeDecision).await;
        let code = flow.receipt_code().await;
        let sent = app.reporter(&code);
        let sent = sent.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        // The copies lie there.
        let he = Reader::of(&app, &server, "he").await;
        for photo in [flow.scene_photo(), flow.report_photo()] {
            assert_eq!(he.get(&format!("/photos/{photo}/large"), &[]).await.0, 200);
        }
        let party = crate::http_uploads::access_token(&app, "wu").await;
        for (visitor, least, secret) in [
            (Visitor::Nobody, 20, &["周立群", "唐雨晴"][..]),
            // Who acted stands on the papers of the party.
            (Visitor::Party(party), 20, &[]),
            (Visitor::Reporter(code), 20, &["周立群", "唐雨晴"]),
        ] {
            let mut open = beginnings(&flow);
            open.extend(papers(&app).await);
            let seen = visitor.reach(&server, open).await;
            for (path, (is_picture, body)) in &seen {
                for mark in secret.iter().chain(&["Exif\0", "Phone 1", CONTACT]) {
                    assert!(!has(body, mark.as_bytes()), "{path}: {mark}");
                }
                for mark in ["Exif", "eXIf", "GPS", "xap/1.0", "tEXt", "iTXt", "周立群"] {
                    assert!(!is_picture || !has(body, mark.as_bytes()), "{path}: {mark}");
                }
                for photo in [pictures::scale(), pictures::stall()] {
                    let middle = &photo[photo.len() / 2..][..64];
                    assert!(!has(body, middle), "{path}: an original");
                }
            }
            assert!(seen.len() > least, "{:?}", seen.keys());
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_original_comes_piece_by_piece_from_its_store_and_altered_to_nobody() {
    on_both_stores(4, async |app, _| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let he = Reader::of(&app, &server, "he").await;
        let path = format!("/photos/{}", flow.scene_photo());
        let photo = pictures::stall();
        let (status, headers, whole) = he.get(&path, &[]).await;
        assert_eq!((status, whole.as_slice()), (200, photo));
        assert_eq!(headers["content-length"], photo.len().to_string());
        let last = photo.len() - 1;
        for (asked, from, to) in [
            ("bytes=0-99".to_owned(), 0, 99),
            ("bytes=100-".to_owned(), 100, last),
            (format!("bytes={last}-"), last, last),
            ("bytes=-5".to_owned(), last - 4, last),
        ] {
            let (status, headers, part) = he.get(&path, &[("Range", &asked)]).await;
            assert_eq!(
                (status, part.as_slice()),
                (206, &photo[from..=to]),
                "{asked}"
            );
            let told = format!("bytes {from}-{to}/{}", photo.len());
            assert_eq!(headers["content-range"], told);
            assert_eq!(headers["content-length"], part.len().to_string());
        }
        let behind = format!("bytes={}-", photo.len());
        let (status, _, nothing) = he.get(&path, &[("Range", &behind)]).await;
        assert_eq!((status, nothing.len()), (416, 0));
        // Its digest is that of other bytes.
        let other = format!("UPDATE photo SET sha256 = '{}'", sha256(pictures::stroke()));
        app.execute(&other).await;
        let (status, _, told) = he.get(&path, &[]).await;
        assert_eq!((status, told.as_slice()), (200, pictures::stroke()));
        let lost = format!("UPDATE photo SET sha256 = '{}'", sha256(b"nothing"));
        app.execute(&lost).await;
        assert_eq!(he.get(&path, &[]).await.0, 500);
        app.drain_jobs().await;
    })
    .await;
}
