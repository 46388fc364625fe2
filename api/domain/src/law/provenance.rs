//! How well a number of law is known. Shown wherever a verdict or a clock is shown, so that
//! nobody takes a default for the law.

use serde::{Deserialize, Serialize};

/// How well a row of law data is known.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Provenance {
    /// Read in a copy of the instrument itself.
    Verified,
    /// Read only in a news item, a summary or another secondary page.
    Secondary,
    /// From general knowledge; a person must confirm it before it is relied upon.
    Unverified,
    /// Our own choice; no rule says it.
    Proposal,
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_provenance_reads_back_from_its_own_name() {
        for provenance in Provenance::iter() {
            assert_eq!(
                Provenance::from_str(&provenance.to_string()),
                Ok(provenance)
            );
        }
        assert_eq!(Provenance::Secondary.to_string(), "secondary");
    }
}
