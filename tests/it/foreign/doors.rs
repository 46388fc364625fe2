//! The doors that are not operations of the contract: which there are, as the source says it, and which ids they take.

use std::fs;
use std::path::Path;

use liangxin_tests::contract::root;
use liangxin_tests::server::Server;
use uuid::Uuid;

use super::schema::Things;

/// What is asked for, with an id of which kind.
type Asked = (&'static str, &'static str);

/// Every route of the source: where, how it is written there, and what is asked of it. A route with nothing to ask takes no
/// id of a thing: what it takes stands beside it.
const DOORS: [(&str, &str, &[Asked]); 35] = [
    // The operations of the contract.
    ("graphql.rs", "PATH", &[]),
    // For who develops, and for made-up people: not there in production.
    ("graphiql.rs", "\"/graphiql\"", &[]),
    ("graphiql.rs", "\"/assets/graphiql/{file}\"", &[]),
    ("made_up_time.rs", "PATH", &[]),
    // The same for everybody.
    ("server.rs", "evidence_keys::PATH", &[]),
    ("server.rs", "\"/healthz\"", &[]),
    ("server.rs", "\"/readyz\"", &[]),
    ("server.rs", "\"/metrics\"", &[]),
    ("pages/mod.rs", "\"/\"", &[]),
    ("pages/mod.rs", "style::STYLESHEET_PATH", &[]),
    ("pages/mod.rs", "style::PAPER_STYLESHEET_PATH", &[]),
    ("pages/mod.rs", "\"/favicon.ico\"", &[]),
    ("pages/mod.rs", "\"/robots.txt\"", &[]),
    // The code on a merchant's wall, which everybody reads.
    ("pages/mod.rs", "[\"/m\", home::CHECK_ACTION]", &[]),
    ("pages/mod.rs", "\"/m/{code}\"", &[]),
    ("pages/badge.rs", "BADGE_PATH", &[]),
    ("pages/badge.rs", "PLAQUE_PATH", &[]),
    ("pages/badge.rs", "VERIFY_PATH", &[]),
    ("pages/badge.rs", "SCRIPT_PATH", &[]),
    ("pages/badge.rs", "PLAQUE_STYLE_PATH", &[]),
    ("pages/badge.rs", "REVOKED_PATH", &[]),
    ("pages/open.rs", "PATH", &[]),
    ("pages/open.rs", "FORMULA_PATH", &[]),
    ("pages/open.rs", "FORMULA_FILE", &[]),
    ("pages/open.rs", "GRADES_JSON", &[]),
    ("pages/open.rs", "GRADES_CSV", &[]),
    ("pages/mod.rs", "report_form::ACTION", &[]),
    // The code of a visit, which nobody can guess.
    ("pages/mod.rs", "opinion::ACTION", &[]),
    // A receipt code, and the token of a mail, which nobody can guess.
    ("pages/mod.rs", "track::ACTION", &[]),
    // What a browser keeps of the form that it sent.
    ("pages/mod.rs", "receipt_request::ROUTE", &[]),
    ("pages/mod.rs", "more_photos::ACTION", &[]),
    ("pages/mail.rs", "good_for.path()", &[]),
    (
        "uploads.rs",
        "PATH",
        &[
            ("POST /uploads", "photoId"),
            ("POST /uploads", "waitingPhotoId"),
        ],
    ),
    (
        "uploads.rs",
        "format!(\"{PATH}/{{id}}\")",
        &[
            ("HEAD /uploads/{}", "uploadId"),
            ("PATCH /uploads/{}", "uploadId"),
            ("DELETE /uploads/{}", "uploadId"),
        ],
    ),
    (
        "photos.rs",
        "format!(\"{PATH}/{{id}}\")",
        &[
            ("GET /photos/{}", "photoId"),
            ("GET /photos/{}", "scenePhotoId"),
        ],
    ),
];

/// A look whether a digest of nothing is that of a visit's record.
const WRONG_DIGEST: &str =
    "GET /records/{}/0000000000000000000000000000000000000000000000000000000000000000";

