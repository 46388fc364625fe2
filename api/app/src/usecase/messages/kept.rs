//! How the conversation about a report is loaded, permitted and written.

use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{office, step::Kept},
    work::Work,
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoOwner,
    id::ReportId,
    law::calendar::shanghai_date,
    policy::{Facts, Stake},
    privacy::{
        conversation::{Added, Command, Conversation, Question, Setting},
        message::Sender,
    },
};

impl Kept for Conversation {
    type Id = ReportId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: ReportId) -> Result<Self, AppError> {
        let report = store::reports::get(work, actor, id).await?;
        Ok(Self {
            report: report.id,
            unit: report.custody.unit,
            added: None,
        })
    }

    /// An inspector sees a report only if sent on it.
    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        office::facts(work, actor, &self.unit, Stake::Assigned).await
    }

    async fn setting(&self, _: &App, work: &Work, command: &Command) -> Result<Setting, AppError> {
        let since = day_began(work.now());
        let mut setting = Setting {
            now: work.now(),
            today: 0,
            question: Question::Known,
            photos: 0,
        };
        match command {
            Command::AskReporter { .. } => {
                let asked = (Sender::Bureau, since);
                setting.today = store::messages::count_since(work, self.report, asked).await?;
            }
            Command::AnswerQuestion { question, .. } => {
                let answered = (Sender::Reporter, since);
                setting.today = store::messages::count_since(work, self.report, answered).await?;
                if let Some(question) = question
                    && !store::messages::is_question(work, self.report, *question).await?
                {
                    setting.question = Question::Unknown;
                }
            }
            Command::AddReportPhotos { .. } => {
                setting.today =
                    store::messages::count_additions_since(work, self.report, since).await?;
                let owed = store::evidence::count(work, PhotoOwner::Report(self.report)).await?;
                setting.photos = usize::try_from(owed).unwrap_or(usize::MAX);
            }
        }
        Ok(setting)
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        match &self.added {
            Some(Added::Message(message)) => store::messages::insert(work, message).await,
            Some(Added::Photos(photos)) => {
                store::evidence::declare(work, PhotoOwner::Report(self.report), photos).await
            }
            None => Ok(()),
        }
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Report(self.report))
    }
}

/// The first moment of the day in China: bounds for a day begin anew with it.
fn day_began(now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = shanghai_date(now).and_hms_opt(0, 0, 0).unwrap_or_default();
    midnight.and_utc() - TimeDelta::hours(8)
}
