//! Claiming by receipt code and claim password. The password is compared, never written, neither
//! into the command nor into a log.

use super::pursue::pursue;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{accounts::compare_claim_password, reports::reporter_of},
};
use liangxin_domain::{
    accounts::throttle::FREE_FOR_ACCOUNT,
    evidence::digest::Sha256,
    id::{CommandId, ReportId},
    refusal::{Code, Refusal},
    rewards::{
        command::RewardCommand,
        payout::{ClaimPassword, Payee},
    },
};

/// What an anonymous reporter shows.
pub struct Shown<'a> {
    /// The receipt code.
    pub receipt_code: &'a str,
    /// The claim password.
    pub password: ClaimPassword,
}

/// Claims with the receipt code and the claim password.
pub async fn claim(
    app: &App,
    caller: &Caller,
    id: CommandId,
    shown: Shown<'_>,
    payees: Vec<Payee>,
) -> Result<ReportId, AppError> {
    let (report, reporter) = reporter_of(app, caller, shown.receipt_code).await?;
    let brake = Sha256::new(app.keys.hash("throttle claim", report.uuid().as_bytes()));
    check_password(app, report, brake, &shown.password).await?;
    let said = (shown.receipt_code, RewardCommand::ClaimReward { payees });
    if let Some(work) = pursue(app, (report, &reporter), id, said).await? {
        store::throttles::clear(&work, brake).await?;
        work.commit().await?;
    }
    Ok(report)
}

async fn check_password(
    app: &App,
    report: ReportId,
    brake: Sha256,
    password: &ClaimPassword,
) -> Result<(), AppError> {
    let Some(hash) = store::rewards::find_claim_secret(&app.db, report).await? else {
        return Err(Refusal::on(Code::ClaimPasswordMissing, "claimPassword").into());
    };
    let wrong = Refusal::on(Code::ClaimPasswordWrong, "claimPassword");
    let compare = compare_claim_password(app, password, (hash, wrong));
    app.tried(&[(brake, FREE_FOR_ACCOUNT)], compare).await
}
