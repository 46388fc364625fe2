//! What officers and reporters send about a reward.

use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_domain::{
    evidence::digest::Sha256,
    id::ReportId,
    law::violation::ViolationCode,
    limits::{CHARGES, EXCLUSIONS, FACT_MATCHES, JOINT_REPORTERS},
    money::{BasisPoints, Fen},
    refusal::{Code, Refusal},
    rewards::{
        command::{Proposal, Reasons, RewardCommand, Voucher},
        eligibility::{
            Check, Exclusion, Ground, ReporterStanding, RewardedKind, ScopeFinding, ScopeRuling,
        },
        payout::Payee,
        reward::{FactMatch, PayeeFinding},
        share::Sharing,
        taken::Rests,
    },
    text::{Line, Narrative},
};
use uuid::Uuid;

/// One ground against a reward.
#[derive(InputObject)]
pub(super) struct ExclusionInput {
    /// The ground.
    ground: Ground,
    /// Why it is met; the reporter does not see it. At most 4,000 characters.
    reason: String,
    /// The report that came first, for `NOT_FIRST` and nothing else.
    earlier_report_id: Option<Uuid>,
}

step_inputs! {
    reward_id "The reward.", id "Made by the client; names this write.";

    /// Say whether the violation is of a kind that is rewarded.
    RuleOnScopeInput {
        /// Whether it is in scope.
        finding: ScopeFinding,
        /// Of which kind; required exactly if it is in scope.
        kind: Option<RewardedKind>,
        /// Why; the reporter does not see it. At most 4,000 characters.
        reason: String,
    }

    /// Record what was found about a reporter. Without exclusions the reporter is eligible and told.
    RecordEligibilityInput {
        /// What the reporter was to the reported party.
        standing: ReporterStanding,
        /// How many signed the report together. At most 20.
        #[graphql(default = 1)]
        reporters: i32,
        /// How they agreed to share, in hundredths of a percent of the whole, in the order of the
        /// signatures; equally if not said.
        agreed_basis_points: Option<Vec<i32>>,
        /// Grounds against it. At most 8.
        #[graphql(default)]
        exclusions: Vec<ExclusionInput>,
        /// What the check rests on. At most 4,000 characters.
        note: String,
    }

    /// Grade an application. A grade may be replaced until it is decided.
    GradeRewardInput {
        /// The grade.
        grading: GradingInput,
    }

    /// Record the finance department's consent.
    RecordFinanceConsentInput {
        /// The number of the paper.
        number: String,
        /// Who gave it.
        authority: String,
        /// Its date.
        dated: NaiveDate,
        /// SHA-256 of the scanned paper, 64 hexadecimal digits.
        sha256: String,
    }

    /// A step on a reward that needs a few words.
    RewardWordsInput {
        /// The opinion or the reason. At most 4,000 characters.
        words: String,
    }

    /// Tell the reporter the decision.
    TellDecisionInput {}

    /// Review the sum after an objection.
    ReviewRewardInput {
        /// The answer to the objection. At most 4,000 characters.
        opinion: String,
        /// The new grade, if the sum changes.
        grading: Option<GradingInput>,
    }

    /// Note a claim in person.
    RecordClaimInput {
        /// Which documents were looked at, of the reporter and of an agent; no name, no number.
        note: String,
        /// One for each who shares the reward, in the order of the signatures.
        payees: Vec<PayeeInput>,
    }

    /// Approve a claim in person.
    ApproveClaimInput {}

    /// Check the payee for exclusions, after a look by an opening.
    CheckPayeeInput {
        /// Grounds against the payee; with one the reward is taken back. At most 8.
        #[graphql(default)]
        exclusions: Vec<ExclusionInput>,
        /// What the check rests on; no name, no number. At most 4,000 characters.
        note: String,
        /// Where and until when the reporter may appeal; required exactly with exclusions. At most 4,000 characters.
        appeal: Option<String>,
    }

    /// Record a payment, or a reward that was paid back.
    VoucherInput {
        /// The number of the voucher.
        voucher: String,
        /// When the money went.
        paid_on: NaiveDate,
        /// The sum in yuan; exactly what was decided.
        sum_yuan: String,
    }

    /// Take a reward back.
    TakeBackInput {
        /// Why; the reporter reads it. At most 4,000 characters.
        reason: String,
        /// Where and until when the reporter may appeal. At most 4,000 characters.
        appeal: String,
    }
}

