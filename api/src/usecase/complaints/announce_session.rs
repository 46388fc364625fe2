//! Announcing a session on site.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::mediation::Announcement,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Line,
};

/// A session on site, as it is planned.
#[derive(Debug, Clone)]
pub struct SessionPlan {
    /// When.
    pub meets_at: DateTime<Utc>,
    /// Where.
    pub place: Line,
    /// Who mediates.
    pub mediators: Vec<Line>,
    /// The last day to ask that a mediator steps back.
    pub recusal_until: NaiveDate,
}

/// Both sides are told time, place and mediators.
pub async fn announce_session(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    plan: SessionPlan,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "AnnounceSession", complaint).with(|content| {
        plan.mediators
            .iter()
            .fold(content, |content, name| content.field("mediator", name))
            .field("meets_at", plan.meets_at.timestamp_millis())
            .field("place", &plan.place)
            .field("recusal_until", plan.recusal_until)
    });
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::SessionAnnounced),
        |complaint, permit, setting| {
            let announcement = Announcement {
                meets_at: plan.meets_at,
                place: plan.place,
                mediators: plan.mediators,
                recusal_until: plan.recusal_until,
                by: permit.person(Action::HandleComplaint)?,
                at: setting.now,
            };
            complaint.announce_session(permit, announcement)
        },
    )
    .await
}
