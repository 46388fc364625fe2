//! Which form a request comes in and which form its answer takes.
//!
//! Rules: GraphQL over HTTP (draft of 2025), "Media types"; RFC 9110, section 12.5.1 for `Accept`; for events the protocol
//! of GraphQL over SSE. All carry the same JSON; they differ in what the status code means (see [`super::graphql`]).

use actix_web::{
    HttpMessage, HttpRequest,
    http::header::{self, Quality, QualityItem},
    mime::{self, Mime, Name},
};

/// The form of a GraphQL answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status code speaks about the GraphQL request.
    GraphqlResponse,
    /// `application/json`: the status code speaks about the HTTP exchange only.
    Json,
    /// `text/event-stream`: each answer is an event, as those of a subscription have to be.
    Events,
}

impl Media {
    /// The value of `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
        }
    }

    /// The form that the client likes best; `None` if it takes none.
    ///
    /// The newer form is for clients that name it. Without `Accept`, and for wildcards, the answer is plain JSON, as the
    /// specification asks, because such a client may not know the newer one. Events are for those that take nothing else:
    /// some clients name them beside the others, whatever they ask.
    pub fn accepted_by(request: &HttpRequest) -> Option<Self> {
        let mut sent = request.headers().get_all(header::ACCEPT).peekable();
        if sent.peek().is_none_or(|value| value.is_empty()) {
            return Some(Self::Json);
        }
        let ranges: Vec<QualityItem<Mime>> = header::from_comma_delimited(sent).unwrap_or_default();
        let json = liking(&ranges, Self::Json);
        let newer = liking(&ranges, Self::GraphqlResponse);
        match (json, newer) {
            (None, None) => {
                let is_named = liking(&ranges, Self::Events).is_some_and(|it| it.is_named);
                is_named.then_some(Self::Events)
            }
            (None, Some(_)) => Some(Self::GraphqlResponse),
            (Some(_), None) => Some(Self::Json),
            (Some(json), Some(newer)) if newer.quality > json.quality => {
                Some(Self::GraphqlResponse)
            }
            (Some(json), Some(newer)) if newer.quality == json.quality && newer.is_named => {
                Some(Self::GraphqlResponse)
            }
            (Some(_), Some(_)) => Some(Self::Json),
        }
    }

    /// Its type, its subtype, and the suffix of that.
    const fn parts(self) -> (Name<'static>, &'static str, Option<&'static str>) {
        match self {
            Self::GraphqlResponse => (mime::APPLICATION, "graphql-response", Some("json")),
            Self::Json => (mime::APPLICATION, "json", None),
            Self::Events => (mime::TEXT, "event-stream", None),
        }
    }
}

/// How much a client likes a form, by the most specific range that fits it.
#[derive(Clone, Copy)]
struct Liking {
    quality: Quality,
    is_named: bool,
}

fn liking(ranges: &[QualityItem<Mime>], media: Media) -> Option<Liking> {
    let best = ranges
        .iter()
        .filter_map(|range| Some((specificity(&range.item, media)?, range.quality)))
        .max_by_key(|(specificity, _)| *specificity)?;
    let (specificity, quality) = best;
    // A quality of zero means "not this one" (RFC 9110, section 12.4.2).
    (quality > Quality::ZERO).then_some(Liking {
        quality,
        is_named: specificity == Specificity::Exact,
    })
}

/// How closely a range names a form; a closer one overrides a wider one, whatever their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Specificity {
    Anything,
    Type,
    Exact,
}

fn specificity(range: &Mime, media: Media) -> Option<Specificity> {
    if !is_utf8(range) {
        return None;
    }
    let (kind, subtype, suffix) = media.parts();
    if range.type_() == mime::STAR && range.subtype() == mime::STAR {
        Some(Specificity::Anything)
    } else if range.type_() != kind {
        None
    } else if range.subtype() == mime::STAR {
        Some(Specificity::Type)
    } else {
        let is_same =
            range.subtype() == subtype && range.suffix().map(|name| name.as_str()) == suffix;
        is_same.then_some(Specificity::Exact)
    }
}

