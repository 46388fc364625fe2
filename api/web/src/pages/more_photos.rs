//! More photos of a report that is filed, from the page on which it is followed. What cannot be taken now waits under the
//! receipt code, as the photos of a report form wait under the form, and is shown whenever its report is.

use super::answer::{self, html, or_refusal};
use super::conversation::{self, ANSWER_ID_PART, ConversationView};
use super::report::parts::Parts;
use super::report::photos::{self, Came, Declared, Photo, PhotoForm};
use super::report::waiting;
use super::report_form::{KeptPhoto, Lost};
use super::track::CODE_PART;
use super::track_request::{Said, come_back, id_of, seen, show_report};
use crate::{
    in_time::{for_keeping, for_looking, in_time, in_time_with_photos},
    metrics::Metrics,
    request,
};
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use liangxin_app::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    store,
    usecase::{reports::Returned, step},
};
use liangxin_domain::{
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::{CommandId, PhotoId, ReportId},
    privacy::conversation::{Command, Conversation},
    refusal::{Lang, Refusal},
    reports::receipt::ReceiptCode,
};

/// Where they are sent, as `multipart/form-data`.
pub(super) const ACTION: &str = "/track/photos";

/// How many one sending offers; more can follow.
pub(super) const AT_ONCE: usize = 4;

/// Keeps the photos that came, and shows the report with what is wrong with the others.
pub(super) async fn add(
    request: HttpRequest,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    form: Multipart,
) -> HttpResponse {
    let answer = match photos::received(&request, &app, form, form_of).await {
        Ok(came) => {
            let page = added(&request, &app, &metrics, came);
            in_time_with_photos(&request, page).await
        }
        Err(broken) => Err(broken),
    };
    or_refusal(&request, answer)
}

/// The photos of a report that wait, to be shown with it; none if nothing is a code.
pub(super) async fn still_waiting(app: &App, code: &str) -> Result<Vec<KeptPhoto>, AppError> {
    match ReceiptCode::parse(code) {
        Ok(code) => waiting::list(app, waits_as(&code)).await,
        Err(_) => Ok(Vec::new()),
    }
}

fn form_of(parts: &Parts) -> Result<PhotoForm, Refusal> {
    let code = ReceiptCode::parse(&parts.text(CODE_PART))?;
    Ok(PhotoForm {
        id: id_of(&parts.text(ANSWER_ID_PART))?,
        waits_as: waits_as(&code),
    })
}

/// Under the code alone: every showing of the page has another id, and whoever comes back finds what came before.
fn waits_as(code: &ReceiptCode) -> Sha256 {
    sha256(format!("more photos {code}").as_bytes())
}

/// What could not be done for now, and the photos that came for it.
struct Undone {
    failed: AppError,
    /// Those that the form says wait, of which nobody could look whether they do.
    kept: Vec<KeptPhoto>,
    photos: Vec<Photo>,
}

async fn added(
    request: &HttpRequest,
    app: &App,
    metrics: &Metrics,
    came: Came,
) -> Result<HttpResponse, AppError> {
    let stranger = request::stranger(request);
    let Came {
        mut parts,
        spent,
        room: _room,
    } = came;
    let form = form_of(&parts);
    let code = parts.text(CODE_PART);
    let returned = match in_time(request, come_back(request, app, &code)).await {
        Ok(Ok(returned)) => returned,
        Ok(Err(refused)) => {
            // The code may be right, and is asked about again in a while.
            if refused.status() == StatusCode::TOO_MANY_REQUESTS
                && let Ok(form) = form
            {
                let came = photos::declared(&mut parts, form, Vec::new(), stranger.lang);
                waiting::let_wait(app, &stranger, form, came.photos).await;
            }
            return Ok(refused);
        }
        Err(failed) => {
            let form = form?;
            let undone = undone(&mut parts, form, failed);
            let view = asked_again(app, code, false);
            return Ok(unanswered(app, &stranger, (form, view), undone).await);
        }
    };
    let form = form?;
    let told = spent.err().map(|it| it.message(stranger.lang));
    match take_in(request, app, (&returned, form), parts, metrics).await {
        Ok(refused) => {
            let said = Said {
                photos: told.into_iter().chain(refused).collect(),
                ..Said::default()
            };
            show_report(request, app, (returned, code), said).await
        }
        Err(undone) => {
            let again = returned.code_again.as_ref();
            let code = again.map_or(code, ToString::to_string);
            let view = asked_again(app, code, again.is_some());
            Ok(unanswered(app, &stranger, (form, view), undone).await)
        }
    }
}

