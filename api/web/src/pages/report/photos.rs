//! The photos of a form, be it a report or more photos of one: those that come with it, and those that wait from an earlier
//! sending. It owns their order and their names; what a picture is, the use case of evidence knows, and where they wait,
//! `waiting`.

use std::{sync::Arc, time::Duration};

use actix_multipart::Multipart;
use actix_web::{HttpRequest, web};
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
    evidence::{
        capture::Capture,
        digest::Sha256,
        photo::{DeclaredPhoto, PhotoKind},
    },
    id::PhotoId,
    refusal::{Code, Lang, Refusal},
};
use tokio::time::{Instant, timeout_at};
use uuid::{Builder, Uuid};

use super::super::report_form::{FieldError, part, questions::MAX_PHOTOS};
use super::parts::{self, MOST_KEPT, Parts};
use super::waiting::{self, kept};
use crate::{
    in_time::{in_time, in_time_with_photos},
    metrics::Metrics,
    places,
    request::{coming_bytes, stranger},
};

/// The form that photos come with.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct PhotoForm {
    /// What the ids of its photos follow from.
    pub(in crate::pages) id: Uuid,
    /// Under what they wait. Only who has the form knows of what it is made, and so reaches them.
    pub(in crate::pages) waits_as: Sha256,
}

/// Reads which form came, or why nobody can tell.
pub(in crate::pages) type FormOf = fn(&Parts) -> Result<PhotoForm, Refusal>;

/// A photo of the form, with what the report says about it.
pub(in crate::pages) struct Photo {
    pub(in crate::pages) place: usize,
    pub(in crate::pages) declared: DeclaredPhoto,
    /// Its bytes; none if it came with an earlier sending and waits no longer.
    pub(in crate::pages) held: Option<Held>,
}

