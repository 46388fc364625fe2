//! Closing a visit.

use super::stake;
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, ratings::NewFinding},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, FindingId, VisitId},
    inspections::visit::{InstrumentCheck, Measurement, Recorded, Seal, Visit},
    metrology::verdict::Outcome,
    policy::{Action, Facts, permit},
    ratings::evidence::Finding,
};

/// Closes a visit. What was passed counts for the grade at once; what failed counts once a case on
/// it is decided.
pub async fn submit(
    app: &App,
    actor: &Actor,
    id: CommandId,
    visit: VisitId,
) -> Result<(), AppError> {
    let content = Canonical::of("SubmitVisit").field("visit", visit);
    let command = app::command(id, "SubmitVisit", visit.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::inspections::get(&work, actor, visit).await?;
    let permit = permit(
        actor,
        Action::SubmitVisit,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let measurements = store::measurements::measurements_of(&work, visit).await?;
    let checks = store::measurements::checks_of(&work, visit).await?;
    let recorded = Recorded {
        findings: measurements.len() + checks.len(),
    };
    let changed = found.submit(&permit, recorded, work.now())?;
    store::inspections::save(&work, &changed).await?;
    write_findings(app, &work, &changed, (&measurements, &checks)).await?;
    app.record(
        &work,
        Event::VisitSubmitted {
            visit,
            report: changed.report,
        },
    );
    work.commit().await
}

/// B1: quantity within tolerance on re-weighing. B3: seals intact.
async fn write_findings(
    app: &App,
    work: &Work,
    visit: &Visit,
    (measurements, checks): (&[Measurement], &[InstrumentCheck]),
) -> Result<(), AppError> {
    let weighed =
        measurements
            .iter()
            .filter_map(|measurement| match measurement.judgement.verdict.outcome {
                Outcome::Conforms => Some(("B1", true, "现场复秤", "re-weighing on site")),
                Outcome::Fails => Some(("B1", false, "现场复秤", "re-weighing on site")),
                Outcome::ScreeningOnly | Outcome::NotAssessable => None,
            });
    let sealed = checks.iter().filter_map(|check| match check.seal {
        Seal::Intact => Some(("B3", true, "封印检查", "check of the seal")),
        Seal::Broken => Some(("B3", false, "封印检查", "check of the seal")),
        Seal::None => None,
    });
    for (indicator, passed, zh, en) in weighed.chain(sealed) {
        let finding = NewFinding {
            id: FindingId::new(app.ids.uuid(work.now())),
            merchant: visit.merchant,
            finding: Finding {
                indicator: store::ratings::indicator(indicator)?,
                passed,
                found_on: work.today(),
            },
            settled_on: passed.then(|| work.today()),
            visit: Some(visit.id),
            note: (zh.to_owned(), en.to_owned()),
        };
        store::ratings::insert_finding(work, finding).await?;
    }
    Ok(())
}
