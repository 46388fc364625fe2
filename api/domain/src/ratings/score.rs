//! From facts to points, a grade and the reasons that a merchant and the public may read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::formula::{RatingFormula, Wording};
use super::grade::{DecidedFacts, Grade};
use super::indicator::{
    Indicator, IndicatorFact, IndicatorId, IndicatorValue, NotAssessedReason, Pillar, Venue,
};
use super::ratio::{Points, Ratio};

/// Why facts cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// The formula has no such indicator, or not for this kind of venue.
    #[error("{indicator} does not apply to {venue}")]
    NotApplicable {
        /// The indicator.
        indicator: IndicatorId,
        /// The kind of venue.
        venue: Venue,
    },
    /// Two facts speak of one indicator.
    #[error("{indicator} is given twice")]
    Duplicate {
        /// The indicator.
        indicator: IndicatorId,
    },
    /// The exact sum does not fit; rounding it unseen would be worse.
    #[error("the shares are too fine to be added exactly")]
    TooFine,
}

words! {
    /// What a reason is about.
    pub enum ReasonCode as "RatingReasonCode" in "SCREAMING_SNAKE_CASE" {
        /// The points of an assessed indicator.
        IndicatorPoints,
        /// An indicator that applies was not assessed and dropped out.
        IndicatorNotAssessed,
        /// A whole pillar dropped out.
        PillarDropped,
        /// Grade N: too few official findings.
        TooFewOfficialFindings,
        /// Grade N: known too short.
        KnownTooShort,
        /// Grade N: no indicator was assessed.
        NothingAssessed,
        /// Grade D.
        Veto,
        /// One step down.
        Downgrade,
        /// A bound that the points cannot pass.
        Cap,
    }
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is about.
    pub code: ReasonCode,
    /// The indicator it is about, if it is about one.
    pub indicator: Option<IndicatorId>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Tenths of a point earned, rounded down; only of an assessed indicator.
    pub points_tenths: Option<i64>,
    /// Tenths of a point that were possible, rounded down; only of an assessed indicator. Reasons
    /// that were stored before this was noted have none.
    #[serde(default)]
    pub possible_tenths: Option<i64>,
}

/// A score with its grade and reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Tenths of a point of 100, rounded down; nothing if no indicator was assessed. The exact sum
    /// is rounded once, so that the reasons' points may add up to a little less.
    pub points_tenths: Option<i64>,
    /// The grade.
    pub grade: Grade,
    /// The version of the formula.
    pub formula_version: String,
    /// Indicators in the order of the formula, then what made the grade.
    pub reasons: Vec<Reason>,
}

/// Scores the facts of one merchant. An indicator without a fact counts as not yet checked.
pub fn score(
    formula: &RatingFormula,
    venue: Venue,
    facts: &[IndicatorFact],
    standing: &DecidedFacts,
) -> Result<Score, ScoreError> {
    let values = values_by_id(formula, venue, facts)?;
    let mut reasons = Vec::new();
    let points = earn(formula, venue, &values, &mut reasons)?;
    let points_tenths = points.map(Points::tenths);
    let grade = grade(formula, points_tenths, standing, &mut reasons);
    Ok(Score {
        points_tenths,
        grade,
        formula_version: formula.version().to_owned(),
        reasons,
    })
}

type Values<'a> = BTreeMap<&'a IndicatorId, IndicatorValue>;

fn values_by_id<'a>(
    formula: &RatingFormula,
    venue: Venue,
    facts: &'a [IndicatorFact],
) -> Result<Values<'a>, ScoreError> {
    let mut values = BTreeMap::new();
    for IndicatorFact { id, value } in facts {
        if !formula
            .find_indicator(id)
            .is_some_and(|indicator| indicator.applies_to(venue))
        {
            return Err(ScoreError::NotApplicable {
                indicator: id.clone(),
                venue,
            });
        }
        if values.insert(id, *value).is_some() {
            return Err(ScoreError::Duplicate {
                indicator: id.clone(),
            });
        }
    }
    Ok(values)
}

fn earn(
    formula: &RatingFormula,
    venue: Venue,
    values: &Values<'_>,
    reasons: &mut Vec<Reason>,
) -> Result<Option<Points>, ScoreError> {
    let mut assessed: Vec<(&Indicator, Ratio)> = Vec::new();
    for indicator in formula.indicators_for(venue) {
        match values.get(&indicator.id) {
            Some(IndicatorValue::Assessed(ratio)) => assessed.push((indicator, *ratio)),
            Some(IndicatorValue::NotAssessed { reason }) => {
                reasons.push(not_assessed(indicator, *reason));
            }
            None => reasons.push(not_assessed(indicator, NotAssessedReason::NotYetChecked)),
        }
    }
    reasons.extend(dropped_pillars(formula, venue, &assessed));
    if assessed.is_empty() {
        return Ok(None);
    }
    let indicators: Vec<_> = assessed.iter().map(|(indicator, _)| *indicator).collect();
    let weights = formula.weights(&indicators).ok_or(ScoreError::TooFine)?;
    let mut sum = Points::ZERO;
    for ((indicator, ratio), weight) in assessed.into_iter().zip(weights) {
        let earned = weight.share(ratio).ok_or(ScoreError::TooFine)?;
        sum = sum.plus(earned).ok_or(ScoreError::TooFine)?;
        reasons.push(earned_points(indicator, earned, weight));
    }
    reasons.sort_by(|one, other| order(one).cmp(&order(other)));
    Ok(Some(sum))
}

