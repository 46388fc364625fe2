//! The photos of a form: those that come with it, and those that wait from an earlier sending. It owns
//! their order and their names; what a picture is, the use case of evidence knows, and where they wait, `waiting`.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use liangxin_app::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    spool::Spooled,
    turns::Whose,
    unaccepted::Admitted,
    usecase::evidence::{self, Looked},
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

use super::super::report_form::{FieldError, part, questions::MAX_PHOTOS};
use super::answers::Ticket;
use super::parts::{self, MOST_KEPT, Parts};
use super::waiting::{kept, name};
use crate::{in_time::in_time, metrics::Metrics, request::coming_bytes};

/// A photo of the form, with what the report says about it.
pub(super) struct Photo {
    pub(super) place: usize,
    pub(super) declared: DeclaredPhoto,
    /// Its bytes; none if it came with an earlier sending and waits no longer.
    pub(super) held: Option<Held>,
}

/// How far a photo was looked into.
pub(super) enum Held {
    Body(Arc<Spooled>),
    Picture(Looked),
}

/// What a form brought.
pub(in crate::pages) struct Came {
    /// Whether all of it came.
    pub(in crate::pages) whole: Result<(), Refusal>,
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
) -> Came {
    let room = room(request, app).await;
    let (mut parts, whole) = parts::read(form, room.as_ref().map(|_| &*app.spool)).await;
    let spent = spend(app, stranger, &mut parts);
    Came {
        whole,
        parts,
        spent,
        room,
    }
}

/// Room for the photos of a form; of one that does not say how many bytes come, for as many as are kept. Where there is none, a form without photos is filed all the same.
async fn room(request: &HttpRequest, app: &App) -> Result<Admitted, Refusal> {
    let most = u64::try_from(MOST_KEPT).unwrap_or(u64::MAX);
    let bytes = coming_bytes(request.headers()).unwrap_or(most).min(most);
    let admitted = in_time(request, app.admit_photos(bytes)).await;
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

/// The photos in their order, those that wait first, and last those of a sending that broke off, which no page has shown;
/// what is none already by its size stands among the errors. Nothing is filed with what its sender has not seen: whoever
/// sends a form anew may have left a photo out.
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
    waiting.truncate(MAX_PHOTOS.saturating_sub(photos.len()));
    errors.extend((!waiting.is_empty()).then(|| unseen(lang)));
    for body in waiting {
        let place = photos.len() + 1;
        photos.push(Photo {
            place,
            declared: declare(ticket.id.uuid(), place, body.sha256, body.size_bytes),
            held: Some(Held::Body(body)),
        });
    }
    (photos, errors)
}

/// Looks into the photos of a form whose answers are in order, before anything is filed. What is no picture
/// is taken out and told. All others are still there if something fails.
pub(super) async fn look(
    app: &App,
    photos: &mut Vec<Photo>,
    lang: Lang,
) -> Result<Vec<FieldError>, AppError> {
    let (mut errors, mut failed) = (Vec::new(), Ok(()));
    for photo in std::mem::take(photos) {
        let body = match &photo.held {
            Some(Held::Body(body)) if failed.is_ok() => Arc::clone(body),
            _ => {
                photos.push(photo);
                continue;
            }
        };
        match evidence::look(app, Whose::Guest, body).await {
            Ok(looked) => photos.push(Photo {
                held: Some(Held::Picture(looked)),
                ..photo
            }),
            Err(AppError::Refused(refusal)) => {
                errors.push(photo_error(photo.place, &refusal, lang));
            }
            Err(error) => {
                failed = Err(error);
                photos.push(photo);
            }
        }
    }
    failed.map(|()| errors)
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

/// Why a form comes back that is in order.
fn unseen(lang: Lang) -> FieldError {
    let message = lang.pick(
        "上次提交中断前已收到的照片列在下面；不要的请取消勾选，再提交一次。",
        "Photos that came before your last sending broke off are below: leave out what you do not want, and send again.",
    );
    FieldError {
        field: part::PHOTO.to_owned(),
        message: message.to_owned(),
    }
}

pub(super) fn at_place(place: usize, message: &str, lang: Lang) -> FieldError {
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
}
