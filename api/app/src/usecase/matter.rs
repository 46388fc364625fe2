//! Who may act on a matter: nobody who is tied to the operator that it is about, or who stepped back from its case
//! (Administrative Penalty Law, article 43; Order 2, article 4; Order 121, article 21). Every step asks here, by way of what
//! its noun says that it is about; so does what is made anew.

use crate::{
    error::AppError,
    store::{self, law::RunsOn},
    work::Source,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::interest::Party,
    actor::Actor,
    cases::case::Case,
    evidence::photo::PhotoOwner,
    id::{CaseId, ReportId, UserId, VisitId},
    inspections::{origin::Origin, visit::Visit},
    refusal::{Code, Refusal},
    reports::report::Report,
    rewards::reward::Reward,
};
use std::collections::BTreeSet;

/// What somebody acts on, as far as it keeps people away.
#[derive(Debug, Clone, Default)]
pub struct Matter {
    /// The operator that it is about, if it is known which, and since when it is.
    party: Option<Party>,
    /// Who stepped back from it, and when that was ruled.
    stepped_back: Vec<(UserId, DateTime<Utc>)>,
    /// When the act was done, where it may arrive later: what was said or ruled after it does not undo it.
    done_at: Option<DateTime<Utc>>,
}

impl Matter {
    /// One about an operator, without a case.
    pub(crate) fn about(party: Option<Party>) -> Self {
        Self {
            party,
            ..Self::default()
        }
    }

    /// A case.
    pub(crate) fn of_case(case: &Case) -> Self {
        Self {
            stepped_back: case.file.stepped_back().collect(),
            ..Self::about(Some(case.party()))
        }
    }

    /// A report: that of its case, once there is one.
    pub(crate) async fn of_report(source: &impl Source, report: &Report) -> Result<Self, AppError> {
        match report.state.case() {
            Some(case) => by_case(source, case).await,
            None => Ok(Self::about(report.party())),
        }
    }

    /// A reward: that of its case.
    pub(crate) async fn of_reward(source: &impl Source, reward: &Reward) -> Result<Self, AppError> {
        by_case(source, reward.case).await
    }

    /// A visit: what is behind it, and the cases that were filed on it.
    pub(crate) async fn of_visit(source: &impl Source, visit: &Visit) -> Result<Self, AppError> {
        let matter = Self::behind_visit(source, (&visit.origin, visit.party())).await?;
        Ok(matter.and(on_visit(source, visit.id).await?))
    }

    /// What a visit to an operator is made for.
    pub(crate) async fn behind_visit(
        source: &impl Source,
        (origin, party): (&Origin, Party),
    ) -> Result<Self, AppError> {
        let earlier = match *origin {
            Origin::Report(report) => by_report(source, report).await?,
            Origin::VisitAgain(visit) => on_visit(source, visit).await?,
            Origin::CaseAgain(case) => by_case(source, case).await?,
            Origin::Plan(_) | Origin::Draw(_) | Origin::Lead(_) | Origin::Patrol(_) => {
                Self::default()
            }
        };
        Ok(Self::about(Some(party)).and(earlier))
    }

    /// What a period runs on, or a paper is about.
    pub(crate) async fn behind(source: &impl Source, on: RunsOn) -> Result<Self, AppError> {
        let system = &Actor::System;
        match on {
            RunsOn::Report(report) => by_report(source, report).await,
            RunsOn::Case(case) => by_case(source, case).await,
            RunsOn::Complaint(complaint) => {
                let complaint = Box::pin(store::complaints::get(source, system, complaint)).await?;
                Ok(Self::about(complaint.party()))
            }
            RunsOn::Reward(reward) => {
                let reward = Box::pin(store::rewards::get(source, system, reward)).await?;
                Self::of_reward(source, &reward).await
            }
            RunsOn::Dispute(dispute) => {
                let dispute = Box::pin(store::disputes::get(source, dispute)).await?;
                by_report(source, dispute.report).await
            }
        }
    }

    /// The record that owes a photo.
    pub(crate) async fn of_photo(
        source: &impl Source,
        owner: PhotoOwner,
    ) -> Result<Self, AppError> {
        match owner {
            PhotoOwner::Report(report) => by_report(source, report).await,
            PhotoOwner::Visit(visit) => {
                let visit =
                    Box::pin(store::inspections::get(source, &Actor::System, visit)).await?;
                Self::of_visit(source, &visit).await
            }
        }
    }

    /// The same, for an act that was done at a moment.
    pub(crate) fn done_at(self, at: Option<DateTime<Utc>>) -> Self {
        Self {
            done_at: at,
            ..self
        }
    }

    /// As a part of another matter, where it is one: since that began, and with those too who stepped back from it.
    fn and(mut self, other: Self) -> Self {
        if let (Some(own), Some(other)) = (&mut self.party, other.party)
            && own.merchant == other.merchant
        {
            own.since = own.since.min(other.since);
        }
        self.stepped_back.extend(other.stepped_back);
        self
    }

    /// Everybody who is kept away.
    pub(crate) async fn kept_away(
        &self,
        source: &impl Source,
    ) -> Result<BTreeSet<UserId>, AppError> {
        let by = self.done_at;
        let ruled = self.stepped_back.iter();
        let ruled = ruled.filter(|(_, at)| by.is_none_or(|by| *at <= by));
        let mut kept: BTreeSet<_> = ruled.map(|(who, _)| *who).collect();
        if let Some(party) = self.party {
            kept.extend(store::interests::tied_to(source, party, by).await?);
        }
        Ok(kept)
    }

    /// Refuses whoever acts, if kept away; who has no account is nobody's officer.
    pub(crate) async fn check_own(
        &self,
        source: &impl Source,
        actor: &Actor,
    ) -> Result<(), AppError> {
        match actor.user() {
            Some(user) => self.check(source, user, None).await,
            None => Ok(()),
        }
    }

    /// Refuses somebody who is kept away; `field` names the input that names that person.
    pub(crate) async fn check(
        &self,
        source: &impl Source,
        user: UserId,
        field: Option<&'static str>,
    ) -> Result<(), AppError> {
        if self.kept_away(source).await?.contains(&user) {
            let refusal = Refusal::of(Code::Recused);
            return Err(Refusal { field, ..refusal }.into());
        }
        Ok(())
    }
}

// What is loaded waits in boxes: who keeps away is asked from within larger futures.

async fn by_case(source: &impl Source, case: CaseId) -> Result<Matter, AppError> {
    let case = Box::pin(store::cases::get(source, &Actor::System, case)).await?;
    Ok(Matter::of_case(&case))
}

/// The cases that were filed on a visit.
async fn on_visit(source: &impl Source, visit: VisitId) -> Result<Matter, AppError> {
    let filed = Box::pin(store::cases::list_on_visit(source, visit)).await?;
    let each = filed.iter().map(Matter::of_case);
    Ok(each.reduce(Matter::and).unwrap_or_default())
}

async fn by_report(source: &impl Source, report: ReportId) -> Result<Matter, AppError> {
    let report = Box::pin(store::reports::get(source, &Actor::System, report)).await?;
    Matter::of_report(source, &report).await
}
