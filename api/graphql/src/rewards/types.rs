//! A reward as its reporter may see it: how far it has come, why, the sum with every step of how it
//! came about, and until when what may be done.

use crate::context::Known as _;
use crate::moment::Moment;
use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{error::AppError, usecase::rewards};
use liangxin_domain::{
    id::RewardId,
    refusal::Lang,
    rewards::{
        award::{Award, Finance},
        reward::{self, Claim, Objection, Proof, Reward, RewardState, RewardStateKind},
        scheme::WindowKind,
        screening::{self, ScreeningOutcome, ScreeningReason},
    },
};
use uuid::Uuid;

/// A window that is open for the reporter.
#[derive(SimpleObject)]
pub(crate) struct RewardWindow {
    /// What for.
    kind: WindowKind,
    /// The last day; null while the working-day calendar lacks the year.
    due_on: Option<NaiveDate>,
}

/// A ground against a reward.
#[derive(SimpleObject)]
pub(crate) struct RewardGround {
    /// Stable word, such as `INELIGIBLE_NOT_FIRST`.
    code: String,
    /// The ground in words.
    text: String,
}

/// A sum with everything that led to it.
#[derive(SimpleObject)]
pub(crate) struct RewardAward {
    /// The grade; 1 is the highest.
    grade: u8,
    /// What the share was taken of, in yuan, exact decimal.
    base_yuan: String,
    /// What is paid, in yuan, exact decimal.
    amount_yuan: String,
    /// Whether the finance department decides too.
    needs_finance: bool,
    /// How it came about, step by step, with every number.
    steps: Vec<String>,
    /// The parts of those who share it, in the order of their signatures, in yuan.
    shares_yuan: Vec<String>,
}

/// What was taken back, with how to appeal.
#[derive(SimpleObject)]
pub(crate) struct RewardTakenBack {
    /// Why.
    reason: String,
    /// Where and until when one may appeal.
    appeal: String,
    /// When it was taken back.
    at: Moment,
}

/// Where the money of a claim goes, masked.
#[derive(SimpleObject)]
pub(crate) struct RewardPayee {
    /// The first character of the name and `**`, however long it is.
    account_name: String,
    /// `****` and the last four digits.
    account_number: String,
}

/// How a claimant was known to be the reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ClaimProof {
    /// By receipt code and claim password.
    Password,
    /// By documents that an officer looked at; a second person approves it.
    InPerson,
}

/// A claim on a reward. Whoever did not make it says so with `objectToPayee`.
#[derive(Description)]
pub(crate) struct RewardClaimView {
    claim: Claim,
    reward: RewardId,
    shown_to: ShownTo,
    objection: Option<Objection>,
}

#[Object(name = "RewardClaim", use_type_description)]
impl RewardClaimView {
    /// How the claimant was known.
    async fn proof(&self) -> ClaimProof {
        match self.claim.proof {
            Proof::Password => ClaimProof::Password,
            Proof::Identity { .. } => ClaimProof::InPerson,
        }
    }
    /// When it was made.
    async fn at(&self) -> Moment {
        Moment(self.claim.at)
    }
    /// When a second person approved it, of one in person.
    async fn approved_at(&self) -> Option<Moment> {
        self.claim
            .approval
            .as_ref()
            .map(|approval| Moment(approval.at))
    }
    /// The last day to object to the payee; no money moves before it is over. Null before a claim in person is
    /// approved, and while the working-day calendar lacks the year.
    async fn object_by(&self) -> Option<NaiveDate> {
        self.claim.object_by
    }
    /// The payees, in the order of the signatures. The office sees them only while it has to decide about the claim.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn payees(&self, ctx: &Context<'_>) -> Result<Vec<RewardPayee>, AppError> {
        if self.shown_to == ShownTo::Nobody {
            return Ok(Vec::new());
        }
        let app = ctx.app()?;
        let found = rewards::shown_payees(app, &app.db, self.reward).await?;
        let shown = found.into_iter().map(|payee| RewardPayee {
            account_name: payee.account_name,
            account_number: payee.account_number,
        });
        Ok(shown.collect())
    }
    /// What the reporter said against the payee.
    async fn objection(&self) -> Option<&str> {
        let objection = self.objection.as_ref()?;
        Some(objection.words.as_str())
    }
    /// Why that was turned down, if it was.
    async fn answer(&self) -> Option<&str> {
        let upheld = self.claim.upheld.as_ref()?;
        Some(upheld.opinion.as_str())
    }
    /// When the payee went to finance.
    async fn exported_at(&self) -> Option<Moment> {
        self.claim.handed.as_ref().map(|handed| Moment(handed.at))
    }
}

/// Who is shown payees in masked form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ShownTo {
    Reader,
    Nobody,
}

/// The reward for a report, as its reporter may see it.
#[derive(Description)]
pub(crate) struct RewardView {
    reward: Reward,
    shown_to: ShownTo,
}

