//! Who may have a reward: the check of a reward officer, each exclusion with its ground and its
//! reason (国市监稽规〔2021〕4号, article 8, and the principles of article 9, which are known from
//! memory only).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, IntoStaticStr};

use super::share::Sharing;
use crate::id::{ReportId, UserId};
use crate::refusal::{Code, Refusal};
use crate::text::Narrative;

/// Why a reporter may not have a reward.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", prefix = "INELIGIBLE_")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "IneligibleGround")
)]
pub enum Ground {
    /// Staff of market regulation, or a legal duty to supervise or report.
    StaffOrDuty,
    /// The injured party, its agent, or somebody with an interest.
    InterestedParty,
    /// The offender; an insider is excepted.
    Offender,
    /// Paid by another operator for reporting.
    PaidInformer,
    /// Somebody else reported the same lead before.
    NotFirst,
    /// The bureau knew it before the report.
    KnownBefore,
    /// Not a natural person.
    NotNaturalPerson,
    /// What was found differs from what was reported.
    FactsDiffer,
}

impl Ground {
    /// The ground in Chinese and in English.
    #[must_use]
    pub const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::StaffOrDuty => (
                "市场监管部门工作人员或者负有法定监督、报告义务的人员",
                "staff of market regulation, or a person with a legal duty to supervise or report",
            ),
            Self::InterestedParty => (
                "被侵权人及其代理人或者利害关系人",
                "the injured party, its agent, or a person with an interest",
            ),
            Self::Offender => ("实施违法行为的人", "the offender"),
            Self::PaidInformer => (
                "受其他经营者有偿雇请举报",
                "paid by another operator for reporting",
            ),
            Self::NotFirst => (
                "同一线索已有他人先行举报",
                "somebody else reported the same lead before",
            ),
            Self::KnownBefore => (
                "举报前市场监管部门已经掌握",
                "the bureau knew it before the report",
            ),
            Self::NotNaturalPerson => ("举报人不是自然人", "the reporter is not a natural person"),
            Self::FactsDiffer => (
                "查实的违法事实与举报事实不一致",
                "what was found differs from what was reported",
            ),
        }
    }
}

/// One ground with the officer's reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The ground.
    pub ground: Ground,
    /// Why it is met. The reporter never sees it: it may speak of others.
    pub reason: Narrative,
    /// The report that came first, for [`Ground::NotFirst`] and nothing else.
    pub earlier: Option<ReportId>,
}

impl Exclusion {
    /// An exclusion that names an earlier report exactly if it has to.
    pub fn new(
        ground: Ground,
        reason: Narrative,
        earlier: Option<ReportId>,
    ) -> Result<Self, Refusal> {
        match (ground, earlier) {
            (Ground::NotFirst, None) => Err(Refusal::on(Code::FieldRequired, "earlierReportId")),
            (Ground::NotFirst, Some(_)) | (_, None) => Ok(Self {
                ground,
                reason,
                earlier,
            }),
            (_, Some(_)) => Err(Refusal::on(Code::FieldFormat, "earlierReportId")),
        }
    }
}

words! {
    /// What the reporter was to the reported party.
    pub enum ReporterStanding as "ReporterStanding" {
        /// Nothing.
        Outsider,
        /// Somebody from within.
        // 内部举报人.
        Insider,
    }
}

words! {
    /// The kinds of violation that are rewarded (国市监稽规〔2021〕4号, article 3). A prosecuted crime is one more, which
    /// needs nobody's word.
    pub enum RewardedKind as "RewardedKind" {
        /// Food (食品).
        Food,
        /// Drugs (药品).
        Drugs,
        /// Special equipment (特种设备).
        SpecialEquipment,
        /// The safety of industrial products (工业产品质量安全).
        IndustrialProducts,
        /// A regional or systemic risk (区域性、系统性风险).
        SystemicRisk,
        /// Wide effect on society with grave harm (社会影响大、危害严重).
        WideImpact,
        /// What the bureau recognises as needing a reward besides.
        Recognised,
    }
}

