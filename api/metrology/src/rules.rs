//! Dated rules as data: reading, checking and picking editions.
//!
//! A rule file is TOML with an `[edition]` head and one section for its family. Unknown keys, missing
//! provenance, unsorted bands, gaps and overlapping editions are refused with file and row, so that a
//! rule set that loads can be used without looking back. This module knows the form of the rules and
//! refuses to know how they are applied.

mod bands;
mod edition;
mod error;
mod penalty;
mod retail;
mod scale;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

pub use bands::{Band, Bands};
pub use edition::{Edition, EditionHead, NoEdition, PickedBy, Provenance, RuleText};
pub use error::{BandProblem, RuleError};
pub use penalty::{GoodsWithoutLimit, PenaltyRules};
pub use retail::{
    ClassByName, ClassByPrice, ExcludedGoods, ExcludedRow, MethodRow, Methods, PieceTable, Reading,
    Readings, RetailRules, Suitability, Table1,
};
pub use scale::{InServiceRow, InitialErrors, ScaleRules};

use edition::Editions;

/// The rule files built into this library, by name.
const EMBEDDED: [(&str, &str); 3] = [
    (
        "retail-weighing-2020.toml",
        include_str!("../rules/retail-weighing-2020.toml"),
    ),
    (
        "quantity-penalty-2020.toml",
        include_str!("../rules/quantity-penalty-2020.toml"),
    ),
    (
        "scales-jjg-539-2016.toml",
        include_str!("../rules/scales-jjg-539-2016.toml"),
    ),
];

/// Checked editions of every family, ready to judge by.
#[derive(Debug, Clone)]
pub struct RuleSet {
    retail: Editions<RetailRules>,
    penalty: Editions<PenaltyRules>,
    scale: Editions<ScaleRules>,
    sources: BTreeMap<String, String>,
}

impl RuleSet {
    /// The editions built into this library.
    pub fn embedded() -> Result<Self, RuleError> {
        Self::from_sources(EMBEDDED)
    }

    /// Reads and checks rule files given as name and text. The order of the files has no effect.
    pub fn from_sources<N, T>(sources: impl IntoIterator<Item = (N, T)>) -> Result<Self, RuleError>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        let mut set = Self {
            retail: Editions::default(),
            penalty: Editions::default(),
            scale: Editions::default(),
            sources: BTreeMap::new(),
        };
        for (name, text) in sources {
            let (file, text) = (name.into(), text.as_ref().replace("\r\n", "\n"));
            if set.sources.contains_key(&file) {
                return Err(RuleError::RepeatedFile { file });
            }
            set.add(&file, &text)?;
            set.sources.insert(file, text);
        }
        set.check_identities()?;
        set.retail.check_dates()?;
        set.penalty.check_dates()?;
        set.scale.check_dates()?;
        Ok(set)
    }

    /// The edition of family `F` in force on `date`, the first and the last day included.
    pub fn edition_on<F: Family>(&self, date: NaiveDate) -> Result<&Edition<F>, NoEdition> {
        F::editions(self).on(date).ok_or(NoEdition {
            family: F::NAME,
            on: date,
        })
    }

    /// The heads of all editions, family by family, oldest first.
    pub fn heads(&self) -> Vec<&EditionHead> {
        let retail = self.retail.iter().map(|edition| &edition.head);
        let penalty = self.penalty.iter().map(|edition| &edition.head);
        let scale = self.scale.iter().map(|edition| &edition.head);
        retail.chain(penalty).chain(scale).collect()
    }

    /// The text a digest of the rules is taken over: for each file, sorted by name, a line
    /// `name bytes`, the text with LF line ends, and a line end. Two sets with the same canonical
    /// text give the same verdicts.
    pub fn canonical_text(&self) -> String {
        let mut canonical = String::new();
        for (name, text) in &self.sources {
            canonical.push_str(&format!("{name} {}\n{text}\n", text.len()));
        }
        canonical
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        let RuleFile {
            edition: head,
            retail_weighing,
            quantity_penalty,
            scale_limits,
        } = toml::from_str(text).map_err(|source| RuleError::malformed(file, text, source))?;
        if head.valid_to.is_some_and(|last| last < head.valid_from) {
            return Err(RuleError::EndsBeforeStart {
                file: file.to_owned(),
                id: head.id.to_string(),
            });
        }
        match (retail_weighing, quantity_penalty, scale_limits) {
            (Some(rules), None, None) => {
                rules.check(file)?;
                self.retail.add(file, head, rules);
            }
            (None, Some(rules), None) => self.penalty.add(file, head, rules),
            (None, None, Some(rules)) => {
                rules.check(file)?;
                self.scale.add(file, head, rules);
            }
            _ => {
                return Err(RuleError::NotOneFamily {
                    file: file.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn check_identities(&self) -> Result<(), RuleError> {
        let mut seen = BTreeMap::new();
        let retail = self.retail.iter().map(Edition::identity);
        let penalty = self.penalty.iter().map(Edition::identity);
        let scale = self.scale.iter().map(Edition::identity);
        for (id, file) in retail.chain(penalty).chain(scale) {
            if let Some(other) = seen.insert(id, file) {
                return Err(RuleError::RepeatedId {
                    file: file.to_owned(),
                    other: other.to_owned(),
                    id: id.to_owned(),
                });
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    edition: EditionHead,
    retail_weighing: Option<RetailRules>,
    quantity_penalty: Option<PenaltyRules>,
    scale_limits: Option<ScaleRules>,
}

/// A family of rules: what one section of a rule file holds. Sealed, since a family comes with its
/// place in [`RuleSet`].
pub trait Family: sealed::InRuleSet {
    /// The family's name, as its section is called.
    const NAME: &'static str;
}

impl Family for RetailRules {
    const NAME: &'static str = "retail_weighing";
}

impl Family for PenaltyRules {
    const NAME: &'static str = "quantity_penalty";
}

impl Family for ScaleRules {
    const NAME: &'static str = "scale_limits";
}

mod sealed {
    use super::{Editions, PenaltyRules, RetailRules, RuleSet, ScaleRules};

    pub trait InRuleSet: Sized {
        fn editions(rules: &RuleSet) -> &Editions<Self>;
    }

    impl InRuleSet for RetailRules {
        fn editions(rules: &RuleSet) -> &Editions<Self> {
            &rules.retail
        }
    }

    impl InRuleSet for PenaltyRules {
        fn editions(rules: &RuleSet) -> &Editions<Self> {
            &rules.penalty
        }
    }

    impl InRuleSet for ScaleRules {
        fn editions(rules: &RuleSet) -> &Editions<Self> {
            &rules.scale
        }
    }
}
