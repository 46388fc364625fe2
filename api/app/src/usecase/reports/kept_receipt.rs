//! A receipt that a browser keeps for a while, so that a touch of Back, a reload or the other language does not lose the
//! only code. It is sealed: what lies on the phone opens at this server alone, and no longer than it says. Nothing of it is
//! stored here.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};
use liangxin_domain::{id::ReportId, reports::receipt::ReceiptCode};

use crate::{
    app::App,
    error::AppError,
    ports::keys::{Column, Place},
};

/// How long after the filing the receipt can be shown again.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(1);

/// Most characters that are looked into.
const MOST: usize = 256;

/// What is kept stands in no row, and belongs to one report.
fn place(report: ReportId) -> Place {
    Column::KeptReceipt.of(report.uuid())
}

/// What the browser keeps.
pub fn keep(app: &App, report: ReportId, code: &ReceiptCode) -> Result<String, AppError> {
    let until = (app.now() + KEPT_FOR).timestamp();
    let plain = format!("{until} {code}");
    let sealed = app.keys.seal(&app.ids, place(report), &plain);
    let sealed =
        sealed.ok_or_else(|| AppError::internal("seal a receipt", "the cipher refused"))?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// The report's code in what a browser kept; `None` if its time is over or it is none that was kept of this report.
#[must_use]
pub fn code_of(app: &App, report: ReportId, kept: &str) -> Option<ReceiptCode> {
    if kept.len() > MOST {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(kept).ok()?;
    let plain = app.keys.unseal(place(report), &sealed)?;
    let (until, code) = plain.split_once(' ')?;
    let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
    (app.now() < until).then(|| ReceiptCode::parse(code).ok())?
}
