//! Reading the rows of `reward-schemes.toml`; everything that cannot be is refused with its row.

use chrono::NaiveDate;
use serde::Deserialize;

use super::terms::{
    BaseRule, FloorAfterAdjustment, InsiderUplift, RewardGrade, RewardTerms, RewardWindow,
    SeveralReporters, WindowKind,
};
use super::{LargerAmount, RewardScheme, SchemeUse, ScopeTest, invalid};
use crate::law::edition::LawError;
use crate::law::provenance::Provenance;
use crate::money::{BasisPoints, Fen};
use crate::places::division::DivisionCode;

#[derive(Clone, Deserialize)]
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
struct EveryPenaltyRow {
    least_yuan: i64,
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
    base: BaseRule,
    floor_after_adjustment: FloorAfterAdjustment,
    several_reporters: SeveralReporters,
    insider_uplift: Option<InsiderUplift>,
    payout_kept_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemeRow {
    id: String,
    name_zh: String,
    name_en: String,
    instrument: String,
    edition: String,
    scope_article: String,
    division: Option<DivisionCode>,
    #[serde(default)]
    used_as: SchemeUse,
    larger_amount: Option<LargerAmountRow>,
    every_penalty: Option<EveryPenaltyRow>,
    terms: Option<TermsRow>,
    terms_from: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    provenance: Provenance,
}

impl SchemeRow {
    pub(super) fn build(self) -> Result<RewardScheme, LawError> {
        let scope = self.scope()?;
        if self.terms.is_some() && self.terms_from.is_some() {
            return Err(invalid(&self.id, "terms are its own or another scheme's"));
        }
        let terms = self.terms.map(|terms| terms.build(&self.id)).transpose()?;
        Ok(RewardScheme {
            id: self.id,
            name_zh: self.name_zh,
            name_en: self.name_en,
            instrument: self.instrument,
            edition: self.edition,
            scope_article: self.scope_article,
            division: self.division,
            used_as: self.used_as,
            scope,
            terms,
            terms_from: self.terms_from,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            provenance: self.provenance,
        })
    }

    fn scope(&self) -> Result<ScopeTest, LawError> {
        match (&self.larger_amount, &self.every_penalty) {
            (Some(larger), None) => Ok(ScopeTest::MajorViolation {
                larger_amount: larger.clone().build(&self.id)?,
            }),
            (None, Some(EveryPenaltyRow { least_yuan })) => Ok(ScopeTest::EveryPenalty {
                least: fen(&self.id, *least_yuan)?,
            }),
            _ => Err(invalid(
                &self.id,
                "the scope is either larger_amount or every_penalty",
            )),
        }
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
        check_windows(id, &self.window)?;
        let cap = fen(id, self.cap_yuan)?;
        if grades.iter().any(|grade| grade.floor > cap) {
            return Err(invalid(id, "a floor is above the cap"));
        }
        Ok(RewardTerms {
            grades,
            cap,
            finance_threshold: fen(id, self.finance_threshold_yuan)?,
            windows: self.window,
            article: self.article,
            base: self.base,
            floor_after_adjustment: self.floor_after_adjustment,
            several_reporters: self.several_reporters,
            insider_uplift: self.insider_uplift,
            payout_kept_days: self.payout_kept_days,
        })
    }
}

fn check_windows(id: &str, windows: &[RewardWindow]) -> Result<(), LawError> {
    for (index, window) in windows.iter().enumerate() {
        if windows
            .iter()
            .take(index)
            .any(|earlier| earlier.kind == window.kind)
        {
            return Err(invalid(id, "a kind of window is listed twice"));
        }
        if window.working_days == 0 {
            return Err(invalid(id, "a window has at least one day"));
        }
    }
    // Without it the money would go at once, or never.
    if windows
        .iter()
        .all(|window| window.kind != WindowKind::PayeeObjection)
    {
        return Err(invalid(id, "the window payee_objection is missing"));
    }
    Ok(())
}

fn fen(id: &str, yuan: i64) -> Result<Fen, LawError> {
    Fen::from_yuan(yuan).map_err(|refusal| invalid(id, &refusal.to_string()))
}
