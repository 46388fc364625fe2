//! One row while it is read: every complaint about it names its file, its key and the field.

use super::RegisterError;
use chrono::NaiveDate;
use liangxin_domain::{
    metrology::quantity::Gram,
    place::Position,
    places::division::{DivisionCode, Divisions},
    refusal::{Code, Refusal},
    text::{Email, Text},
};
use std::collections::BTreeSet;

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) file: &'static str,
    pub(super) key: &'r str,
}

impl Row<'_> {
    /// A text that is there, of at most `MAX` characters.
    pub(super) fn text<const MAX: usize>(
        self,
        field: &'static str,
        text: &str,
    ) -> Result<String, RegisterError> {
        let parsed = Text::<MAX>::parse(text, field).map_err(|why| self.refused(field, why))?;
        Ok(parsed.as_str().to_owned())
    }

    /// A text of at most `MAX` characters; blank counts as not given.
    pub(super) fn given_text<const MAX: usize>(
        self,
        field: &'static str,
        text: Option<&str>,
    ) -> Result<Option<String>, RegisterError> {
        let parsed =
            Text::<MAX>::parse_optional(text, field).map_err(|why| self.refused(field, why))?;
        Ok(parsed.map(|text| text.as_str().to_owned()))
    }

    /// An address for mail.
    pub(super) fn email(self, field: &'static str, text: &str) -> Result<Email, RegisterError> {
        Email::parse(text, field).map_err(|why| self.refused(field, why))
    }

    /// A mass in grams above nothing, exact decimal text.
    pub(super) fn grams(
        self,
        field: &'static str,
        text: Option<String>,
    ) -> Result<Option<String>, RegisterError> {
        let is_mass = |text: &String| Gram::parse(text).is_ok_and(|mass| mass > Gram::ZERO);
        match text {
            Some(text) if !is_mass(&text) => {
                Err(self.refused(field, Refusal::on(Code::OutOfRange, field)))
            }
            text => Ok(text),
        }
    }

    /// A position in WGS-84.
    pub(super) fn position(self, latitude: f64, longitude: f64) -> Result<Position, RegisterError> {
        Position::parse(latitude, longitude, None, "latitude")
            .map_err(|why| self.refused("latitude, longitude", why))
    }

    /// A period that does not end before it begins; `field` has its last day.
    pub(super) fn period(
        self,
        field: &'static str,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
    ) -> Result<(), RegisterError> {
        match (from, until) {
            (Some(from), Some(until)) if until < from => Err(RegisterError::Period {
                file: self.file,
                key: self.key.to_owned(),
                field,
                from,
                until,
            }),
            _ => Ok(()),
        }
    }

    /// A division that is on the list.
    pub(super) fn listed(
        self,
        division: DivisionCode,
        divisions: &Divisions,
    ) -> Result<DivisionCode, RegisterError> {
        match divisions.find(division) {
            Some(known) => Ok(known.code),
            None => Err(RegisterError::Division {
                file: self.file,
                key: self.key.to_owned(),
                division,
            }),
        }
    }

    /// The complaint that a field names a row of another file that is not there.
    pub(super) fn names(
        self,
        field: &'static str,
        named: &str,
        target: &'static str,
    ) -> RegisterError {
        RegisterError::UnknownReference {
            file: self.file,
            key: self.key.to_owned(),
            field,
            named: named.to_owned(),
            target,
        }
    }

    /// The complaint that the domain does not take the value of a field.
    pub(super) fn refused(self, field: &'static str, refusal: Refusal) -> RegisterError {
        RegisterError::Value {
            file: self.file,
            key: self.key.to_owned(),
            field,
            refusal,
        }
    }
}

/// Every key of a file, once.
pub fn unique(
    file: &'static str,
    keys: impl Iterator<Item = String>,
) -> Result<BTreeSet<String>, RegisterError> {
    let mut known = BTreeSet::new();
    for key in keys {
        if known.contains(&key) {
            return Err(RegisterError::RepeatedKey { file, key });
        }
        known.insert(key);
    }
    Ok(known)
}

/// Makes sure that no two rows of a file say the same in a field.
pub(super) fn all_differ<'r>(
    (file, field): (&'static str, &'static str),
    rows: impl Iterator<Item = (&'r str, String)>,
) -> Result<(), RegisterError> {
    let mut known = BTreeSet::new();
    for (key, value) in rows {
        if !known.insert(value) {
            return Err(RegisterError::RepeatedValue {
                file,
                key: key.to_owned(),
                field,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Row<'_> = Row {
        file: "merchants.toml",
        key: "stall",
    };

    #[test]
    fn a_key_is_used_once() {
        let keys = ["a", "b", "a"].map(str::to_owned).into_iter();
        assert!(matches!(
            unique("people.toml", keys),
            Err(RegisterError::RepeatedKey { file: "people.toml", key }) if key == "a"
        ));
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused_with_file_key_and_field() {
        let refused = ROW.text::<3>("address", "四个字长").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "merchants.toml, `stall`, `address`: Too long; at most 3."
        );
        let blank = ROW.text::<3>("address", "  ").unwrap_err();
        assert!(blank.to_string().contains("required"), "{blank}");
        assert_eq!(ROW.given_text::<3>("stall_no", Some(" ")).unwrap(), None);
    }

    #[test]
    fn a_figure_of_a_scale_is_an_exact_decimal_above_nothing() {
        let grams = |text: &str| ROW.grams("e_g", Some(text.to_owned()));
        assert_eq!(grams("0.5").unwrap().as_deref(), Some("0.5"));
        for wrong in ["", "0", "-5", "5 g", "1e3", "五"] {
            assert!(grams(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_period_may_last_a_day_and_not_less() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
        assert!(ROW.period("valid_until", day(9), day(9)).is_ok());
        assert!(ROW.period("valid_until", None, day(9)).is_ok());
        let reversed = ROW.period("valid_until", day(9), day(8)).unwrap_err();
        assert_eq!(
            reversed.to_string(),
            "merchants.toml, `stall`: `valid_until` is 2026-03-08, before the period begins on 2026-03-09"
        );
    }
}