/// Indicators first, in the order of their ids; dropped pillars after them.
fn order(reason: &Reason) -> (bool, Option<&IndicatorId>) {
    (reason.indicator.is_none(), reason.indicator.as_ref())
}

fn dropped_pillars(
    formula: &RatingFormula,
    venue: Venue,
    assessed: &[(&Indicator, Ratio)],
) -> Vec<Reason> {
    let is_live = |pillar: Pillar| {
        assessed
            .iter()
            .any(|(indicator, _)| indicator.pillar == pillar)
    };
    let mut pillars: Vec<Pillar> = formula
        .indicators_for(venue)
        .map(|indicator| indicator.pillar)
        .collect();
    pillars.dedup();
    pillars
        .into_iter()
        .filter(|pillar| !is_live(*pillar))
        .filter_map(|pillar| formula.pillar_wording(pillar))
        .map(|Wording { zh, en }| Reason {
            code: ReasonCode::PillarDropped,
            indicator: None,
            zh: format!("{zh}：没有可评指标，其分值由其他部分按比例承担"),
            en: format!("{en}: nothing was assessed; the other parts are scaled up"),
            points_tenths: None,
            possible_tenths: None,
        })
        .collect()
}

fn not_assessed(indicator: &Indicator, reason: NotAssessedReason) -> Reason {
    let (zh, en) = reason.texts();
    Reason {
        code: ReasonCode::IndicatorNotAssessed,
        indicator: Some(indicator.id.clone()),
        zh: format!("{}：{zh}，不计分", indicator.name_zh),
        en: format!("{}: {en}, not counted", indicator.name_en),
        points_tenths: None,
        possible_tenths: None,
    }
}

fn earned_points(indicator: &Indicator, earned: Points, weight: Points) -> Reason {
    let one_decimal = |points: Points| format!("{}.{}", points.tenths() / 10, points.tenths() % 10);
    let (got, of) = (one_decimal(earned), one_decimal(weight));
    Reason {
        code: ReasonCode::IndicatorPoints,
        indicator: Some(indicator.id.clone()),
        zh: format!("{}：满分{of}，得{got}分", indicator.name_zh),
        en: format!("{}: {got} of {of} points", indicator.name_en),
        points_tenths: Some(earned.tenths()),
        possible_tenths: Some(weight.tenths()),
    }
}

fn grade(
    formula: &RatingFormula,
    points_tenths: Option<i64>,
    standing: &DecidedFacts,
    reasons: &mut Vec<Reason>,
) -> Grade {
    let vetoes = standing
        .vetoes
        .iter()
        .filter_map(|veto| formula.veto_wording(*veto));
    reasons.extend(vetoes.map(|wording| general(ReasonCode::Veto, wording.clone())));
    if !standing.vetoes.is_empty() {
        return Grade::D;
    }
    let missing = missing_grounds(formula, points_tenths, standing);
    let (Some(points_tenths), true) = (points_tenths, missing.is_empty()) else {
        reasons.extend(missing);
        return Grade::N;
    };
    let reached = formula.grade_of(points_tenths);
    if standing.downgrades.is_empty() {
        return reached;
    }
    let downgrades = standing
        .downgrades
        .iter()
        .filter_map(|it| formula.downgrade_wording(*it));
    reasons.extend(downgrades.map(|wording| general(ReasonCode::Downgrade, wording.clone())));
    reached.lowered()
}

fn missing_grounds(
    formula: &RatingFormula,
    points_tenths: Option<i64>,
    standing: &DecidedFacts,
) -> Vec<Reason> {
    let mut missing = Vec::new();
    let (found, least) = (
        standing.official_findings,
        formula.least_official_findings(),
    );
    if found < least {
        let zh = format!("官方检查结果{found}次，不足{least}次");
        let en = format!("{found} official findings of at least {least}");
        missing.push(general(
            ReasonCode::TooFewOfficialFindings,
            Wording { zh, en },
        ));
    }
    let (known, least) = (standing.months_known, formula.least_months_known());
    if known < least {
        let zh = format!("登记{known}个月，不足{least}个月");
        let en = format!("known for {known} months of at least {least}");
        missing.push(general(ReasonCode::KnownTooShort, Wording { zh, en }));
    }
    if points_tenths.is_none() {
        let (zh, en) = (
            "没有可评指标".to_owned(),
            "no indicator was assessed".to_owned(),
        );
        missing.push(general(ReasonCode::NothingAssessed, Wording { zh, en }));
    }
    missing
}

fn general(code: ReasonCode, Wording { zh, en }: Wording) -> Reason {
    Reason {
        code,
        indicator: None,
        zh,
        en,
        points_tenths: None,
        possible_tenths: None,
    }
}

#[cfg(test)]
mod tests;
