//! What every answer carries, whoever made it: a request id, and headers that keep a browser from doing more with the
//! answer than we meant.
//!
//! A handler that sets one of these headers itself has its reason and keeps it. Sources: OWASP, HTTP Headers Cheat
//! Sheet; RFC 6797 for HSTS; Content Security Policy Level 3.

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web,
};

/// Carries the id that an answer and its log lines share.
pub const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Policy of our own pages: no script at all, our own style sheet, forms to ourselves.
pub const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Policy of the query editor, which is a script, writes style elements, and talks to this server only.
pub const EDITOR_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// A photo is taken by the system's own camera app through a file field, which needs none of these.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// One year, in seconds (RFC 6797, section 6.1.1). Other hosts of the bureau's domain are not ours to decide about.
const STRICT_TRANSPORT: &str = "max-age=31536000";

/// How the client reaches us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Over plain HTTP: a phone in the same room, a developer.
    Plain,
    /// Over TLS, which ends here or at the proxy in front.
    Tls,
}

/// Where new request ids come from: the ids port, so that a test can seed it.
pub struct RequestIds(pub Box<dyn Fn() -> String + Send + Sync>);

/// What [`secure`] needs to know; register it as `web::Data`.
pub struct Security {
    /// Whether browsers may be told to come back by TLS only.
    pub transport: Transport,
    /// Source of new request ids.
    pub ids: RequestIds,
}

/// The id of one request. Its form is safe in a header, in a log line and on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id that [`secure`] gave to a request; `None` outside of it.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// Takes an id from outside if it can do no harm: 8 to 64 letters, digits and hyphens.
    fn parse(text: &str) -> Option<Self> {
        let is_fit = (8..=64).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_fit.then(|| Self(text.to_owned()))
    }
}

/// Middleware for `from_fn`: gives the request an id and the answer its headers. Wrap it around everything else.
pub async fn secure(
    security: web::Data<Security>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = request
        .headers()
        .get(REQUEST_ID_HEADER)
        .and_then(|sent| sent.to_str().ok())
        .and_then(RequestId::parse)
        .unwrap_or_else(|| RequestId((security.ids.0)()));
    request.extensions_mut().insert(id.clone());
    let mut answer = next.call(request).await?;
    let headers = answer.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id.as_str()) {
        headers.insert(REQUEST_ID_HEADER, id);
    }
    add_headers(headers, security.transport);
    Ok(answer)
}

fn add_headers(headers: &mut HeaderMap, transport: Transport) {
    let always = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
        (header::PERMISSIONS_POLICY, PERMISSIONS),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in always {
        add_if_absent(headers, name, value);
    }
    if transport == Transport::Tls {
        add_if_absent(headers, header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
    }
}

fn add_if_absent(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App, HttpResponse,
        middleware::from_fn,
        test::{TestRequest, call_service, init_service},
    };

    use super::*;

    async fn headers_of(transport: Transport, request: TestRequest) -> HeaderMap {
        let security = Security {
            transport,
            ids: RequestIds(Box::new(|| "made-here-1".to_owned())),
        };
        let cached = || async {
            HttpResponse::Ok()
                .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
                .finish()
        };
        let echo = |request: HttpRequest| async move {
            HttpResponse::Ok().body(RequestId::of(&request).map_or_else(String::new, |id| id.0))
        };
        let app = init_service(
            App::new()
                .app_data(web::Data::new(security))
                .wrap(from_fn(secure))
                .route("/cached", web::get().to(cached))
                .route("/echo", web::get().to(echo)),
        )
        .await;
        let answer = call_service(&app, request.to_request()).await;
        answer.headers().clone()
    }

    fn text(headers: &HeaderMap, name: HeaderName) -> String {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    #[actix_web::test]
    async fn every_answer_carries_the_headers_also_a_missing_page() {
        for path in ["/echo", "/nowhere"] {
            let headers = headers_of(Transport::Plain, TestRequest::get().uri(path)).await;
            assert_eq!(text(&headers, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
            assert_eq!(text(&headers, header::REFERRER_POLICY), "no-referrer");
            assert_eq!(text(&headers, header::X_FRAME_OPTIONS), "DENY");
            assert_eq!(text(&headers, header::CACHE_CONTROL), "no-store");
            assert_eq!(text(&headers, header::CONTENT_SECURITY_POLICY), PAGE_POLICY);
            assert_eq!(
                text(&headers, header::CROSS_ORIGIN_RESOURCE_POLICY),
                "same-origin"
            );
            assert_eq!(text(&headers, header::PERMISSIONS_POLICY), PERMISSIONS);
        }
    }

    #[actix_web::test]
    async fn strict_transport_is_promised_only_behind_tls() {
        let plain = headers_of(Transport::Plain, TestRequest::get().uri("/echo")).await;
        assert!(!plain.contains_key(header::STRICT_TRANSPORT_SECURITY));
        let tls = headers_of(Transport::Tls, TestRequest::get().uri("/echo")).await;
        assert_eq!(
            text(&tls, header::STRICT_TRANSPORT_SECURITY),
            STRICT_TRANSPORT
        );
    }

    #[actix_web::test]
    async fn a_handlers_own_header_stays() {
        let headers = headers_of(Transport::Plain, TestRequest::get().uri("/cached")).await;
        assert_eq!(text(&headers, header::CACHE_CONTROL), "public, max-age=60");
    }

    #[actix_web::test]
    async fn a_harmless_id_from_outside_is_kept() {
        let request = TestRequest::get()
            .uri("/echo")
            .insert_header((REQUEST_ID_HEADER, "0192fa-Trace-1"));
        let headers = headers_of(Transport::Plain, request).await;
        assert_eq!(text(&headers, REQUEST_ID_HEADER), "0192fa-Trace-1");
    }

    #[actix_web::test]
    async fn any_other_id_from_outside_is_replaced() {
        let long = "a".repeat(65);
        for sent in [
            "short",
            "with space",
            "line;drop",
            "<script>",
            long.as_str(),
        ] {
            let request = TestRequest::get()
                .uri("/echo")
                .insert_header((REQUEST_ID_HEADER, sent));
            let headers = headers_of(Transport::Plain, request).await;
            assert_eq!(text(&headers, REQUEST_ID_HEADER), "made-here-1", "{sent}");
        }
    }

    #[test]
    fn only_the_editor_may_run_scripts() {
        assert!(!PAGE_POLICY.contains("script"));
        assert!(!PAGE_POLICY.contains("unsafe"));
        assert!(EDITOR_POLICY.contains("script-src 'self';"));
    }
}