/// Whether a case is in the scope of the scheme.
// Asked only where the law data could not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "ScopeFinding")
)]
pub enum ScopeFinding {
    /// A major violation, or what else the scheme rewards.
    InScope,
    /// Not that.
    NotInScope,
}

/// A head's word on the scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeRuling {
    /// What was found.
    pub finding: ScopeFinding,
    /// Of which kind the violation is, where it is in scope; it was not asked before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RewardedKind>,
    /// Why.
    pub reason: Narrative,
}

impl ScopeRuling {
    /// Refuses what is in scope without a kind, and a kind of what is not.
    pub fn coherent(&self) -> Result<(), Refusal> {
        match (self.finding, self.kind) {
            (ScopeFinding::InScope, None) => Err(Refusal::on(Code::FieldRequired, "kind")),
            (ScopeFinding::NotInScope, Some(_)) => Err(Refusal::on(Code::FieldFormat, "kind")),
            (ScopeFinding::InScope, Some(_)) | (ScopeFinding::NotInScope, None) => Ok(()),
        }
    }
}

/// A head's word on the scope, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// The word.
    pub ruling: ScopeRuling,
    /// Whose.
    pub by: UserId,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// What an officer found about a reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The word on the scope of a check of before it was a head's to say; nothing since.
    pub scope: Option<ScopeRuling>,
    /// What the reporter was to the reported party.
    pub standing: ReporterStanding,
    /// Who shares the reward.
    pub sharing: Sharing,
    /// Grounds against it; without any the reporter is eligible.
    pub exclusions: Vec<Exclusion>,
    /// What the check rests on.
    pub note: Narrative,
}

impl Check {
    /// Refuses what contradicts itself: an insider is not excluded for being an offender.
    pub fn coherent(&self) -> Result<(), Refusal> {
        let is_offender = |exclusion: &Exclusion| exclusion.ground == Ground::Offender;
        if self.standing == ReporterStanding::Insider && self.exclusions.iter().any(is_offender) {
            return Err(Refusal::on(Code::RewardInsiderExcepted, "exclusions"));
        }
        Ok(())
    }
}

/// A check with who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// What was found.
    pub check: Check,
    /// The word on the scope, where one was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruled: Option<Ruled>,
    /// Who found it.
    pub by: UserId,
    /// When it was checked.
    pub at: DateTime<Utc>,
}

/// Who of two reporters of the same lead was first. Equal moments are told apart by the id, which
/// grows with time.
#[must_use]
pub fn is_earlier(one: (DateTime<Utc>, ReportId), other: (DateTime<Utc>, ReportId)) -> bool {
    one < other
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;
    use uuid::Uuid;

    #[test]
    fn e8_first_in_time_wins_and_the_other_is_told_why() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let a = (
            at("2026-11-24T01:00:00Z"),
            ReportId::new(Uuid::from_u128(2)),
        );
        let b = (
            at("2026-11-24T02:00:00Z"),
            ReportId::new(Uuid::from_u128(1)),
        );
        assert!(is_earlier(a, b) && !is_earlier(b, a));
        assert_eq!(Ground::NotFirst.to_string(), "INELIGIBLE_NOT_FIRST");
    }

    #[test]
    fn each_ground_has_a_code_and_both_languages() {
        for ground in Ground::iter() {
            let (zh, en) = ground.texts();
            assert!(ground.to_string().starts_with("INELIGIBLE_"));
            assert!(!zh.is_empty() && !en.is_empty());
        }
    }

    #[test]
    fn only_who_was_not_first_names_an_earlier_report() {
        let reason = || Narrative::parse("理由", "reason").unwrap();
        let earlier = Some(ReportId::new(Uuid::from_u128(1)));
        assert!(Exclusion::new(Ground::NotFirst, reason(), earlier).is_ok());
        assert!(Exclusion::new(Ground::NotFirst, reason(), None).is_err());
        assert!(Exclusion::new(Ground::Offender, reason(), earlier).is_err());
    }
}
