//! Which documents run, and how a request names one that is published by its digest.
//!
//! Nobody registers a document by sending it: a request that brings text and digest is served by its text.

use std::any::TypeId;

use async_graphql::{Request, ServerError, ServerResult, Value, parser::parse_query};
use liangxin_app::app::sha256;

use super::{
    codes::coded,
    known,
    limits::{Mode, PERSISTED_QUERY_NOT_FOUND, QUERY_INVALID},
    weight,
};

/// Whose documents run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Documents {
    /// Those of the contract; an officer who is signed in may write any.
    Published,
    /// Anybody's.
    Any,
}

impl Documents {
    /// Whose run on a server of that mode.
    #[must_use]
    pub const fn of(mode: Mode) -> Self {
        match mode {
            Mode::Development => Self::Any,
            Mode::Production => Self::Published,
        }
    }
}

/// The `documentId` of a request: SHA-256 in hexadecimal, with `sha256:` before it or without ("GraphQL over HTTP", appendix A).
#[derive(Debug, Clone)]
pub struct DocumentId(pub String);

/// Where Apollo's clients put the digest.
const EXTENSION: &str = "persistedQuery";

/// What Apollo's clients, and others that do as they do, read as "send the text"; not to be translated.
const NOT_FOUND: &str = "PersistedQueryNotFound";

/// Puts the text in the place of the digest that a request names it by; makes sure that a digest beside a text is its own.
pub(super) fn find(request: &mut Request) -> ServerResult<()> {
    let digests = named(request)?;
    let Some(first) = digests.first() else {
        return Ok(());
    };
    if request.query.is_empty() {
        let text = known::text_of(first).ok_or_else(not_found)?;
        text.clone_into(&mut request.query);
    }
    if digests.iter().all(|digest| fits(digest, &request.query)) {
        return Ok(());
    }
    Err(invalid("The digest is not that of the document."))
}

/// The digests that a request names.
fn named(request: &Request) -> ServerResult<Vec<String>> {
    let mut digests = Vec::new();
    let id = request.data.get(&TypeId::of::<DocumentId>());
    if let Some(DocumentId(id)) = id.and_then(|id| id.downcast_ref::<DocumentId>()) {
        let digest = id.strip_prefix("sha256:").unwrap_or(id);
        digests.push(digest.to_ascii_lowercase());
    }
    if let Some(asked) = request.extensions.get(EXTENSION) {
        let digest = of_extension(asked)
            .ok_or_else(|| invalid("`persistedQuery` needs `version` 1 and `sha256Hash`."))?;
        digests.push(digest.to_ascii_lowercase());
    }
    Ok(digests)
}

fn of_extension(asked: &Value) -> Option<&str> {
    let Value::Object(asked) = asked else {
        return None;
    };
    match (asked.get("version")?, asked.get("sha256Hash")?) {
        (Value::Number(version), Value::String(digest)) if version.as_u64() == Some(1) => {
            Some(digest)
        }
        _ => None,
    }
}

fn fits(digest: &str, text: &str) -> bool {
    if sha256(text.as_bytes()).to_string() == digest {
        return true;
    }
    // A generator names a document by another text of it than the one that it sends.
    known::text_of(digest).is_some_and(|named| named == text || means_as(named, text))
}

/// A release may have had another text of the same meaning.
fn means_as(named: &str, text: &str) -> bool {
    let meant = published(text);
    meant.is_some() && meant == published(named)
}

fn published(text: &str) -> Option<&'static str> {
    weight::check_text(text).ok()?;
    known::published(&parse_query(text).ok()?)
}

fn not_found() -> ServerError {
    coded(ServerError::new(NOT_FOUND, None), PERSISTED_QUERY_NOT_FOUND)
}

fn invalid(message: &str) -> ServerError {
    coded(ServerError::new(message, None), QUERY_INVALID)
}
