//! The public integrity rating (诚信计量等级): indicators, an exact score, a grade and its reasons.
//!
//! Everything that weighs is data in `law/rating.toml` under a formula version, and all of it is
//! a proposal: no published table could be read. Only decided facts belong here; a complaint
//! accepted, a report received or a case merely filed must not reach these functions.

pub mod evidence;
mod formula;
pub mod grade;
pub mod indicator;
pub mod ratio;
pub mod score;

pub use formula::RatingFormula;