impl RuleOnScopeInput {
    pub(super) fn parse(self) -> Result<ScopeRuling, Refusal> {
        Ok(ScopeRuling {
            finding: self.finding,
            kind: self.kind,
            reason: Narrative::parse(&self.reason, "reason")?,
        })
    }
}

impl RecordEligibilityInput {
    pub(super) fn parse(self) -> Result<Check, Refusal> {
        Ok(Check {
            scope: None,
            standing: self.standing,
            sharing: Sharing::parse(self.reporters, self.agreed_basis_points.as_deref())?,
            exclusions: exclusions(self.exclusions)?,
            note: Narrative::parse(&self.note, "note")?,
        })
    }
}

impl CheckPayeeInput {
    pub(super) fn parse(self) -> Result<PayeeFinding, Refusal> {
        Ok(PayeeFinding {
            exclusions: exclusions(self.exclusions)?,
            note: Narrative::parse(&self.note, "note")?,
            appeal: Narrative::parse_optional(self.appeal.as_deref(), "appeal")?,
        })
    }
}

fn exclusions(found: Vec<ExclusionInput>) -> Result<Vec<Exclusion>, Refusal> {
    if found.len() > EXCLUSIONS {
        return Err(Refusal::on(Code::FieldTooLong, "exclusions").with(EXCLUSIONS.to_string()));
    }
    let exclusions = found.into_iter().map(|exclusion| {
        Exclusion::new(
            exclusion.ground,
            Narrative::parse(&exclusion.reason, "exclusions")?,
            exclusion.earlier_report_id.map(ReportId::new),
        )
    });
    exclusions.collect()
}

/// One reported fact against what was found.
#[derive(InputObject)]
struct FactMatchInput {
    /// What was reported. At most 4,000 characters.
    reported: String,
    /// What was found of it; nothing if nothing was.
    found: Option<String>,
}

/// A grade. What rests on the reported facts is said by part, and the decision says how much it is; sums are in yuan
/// with at most two decimals.
#[derive(InputObject)]
pub(super) struct GradingInput {
    /// 1 is the highest.
    grade: i32,
    /// The violations of the decision that rest on the reported facts, by code, each once; all of them if not said.
    /// Their fines count as the decision has them.
    violations: Option<Vec<String>>,
    /// Whether the confiscated gains rest on the reported facts.
    #[graphql(default = true)]
    counts_gains: bool,
    /// Whether the confiscated goods rest on the reported facts.
    #[graphql(default = true)]
    counts_goods: bool,
    /// What is left of the fines of `violations`, where the decision was lowered as a whole and does not say it; else
    /// `REWARD_SUM_ON_RECORD`.
    fines_yuan: Option<String>,
    /// What was collected, where the scheme counts that and only a part rests on the reported facts; else
    /// `REWARD_SUM_ON_RECORD`.
    collected_yuan: Option<String>,
    /// A sum that weighs the value of the goods and the effect on society. Required if there is
    /// no money to take a share of.
    adjusted_to_yuan: Option<String>,
    /// The uplift of an insider in hundredths of a percent; needs the finance department.
    insider_uplift_basis_points: Option<i32>,
    /// What was reported against what was found. 1 to 30.
    facts: Vec<FactMatchInput>,
    /// Why this grade, and why an adjustment. At most 4,000 characters.
    reason: String,
}

