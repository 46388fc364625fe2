//! Dated law shared by all nouns: where a rule comes from, working days, deadlines, violations.
//!
//! Numbers live in the files under `law/`, each row with instrument, edition, article, the days
//! on which it applies and how well it is known. Code here reads, checks and applies them.

pub mod calendar;
pub mod case_rule;
pub mod clock;
pub mod code_set;
pub mod deadline;
pub mod edition;
pub mod effect;
pub(crate) mod file;
mod pause;
mod period;
pub mod threshold;
pub mod violation;
pub mod visit_rule;

pub use liangxin_metrology::law::provenance;
