//! The form of the rules on testing a lot of prepackages: sampling plan, tare, tester, balance.

use super::file::Rows;
use super::{BandProblem, Parts, RuleError, RuleText, ViolationCode};
use crate::prepackaged::LotGoods;
use crate::quantity::{Celsius, Percent};
use chrono::NaiveDate;
use rust_decimal::Decimal;

rows! {
    /// One edition of the test of a lot.
    pub struct SamplingRules {
        /// The annex or table with the plan.
        pub article: RuleText,
        /// The code of the violation that a failure suggests; absent where the rules are no law in
        /// China.
        pub violation: Option<ViolationCode>,
        /// The plan, smallest lots first; empty where its numbers are not known.
        pub plan: Vec<PlanRow>,
        /// Another plan for tests that destroy the goods; empty where there is none.
        #[serde(default)]
        pub destructive_plan: Vec<PlanRow>,
        /// What the choice of this plan assumes, where it does.
        pub assumption: Option<Statement>,
        /// That a lot fails by its average, by too many T1 packages, or by a T2 package.
        pub lot_verdict: Statement,
        /// Who may test for a verdict; absent where the rules do not say.
        pub tester: Option<Statement>,
        /// That a product standard's own deficiency governs; absent where the rules know no such
        /// thing.
        pub own_deficiency: Option<Statement>,
        /// When a mean tare may serve; absent where it is not known.
        pub tare: Option<TareRow>,
        /// How fine the balance must be; absent where it is not known.
        pub suitability: Option<SuitabilityRow>,
        /// The temperature to which a volume found by its mass belongs; absent where it is not
        /// known.
        pub density: Option<DensityRow>,
        /// Goods with a rule of their own, which is not loaded.
        #[serde(default)]
        pub own_rules: Vec<OwnRuleRow>,
        /// Goods that the rules leave out.
        #[serde(default)]
        pub excluded: Vec<ExcludedGoodsRow>,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }
}

impl SamplingRules {
    /// The row of the plan for a lot of `lot_size` packages; nothing where the plan does not reach.
    pub fn row_for(&self, lot_size: u32, is_destructive: bool) -> Option<&PlanRow> {
        let has_own = is_destructive && !self.destructive_plan.is_empty();
        let plan = if has_own {
            &self.destructive_plan
        } else {
            &self.plan
        };
        plan.iter()
            .find(|row| row.from <= lot_size && row.up_to.is_none_or(|most| lot_size <= most))
    }
}

rows! {
    /// One row of the plan.
    pub struct PlanRow {
        /// The smallest lot of the row.
        pub from: u32,
        /// The greatest lot of the row; absent where it has no end.
        pub up_to: Option<u32>,
        /// How many packages are tested; absent where all are.
        pub sample: Option<u32>,
        /// How many of them, counted from the first, make the average; absent where all do.
        pub average_sample: Option<u32>,
        /// The printed factor λ of the standard deviation; absent where there is no average test.
        pub lambda: Option<Decimal>,
        /// How many packages may have a deficiency above T and at most 2 T; absent where it is not
        /// known.
        pub allowed_t1: Option<u32>,
        /// How many packages may have a deficiency above 2 T.
        pub allowed_t2: u32,
        /// The second sample that decides where the first does not.
        pub second: Option<SecondSample>,
    } with source
}

impl PlanRow {
    /// How many packages of a lot make the (first) sample: never more than there are.
    pub fn sample_of(&self, lot_size: u32) -> u32 {
        self.sample.map_or(lot_size, |sample| sample.min(lot_size))
    }

    /// The row in words: `lot 100-500`, `lot > 3200`.
    pub fn range(&self) -> String {
        match self.up_to {
            Some(most) => format!("lot {}-{most}", self.from),
            None => format!("lot > {}", self.from.saturating_sub(1)),
        }
    }
}