/// How far a photo was looked into.
pub(in crate::pages) enum Held {
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

/// Reads a form, and lets wait what came whole of one that broke off. In a task of its own: where the line is cut the library
/// lets go of whoever was to answer.
pub(in crate::pages) async fn received(
    request: &HttpRequest,
    app: &web::Data<App>,
    form: Multipart,
    of: FormOf,
) -> Result<Came, AppError> {
    let (request, app) = (request.clone(), app.clone());
    let reading = actix_web::rt::spawn(async move {
        let place = places::take(&request);
        let stranger = stranger(&request);
        let (came, whole) = tokio::select! {
            read = receive(&request, &app, &stranger, form) => read,
            () = places::lost(place.as_ref()) => {
                return Err(Refusal::of(Code::Unavailable).into());
            }
        };
        drop(place);
        let Err(broken) = whole else {
            return Ok(came);
        };
        if let Ok(form) = of(&came.parts) {
            let rescued = async {
                waiting::rescue(&app, &stranger, form, came.parts).await;
                Ok::<_, AppError>(())
            };
            if let Err(late) = in_time_with_photos(&request, rescued).await {
                late.log();
            }
        }
        Err(broken.into())
    });
    let read = reading.await;
    read.map_err(|error| AppError::internal("read a form", error))?
}

/// Reads a form within the room that there is, and takes its photos from what their sender may send. Tells whether all came.
async fn receive(
    request: &HttpRequest,
    app: &App,
    stranger: &Caller,
    form: Multipart,
) -> (Came, Result<(), Refusal>) {
    let room = room(request, app).await;
    let (mut parts, whole) = parts::read(form, room.as_ref().map(|_| &*app.spool)).await;
    let spent = spend(app, stranger, &mut parts);
    (Came { parts, spent, room }, whole)
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
    let spent = app.send_photos(stranger, 0..bytes);
    if spent.is_err() {
        parts.photos.clear();
    }
    spent
}

/// What a form says of its photos.
pub(in crate::pages) struct Declared {
    /// The photos in their order: those that wait first, and last those that no page has shown.
    pub(in crate::pages) photos: Vec<Photo>,
    /// What is none already by its size, and that there are some that no page has shown.
    pub(in crate::pages) errors: Vec<FieldError>,
    /// Whether a page has shown all of them. Nothing is taken with what its sender has not seen: whoever sends a form anew,
    /// after a sending that broke off, may have left a photo out.
    pub(in crate::pages) is_shown: bool,
}

/// The photos that came with a form, and those that waited for it.
pub(in crate::pages) fn declared(
    parts: &mut Parts,
    form: PhotoForm,
    mut waiting: Vec<Arc<Spooled>>,
    lang: Lang,
) -> Declared {
    let (mut photos, mut errors) = (Vec::new(), Vec::new());
    for (place, (digest, size)) in (1..).zip(kept(parts)) {
        let found = waiting.iter().position(|body| body.sha256 == digest);
        photos.push(Photo {
            place,
            declared: declare(form.id, place, digest, size),
            held: found.map(|at| Held::Body(waiting.swap_remove(at))),
        });
    }
    let before = photos.len();
    for (place, photo) in std::mem::take(&mut parts.photos) {
        let place = before + place;
        match photo {
            Ok(body) => photos.push(Photo {
                place,
                declared: declare(form.id, place, body.sha256, body.size_bytes),
                held: Some(Held::Body(Arc::new(body))),
            }),
            Err(refusal) => errors.push(photo_error(place, &refusal, lang)),
        }
    }
    waiting.truncate(MAX_PHOTOS.saturating_sub(photos.len()));
    let is_shown = waiting.is_empty();
    errors.extend((!is_shown).then(|| unseen(lang)));
    for body in waiting {
        let place = photos.len() + 1;
        photos.push(Photo {
            place,
            declared: declare(form.id, place, body.sha256, body.size_bytes),
            held: Some(Held::Body(body)),
        });
    }
    Declared {
        photos,
        errors,
        is_shown,
    }
}

/// Looks into the photos of a form whose answers are in order, before anything is filed. What is no picture
/// is taken out and told. All others are still there if something fails, or takes so long that the form could not be given
/// back with them.
pub(in crate::pages) async fn look(
    app: &App,
    time: Duration,
    photos: &mut Vec<Photo>,
    lang: Lang,
) -> Result<Vec<FieldError>, AppError> {
    let until = Instant::now() + time;
    let (mut errors, mut failed) = (Vec::new(), Ok(()));
    for photo in std::mem::take(photos) {
        let body = match &photo.held {
            Some(Held::Body(body)) if failed.is_ok() => Arc::clone(body),
            _ => {
                photos.push(photo);
                continue;
            }
        };
        let looking = evidence::look(app, Whose::Guest, body);
        let late = |late| {
            Err(AppError::unavailable(
                "look into the photos of a form",
                late,
            ))
        };
        match timeout_at(until, looking).await.unwrap_or_else(late) {
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

/// Keeps the photos that a report declares; those of their form need wait no longer once all are kept. Answers those that
/// could not be kept now, or not in time.
pub(in crate::pages) async fn keep(
    app: &App,
    time: Duration,
    (reporter, form): (&Caller, PhotoForm),
    photos: Vec<Photo>,
    metrics: &Metrics,
) -> Vec<Photo> {
    let until = Instant::now() + time;
    let mut left = Vec::new();
    for photo in photos {
        let Photo {
            place,
            declared,
            held: Some(Held::Picture(looked)),
        } = photo
        else {
            continue;
        };
        let body = looked.body();
        let keeping = evidence::store_looked(app, reporter, declared.id, looked);
        let late = |late| Err(AppError::unavailable("keep a photo of a report", late));
        match timeout_at(until, keeping).await.unwrap_or_else(late) {
            Ok(_) => metrics.count_upload_bytes(declared.size_bytes),
            Err(error) => {
                error.log();
                left.push(Photo {
                    place,
                    declared,
                    held: Some(Held::Body(body)),
                });
            }
        }
    }
    if left.is_empty()
        && let Err(error) = evidence::forget_drafts(app, form.waits_as).await
    {
        // They go after a day in any case.
        error.log();
    }
    left
}

/// Whether the place is told, the form says for all of them.
fn declare(form: Uuid, place: usize, sha256: Sha256, size_bytes: u64) -> DeclaredPhoto {
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

fn photo_error(place: usize, refusal: &Refusal, lang: Lang) -> FieldError {
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
