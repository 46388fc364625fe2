//! Claiming: an anonymous reporter by receipt code and claim password, anybody else in person. The
//! password is compared, never written, neither into the command nor into a log.

use super::pursue::{Pursued, begin, report_of};
use super::{Opened, Order, open, payout, settle};
use crate::{
    app::App,
    error::AppError,
    store,
    usecase::{accounts::verify_claim_password, receipts::Tried},
};
use liangxin_domain::{
    accounts::throttle::{FREE_FOR_ACCOUNT, Throttle},
    actor::Actor,
    canonical::Canonical,
    evidence::digest::Sha256,
    id::{CommandId, ReportId},
    policy::Action,
    refusal::{Code, Refusal},
    rewards::{
        payout::{ClaimPassword, Payee},
        reward::{Proof, Reward},
    },
    text::Narrative,
};

/// What an anonymous reporter shows.
pub struct Shown<'a> {
    /// The receipt code.
    pub receipt: Tried<'a>,
    /// The claim password.
    pub password: ClaimPassword,
}

/// What an officer notes of a claim in person.
#[derive(Debug)]
pub struct Counter {
    /// What was looked at; no name, no number.
    pub note: Narrative,
    /// Where the money goes.
    pub payees: Vec<Payee>,
}

/// Claims with the receipt code and the claim password.
pub async fn claim(
    app: &App,
    id: CommandId,
    shown: Shown<'_>,
    payees: Vec<Payee>,
) -> Result<ReportId, AppError> {
    let report = report_of(app, shown.receipt).await?;
    let brake = Sha256::new(app.keys.hash("throttle claim", report.uuid().as_bytes()));
    check_password(app, report, brake, &shown.password).await?;
    let content = Canonical::of("ClaimReward")
        .field("report", report)
        .field("payees", payout::digest(app, &payees));
    let Some(pursued) = begin(app, report, id, ("ClaimReward", content)).await? else {
        return Ok(report);
    };
    let Pursued {
        work,
        reward,
        permit,
    } = pursued;
    check_payees(&reward, &payees)?;
    let moved = reward.claim(&permit, Proof::Password, work.now())?;
    payout::keep(app, &work, &moved.reward, &payees).await?;
    settle(app, &work, moved).await?;
    store::throttles::clear(&work, brake).await?;
    work.commit().await?;
    Ok(report)
}

/// The try is counted before the password is compared: a thousand guesses sent at once meet the
/// brake like a thousand sent in a row.
async fn check_password(
    app: &App,
    report: ReportId,
    brake: Sha256,
    password: &ClaimPassword,
) -> Result<(), AppError> {
    let Some(hash) = store::rewards::find_claim_secret(&app.db, report).await? else {
        return Err(Refusal::on(Code::ClaimPasswordMissing, "claimPassword").into());
    };
    let work = app.work(&Actor::Reporter(report)).await?;
    let before = store::throttles::lock(&work, brake).await?;
    let wait = before.wait_seconds(FREE_FOR_ACCOUNT, work.now());
    if wait > 0 {
        return Err(Refusal::of(Code::TooManyAttempts)
            .with(wait.to_string())
            .into());
    }
    store::throttles::save(&work, brake, Throttle::failed(Some(before), work.now())).await?;
    work.commit().await?;
    if verify_claim_password(app, password, hash).await? {
        // Right, whatever becomes of the claim: only wrong tries are remembered.
        let work = app.work(&Actor::Reporter(report)).await?;
        store::throttles::take_back(&work, brake).await?;
        return work.commit().await;
    }
    Err(Refusal::on(Code::ClaimPasswordWrong, "claimPassword").into())
}

/// Notes a claim in person: an officer looked at the identity document.
pub async fn record_claim(
    app: &App,
    actor: &Actor,
    order: Order,
    counter: Counter,
) -> Result<(), AppError> {
    let Counter { note, payees } = counter;
    let (operation, content) = order.content("RecordClaim");
    let content = content
        .field("note", &note)
        .field("payees", payout::digest(app, &payees));
    let opened = open(app, actor, order, Action::GradeReward, (operation, content)).await?;
    let Some(Opened {
        work,
        reward,
        permit,
        ..
    }) = opened
    else {
        return Ok(());
    };
    check_payees(&reward, &payees)?;
    let by = permit.person(Action::GradeReward)?;
    let moved = reward.claim(&permit, Proof::Identity { note, by }, work.now())?;
    payout::keep(app, &work, &moved.reward, &payees).await?;
    settle(app, &work, moved).await?;
    work.commit().await
}

/// One payee for each who shares the reward, in the order of the signatures.
fn check_payees(reward: &Reward, payees: &[Payee]) -> Result<(), Refusal> {
    let due = reward
        .state
        .checked()
        .map_or(1, |checked| checked.check.sharing.reporters());
    if payees.len() == due {
        Ok(())
    } else {
        Err(Refusal::on(Code::RewardReporters, "payees").with(due.to_string()))
    }
}
