//! Rewards for reports (举报奖励): which scheme applies, and whether a closed case is in its scope.
//!
//! The sum of a reward is not computed here.

pub mod scheme;
pub mod screening;
