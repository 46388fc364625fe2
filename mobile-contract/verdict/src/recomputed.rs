//! What judging a stored verdict again came to.

use liangxin_metrology::recompute::{self, Recomputed};
use liangxin_metrology::wire::Refused;

use crate::Refusal;

/// What judging a stored verdict again came to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum RecomputedReport {
    /// The rules give the same verdict. Its words may have been chosen by another version of the
    /// library; they are not compared.
    Equal,
    /// The rules give another verdict.
    Differs {
        /// The places where it differs.
        differences: Vec<Difference>,
    },
    /// An edition that the verdict names is not loaded, or not with the same text.
    OtherRules {
        /// The ids of those editions.
        ids: Vec<String>,
        /// Where the verdict by the rules loaded differs; empty where only their text does.
        differences: Vec<Difference>,
    },
    /// The measurement cannot be judged any more.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// A place where two verdicts differ.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Difference {
    /// The path, such as `findings[0].limit`.
    pub at: String,
    /// What is stored there, as JSON; `null` where nothing is.
    pub stored: String,
    /// What judging again gives there.
    pub again: String,
}

impl From<Recomputed> for RecomputedReport {
    fn from(recomputed: Recomputed) -> Self {
        match recomputed {
            Recomputed::Equal => Self::Equal,
            Recomputed::Differs(differences) => Self::Differs {
                differences: places(differences),
            },
            Recomputed::OtherRules { ids, differences } => Self::OtherRules {
                ids,
                differences: places(differences),
            },
            Recomputed::Refused(error) => Self::Refused {
                refusal: Refused::from(error).into(),
            },
        }
    }
}

fn places(differences: Vec<recompute::Difference>) -> Vec<Difference> {
    let place = |difference: recompute::Difference| Difference {
        at: difference.at,
        stored: difference.stored,
        again: difference.again,
    };
    differences.into_iter().map(place).collect()
}
