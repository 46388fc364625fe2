//! What the head of an upload announces (tus 1.0: `Upload-Length`, `Upload-Metadata`).

use actix_web::http::header::{self, HeaderMap};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_domain::{
    id::PhotoId,
    limits::PHOTO_BYTES,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

use super::TUS_VERSION;

/// The header with the size of the whole photo in bytes.
pub(super) const UPLOAD_LENGTH: &str = "Upload-Length";

/// The header with the photo's id.
const UPLOAD_METADATA: &str = "Upload-Metadata";

/// The key of the metadata under which the id of the declared photo stands.
const ID_KEY: &str = "id";

/// The header with the version of tus that the client speaks.
pub(super) const TUS_RESUMABLE: &str = "Tus-Resumable";

/// The header with the type of the body.
pub(super) const CONTENT_TYPE: &str = "Content-Type";

/// The type of a body that is bytes of a file (tus 1.0).
const BYTES_OF_A_FILE: &str = "application/offset+octet-stream";

/// A photo that is about to come.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Announced {
    /// The declared photo.
    pub(super) photo: PhotoId,
    /// Its size in bytes, within the limit.
    pub(super) size_bytes: usize,
}

impl Announced {
    /// Reads the head of an upload.
    pub(super) fn parse(headers: &HeaderMap) -> Result<Self, Refusal> {
        let text = |name| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::trim)
        };
        if headers.contains_key(TUS_RESUMABLE) && text(TUS_RESUMABLE) != Some(TUS_VERSION) {
            return Err(wrong(TUS_RESUMABLE));
        }
        let media = text(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case(BYTES_OF_A_FILE) {
            return Err(wrong(CONTENT_TYPE));
        }
        let size_bytes = size(text(UPLOAD_LENGTH).unwrap_or_default())?;
        let carried = text(header::CONTENT_LENGTH.as_str()).map(str::parse::<u64>);
        if carried.is_some_and(|carried| carried.is_ok_and(|carried| carried > PHOTO_BYTES)) {
            return Err(too_large());
        }
        let photo = photo_id(text(UPLOAD_METADATA).unwrap_or_default());
        let photo = photo.ok_or_else(|| wrong(UPLOAD_METADATA))?;
        Ok(Self { photo, size_bytes })
    }
}

/// A header that is missing or cannot be read.
pub(super) fn wrong(header: &'static str) -> Refusal {
    Refusal::on(Code::UploadHeaders, header).with(header)
}

fn too_large() -> Refusal {
    Refusal::on(Code::PhotoTooLarge, UPLOAD_LENGTH).with(PHOTO_BYTES.to_string())
}

fn size(text: &str) -> Result<usize, Refusal> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number with more digits than 64 bits hold is a number all the same, and too large.
    match text.parse::<u64>() {
        _ if !is_number => Err(wrong(UPLOAD_LENGTH)),
        Ok(size) if size <= PHOTO_BYTES => {
            usize::try_from(size).map_err(|_beyond_memory| too_large())
        }
        _ => Err(too_large()),
    }
}

/// The id in the metadata: pairs of key and base 64 value, separated by commas; other keys are
/// the client's own business.
fn photo_id(metadata: &str) -> Option<PhotoId> {
    let mut pairs = metadata
        .split(',')
        .filter_map(|pair| pair.trim().split_once(' '));
    let (_, value) = pairs.find(|(key, _)| *key == ID_KEY)?;
    let value = STANDARD.decode(value.trim()).ok()?;
    let id = Uuid::try_parse(std::str::from_utf8(&value).ok()?).ok()?;
    PhotoId::parse(id, UPLOAD_METADATA).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    const ID: &str = "01936b7e-0000-7000-8000-000000000001";

    fn announced(headers: &[(&str, &str)]) -> Result<Announced, Refusal> {
        let metadata = format!("filename eA==, id {},flag", STANDARD.encode(ID));
        let mut all = vec![
            (TUS_RESUMABLE, "1.0.0"),
            (UPLOAD_LENGTH, "4"),
            (UPLOAD_METADATA, metadata.as_str()),
            (CONTENT_TYPE, "application/offset+octet-stream"),
        ];
        all.retain(|(name, _)| headers.iter().all(|(other, _)| other != name));
        all.extend(headers);
        let request = all.into_iter().filter(|(_, value)| *value != "absent");
        let request = request.fold(TestRequest::post(), |request, header| {
            request.append_header(header)
        });
        Announced::parse(request.to_http_request().headers())
    }

    #[test]
    fn a_complete_head_announces_the_photo() {
        let photo = PhotoId::new(ID.parse().unwrap());
        assert_eq!(
            announced(&[]),
            Ok(Announced {
                photo,
                size_bytes: 4
            })
        );
        assert!(announced(&[(TUS_RESUMABLE, "absent")]).is_ok());
    }

    #[test]
    fn each_wrong_header_is_named() {
        for (name, value) in [
            (TUS_RESUMABLE, "0.2.2"),
            (CONTENT_TYPE, "image/jpeg"),
            (CONTENT_TYPE, "absent"),
            (UPLOAD_LENGTH, "absent"),
            (UPLOAD_LENGTH, "-1"),
            (UPLOAD_LENGTH, "+4"),
            (UPLOAD_METADATA, "absent"),
            (UPLOAD_METADATA, "id !!!"),
            (UPLOAD_METADATA, "id eA=="),
        ] {
            let refusal = announced(&[(name, value)]).unwrap_err();
            assert_eq!(
                (refusal.code, refusal.field),
                (Code::UploadHeaders, Some(name)),
                "{value}"
            );
        }
    }

    #[test]
    fn a_photo_over_the_limit_is_refused_by_its_head() {
        assert!(announced(&[(UPLOAD_LENGTH, "25000000")]).is_ok());
        for size in ["25000001", "99999999999999999999999"] {
            let refusal = announced(&[(UPLOAD_LENGTH, size)]).unwrap_err();
            assert_eq!(refusal.code, Code::PhotoTooLarge, "{size}");
        }
        let refusal = announced(&[("Content-Length", "25000001")]).unwrap_err();
        assert_eq!(refusal.code, Code::PhotoTooLarge);
    }
}
