//! The form of the rules on the net content mark: words, units by size, heights of characters.

use chrono::NaiveDate;
use serde::Deserialize;

use super::file::Rows;
use super::{
    BandProblem, Bands, ExcludedGoodsRow, Parts, Provenance, RuleError, RuleText, ViolationCode,
};
use crate::label::{LabelUnit, QuantityKind};
use crate::quantity::{Gram, Kind, Millilitre, Millimetre, Quantity, SquareCentimetre};

rows! {
    /// One edition of the rules on the net content mark.
    pub struct LabelRules {
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
        /// The duty to mark the net content, and its words.
        pub mark: MarkRow,
        /// The number of the mark.
        pub number: NumberRow,
        /// What leaves a quantity open.
        pub unclear: UnclearRow,
        /// The spellings of each unit.
        pub spellings: Vec<SpellingRow>,
        /// The unit by size.
        pub units: UnitTables,
        /// The least height of the characters.
        pub characters: CharacterTables,
        /// The duty to mark in a conspicuous place.
        pub conspicuous: DutyRow,
        /// What a package with several items says.
        pub multi_pack: DutyRow,
        /// Goods that may be sold by the test rules of before.
        pub transition: TransitionRow,
        /// Goods that the edition leaves out.
        #[serde(default)]
        pub excluded: Vec<ExcludedGoodsRow>,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// The words of the mark.
    pub struct MarkRow {
        /// The words the mark bears.
        pub words: RuleText,
        /// Words that look like them and are wrong.
        pub wrong_words: RuleText,
        /// The kinds of quantity whose mark may leave the words out.
        pub may_omit: Vec<QuantityKind>,
    } with article

    /// The number of the mark.
    pub struct NumberRow {
        /// The recommended most significant digits.
        pub recommended_digits: u32,
    } with article

    /// Words and signs that leave a quantity open.
    pub struct UnclearRow {
        /// The words, without blanks.
        pub words: Vec<RuleText>,
    } with article

    /// The spellings of a unit.
    pub struct SpellingRow {
        /// The unit.
        pub unit: LabelUnit,
        /// The spellings that are right; capitals count.
        pub written: Vec<RuleText>,
    } with source

    /// The unit by size, for each kind that has a table.
    #[expect(missing_docs, reason = "one key for each kind of quantity")]
    pub struct UnitTables {
        pub article: RuleText,
        pub mass: Vec<SizeRow<Gram>>,
        pub volume: Vec<SizeRow<Millilitre>>,
        pub length: Vec<SizeRow<Millimetre>>,
        pub area: Vec<SizeRow<SquareCentimetre>>,
    }
}

/// The units of one range of sizes: `from <= q < below`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct SizeRow<Q: Size> {
    /// The least quantity of the range.
    pub from: Q,
    /// Where the range ends, not included; absent in the last.
    pub below: Option<Q>,
    /// The units allowed.
    pub units: Vec<LabelUnit>,
    /// Whether sources differ about a quantity of exactly `from`: then the units of the range
    /// before are taken too.
    #[serde(default)]
    pub disputed_start: bool,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// A quantity a table of sizes can be written in.
pub trait Size: Copy + Ord + Default + std::fmt::Display + serde::de::DeserializeOwned {}

impl<K: Kind> Size for Quantity<K> {}

/// What a table of sizes says of one quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SizeUnits {
    pub units: Vec<LabelUnit>,
    pub is_disputed: bool,
    pub range: String,
    /// The same for people, in Chinese and in English.
    pub sizes: (String, String),
    pub provenance: Provenance,
}

/// The units for a quantity; nothing where the table is silent.
pub(crate) fn units_for<Q: Size>(rows: &[SizeRow<Q>], quantity: Q) -> Option<SizeUnits> {
    let is_within =
        |row: &SizeRow<Q>| row.from <= quantity && row.below.is_none_or(|below| quantity < below);
    let index = rows.iter().position(is_within)?;
    let row = rows.get(index)?;
    let is_disputed = row.disputed_start && row.from == quantity;
    let before = index.checked_sub(1).and_then(|index| rows.get(index));
    let mut units = row.units.clone();
    if let Some(before) = before.filter(|_| is_disputed) {
        units.extend(&before.units);
    }
    let from = row.from;
    let (range, zh, en) = match row.below {
        Some(below) if from == Q::default() => (
            format!("Qn < {below}"),
            format!("不足{below}的"),
            format!("below {below}"),
        ),
        Some(below) => (
            format!("{from} <= Qn < {below}"),
            format!("{from}及以上、不足{below}的"),
            format!("from {from} to less than {below}"),
        ),
        None => (
            format!("Qn >= {from}"),
            format!("{from}及以上的"),
            format!("from {from} on"),
        ),
    };
    Some(SizeUnits {
        units,
        is_disputed,
        range,
        sizes: (zh, en),
        provenance: row.provenance,
    })
}

fn check_sizes<Q: Size>(rows: &[SizeRow<Q>], file: &str, table: &str) -> Result<(), RuleError> {
    let mut expected = Some(Q::default());
    for (index, row) in rows.iter().enumerate() {
        let name = format!("{table}, row {}", index + 1);
        let Some(start) = expected else {
            return Err(RuleError::row(file, name, BandProblem::Unsorted));
        };
        if row.from != start {
            let (expected, found) = (start.to_string(), row.from.to_string());
            return Err(RuleError::row(
                file,
                name,
                BandProblem::Gap { expected, found },
            ));
        }
        if row.below.is_some_and(|below| below <= row.from) {
            return Err(RuleError::row(file, name, BandProblem::Unsorted));
        }
        if row.units.is_empty() {
            return Err(RuleError::row(file, name, BandProblem::Empty));
        }
        expected = row.below;
    }
    match rows {
        [] => Err(RuleError::row(file, table, BandProblem::Empty)),
        _ => Ok(()),
    }
}

rows! {
    /// The least height of the characters, by kind of quantity.
    #[expect(missing_docs, reason = "one key for each kind of quantity")]
    pub struct CharacterTables {
        pub article: RuleText,
        pub mass: Bands<Gram, Millimetre>,
        pub volume: Bands<Millilitre, Millimetre>,
        pub length_area_count: HeightRow,
    }

    /// A height that does not depend on the quantity.
    pub struct HeightRow {
        /// The least height.
        pub limit: Millimetre,
    } with source

    /// A duty without a number.
    pub struct DutyRow {} with article

    /// Goods made before a day, which may be sold by the test rules of before.
    pub struct TransitionRow {
        /// The first day of the new test rules.
        pub made_before: NaiveDate,
    } with text
}

impl Rows for LabelRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        check_sizes(&self.units.mass, file, "units.mass")?;
        check_sizes(&self.units.volume, file, "units.volume")?;
        check_sizes(&self.units.length, file, "units.length")?;
        check_sizes(&self.units.area, file, "units.area")?;
        let CharacterTables { mass, volume, .. } = &self.characters;
        mass.check_with_limits(file, "characters.mass")?;
        volume.check_with_limits(file, "characters.volume")?;
        self.parts.check(file)
    }
}
