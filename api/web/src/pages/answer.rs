//! How a page leaves the server, and the one way from an error to a page. Causes stay in the log.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ContentEncoding, HeaderValue},
    },
};
use liangxin_domain::refusal::{Code, Lang, Refusal};
use maud::Markup;

use super::layout::Bilingual;
use super::message::{self, MessageKind, MessageView};
use crate::{in_time::in_time, request, security::RequestId};
use liangxin_app::error::AppError;

/// A page with its status. Unless a handler says otherwise nobody keeps it: it tells the state of
/// this moment, and some pages hold secrets.
pub(super) fn html(status: StatusCode, markup: Markup) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept-Language"))
        .body(markup.into_string())
}

/// A page that neither a shared cache nor a search engine may keep.
pub(super) fn private(status: StatusCode, markup: Markup) -> HttpResponse {
    let mut page = html(status, markup);
    let headers = page.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    headers.insert(
        header::HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow, noarchive"),
    );
    page
}

/// A paper as a file that neither a shared cache nor a search engine may keep.
pub(super) fn pdf(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}\""),
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header(("x-robots-tag", "noindex, nofollow, noarchive"))
        // What is in it is packed already.
        .insert_header(ContentEncoding::Identity)
        .body(bytes)
}

/// The page, if it is there in time, or the page that says why there is none.
pub(super) async fn answered(
    request: &HttpRequest,
    page: impl Future<Output = Result<HttpResponse, AppError>>,
) -> HttpResponse {
    or_refusal(request, in_time(request, page).await)
}

/// The page itself, or the page that says why there is none.
pub(super) fn or_refusal(
    request: &HttpRequest,
    page: Result<HttpResponse, AppError>,
) -> HttpResponse {
    page.unwrap_or_else(|error| refused(request, &error))
}

/// The page for an address that leads nowhere; for the server's default service.
pub async fn not_found(request: HttpRequest) -> HttpResponse {
    refused(&request, &Refusal::of(Code::NotFound).into())
}

/// The page for a request that is refused before its route is asked.
pub fn refused_early(request: &HttpRequest, refusal: Refusal) -> HttpResponse {
    refused(request, &refusal.into())
}

/// The page that says why a request could not be served.
pub(super) fn refused(request: &HttpRequest, error: &AppError) -> HttpResponse {
    error.log();
    let refusal = error.refusal();
    let (status, kind) = outcome(refusal.code);
    let view = MessageView {
        kind,
        detail: detail(&refusal),
        code: refusal.code.as_str().to_owned(),
        request_id: RequestId::of(request).map_or_else(String::new, |id| id.as_str().to_owned()),
    };
    html(status, message::render(&view, request::lang(request)))
}

/// The status of a page that says why something was refused.
pub(super) fn status(code: Code) -> StatusCode {
    outcome(code).0
}

fn outcome(code: Code) -> (StatusCode, MessageKind) {
    match code {
        Code::NotFound | Code::MerchantUnknown | Code::ReceiptUnknown => {
            (StatusCode::NOT_FOUND, MessageKind::NotFound)
        }
        Code::LinkOver => (StatusCode::GONE, MessageKind::NotFound),
        Code::Denied => (StatusCode::FORBIDDEN, MessageKind::BadInput),
        Code::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, MessageKind::Limited),
        Code::PayloadTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, MessageKind::BadInput),
        Code::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, MessageKind::BadInput),
        // The advice for both is the same: send it again in a moment.
        Code::RequestTimeout => (StatusCode::REQUEST_TIMEOUT, MessageKind::Unavailable),
        Code::Unavailable | Code::PaperFontMissing => {
            (StatusCode::SERVICE_UNAVAILABLE, MessageKind::Unavailable)
        }
        Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, MessageKind::Internal),
        _ => (StatusCode::BAD_REQUEST, MessageKind::BadInput),
    }
}

/// The refusal's own sentence, where it says more than the general one.
fn detail(refusal: &Refusal) -> Option<Bilingual> {
    let says_nothing_more = matches!(
        refusal.code,
        Code::NotFound
            | Code::BadRequest
            | Code::UnsupportedMediaType
            | Code::RequestTimeout
            | Code::Unavailable
            | Code::Internal
    );
    (!says_nothing_more)
        .then(|| Bilingual::new(refusal.message(Lang::Zh), refusal.message(Lang::En)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{body, test::TestRequest};

    async fn page_of(error: AppError) -> (StatusCode, String) {
        let request = TestRequest::get().uri("/x?lang=en").to_http_request();
        let answer = refused(&request, &error);
        let status = answer.status();
        let bytes = body::to_bytes(answer.into_body()).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn an_unknown_merchant_is_told_as_such() {
        let (status, page) = page_of(Refusal::of(Code::MerchantUnknown).into()).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(page.contains("not on the register") && page.contains("MERCHANT_UNKNOWN"));
    }

    #[actix_web::test]
    async fn a_cause_never_shows_on_a_page() {
        let (status, page) = page_of(AppError::internal("read a row", "secret table")).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.contains("INTERNAL") && !page.contains("secret") && !page.contains("read a"));
        let (status, page) = page_of(AppError::unavailable("reach it", "10.0.0.7")).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.contains("UNAVAILABLE") && !page.contains("10.0.0.7"));
    }

    #[test]
    fn what_cannot_be_read_keeps_the_general_advice() {
        assert!(detail(&Refusal::of(Code::BadRequest)).is_none());
        assert!(detail(&Refusal::of(Code::TooManyAttempts).with("30")).is_some());
    }
}
