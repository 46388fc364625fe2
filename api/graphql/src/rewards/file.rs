//! A reward as reward officers and heads work with it: who found what, on which grounds, on which
//! papers. It names the report and the case, and nobody's name or bank data.

use super::types::{RewardAward, RewardView};
use crate::context::Known as _;
use crate::moment::Moment;
use async_graphql::{Context, Description, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_domain::rewards::{
    eligibility::{Exclusion, Ground, ReporterStanding, RewardedKind},
    reward::{Proof, Reward, RewardState, RewardStateKind},
    screening::{MajorFact, ScreeningOutcome},
};
use uuid::Uuid;

/// One ground with the officer's reason.
#[derive(SimpleObject)]
pub(crate) struct RewardExclusion {
    /// The ground.
    ground: Ground,
    /// Why it is met. The reporter does not see it.
    reason: String,
    /// The report that came first, if that is the ground.
    earlier_report_id: Option<Uuid>,
}

/// What made a violation major, with what it rests on.
#[derive(SimpleObject)]
pub(crate) struct RewardMajorFact {
    /// The fact.
    fact: MajorFact,
    /// What it rests on. The reporter does not see it.
    reason: String,
}

/// What an officer found about a reporter.
#[derive(SimpleObject)]
pub(crate) struct RewardCheck {
    /// What the reporter was to the reported party.
    standing: ReporterStanding,
    /// How many share the reward.
    reporters: usize,
    /// The grounds against it.
    exclusions: Vec<RewardExclusion>,
    /// What the check rests on.
    note: String,
    /// The officer.
    by_id: Uuid,
    /// When it was checked.
    at: Moment,
}

/// What somebody with an opening found about the payee.
#[derive(SimpleObject)]
pub(crate) struct RewardPayeeCheck {
    /// The grounds against the payee.
    exclusions: Vec<RewardExclusion>,
    /// What the check rests on.
    note: String,
    /// Who checked.
    by_id: Uuid,
    /// When the payee was checked.
    at: Moment,
}

/// One reported fact against what was found.
#[derive(SimpleObject)]
pub(crate) struct RewardFactMatch {
    /// What was reported.
    reported: String,
    /// What was found of it; null if nothing was.
    found: Option<String>,
}

/// A grade with its sum.
#[derive(SimpleObject)]
pub(crate) struct RewardGrading {
    /// The sum.
    award: RewardAward,
    /// The scheme whose terms were applied.
    terms_of: String,
    /// What was reported against what was found.
    facts: Vec<RewardFactMatch>,
    /// Why.
    reason: String,
    /// The officer.
    by_id: Uuid,
    /// When the grade was given.
    at: Moment,
}

/// The finance department's paper.
#[derive(SimpleObject)]
pub(crate) struct FinanceConsent {
    /// Its number.
    number: String,
    /// Who gave it.
    authority: String,
    /// Its date.
    dated: NaiveDate,
    /// SHA-256 of the scanned paper.
    sha256: String,
}

/// What somebody said and when.
#[derive(SimpleObject)]
pub(crate) struct RewardWords {
    /// The words.
    words: String,
    /// Who; null for the reporter.
    by_id: Option<Uuid>,
    /// When it was said.
    at: Moment,
}

/// A payment.
#[derive(SimpleObject)]
pub(crate) struct RewardPayment {
    /// The number of the voucher.
    voucher: String,
    /// When the money went.
    paid_on: NaiveDate,
    /// How much, in yuan.
    sum_yuan: String,
    /// Who recorded it.
    by_id: Uuid,
}

/// A reward with its file.
#[derive(Description)]
pub(crate) struct RewardFile(pub(crate) Reward);

#[Object(use_type_description)]
impl RewardFile {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// How far it has really come.
    async fn state(&self) -> RewardStateKind {
        self.0.state.kind()
    }
    /// What the reporter sees of it.
    async fn reward(&self) -> RewardView {
        RewardView::to_office(self.0.clone())
    }
    /// The report.
    async fn report_id(&self) -> Uuid {
        self.0.report.uuid()
    }
    /// The case that was decided on its facts.
    async fn case_id(&self) -> Uuid {
        self.0.case.uuid()
    }
    /// Where it is handled (GB/T 2260).
    async fn division(&self) -> String {
        self.0.division.to_string()
    }
    /// The day of the decision on the case, or of the criminal liability of one that went to the
    /// police; it picks the edition of the scheme.
    async fn case_decided_on(&self) -> NaiveDate {
        self.0.case_decided_on
    }
    /// What made the violation major besides money. At most 4.
    #[graphql(complexity = "4 * child_complexity.max(1)")]
    async fn major_facts(&self) -> Vec<RewardMajorFact> {
        let found = self.0.major_facts.iter();
        let view = found.map(|finding| RewardMajorFact {
            fact: finding.fact,
            reason: finding.reason.to_string(),
        });
        view.collect()
    }
    /// Whether a head has to say if the case is in scope.
    async fn needs_scope_ruling(&self) -> bool {
        self.0.screening.outcome == ScreeningOutcome::NeedsOfficer
            && self.0.state == RewardState::Screening
    }
    /// A head's word on the scope.
    async fn scope_ruling(&self) -> Option<RewardWords> {
        self.0.state.ruled().map(|ruled| RewardWords {
            words: ruled.ruling.reason.to_string(),
            by_id: Some(ruled.by.uuid()),
            at: Moment(ruled.at),
        })
    }
    /// Of which kind the violation is, by that word.
    async fn scope_kind(&self) -> Option<RewardedKind> {
        self.0.state.ruled()?.ruling.kind
    }
    /// The check of the reporter.
    async fn check(&self) -> Option<RewardCheck> {
        let checked = self.0.state.checked()?;
        let check = &checked.check;
        Some(RewardCheck {
            standing: check.standing,
            reporters: check.sharing.reporters(),
            exclusions: check.exclusions.iter().map(RewardExclusion::of).collect(),
            note: check.note.to_string(),
            by_id: checked.by.uuid(),
            at: Moment(checked.at),
        })
    }
    /// The grade with its sum.
    async fn grading(&self, ctx: &Context<'_>) -> Option<RewardGrading> {
        let graded = self.0.state.graded()?;
        let facts = graded.facts.iter().map(|fact| RewardFactMatch {
            reported: fact.reported.to_string(),
            found: fact.found.as_ref().map(ToString::to_string),
        });
        Some(RewardGrading {
            award: RewardAward::of(graded, ctx.lang()),
            terms_of: graded.terms_of.clone(),
            facts: facts.collect(),
            reason: graded.reason.to_string(),
            by_id: graded.by.uuid(),
            at: Moment(graded.at),
        })
    }
    /// The finance department's consent.
    async fn consent(&self) -> Option<FinanceConsent> {
        self.0.state.consent().map(|consent| FinanceConsent {
            number: consent.number.to_string(),
            authority: consent.authority.to_string(),
            dated: consent.dated,
            sha256: consent.sha256.clone(),
        })
    }
    /// The decision.
    async fn decision(&self) -> Option<RewardWords> {
        self.0.state.decision().map(|decision| RewardWords {
            words: decision.opinion.to_string(),
            by_id: Some(decision.by.uuid()),
            at: Moment(decision.at),
        })
    }
    /// The reporter's objection.
    async fn objection(&self) -> Option<RewardWords> {
        let objection = match &self.0.state {
            RewardState::UnderReview(_, objection) => objection,
            state => &state.told()?.review.as_ref()?.objection,
        };
        Some(RewardWords {
            words: objection.words.to_string(),
            by_id: None,
            at: Moment(objection.at),
        })
    }
    /// What the review said.
    async fn review(&self) -> Option<RewardWords> {
        let review = self.0.state.told()?.review.as_ref()?;
        Some(RewardWords {
            words: review.opinion.to_string(),
            by_id: Some(review.by.uuid()),
            at: Moment(review.at),
        })
    }
    /// Why the reporter got more time to claim.
    async fn extension(&self) -> Option<RewardWords> {
        let extension = self.0.state.told()?.extension.as_ref()?;
        Some(RewardWords {
            words: extension.reason.to_string(),
            by_id: Some(extension.by.uuid()),
            at: Moment(extension.at),
        })
    }
    /// What an officer looked at when the reporter claimed in person; null if it was the password.
    async fn identity_note(&self) -> Option<String> {
        match &self.0.state.claim()?.proof {
            Proof::Password => None,
            Proof::Identity { note, .. } => Some(note.to_string()),
        }
    }
    /// The officer who recorded a claim in person; this one neither approves, exports nor pays it.
    async fn claim_recorded_by_id(&self) -> Option<Uuid> {
        let claim = self.0.state.claim()?;
        claim.recorded_by().map(|by| by.uuid())
    }
    /// Who approved a claim in person.
    async fn claim_approved_by_id(&self) -> Option<Uuid> {
        let claim = self.0.state.claim()?;
        claim.approval.as_ref().map(|approval| approval.by.uuid())
    }
    /// The check of the payee, without which no money moves.
    async fn payee_check(&self) -> Option<RewardPayeeCheck> {
        let check = self.0.state.payee_check()?;
        Some(RewardPayeeCheck {
            exclusions: check.exclusions.iter().map(RewardExclusion::of).collect(),
            note: check.note.to_string(),
            by_id: check.by.uuid(),
            at: Moment(check.at),
        })
    }
    /// The number of the file by which it went to finance.
    async fn payment_file(&self) -> Option<&str> {
        let claim = self.0.state.claim()?;
        claim.handed.as_ref().map(|handed| handed.number.as_str())
    }
    /// The payment.
    async fn payment(&self) -> Option<RewardPayment> {
        self.0.state.payment().map(|payment| RewardPayment {
            voucher: payment.voucher.to_string(),
            paid_on: payment.paid_on,
            sum_yuan: payment.sum.to_string(),
            by_id: payment.by.uuid(),
        })
    }
}

impl RewardExclusion {
    fn of(exclusion: &Exclusion) -> Self {
        Self {
            ground: exclusion.ground,
            reason: exclusion.reason.to_string(),
            earlier_report_id: exclusion.earlier.map(|report| report.uuid()),
        }
    }
}

page! {
    /// A page of rewards.
    RewardPage of RewardFile, "The rewards, the nearest day first."
}
