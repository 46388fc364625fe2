//! How a paper is loaded and permitted, and how its service is written.

use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{cases, office, step::Kept},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    notices::{
        notice::{Command, Notice, Setting, Subject},
        paper::Paper,
    },
    policy::{Facts, Stake},
};

impl Kept for Notice {
    type Id = NoticeId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: NoticeId) -> Result<Self, AppError> {
        let (notice, _) = store::notices::get(work, actor, id).await?;
        Ok(notice)
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        office::facts(work, actor, &self.division, Stake::None).await
    }

    async fn setting(&self, _: &App, work: &Work, _: &Command) -> Result<Setting, AppError> {
        Ok(Setting { now: work.now() })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::notices::save_service(work, self).await
    }

    /// The receipt of service is a paper of the case whose paper was served.
    async fn issue_for(
        &self,
        app: &App,
        work: &Work,
        paper: Paper,
        (_, command): (&Setting, &Command),
    ) -> Result<(), AppError> {
        match (paper, self.subject, command.delivery()) {
            (Paper::ServiceReceipt, Subject::Case(case), Some(delivery)) => {
                cases::note_served(app, work, (self, &delivery), case).await
            }
            _ => self.issue(app, work, paper).await,
        }
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(match self.subject {
            Subject::Complaint(complaint) => RunsOn::Complaint(complaint),
            Subject::Report(report) => RunsOn::Report(report),
            Subject::Case(case) => RunsOn::Case(case),
            Subject::Reward(reward) => RunsOn::Reward(reward),
            Subject::Dispute(dispute) => RunsOn::Dispute(dispute),
        })
    }
}
