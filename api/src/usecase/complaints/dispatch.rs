//! Dispatching a complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    places::division::DivisionCode,
    policy::Action,
    refusal::{Code, Refusal},
};

/// The intake unit sends the complaint to the competent unit.
pub async fn dispatch(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    to: DivisionCode,
) -> Result<(), AppError> {
    if app.law.divisions.find(to).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "division").into());
    }
    let asked =
        Asked::of(id, "DispatchComplaint", complaint).with(|content| content.field("to", to));
    step::run(
        app,
        actor,
        asked,
        (Action::DispatchComplaint, ComplaintChange::Dispatched),
        |complaint, permit, setting| complaint.dispatch(permit, to, setting.now),
    )
    .await
}
