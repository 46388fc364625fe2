//! Reward schemes as dated data: the national one and those of divisions.
//!
//! A threshold or a term that nobody could read is modelled as not known, so that no number is
//! invented.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::edition::{self, Dated, LawError};
use crate::law::file::LawFile;
use crate::law::provenance::Provenance;
use crate::money::{BasisPoints, Fen};
use crate::places::division::DivisionCode;

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

/// One grade of reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardGrade {
    /// 1 is the highest.
    pub number: u8,
    /// Share of the fines and confiscations.
    pub rate: BasisPoints,
    /// Never less than this.
    pub floor: Fen,
    /// How the report has to match what was found, in Chinese.
    pub match_zh: String,
    /// How the report has to match what was found, in English.
    pub match_en: String,
}

/// What a window is for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WindowKind {
    /// The bureau tells the reporter that a reward may be asked for.
    TellEligible,
    /// The reporter asks for it.
    Apply,
    /// The reporter collects it.
    Claim,
    /// The reporter had good reason to be late.
    ClaimExtension,
    /// The reporter asks for review of the sum.
    Objection,
}

/// How long a step may take.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardWindow {
    /// What it is for.
    pub kind: WindowKind,
    /// Its length.
    pub working_days: u32,
    /// The event that opens it, in Chinese.
    pub starts_zh: String,
    /// The event that opens it, in English.
    pub starts_en: String,
    /// The article, where one says it.
    pub article: Option<String>,
    /// How well this window is known.
    pub provenance: Provenance,
}

/// What a scheme pays and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardTerms {
    /// From the highest to the lowest.
    pub grades: Vec<RewardGrade>,
    /// The most that one case pays, to all reporters together.
    pub cap: Fen,
    /// From this sum on the finance department decides too.
    pub finance_threshold: Fen,
    /// Each kind at most once.
    pub windows: Vec<RewardWindow>,
    /// The articles on grades and sums.
    pub article: String,
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
    /// From when on a sanction makes a violation major.
    pub larger_amount: LargerAmount,
    /// What it pays; nothing if that could not be read.
    pub terms: Option<RewardTerms>,
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
        self.0
            .iter()
            .filter(|scheme| scheme.applies_on(date))
            .filter_map(|scheme| Some((nearness(scheme.division, place)?, scheme)))
            .max_by_key(|(nearness, _)| *nearness)
            .map(|(_, scheme)| scheme)
            .ok_or_else(|| LawError::NotInForce {
                id: "reward scheme".to_owned(),
                on: date,
            })
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
            other.division == scheme.division && scheme.applies_on(on) && other.applies_on(on)
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LargerAmountRow {
    known_yuan: Option<i64>,
    unknown_zh: Option<String>,
    unknown_en: Option<String>,
    lowest_elsewhere_yuan: Option<i64>,
    highest_elsewhere_yuan: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GradeRow {
    number: u8,
    rate_basis_points: u32,
    floor_yuan: i64,
    match_zh: String,
    match_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsRow {
    cap_yuan: i64,
    finance_threshold_yuan: i64,
    article: String,
    grade: Vec<GradeRow>,
    window: Vec<RewardWindow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeRow {
    id: String,
    name_zh: String,
    name_en: String,
    instrument: String,
    edition: String,
    scope_article: String,
    division: Option<DivisionCode>,
    larger_amount: LargerAmountRow,
    terms: Option<TermsRow>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    provenance: Provenance,
}

impl SchemeRow {
    fn build(self) -> Result<RewardScheme, LawError> {
        let larger_amount = self.larger_amount.build(&self.id)?;
        let terms = self.terms.map(|terms| terms.build(&self.id)).transpose()?;
        Ok(RewardScheme {
            id: self.id,
            name_zh: self.name_zh,
            name_en: self.name_en,
            instrument: self.instrument,
            edition: self.edition,
            scope_article: self.scope_article,
            division: self.division,
            larger_amount,
            terms,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            provenance: self.provenance,
        })
    }
}

impl LargerAmountRow {
    fn build(self, id: &str) -> Result<LargerAmount, LawError> {
        match self {
            Self {
                known_yuan: Some(known),
                unknown_zh: None,
                unknown_en: None,
                lowest_elsewhere_yuan: None,
                highest_elsewhere_yuan: None,
            } => Ok(LargerAmount::Known(fen(id, known)?)),
            Self {
                known_yuan: None,
                unknown_zh: Some(reason_zh),
                unknown_en: Some(reason_en),
                lowest_elsewhere_yuan: Some(lowest),
                highest_elsewhere_yuan: Some(highest),
            } if lowest <= highest => Ok(LargerAmount::Unknown {
                reason_zh,
                reason_en,
                lowest_elsewhere: fen(id, lowest)?,
                highest_elsewhere: fen(id, highest)?,
            }),
            _ => Err(invalid(
                id,
                "larger_amount is either known or unknown between two values",
            )),
        }
    }
}

impl TermsRow {
    fn build(self, id: &str) -> Result<RewardTerms, LawError> {
        let grades = self
            .grade
            .into_iter()
            .map(|grade| {
                Ok(RewardGrade {
                    number: grade.number,
                    rate: BasisPoints::new(grade.rate_basis_points),
                    floor: fen(id, grade.floor_yuan)?,
                    match_zh: grade.match_zh,
                    match_en: grade.match_en,
                })
            })
            .collect::<Result<Vec<_>, LawError>>()?;
        if grades
            .iter()
            .map(|grade| grade.number)
            .ne((1_u8..).take(grades.len()))
        {
            return Err(invalid(id, "grades are numbered from 1 in order"));
        }
        let is_repeated = |index: usize, window: &RewardWindow| {
            self.window
                .iter()
                .take(index)
                .any(|earlier| earlier.kind == window.kind)
        };
        if self
            .window
            .iter()
            .enumerate()
            .any(|(index, window)| is_repeated(index, window))
        {
            return Err(invalid(id, "a kind of window is listed twice"));
        }
        Ok(RewardTerms {
            grades,
            cap: fen(id, self.cap_yuan)?,
            finance_threshold: fen(id, self.finance_threshold_yuan)?,
            windows: self.window,
            article: self.article,
        })
    }
}

fn fen(id: &str, yuan: i64) -> Result<Fen, LawError> {
    Fen::from_yuan(yuan).map_err(|refusal| invalid(id, &refusal.to_string()))
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
