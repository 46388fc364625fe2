//! Disputes about who is competent for a report (Order 121, article 33), as they are kept.

use super::kept::note;
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::step::Kept,
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::DisputeId,
    places::dispute::{Command, Dispute, Setting},
    policy::{Facts, Permit, Place, Stake},
    refusal::{Code, Refusal},
    reports::record::{Record, RecordKind},
};

impl Kept for Dispute {
    type Id = DisputeId;

    /// Whoever is in none of the units, nor above them, is told that there is no such dispute.
    async fn load(_app: &App, work: &Work, actor: &Actor, id: DisputeId) -> Result<Self, AppError> {
        let found = store::disputes::get(work, id).await?;
        let is_elsewhere = |unit| Facts::at(actor, unit, Stake::None).place == Place::Elsewhere;
        if is_elsewhere(&found.holder) && is_elsewhere(&found.other) {
            return Err(Refusal::on(Code::NotFound, "disputeId").into());
        }
        Ok(found)
    }

    /// The unit that has the report gives it away or keeps it; the other one cannot take it.
    async fn facts(&self, _work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        Ok(Facts::at(actor, &self.holder, Stake::None))
    }

    async fn setting(
        &self,
        _app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        let actor = work.actor();
        let is_designated = matches!(command, Command::DesignateCompetence { .. });
        let place = Facts::at(actor, &self.holder, Stake::None).place;
        if is_designated && place == Place::Elsewhere {
            return Err(Refusal::on(Code::NotFound, "disputeId").into());
        }
        Ok(Setting {
            now: work.now(),
            seat: actor.division().copied(),
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::disputes::save(work, self).await
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Dispute(self.id))
    }

    async fn follow(
        &self,
        app: &App,
        work: &Work,
        (_permit, setting): (&Permit, &Setting),
        _command: &Command,
    ) -> Result<(), AppError> {
        let Some((unit, by)) = self.state.ended() else {
            return Ok(());
        };
        let report = store::reports::get(work, &Actor::System, self.report).await?;
        let record = Record {
            from: Some(report.custody.unit),
            to: Some(unit),
            ..Record::of(RecordKind::Designation, Some(by), setting.now)
        };
        if let Some(designated) = report.designated_to(unit) {
            store::reports::save(work, &designated).await?;
        }
        note(app, work, self.report, &record).await
    }
}
