//! Photos that wait for a form: why they do is told by how its last sending ended. It was refused, shown in another language,
//! or broke off.

use std::sync::Arc;

use liangxin_app::{
    app::App,
    caller::Caller,
    error::AppError,
    spool::Spooled,
    usecase::evidence::{self, Waiting},
};
use liangxin_domain::{evidence::digest::Sha256, refusal::Lang};

use super::super::report_form::{FieldError, KeptPhoto, Lost, part, questions::MAX_PHOTOS};
use super::parts::Parts;
use super::photos::{Held, Photo, PhotoForm, at_place};

/// Takes out the photos that wait no longer, and tells which.
pub(in crate::pages) fn drop_missing(photos: &mut Vec<Photo>, lang: Lang) -> Vec<FieldError> {
    let missing = photos.extract_if(.., |photo| photo.held.is_none());
    missing.map(|photo| gone(photo.place, lang)).collect()
}

/// The photos of earlier sendings that wait for the form: those that it says are here already, and those that no page has
/// shown, because a sending broke off. Without what its reader left out, and what came again.
pub(in crate::pages) async fn waiting(
    app: &App,
    form: PhotoForm,
    parts: &Parts,
) -> Result<Vec<Arc<Spooled>>, AppError> {
    let came = parts.photos.iter();
    let came = came.filter_map(|(_, photo)| Some(photo.as_ref().ok()?.sha256));
    let seen = named(parts, part::shown_photo).map(|(digest, _)| digest);
    let kept: Vec<_> = kept(parts).map(|(digest, _)| digest).collect();
    let left_out = came.chain(seen).filter(|digest| !kept.contains(digest));
    evidence::fetch_drafts(app, form.waits_as, &left_out.collect::<Vec<_>>()).await
}

/// Lets the photos wait that came whole of a form that broke off.
pub(super) async fn rescue(app: &App, stranger: &Caller, form: PhotoForm, parts: Parts) {
    let whole = parts.photos.into_iter();
    let whole: Vec<_> = whole
        .filter_map(|(_, photo)| photo.ok().map(Arc::new))
        .collect();
    if let Err(error) = evidence::keep_drafts(app, stranger, form.waits_as, &whole).await {
        error.log();
    }
}

/// The photos that wait for a form, to be shown.
pub(in crate::pages) async fn list(
    app: &App,
    waits_as: Sha256,
) -> Result<Vec<KeptPhoto>, AppError> {
    let waiting = evidence::list_drafts(app, waits_as).await?.into_iter();
    let waiting = waiting.map(|Waiting { sha256, size_bytes }| shown(sha256, size_bytes));
    Ok(waiting.take(MAX_PHOTOS).collect())
}

/// Lets the photos wait for the form that goes back; tells which do, and whether they are lost.
pub(in crate::pages) async fn let_wait(
    app: &App,
    stranger: &Caller,
    form: PhotoForm,
    photos: Vec<Photo>,
) -> (Vec<KeptPhoto>, Lost) {
    let held = photos.into_iter().filter_map(|photo| match photo.held? {
        Held::Body(body) => Some(body),
        Held::Picture(looked) => Some(looked.body()),
    });
    let held: Vec<_> = held.collect();
    let kept = held.iter().map(|body| shown(body.sha256, body.size_bytes));
    let kept: Vec<_> = kept.collect();
    match evidence::keep_drafts(app, stranger, form.waits_as, &held).await {
        Ok(()) => (kept, Lost::Nothing),
        Err(error) => {
            error.log();
            (Vec::new(), Lost::Photos)
        }
    }
}

fn shown(digest: Sha256, size_bytes: u64) -> KeptPhoto {
    KeptPhoto {
        value: format!("{digest}.{size_bytes}"),
        size_bytes,
    }
}

/// The photos that the form says are here already, to be shown again without looking whether they are.
pub(in crate::pages) fn still_kept(parts: &Parts) -> Vec<KeptPhoto> {
    let kept = kept(parts).map(|(digest, size_bytes)| shown(digest, size_bytes));
    kept.collect()
}

/// The photos that the form says are here already, by digest and size.
pub(super) fn kept(parts: &Parts) -> impl Iterator<Item = (Sha256, u64)> {
    named(parts, part::kept_photo)
}

fn named(parts: &Parts, number_of: fn(usize) -> String) -> impl Iterator<Item = (Sha256, u64)> {
    let values = (1..=MAX_PHOTOS).map(move |number| parts.text(&number_of(number)));
    values.filter_map(|value| {
        let (digest, size) = value.split_once('.')?;
        let digest = Sha256::parse(digest, part::PHOTO).ok()?;
        Some((digest, size.parse().ok()?))
    })
}

fn gone(place: usize, lang: Lang) -> FieldError {
    let message = lang.pick(
        "已等待太久，请重新选择。",
        "It has waited too long: please choose it again.",
    );
    at_place(place, message, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

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
