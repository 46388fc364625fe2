//! What the head of an upload says (tus 1.0: `Upload-Length`, `Upload-Metadata`, `Upload-Offset`, `Upload-Checksum`).

use actix_web::http::header::{self, AsHeaderName, HeaderMap};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_app::usecase::evidence::{Body, Checksum, Stray};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{PhotoId, VisitId},
    limits::PHOTO_BYTES,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

use super::TUS_VERSION;
use crate::request::coming_bytes;

/// The header with the size of the whole photo in bytes.
pub(super) const UPLOAD_LENGTH: &str = "Upload-Length";

/// The header with the photo's id.
pub(super) const UPLOAD_METADATA: &str = "Upload-Metadata";

/// The header with how many bytes came before those of the body.
pub(super) const UPLOAD_OFFSET: &str = "Upload-Offset";

/// The header with the algorithm and the digest of the body.
const UPLOAD_CHECKSUM: &str = "Upload-Checksum";

/// The key of the metadata under which the id of the photo stands.
const ID_KEY: &str = "id";

/// The keys of the visit and of the digest of a photo that its record may not have declared.
const STRAY_KEYS: [&str; 2] = ["visit", "sha256"];

/// The header with the version of tus that the client speaks.
pub(super) const TUS_RESUMABLE: &str = "Tus-Resumable";

/// The header with the type of the body.
pub(super) const CONTENT_TYPE: &str = "Content-Type";

/// The type of a body that is bytes of a file (tus 1.0).
const BYTES_OF_A_FILE: &str = "application/offset+octet-stream";

/// The head of a request that begins an upload.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Creation {
    /// The declared photo.
    pub(super) photo: PhotoId,
    /// Its size in bytes, within the limit.
    pub(super) size_bytes: u64,
    /// Whose it may be, should nobody have declared it.
    pub(super) stray: Option<Stray>,
    /// Whether bytes of it come at once.
    pub(super) body: Body,
    /// What they have to hash to.
    pub(super) checksum: Option<Checksum>,
}

impl Creation {
    /// Reads the head.
    pub(super) fn parse(headers: &HeaderMap) -> Result<Self, Refusal> {
        version(headers)?;
        let is_framed = headers.contains_key(header::TRANSFER_ENCODING);
        let body = match coming_bytes(headers) {
            None | Some(0) if !is_framed => Body::Follows,
            _ => Body::Comes,
        };
        if body == Body::Comes {
            bytes_of_a_file(headers)?;
        }
        let size_bytes = size(text(headers, UPLOAD_LENGTH).unwrap_or_default())?;
        if coming_bytes(headers).is_some_and(|coming| coming > PHOTO_BYTES) {
            return Err(too_large());
        }
        let metadata = text(headers, UPLOAD_METADATA).unwrap_or_default();
        Ok(Self {
            photo: photo_id(metadata).ok_or_else(|| wrong(UPLOAD_METADATA))?,
            size_bytes,
            stray: stray(metadata)?,
            body,
            checksum: checksum(headers)?,
        })
    }
}

/// The head of a request that goes on with an upload.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Continuation {
    /// How many bytes came before.
    pub(super) offset_bytes: u64,
    /// What the bytes have to hash to.
    pub(super) checksum: Option<Checksum>,
}

impl Continuation {
    /// Reads the head.
    pub(super) fn parse(headers: &HeaderMap) -> Result<Self, Refusal> {
        version(headers)?;
        bytes_of_a_file(headers)?;
        let offset = text(headers, UPLOAD_OFFSET).and_then(number);
        Ok(Self {
            offset_bytes: offset.ok_or_else(|| wrong(UPLOAD_OFFSET))?,
            checksum: checksum(headers)?,
        })
    }
}

fn text(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    let value = headers.get(name)?;
    value.to_str().ok().map(str::trim)
}

fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Whoever speaks another version is told; whoever says none is taken at the word of the rest.
pub(super) fn version(headers: &HeaderMap) -> Result<(), Refusal> {
    let speaks_another =
        headers.contains_key(TUS_RESUMABLE) && text(headers, TUS_RESUMABLE) != Some(TUS_VERSION);
    if speaks_another {
        return Err(wrong(TUS_RESUMABLE));
    }
    Ok(())
}

fn bytes_of_a_file(headers: &HeaderMap) -> Result<(), Refusal> {
    let media = text(headers, header::CONTENT_TYPE).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if media.eq_ignore_ascii_case(BYTES_OF_A_FILE) {
        return Ok(());
    }
    Err(wrong(CONTENT_TYPE))
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Refusal> {
    if !headers.contains_key(UPLOAD_CHECKSUM) {
        return Ok(None);
    }
    let read = || {
        let (algorithm, digest) = text(headers, UPLOAD_CHECKSUM)?.split_once(' ')?;
        let digest = STANDARD.decode(digest.trim()).ok()?;
        match (algorithm, digest.len()) {
            ("sha1", 20) => Some(Checksum::Sha1(digest)),
            ("sha256", 32) => Some(Checksum::Sha256(digest)),
            _ => None,
        }
    };
    read().map(Some).ok_or_else(|| wrong(UPLOAD_CHECKSUM))
}

/// A header that is missing or cannot be read.
pub(super) fn wrong(header: &'static str) -> Refusal {
    Refusal::on(Code::UploadHeaders, header).with(header)
}

fn too_large() -> Refusal {
    Refusal::on(Code::PhotoTooLarge, UPLOAD_LENGTH).with(PHOTO_BYTES.to_string())
}

fn size(text: &str) -> Result<u64, Refusal> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number with more digits than 64 bits hold is a number all the same, and too large.
    match number(text) {
        _ if !is_number => Err(wrong(UPLOAD_LENGTH)),
        Some(size) if size <= PHOTO_BYTES => Ok(size),
        _ => Err(too_large()),
    }
}

