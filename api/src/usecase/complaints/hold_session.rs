//! Holding a session.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::mediation::{Session, SessionMode},
    id::{CommandId, ComplaintId},
    policy::Action,
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};

/// A session, as it was held.
#[derive(Debug, Clone)]
pub struct HeldSession {
    /// How.
    pub mode: SessionMode,
    /// When.
    pub held_at: DateTime<Utc>,
    /// The place, for a session on site.
    pub place: Option<Line>,
    /// Who mediated.
    pub mediators: Vec<Line>,
    /// What was said.
    pub record: Narrative,
}

/// Writes down a session that was held.
pub async fn hold_session(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    held: HeldSession,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "HoldSession", complaint).with(|content| {
        held.mediators
            .iter()
            .fold(content, |content, name| content.field("mediator", name))
            .field("mode", held.mode)
            .field("held_at", held.held_at.timestamp_millis())
            .optional("place", held.place.as_ref())
            .field("record", &held.record)
    });
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::SessionHeld),
        |complaint, permit, setting| {
            if held.held_at > setting.now {
                return Err(Refusal::on(Code::TimeInFuture, "heldAt"));
            }
            let session = Session {
                mode: held.mode,
                held_at: held.held_at,
                place: held.place,
                mediators: held.mediators,
                record: held.record,
                by: permit.person(Action::HandleComplaint)?,
            };
            complaint.hold_session(permit, session)
        },
    )
    .await
}
