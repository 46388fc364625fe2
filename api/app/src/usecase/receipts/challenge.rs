//! Challenges for a proof of work: signed by the server and remembered by nobody until one is used.

use super::open::brakes;
use crate::{
    app::{self, App},
    error::AppError,
    store,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    limits::CHALLENGE_SECONDS,
    receipts::{
        brake::EASIEST_BITS,
        proof::{Proof, leading_zero_bits},
    },
    reports::receipt::ReceiptCode,
};

/// Bits that a challenge may lack, because somebody else guessed wrong while it was worked on.
const TOLERANCE: u8 = 1;

/// What a phone works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Sent back as it is.
    pub challenge: String,
    /// As many bits of the digest must be zero.
    pub bits: u8,
    /// Until when it may be answered.
    pub expires_at: DateTime<Utc>,
    /// Whether a proof is needed at all now.
    pub is_needed: bool,
    /// Seconds until none is needed, if nobody guesses meanwhile.
    pub wait_seconds: i64,
}

/// A challenge as hard as the brake asks for now.
pub async fn challenge(
    app: &App,
    code: Option<&str>,
    address: &str,
) -> Result<Challenge, AppError> {
    let now = app.now();
    let code = code.and_then(|code| ReceiptCode::parse(code).ok());
    let (mut bits, mut wait_seconds) = (None, 0);
    for (key, vessel) in brakes(app, code.as_ref(), address) {
        if let Some(before) = store::throttles::find(&app.db, key).await? {
            bits = bits.max(vessel.bits(before, now));
            wait_seconds = wait_seconds.max(vessel.wait_seconds(before, now));
        }
    }
    let asked = bits.unwrap_or(EASIEST_BITS);
    let expires_at = now + TimeDelta::seconds(CHALLENGE_SECONDS);
    let nonce = URL_SAFE_NO_PAD.encode(app.ids.bytes::<16>());
    let body = format!("{nonce}.{}.{asked}", expires_at.timestamp());
    Ok(Challenge {
        challenge: format!("{body}.{}", signature(app, &body)),
        bits: asked,
        expires_at,
        is_needed: bits.is_some(),
        wait_seconds,
    })
}

/// Until when the proof's challenge is good, if it is ours, in time, hard enough and answered.
pub(super) fn check(
    app: &App,
    proof: &Proof,
    bits: u8,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let (body, signed) = proof.challenge().rsplit_once('.')?;
    // Both sides are hashed once more, so that the time of the comparison tells nothing.
    let blind = |text: &str| app.keys.hash("compare", text.as_bytes());
    if blind(signed) != blind(&signature(app, body)) {
        return None;
    }
    let mut parts = body.split('.').skip(1);
    let expires_at = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
    let asked: u8 = parts.next()?.parse().ok()?;
    let zeros = leading_zero_bits(&app::sha256(proof.text().as_bytes()).bytes()[..]);
    let is_good =
        now < expires_at && asked.saturating_add(TOLERANCE) >= bits && zeros >= u32::from(asked);
    is_good.then_some(expires_at)
}

fn signature(app: &App, body: &str) -> String {
    let signed = app.keys.hash("receipt challenge", body.as_bytes());
    URL_SAFE_NO_PAD.encode(&signed[..16])
}
