//! Verdicts of legal metrology: a measured quantity and a dated rule edition make a verdict.
//!
//! The crate is pure. It knows no database, network, clock, randomness or file; a phone can carry it
//! for a verdict without a connection, and anybody can recompute a verdict years later from what the
//! verdict itself records. It refuses to know who measured, whom it concerns and what follows: fines,
//! people and cases belong to others.
//!
//! # What goes in
//!
//! * [`rules::RuleSet`]: dated editions of the law as data. [`rules::RuleSet::embedded`] holds those
//!   that are built in; [`rules::RuleSet::from_sources`] reads others. Every row says how well its
//!   number is known ([`rules::Provenance`]).
//! * A measurement, made of types that carry their unit ([`quantity`]) and that were checked when
//!   they were made ([`input`]).
//!
//! # What comes out
//!
//! * [`verdict::Verdict`]: the outcome with rule, edition, article, row, every input and every
//!   intermediate number, and whether an unconfirmed number or reading decided it.
//! * [`verification::VerificationStatus`]: whether an instrument is still within its verification.
//!
//! # Arithmetic
//!
//! Decimals throughout. Nothing is rounded before it is compared, and a value equal to its limit
//! passes ("shall not exceed").
//!
//! # Families
//!
//! One family of rules is one section in a rule file, one type implementing [`rules::Family`], and
//! one module with its input and its `judge`. [`retail`] is the first: food, gold and silver sold by
//! weight. [`scale`] holds what a weighing instrument is allowed, which other families use too.
//!
//! # Example
//!
//! ```
//! use chrono::NaiveDate;
//! use liangxin_metrology::input::GoodsName;
//! use liangxin_metrology::quantity::{Gram, YuanPerKg};
//! use liangxin_metrology::retail::{self, CheckMethod, ClassBy, GoodsCategory, GoodsGroup, RetailWeighing};
//! use liangxin_metrology::rules::RuleSet;
//! use liangxin_metrology::verdict::Outcome;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let rules = RuleSet::embedded()?;
//! let pork = RetailWeighing {
//!     weighed_on: NaiveDate::from_ymd_opt(2026, 11, 23).ok_or("no such day")?,
//!     goods_name: GoodsName::parse("pork")?,
//!     category: GoodsCategory::Food { class_by: ClassBy::Name { group: GoodsGroup::Meat } },
//!     unit_price: YuanPerKg::parse("26")?,
//!     settled: Gram::parse("2800")?,
//!     checked: Gram::parse("2660")?,
//!     method: CheckMethod::HigherAccuracy,
//!     scale: None,
//! };
//! let verdict = retail::judge(&rules, &pork)?;
//! assert_eq!(verdict.outcome, Outcome::Fails);
//! assert_eq!(
//!     verdict.explain_en(),
//!     "pork: short by 140 g; limit 10 g for class 2 goods at 26 yuan/kg and 2.8 kg (table 1); fails",
//! );
//! # Ok(())
//! # }
//! ```

pub mod input;
pub mod quantity;
pub mod retail;
pub mod rules;
pub mod scale;
pub mod verdict;
pub mod verification;
