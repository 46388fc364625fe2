//! Photos that were declared and will not come: lost, deleted by mistake, of a kind that the server does not take. Whoever
//! owes one says why; the line stays readable, and the record is complete without it.

use crate::{commands, text::Reason};

commands! {
    /// Writes about photos that are owed.
    PhotoWrite:

    /// Withdraw a declared photo that is not held.
    WithdrawPhoto {
        /// Why it will not come.
        reason: Reason,
    } => WithdrawPhoto;
}
