//! Waiting for a test.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    law::clock::PauseCause,
    policy::Action,
    reports::machine::Command,
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
    step::take(app, &work, (report, command), &permit).await?;
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
    step::take(app, &work, (report, command), &permit).await?;
    step::end(
        app,
        work,
        Event::VerificationResumed {
            report: asked.report,
        },
    )
    .await
}
