//! Why a rule file is refused. Always names the file, and the line or row.

/// A rule file, or the set of files, is not usable.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// Not TOML of the expected form: a key unknown or missing (provenance included), a number that
    /// is not a quantity, a blank text. The source says which.
    #[error("rule file {file}, line {line}: not the expected form")]
    Malformed {
        /// The file.
        file: String,
        /// The line of the row at fault, from 1.
        line: usize,
        /// What the reader says.
        source: toml::de::Error,
    },
    /// The file has no section of any family.
    #[error("rule file {file}: it has no section of rules")]
    NoFamily {
        /// The file.
        file: String,
    },
    /// The edition's last day lies before its first.
    #[error("rule file {file}: edition {id} ends before it starts")]
    EndsBeforeStart {
        /// The file.
        file: String,
        /// The edition.
        id: String,
    },
    /// Two editions of a family are in force on the same day.
    #[error("rule file {file}: its edition overlaps the one in {other}")]
    Overlap {
        /// The file with the later edition.
        file: String,
        /// The file with the earlier edition.
        other: String,
    },
    /// There are days between two editions of a family on which none is in force.
    #[error("rule file {file}: its edition leaves days without rules after the one in {other}")]
    Interval {
        /// The file with the later edition.
        file: String,
        /// The file with the earlier edition.
        other: String,
    },
    /// The date that picks the edition is not the one by which its family is picked.
    #[error("rule file {file}: {family} is not picked by that date")]
    PickedBy {
        /// The file.
        file: String,
        /// The family, as its section is called.
        family: &'static str,
    },
    /// Two files bear the same edition id.
    #[error("rule file {file}: edition id {id} is also in {other}")]
    RepeatedId {
        /// The file.
        file: String,
        /// The other file.
        other: String,
        /// The id both bear.
        id: String,
    },
    /// Two sources bear the same file name.
    #[error("rule file {file} is given twice")]
    RepeatedFile {
        /// The file.
        file: String,
    },
    /// A row does not fit its neighbours.
    #[error("rule file {file}, {row}: {problem}")]
    Row {
        /// The file.
        file: String,
        /// The table and the row, counted from 1.
        row: String,
        /// What is wrong.
        problem: BandProblem,
    },
}

/// Why a row does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BandProblem {
    /// The table has no rows.
    #[error("the table is empty")]
    Empty,
    /// The first band does not start at zero.
    #[error("the first band does not start at zero")]
    NotFromZero,
    /// The band ends at or before its start.
    #[error("the band ends at or before its start")]
    Unsorted,
    /// The band does not start where the one before it ends.
    #[error("the band starts at {found}, the one before it ends at {expected}")]
    Gap {
        /// Where the band before ends.
        expected: String,
        /// Where this band starts.
        found: String,
    },
    /// The limit is zero.
    #[error("the limit is zero")]
    NoLimit,
    /// Another row bears the same name.
    #[error("another row bears the same name")]
    Repeated,
}

impl RuleError {
    pub(super) fn malformed(file: &str, text: &str, source: toml::de::Error) -> Self {
        let before = source
            .span()
            .map_or("", |span| text.get(..span.start).unwrap_or(""));
        let line = before.matches('\n').count() + 1;
        Self::Malformed {
            file: file.to_owned(),
            line,
            source,
        }
    }

    /// Refuses a limit of zero.
    pub(super) fn if_zero<L: Default + PartialEq>(
        limit: &L,
        file: &str,
        row: &str,
    ) -> Result<(), Self> {
        if *limit == L::default() {
            return Err(Self::row(file, row, BandProblem::NoLimit));
        }
        Ok(())
    }

    pub(crate) fn row(file: &str, row: impl Into<String>, problem: BandProblem) -> Self {
        Self::Row {
            file: file.to_owned(),
            row: row.into(),
            problem,
        }
    }
}
