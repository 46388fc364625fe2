//! Rows of law that apply from one day to another, and the errors of reading and picking them.
//!
//! Two rows of one id may follow each other but never overlap: on any day at most one is the law.

use chrono::NaiveDate;

/// Why law data cannot be read, or no row can be picked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LawError {
    /// The file is not TOML.
    #[error("{file} cannot be read")]
    Unreadable {
        /// The file.
        file: &'static str,
        /// What the parser said.
        source: Box<toml::de::Error>,
    },
    /// A section is absent or is not what it should be.
    #[error("{file} has no section `{section}`")]
    MissingSection {
        /// The file.
        file: &'static str,
        /// The section.
        section: &'static str,
    },
    /// A section that no rule reads: most likely a misspelled one.
    #[error("{file} has an unknown section `{section}`")]
    UnknownSection {
        /// The file.
        file: &'static str,
        /// The section.
        section: String,
    },
    /// A row lacks a field, has one too many, or one of a wrong kind.
    #[error("{file}, {row} cannot be read")]
    Row {
        /// The file.
        file: &'static str,
        /// Section, number from 1 and, where it has one, the id.
        row: String,
        /// What the parser said.
        source: Box<toml::de::Error>,
    },
    /// A row reads well but says something that cannot be.
    #[error("{file}, {row}: {reason}")]
    Invalid {
        /// The file.
        file: &'static str,
        /// The id of the row.
        row: String,
        /// What cannot be.
        reason: String,
    },
    /// Two rows of one id apply on the same day.
    #[error("{file}: two rows of {id} apply on {on}")]
    Overlap {
        /// The file.
        file: &'static str,
        /// The id they share.
        id: String,
        /// The first day that both claim.
        on: NaiveDate,
    },
    /// No row ever had that id.
    #[error("there is no rule {id}")]
    UnknownRule {
        /// The id asked for.
        id: String,
    },
    /// The id is known, but no row of it applies on that day.
    #[error("no edition of {id} is loaded for {on}")]
    NotInForce {
        /// The id asked for.
        id: String,
        /// The day asked for.
        on: NaiveDate,
    },
}

/// A row that applies from one day to another.
pub trait Dated {
    /// What successive editions share.
    fn id(&self) -> &str;
    /// The first day on which the row may be applied.
    fn valid_from(&self) -> NaiveDate;
    /// The last day on which it applies; open while it is in force.
    fn valid_to(&self) -> Option<NaiveDate>;

    /// Whether the row applies on that day.
    fn applies_on(&self, day: NaiveDate) -> bool {
        self.valid_from() <= day && self.valid_to().is_none_or(|last| day <= last)
    }
}

/// Refuses rows that end before they begin, and rows of one id that share a day.
pub(crate) fn check_editions<T: Dated>(file: &'static str, rows: &[T]) -> Result<(), LawError> {
    for (index, row) in rows.iter().enumerate() {
        if row.valid_to().is_some_and(|last| last < row.valid_from()) {
            return Err(LawError::Invalid {
                file,
                row: row.id().to_owned(),
                reason: "valid_to is before valid_from".to_owned(),
            });
        }
        for other in rows
            .iter()
            .skip(index + 1)
            .filter(|other| other.id() == row.id())
        {
            let on = row.valid_from().max(other.valid_from());
            if row.applies_on(on) && other.applies_on(on) {
                return Err(LawError::Overlap {
                    file,
                    id: row.id().to_owned(),
                    on,
                });
            }
        }
    }
    Ok(())
}

/// The row of that id that applies on that day.
pub(crate) fn get_on<'a, T: Dated>(
    rows: &'a [T],
    id: &str,
    on: NaiveDate,
) -> Result<&'a T, LawError> {
    let mut editions = rows.iter().filter(|row| row.id() == id).peekable();
    if editions.peek().is_none() {
        return Err(LawError::UnknownRule { id: id.to_owned() });
    }
    editions
        .find(|row| row.applies_on(on))
        .ok_or_else(|| LawError::NotInForce {
            id: id.to_owned(),
            on,
        })
}