/// The rest of them.
const PAPERS: [(&str, &str, &[Asked]); 10] = [
    // A link that nobody can guess, on the device that asked for it; the id of what it opens is none.
    (
        "pages/bundle.rs",
        "PATH",
        &[("GET /bundles/{}", "bundleId")],
    ),
    (
        "photos.rs",
        "format!(\"{PATH}/{{id}}/large\")",
        &[
            ("GET /photos/{}/large", "photoId"),
            ("GET /photos/{}/large", "scenePhotoId"),
        ],
    ),
    (
        "photos.rs",
        "format!(\"{PATH}/{{id}}/small\")",
        &[
            ("GET /photos/{}/small", "photoId"),
            ("GET /photos/{}/small", "scenePhotoId"),
        ],
    ),
    (
        "photos.rs",
        "format!(\"{PATH}/{{id}}/original\")",
        &[
            ("GET /photos/{}/original", "photoId"),
            ("GET /photos/{}/original", "scenePhotoId"),
        ],
    ),
    (
        "pages/notice.rs",
        "PATH",
        &[
            ("GET /notices/{}", "noticeId"),
            ("POST /notices/{}", "noticeId"),
            ("POST /notices/{}", "reportNoticeId"),
        ],
    ),
    (
        "pages/notice.rs",
        "PDF_PATH",
        &[("GET /notices/{}/pdf", "noticeId")],
    ),
    (
        "pages/record.rs",
        "PATH",
        &[("GET /visits/{}/record", "visitId")],
    ),
    (
        "pages/record.rs",
        "PDF_PATH",
        &[("GET /visits/{}/record.pdf", "visitId")],
    ),
    // The digest of a record, which nobody can guess.
    (
        "pages/record.rs",
        "CHECK_PATH",
        &[(WRONG_DIGEST, "visitId")],
    ),
    (
        "pages/notice.rs",
        "INDEX_PATH",
        &[
            ("GET /notices/of/report/{}", "reportId"),
            ("GET /notices/of/case/{}", "caseId"),
            ("GET /notices/of/complaint/{}", "complaintId"),
            ("GET /notices/of/reward/{}", "rewardId"),
            ("GET /notices/of/dispute/{}", "disputeId"),
        ],
    ),
];

fn doors() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static [Asked])> {
    DOORS.iter().chain(&PAPERS)
}

/// What is asked, by its name, with the kind of its id.
pub(super) fn asked() -> impl Iterator<Item = Asked> {
    doors().flat_map(|(_, _, asked)| asked.iter().copied())
}

/// What somebody is answered: the status, whether the answer names what was asked for, and how many papers.
pub(super) async fn knock(
    server: &Server,
    door: &str,
    (id, token, code): (Uuid, Option<&str>, &str),
) -> (u16, bool, usize) {
    let (verb, path) = door.split_once(' ').unwrap();
    let url = format!("{}{}", server.url, path.replace("{}", &id.to_string()));
    let request = server.client.request(verb.parse().unwrap(), url);
    let request = match path.starts_with("/uploads") {
        true => uploading(request, id),
        false => request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(format!("code={code}")),
    };
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body = answer.text().await.unwrap_or_default();
    let papers = body.matches("\"/notices/").count();
    (status, body.contains(&id.to_string()), papers)
}

/// A phone that begins, and goes on.
fn uploading(request: reqwest::RequestBuilder, id: Uuid) -> reqwest::RequestBuilder {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    request
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", 10)
        .header(
            "Upload-Metadata",
            format!("id {}", STANDARD.encode(id.to_string())),
        )
        .header("Upload-Offset", 1)
        .header("Content-Type", "application/offset+octet-stream")
}

/// Begins the upload of a declared photo; answers its id.
pub(super) async fn begin_upload(server: &Server, (photo, size): (Uuid, u64), token: &str) -> Uuid {
    let request = uploading(server.post("/uploads"), photo);
    let mut request = request.bearer_auth(token).build().unwrap();
    request.headers_mut().insert("Upload-Length", size.into());
    let begun = server.client.execute(request).await.unwrap();
    assert_eq!(begun.status(), 201);
    let location = begun.headers()["location"].to_str().unwrap();
    location.rsplit('/').next().unwrap().parse().unwrap()
}

/// Every kind of id that a door takes is one that the things have.
pub(super) fn assert_every_kind_is_there(things: &Things) {
    for (door, kind) in asked() {
        assert!(things.contains_key(kind), "{door}: no {kind}");
    }
}

/// The first arguments of `web::resource(…)` and of `.route(…, …)` in a file, without its tests.
fn written(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for (call, needs_comma) in [("web::resource(", false), (".route(", true)] {
        for (at, _) in text.match_indices(call) {
            let (argument, ended_by) = first_argument(&text[at + call.len()..]);
            if !needs_comma || ended_by == ',' {
                found.push(argument.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    found
}

/// The text up to the comma or the bracket that ends it.
fn first_argument(text: &str) -> (&str, char) {
    let mut depth = 0_i32;
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' => depth += 1,
            ']' => depth -= 1,
            ')' if depth > 0 => depth -= 1,
            ')' => return (&text[..at], ')'),
            ',' if depth == 0 => return (&text[..at], ','),
            _ => {}
        }
    }
    (text, ' ')
}

fn add_routes(directory: &Path, found: &mut Vec<(String, String)>) {
    let base = root().join("api/web/src");
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_routes(&path, found);
        } else if !path.ends_with("tests.rs") {
            let file = path.strip_prefix(&base).unwrap().display().to_string();
            let text = fs::read_to_string(&path).unwrap();
            let routes = written(&text).into_iter();
            found.extend(routes.map(|argument| (file.clone(), argument)));
        }
    }
}

#[test]
fn every_route_of_the_source_stands_among_the_doors() {
    let mut found = Vec::new();
    add_routes(&root().join("api/web/src"), &mut found);
    found.sort();
    let mut known: Vec<(String, String)> = doors()
        .map(|(file, argument, _)| ((*file).to_owned(), (*argument).to_owned()))
        .collect();
    known.sort();
    assert_eq!(found, known);
}
