//! The photos of a form: those that come with it, and those that wait from an earlier sending. It owns
//! their order and their names; what a picture is, the use case of evidence knows.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use liangxin_app::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    spool::Spooled,
    store,
    turns::Whose,
    unaccepted::Admitted,
    usecase::{
        evidence::{self, Looked},
        reports,
    },
};
use liangxin_domain::{
    actor::Actor,
    evidence::{
        capture::Capture,
        digest::Sha256,
        photo::{DeclaredPhoto, PhotoKind},
    },
    id::{PhotoId, ReportId},
    refusal::{Code, Lang, Refusal},
};
use uuid::{Builder, Uuid};

use super::super::report_form::{FieldError, KeptPhoto, Lost, part, questions::MAX_PHOTOS};
use super::answers::Ticket;
use super::parts::{self, MOST_KEPT, Parts};
use crate::{metrics::Metrics, request::coming_bytes};

/// A photo of the form, with what the report says about it.
pub(super) struct Photo {
    place: usize,
    pub(super) declared: DeclaredPhoto,
    /// Its bytes; none if it came with an earlier sending and waits no longer.
    held: Option<Held>,
}

/// How far a photo was looked into.
enum Held {
    Body(Arc<Spooled>),
    Picture(Looked),
}

/// What a form brought.
pub(in crate::pages) struct Came {
    /// Its parts; without photos, if their sender may send no more for now.
    pub(in crate::pages) parts: Parts,
    /// Why there are none.
    pub(in crate::pages) spent: Result<(), Refusal>,
    /// Held until the photos are kept.
    pub(in crate::pages) room: Result<Admitted, Refusal>,
}

/// Reads a form within the room that there is, and takes its photos from what their sender may send.
pub(in crate::pages) async fn receive(
    request: &HttpRequest,
    app: &App,
    stranger: &Caller,
    form: Multipart,
) -> Result<Came, AppError> {
    let room = room(app, coming_bytes(request.headers())).await;
    let mut parts = parts::read(form, room.as_ref().map(|_| &*app.spool)).await?;
    let spent = spend(app, stranger, &mut parts);
    Ok(Came { parts, spent, room })
}

/// Room for the photos of a form with a body of so many bytes; of one that does not say how many come, for as many as
/// are kept. Where there is none, a form without photos is filed all the same.
async fn room(app: &App, coming_bytes: Option<u64>) -> Result<Admitted, Refusal> {
    let most = u64::try_from(MOST_KEPT).unwrap_or(u64::MAX);
    let bytes = coming_bytes.unwrap_or(most).min(most);
    let admitted = app.admit_photos(bytes).await;
    admitted.map_err(|error| {
        error.log();
        Refusal::on(Code::Unavailable, part::PHOTO)
    })
}

/// Takes the photos that came from what their sender may send; beyond it they go.
fn spend(app: &App, stranger: &Caller, parts: &mut Parts) -> Result<(), Refusal> {
    let came = parts
        .photos
        .iter()
        .filter_map(|(_, photo)| photo.as_ref().ok());
    let bytes = came.map(|photo| photo.size_bytes).sum();
    let spent = app.send_photos(stranger, bytes);
    if spent.is_err() {
        parts.photos.clear();
    }
    spent
}

/// The photos in their order, those that wait first; what is none already by its size stands among the
/// errors.
pub(super) fn declared(
    parts: &mut Parts,
    ticket: &Ticket,
    mut waiting: Vec<Arc<Spooled>>,
    lang: Lang,
) -> (Vec<Photo>, Vec<FieldError>) {
    let (mut photos, mut errors) = (Vec::new(), Vec::new());
    for (place, (digest, size)) in (1..).zip(kept(parts)) {
        let found = waiting.iter().position(|body| body.sha256 == digest);
        photos.push(Photo {
            place,
            declared: declare(ticket.id.uuid(), place, digest, size),
            held: found.map(|at| Held::Body(waiting.swap_remove(at))),
        });
    }
    let before = photos.len();
    for (place, photo) in std::mem::take(&mut parts.photos) {
        let place = before + place;
        match photo {
            Ok(body) => photos.push(Photo {
                place,
                declared: declare(ticket.id.uuid(), place, body.sha256, body.size_bytes),
                held: Some(Held::Body(Arc::new(body))),
            }),
            Err(refusal) => errors.push(photo_error(place, &refusal, lang)),
        }
    }
    (photos, errors)
}

