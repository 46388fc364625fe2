//! Writes the one body that every answer of the GraphQL endpoint has, errors before it ran included.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use async_graphql::{Response, ServerError, Value};
use liangxin_domain::refusal::Code;
use serde::Serialize;

use super::negotiate::Media;

/// Before an answer on its line.
const NEXT: &[u8] = b"event: next\ndata: ";

/// Says that no answer follows. Browsers pass over an event without data.
const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// An answer that refuses a request before it runs: a GraphQL error with a code, in the form that the client takes.
pub fn refusal(
    request: &HttpRequest,
    status: StatusCode,
    code: &str,
    message: &str,
) -> HttpResponse {
    let media = Media::accepted_by(request).unwrap_or(Media::Json);
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_default().set("code", code);
    Reply::refused(Response::from_errors(vec![error])).write(status, media)
}

/// The answer's body. `data` is absent if nothing ran, null if something failed.
#[derive(Serialize)]
pub(super) struct Reply {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<String, Value>,
}

impl Reply {
    pub(super) fn refused(response: Response) -> Self {
        Self {
            errors: response.errors,
            data: None,
            extensions: response.extensions,
        }
    }

    pub(super) fn result(response: Response) -> Self {
        let data = if response.errors.is_empty() {
            response.data
        } else {
            Value::Null
        };
        Self {
            errors: response.errors,
            data: Some(data),
            extensions: response.extensions,
        }
    }

    /// The whole answer; as events it is one, and that nothing follows.
    pub(super) fn write(&self, status: StatusCode, media: Media) -> HttpResponse {
        let body = match media {
            Media::GraphqlResponse | Media::Json => self.json(),
            Media::Events => {
                let next = self.event();
                next.map(|next| [next.as_slice(), COMPLETE].concat())
            }
        };
        match body {
            Some(body) => HttpResponse::build(status)
                .insert_header((header::CONTENT_TYPE, media.content_type()))
                .insert_header((header::VARY, "Accept"))
                .body(body),
            None => HttpResponse::InternalServerError().finish(),
        }
    }

    /// One answer among several.
    pub(super) fn event(&self) -> Option<Vec<u8>> {
        let answer = self.json()?;
        Some([NEXT, answer.as_slice(), b"\n\n"].concat())
    }

    fn json(&self) -> Option<Vec<u8>> {
        match serde_json::to_vec(self) {
            Ok(written) => Some(written),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written as JSON");
                None
            }
        }
    }
}

/// The code of an error, if it has one.
pub(super) fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Whether a token that did not work is why a request was refused.
pub(super) fn is_turned_away(errors: &[ServerError]) -> bool {
    let expired = Code::SessionExpired.as_str();
    errors.iter().any(|error| code(error) == Some(expired))
}

/// The one answer to a token that does not work (RFC 6750, 3).
pub(super) fn turned_away(media: Media, response: Response) -> HttpResponse {
    let mut answer = Reply::refused(response).write(StatusCode::UNAUTHORIZED, media);
    answer.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        header::HeaderValue::from_static("Bearer error=\"invalid_token\""),
    );
    answer
}