rows! {
    /// The second sample of a double plan.
    pub struct SecondSample {
        /// From how many T1 packages in the first sample on the lot is rejected without a second
        /// one.
        pub rejected_from: u32,
        /// How many packages both samples have together.
        pub together: u32,
        /// How many T1 packages both samples may have together.
        pub allowed_t1: u32,
    }

    /// Goods that the rules leave out.
    pub struct ExcludedGoodsRow {
        /// The goods.
        pub goods: LotGoods,
        /// Words in a name of goods, in small letters, that tell them where the caller does not say.
        pub names: Vec<RuleText>,
    } with source

    /// Goods with a rule of their own.
    pub struct OwnRuleRow {
        /// The goods.
        pub goods: LotGoods,
        /// What they are called in Chinese.
        pub name_zh: RuleText,
        /// What they are called in English.
        pub name_en: RuleText,
        /// Words in a name of goods, in small letters, that tell them where the caller does not say.
        pub names: Vec<RuleText>,
        /// Number of the rule.
        pub rule: RuleText,
        /// Its first day, where it is known.
        pub from: Option<NaiveDate>,
    } with source

    /// A rule without a number, in both languages.
    pub struct Statement {} with text

    /// When the mean of some tares may stand for every tare.
    pub struct TareRow {
        /// The greatest mean tare that counts as light, as a share of the labelled quantity.
        pub light_up_to: Percent,
        /// How many tares make the mean of a light one.
        pub least: u32,
        /// How many tares make the mean of a heavier one.
        pub least_heavy: u32,
        /// The greatest standard deviation of heavier tares, as a share of T.
        pub spread_up_to: Percent,
    } with source

    /// How fine the balance or measure must be.
    pub struct SuitabilityRow {
        /// The greatest expanded uncertainty (k = 2), as a share of T.
        pub uncertainty_up_to: Percent,
    } with source

    /// To which temperature a volume belongs.
    pub struct DensityRow {
        /// The temperature.
        pub reference: Celsius,
    } with source
}

impl Rows for SamplingRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        check_plan(&self.plan, file, "plan")?;
        check_plan(&self.destructive_plan, file, "destructive_plan")?;
        self.parts.check(file)
    }
}

/// Refuses a plan whose rows overlap or leave lots out between them, or whose numbers contradict
/// each other.
fn check_plan(plan: &[PlanRow], file: &str, name: &str) -> Result<(), RuleError> {
    let mut next: Option<u32> = None;
    for (index, row) in plan.iter().enumerate() {
        let refuse = |problem| {
            let row = format!("{name}, row {}", index + 1);
            Err(RuleError::row(file, row, problem))
        };
        if next.is_some_and(|next| next != row.from) {
            return refuse(BandProblem::Gap {
                expected: next.unwrap_or_default().to_string(),
                found: row.from.to_string(),
            });
        }
        let ends_early = row.up_to.is_some_and(|most| most < row.from);
        let is_last = index + 1 == plan.len();
        if row.from == 0 || ends_early || (row.up_to.is_none() && !is_last) {
            return refuse(BandProblem::Unsorted);
        }
        if !row.is_sound() {
            return refuse(BandProblem::Unsorted);
        }
        next = row.up_to.map(|most| most.saturating_add(1));
    }
    Ok(())
}

impl PlanRow {
    /// Whether λ is not negative, no sample is empty, and a second sample is greater than the first
    /// and decides what the first leaves open.
    fn is_sound(&self) -> bool {
        let is_factor = self.lambda.is_none_or(|lambda| {
            !lambda.is_sign_negative() && lambda <= Decimal::TEN && lambda.normalize().scale() <= 6
        });
        let is_filled = self.sample != Some(0) && self.average_sample != Some(0);
        let second = self.second.as_ref();
        let is_greater = second.is_none_or(|second| {
            let first = self.sample.zip(self.allowed_t1);
            first.is_some_and(|(sample, allowed)| {
                second.together > sample && second.rejected_from > allowed
            })
        });
        is_factor && is_filled && is_greater
    }
}
