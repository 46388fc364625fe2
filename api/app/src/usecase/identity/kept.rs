//! How an opening is loaded, permitted and written.

use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{office, step::Kept},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::OpeningId,
    policy::{Facts, Stake},
    privacy::{
        identity::IdentitySubject,
        opening::{Command, Opening, Setting},
    },
};

impl Kept for Opening {
    type Id = OpeningId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: OpeningId) -> Result<Self, AppError> {
        store::openings::get(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let report = store::reports::get(work, actor, self.report()?).await?;
        let stake = match actor.user() == Some(self.requested_by) {
            true => Stake::Own,
            false => Stake::None,
        };
        office::facts(work, actor, &report.custody.unit, stake).await
    }

    async fn setting(&self, app: &App, work: &Work, _: &Command) -> Result<Setting, AppError> {
        Ok(Setting {
            now: work.now(),
            look: work.new_id(&app.ids),
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        match self.look {
            Some(look) => store::openings::insert_look(work, look, self.id).await,
            None => store::openings::save(work, self).await,
        }
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(matter_of(self.subject))
    }
}

/// The matter that an identity belongs to.
pub(super) const fn matter_of(subject: IdentitySubject) -> RunsOn {
    match subject {
        IdentitySubject::Report(report) => RunsOn::Report(report),
        IdentitySubject::Complaint(complaint) => RunsOn::Complaint(complaint),
        IdentitySubject::Reward(reward) => RunsOn::Reward(reward),
    }
}
