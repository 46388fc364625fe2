//! More photos of a report that is filed, from the page on which it is followed.

use super::answer::or_refusal;
use super::conversation::ANSWER_ID_PART;
use super::report::photos::{self, Came};
use super::track::CODE_PART;
use super::track_request::{Said, come_back, id_of, seen, show_report};
use crate::{in_time::in_time_with_photos, metrics::Metrics, request};
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use liangxin_app::{
    app::App,
    error::AppError,
    spool::Spooled,
    turns::Whose,
    usecase::{
        evidence::{self, Looked},
        reports::Returned,
        step,
    },
};
use liangxin_domain::{
    evidence::photo::DeclaredPhoto,
    id::CommandId,
    privacy::conversation::{Command, Conversation},
    refusal::Refusal,
};
use std::sync::Arc;
use uuid::Uuid;

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
    let stranger = request::stranger(&request);
    let came = photos::receive(&request, &app, &stranger, form).await;
    let page = added(&request, &app, &metrics, came);
    or_refusal(&request, in_time_with_photos(&request, page).await)
}

async fn added(
    request: &HttpRequest,
    app: &App,
    metrics: &Metrics,
    came: Came,
) -> Result<HttpResponse, AppError> {
    let lang = request::lang(request);
    let Came {
        whole,
        mut parts,
        spent,
        room: _room,
    } = came;
    whole?;
    let code = parts.text(CODE_PART);
    let returned = match come_back(request, app, &code).await? {
        Ok(returned) => returned,
        Err(refused) => return Ok(refused),
    };
    let id = id_of(&parts.text(ANSWER_ID_PART))?;
    let mut told: Vec<_> = spent.err().iter().map(|it| it.message(lang)).collect();
    let mut came = Vec::new();
    for (place, photo) in std::mem::take(&mut parts.photos) {
        match look(app, (id, place), photo).await? {
            Ok(photo) => came.push(photo),
            Err(refusal) => told.push(photos::photo_error(place, &refusal, lang).message),
        }
    }
    if !came.is_empty() {
        let refused = seen(keep(app, &returned, id, came, metrics).await)?;
        told.extend(refused.map(|refusal| refusal.message(lang)));
    }
    let said = Said {
        photos: told,
        ..Said::default()
    };
    show_report(request, app, (returned, code), said).await
}

/// A photo that is one, with what the report says of it.
async fn look(
    app: &App,
    (form, place): (Uuid, usize),
    photo: Result<Spooled, Refusal>,
) -> Result<Result<(DeclaredPhoto, Looked), Refusal>, AppError> {
    let body = match photo {
        Ok(body) => Arc::new(body),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let declared = photos::declare(form, place, body.sha256, body.size_bytes);
    match evidence::look(app, Whose::Guest, body).await {
        Ok(looked) => Ok(Ok((declared, looked))),
        Err(AppError::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error),
    }
}

async fn keep(
    app: &App,
    returned: &Returned,
    id: Uuid,
    came: Vec<(DeclaredPhoto, Looked)>,
    metrics: &Metrics,
) -> Result<(), AppError> {
    let photos = came.iter().map(|(declared, _)| declared.clone()).collect();
    let adding = Command::AddReportPhotos { photos };
    let (reporter, report) = (&returned.reporter, returned.report);
    step::take::<Conversation>(app, reporter, CommandId::new(id), report, adding).await?;
    for (declared, looked) in came {
        evidence::store_looked(app, reporter, declared.id, looked).await?;
        metrics.count_upload_bytes(declared.size_bytes);
    }
    Ok(())
}
