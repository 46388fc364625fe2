//! The parts of a sent form, read from the stream within bounds. It knows names and sizes, not
//! what the answers mean.

use std::collections::HashMap;

use actix_multipart::{Field, Multipart, MultipartError};
use futures_util::TryStreamExt as _;
use liangxin_domain::{
    limits::{FORM_FIELDS_BYTES, FORM_PHOTO_BYTES, PHOTO_BYTES},
    refusal::{Code, Refusal},
};

use super::super::report_form::{part, questions::MAX_PHOTOS};
use crate::body::stood_still;
use liangxin_app::{
    error::AppError,
    spool::{Spool, Spooled, Spooling},
};

/// The photos of one form together.
#[expect(clippy::cast_possible_truncation, reason = "100 MB fit into any usize")]
pub(super) const MOST_KEPT: usize = FORM_PHOTO_BYTES as usize;

/// What one form may bring at all. Photos that are too much together are read and let go, so that the
/// answers behind them are not lost; whoever sends more than twice of what is kept is not read to the
/// end.
pub(crate) const MOST_SENT: usize = 2 * MOST_KEPT + FORM_FIELDS_BYTES;

#[expect(clippy::cast_possible_truncation, reason = "25 MB fit into any usize")]
const PHOTO_MOST: usize = PHOTO_BYTES as usize;

/// What a form brought.
#[derive(Debug, Default)]
pub(in crate::pages) struct Parts {
    /// Its texts by name.
    texts: HashMap<String, String>,
    /// Its photos with their place in the form, counted from 1. `Err` if one is no photo already
    /// by its size.
    pub(in crate::pages) photos: Vec<(usize, Result<Spooled, Refusal>)>,
    /// What the files were called, with their place. It is read for the warning and kept nowhere.
    pub(super) file_names: Vec<(usize, String)>,
}

impl Parts {
    /// The text of a part; empty if it was not sent.
    pub(in crate::pages) fn text(&self, name: &str) -> String {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn of(texts: &[(&str, &str)]) -> Self {
        let texts = texts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Self {
            texts: texts.collect(),
            ..Self::default()
        }
    }
}

/// Where photos of a form go, or why none is taken.
type Room<'a> = Result<&'a Spool, &'a Refusal>;

/// Reads a form: what came whole of it, and why the rest did not come, if so. What breaks off or stands still may be sent
/// again. Photos go to disk as they come; where there is no room for them, they are read and let go, so that the answers
/// are not lost.
pub(in crate::pages) async fn read(
    form: Multipart,
    room: Room<'_>,
) -> (Parts, Result<(), Refusal>) {
    let left = Left {
        sent: MOST_SENT,
        kept: MOST_KEPT,
        texts: FORM_FIELDS_BYTES,
    };
    read_all(form, left, room).await
}

async fn read_all(form: Multipart, left: Left, room: Room<'_>) -> (Parts, Result<(), Refusal>) {
    let mut parts = Parts::default();
    let read = read_into(&mut parts, form, left, room).await;
    (parts, read)
}

async fn read_into(
    parts: &mut Parts,
    mut form: Multipart,
    mut left: Left,
    room: Room<'_>,
) -> Result<(), Refusal> {
    let mut place = 0;
    while let Some(mut field) = form.try_next().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == part::PHOTO {
            place += 1;
            let name = file_name(&field);
            parts.file_names.extend(name.map(|name| (place, name)));
            let photo = read_photo(&mut field, (&mut left, room), place).await?;
            parts.photos.extend(photo.map(|photo| (place, photo)));
        } else {
            let text = read_text(&mut field, &mut left).await?;
            parts.texts.insert(name, text.replace("\r\n", "\n"));
        }
    }
    Ok(())
}

/// The bytes that may still come.
struct Left {
    sent: usize,
    kept: usize,
    texts: usize,
}

impl Left {
    fn receive(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.sent = self.sent.checked_sub(bytes).ok_or_else(too_large)?;
        Ok(())
    }
}

