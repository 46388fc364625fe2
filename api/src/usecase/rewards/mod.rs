//! Rewards: screening, checking, grading, deciding, claiming, paying, and their ends.
//!
//! Every step of an officer goes the same way: [`open`] begins the command, loads what the officer
//! may see and asks the policy with the case in view, because nobody who worked on the case works
//! on its reward; [`settle`] saves, moves the clocks and records.

mod check;
mod claim;
mod decide;
mod end;
mod export;
mod grade;
mod papers;
mod pay;
mod payout;
mod pursue;
mod screen;
mod sweep;

pub use check::check;
pub use claim::{Counter, Shown, claim, record_claim};
pub use decide::{decide, extend_claim, review, tell};
pub use end::{Reasons, record_recovery, recover, revoke};
pub use export::{PayeesForm, PaymentFile, export};
pub use grade::{ConsentPaper, Proposal, consent, grade};
pub use pay::{Voucher, record_payment};
pub use pursue::{apply, object};
pub use screen::{Request, screen};
pub use sweep::close_windows;

use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{cases, law},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Case,
    id::{CommandId, RewardId},
    policy::{Action, Facts, Permit, permit},
    refusal::{Code, Refusal},
    rewards::{
        reward::{Moved, Reward},
        scheme::RewardTerms,
    },
};

/// A write on a reward, as the client named it.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Names the write.
    pub id: CommandId,
    /// The reward.
    pub reward: RewardId,
}

impl Order {
    /// The content of the write, to which its fields are added.
    fn content(self, operation: &'static str) -> (&'static str, Canonical) {
        let content = Canonical::of(operation).field("reward", self.reward);
        (operation, content)
    }
}

/// A reward in the hands of an officer who may do this.
struct Opened {
    work: Work,
    reward: Reward,
    case: Case,
    permit: Permit,
}

/// Begins an officer's step; nothing if the same write was accepted before.
async fn open(
    app: &App,
    actor: &Actor,
    order: Order,
    action: Action,
    (operation, content): (&'static str, Canonical),
) -> Result<Option<Opened>, AppError> {
    let command = app::command(order.id, operation, order.reward.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(None);
    };
    let reward = store::rewards::get(&work, actor, order.reward).await?;
    let reward = dated(app, &work, reward).await?;
    let case = store::cases::get(&work, &Actor::System, reward.case).await?;
    let facts = Facts::at(actor, &reward.division, cases::stake(actor, &case));
    let permit = permit(actor, action, facts)?;
    Ok(Some(Opened {
        work,
        reward,
        case,
        permit,
    }))
}

/// A reward with the last days of its windows, as far as the calendar tells them by now.
async fn dated(app: &App, work: &Work, reward: Reward) -> Result<Reward, AppError> {
    let calendar = app.calendar(work).await?;
    Ok(match terms_of(app, &reward) {
        Ok((_, terms)) => reward.clone().dated(terms, &calendar),
        Err(_) => reward,
    })
}

/// Saves a step with its paper, its clocks and its event; the caller commits.
async fn settle(app: &App, work: &Work, moved: Moved) -> Result<(), AppError> {
    if let Some(paper) = moved.paper() {
        papers::issue(app, work, &moved.reward, paper).await?;
    }
    let Moved {
        reward,
        effects,
        change,
    } = moved;
    store::rewards::save(work, &reward).await?;
    law::apply(app, work, RunsOn::Reward(reward.id), &effects).await?;
    app.record(work, change.event(reward.id, reward.report));
    Ok(())
}

/// One spelling of a value that the domain can write, for the content of a command.
fn spelled(value: &impl serde::Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(|e| AppError::internal("write a command", e))
}

/// What the scheme of a reward pays, by the edition of the day on which its case was decided.
fn terms_of<'a>(app: &'a App, reward: &Reward) -> Result<(String, &'a RewardTerms), Refusal> {
    app.law
        .schemes
        .terms_on(&reward.screening.scheme_id, reward.case_decided_on)
        .map(|(scheme, terms)| (scheme.id.clone(), terms))
        .ok_or(Refusal::of(Code::RewardTermsUnknown))
}
