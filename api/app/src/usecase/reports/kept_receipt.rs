//! A receipt that a browser keeps for a while, so that a touch of Back, a reload or the other language does not lose the
//! only code. It is sealed: what lies on the phone opens at this server alone, and no longer than it says. Nothing of it is
//! stored here.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};
use liangxin_domain::reports::receipt::ReceiptCode;
use uuid::Uuid;

use crate::{
    app::App,
    error::AppError,
    ports::keys::{Column, Place},
};

/// How long after the filing the receipt can be shown again.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(1);

/// Most characters that are looked into.
const MOST: usize = 256;

/// It stands in no row.
const PLACE: Place = Column::KeptReceipt.of(Uuid::nil());

/// What the browser keeps.
pub fn keep(app: &App, code: &ReceiptCode) -> Result<String, AppError> {
    let until = (app.now() + KEPT_FOR).timestamp();
    let sealed = app.keys.seal(&app.ids, PLACE, &format!("{until} {code}"));
    let sealed =
        sealed.ok_or_else(|| AppError::internal("seal a receipt", "the cipher refused"))?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// The code in what a browser kept; `None` if its time is over or it is none of ours.
#[must_use]
pub fn code_of(app: &App, kept: &str) -> Option<String> {
    if kept.len() > MOST {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(kept).ok()?;
    let plain = app.keys.unseal(PLACE, &sealed)?;
    let (until, code) = plain.split_once(' ')?;
    let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
    (app.now() < until).then(|| code.to_owned())
}
