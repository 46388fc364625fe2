//! Disputes about who is competent for a report (Order 121, article 33).

use super::{
    dispatch::seat,
    step::{self, Asked},
};
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::law,
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, DisputeId, ReportId},
    law::effect::ClockEffect,
    places::{
        custody::Custody,
        dispute::{Dispute, DisputeState},
        division::DivisionCode,
    },
    policy::{Action, Facts, Place, Stake, permit},
    refusal::{Code, Refusal},
    reports::record::{Record, RecordKind},
    text::Narrative,
};

/// A unit says that another one is competent; seven working days to agree. The write's id names the
/// dispute.
pub async fn raise_dispute(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (other, reason): (DivisionCode, Narrative),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "RaiseCompetenceDispute", |content| {
        content.field("other", other).field("reason", &reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::DisputeCompetence).await?;
    if app.law.divisions.find(other).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "other").into());
    }
    if !report.state.is_open() {
        return Err(Refusal::of(Code::WrongState)
            .with(report.state.kind().to_string())
            .into());
    }
    let id = DisputeId::new(asked.id.uuid());
    let units = (report.custody.unit, other);
    let (dispute, clocks) = Dispute::raise((id, report.id), units, reason, &permit, work.now())?;
    store::disputes::insert(&work, &dispute).await?;
    law::apply(app, &work, RunsOn::Dispute(id), &clocks).await?;
    step::end(
        app,
        work,
        Event::CompetenceDisputed {
            report: asked.report,
        },
    )
    .await
}

/// The units agree. Whoever is not in one of them is told that there is no such dispute.
pub async fn settle_dispute(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (dispute, unit): (DisputeId, DivisionCode),
) -> Result<ReportId, AppError> {
    let Some((work, found)) =
        begin(app, actor, id, "SettleCompetenceDispute", (dispute, unit)).await?
    else {
        return Ok(store::disputes::get(&app.db, dispute).await?.report);
    };
    let facts = Facts::at(actor, &found.holder, Stake::None);
    if facts.place == Place::Elsewhere
        && Facts::at(actor, &found.other, Stake::None).place == Place::Elsewhere
    {
        return Err(Refusal::on(Code::NotFound, "disputeId").into());
    }
    // The unit that has the report gives it away or keeps it; the other one cannot take it.
    let permit = permit(actor, Action::DisputeCompetence, facts)?;
    let (settled, clocks) = found.agree(unit, &permit, work.now())?;
    end(app, work, settled, &clocks).await
}

/// A common superior designates one of the units.
pub async fn designate(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (dispute, unit): (DisputeId, DivisionCode),
) -> Result<ReportId, AppError> {
    let Some((work, found)) = begin(app, actor, id, "DesignateCompetence", (dispute, unit)).await?
    else {
        return Ok(store::disputes::get(&app.db, dispute).await?.report);
    };
    let facts = Facts::at(actor, &found.holder, Stake::None);
    if facts.place == Place::Elsewhere {
        return Err(Refusal::on(Code::NotFound, "disputeId").into());
    }
    let permit = permit(actor, Action::DesignateCompetence, facts)?;
    let (settled, clocks) = found.designate((seat(actor)?, unit), &permit, work.now())?;
    end(app, work, settled, &clocks).await
}

async fn begin(
    app: &App,
    actor: &Actor,
    id: CommandId,
    operation: &'static str,
    (dispute, unit): (DisputeId, DivisionCode),
) -> Result<Option<(Work, Dispute)>, AppError> {
    let content = Canonical::of(operation)
        .field("dispute", dispute)
        .field("unit", unit);
    let command = app::command(id, operation, dispute.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(None);
    };
    let found = store::disputes::get(&work, dispute).await?;
    Ok(Some((work, found)))
}

/// The report goes to whose it is, and the log keeps that it did.
async fn end(
    app: &App,
    work: Work,
    settled: Dispute,
    clocks: &[ClockEffect],
) -> Result<ReportId, AppError> {
    let (DisputeState::Agreed { unit, by, .. } | DisputeState::Designated { unit, by, .. }) =
        settled.state
    else {
        return Err(Refusal::of(Code::DisputeClosed).into());
    };
    store::disputes::save(&work, &settled).await?;
    law::apply(app, &work, RunsOn::Dispute(settled.id), clocks).await?;
    let mut report = store::reports::get(&work, &Actor::System, settled.report).await?;
    let record = Record {
        from: Some(report.custody.unit),
        to: Some(unit),
        ..Record::of(RecordKind::Designation, Some(by), work.now())
    };
    // What was decided on meanwhile stays where it was decided.
    if report.state.is_open() {
        report.custody = Custody::designate(unit);
        store::reports::save(&work, &report).await?;
    }
    step::note(app, &work, report.id, &record).await?;
    step::end(app, work, Event::CompetenceDisputed { report: report.id }).await?;
    Ok(report.id)
}
