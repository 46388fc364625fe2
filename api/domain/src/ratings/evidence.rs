//! What the register and the settled findings say about a merchant, as facts for the formula.
//! Only decided facts are in here: a report received or a case merely filed lowers nothing.

use super::{
    RatingFormula,
    grade::{DecidedFacts, Downgrade},
    indicator::{IndicatorFact, IndicatorId, IndicatorValue, NotAssessedReason},
    ratio::{Ratio, RatioError},
};
use crate::{
    merchants::{instrument::Instrument, merchant::Merchant},
    metrology::verification::{self, VerificationStatus},
};
use chrono::{Days, Months, NaiveDate};

/// Settled findings count for this many months.
const COUNTED_MONTHS: u32 = 12;
/// This many penalties on reports in the counted time leave nothing of indicator C3. A choice of
/// ours: the formula names no measure for it.
const PENALTIES_FOR_NOTHING: u32 = 2;
/// A commitment that ended longer ago than this lowers the grade.
const EXPIRED_COMMITMENT_DAYS: u64 = 30;

/// One settled official finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The indicator that it speaks to.
    pub indicator: IndicatorId,
    /// Whether it was passed.
    pub passed: bool,
    /// When it was found.
    pub found_on: NaiveDate,
}

/// Everything that the formula is fed with.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The merchant.
    pub merchant: &'a Merchant,
    /// Its ledger.
    pub instruments: &'a [Instrument],
    /// Its settled findings, of any age.
    pub findings: &'a [Finding],
    /// Penalties on reports in the counted time.
    pub penalties: u32,
}

impl Evidence<'_> {
    /// The facts for the indicators that we have a source for. The others stay without a fact,
    /// and the formula says of them that nobody has looked yet.
    pub fn facts(
        &self,
        formula: &RatingFormula,
        on: NaiveDate,
    ) -> Result<Vec<IndicatorFact>, RatioError> {
        let mut facts = Vec::new();
        for indicator in formula.indicators_for(self.merchant.venue) {
            let value = match indicator.id.as_str() {
                "A1" => Some(IndicatorValue::Assessed(Ratio::of(
                    u32::from(self.merchant.is_committed(on)),
                    1,
                )?)),
                "A3" => Some(self.share_of_instruments(|_| true, Instrument::is_on_file)?),
                "B2" => Some(self.share_of_instruments(
                    |instrument| instrument.valid_until.is_some(),
                    |instrument| {
                        matches!(
                            verification::status(instrument.valid_until, on),
                            VerificationStatus::Valid { .. }
                        )
                    },
                )?),
                "C3" => {
                    let left = PENALTIES_FOR_NOTHING.saturating_sub(self.penalties);
                    Some(IndicatorValue::Assessed(Ratio::of(
                        left,
                        PENALTIES_FOR_NOTHING,
                    )?))
                }
                _ => {
                    let (passed, counted) = self.tests(&indicator.id, on);
                    (counted > 0)
                        .then(|| indicator.assess(passed, counted))
                        .transpose()?
                }
            };
            if let Some(value) = value {
                facts.push(IndicatorFact {
                    id: indicator.id.clone(),
                    value,
                });
            }
        }
        Ok(facts)
    }

    /// How the merchant stands apart from the points.
    #[must_use]
    pub fn standing(&self, on: NaiveDate) -> DecidedFacts {
        let months_known = on
            .years_since(self.merchant.opened_on)
            .map_or(0, |years| years.saturating_mul(12));
        let months_known = (0..12)
            .rev()
            .find(|more| {
                self.merchant
                    .opened_on
                    .checked_add_months(Months::new(months_known + more))
                    .is_some_and(|day| day <= on)
            })
            .map_or(months_known, |more| months_known + more);
        let lapsed = self
            .merchant
            .commitment_valid_to
            .and_then(|until| until.checked_add_days(Days::new(EXPIRED_COMMITMENT_DAYS)))
            .is_some_and(|limit| limit < on);
        DecidedFacts {
            official_findings: u32::try_from(self.counted(on).count()).unwrap_or(u32::MAX),
            months_known,
            downgrades: lapsed
                .then_some(Downgrade::ExpiredCommitment)
                .into_iter()
                .collect(),
            ..DecidedFacts::default()
        }
    }

    fn counted(&self, on: NaiveDate) -> impl Iterator<Item = &Finding> {
        let since = on
            .checked_sub_months(Months::new(COUNTED_MONTHS))
            .unwrap_or(NaiveDate::MIN);
        self.findings
            .iter()
            .filter(move |finding| finding.found_on > since && finding.found_on <= on)
    }

    fn tests(&self, indicator: &IndicatorId, on: NaiveDate) -> (u32, u32) {
        self.counted(on)
            .filter(|finding| finding.indicator == *indicator)
            .fold((0, 0), |(passed, all), finding| {
                (passed + u32::from(finding.passed), all + 1)
            })
    }

    fn share_of_instruments(
        &self,
        counts: impl Fn(&Instrument) -> bool,
        is_good: impl Fn(&Instrument) -> bool,
    ) -> Result<IndicatorValue, RatioError> {
        let (good, all) = self
            .instruments
            .iter()
            .filter(|instrument| counts(instrument))
            .fold((0, 0), |(good, all), instrument| {
                (good + u32::from(is_good(instrument)), all + 1)
            });
        if all == 0 {
            return Ok(IndicatorValue::NotAssessed {
                reason: NotAssessedReason::NotYetChecked,
            });
        }
        Ratio::of(good, all).map(IndicatorValue::Assessed)
    }
}