/// Whether the body says that it is JSON in UTF-8. A form that a foreign page can send without asking (`text/plain`, a
/// web form, no type at all) never is.
pub fn is_json(request: &HttpRequest) -> bool {
    match request.mime_type() {
        Ok(Some(sent)) => {
            sent.essence_str() == mime::APPLICATION_JSON.essence_str() && is_utf8(&sent)
        }
        Ok(None) | Err(_) => false,
    }
}

fn is_utf8(media: &Mime) -> bool {
    media
        .get_param(mime::CHARSET)
        .is_none_or(|charset| charset == mime::UTF_8)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn accepted(accept: &str) -> Option<Media> {
        let request = TestRequest::default().insert_header((header::ACCEPT, accept));
        Media::accepted_by(&request.to_http_request())
    }

    fn is_json_when(content_type: &str) -> bool {
        let request = TestRequest::default().insert_header((header::CONTENT_TYPE, content_type));
        is_json(&request.to_http_request())
    }

    #[test]
    fn without_accept_the_answer_is_plain_json() {
        let silent = TestRequest::default().to_http_request();
        assert_eq!(Media::accepted_by(&silent), Some(Media::Json));
        assert_eq!(accepted(""), Some(Media::Json));
    }

    #[test]
    fn a_wildcard_gets_plain_json() {
        assert_eq!(accepted("*/*"), Some(Media::Json));
        assert_eq!(accepted("application/*"), Some(Media::Json));
        assert_eq!(accepted("text/html, */*;q=0.1"), Some(Media::Json));
    }

    #[test]
    fn the_higher_quality_wins_whatever_the_order() {
        let newer = "application/json;q=0.8, application/graphql-response+json";
        assert_eq!(accepted(newer), Some(Media::GraphqlResponse));
        let older = "application/graphql-response+json;q=0.5, application/json;q=0.9";
        assert_eq!(accepted(older), Some(Media::Json));
        let wildcard = "application/graphql-response+json;q=0.5, */*";
        assert_eq!(accepted(wildcard), Some(Media::Json));
    }

    #[test]
    fn on_a_tie_the_newer_form_is_taken_if_it_is_named() {
        let both = "application/json, application/graphql-response+json";
        assert_eq!(accepted(both), Some(Media::GraphqlResponse));
        let named = "*/*, application/graphql-response+json; charset=utf-8";
        assert_eq!(accepted(named), Some(Media::GraphqlResponse));
    }

    #[test]
    fn a_quality_of_zero_excludes() {
        assert_eq!(accepted("application/json;q=0"), None);
        assert_eq!(
            accepted("*/*, application/json;q=0"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(accepted("*/*;q=0"), None);
    }

    #[test]
    fn a_client_that_takes_neither_gets_neither() {
        assert_eq!(accepted("text/html"), None);
        assert_eq!(accepted("application/xml, image/*"), None);
        assert_eq!(accepted("application/json; charset=utf-16"), None);
        assert_eq!(accepted("nonsense"), None);
    }

    #[test]
    fn events_are_for_a_client_that_names_them_and_takes_no_plain_json() {
        for alone in ["text/event-stream", "text/event-stream, multipart/mixed"] {
            assert_eq!(accepted(alone), Some(Media::Events), "{alone}");
        }
        let beside = "application/graphql-response+json, text/event-stream";
        assert_eq!(accepted(beside), Some(Media::GraphqlResponse));
        assert_eq!(accepted("text/*"), None);
        assert_eq!(accepted("text/event-stream;q=0"), None);
    }

    #[test]
    fn several_accept_headers_are_one_list() {
        let request = TestRequest::default()
            .append_header((header::ACCEPT, "text/html"))
            .append_header((header::ACCEPT, "application/graphql-response+json"));
        let found = Media::accepted_by(&request.to_http_request());
        assert_eq!(found, Some(Media::GraphqlResponse));
    }

    #[test]
    fn only_json_in_utf8_is_json() {
        assert!(is_json_when("application/json"));
        assert!(is_json_when("Application/JSON; charset=UTF-8"));
        assert!(!is_json_when("application/json; charset=gbk"));
        assert!(!is_json_when("text/plain"));
        assert!(!is_json_when("application/x-www-form-urlencoded"));
        assert!(!is_json_when("application/graphql+json"));
        assert!(!is_json(&TestRequest::default().to_http_request()));
    }
}
