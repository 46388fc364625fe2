//! Turns what came over the wire into one GraphQL request, or says what is wrong with it.

use actix_web::{FromRequest, HttpRequest, http::StatusCode, web};
use async_graphql::Request;
use liangxin_domain::{limits::GRAPHQL_BODY_BYTES, refusal::Code};
use liangxin_graphql::documents::DocumentId;
use serde::Deserialize;

use super::body;
use super::graphql::UNAVAILABLE;
use super::negotiate::{self, Media};
use super::request::{coming_bytes, peer};
use super::room::Room;

/// Code of a request that is not one GraphQL request.
pub const BAD_REQUEST: &str = "BAD_REQUEST";
/// Code of a body over the limit.
pub const PAYLOAD_TOO_LARGE: &str = "PAYLOAD_TOO_LARGE";
/// Code of a body that does not say that it is JSON.
pub const UNSUPPORTED_MEDIA_TYPE: &str = "UNSUPPORTED_MEDIA_TYPE";
/// Code of a client that takes no form of the answer.
pub const NOT_ACCEPTABLE: &str = "NOT_ACCEPTABLE";
/// Code of a body that did not arrive in time.
pub const REQUEST_TIMEOUT: &str = "REQUEST_TIMEOUT";

/// As many bytes nearly every request has at most.
const SMALL_BYTES: u32 = 16 * 1024;

/// Room for the bodies of all connections that are not small, in bytes: unlike photos they wait for their end in memory, as slowly as
/// a body may come. An eighth is one network's. Both are proposals.
static ROOM: Room = Room::new(64 * 1024 * 1024, 8 * 1024 * 1024);

/// Why a request did not become an operation.
pub(super) struct Fault {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Fault {
    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, BAD_REQUEST, message)
    }

    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }
}

/// Reads a request from the address of a GET.
pub(super) fn by_address(http: &HttpRequest) -> Result<(Media, Request), Fault> {
    let media = form(http)?;
    Ok((media, from_query_string(http.query_string())?))
}

fn form(http: &HttpRequest) -> Result<Media, Fault> {
    Media::accepted_by(http).ok_or_else(|| {
        Fault::new(
            StatusCode::NOT_ACCEPTABLE,
            NOT_ACCEPTABLE,
            "The answer is application/graphql-response+json, application/json or text/event-stream.",
        )
    })
}

/// Checks what the head says before it waits for the body.
pub(super) async fn by_body(
    http: &HttpRequest,
    payload: web::Payload,
) -> Result<(Media, Request), Fault> {
    by_body_within(&ROOM, http, payload).await
}

async fn by_body_within(
    room: &Room,
    http: &HttpRequest,
    payload: web::Payload,
) -> Result<(Media, Request), Fault> {
    let media = form(http)?;
    if !negotiate::is_json(http) {
        return Err(Fault::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            UNSUPPORTED_MEDIA_TYPE,
            "Send the request as application/json in UTF-8.",
        ));
    }
    let coming = coming_bytes(http.headers())
        .map_or(GRAPHQL_BODY_BYTES, |coming| coming.min(GRAPHQL_BODY_BYTES));
    let _held = match u32::try_from(coming).unwrap_or(u32::MAX) {
        small if small <= SMALL_BYTES => None,
        large => Some(room.take(peer(http), large).ok_or_else(|| {
            Fault::new(
                StatusCode::SERVICE_UNAVAILABLE,
                UNAVAILABLE,
                "Too many large bodies are on their way. Try again later.",
            )
        })?),
    };
    let mut payload = payload.into_inner();
    let body = web::Bytes::from_request(http, &mut payload).await;
    let body = body.map_err(|error| unreadable(&error))?;
    Ok((media, from_body(&body)?))
}

fn unreadable(error: &actix_web::Error) -> Fault {
    match body::unreadable(error).code {
        Code::PayloadTooLarge => Fault::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            PAYLOAD_TOO_LARGE,
            "The body is over the limit. Photos travel by upload, not in a request.",
        ),
        Code::RequestTimeout => Fault::new(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
            "The body did not arrive in time.",
        ),
        _ => Fault::bad_request("The body could not be read to its end."),
    }
}

fn from_body(body: &[u8]) -> Result<Request, Fault> {
    // The deserializer would take an array for the fields of one request, in order.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(Fault::bad_request(
            "Send one request at a time, not a list.",
        ));
    }
    let malformed = |error: serde_json::Error| {
        Fault::bad_request(format!("The body is not a GraphQL request: {error}"))
    };
    let request = serde_json::from_slice(body).map_err(malformed)?;
    // What the library's request does not have is read beside it.
    let Beside { document_id } = serde_json::from_slice(body).map_err(malformed)?;
    named(request, document_id)
}

/// What a body may have that the library's request does not.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beside {
    document_id: Option<String>,
}

/// A request in the address: `variables` and `extensions` are JSON there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    #[serde(default)]
    query: String,
    document_id: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