/// Adds the photos to the report, and tells what is wrong with the others. Those that may be taken another time wait.
async fn take_in(
    request: &HttpRequest,
    app: &App,
    (returned, form): (&Returned, PhotoForm),
    mut parts: Parts,
    metrics: &Metrics,
) -> Result<Vec<String>, Undone> {
    let reporter = &returned.reporter;
    let waited = match waiting::waiting(app, form, &parts).await {
        Ok(waited) => waited,
        Err(failed) => return Err(undone(&mut parts, form, failed)),
    };
    let Declared {
        mut photos,
        errors,
        is_shown,
    } = photos::declared(&mut parts, form, waited, reporter.lang);
    let mut told: Vec<_> = errors.into_iter().map(|it| it.message).collect();
    if !is_shown {
        told.extend(wait(app, reporter, form, photos).await);
        return Ok(told);
    }
    match looked(request, app, returned.report, &mut photos).await {
        Ok((owed, refused)) => {
            told.extend(refused);
            let promised = promise(app, (returned, form), &photos, &owed);
            match in_time(request, promised).await {
                Ok(None) => {}
                Ok(Some(refusal)) => {
                    told.push(refusal.message(reporter.lang));
                    told.extend(wait(app, reporter, form, photos).await);
                    return Ok(told);
                }
                Err(failed) => return Err(Undone::of(failed, photos)),
            }
        }
        Err(failed) => return Err(Undone::of(failed, photos)),
    }
    let left = photos::keep(app, for_keeping(request), (reporter, form), photos, metrics).await;
    if left.is_empty() {
        return Ok(told);
    }
    let failed = AppError::unavailable("keep photos of a report", "some could not be kept");
    Err(Undone::of(failed, left))
}

/// Takes out what the report has already, what waits no longer and what is no picture, and tells of the last two. Answers which
/// of the others the report owes. All are still there if something fails.
async fn looked(
    request: &HttpRequest,
    app: &App,
    report: ReportId,
    photos: &mut Vec<Photo>,
) -> Result<(Vec<PhotoId>, Vec<String>), AppError> {
    let lang = request::lang(request);
    let owed = in_time(request, known(app, report, photos)).await?;
    let mut told = waiting::drop_missing(photos, lang);
    told.extend(photos::look(app, for_looking(request), photos, lang).await?);
    let told = told.into_iter().map(|error| error.message);
    Ok((owed, told.collect()))
}

/// Takes out the photos that the report has already: the same sent again is no second one. Answers which of the others it owes;
/// these have the ids by which they were promised.
async fn known(
    app: &App,
    report: ReportId,
    photos: &mut Vec<Photo>,
) -> Result<Vec<PhotoId>, AppError> {
    let all = store::evidence::list(&app.db, PhotoOwner::Report(report)).await?;
    let mut owed = Vec::new();
    photos.retain_mut(|photo| {
        let digest = photo.declared.sha256;
        let same = all.iter().filter(|it| it.parked.is_none());
        let same: Vec<_> = same.filter(|it| it.declared.sha256 == digest).collect();
        match same.iter().find(|it| it.stored_at.is_none()) {
            Some(missing) => {
                photo.declared.id = missing.declared.id;
                owed.push(missing.declared.id);
                true
            }
            None => same.is_empty(),
        }
    });
    Ok(owed)
}

/// Promises the photos that the report does not owe already; answers why not, if its reporter can do something about it.
async fn promise(
    app: &App,
    (returned, form): (&Returned, PhotoForm),
    photos: &[Photo],
    owed: &[PhotoId],
) -> Result<Option<Refusal>, AppError> {
    let new = photos.iter().map(|photo| &photo.declared);
    let new = new.filter(|declared| !owed.contains(&declared.id));
    let photos: Vec<_> = new.cloned().collect();
    if photos.is_empty() {
        return Ok(None);
    }
    let adding = Command::AddReportPhotos { photos };
    let (reporter, report) = (&returned.reporter, returned.report);
    let id = CommandId::new(form.id);
    let taken = step::take::<Conversation>(app, reporter, id, report, adding).await;
    seen(taken.map(|_| ()))
}

impl Undone {
    fn of(failed: AppError, photos: Vec<Photo>) -> Self {
        Self {
            failed,
            kept: Vec::new(),
            photos,
        }
    }
}

/// Nothing could be done, not even look for what waits.
fn undone(parts: &mut Parts, form: PhotoForm, failed: AppError) -> Undone {
    Undone {
        failed,
        kept: waiting::still_kept(parts),
        photos: photos::declared(parts, form, Vec::new(), Lang::default()).photos,
    }
}

/// Lets photos wait; tells if they are lost.
async fn wait(app: &App, reporter: &Caller, form: PhotoForm, photos: Vec<Photo>) -> Option<String> {
    let (_, lost) = waiting::let_wait(app, reporter, form, photos).await;
    (lost == Lost::Photos).then(|| are_lost(reporter.lang))
}

fn are_lost(lang: Lang) -> String {
    let words = lang.pick(
        "照片没有保留下来，请重新选择。",
        "The photos could not be kept: please choose them again.",
    );
    words.to_owned()
}

/// The form, to be sent again. Its id is another one: what was promised in spite of the failure is known by its digest.
fn asked_again(app: &App, code: String, is_first_return: bool) -> ConversationView {
    ConversationView {
        code,
        answer_id: app.ids.uuid(app.now()).to_string(),
        is_first_return,
        ..ConversationView::default()
    }
}

/// The form with the photos that came, because it could not be done for now what was asked.
async fn unanswered(
    app: &App,
    stranger: &Caller,
    (form, mut view): (PhotoForm, ConversationView),
    undone: Undone,
) -> HttpResponse {
    undone.failed.log();
    let refusal = undone.failed.refusal();
    let (kept, lost) = waiting::let_wait(app, stranger, form, undone.photos).await;
    view.kept = undone.kept;
    view.kept.extend(kept);
    view.photo_errors.push(refusal.message(stranger.lang));
    if lost == Lost::Photos {
        view.photo_errors.push(are_lost(stranger.lang));
    }
    let page = conversation::render_photos(&view, stranger.lang);
    html(answer::status(refusal.code), page)
}
