//! Sums from which, or up to which, something else follows: by day, by province, by kind of person.
//!
//! The rows are `law/thresholds.toml`. A sum that nobody could read is not known, and says why.

use chrono::NaiveDate;
use serde::Deserialize;

use super::edition::{self, Dated, LawError};
use super::file::LawFile;
use super::provenance::Provenance;
use crate::money::Fen;
use crate::places::division::DivisionCode;

const FILE: &str = "thresholds.toml";

words! {
    /// What follows.
    pub enum ThresholdKind {
        /// From there on a violation is major by its amount (较大数额).
        LargerAmount,
        /// From there on a hearing may be asked for.
        Hearing,
        /// Up to there a fine may be set on the spot.
        Summary,
        /// From there on the province decides.
        ProvincialDecision,
        /// Up to there a mitigated fine is a light penalty.
        LightPenalty,
    }

    /// For whom.
    pub enum Person {
        /// A citizen.
        Natural,
        /// A legal person or another organisation.
        Organisation,
        /// Everybody.
        Any,
    }
}

/// Whether the value of confiscated goods is part of the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfiscatedGoods {
    /// It is.
    Counted,
    /// It is not.
    NotCounted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdRow {
    id: String,
    kind: ThresholdKind,
    person: Person,
    province: Option<String>,
    amount_yuan: Option<i64>,
    unknown_zh: Option<String>,
    unknown_en: Option<String>,
    confiscated_goods: Option<ConfiscatedGoods>,
    instrument: String,
    edition: String,
    article: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    provenance: Provenance,
}

/// A sum, or why it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// The sum.
    Known(Fen),
    /// Nobody could read it.
    Unknown {
        /// Why not, in Chinese.
        reason_zh: String,
        /// Why not, in English.
        reason_en: String,
    },
}

/// One edition of one threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// Stable id; successive editions share it.
    pub id: String,
    /// What follows.
    pub kind: ThresholdKind,
    /// For whom.
    pub person: Person,
    /// The first two digits of the division codes of the province; nothing for the country.
    pub province: Option<String>,
    /// The sum.
    pub amount: Amount,
    /// Whether goods count; nothing if the rule does not say.
    pub confiscated_goods: Option<ConfiscatedGoods>,
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// The article.
    pub article: String,
    /// The first day on which it applies.
    pub valid_from: NaiveDate,
    /// The last day; open while in force.
    pub valid_to: Option<NaiveDate>,
    /// How well it is known.
    pub provenance: Provenance,
}

impl Dated for Threshold {
    fn id(&self) -> &str {
        &self.id
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }
}

/// All editions of all thresholds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds(Vec<Threshold>);

impl Thresholds {
    /// The thresholds this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/thresholds.toml"))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let rows: Vec<ThresholdRow> = file.take_rows("threshold")?;
        file.finish()?;
        let rows = rows.into_iter().map(build).collect::<Result<Vec<_>, _>>()?;
        edition::check_editions(FILE, &rows)?;
        check_rivals(&rows)?;
        Ok(Self(rows))
    }

    /// Every edition, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Threshold> {
        self.0.iter()
    }

    /// The threshold of that kind for a person of that kind, in that place, on that day: that of the
    /// province before that of the country, that of the kind of person before that of everybody.
    pub fn get_on(
        &self,
        (kind, person): (ThresholdKind, Person),
        place: Option<DivisionCode>,
        day: NaiveDate,
    ) -> Result<&Threshold, LawError> {
        let province = place.map(|division| division.to_string());
        let lies_in = |row: &Threshold| match (&row.province, &province) {
            (None, _) => true,
            (Some(own), Some(code)) => code.starts_with(own.as_str()),
            (Some(_), None) => false,
        };
        self.0
            .iter()
            .filter(|row| row.kind == kind && row.applies_on(day) && lies_in(row))
            .filter(|row| row.person == person || row.person == Person::Any)
            .max_by_key(|row| (row.province.is_some(), row.person == person))
            .ok_or_else(|| LawError::NotInForce {
                id: format!("threshold {kind}"),
                on: day,
            })
    }
}