impl RewardView {
    /// For the reporter.
    pub(crate) const fn of(reward: Reward) -> Self {
        let shown_to = ShownTo::Reader;
        Self { reward, shown_to }
    }

    /// For the office: a second person has to compare the payee with the documents, nobody else has to know it.
    pub(crate) fn to_office(reward: Reward) -> Self {
        let shown_to = match reward.state {
            RewardState::ClaimRecorded(..) | RewardState::ClaimContested(..) => ShownTo::Reader,
            _ => ShownTo::Nobody,
        };
        Self { reward, shown_to }
    }
}

#[Object(name = "Reward", use_type_description)]
impl RewardView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.reward.id.uuid()
    }
    /// How far it has come, as the reporter may know it: from the application until the reporter
    /// is told the decision it is `APPLIED`.
    async fn state(&self) -> RewardStateKind {
        shown(self.reward.state.kind())
    }
    /// What screening said.
    async fn outcome(&self) -> ScreeningOutcome {
        self.reward.screening.outcome
    }
    /// Why.
    async fn reason_code(&self) -> ScreeningReason {
        self.reward.screening.reason_code
    }
    /// Why, in words.
    async fn reason(&self, ctx: &Context<'_>) -> &str {
        let screening = &self.reward.screening;
        ctx.lang().pick(&screening.reason_zh, &screening.reason_en)
    }
    /// What screening looked at, in the order of looking.
    async fn screening_steps(&self, ctx: &Context<'_>) -> Vec<String> {
        said(&self.reward.screening.steps, ctx.lang())
    }
    /// The grounds against it, if it is `INELIGIBLE`.
    async fn grounds(&self, ctx: &Context<'_>) -> Vec<RewardGround> {
        let checked = self.reward.state.checked();
        let exclusions = checked.map(|checked| checked.check.exclusions.as_slice());
        exclusions
            .unwrap_or_default()
            .iter()
            .map(|exclusion| {
                let (zh, en) = exclusion.ground.texts();
                RewardGround {
                    code: exclusion.ground.to_string(),
                    text: ctx.lang().pick(zh, en).to_owned(),
                }
            })
            .collect()
    }
    /// The windows that are open for the reporter.
    async fn windows(&self) -> Vec<RewardWindow> {
        let windows = self.reward.state.windows().into_iter();
        windows
            .map(|(kind, due_on)| RewardWindow { kind, due_on })
            .collect()
    }
    /// The sum, once the reporter was told.
    async fn award(&self, ctx: &Context<'_>) -> Option<RewardAward> {
        let graded = &self.reward.state.told()?.decision.graded;
        Some(RewardAward::of(graded, ctx.lang()))
    }
    /// The claim, once made and until the money is asked back.
    async fn claim(&self) -> Option<RewardClaimView> {
        let claim = self.reward.state.claim()?;
        Some(RewardClaimView {
            claim: claim.clone(),
            reward: self.reward.id,
            shown_to: self.shown_to,
            objection: self.reward.state.payee_objection().cloned(),
        })
    }
    /// Why an earlier claim was made void, if one was.
    async fn voided_claim(&self) -> Option<&str> {
        let voided = self.reward.state.told()?.voided.as_ref()?;
        Some(voided.reason.as_str())
    }
    /// Why it was taken back, if it was.
    async fn taken_back(&self) -> Option<RewardTakenBack> {
        self.reward.state.taken_back().map(|taken| RewardTakenBack {
            reason: taken.reason.to_string(),
            appeal: taken.appeal.to_string(),
            at: Moment(taken.at),
        })
    }
    /// The scheme that was in force.
    async fn scheme_id(&self) -> &str {
        &self.reward.screening.scheme_id
    }
    /// Its edition.
    async fn edition(&self) -> &str {
        &self.reward.screening.edition
    }
    /// When it was screened.
    async fn screened_at(&self) -> Moment {
        Moment(self.reward.screened_at)
    }
}

/// How a reward is being graded is not shown before the decision is told.
const fn shown(state: RewardStateKind) -> RewardStateKind {
    match state {
        RewardStateKind::Graded | RewardStateKind::FinancePending | RewardStateKind::Decided => {
            RewardStateKind::Applied
        }
        other => other,
    }
}

fn said(steps: &[screening::Step], lang: Lang) -> Vec<String> {
    steps
        .iter()
        .map(|step| lang.pick(&step.text_zh, &step.text_en).to_owned())
        .collect()
}

impl RewardAward {
    pub(super) fn of(graded: &reward::Graded, lang: Lang) -> Self {
        let Award {
            base,
            amount,
            finance,
            steps,
        } = &graded.award;
        let sharing = &graded.application.eligible.checked.check.sharing;
        Self {
            grade: graded.grading.grade,
            base_yuan: base.to_string(),
            amount_yuan: amount.to_string(),
            needs_finance: *finance == Finance::Needed,
            steps: said(steps, lang),
            shares_yuan: sharing
                .split(*amount)
                .iter()
                .map(ToString::to_string)
                .collect(),
        }
    }
}
