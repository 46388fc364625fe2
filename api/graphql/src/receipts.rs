//! Coming back with the receipt code of a report or of a complaint, and ending the mails about it.

use crate::{
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, SimpleObject};
use liangxin_app::error::AppError;
use liangxin_domain::reports::receipt::ReceiptCode;

payload! {
    /// What became of coming back with a receipt code.
    ComeBackPayload {
        /// The receipt code once more, in its own spelling: in the first successful answer after filing
        /// and never again; null afterwards. If it is not written down yet, this is the last time.
        receipt_code: String,
        /// Why not.
        problems,
    }
    of |ctx, code: Option<ReceiptCode>| code.map(|code| code.to_string())
}

/// What became of ending the mails about a matter.
#[derive(SimpleObject)]
pub(crate) struct StopMailPayload {
    /// Whether no more mail is sent and the address is deleted, now or before.
    is_stopped: bool,
    /// Why not.
    problems: Vec<Problem>,
}

impl StopMailPayload {
    pub(super) fn of(ctx: &Context<'_>, outcome: Result<(), AppError>) -> Result<Self, AppError> {
        let (done, problems) = settle(outcome, ctx.lang())?;
        Ok(Self {
            is_stopped: done.is_some(),
            problems,
        })
    }
}