fn build(row: ThresholdRow) -> Result<Threshold, LawError> {
    let refuse = |reason: &str| LawError::Invalid {
        file: FILE,
        row: row.id.clone(),
        reason: reason.to_owned(),
    };
    let amount = match (row.amount_yuan, &row.unknown_zh, &row.unknown_en) {
        (Some(yuan), None, None) => match Fen::from_yuan(yuan) {
            Ok(fen) if yuan > 0 => Amount::Known(fen),
            _ => return Err(refuse("amount_yuan is no sum")),
        },
        (None, Some(zh), Some(en)) => Amount::Unknown {
            reason_zh: zh.clone(),
            reason_en: en.clone(),
        },
        _ => return Err(refuse("either amount_yuan, or unknown_zh and unknown_en")),
    };
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit());
    if !row.province.as_ref().is_none_or(is_code) {
        return Err(refuse("a province has two digits"));
    }
    Ok(Threshold {
        id: row.id,
        kind: row.kind,
        person: row.person,
        province: row.province,
        amount,
        confiscated_goods: row.confiscated_goods,
        instrument: row.instrument,
        edition: row.edition,
        article: row.article,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        provenance: row.provenance,
    })
}

/// Two rows of other ids must not answer the same question on the same day.
fn check_rivals(rows: &[Threshold]) -> Result<(), LawError> {
    let key = |row: &Threshold| (row.kind, row.person, row.province.clone());
    for (index, row) in rows.iter().enumerate() {
        let rivals = rows.iter().skip(index + 1).filter(|o| key(o) == key(row));
        for other in rivals {
            let on = row.valid_from.max(other.valid_from);
            if row.applies_on(on) && other.applies_on(on) {
                return Err(LawError::Overlap {
                    file: FILE,
                    id: format!("{} and {}", row.id, other.id),
                    on,
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn get(kind: ThresholdKind, person: Person, place: Option<&str>) -> Threshold {
        let place = place.map(|code| code.parse().unwrap());
        let all = Thresholds::embedded().unwrap();
        all.get_on((kind, person), place, day("2026-11-23"))
            .unwrap()
            .clone()
    }

    #[test]
    fn hunan_does_not_know_its_larger_amount_and_invents_none() {
        let found = get(ThresholdKind::LargerAmount, Person::Natural, Some("430103"));
        assert!(matches!(found.amount, Amount::Unknown { .. }));
        assert_eq!(found.provenance, Provenance::Unverified);
    }

    #[test]
    fn fines_on_the_spot_and_hearings_differ_by_person() {
        let yuan = |yuan| Amount::Known(Fen::from_yuan(yuan).unwrap());
        for (kind, person, amount) in [
            (ThresholdKind::Summary, Person::Natural, 200),
            (ThresholdKind::Summary, Person::Organisation, 3000),
            (ThresholdKind::LightPenalty, Person::Natural, 5000),
            (ThresholdKind::LightPenalty, Person::Organisation, 50_000),
            (ThresholdKind::Hearing, Person::Natural, 10_000),
            (ThresholdKind::Hearing, Person::Organisation, 100_000),
            (
                ThresholdKind::ProvincialDecision,
                Person::Organisation,
                10_000,
            ),
        ] {
            let found = get(kind, person, Some("430103"));
            assert_eq!(found.amount, yuan(amount), "{kind} {person}");
        }
    }

    #[test]
    fn a_place_outside_every_row_has_no_larger_amount() {
        let all = Thresholds::embedded().unwrap();
        let asked = (ThresholdKind::LargerAmount, Person::Any);
        assert!(all.get_on(asked, None, day("2026-11-23")).is_err());
    }

    #[test]
    fn rows_that_cannot_be_are_refused() {
        let row = "[[threshold]]\nid = \"A\"\nkind = \"summary\"\nperson = \"any\"\namount_yuan = 5\ninstrument = \"i\"\nedition = \"1\"\narticle = \"a\"\nvalid_from = \"2026-01-01\"\nprovenance = \"proposal\"\n";
        assert!(Thresholds::parse(row).is_ok());
        let rival = row.replace("\"A\"", "\"B\"");
        assert!(matches!(
            Thresholds::parse(&format!("{row}{rival}")),
            Err(LawError::Overlap { .. })
        ));
        for wrong in [
            row.replace("amount_yuan = 5\n", ""),
            row.replace("amount_yuan = 5", "amount_yuan = -5"),
            row.replace("person", "province = \"4\"\nperson"),
        ] {
            assert!(Thresholds::parse(&wrong).is_err(), "{wrong}");
        }
    }
}
