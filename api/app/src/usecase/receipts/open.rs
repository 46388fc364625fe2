//! Opening a receipt code, behind the brake on guesses.

use super::{challenge, code};
use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    accounts::throttle::Throttle,
    actor::Actor,
    evidence::digest::Sha256,
    receipts::{
        ReceiptKind,
        brake::{ADDRESS, GLOBAL, LOCATOR, Vessel},
        proof::Proof,
    },
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
};

/// A code that somebody shows.
#[derive(Clone, Copy)]
pub struct Tried<'a> {
    /// The code as it was typed.
    pub code: &'a str,
    /// A proof of work, if one was needed.
    pub proof: Option<&'a Proof>,
    /// The network address, for the brake; it is kept as a keyed hash.
    pub address: &'a str,
}

/// A vessel of the brake under the key of its row.
pub(super) type Brake = (Sha256, Vessel);

/// The three brakes on a code from an address; without a code the locator's is left out.
pub(super) fn brakes(app: &App, code: Option<&ReceiptCode>, address: &str) -> Vec<Brake> {
    let key = |what: &str, of: &str| Sha256::new(app.keys.hash(what, of.as_bytes()));
    let mut brakes = vec![(key("receipt brake", "global"), GLOBAL)];
    if let Some(code) = code {
        let first = code.plain().chars().take(4).collect::<String>();
        brakes.push((key("receipt brake locator", &first), LOCATOR));
    }
    brakes.push((key("receipt brake address", address), ADDRESS));
    brakes
}

/// What `find` finds under the code's hash. A wrong code fills the brake; above its mark each try
/// needs a proof of work. The try is counted before the code is looked up and taken back when it was
/// right, so that a thousand guesses at once meet the brake like a thousand in a row.
pub(crate) async fn open<T>(
    app: &App,
    kind: ReceiptKind,
    tried: Tried<'_>,
    find: impl AsyncFnOnce(Sha256) -> Result<Option<T>, AppError>,
) -> Result<(T, ReceiptCode), AppError> {
    let code = ReceiptCode::parse(tried.code)?;
    let brakes = brakes(app, Some(&code), tried.address);
    count_try(app, &brakes, tried.proof).await?;
    let key = code::hash(app, kind, &code).await?;
    let found = find(key)
        .await?
        .ok_or_else(|| Refusal::on(Code::ReceiptUnknown, "receiptCode"))?;
    let work = app.work(&Actor::Anonymous).await?;
    for (key, _) in &brakes {
        store::throttles::take_back(&work, *key).await?;
    }
    work.commit().await?;
    Ok((found, code))
}

async fn count_try(app: &App, brakes: &[Brake], proof: Option<&Proof>) -> Result<(), AppError> {
    let work = app.work(&Actor::Anonymous).await?;
    let (mut bits, mut wait) = (None, 0);
    for (key, vessel) in brakes {
        let before: Throttle = store::throttles::lock(&work, *key).await?;
        bits = bits.max(vessel.bits(before, work.now()));
        wait = wait.max(vessel.wait_seconds(before, work.now()));
        let more = vessel.with_one_more(before, work.now());
        store::throttles::save(&work, *key, more).await?;
    }
    if let Some(bits) = bits {
        demand(app, &work, proof, (bits, wait)).await?;
    }
    work.commit().await
}

/// Takes a proof that is hard enough and was never used before.
async fn demand(
    app: &App,
    work: &Work,
    proof: Option<&Proof>,
    (bits, wait): (u8, i64),
) -> Result<(), AppError> {
    let Some(proof) = proof else {
        return Err(Refusal::on(Code::ProofOfWorkRequired, "proof")
            .with(wait.to_string())
            .into());
    };
    let invalid = || Refusal::on(Code::ProofInvalid, "proof");
    let until = challenge::check(app, proof, bits, work.now()).ok_or_else(invalid)?;
    let id = app.keys.hash("spent proof", proof.challenge().as_bytes());
    if store::receipts::spend(work, Sha256::new(id), until).await? {
        Ok(())
    } else {
        Err(invalid().into())
    }
}
