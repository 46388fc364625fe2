//! Naming the handler.

use super::step::{self, Asked, Opened};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    accounts::role::Role,
    actor::{Actor, Seat},
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId, UserId},
    policy::Action,
    refusal::{Code, Refusal},
};

/// Names who handles the complaint: a case officer whose division it lies in.
pub async fn assign(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    handler: UserId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "AssignComplaint", complaint)
        .with(|content| content.field("handler", handler));
    let opened = step::begin(app, actor, &asked, Action::AssignComplaint).await?;
    let Some(Opened {
        work,
        complaint,
        permit,
    }) = opened
    else {
        return Ok(());
    };
    let found = store::accounts::find(&work, handler).await?;
    let fits = found.is_some_and(|account| {
        let within = match account.seat {
            Seat::Bureau { division, .. } => division.contains(&complaint.division),
            Seat::Merchant(_) => false,
        };
        within && account.roles.has(Role::CaseOfficer)
    });
    if !fits {
        return Err(Refusal::on(Code::HandlerUnknown, "handlerId").into());
    }
    let step = complaint.assign(&permit, handler)?;
    step::save(app, &work, step, ComplaintChange::Assigned).await?;
    work.commit().await
}