impl GradingInput {
    pub(super) fn parse(self) -> Result<Proposal, Refusal> {
        if self.facts.is_empty() {
            return Err(Refusal::on(Code::FieldRequired, "facts"));
        }
        if self.facts.len() > FACT_MATCHES {
            return Err(Refusal::on(Code::FieldTooLong, "facts").with(FACT_MATCHES.to_string()));
        }
        let rests = Rests {
            violations: violations(self.violations.as_deref())?,
            gains: self.counts_gains,
            goods: self.counts_goods,
            fines: optional_yuan(self.fines_yuan.as_deref(), "finesYuan")?,
            collected: optional_yuan(self.collected_yuan.as_deref(), "collectedYuan")?,
        };
        let facts = self.facts.iter().map(|fact| {
            Ok::<_, Refusal>(FactMatch {
                reported: Narrative::parse(&fact.reported, "facts")?,
                found: Narrative::parse_optional(fact.found.as_deref(), "facts")?,
            })
        });
        Ok(Proposal {
            grade: u8::try_from(self.grade).map_err(|_| Refusal::on(Code::OutOfRange, "grade"))?,
            rests,
            adjusted_to: optional_yuan(self.adjusted_to_yuan.as_deref(), "adjustedToYuan")?,
            uplift: self
                .insider_uplift_basis_points
                .map(|rate| {
                    u32::try_from(rate)
                        .ok()
                        .filter(|rate| *rate > 0)
                        .map(BasisPoints::new)
                        .ok_or(Refusal::on(Code::OutOfRange, "insiderUpliftBasisPoints"))
                })
                .transpose()?,
            facts: facts.collect::<Result<_, _>>()?,
            reason: Narrative::parse(&self.reason, "reason")?,
        })
    }
}

impl RecordFinanceConsentInput {
    pub(super) fn parse(self) -> Result<RewardCommand, Refusal> {
        Ok(RewardCommand::RecordFinanceConsent {
            number: Line::parse(&self.number, "number")?,
            authority: Line::parse(&self.authority, "authority")?,
            dated: self.dated,
            sha256: Sha256::parse(&self.sha256, "sha256")?,
        })
    }
}

/// Reads violations; more than a decision can have are refused before they are read.
fn violations(codes: Option<&[String]>) -> Result<Option<Vec<ViolationCode>>, Refusal> {
    let wrong = || Refusal::on(Code::ViolationUnknown, "violations");
    let Some(codes) = codes else { return Ok(None) };
    if codes.len() > CHARGES {
        return Err(Refusal::on(Code::FieldTooLong, "violations").with(CHARGES.to_string()));
    }
    let codes = codes.iter().map(|code| code.parse().map_err(|_| wrong()));
    codes.collect::<Result<_, _>>().map(Some)
}

/// Where one reporter's part goes. Sealed at once; read again for the file of finance alone.
#[derive(InputObject)]
pub(super) struct PayeeInput {
    /// The name of the account, which must be the reporter's real name.
    #[graphql(secret)]
    account_name: String,
    /// The bank.
    bank: String,
    /// 8 to 32 digits.
    #[graphql(secret)]
    account_number: String,
}

/// Reads payees; more than can ever share a reward are refused before they are read.
pub(super) fn payees(payees: &[PayeeInput]) -> Result<Vec<Payee>, Refusal> {
    if payees.len() > usize::from(JOINT_REPORTERS) {
        return Err(Refusal::on(Code::FieldTooLong, "payees").with(JOINT_REPORTERS.to_string()));
    }
    payees
        .iter()
        .map(|payee| Payee::parse(&payee.account_name, &payee.bank, &payee.account_number))
        .collect()
}

impl VoucherInput {
    pub(super) fn parse(self) -> Result<Voucher, Refusal> {
        Ok(Voucher {
            number: Line::parse(&self.voucher, "voucher")?,
            paid_on: self.paid_on,
            sum: yuan(&self.sum_yuan, "sumYuan")?,
        })
    }
}

impl TakeBackInput {
    pub(super) fn parse(self) -> Result<Reasons, Refusal> {
        Ok(Reasons {
            reason: Narrative::parse(&self.reason, "reason")?,
            appeal: Narrative::parse(&self.appeal, "appeal")?,
        })
    }
}

fn yuan(text: &str, field: &'static str) -> Result<Fen, Refusal> {
    Fen::parse_yuan(text.trim()).map_err(|_| Refusal::on(Code::FieldFormat, field))
}

fn optional_yuan(text: Option<&str>, field: &'static str) -> Result<Option<Fen>, Refusal> {
    text.map(|text| yuan(text, field)).transpose()
}
