//! Answering the bureau with the receipt code.

use super::day_began;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    usecase::{receipts::Tried, reports},
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, MessageId, ReportId},
    limits::ANSWERS_PER_DAY,
    privacy::message::{Message, MessageText, Sender},
    refusal::{Code, Refusal},
};

/// An answer, or something that the reporter wants to add.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its id, which also names the write.
    pub id: MessageId,
    /// The question; none if nothing was asked.
    pub question: Option<MessageId>,
    /// The words.
    pub text: MessageText,
}

/// Whoever shows the receipt code answers; answers the report.
pub async fn answer(app: &App, tried: Tried<'_>, answer: Answer) -> Result<ReportId, AppError> {
    let (report, _) = reports::reporter_of(app, tried).await?;
    take_answer(app, report, answer).await?;
    Ok(report)
}

/// A reporter, whose code was shown already, answers.
pub async fn take_answer(app: &App, report: ReportId, answer: Answer) -> Result<(), AppError> {
    let Answer { id, question, text } = answer;
    let reporter = Actor::Reporter(report);
    let content = Canonical::of("AnswerQuestion")
        .field("report", report)
        .optional("question", question)
        .field("text", &text);
    let command = app::command(
        CommandId::new(id.uuid()),
        "AnswerQuestion",
        id.uuid(),
        &content,
    );
    let Begun::Fresh(work) = app.begin(&reporter, &command).await? else {
        return Ok(());
    };
    if let Some(question) = question
        && !store::messages::is_question(&work, report, question).await?
    {
        return Err(Refusal::on(Code::QuestionUnknown, "questionId").into());
    }
    let today = (Sender::Reporter, day_began(work.now()));
    if store::messages::count_since(&work, report, today).await? >= ANSWERS_PER_DAY {
        return Err(Refusal::of(Code::MessageLimit)
            .with(ANSWERS_PER_DAY.to_string())
            .into());
    }
    let message = Message {
        id,
        report,
        sender: Sender::Reporter,
        officer: None,
        answers: question,
        text: text.to_string(),
        at: work.now(),
    };
    store::messages::insert(&work, &message).await?;
    app.record(
        &work,
        Event::ReporterAnswered {
            message: id,
            report,
        },
    );
    work.commit().await
}
