//! Asking to see who reported.

use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, OpeningId, ReportId},
    policy::{Action, Facts, Stake, permit},
    privacy::{
        identity::IdentitySubject,
        opening::{NewOpening, Opening},
    },
    refusal::{Code, Refusal},
};

/// What an officer asks for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The report whose reporter it is about.
    pub report: ReportId,
    /// Purpose, reason and fields.
    pub new: NewOpening,
}

/// An officer asks to see fields of the reporter's identity. Nothing is shown yet.
pub async fn request(app: &App, actor: &Actor, request: Request) -> Result<OpeningId, AppError> {
    let Request { report, new } = request;
    let content = Canonical::of("RequestIdentityOpening")
        .field("report", report)
        .field("purpose", new.purpose)
        .field("reason", &new.reason);
    let content = new
        .fields
        .iter()
        .fold(content, |content, field| content.field("field", field));
    let id = CommandId::new(new.id.uuid());
    let command = app::command(id, "RequestIdentityOpening", new.id.uuid(), &content);
    let opening = new.id;
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(opening);
    };
    let found = store::reports::get(&work, actor, report).await?;
    let facts = Facts::at(actor, &found.custody.unit, Stake::None);
    let permit = permit(actor, Action::RequestIdentityOpening, facts)?;
    let subject = IdentitySubject::Report(report);
    let identity = store::identities::find(&work, subject)
        .await?
        .ok_or_else(|| Refusal::on(Code::IdentityAbsent, "reportId"))?;
    let roles = &actor.signed_in()?.roles;
    let requested = Opening::request(new, (identity.id, subject), &permit, roles, work.now())?;
    store::openings::insert(&work, &requested).await?;
    app.record(&work, Event::IdentityOpeningRequested { opening });
    work.commit().await?;
    Ok(opening)
}
