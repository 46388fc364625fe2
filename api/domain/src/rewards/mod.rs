//! Rewards for reports (举报奖励): which scheme applies, whether a closed case is in its scope, who may
//! have the reward, how much it is to the fen, and its way to the payment or to its end.
//!
//! Who the reporter is stands nowhere in here: a reward belongs to a report.

pub mod award;
pub mod command;
pub mod eligibility;
pub mod payout;
pub mod reward;
pub mod scheme;
pub mod screening;
pub mod share;
pub mod taken;
pub mod words;
