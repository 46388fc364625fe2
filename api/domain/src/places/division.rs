//! Administrative divisions of Hunan by their GB/T 2260 code.
//!
//! Owns the shape of a code and the tree of divisions. It reads rows, never files, and does not
//! know which bureau sits in a division.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Hunan's two digits in GB/T 2260. Only its divisions are loaded, so only its codes are codes.
const PROVINCE: &str = "43";

words! {
    /// The rung of a division.
    pub enum Level {
        /// Two digits that matter.
        Province,
        /// Four digits that matter; cities and the autonomous prefecture.
        City,
        /// All six digits matter; counties, districts and county-level cities.
        County,
    }
}

/// Why a text is not a code, or rows are not a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DivisionError {
    /// Not six digits of a division of Hunan.
    #[error("`{0}` is not a division code of Hunan")]
    Code(String),
    /// The level is none of province, city, county.
    #[error("division {code}: `{level}` is not a level")]
    Level {
        /// The division.
        code: DivisionCode,
        /// What the row said.
        level: String,
    },
    /// The level of the row is not the one its code spells.
    #[error("division {0}: the level does not fit the code")]
    LevelMismatch(DivisionCode),
    /// Two rows carry the same code.
    #[error("division {0} is listed twice")]
    Duplicate(DivisionCode),
    /// The row names a parent that is not listed, or none where one is due.
    #[error("division {0}: its parent is not listed")]
    UnknownParent(DivisionCode),
    /// The parent's code is not a prefix, one rung up, of the child's.
    #[error("division {code}: {parent} cannot be its parent")]
    WrongParent {
        /// The division.
        code: DivisionCode,
        /// The parent its row names.
        parent: DivisionCode,
    },
}

/// Six digits of GB/T 2260, within Hunan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DivisionCode(u32);

impl DivisionCode {
    /// The rung that the trailing zeros spell.
    #[must_use]
    pub fn level(self) -> Level {
        if self.0.is_multiple_of(10_000) {
            Level::Province
        } else if self.0.is_multiple_of(100) {
            Level::City
        } else {
            Level::County
        }
    }

    /// The digits that matter: two, four or six. Codes below this one start with them.
    #[must_use]
    pub fn prefix(self) -> String {
        (self.0 / self.span()).to_string()
    }

    /// The division of a level that this one is, or in which it lies; `None` if it lies above.
    #[must_use]
    pub fn at(self, level: Level) -> Option<Self> {
        let span = match level {
            Level::Province => 10_000,
            Level::City => 100,
            Level::County => 1,
        };
        (span >= self.span()).then(|| Self(self.0 / span * span))
    }

    /// The last of the codes that share this one's prefix, whether there is such a division or not.
    #[must_use]
    pub fn last_within(self) -> u32 {
        self.0 / self.span() * self.span() + (self.span() - 1)
    }

    /// Whether `other` is this division or lies in it.
    #[must_use]
    pub fn contains(self, other: &Self) -> bool {
        self.0 / self.span() == other.0 / self.span()
    }

    /// The division one rung up; the province has none.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        match self.level() {
            Level::Province => None,
            Level::City => Some(Self(self.0 / 10_000 * 10_000)),
            Level::County => Some(Self(self.0 / 100 * 100)),
        }
    }

    /// How many codes share the prefix.
    fn span(self) -> u32 {
        match self.level() {
            Level::Province => 10_000,
            Level::City => 100,
            Level::County => 1,
        }
    }
}

impl FromStr for DivisionCode {
    type Err = DivisionError;

    fn from_str(text: &str) -> Result<Self, DivisionError> {
        let refused = || DivisionError::Code(text.to_owned());
        let is_six_digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_six_digits || !text.starts_with(PROVINCE) {
            return Err(refused());
        }
        let number: u32 = text.parse().map_err(|_not_a_number| refused())?;
        // 43 00 nn would be a county of no city.
        if !number.is_multiple_of(10_000) && (number / 100).is_multiple_of(100) {
            return Err(refused());
        }
        Ok(Self(number))
    }
}

impl TryFrom<String> for DivisionCode {
    type Error = DivisionError;

    fn try_from(text: String) -> Result<Self, DivisionError> {
        text.parse()
    }
}

impl From<DivisionCode> for String {
    fn from(code: DivisionCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// One division as the national list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Its code.
    pub code: DivisionCode,
    /// Its Chinese name.
    pub name: String,
    /// The division it belongs to; the province has none.
    pub parent: Option<DivisionCode>,
    /// Its rung.
    pub level: Level,
}

/// One row of a list of divisions, as read.
#[derive(Debug, Clone, Copy)]
pub struct DivisionRow<'a> {
    /// Six digits.
    pub code: &'a str,
    /// Chinese name.
    pub name: &'a str,
    /// Six digits of the parent; nothing for the province.
    pub parent: Option<&'a str>,
    /// `province`, `city` or `county`.
    pub level: &'a str,
}

/// The whole tree, in the order of the codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divisions(BTreeMap<DivisionCode, Division>);

impl Divisions {
    /// Builds the tree from rows in any order; refuses duplicates, unknown or wrong parents.
    pub fn from_rows<'a>(
        rows: impl IntoIterator<Item = DivisionRow<'a>>,
    ) -> Result<Self, DivisionError> {
        let mut tree = BTreeMap::new();
        for row in rows {
            let division = read(row)?;
            let code = division.code;
            if tree.insert(code, division).is_some() {
                return Err(DivisionError::Duplicate(code));
            }
        }
        for division in tree.values() {
            if division
                .parent
                .is_some_and(|parent| !tree.contains_key(&parent))
            {
                return Err(DivisionError::UnknownParent(division.code));
            }
        }
        Ok(Self(tree))
    }

    /// The division with that code, if it is listed.
    #[must_use]
    pub fn find(&self, code: DivisionCode) -> Option<&Division> {
        self.0.get(&code)
    }

    /// Every division, in the order of the codes.
    pub fn iter(&self) -> impl Iterator<Item = &Division> {
        self.0.values()
    }

    /// The divisions one rung below `code`, in the order of the codes.
    pub fn children(&self, code: DivisionCode) -> impl Iterator<Item = &Division> {
        self.0
            .values()
            .filter(move |division| division.parent == Some(code))
    }
}

fn read(row: DivisionRow<'_>) -> Result<Division, DivisionError> {
    let code: DivisionCode = row.code.parse()?;
    let level = Level::from_str(row.level).map_err(|_unknown| DivisionError::Level {
        code,
        level: row.level.to_owned(),
    })?;
    if level != code.level() {
        return Err(DivisionError::LevelMismatch(code));
    }
    let parent = row.parent.map(DivisionCode::from_str).transpose()?;
    match (parent, code.parent()) {
        (Some(given), due) if due != Some(given) => Err(DivisionError::WrongParent {
            code,
            parent: given,
        }),
        (None, Some(_missing)) => Err(DivisionError::UnknownParent(code)),
        _ => Ok(Division {
            code,
            name: row.name.to_owned(),
            parent,
            level,
        }),
    }
}

#[cfg(test)]
mod tests;
