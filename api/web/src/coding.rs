//! Request bodies come as they are. A few hundred bytes that unpack to a gigabyte would be unpacked
//! before any bound sees them, so that a packed body is refused, in one place for every route.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use liangxin_domain::refusal::{Code, Refusal};

use super::{graphql, pages, reply, request, uploads};

/// Middleware for `from_fn`: refuses a body with a content coding before anything reads it, in the
/// words of its route. The connection ends with the answer, so that nobody reads on.
pub async fn plain(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let codings = request.headers().get_all(header::CONTENT_ENCODING);
    let is_packed = codings
        .map(|coding| coding.as_bytes().trim_ascii())
        .any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity"));
    if !is_packed {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let mut answer = refused(request.request());
    answer.headers_mut().insert(
        header::ACCEPT_ENCODING,
        header::HeaderValue::from_static("identity"),
    );
    answer
        .head_mut()
        .set_connection_type(actix_web::http::ConnectionType::Close);
    Ok(request.into_response(answer))
}

fn refused(http: &HttpRequest) -> HttpResponse {
    let refusal = Refusal::of(Code::UnsupportedMediaType);
    let lang = request::lang(http);
    if http.path().starts_with(graphql::PATH) {
        let (code, message) = (refusal.code.as_str(), refusal.message(lang));
        reply::refusal(http, StatusCode::UNSUPPORTED_MEDIA_TYPE, code, &message)
    } else if http.path().starts_with(uploads::PATH) {
        uploads::refused(refusal, lang)
    } else {
        pages::refused_early(http, refusal)
    }
}
