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
//!   that are built in, [`rules::RuleSet::embedded_with`] those of an operator too. Every row says how
//!   well its number is known ([`rules::Provenance`]).
//! * [`measurement::Measurement`]: what was measured, made of types that carry their kind of quantity
//!   ([`quantity`]) and checked when it was read ([`wire`]). It names the standards it was made with
//!   ([`standard`]).
//!
//! # What comes out
//!
//! * [`verdict::Verdict`]: the outcome with every finding, rule, article, row and number, and whether
//!   an unconfirmed number or reading decided it. With its measurement it is a
//!   [`judgement::Judgement`], which is what files, phones and rows hold.
//! * [`refusal::JudgeError`] where the input cannot be or no edition of the day is loaded.
//! * [`recompute::recompute`] says whether a stored verdict is what the rules give.
//!
//! # Arithmetic
//!
//! Decimals and exact fractions throughout. Nothing is rounded before it is compared unless the rule
//! itself commands it, and a value equal to its limit passes ("shall not exceed").
//!
//! # Words
//!
//! [`law`] holds what the rest of the house says as well: provenance, the code of a violation, the kind
//! of a venue and of an instrument; [`text`] is the one rule by which words of people are read.
//!
//! # Families
//!
//! | module | what is judged | by |
//! |---|---|---|
//! | [`prepackaged`] | a lot of prepackaged goods | Order 70, JJF 1070; OIML R 87 and EU 76/211 to cross-check |
//! | [`label`] | the net content mark | Order 70 |
//! | [`retail`] | food, gold and silver sold by weight | Order 66 |
//! | [`by_measure`] | goods sold by volume, length or piece | the quantity penalty rule |
//! | [`scale`] | a weighing instrument | JJG 539, JJG 1204, OIML R 76 |
//! | [`fuel`], [`gas`], [`charger`] | dispensers of fuel and gas, chargers | JJG 443, 996, 1114, 1148, 1149 |
//! | [`optics`] | spectacles, lenses, the optician's instruments | GB/T 13511.1, GB 10810.1, JJG 580, 892, 952 |
//! | [`verification`] | marks, seals, periods of verification | the catalogue of instruments, Metrology Law |
//! | [`legal_units`] | the units in a text | the State Council order of 1984 |
//! | [`c_mark`] | the C mark | Order 70 |
//! | [`checklist`] | what was looked at in a venue | Orders 94, 35, 54, 66, 70 |
//!
//! A family is one section in a rule file ([`rules::Family`]), one module with its input and its
//! `judge`, and one variant of [`measurement::Measurement`].
//!
//! # Example
//!
//! ```
//! use liangxin_metrology::rules::RuleSet;
//! use liangxin_metrology::verdict::Outcome;
//! use liangxin_metrology::wire;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let rules = RuleSet::embedded()?;
//! let pork = wire::read_measurement(
//!     r#"{
//!         "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-23", "goods_name": "pork",
//!         "category": {"kind": "FOOD", "class_by": {"by": "NAME", "group": "MEAT"}},
//!         "unit_price": "26 yuan/kg", "settled": "2.80 kg", "checked": "2660 g",
//!         "method": "HIGHER_ACCURACY"
//!     }"#,
//! )?;
//! let verdict = pork.judge(&rules)?;
//! assert_eq!(verdict.outcome, Outcome::Fails);
//! assert_eq!(
//!     verdict.summary.en,
//!     "pork: short by 140 g; limit 10 g for class 2 goods at 26 yuan/kg and 2.8 kg (table 1); fails",
//! );
//! # Ok(())
//! # }
//! ```

#[macro_use]
mod joined;
#[macro_use]
mod units;
#[macro_use]
mod tagged;

pub mod by_measure;
pub mod c_mark;
pub mod charger;
pub mod checklist;
pub mod document;
mod exact;
pub mod fuel;
pub mod gas;
mod given;
pub mod input;
pub mod judgement;
pub mod label;
pub mod law;
pub mod legal_units;
pub mod measurement;
mod nulls;
pub mod optics;
pub mod prepackaged;
mod printed;
pub mod quantity;
pub mod recompute;
pub mod refusal;
pub mod retail;
pub mod rules;
pub mod scale;
#[cfg(feature = "schema")]
pub mod schema;
pub mod seen;
mod series;
mod slip;
mod stage;
pub mod standard;
mod strict;
pub mod text;
pub mod verdict;
pub mod verification;
pub mod wire;