/// Takes out the photos that wait no longer, and tells which. The same form sent again after it was filed
/// needs them no more.
pub(super) async fn drop_missing(
    app: &App,
    ticket: &Ticket,
    photos: &mut Vec<Photo>,
    lang: Lang,
) -> Vec<FieldError> {
    let is_whole = photos.iter().all(|photo| photo.held.is_some());
    if is_whole || is_filed(app, ticket).await {
        return Vec::new();
    }
    let missing = photos.extract_if(.., |photo| photo.held.is_none());
    missing.map(|photo| gone(photo.place, lang)).collect()
}

async fn is_filed(app: &App, ticket: &Ticket) -> bool {
    let report = reports::named(app, ticket.id, &ticket.secret);
    let reporter = Actor::Reporter(report);
    store::reports::get(&app.db, &reporter, report)
        .await
        .is_ok()
}

/// Looks into the photos of a form whose answers are in order, before anything is filed. What is no picture
/// is taken out and told.
pub(super) async fn look(
    app: &App,
    photos: &mut Vec<Photo>,
    lang: Lang,
) -> Result<Vec<FieldError>, AppError> {
    let mut errors = Vec::new();
    for photo in std::mem::take(photos) {
        let Some(Held::Body(body)) = photo.held else {
            photos.push(photo);
            continue;
        };
        match evidence::look(app, Whose::Guest, body).await {
            Ok(looked) => photos.push(Photo {
                held: Some(Held::Picture(looked)),
                ..photo
            }),
            Err(AppError::Refused(refusal)) => {
                errors.push(photo_error(photo.place, &refusal, lang));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(errors)
}

/// Keeps the photos of a report that is filed; those of its form need wait no longer once all are kept.
pub(super) async fn keep(
    app: &App,
    (stranger, report): (&Caller, ReportId),
    (ticket, photos): (&Ticket, Vec<Photo>),
    metrics: &Metrics,
) {
    let reporter = stranger.known_as(Actor::Reporter(report));
    let mut are_kept = true;
    for photo in photos {
        let Some(Held::Picture(looked)) = photo.held else {
            continue;
        };
        // The report is filed: a photo that cannot be kept now must not hide its receipt code.
        // The page says how many are missing, and a reload sends them again.
        match evidence::store_looked(app, &reporter, photo.declared.id, looked).await {
            Ok(_) => metrics.count_upload_bytes(photo.declared.size_bytes),
            Err(error) => {
                error.log();
                are_kept = false;
            }
        }
    }
    if are_kept && let Err(error) = evidence::forget_drafts(app, name(ticket)).await {
        // They go after a day in any case.
        error.log();
    }
}

/// The photos of an earlier sending that the form says are here already, as far as they are.
pub(super) async fn waiting(
    app: &App,
    ticket: &Ticket,
    parts: &Parts,
) -> Result<Vec<Arc<Spooled>>, AppError> {
    let wanted: Vec<_> = kept(parts).map(|(digest, _)| digest).collect();
    evidence::fetch_drafts(app, name(ticket), &wanted).await
}

/// Under what the photos of a form wait. Only the browser with the form knows its secret, and so reaches them.
fn name(ticket: &Ticket) -> Sha256 {
    sha256(format!("{} {}", ticket.id, ticket.secret.expose()).as_bytes())
}

/// Lets the photos wait for the form that goes back; tells which do, and whether they are lost.
pub(super) async fn let_wait(
    app: &App,
    ticket: &Ticket,
    photos: Vec<Photo>,
) -> (Vec<KeptPhoto>, Lost) {
    let held = photos.into_iter().filter_map(|photo| match photo.held? {
        Held::Body(body) => Some(body),
        Held::Picture(looked) => Some(looked.into_body()),
    });
    let held: Vec<_> = held.collect();
    let kept = held.iter().map(|body| KeptPhoto {
        value: format!("{}.{}", body.sha256, body.size_bytes),
        size_bytes: body.size_bytes,
    });
    let kept: Vec<_> = kept.collect();
    match evidence::keep_drafts(app, name(ticket), &held).await {
        Ok(()) => (kept, Lost::Nothing),
        Err(error) => {
            error.log();
            (Vec::new(), Lost::Photos)
        }
    }
}

/// The photos that the form says are here already, by digest and size.
fn kept(parts: &Parts) -> impl Iterator<Item = (Sha256, u64)> {
    let values = (1..=MAX_PHOTOS).map(|number| parts.text(&part::kept_photo(number)));
    values.filter_map(|value| {
        let (digest, size) = value.split_once('.')?;
        let digest = Sha256::parse(digest, part::PHOTO).ok()?;
        Some((digest, size.parse().ok()?))
    })
}

/// Whether the place is told, the form says for all of them.
pub(in crate::pages) fn declare(
    form: Uuid,
    place: usize,
    sha256: Sha256,
    size_bytes: u64,
) -> DeclaredPhoto {
    DeclaredPhoto {
        id: photo_id(form, place),
        kind: PhotoKind::Report,
        sha256,
        size_bytes,
        tells_place: false,
        capture: Capture::default(),
    }
}

/// The photo's id follows from the form's, so that the same form sent again names the same photos.
/// Nobody else knows the form's id, so nobody can take the photo's.
fn photo_id(form: Uuid, place: usize) -> PhotoId {
    let digest = sha256(format!("{form} photo {place}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.bytes()[..16]);
    PhotoId::new(Builder::from_random_bytes(bytes).into_uuid())
}

pub(in crate::pages) fn photo_error(place: usize, refusal: &Refusal, lang: Lang) -> FieldError {
    let message = match refusal.code {
        Code::PayloadTooLarge => lang
            .pick(
                "照片合计超过 100 MB，请少选几张。",
                "All photos together are more than 100 MB: choose fewer.",
            )
            .to_owned(),
        _ => refusal.message(lang),
    };
    at_place(place, &message, lang)
}

fn gone(place: usize, lang: Lang) -> FieldError {
    let message = lang.pick(
        "已等待太久，请重新选择。",
        "It has waited too long: please choose it again.",
    );
    at_place(place, message, lang)
}

fn at_place(place: usize, message: &str, lang: Lang) -> FieldError {
    FieldError {
        field: part::PHOTO.to_owned(),
        message: match lang {
            Lang::Zh => format!("第 {place} 张：{message}"),
            Lang::En => format!("Photo {place}: {message}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_form_names_the_same_photos_and_another_form_names_others() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let id = photo_id;
        assert_eq!(id(one, 1), id(one, 1));
        assert_ne!(id(one, 1), id(one, 2));
        assert_ne!(id(one, 1), id(other, 1));
        assert!(PhotoId::parse(id(one, 1).uuid(), "id").is_ok());
    }

    #[test]
    fn a_bad_photo_is_told_by_its_place() {
        let refusal = Refusal::on(Code::PhotoTruncated, "photoId");
        let error = photo_error(2, &refusal, Lang::En);
        assert_eq!(error.field, part::PHOTO);
        assert_eq!(error.message, "Photo 2: The photo is cut off or damaged.");
    }

    #[test]
    fn what_the_form_says_is_here_is_read_and_rubbish_is_passed_over() {
        let digest = "07".repeat(32);
        let (first, other) = (format!("{digest}.12"), format!("{digest}.x"));
        let parts = Parts::of(&[
            ("kept_photo_2", &first),
            ("kept_photo_3", &other),
            ("kept_photo_4", "x.1"),
        ]);
        let read: Vec<_> = kept(&parts).collect();
        assert_eq!(read, [(Sha256::new([7; 32]), 12)]);
    }
}
