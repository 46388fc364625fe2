//! The files as they are written: one struct a file, one field a column. Words of the domain are
//! read into the domain's types here, so that a mistake is reported with its line. Whether the rows
//! fit each other is for [`super::read`] to say.

use super::RegisterError;
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::role::{Role, Roles},
    merchants::instrument::InstrumentKind,
    places::division::{DivisionCode, Level},
    ratings::indicator::Venue,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use std::{fmt::Display, path::Path, str::FromStr};
use toml::value::Datetime;

/// The file of the bureaus.
pub(super) const BUREAUS: &str = "bureaus.toml";
/// The file of the people.
pub(super) const PEOPLE: &str = "people.toml";
/// The file of the merchants.
pub(super) const MERCHANTS: &str = "merchants.toml";
/// The file of the instruments.
pub(super) const INSTRUMENTS: &str = "instruments.toml";

/// The file of the reference standards, which a bureau without any leaves out.
pub(super) const STANDARDS: &str = "standards.toml";

/// The text of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// `bureaus.toml`.
    pub bureaus: String,
    /// `people.toml`.
    pub people: String,
    /// `merchants.toml`.
    pub merchants: String,
    /// `instruments.toml`.
    pub instruments: String,
    /// `standards.toml`; empty where there is none.
    pub standards: String,
}

impl Files {
    /// Reads the files of a directory; whatever else is in it is left alone.
    pub fn in_directory(directory: &Path) -> Result<Self, RegisterError> {
        let text = |file: &str| {
            let path = directory.join(file);
            std::fs::read_to_string(&path).map_err(|source| RegisterError::Missing { path, source })
        };
        Ok(Self {
            bureaus: text(BUREAUS)?,
            people: text(PEOPLE)?,
            merchants: text(MERCHANTS)?,
            instruments: text(INSTRUMENTS)?,
            standards: if directory.join(STANDARDS).exists() {
                text(STANDARDS)?
            } else {
                String::new()
            },
        })
    }
}

/// `bureaus.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BureauFile {
    #[serde(rename = "bureau")]
    pub(super) bureaus: Vec<BureauRow>,
}

/// A bureau.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BureauRow {
    pub(super) key: String,
    pub(super) division: DivisionCode,
    pub(super) level: Level,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) address: String,
    pub(super) hotline: String,
}

/// `people.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleFile {
    #[serde(rename = "person")]
    pub(super) people: Vec<PersonRow>,
}

/// A person; `bureau` and `merchant` are keys, and exactly one of them is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    pub(super) key: String,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) email: String,
    #[serde(deserialize_with = "roles")]
    pub(super) roles: Roles,
    pub(super) bureau: Option<String>,
    pub(super) merchant: Option<String>,
    pub(super) certificate_no: Option<String>,
}

/// `merchants.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MerchantFile {
    #[serde(rename = "merchant", default)]
    pub(super) merchants: Vec<MerchantRow>,
}

/// A merchant; `market` is the key of the organiser of its market.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MerchantRow {
    pub(super) key: String,
    pub(super) kind: Venue,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) credit_code: Option<String>,
    pub(super) division: DivisionCode,
    pub(super) address: String,
    #[serde(deserialize_with = "word")]
    pub(super) latitude: f64,
    #[serde(deserialize_with = "word")]
    pub(super) longitude: f64,
    pub(super) market: Option<String>,
    pub(super) stall_no: Option<String>,
    #[expect(dead_code, reason = "the register has no place for a telephone number")]
    phone: Option<String>,
    #[serde(deserialize_with = "day")]
    pub(super) opened_on: NaiveDate,
    #[serde(default, deserialize_with = "given_day")]
    pub(super) commitment_signed_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given_day")]
    pub(super) commitment_valid_to: Option<NaiveDate>,
}

/// `instruments.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentFile {
    #[serde(rename = "instrument", default)]
    pub(super) instruments: Vec<InstrumentRow>,
}

/// An instrument; `merchant` is a key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentRow {
    pub(super) key: String,
    pub(super) merchant: String,
    #[serde(deserialize_with = "word")]
    pub(super) kind: InstrumentKind,
    pub(super) model: String,
    pub(super) serial: String,
    pub(super) accuracy_class: Option<String>,
    pub(super) e_g: Option<String>,
    pub(super) max_g: Option<String>,
    #[serde(default, deserialize_with = "given_day")]
    pub(super) verified_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given_day")]
    pub(super) valid_until: Option<NaiveDate>,
    pub(super) certificate_no: Option<String>,
    #[expect(dead_code, reason = "the register has no place for the testing body")]
    verified_by: Option<String>,
}

/// `standards.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StandardFile {
    #[serde(rename = "standard", default)]
    pub(super) standards: Vec<StandardRow>,
}

/// A reference standard; `bureau` is a key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StandardRow {
    pub(super) bureau: String,
    pub(super) serial: String,
    pub(super) name: String,
    pub(super) certificate_no: String,
    #[serde(deserialize_with = "day")]
    pub(super) valid_until: NaiveDate,
}

/// Reads the text of the file of that name.
pub fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, RegisterError> {
    toml::from_str(text).map_err(|source| RegisterError::Unreadable {
        file,
        source: Box::new(source),
    })
}

fn word<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: Display>,
{
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

fn roles<'de, D: Deserializer<'de>>(from: D) -> Result<Roles, D::Error> {
    Vec::<String>::deserialize(from)?
        .iter()
        .map(|text| text.parse::<Role>().map_err(D::Error::custom))
        .collect()
}

/// Reads a day as TOML writes it: without a time, and without quotes.
pub fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    match Datetime::deserialize(from)? {
        Datetime {
            date: Some(date),
            time: None,
            offset: None,
        } => NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()),
        _ => None,
    }
    .ok_or_else(|| D::Error::custom("expected a day without a time"))
}

fn given_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    day(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
        match read::<T>("a file", text).unwrap_err() {
            RegisterError::Unreadable { source, .. } => source.to_string(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_word_that_the_domain_does_not_know_is_refused_with_its_line() {
        let text = "[[person]]\nkey = \"x\"\nname_zh = \"\"\nname_en = \"\"\nemail = \"\"\n\
                    roles = [\"king\"]\n";
        assert!(refused::<PeopleFile>(text).contains("line 6"));
    }

    #[test]
    fn a_list_with_a_mistyped_name_is_refused() {
        let refused = refused::<MerchantFile>("[[merchants]]\nkey = \"stall\"\n");
        assert!(refused.contains("merchants"), "{refused}");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let directory = Path::new("no-such-directory");
        let missing = Files::in_directory(directory).unwrap_err().to_string();
        assert!(missing.contains("no-such-directory"), "{missing}");
        assert!(missing.contains(BUREAUS), "{missing}");
    }
}
