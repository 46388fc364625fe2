//! The one way from an error to the answer of an upload. Causes stay in the log.

use actix_web::{HttpResponse, http::StatusCode};
use liangxin_domain::refusal::{Class, Code, Lang, Refusal};
use serde::Serialize;

use super::TUS_VERSION;
use super::headers::{CONTENT_TYPE, TUS_RESUMABLE, UPLOAD_OFFSET};
use liangxin_app::error::AppError;

/// Why an upload was not stored.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    refusal: Refusal,
}

/// The body of a refused upload; the codes are those of the contract.
#[derive(Debug, Serialize)]
struct Told {
    code: &'static str,
    message: String,
    field: Option<&'static str>,
    class: &'static str,
}

impl Problem {
    /// The answer in the language of the request.
    pub(crate) fn answer(&self, lang: Lang) -> HttpResponse {
        let Refusal { code, field, .. } = &self.refusal;
        let mut answer = HttpResponse::build(self.status);
        answer.insert_header((TUS_RESUMABLE, TUS_VERSION));
        if self.status == StatusCode::PRECONDITION_FAILED {
            answer.insert_header(("Tus-Version", TUS_VERSION));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            answer.insert_header(("WWW-Authenticate", "Bearer"));
        }
        if let Some(offset) = offset(&self.refusal) {
            answer.insert_header((UPLOAD_OFFSET, offset));
        }
        answer.json(Told {
            code: code.as_str(),
            message: self.refusal.message(lang),
            field: *field,
            class: code.class().into(),
        })
    }

    #[cfg(test)]
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: status(&refusal),
            refusal,
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        error.log();
        error.refusal().into()
    }
}

/// Where to go on, if the refusal tells it.
fn offset(refusal: &Refusal) -> Option<&str> {
    match refusal.code {
        Code::UploadOffset | Code::UploadBroken => refusal.detail.as_deref(),
        _ => None,
    }
}

/// "Checksum Mismatch" (tus 1.0, extension `checksum`).
const CHECKSUM_MISMATCH: u16 = 460;

fn status(refusal: &Refusal) -> StatusCode {
    match (refusal.code, refusal.field) {
        (Code::UploadHeaders, Some(TUS_RESUMABLE)) => StatusCode::PRECONDITION_FAILED,
        (Code::UploadHeaders, Some(CONTENT_TYPE)) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        (Code::UploadHeaders | Code::BadRequest, _) => StatusCode::BAD_REQUEST,
        (Code::UnsupportedMediaType, _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        (Code::Denied | Code::SecondFactorMissing, _) => StatusCode::FORBIDDEN,
        (Code::NotFound | Code::PhotoUnknown, _) => StatusCode::NOT_FOUND,
        (Code::PhotoSizeMismatch | Code::PhotoDigestMismatch, _) => StatusCode::CONFLICT,
        (Code::UploadOffset | Code::UploadFinished, _) => StatusCode::CONFLICT,
        (Code::UploadBusy, _) => StatusCode::LOCKED,
        (Code::UploadChecksum, _) => {
            StatusCode::from_u16(CHECKSUM_MISMATCH).unwrap_or(StatusCode::BAD_REQUEST)
        }
        (Code::Stale | Code::IdReused | Code::WrongState, _) => StatusCode::CONFLICT,
        (Code::PhotoTooLarge, _) => StatusCode::PAYLOAD_TOO_LARGE,
        (Code::RequestTimeout, _) => StatusCode::REQUEST_TIMEOUT,
        (Code::PhotoFormat, _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        (Code::TooManyAttempts, _) => StatusCode::TOO_MANY_REQUESTS,
        (Code::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
        (code, _) => match code.class() {
            Class::SignIn => StatusCode::UNAUTHORIZED,
            Class::Retry => StatusCode::SERVICE_UNAVAILABLE,
            Class::Permanent => StatusCode::UNPROCESSABLE_ENTITY,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::body;

    #[test]
    fn every_kind_of_refusal_has_its_status() {
        for (code, expected) in [
            (Code::UploadHeaders, 400),
            (Code::SignInRequired, 401),
            (Code::SessionExpired, 401),
            (Code::Denied, 403),
            (Code::PhotoUnknown, 404),
            (Code::WrongState, 409),
            (Code::UploadOffset, 409),
            (Code::UploadBusy, 423),
            (Code::UploadChecksum, 460),
            (Code::UploadBroken, 503),
            (Code::RequestTimeout, 408),
            (Code::PhotoDigestMismatch, 409),
            (Code::PhotoTooLarge, 413),
            (Code::PhotoFormat, 415),
            (Code::PhotoTruncated, 422),
            (Code::PhotoTooManyPixels, 422),
            (Code::Unavailable, 503),
            (Code::Internal, 500),
        ] {
            assert_eq!(
                Problem::from(Refusal::of(code)).status().as_u16(),
                expected,
                "{code}"
            );
        }
        let media = Refusal::on(Code::UploadHeaders, CONTENT_TYPE);
        assert_eq!(
            Problem::from(media).status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        );
        let version = Refusal::on(Code::UploadHeaders, TUS_RESUMABLE);
        assert_eq!(
            Problem::from(version).status(),
            StatusCode::PRECONDITION_FAILED
        );
    }

    #[actix_web::test]
    async fn a_refusal_is_told_with_code_class_and_field_and_no_cause() {
        let refusal = Refusal::on(Code::PhotoTruncated, "photoId");
        let answer = Problem::from(refusal).answer(Lang::En);
        assert_eq!(
            answer.headers().get("content-type").unwrap(),
            "application/json"
        );
        let told = body::to_bytes(answer.into_body()).await.unwrap();
        assert_eq!(
            std::str::from_utf8(&told).unwrap(),
            r#"{"code":"PHOTO_TRUNCATED","message":"The photo is cut off or damaged.","field":"photoId","class":"PERMANENT"}"#
        );
        let error = AppError::unavailable("keep an original", "10.0.0.7");
        let told = body::to_bytes(Problem::from(error).answer(Lang::Zh).into_body())
            .await
            .unwrap();
        assert!(!std::str::from_utf8(&told).unwrap().contains("10.0.0.7"));
    }
}
