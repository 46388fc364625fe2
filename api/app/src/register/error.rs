//! Why the files are no register. Every message names the file and the row.

use chrono::NaiveDate;
use liangxin_domain::{
    accounts::role::Role,
    places::division::DivisionCode,
    refusal::{Lang, Refusal},
};
use std::path::PathBuf;

/// Why the files are no register.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// A file is not there, or is not text.
    #[error("cannot read {}", path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file is not TOML, lacks a field, or has a field or a word that nobody knows.
    #[error("{file} cannot be understood")]
    Unreadable {
        /// The file.
        file: &'static str,
        /// What the parser said, with the line.
        source: Box<toml::de::Error>,
    },
    /// A file has no row, and the register cannot be without one.
    #[error("{file} has no row")]
    Empty {
        /// The file.
        file: &'static str,
    },
    /// Two rows of a file have the same key.
    #[error("{file} has the key `{key}` twice")]
    RepeatedKey {
        /// The file.
        file: &'static str,
        /// The key.
        key: String,
    },
    /// Two rows of a file say the same where each must say something else.
    #[error("{file}, `{key}`: an earlier row has the same `{field}`")]
    RepeatedValue {
        /// The file.
        file: &'static str,
        /// The key of the later row.
        key: String,
        /// The field.
        field: &'static str,
    },
    /// A key is asked for that no row of the file has.
    #[error("{file} has no key `{key}`")]
    UnknownKey {
        /// The file where it should be.
        file: &'static str,
        /// The key.
        key: String,
    },
    /// A row names a row of another file that is not there.
    #[error("{file}, `{key}`: `{field}` names `{named}`, which is no key in {target}")]
    UnknownReference {
        /// The file.
        file: &'static str,
        /// The key of the row.
        key: String,
        /// The field.
        field: &'static str,
        /// The key that the field names.
        named: String,
        /// The file where that key should be.
        target: &'static str,
    },
    /// A value is of the right kind, but not one that the domain takes.
    #[error("{file}, `{key}`, `{field}`: {}", refusal.message(Lang::En))]
    Value {
        /// The file.
        file: &'static str,
        /// The key of the row.
        key: String,
        /// The field.
        field: &'static str,
        /// Why.
        refusal: Refusal,
    },
    /// A period ends before it begins.
    #[error("{file}, `{key}`: `{field}` is {until}, before the period begins on {from}")]
    Period {
        /// The file.
        file: &'static str,
        /// The key of the row.
        key: String,
        /// The field with the last day.
        field: &'static str,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        until: NaiveDate,
    },
    /// A division has the form of a code and is none.
    #[error("{file}, `{key}`: `division` {division} is not on the national list (GB/T 2260)")]
    Division {
        /// The file.
        file: &'static str,
        /// The key of the row.
        key: String,
        /// The code.
        division: DivisionCode,
    },
    /// A bureau's level is not that of its division.
    #[error("bureaus.toml, `{key}`: `level` does not fit `division`")]
    Level {
        /// The key of the bureau.
        key: String,
    },
    /// A stall stands in something that is no market.
    #[error("merchants.toml, `{key}`: `market` names `{market}`, which organises no market")]
    Market {
        /// The key of the merchant.
        key: String,
        /// The key that it names.
        market: String,
    },
    /// A person sits in a bureau and at a merchant, or in neither.
    #[error("people.toml, `{key}`: a person has either `bureau` or `merchant`")]
    Seat {
        /// The key of the person.
        key: String,
    },
    /// A person may do nothing.
    #[error("people.toml, `{key}`: `roles` names no role")]
    NoRole {
        /// The key of the person.
        key: String,
    },
    /// A merchant's person is an officer, or an officer a merchant's person.
    #[error("people.toml, `{key}`: `roles` has `{role}`, which does not fit where the person sits")]
    Role {
        /// The key of the person.
        key: String,
        /// The role.
        role: Role,
    },
}
