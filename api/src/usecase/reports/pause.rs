//! Waiting for a test.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    law::clock::PauseCause,
    policy::Action,
    reports::{machine::Command, state::ReportState},
    text::{Line, Narrative},
};

/// What goes where, and why.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Testing, or identification by a right holder.
    pub cause: PauseCause,
    /// Who has it.
    pub body: Line,
    /// What.
    pub sample: Line,
}

/// A sample goes to a testing body; time stands still until the answer comes (Order 2, article 18).
pub async fn pause(app: &App, actor: &Actor, asked: Asked, sample: Sample) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "PauseForTesting", |content| {
        content
            .field("cause", sample.cause)
            .field("body", &sample.body)
            .field("sample", &sample.sample)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::VerifyReport).await?;
    let Sample {
        cause,
        body,
        sample,
    } = sample;
    let command = Command::PauseForTesting {
        cause,
        body,
        sample,
    };
    let (report, _) = step::take(app, &work, (report, command), &permit).await?;
    if let ReportState::PausedTest(_, _, testing) = &report.state {
        papers::test_ordered(app, &work, &report, testing).await?;
    }
    step::end(
        app,
        work,
        Event::VerificationPaused {
            report: asked.report,
        },
    )
    .await
}

/// The answer came back; time counts again.
pub async fn resume(
    app: &App,
    actor: &Actor,
    asked: Asked,
    result: Narrative,
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "ResumeVerification", |content| {
        content.field("result", &result)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::VerifyReport).await?;
    let command = Command::Resume { result };
    let (report, _) = step::take(app, &work, (report, command), &permit).await?;
    let tests = report.state.verification().map(|lead| &lead.tests);
    if let Some(done) = tests.and_then(|tests| tests.last()) {
        papers::test_done(app, &work, &report, done).await?;
    }
    step::end(
        app,
        work,
        Event::VerificationResumed {
            report: asked.report,
        },
    )
    .await
}
