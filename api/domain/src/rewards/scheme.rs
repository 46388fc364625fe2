//! Reward schemes as dated data: the national one and those of divisions.
//!
//! A threshold or a term that nobody could read is modelled as not known, so that no number is
//! invented.

mod row;
mod terms;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::law::edition::{self, Dated, LawError};
use crate::law::file::LawFile;
use crate::law::provenance::Provenance;
use crate::money::Fen;
use crate::places::division::DivisionCode;
use row::SchemeRow;
pub use terms::{
    BaseMeasure, BaseRule, ConfiscatedGoods, FloorAfterAdjustment, InsiderUplift, RewardGrade,
    RewardTerms, RewardWindow, SeveralReporters, WindowKind,
};

const FILE: &str = "reward-schemes.toml";

/// The sum of fines and confiscations from which a violation is major by its amount (较大数额).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LargerAmount {
    /// The scheme names it.
    Known(Fen),
    /// The scheme's own value could not be read.
    Unknown {
        /// Why not, in Chinese.
        reason_zh: String,
        /// Why not, in English.
        reason_en: String,
        /// The lowest value read in another province.
        lowest_elsewhere: Fen,
        /// The highest value read in another province.
        highest_elsewhere: Fen,
    },
}

/// Which closed cases a scheme rewards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeTest {
    /// Only a major violation (重大违法行为).
    MajorViolation {
        /// From when on a sanction makes it major.
        larger_amount: LargerAmount,
    },
    /// Every penalty from a sum on, as a local scheme may say.
    EveryPenalty {
        /// The least sum of fines and confiscations.
        least: Fen,
    },
}

/// How a scheme is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemeUse {
    /// The scheme of its division for all reports.
    #[default]
    General,
    /// Asked after the general one has said that a case is not in its scope.
    Supplement,
    /// Shows how a row looks. It never applies; a division that adopts such a scheme writes it
    /// into its own file with its own numbers as a supplement.
    Example,
}

/// One edition of one scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardScheme {
    /// Stable id.
    pub id: String,
    /// Its name, in Chinese.
    pub name_zh: String,
    /// Its name, in English.
    pub name_en: String,
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its document number.
    pub edition: String,
    /// The article that says which reports are in scope.
    pub scope_article: String,
    /// Where it applies; everywhere if nothing.
    pub division: Option<DivisionCode>,
    /// Whether it is applied, and when.
    pub used_as: SchemeUse,
    /// Which cases it rewards.
    pub scope: ScopeTest,
    /// What it pays; nothing if that could not be read.
    pub terms: Option<RewardTerms>,
    /// The scheme whose terms are applied while its own are not known.
    pub terms_from: Option<String>,
    /// The first day on which it applies.
    pub valid_from: NaiveDate,
    /// The last day; open while in force.
    pub valid_to: Option<NaiveDate>,
    /// How well its scope is known.
    pub provenance: Provenance,
}

impl Dated for RewardScheme {
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

/// All editions of all schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardSchemes(Vec<RewardScheme>);

impl RewardSchemes {
    /// The schemes this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/reward-schemes.toml"))
    }

    /// Every edition, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &RewardScheme> {
        self.0.iter()
    }

    /// The edition with that id that applies on that day.
    pub fn get_on(&self, id: &str, date: NaiveDate) -> Result<&RewardScheme, LawError> {
        edition::get_on(&self.0, id, date)
    }

    /// The scheme for a place on a day: the one of the smallest division around it, else the
    /// national one. Without a place, the national one.
    pub fn scheme_on(
        &self,
        place: Option<DivisionCode>,
        date: NaiveDate,
    ) -> Result<&RewardScheme, LawError> {
        self.nearest(SchemeUse::General, place, date)
            .ok_or_else(|| LawError::NotInForce {
                id: "reward scheme".to_owned(),
                on: date,
            })
    }

    /// The local scheme, if a division around the place adopted one, that is asked about cases
    /// which the general scheme does not reward.
    #[must_use]
    pub fn supplement_on(
        &self,
        place: Option<DivisionCode>,
        date: NaiveDate,
    ) -> Option<&RewardScheme> {
        self.nearest(SchemeUse::Supplement, place, date)
    }

    fn nearest(
        &self,
        used_as: SchemeUse,
        place: Option<DivisionCode>,
        date: NaiveDate,
    ) -> Option<&RewardScheme> {
        self.0
            .iter()
            .filter(|scheme| scheme.used_as == used_as && scheme.applies_on(date))
            .filter_map(|scheme| Some((nearness(scheme.division, place)?, scheme)))
            .max_by_key(|(nearness, _)| *nearness)
            .map(|(_, scheme)| scheme)
    }

    /// What a scheme pays on a day, with the scheme that says so: its own terms, or while they are
    /// not known those that its row names. Nothing if nobody knows.
    #[must_use]
    pub fn terms_on(&self, id: &str, date: NaiveDate) -> Option<(&RewardScheme, &RewardTerms)> {
        let scheme = self.get_on(id, date).ok()?;
        match (&scheme.terms, &scheme.terms_from) {
            (Some(terms), _) => Some((scheme, terms)),
            (None, Some(from)) => {
                let other = self.get_on(from, date).ok()?;
                Some((other, other.terms.as_ref()?))
            }
            (None, None) => None,
        }
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let rows: Vec<SchemeRow> = file.take_rows("scheme")?;
        file.finish()?;
        let schemes = rows
            .into_iter()
            .map(SchemeRow::build)
            .collect::<Result<Vec<_>, _>>()?;
        edition::check_editions(FILE, &schemes)?;
        check_divisions(&schemes)?;
        check_borrowed(&schemes)?;
        Ok(Self(schemes))
    }
}

/// How many digits of the place a scheme is made for; nothing if it is made for elsewhere.
fn nearness(scheme: Option<DivisionCode>, place: Option<DivisionCode>) -> Option<usize> {
    match (scheme, place) {
        (None, _) => Some(0),
        (Some(scheme), Some(place)) if scheme.contains(&place) => Some(scheme.prefix().len()),
        (Some(_), _) => None,
    }
}

/// Two schemes of one division on one day would leave the choice to the order of the file.
fn check_divisions(schemes: &[RewardScheme]) -> Result<(), LawError> {
    for (index, scheme) in schemes.iter().enumerate() {
        let rival = schemes.iter().skip(index + 1).find(|other| {
            let on = scheme.valid_from.max(other.valid_from);
            let is_same_place = other.division == scheme.division;
            let is_applied = scheme.used_as != SchemeUse::Example;
            (is_same_place && is_applied && other.used_as == scheme.used_as)
                && scheme.applies_on(on)
                && other.applies_on(on)
        });
        if let Some(rival) = rival {
            return Err(invalid(
                &rival.id,
                &format!("its division already has {}", scheme.id),
            ));
        }
    }
    Ok(())
}

/// Terms are borrowed from a scheme that has its own; a chain would hide which ones apply.
fn check_borrowed(schemes: &[RewardScheme]) -> Result<(), LawError> {
    for scheme in schemes {
        let Some(from) = &scheme.terms_from else {
            continue;
        };
        let lends = |other: &RewardScheme| &other.id == from && other.terms.is_some();
        if !schemes.iter().any(lends) {
            return Err(invalid(
                &scheme.id,
                "terms_from names no scheme that has terms",
            ));
        }
    }
    Ok(())
}

fn invalid(id: &str, reason: &str) -> LawError {
    LawError::Invalid {
        file: FILE,
        row: id.to_owned(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
