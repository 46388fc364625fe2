//! Handing a report to the competent unit, and giving it back.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    notices::{field::OpenField, paper::Paper, said::Said},
    places::{custody::Custody, division::DivisionCode},
    policy::Action,
    refusal::{Code, Refusal},
    reports::record::{Record, RecordKind},
    text::Narrative,
};

/// The intake unit dispatches a report to a lower unit at once (Order 121, article 41).
pub async fn dispatch(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (to, basis): (DivisionCode, Narrative),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "DispatchReport", |content| {
        content.field("to", to).field("basis", &basis)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    step::allow(&work, actor, &report, Action::SortReport)
        .await?
        .person(Action::SortReport)?;
    let intake = seat(actor)?;
    if app.law.divisions.find(to).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "to").into());
    }
    let changed = report.hand_over(|custody| custody.dispatch(intake, to))?;
    store::reports::save(&work, &changed).await?;
    let (from, receiver) = (
        papers::bureau(&work, intake, "to").await?,
        papers::bureau(&work, to, "to").await?,
    );
    let written = papers::to_bureau(&changed, &from, &receiver)
        .say(OpenField::RespondentName, changed.party.as_str())
        .say(OpenField::DispatchBasis, basis.as_str())
        .say(OpenField::ReceivedOn, Said::Day(changed.received_on()))
        .say(OpenField::RecordedOn, Said::Day(work.today()));
    papers::issue(
        app,
        &work,
        &changed,
        Paper::DispatchLetter,
        written.finish(),
    )
    .await?;
    let record = Record {
        from: Some(intake),
        to: Some(to),
        words: Some(basis),
        ..Record::of(RecordKind::Dispatch, actor.user(), work.now())
    };
    step::note(app, &work, changed.id, &record).await?;
    step::end(
        app,
        work,
        Event::ReportDispatched {
            report: asked.report,
        },
    )
    .await
}

/// A unit without competence gives a report back to where it came from; it may not pass it on
/// (Order 121, article 41).
pub async fn give_back(
    app: &App,
    actor: &Actor,
    asked: Asked,
    reason: Narrative,
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "ReturnReport", |content| {
        content.field("reason", &reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    step::allow(&work, actor, &report, Action::SortReport)
        .await?
        .person(Action::SortReport)?;
    let from = report.custody.unit;
    let changed = report.hand_over(Custody::give_back)?;
    store::reports::save(&work, &changed).await?;
    let to = changed.custody.unit;
    let (sender, receiver) = (
        papers::bureau(&work, from, "reportId").await?,
        papers::bureau(&work, to, "reportId").await?,
    );
    let written = papers::to_bureau(&changed, &sender, &receiver)
        .say(OpenField::Reason, reason.as_str())
        .say(OpenField::RecordedOn, Said::Day(work.today()));
    papers::issue(app, &work, &changed, Paper::ReturnLetter, written.finish()).await?;
    let record = Record {
        from: Some(from),
        to: Some(to),
        words: Some(reason),
        ..Record::of(RecordKind::Return, actor.user(), work.now())
    };
    step::note(app, &work, changed.id, &record).await?;
    step::end(
        app,
        work,
        Event::ReportDispatched {
            report: asked.report,
        },
    )
    .await
}

/// The division that the officer sits in.
pub(super) fn seat(actor: &Actor) -> Result<DivisionCode, AppError> {
    actor
        .division()
        .copied()
        .ok_or_else(|| Refusal::of(Code::Denied).into())
}
