//! How a case ends otherwise than with a penalty.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError, store, usecase::cases, work::Work};
use liangxin_domain::{
    actor::Actor,
    cases::{
        case::Case,
        ending::{Ending, EndingKind},
    },
    event::Event,
    notices::{
        draft::{Draft, OnFile},
        field::{MatterField, OpenField},
        said::Said,
    },
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::{machine::Command, report::Report, state::Receiver},
    text::{Line, Narrative},
};

/// To whom a case goes.
#[derive(Debug, Clone)]
pub struct Handing {
    /// What kind of receiver.
    pub to: Receiver,
    /// Which one.
    pub receiver: Line,
    /// Why.
    pub reason: Narrative,
}

/// A head who did not investigate hands the case to another agency or to the police.
pub async fn transfer(
    app: &App,
    actor: &Actor,
    asked: Asked,
    handing: Handing,
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "TransferReport", |content| {
        content
            .field("to", handing.to)
            .field("receiver", &handing.receiver)
            .field("reason", &handing.reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::TransferReport).await?;
    let Handing {
        to,
        receiver,
        reason,
    } = handing;
    let written = Draft::to(OnFile)
        .say(MatterField::MatterNumber, report.number.as_str())
        .say(MatterField::Matter, report.goods.as_str())
        .say(OpenField::ToBody, receiver.as_str())
        .say(OpenField::Reason, reason.as_str())
        .say(OpenField::RecordedOn, Said::Day(work.today()));
    let command = Command::Transfer { to, receiver };
    let (report, step) = step::take(app, &work, (report, command), &permit).await?;
    let ended = ended(&work, &report, (EndingKind::Transferred, &permit)).await?;
    cases::papers::transfer(app, &work, ended).await?;
    papers::issue(app, &work, &report, step.paper, written.finish()).await?;
    step::end(
        app,
        work,
        Event::ReportTransferred {
            report: asked.report,
        },
    )
    .await
}

/// A head who did not investigate ends the case without a penalty.
pub async fn close_without_penalty(
    app: &App,
    actor: &Actor,
    asked: Asked,
    reason: Narrative,
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "CloseWithoutPenalty", |content| {
        content.field("reason", &reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::DecideCase).await?;
    let command = Command::CloseNoPenalty {
        reason: reason.clone(),
    };
    let (report, _) = step::take(app, &work, (report, command), &permit).await?;
    let ended = ended(&work, &report, (EndingKind::NoPenalty, &permit)).await?;
    cases::papers::close_without_penalty(app, &work, ended, &reason).await?;
    step::end(
        app,
        work,
        Event::ReportClosed {
            report: asked.report,
        },
    )
    .await
}

/// The case on the report, and how it ends.
async fn ended(
    work: &Work,
    report: &Report,
    (kind, permit): (EndingKind, &Permit),
) -> Result<(Case, Ending), AppError> {
    let case = report.state.case();
    let case = case.ok_or_else(|| AppError::damaged("report", "case_id"))?;
    let ending = Ending {
        kind,
        by: permit.by().ok_or_else(|| Refusal::of(Code::Denied))?,
        at: work.now(),
    };
    Ok((store::cases::get(work, &Actor::System, case).await?, ending))
}
