//! Reading and checking `law/rating.toml`, and the weights that follow from it.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::NaiveDate;
use serde::Deserialize;
use strum::IntoEnumIterator;

use super::grade::{Downgrade, Grade, Veto};
use super::indicator::{Indicator, IndicatorId, Pillar, Venue};
use super::ratio::Points;
use crate::law::edition::LawError;
use crate::law::file::LawFile;
use crate::law::provenance::Provenance;

const FILE: &str = "rating.toml";

/// What a full score is scaled to.
const FULL_POINTS: u32 = 100;

/// The texts of something that can be said against or about a merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wording {
    pub zh: String,
    pub en: String,
}

/// One version of the rating formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingFormula {
    head: Head,
    pillars: BTreeMap<Pillar, PillarRow>,
    bounds: Vec<Bound>,
    indicators: Vec<Indicator>,
    vetoes: BTreeMap<Veto, Wording>,
    downgrades: BTreeMap<Downgrade, Wording>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: String,
    instrument: String,
    article: String,
    valid_from: NaiveDate,
    provenance: Provenance,
    least_official_findings: u32,
    least_months_known: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct PillarRow {
    id: Pillar,
    points: u32,
    name_zh: String,
    name_en: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    grade: Grade,
    from_points: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VetoRow {
    kind: Veto,
    name_zh: String,
    name_en: String,
    basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DowngradeRow {
    kind: Downgrade,
    name_zh: String,
    name_en: String,
}

impl RatingFormula {
    /// The formula this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/rating.toml"))
    }

    /// The version that every score names.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.head.version
    }

    /// The title under which the formula is published, with the part that scores.
    #[must_use]
    pub fn citation(&self) -> String {
        format!(
            "{} {} {}",
            self.head.instrument, self.head.version, self.head.article
        )
    }

    /// The first day on which it applies.
    #[must_use]
    pub fn valid_from(&self) -> NaiveDate {
        self.head.valid_from
    }

    /// How well its numbers are known.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        self.head.provenance
    }

    /// With fewer official findings a merchant is not assessed.
    #[must_use]
    pub fn least_official_findings(&self) -> u32 {
        self.head.least_official_findings
    }

    /// Known for fewer months, a merchant is not assessed.
    #[must_use]
    pub fn least_months_known(&self) -> u32 {
        self.head.least_months_known
    }

    /// The indicator with that id, if the formula has it.
    #[must_use]
    pub fn find_indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == *id)
    }

    /// The indicators that apply to a kind of venue, in the order of the formula.
    pub fn indicators_for(&self, venue: Venue) -> impl Iterator<Item = &Indicator> {
        self.indicators
            .iter()
            .filter(move |indicator| indicator.applies_to(venue))
    }

    /// The weight of each of the assessed indicators, in their order. Weights add up to 100
    /// points exactly. Nothing if there are none.
    #[must_use]
    pub fn weights(&self, assessed: &[&Indicator]) -> Option<Vec<Points>> {
        let mut tiers: BTreeMap<Pillar, u32> = BTreeMap::new();
        for indicator in assessed {
            *tiers.entry(indicator.pillar).or_default() += indicator.tier;
        }
        let points_of = |pillar| self.pillars.get(pillar).map(|row| row.points);
        let live: u32 = tiers.keys().filter_map(points_of).sum();
        let scale = Points::quotient(FULL_POINTS, live)?;
        assessed
            .iter()
            .map(|indicator| {
                let pillar = points_of(&indicator.pillar)?;
                let sum = *tiers.get(&indicator.pillar)?;
                Points::quotient(pillar * indicator.tier, sum)?.times(scale)
            })
            .collect()
    }

    /// The grade that a score of that many tenths of a point reaches on its own.
    pub(super) fn grade_of(&self, points_tenths: i64) -> Grade {
        self.bounds
            .iter()
            .find(|bound| points_tenths >= i64::from(bound.from_points) * 10)
            .map_or(Grade::C, |bound| bound.grade)
    }

    pub(super) fn pillar_wording(&self, pillar: Pillar) -> Option<Wording> {
        self.pillars.get(&pillar).map(|row| Wording {
            zh: row.name_zh.clone(),
            en: row.name_en.clone(),
        })
    }

    pub(super) fn veto_wording(&self, veto: Veto) -> Option<&Wording> {
        self.vetoes.get(&veto)
    }

    pub(super) fn downgrade_wording(&self, downgrade: Downgrade) -> Option<&Wording> {
        self.downgrades.get(&downgrade)
    }

    fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let head = file.take_one("formula")?;
        let pillars = file
            .take_rows::<PillarRow>("pillar")?
            .into_iter()
            .map(|row| (row.id, row));
        let bounds = file.take_rows("bound")?;
        let indicators = file.take_rows("indicator")?;
        let vetoes = file.take_rows::<VetoRow>("veto")?.into_iter().map(|row| {
            let zh = format!("{}（{}）", row.name_zh, row.basis);
            (
                row.kind,
                Wording {
                    zh,
                    en: format!("{} ({})", row.name_en, row.basis),
                },
            )
        });
        let downgrades = file
            .take_rows::<DowngradeRow>("downgrade")?
            .into_iter()
            .map(|row| {
                (
                    row.kind,
                    Wording {
                        zh: row.name_zh,
                        en: row.name_en,
                    },
                )
            });
        file.finish()?;
        let formula = Self {
            head,
            pillars: each_once(pillars)?,
            bounds,
            indicators,
            vetoes: each_once(vetoes)?,
            downgrades: each_once(downgrades)?,
        };
        formula.check()?;
        Ok(formula)
    }

    fn check(&self) -> Result<(), LawError> {
        if self.pillars.values().map(|row| row.points).sum::<u32>() != FULL_POINTS {
            return Err(invalid("pillar", "the points do not add up to 100"));
        }
        let grades = [Grade::Aaa, Grade::Aa, Grade::A, Grade::B];
        if !self.bounds.iter().map(|bound| bound.grade).eq(grades)
            || !self
                .bounds
                .is_sorted_by(|high, low| high.from_points > low.from_points)
        {
            return Err(invalid(
                "bound",
                "expected AAA, AA, A and B, each below the one before",
            ));
        }
        for (index, indicator) in self.indicators.iter().enumerate() {
            if !(1..=3).contains(&indicator.tier) {
                return Err(invalid(&indicator.id, "a tier is 1, 2 or 3"));
            }
            if self
                .indicators
                .iter()
                .take(index)
                .any(|earlier| earlier.id == indicator.id)
            {
                return Err(invalid(&indicator.id, "the indicator is listed twice"));
            }
        }
        match Venue::iter().find(|venue| self.indicators_for(*venue).next().is_none()) {
            Some(venue) => Err(invalid(venue, "no indicator applies to this kind of venue")),
            None => Ok(()),
        }
    }
}

/// Every variant has exactly one row, so that nothing can be said without words for it.
fn each_once<K, V>(rows: impl Iterator<Item = (K, V)>) -> Result<BTreeMap<K, V>, LawError>
where
    K: IntoEnumIterator + Ord + Copy + Display,
{
    let mut map = BTreeMap::new();
    for (key, row) in rows {
        if map.insert(key, row).is_some() {
            return Err(invalid(key, "it is listed twice"));
        }
    }
    match K::iter().find(|key| !map.contains_key(key)) {
        Some(missing) => Err(invalid(missing, "it is not listed")),
        None => Ok(map),
    }
}

fn invalid(row: impl Display, reason: &str) -> LawError {
    LawError::Invalid {
        file: FILE,
        row: row.to_string(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