/// A value of the metadata: pairs of key and base 64 value, separated by commas; other keys are
/// the client's own business.
fn value_of(metadata: &str, key: &str) -> Option<String> {
    let mut pairs = metadata
        .split(',')
        .filter_map(|pair| pair.trim().split_once(' '));
    let (_, value) = pairs.find(|(name, _)| *name == key)?;
    String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()
}

fn photo_id(metadata: &str) -> Option<PhotoId> {
    let id = Uuid::try_parse(&value_of(metadata, ID_KEY)?).ok()?;
    PhotoId::parse(id, UPLOAD_METADATA).ok()
}

/// What may be a photo that nobody declared: its digest, and for an officer its visit. A visit without a digest is a slip, and told.
fn stray(metadata: &str) -> Result<Option<Stray>, Refusal> {
    let [visit, digest] = STRAY_KEYS.map(|key| value_of(metadata, key));
    let Some(digest) = digest else {
        return match visit {
            Some(_) => Err(wrong(UPLOAD_METADATA)),
            None => Ok(None),
        };
    };
    let visit = visit.map(|visit| {
        let visit = Uuid::try_parse(&visit).map_err(|_| wrong(UPLOAD_METADATA))?;
        VisitId::parse(visit, UPLOAD_METADATA)
    });
    Ok(Some(Stray {
        visit: visit.transpose()?,
        sha256: Sha256::parse(&digest, UPLOAD_METADATA)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    const ID: &str = "01936b7e-0000-7000-8000-000000000001";

    fn announced(headers: &[(&str, &str)]) -> Result<Creation, Refusal> {
        let metadata = format!("filename eA==, id {},flag", STANDARD.encode(ID));
        let mut all = vec![
            (TUS_RESUMABLE, "1.0.0"),
            (UPLOAD_LENGTH, "4"),
            ("Content-Length", "4"),
            (UPLOAD_METADATA, metadata.as_str()),
            (CONTENT_TYPE, "application/offset+octet-stream"),
        ];
        all.retain(|(name, _)| headers.iter().all(|(other, _)| other != name));
        all.extend(headers);
        let request = all.into_iter().filter(|(_, value)| *value != "absent");
        let request = request.fold(TestRequest::post(), |request, header| {
            request.append_header(header)
        });
        Creation::parse(request.to_http_request().headers())
    }

    #[test]
    fn a_complete_head_announces_the_photo() {
        let photo = PhotoId::new(ID.parse().unwrap());
        assert_eq!(
            announced(&[]),
            Ok(Creation {
                photo,
                size_bytes: 4,
                stray: None,
                body: Body::Comes,
                checksum: None,
            })
        );
        assert!(announced(&[(TUS_RESUMABLE, "absent")]).is_ok());
    }

    #[test]
    fn whoever_brings_no_bytes_says_nothing_of_their_kind() {
        for length in ["0", "absent"] {
            let begun = announced(&[(CONTENT_TYPE, "absent"), ("Content-Length", length)]);
            assert_eq!(begun.unwrap().body, Body::Follows);
        }
    }

    #[test]
    fn a_checksum_is_one_that_is_offered() {
        let checked = |value: &str| announced(&[(UPLOAD_CHECKSUM, value)]);
        let sum = checked("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
            .unwrap()
            .checksum;
        assert!(matches!(sum, Some(Checksum::Sha1(digest)) if digest.len() == 20));
        for bad in [
            "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
            "sha1",
            "sha1 !!!",
            "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
        ] {
            assert_eq!(checked(bad).unwrap_err().code, Code::UploadHeaders, "{bad}");
        }
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

    #[test]
    fn a_stray_photo_names_its_digest_and_an_officers_its_visit_or_nothing() {
        let pair = |key: &str, value: &str| format!("{key} {}", STANDARD.encode(value));
        let digest = "ab".repeat(32);
        let whole = [pair("visit", ID), pair("sha256", &digest)].join(",");
        let stray = stray(&whole).unwrap().unwrap();
        assert_eq!(stray.visit.unwrap().to_string(), ID);
        assert_eq!(stray.sha256.to_string(), digest);
        let of_a_report = super::stray(&pair("sha256", &digest)).unwrap().unwrap();
        assert_eq!(of_a_report.visit, None);
        assert_eq!(super::stray("filename eA==").unwrap(), None);
        for slip in [
            pair("visit", ID),
            [pair("visit", "x"), pair("sha256", &digest)].join(","),
            [pair("visit", ID), pair("sha256", "ab")].join(","),
        ] {
            assert!(super::stray(&slip).is_err(), "{slip}");
        }
    }
}