fn from_query_string(text: &str) -> Result<Request, Fault> {
    let address = web::Query::<Address>::from_query(text)
        .map_err(|error| {
            Fault::bad_request(format!("The address is not a GraphQL request: {error}"))
        })?
        .into_inner();
    let mut request = Request::new(address.query);
    request.operation_name = address.operation_name;
    if let Some(variables) = &address.variables {
        request.variables = json("variables", variables)?;
    }
    if let Some(extensions) = &address.extensions {
        request.extensions = json("extensions", extensions)?;
    }
    named(request, address.document_id)
}

fn json<'a, T: Deserialize<'a>>(parameter: &str, text: &'a str) -> Result<T, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::bad_request(format!("{parameter} is not a JSON object: {error}")))
}

/// A request names its document: by its text, or by its digest, as `documentId` or in `extensions`.
fn named(request: Request, document_id: Option<String>) -> Result<Request, Fault> {
    match document_id {
        Some(id) => Ok(request.data(DocumentId(id))),
        None if request.query.is_empty() && request.extensions.is_empty() => {
            Err(Fault::bad_request("The request has no query."))
        }
        None => Ok(request),
    }
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;

    use actix_web::{dev::Payload, error::PayloadError, http::header, test::TestRequest};
    use async_graphql::{Value, value};
    use futures_util::{poll, stream::pending};

    use super::*;

    /// Begins to read a body that says how large it is, and never comes.
    async fn begin(room: &Room, size_bytes: u64) -> Option<StatusCode> {
        let http = TestRequest::post()
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .insert_header((header::CONTENT_LENGTH, size_bytes))
            .to_http_request();
        let mut never: Payload = Payload::Stream {
            payload: Box::pin(pending::<Result<web::Bytes, PayloadError>>()),
        };
        let body = web::Payload::from_request(&http, &mut never).await.unwrap();
        let read = by_body_within(room, &http, body).await;
        read.err().map(|fault| fault.status)
    }

    #[actix_web::test]
    async fn large_bodies_wait_in_one_room_and_small_ones_beside_it() {
        let room = Room::new(300_000, 300_000);
        let mut first = Box::pin(begin(&room, 200_000));
        assert!(poll!(&mut first).is_pending());
        let full = Some(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(begin(&room, 200_000).await, full);
        assert!(poll!(Box::pin(begin(&room, 10_000))).is_pending());
        drop(first);
        assert!(poll!(Box::pin(begin(&room, 200_000))).is_pending());
    }

    fn read(body: &str) -> Option<Request> {
        from_body(body.as_bytes()).ok()
    }

    #[test]
    fn a_body_is_one_object_with_a_query() {
        let request =
            read(r#" {"query": "{ a }", "operationName": null, "variables": {"n": 1}}"#).unwrap();
        assert_eq!(request.query, "{ a }");
        assert_eq!(request.operation_name, None);
        assert_eq!(request.variables.into_value(), value!({ "n": 1 }));
    }

    #[test]
    fn a_list_is_refused_even_if_it_could_be_read_as_one_request() {
        for body in [
            r#"[{"query": "{ a }"}]"#,
            r#" ["{ a }"]"#,
            r#"["{ a }", null, {}, {}]"#,
            "[]",
        ] {
            assert!(read(body).is_none(), "{body}");
        }
    }

    #[test]
    fn what_is_not_a_request_is_refused() {
        for body in [
            "",
            "{",
            "null",
            r#""{ a }""#,
            "{}",
            r#"{"query": ""}"#,
            r#"{"query": 7}"#,
            r#"{"query": "{ a }", "variables": []}"#,
            r#"{"query": "{ a }", "extensions": "x"}"#,
            r#"{"query": "{ a }", "query": "{ b }"}"#,
        ] {
            assert!(read(body).is_none(), "{body}");
        }
    }

    #[test]
    fn a_document_may_be_named_by_its_digest_instead() {
        assert!(read(r#"{"extensions": {"persistedQuery": {"sha256Hash": "00"}}}"#).is_some());
        for request in [
            read(r#"{"documentId": "sha256:00", "variables": {"n": 1}}"#),
            from_query_string("documentId=sha256%3A00").ok(),
        ] {
            let data = request.unwrap().data;
            let id = data[&TypeId::of::<DocumentId>()].downcast_ref::<DocumentId>();
            assert_eq!(id.unwrap().0, "sha256:00");
        }
        assert!(read(r#"{"documentId": 7}"#).is_none());
    }

    #[test]
    fn an_address_carries_json_in_its_parameters() {
        let text = "query=%7B%20a%20%7D&operationName=A&variables=%7B%22n%22%3A1%7D";
        let request = from_query_string(text).ok().unwrap();
        assert_eq!(request.query, "{ a }");
        assert_eq!(request.operation_name.as_deref(), Some("A"));
        let variables: Value = request.variables.into_value();
        assert_eq!(variables, value!({ "n": 1 }));
        assert!(from_query_string("query=a&variables=7").is_err());
        assert!(from_query_string("").is_err());
    }
}
