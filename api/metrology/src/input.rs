//! Why an input is refused, the same in every family.

use std::borrow::Cow;

/// A measurement that says something impossible. Names its field as the input spells it, with a dot
/// for what lies within (`scale.max`) and a number from 0 in brackets for a row (`packages[3].net`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct InputError {
    /// The field.
    pub field: Cow<'static, str>,
    /// What is wrong with it.
    pub problem: InputProblem,
}

impl InputError {
    /// Says what is wrong with a field.
    pub fn at(field: impl Into<Cow<'static, str>>, problem: InputProblem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }

    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputProblem {
    /// A quantity that must be more than zero is zero.
    #[error("it must be more than zero")]
    NotPositive,
    /// A value that no instrument and no goods can have.
    #[error("no such value can be: {why}")]
    Absurd {
        /// Why it cannot be.
        why: &'static str,
    },
    /// A value so far from what it is checked against that it looks like a slip.
    #[error("it looks like a slip; send \"confirmed\": true with the measurement if it is so")]
    Doubtful,
    /// A list that must have exactly so many rows.
    #[error("{wanted} rows are wanted")]
    WrongCount {
        /// How many.
        wanted: usize,
    },
    /// A list with too few rows.
    #[error("at least {least} rows are wanted")]
    TooFew {
        /// The least number.
        least: usize,
    },
    /// A list with too many rows.
    #[error("at most {most} rows are taken")]
    TooMany {
        /// The greatest number.
        most: usize,
    },
    /// The same thing twice.
    #[error("it is given twice")]
    Repeated,
    /// Needed together with another field.
    #[error("it is needed: {why}")]
    Required {
        /// What makes it needed.
        why: &'static str,
    },
    /// It contradicts another field.
    #[error("it contradicts another field: {why}")]
    Contradicts {
        /// What it contradicts.
        why: &'static str,
    },
    /// It lies outside what the rules cover.
    #[error("the rules do not cover it: {why}")]
    OutOfScope {
        /// What the rules cover.
        why: &'static str,
    },
    /// An officer's choice against the default without a reason.
    #[error("this choice needs a reason")]
    ReasonRequired,
    /// A scale that no accuracy class allows.
    #[error("no scale of this accuracy class has so many intervals")]
    TooManyIntervals,
    /// The rules know no such thing.
    #[error("the rules know no such thing")]
    Unknown,
}

impl InputProblem {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPositive => "QUANTITY_NOT_POSITIVE",
            Self::Absurd { .. } => "VALUE_ABSURD",
            Self::Doubtful => "VALUE_DOUBTFUL",
            Self::WrongCount { .. } => "COUNT_WRONG",
            Self::TooFew { .. } => "COUNT_TOO_SMALL",
            Self::TooMany { .. } => "COUNT_TOO_LARGE",
            Self::Repeated => "VALUE_REPEATED",
            Self::Required { .. } => "FIELD_MISSING",
            Self::Contradicts { .. } => "VALUE_CONTRADICTS",
            Self::OutOfScope { .. } => "VALUE_OUT_OF_SCOPE",
            Self::ReasonRequired => "REASON_REQUIRED",
            Self::TooManyIntervals => "SCALE_HAS_TOO_MANY_INTERVALS",
            Self::Unknown => "VALUE_UNKNOWN",
        }
    }
}

/// What a check of an input comes to.
pub(crate) type Checked = Result<(), InputError>;

/// Refuses a list with fewer or more rows than it may have.
pub(crate) fn count(
    field: impl Into<String>,
    found: usize,
    (least, most): (usize, usize),
) -> Checked {
    let problem = if found < least {
        InputProblem::TooFew { least }
    } else if found > most {
        InputProblem::TooMany { most }
    } else {
        return Ok(());
    };
    Err(InputError::at(field.into(), problem))
}

/// Refuses a quantity that is zero and must not be.
pub(crate) fn positive(field: impl Into<String>, is_zero: bool) -> Checked {
    refuse_if(is_zero, field, InputProblem::NotPositive)
}

/// Refuses a value that cannot be.
pub(crate) fn absurd(field: impl Into<String>, is_absurd: bool, why: &'static str) -> Checked {
    refuse_if(is_absurd, field, InputProblem::Absurd { why })
}

/// Refuses what contradicts another field.
pub(crate) fn contradiction(field: impl Into<String>, is_one: bool, why: &'static str) -> Checked {
    refuse_if(is_one, field, InputProblem::Contradicts { why })
}

fn refuse_if(is_wrong: bool, field: impl Into<String>, problem: InputProblem) -> Checked {
    if is_wrong {
        return Err(InputError::at(field.into(), problem));
    }
    Ok(())
}
