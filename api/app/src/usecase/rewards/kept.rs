//! Rewards under the one way to take a step. Nobody who worked on the case works on its reward, so
//! the policy is asked with the case in view.

use super::{papers, payout, terms_of};
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, queue::QueueState},
    usecase::{
        cases,
        matter::Matter,
        office,
        step::{self, Kept},
    },
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::{ReportId, RewardId},
    notices::paper::Paper,
    policy::{Facts, Permit, Stake},
    privacy::{identity::IdentitySubject, opening::OpeningPurpose::RewardPayment},
    refusal::{Code, Refusal},
    rewards::{
        award::{Finance, Others},
        command::RewardCommand,
        eligibility::Exclusion,
        reward::{Lead, Reward, RewardState, Setting},
        taken::Taken,
    },
    step::Machine as _,
};
use std::collections::BTreeMap;

impl Kept for Reward {
    type Id = RewardId;

    async fn load(app: &App, work: &Work, actor: &Actor, id: RewardId) -> Result<Self, AppError> {
        let reward = store::rewards::get(work, actor, id).await?;
        dated(app, work, reward).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        Ok(match actor {
            Actor::Reporter(_) => Facts::placeless(Stake::Own),
            Actor::System => Facts::placeless(Stake::None),
            _ => {
                let case = store::cases::get(work, &Actor::System, self.case).await?;
                let stake = cases::stake(actor, &case);
                office::facts(work, actor, &self.division, stake).await?
            }
        })
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &RewardCommand,
    ) -> Result<Setting, AppError> {
        let mut setting = around(app, work, self).await?;
        match command {
            RewardCommand::RecordEligibility { check } => {
                setting.leads = leads(work, self, &check.exclusions).await?;
            }
            RewardCommand::CheckPayee { finding } => {
                setting.leads = leads(work, self, &finding.exclusions).await?;
                if let Some(by) = work.actor().user() {
                    let (of, what) = (IdentitySubject::Reward(self.id), RewardPayment);
                    setting.looked_at = store::openings::last_look(work, of, (what, by)).await?;
                }
            }
            RewardCommand::GradeReward { .. }
            | RewardCommand::DecideReward { .. }
            | RewardCommand::ReviewReward {
                grading: Some(_), ..
            } => {
                setting.others = store::rewards::others(work, self).await?;
            }
            _ => {}
        }
        Ok(setting)
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::rewards::save(work, self).await
    }

    async fn matter(&self, work: &Work, _: &RewardCommand) -> Result<Matter, AppError> {
        Matter::of_reward(work, self).await
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Reward(self.id))
    }

    fn standing(&self) -> Option<QueueState> {
        Some(QueueState::of(self.state.kind().is_over()))
    }

    async fn issue(&self, app: &App, work: &Work, paper: Paper) -> Result<(), AppError> {
        papers::issue(app, work, self, paper).await
    }

    async fn follow(
        &self,
        app: &App,
        work: &Work,
        taken: (&Permit, &Setting),
        command: &RewardCommand,
    ) -> Result<(), AppError> {
        match command {
            RewardCommand::GradeReward { .. } => {
                // A claim of a sum that changed since is none any more.
                payout::forget(work, self).await?;
                refer(self, app, work, taken).await
            }
            RewardCommand::ClaimReward { payees } | RewardCommand::RecordClaim { payees, .. } => {
                payout::keep(app, work, self, payees).await
            }
            RewardCommand::RecordPayment { voucher } => {
                payout::keep_for_audit(app, work, self, voucher.paid_on).await
            }
            RewardCommand::CheckPayee { .. } if self.state.kind().is_over() => {
                payout::forget(work, self).await
            }
            // Bank data that was given already goes with the next purge.
            RewardCommand::RevokeReward { .. } | RewardCommand::VoidClaim { .. } => {
                payout::forget(work, self).await
            }
            _ => Ok(()),
        }
    }
}

/// What lies beside a reward at every step.
pub(super) async fn around(app: &App, work: &Work, reward: &Reward) -> Result<Setting, AppError> {
    let case = store::cases::get(work, &Actor::System, reward.case).await?;
    Ok(Setting {
        now: work.now(),
        calendar: app.calendar(work).await?,
        terms: terms_of(app, reward).ok(),
        taken: Taken::by(&case),
        others: Others::default(),
        looked_at: None,
        leads: BTreeMap::new(),
    })
}

/// What needs the finance department goes to it by the write that graded it.
async fn refer(
    graded: &Reward,
    app: &App,
    work: &Work,
    (permit, setting): (&Permit, &Setting),
) -> Result<(), AppError> {
    let RewardState::Graded(grade) = &graded.state else {
        return Ok(());
    };
    if grade.award.finance == Finance::NotNeeded {
        return Ok(());
    }
    // The grade was kept a moment ago, which counted as a change.
    let kept = Reward {
        version: graded.version + 1,
        ..graded.clone()
    };
    let step = kept.take(RewardCommand::ReferToFinance, permit, setting)?;
    step::keep(app, work, step).await.map(|_| ())
}

/// A reward with the last days of its windows, as far as the calendar tells them by now.
async fn dated(app: &App, work: &Work, reward: Reward) -> Result<Reward, AppError> {
    let calendar = app.calendar(work).await?;
    Ok(match terms_of(app, &reward) {
        Ok(of) => reward.dated(&of.terms, &calendar),
        Err(_) => reward,
    })
}

/// The own report, and those that a check names as earlier ones. A report without a case of its own
/// may have been rewarded on another one's.
async fn leads(
    work: &Work,
    reward: &Reward,
    exclusions: &[Exclusion],
) -> Result<BTreeMap<ReportId, Lead>, AppError> {
    let named = exclusions.iter().filter_map(|found| found.earlier);
    let mut leads = BTreeMap::new();
    for id in named.chain([reward.report]) {
        let report = match store::reports::get(work, &Actor::System, id).await {
            Ok(report) => report,
            Err(AppError::Refused(Refusal {
                code: Code::NotFound,
                ..
            })) => continue,
            Err(error) => return Err(error),
        };
        let rewarded = store::rewards::find(work, &Actor::System, id).await?;
        let lead = Lead {
            received_at: report.received_at,
            case: report.state.case().or(rewarded.map(|of| of.case)),
        };
        leads.insert(id, lead);
    }
    Ok(leads)
}
