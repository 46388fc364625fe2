//! How well a number of law is known. Shown wherever a verdict or a clock is shown, so that
//! nobody takes a default for the law.

use serde::{Deserialize, Serialize};

/// How well a number or a reading of the law is known, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[derive(strum::Display, strum::EnumString, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Provenance {
    /// Read in a copy of the instrument itself.
    Verified,
    /// Read only in a derivative source, such as a summary, or in an older edition believed
    /// unchanged.
    Secondary,
    /// From general knowledge, or our reading where the text is silent or open; a person must confirm
    /// it before it is relied upon.
    Unverified,
    /// Our own choice; no rule says it.
    Proposal,
}

impl Provenance {
    /// Whether what rests on this may change once somebody checks the primary text.
    pub fn is_provisional(self) -> bool {
        self >= Self::Unverified
    }

    /// The word for it, as files of law and rules spell it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_provenance_reads_back_from_its_own_name() {
        for provenance in Provenance::iter() {
            assert_eq!(Provenance::from_str(provenance.as_str()), Ok(provenance));
        }
        assert_eq!(Provenance::Secondary.to_string(), "secondary");
    }
}
