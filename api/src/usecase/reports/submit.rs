//! One submission that is split into its parts (Order 121, article 9).

use super::file::{self, Filed};
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    id::{CommandId, SubmissionId},
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    reports::report::NewReport,
};

/// What came in one go.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Its id; also names the command. The parts have ids of their own, and secrets of their own,
    /// so that nothing in one part leads to the other.
    pub id: SubmissionId,
    /// The report, if it points at a breach.
    pub report: Option<NewReport>,
}

/// What the citizen takes home: a receipt a part.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// For the report.
    pub report: Option<Filed>,
}

/// Takes all parts in or none: each with its own number, period, confidentiality, receipt code and
/// outcome. The row that joins them is read by nobody.
pub async fn submit(
    app: &App,
    actor: &Actor,
    submission: Submission,
) -> Result<Submitted, AppError> {
    permit(actor, Action::FileReport, Facts::placeless(Stake::None))?;
    let Submission { id, report } = submission;
    let Some(new) = report else {
        return Err(Refusal::of(Code::SubmissionEmpty).into());
    };
    new.check(app.now())?;
    let part = file::command(&new);
    let content = Canonical::of("FileSubmission").field("report", part.digest);
    let ready = file::prepare(app, new).await?;
    let command = app::command(
        CommandId::new(id.uuid()),
        "FileSubmission",
        id.uuid(),
        &content,
    );
    if let Begun::Fresh(work) = app.begin(actor, &command).await? {
        // The part is a write of its own as well: sent again alone, it is the same report.
        let Begun::Fresh(work) = work.begin_command(&part).await? else {
            return Err(Refusal::on(Code::IdReused, "report.id").into());
        };
        file::take_in(app, &work, &ready).await?;
        store::reports::insert_submission(&work, id, None, Some(ready.new.id)).await?;
        work.commit().await?;
    }
    let report = Some(file::filed(app, ready).await?);
    Ok(Submitted { report })
}
