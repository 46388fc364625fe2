//! Filing a case on a failed visit.

use super::kept::report_of;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, numbers::Series},
    usecase::{inspections::certified_team, office, step},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    cases::{
        case::{Case, CaseState},
        evidence::VisitEvidence,
    },
    evidence::photo::PhotoOwner,
    id::{CaseId, CommandId, UserId, VisitId},
    inspections::visit::VisitStateKind,
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
    reports::command::Command,
};

/// What to file.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Filing {
    /// The new case; also names the command.
    pub case: CaseId,
    /// The visit that failed.
    pub visit: VisitId,
    /// Who investigates.
    pub investigators: Vec<UserId>,
}

/// A head files a case: prima facie evidence, two named officers (Order 2, article 19).
pub async fn file(app: &App, caller: &Caller, filing: Filing) -> Result<(), AppError> {
    let id = filing.case.uuid();
    let command = app.write(CommandId::new(id), "FileCase", id, &filing)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(());
    };
    let Filing {
        case,
        visit,
        investigators,
    } = filing;
    let found = store::inspections::get(&work, &caller.actor, visit).await?;
    let report = found.origin.report();
    let report = report.ok_or_else(|| Refusal::on(Code::CaseNeedsReport, "visitId"))?;
    // The case is the office's that has the report; the merchant may lie in a division below it.
    let unit = store::reports::get(&work, &Actor::System, report)
        .await?
        .custody
        .unit;
    let facts = office::facts(&work, &caller.actor, &unit, Stake::None).await?;
    let permit = permit(&caller.actor, Action::FileCase, facts)?;
    if found.state_kind() != VisitStateKind::Submitted {
        return Err(Refusal::of(Code::WrongState)
            .with(found.state_kind().to_string())
            .into());
    }
    evidence(&work, visit).await?.check()?;
    let new = Case {
        id: case,
        number: store::numbers::next(&work, Series::Case, unit).await?,
        visit,
        report,
        merchant: found.merchant,
        division: unit,
        investigators: certified_team(&work, &caller.actor, &investigators, "investigatorIds")
            .await?,
        filed_at: work.now(),
        filed_by: permit.person(Action::FileCase)?,
        state: CaseState::Filed,
        version: 1,
    };
    let report = report_of(&work, &new).await?;
    let command = Command::FileCase {
        case,
        officers: new.investigators.clone(),
    };
    step::take_along(app, &work, report, command, &permit).await?;
    store::cases::insert(&work, &new).await?;
    step::tell(app, &work, new.register()).await?;
    work.commit().await
}

async fn evidence(work: &Work, visit: VisitId) -> Result<VisitEvidence, AppError> {
    let measurements = store::measurements::measurements_of(work, visit).await?;
    let checks = store::measurements::checks_of(work, visit).await?;
    let failed = measurements.iter().filter(|found| found.fails()).count();
    let failed = failed + checks.iter().filter(|found| found.fails()).count();
    let missing = store::evidence::count_missing(work, PhotoOwner::Visit(visit)).await?;
    Ok(VisitEvidence {
        failed_findings: failed,
        missing_photos: usize::try_from(missing).unwrap_or(usize::MAX),
    })
}
