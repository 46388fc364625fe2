//! What a stranger's photo on its way takes from the budget of the network address that it comes from: what comes, as it comes,
//! whether it is kept or not. Whoever announces much and sends nothing takes nothing from those who share the address.

use crate::{app::App, caller::Caller};
use liangxin_domain::refusal::Refusal;

/// What is taken for one request.
#[derive(Debug)]
pub(super) struct Budget {
    caller: Caller,
    /// Up to which byte of the photo was taken.
    end_bytes: u64,
}

impl Budget {
    /// For what comes from a byte of the photo on; refused before any comes where the budget is over.
    pub(super) fn of(app: &App, caller: &Caller, from_bytes: u64) -> Result<Self, Refusal> {
        app.may_send_photos(caller)?;
        Ok(Self {
            caller: caller.clone(),
            end_bytes: from_bytes,
        })
    }

    /// Takes bytes that came.
    pub(super) fn take(&mut self, app: &App, bytes: u64) -> Result<(), Refusal> {
        let end_bytes = self.end_bytes.saturating_add(bytes);
        app.send_photos(&self.caller, self.end_bytes..end_bytes)?;
        self.end_bytes = end_bytes;
        Ok(())
    }
}
