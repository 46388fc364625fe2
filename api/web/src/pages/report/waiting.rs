//! Photos that wait for a form: why they do is told by how its last sending ended. It was refused, shown in another language,
//! or broke off.

use std::sync::Arc;

use liangxin_app::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    spool::Spooled,
    store,
    usecase::{evidence, reports},
};
use liangxin_domain::{actor::Actor, evidence::digest::Sha256, refusal::Lang};

use super::super::report_form::{FieldError, KeptPhoto, Lost, part, questions::MAX_PHOTOS};
use super::answers::Ticket;
use super::parts::Parts;
use super::photos::{Held, Photo, at_place};

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

/// The photos of earlier sendings that wait for the form: those that it says are here already, and those that no page has
/// shown, because a sending broke off. Without what its reader left out, and what came again.
pub(super) async fn waiting(
    app: &App,
    ticket: &Ticket,
    parts: &Parts,
) -> Result<Vec<Arc<Spooled>>, AppError> {
    let came = parts.photos.iter();
    let came = came.filter_map(|(_, photo)| Some(photo.as_ref().ok()?.sha256));
    let seen = named(parts, part::shown_photo).map(|(digest, _)| digest);
    let kept: Vec<_> = kept(parts).map(|(digest, _)| digest).collect();
    let left_out = came.chain(seen).filter(|digest| !kept.contains(digest));
    evidence::fetch_drafts(app, name(ticket), &left_out.collect::<Vec<_>>()).await
}

/// Lets the photos wait that came whole of a form that broke off, if it came as far as to say which it is.
pub(super) async fn rescue(app: &App, stranger: &Caller, parts: Parts) {
    let Ok(ticket) = Ticket::parse(&parts) else {
        return;
    };
    let whole = parts.photos.into_iter();
    let whole: Vec<_> = whole
        .filter_map(|(_, photo)| photo.ok().map(Arc::new))
        .collect();
    if let Err(error) = evidence::keep_drafts(app, stranger, name(&ticket), &whole).await {
        error.log();
    }
}

/// Under what the photos of a form wait. Only the browser with the form knows its secret, and so reaches them.
pub(super) fn name(ticket: &Ticket) -> Sha256 {
    sha256(format!("{} {}", ticket.id, ticket.secret.expose()).as_bytes())
}

/// Lets the photos wait for the form that goes back; tells which do, and whether they are lost.
pub(super) async fn let_wait(
    app: &App,
    stranger: &Caller,
    ticket: &Ticket,
    photos: Vec<Photo>,
) -> (Vec<KeptPhoto>, Lost) {
    let held = photos.into_iter().filter_map(|photo| match photo.held? {
        Held::Body(body) => Some(body),
        Held::Picture(looked) => Some(looked.into_body()),
    });
    let held: Vec<_> = held.collect();
    let kept = held.iter().map(|body| shown(body.sha256, body.size_bytes));
    let kept: Vec<_> = kept.collect();
    match evidence::keep_drafts(app, stranger, name(ticket), &held).await {
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
pub(super) fn still_kept(parts: &Parts) -> Vec<KeptPhoto> {
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