/// What the file is called; nothing if its input was left empty.
fn file_name(field: &Field) -> Option<String> {
    let name = field.content_disposition()?.get_filename()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// A photo; nothing if its input was left empty.
async fn read_photo(
    field: &mut Field,
    (left, room): (&mut Left, Room<'_>),
    place: usize,
) -> Result<Option<Result<Spooled, Refusal>>, Refusal> {
    let is_named = file_name(field).is_some();
    let mut taken = begin(room, place);
    let (mut size, mut is_empty) = (0, true);
    while let Some(chunk) = field.try_next().await.map_err(unreadable)? {
        left.receive(chunk.len())?;
        is_empty = false;
        size += chunk.len();
        // The rest of what is refused already is read for the sake of the parts behind it.
        if let Ok(spooling) = &mut taken {
            let kept = if size > PHOTO_MOST {
                Err(Refusal::on(Code::PhotoTooLarge, "photos").with(PHOTO_BYTES.to_string()))
            } else if size > left.kept {
                Err(Refusal::on(Code::PayloadTooLarge, "photos"))
            } else {
                spooling.write(&chunk).await.map_err(no_room)
            };
            if let Err(refusal) = kept {
                taken = Err(refusal);
            }
        }
    }
    if is_empty && !is_named {
        return Ok(None);
    }
    Ok(Some(match taken {
        Ok(spooling) => {
            left.kept -= size;
            spooling.finish().await.map_err(no_room)
        }
        Err(refusal) => Err(refusal),
    }))
}

fn begin(room: Room<'_>, place: usize) -> Result<Spooling, Refusal> {
    if place > MAX_PHOTOS {
        return Err(Refusal::on(Code::PhotoLimit, "photos").with(MAX_PHOTOS.to_string()));
    }
    let spool = room.map_err(Refusal::clone)?;
    spool.begin(PHOTO_BYTES).map_err(no_room)
}

fn no_room(error: std::io::Error) -> Refusal {
    AppError::unavailable("take a photo in", error).log();
    Refusal::on(Code::Unavailable, "photos")
}

async fn read_text(field: &mut Field, left: &mut Left) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.try_next().await.map_err(unreadable)? {
        left.receive(chunk.len())?;
        left.texts = left.texts.checked_sub(chunk.len()).ok_or_else(too_large)?;
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_not_utf8| Refusal::of(Code::BadRequest))
}

const fn too_large() -> Refusal {
    Refusal::of(Code::PayloadTooLarge)
}

/// A stream that breaks off is sent again by a reload; a stream that is no form never becomes one.
fn unreadable(error: MultipartError) -> Refusal {
    match error {
        MultipartError::Payload(error) if stood_still(&error) => Refusal::of(Code::RequestTimeout),
        MultipartError::Incomplete | MultipartError::Payload(_) => Refusal::of(Code::Unavailable),
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Refusal::of(Code::UnsupportedMediaType),
        _ => Refusal::of(Code::BadRequest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use actix_web::web::Bytes;
    use futures_util::stream;
    use liangxin_app::app::sha256;
    use tempfile::TempDir;

    fn spool() -> (TempDir, Spool) {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        (directory, spool)
    }

    async fn read_body(body: Vec<u8>) -> Result<Parts, Refusal> {
        let (_directory, spool) = spool();
        let (parts, read) = read(form(body), Ok(&spool)).await;
        read.map(|()| parts)
    }

    /// How many bytes came, by place.
    fn sizes(parts: &Parts) -> Vec<(usize, Option<u64>)> {
        let size =
            |photo: &Result<Spooled, Refusal>| photo.as_ref().ok().map(|body| body.size_bytes);
        let sizes = parts.photos.iter();
        sizes.map(|(place, photo)| (*place, size(photo))).collect()
    }

    fn form(body: Vec<u8>) -> Multipart {
        let mut headers = HeaderMap::new();
        let media = HeaderValue::from_static("multipart/form-data; boundary=b0");
        headers.insert(CONTENT_TYPE, media);
        let chunks: Vec<_> = body
            .chunks(8192)
            .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
            .collect();
        Multipart::new(&headers, stream::iter(chunks))
    }

    fn text(name: &str, value: &str) -> Vec<u8> {
        format!("--b0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            .into_bytes()
    }

    fn photo(file: &str, bytes: &[u8]) -> Vec<u8> {
        let head = format!(
            "--b0\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"{file}\"\r\n\
             Content-Type: image/jpeg\r\n\r\n"
        );
        [head.as_bytes(), bytes, b"\r\n"].concat()
    }

    fn body(parts: &[Vec<u8>]) -> Vec<u8> {
        [parts.concat(), b"--b0--\r\n".to_vec()].concat()
    }

    #[actix_web::test]
    async fn texts_and_photos_keep_their_names_and_places() {
        let sent = [
            text("story", "a\r\nb"),
            photo("", b""),
            photo("x.jpg", b"JPEG"),
            text("id", "7"),
        ];
        let parts = read_body(body(&sent)).await.unwrap();
        assert_eq!(parts.text("story"), "a\nb");
        assert_eq!(
            (parts.text("id").as_str(), parts.text("nothing").as_str()),
            ("7", "")
        );
        assert_eq!(sizes(&parts), [(2, Some(4))]);
        assert_eq!(parts.photos[0].1.as_ref().unwrap().sha256, sha256(b"JPEG"));
        assert_eq!(parts.file_names, [(2, "x.jpg".to_owned())]);
    }

    #[actix_web::test]
    async fn a_chosen_file_without_bytes_is_not_passed_over() {
        let parts = read_body(body(&[photo("x.jpg", b"")])).await.unwrap();
        assert_eq!(sizes(&parts), [(1, Some(0))]);
    }

    #[actix_web::test]
    async fn a_photo_too_many_and_an_oversized_one_are_refused_and_the_rest_is_read() {
        let most = vec![photo("x.jpg", b"J"); MAX_PHOTOS];
        let parts = read_body(body(&[
            most.concat(),
            photo("y.jpg", b"J"),
            text("id", "7"),
        ]))
        .await;
        let parts = parts.unwrap();
        assert_eq!(
            parts.photos[MAX_PHOTOS].1.as_ref().unwrap_err().code,
            Code::PhotoLimit
        );
        assert_eq!(parts.text("id"), "7");
        let large = vec![7; PHOTO_MOST + 1];
        let parts = read_body(body(&[photo("x.jpg", &large), text("id", "7")]))
            .await
            .unwrap();
        assert_eq!(
            parts.photos[0].1.as_ref().unwrap_err().code,
            Code::PhotoTooLarge
        );
        assert_eq!(parts.text("id"), "7");
    }

    #[actix_web::test]
    async fn photos_that_are_too_much_together_leave_the_answers_behind_them() {
        let sent = [
            photo("a.jpg", &[7; 600]),
            photo("b.jpg", &[7; 600]),
            photo("c.jpg", &[7; 400]),
            text("id", "7"),
        ];
        let left = |sent| Left {
            sent,
            kept: 1000,
            texts: 100,
        };
        let (_directory, spool) = spool();
        let (parts, read) = read_all(form(body(&sent)), left(2000), Ok(&spool)).await;
        assert_eq!(read, Ok(()));
        let [(_, Ok(_)), (2, Err(refusal)), (_, Ok(_))] = &parts.photos[..] else {
            panic!("{:?}", parts.photos);
        };
        assert_eq!(refusal.code, Code::PayloadTooLarge);
        assert_eq!(parts.text("id"), "7");
        let (_, endless) = read_all(form(body(&sent)), left(1000), Ok(&spool)).await;
        assert_eq!(endless.unwrap_err().code, Code::PayloadTooLarge);
    }

    #[actix_web::test]
    async fn what_came_whole_stays_when_the_form_breaks_off() {
        let sent = [
            text("id", "7"),
            photo("a.jpg", b"JPEG"),
            photo("b.jpg", b"more"),
            photo("c.jpg", b"cut off here"),
        ];
        let mut broken = sent.concat();
        broken.truncate(broken.len() - 8);
        let (_directory, spool) = spool();
        let (parts, read) = read(form(broken), Ok(&spool)).await;
        assert_eq!(read.unwrap_err().code, Code::Unavailable);
        assert_eq!(parts.text("id"), "7");
        assert_eq!(sizes(&parts), [(1, Some(4)), (2, Some(4))]);
    }

    #[actix_web::test]
    async fn without_room_for_photos_the_answers_are_read_all_the_same() {
        let directory = tempfile::tempdir().unwrap();
        let full = Spool::open(directory.path().to_owned(), u64::MAX / 2).unwrap();
        let sent = [photo("a.jpg", b"JPEG"), text("id", "7")];
        let closed = Refusal::on(Code::Unavailable, "photos");
        for room in [Ok(&full), Err(&closed)] {
            let (parts, read) = read(form(body(&sent)), room).await;
            assert_eq!(read, Ok(()));
            let refusal = parts.photos[0].1.as_ref().unwrap_err();
            assert_eq!(refusal.code, Code::Unavailable);
            assert_eq!(parts.text("id"), "7");
        }
    }

    #[actix_web::test]
    async fn texts_beyond_their_bound_are_not_read_to_the_end() {
        let long = "a".repeat(FORM_FIELDS_BYTES + 1);
        let refusal = read_body(body(&[text("story", &long)])).await.unwrap_err();
        assert_eq!(refusal.code, Code::PayloadTooLarge);
    }

    #[actix_web::test]
    async fn a_form_that_breaks_off_may_be_sent_again_and_rubbish_may_not() {
        let cut = [text("story", "a"), b"--b0\r\nContent-Disp".to_vec()].concat();
        assert_eq!(read_body(cut).await.unwrap_err().code, Code::Unavailable);
        let rubbish = b"--b0\r\nX: y\r\n\r\nno name\r\n--b0--\r\n".to_vec();
        assert_eq!(read_body(rubbish).await.unwrap_err().code, Code::BadRequest);
    }
}
