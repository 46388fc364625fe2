//! Linking reports of different reporters.

use super::step::{self, Asked};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::ReportId,
    policy::Action,
    refusal::{Code, Refusal},
    reports::resemblance::Sameness,
};

/// Two reports of different reporters about one matter stand beside each other from now on; each
/// keeps its own period, confidentiality and reward claim. Both must be in the actor's hands.
pub async fn link(app: &App, actor: &Actor, asked: Asked, other: ReportId) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "LinkReports", |content| {
        content.field("other", other)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let by = step::allow(&work, actor, &report, Action::VerifyReport).await?;
    let pair = store::reports::find_pair(&work, actor, report.id, (other, "otherId")).await?;
    step::allow(&work, actor, &pair.earlier, Action::VerifyReport).await?;
    if pair.resemblance.reporter == Sameness::Same {
        return Err(Refusal::on(Code::SameReporter, "otherId").into());
    }
    let by = by.person(Action::VerifyReport)?;
    let id = app.ids.uuid(work.now());
    store::reports::insert_link(&work, id, (report.id, other), by).await?;
    step::end(
        app,
        work,
        Event::ReportLinked {
            report: asked.report,
        },
    )
    .await
}
