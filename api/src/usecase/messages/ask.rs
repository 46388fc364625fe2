//! Asking a reporter.

use super::day_began;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, MessageId, ReportId},
    limits::QUESTIONS_PER_DAY,
    policy::{Action, Facts, Stake, permit},
    privacy::message::{Message, MessageText, Sender},
    refusal::{Code, Refusal},
};

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id, which also names the write.
    pub id: MessageId,
    /// The report.
    pub report: ReportId,
    /// The words.
    pub text: MessageText,
}

/// An officer asks; the reporter reads it with the receipt code, and gets a mail if there is an
/// address.
pub async fn ask(app: &App, actor: &Actor, question: Question) -> Result<ReportId, AppError> {
    let Question { id, report, text } = question;
    let content = Canonical::of("AskReporter")
        .field("report", report)
        .field("text", &text);
    let command = app::command(
        CommandId::new(id.uuid()),
        "AskReporter",
        id.uuid(),
        &content,
    );
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(report);
    };
    let found = store::reports::get(&work, actor, report).await?;
    // An inspector sees a report only if sent on it.
    let facts = Facts::at(actor, &found.custody.unit, Stake::Assigned);
    let permit = permit(actor, Action::AskReporter, facts)?;
    let today = (Sender::Bureau, day_began(work.now()));
    if store::messages::count_since(&work, report, today).await? >= QUESTIONS_PER_DAY {
        return Err(Refusal::of(Code::MessageLimit)
            .with(QUESTIONS_PER_DAY.to_string())
            .into());
    }
    let message = Message {
        id,
        report,
        sender: Sender::Bureau,
        officer: Some(permit.person(Action::AskReporter)?),
        answers: None,
        text: text.to_string(),
        at: work.now(),
    };
    store::messages::insert(&work, &message).await?;
    app.record(
        &work,
        Event::ReporterAsked {
            message: id,
            report,
        },
    );
    work.commit().await?;
    Ok(report)
}
