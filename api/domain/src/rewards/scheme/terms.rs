//! What a scheme pays and when: grades, floors, the cap, the insider's uplift, what counts, windows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::calendar::Calendar;
use crate::law::provenance::Provenance;
use crate::money::{BasisPoints, Fen};

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

words! {
    /// What a window is for.
    pub enum WindowKind as "RewardWindowKind" {
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
        /// The reporter says that the payee is somebody else, before any money moves.
        PayeeObjection,
    }
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

/// Whether confiscated goods count in the base. The rule is silent and provinces differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfiscatedGoods {
    /// Their value counts.
    Counted,
    /// Only money counts.
    NotCounted,
}

/// Whether the base is what was imposed or what was collected. The rule is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseMeasure {
    /// As the decision says.
    Imposed,
    /// As the merchant paid.
    Collected,
}

/// What counts in the base.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseRule {
    /// Whether confiscated goods count.
    pub confiscated_goods: ConfiscatedGoods,
    /// Imposed or collected.
    pub measure: BaseMeasure,
    /// How well it is known.
    pub provenance: Provenance,
}

/// Whether an officer's adjustment may go below the floor of the grade. The rule is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorAfterAdjustment {
    /// It may not.
    Binds,
    /// It may.
    Open,
}

/// Whether several separate reporters of one case together may get more than the best of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeveralReporters {
    /// Never more than the best single sum.
    WithinBest,
    /// Only the cap binds them together.
    UpToCap,
}

/// By how much the reward of an insider may be raised. It always needs the finance department's
/// consent (国市监稽规〔2021〕4号, article 12).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsiderUplift {
    /// The most, in basis points of the sum before it.
    pub most_basis_points: u32,
    /// The article that allows to raise it.
    pub article: String,
    /// How well the most is known.
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
    /// What counts in the base.
    pub base: BaseRule,
    /// Whether the floor binds an adjustment.
    pub floor_after_adjustment: FloorAfterAdjustment,
    /// What several separate reporters get together.
    pub several_reporters: SeveralReporters,
    /// The insider's uplift; none is allowed if nothing.
    pub insider_uplift: Option<InsiderUplift>,
    /// For how many days after payment the bank data is kept, for the audit.
    pub payout_kept_days: u32,
}

impl RewardTerms {
    /// The grade of that number.
    #[must_use]
    pub fn grade(&self, number: u8) -> Option<&RewardGrade> {
        self.grades.iter().find(|grade| grade.number == number)
    }

    /// The last day of a window that opens on a day. Nothing if the scheme has no such window, or
    /// while the calendar lacks the year: then nobody can say that it is over.
    #[must_use]
    pub fn due(
        &self,
        kind: WindowKind,
        opened_on: NaiveDate,
        calendar: &Calendar,
    ) -> Option<NaiveDate> {
        let window = self.windows.iter().find(|window| window.kind == kind)?;
        calendar
            .add_working_days(opened_on, window.working_days)
            .ok()
    }
}
