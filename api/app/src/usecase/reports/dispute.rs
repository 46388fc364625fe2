//! Disputes about who is competent for a report (Order 121, article 33), as they are kept.

use super::kept::note;
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{office, step::Kept},
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
        let places = places(work, actor, &found).await?;
        if places.iter().all(|place| *place == Place::Elsewhere) {
            return Err(Refusal::on(Code::NotFound, "disputeId").into());
        }
        Ok(found)
    }

    /// It lies with both units: each speaks for itself.
    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let places = places(work, actor, self).await?;
        let is_at = |place| places.contains(&place);
        let nearest = [Place::Office, Place::Below]
            .into_iter()
            .find(|at| is_at(*at));
        Ok(Facts {
            place: nearest.unwrap_or(Place::Elsewhere),
            stake: Stake::None,
        })
    }

    async fn setting(
        &self,
        _app: &App,
        work: &Work,
        _command: &Command,
    ) -> Result<Setting, AppError> {
        let actor = work.actor();
        let places = places(work, actor, self).await?;
        let mut sides = [self.holder, self.other].into_iter().zip(places);
        let own = sides.find(|(_, place)| *place == Place::Office);
        Ok(Setting {
            now: work.now(),
            seat: actor.division().copied(),
            side: own.map(|(unit, _)| unit),
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

/// Where holder and other unit lie, seen by an actor.
async fn places(work: &Work, actor: &Actor, dispute: &Dispute) -> Result<[Place; 2], AppError> {
    let Dispute { holder, other, .. } = dispute;
    let holder = office::facts(work, actor, holder, Stake::None).await?;
    let other = office::facts(work, actor, other, Stake::None).await?;
    Ok([holder.place, other.place])
}
