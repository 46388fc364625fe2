//! Accepting a complaint.

use super::step::{self, Asked, Opened};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    complaints::{
        change::ComplaintChange,
        consent::{ConsentMatter, Side},
    },
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The handler accepts; the period for the mediation opens.
pub async fn accept(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "AcceptComplaint", complaint);
    let opened = step::begin(app, actor, &asked, Action::HandleComplaint).await?;
    let Some(Opened {
        work,
        complaint,
        permit,
    }) = opened
    else {
        return Ok(());
    };
    let given = store::complaints::consents_of(&work, complaint.id).await?;
    let on_the_form = given.iter().find(|record| {
        (record.side, record.matter) == (Side::Complainant, ConsentMatter::Entrustment)
    });
    let step = complaint.accept(
        &permit,
        on_the_form.map(|record| record.consent),
        work.now(),
    )?;
    step::save(app, &work, step, ComplaintChange::Accepted).await?;
    work.commit().await
}
