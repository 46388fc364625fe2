//! A reward as its reporter may see it: how far it has come, why, the sum with every step of how it
//! came about, and until when what may be done.

use crate::context::Known as _;
use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    refusal::Lang,
    rewards::{
        award::{Award, Finance},
        reward::{self, Reward, RewardStateKind},
        scheme::WindowKind,
        screening::{self, ScreeningOutcome},
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
    /// When.
    at: DateTime<Utc>,
}

/// The reward for a report, as its reporter may see it.
pub(crate) struct RewardView(pub(crate) Reward);

#[Object(name = "Reward")]
impl RewardView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// How far it has come, as the reporter may know it: from the application until the reporter
    /// is told the decision it is `APPLIED`.
    async fn state(&self) -> RewardStateKind {
        shown(self.0.state.kind())
    }
    /// What screening said.
    async fn outcome(&self) -> ScreeningOutcome {
        self.0.screening.outcome
    }
    /// Why, as a stable word.
    async fn reason_code(&self) -> String {
        self.0.screening.reason_code.to_string()
    }
    /// Why, in words.
    async fn reason(&self, ctx: &Context<'_>) -> &str {
        let screening = &self.0.screening;
        ctx.lang().pick(&screening.reason_zh, &screening.reason_en)
    }
    /// What screening looked at, in the order of looking.
    async fn screening_steps(&self, ctx: &Context<'_>) -> Vec<String> {
        said(&self.0.screening.steps, ctx.lang())
    }
    /// The grounds against it, if it is `INELIGIBLE`.
    async fn grounds(&self, ctx: &Context<'_>) -> Vec<RewardGround> {
        let checked = self.0.state.checked();
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
        let windows = self.0.state.windows().into_iter();
        windows
            .map(|(kind, due_on)| RewardWindow { kind, due_on })
            .collect()
    }
    /// The sum, once the reporter was told.
    async fn award(&self, ctx: &Context<'_>) -> Option<RewardAward> {
        let graded = &self.0.state.told()?.decision.graded;
        Some(RewardAward::of(graded, ctx.lang()))
    }
    /// Why it was taken back, if it was.
    async fn taken_back(&self) -> Option<RewardTakenBack> {
        self.0.state.taken_back().map(|taken| RewardTakenBack {
            reason: taken.reason.to_string(),
            appeal: taken.appeal.to_string(),
            at: taken.at,
        })
    }
    /// The scheme that was in force.
    async fn scheme_id(&self) -> &str {
        &self.0.screening.scheme_id
    }
    /// Its edition.
    async fn edition(&self) -> &str {
        &self.0.screening.edition
    }
    /// When it was screened.
    async fn screened_at(&self) -> DateTime<Utc> {
        self.0.screened_at
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
