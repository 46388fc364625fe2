//! Cases and the violations that they are about.

use crate::{
    accounts::types::PersonView,
    context::{Known as _, gone, shared},
    law::ClockView,
    merchants::types::MerchantView,
};
use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_app::{error::AppError, store};
use liangxin_domain::cases::case::CaseStateKind;
use liangxin_domain::{
    actor::Actor,
    cases::case::{Answer, Case},
    id::CaseId,
    law::violation::Violation,
};
use uuid::Uuid;

/// What the investigation proposes.
#[derive(SimpleObject)]
#[graphql(name = "Proposal")]
pub(crate) struct ProposalView {
    /// Violation code.
    violation: String,
    /// Fine in yuan, two decimals.
    fine_yuan: String,
    /// What must be put right.
    correction: String,
    /// Until when.
    correct_by: NaiveDate,
    /// When it was written.
    at: DateTime<Utc>,
}

/// A passed audit.
#[derive(SimpleObject)]
#[graphql(name = "Audit")]
pub(crate) struct AuditView {
    /// In what words.
    opinion: String,
    /// When.
    at: DateTime<Utc>,
}

/// The notice of the intended penalty, and the answer to it.
#[derive(SimpleObject)]
#[graphql(name = "Notice")]
pub(crate) struct NoticeView {
    /// When it reached the merchant.
    served_at: DateTime<Utc>,
    /// The last day for a statement and defence; null while a calendar year is missing.
    answer_until: Option<NaiveDate>,
    /// When the merchant answered.
    answered_at: Option<DateTime<Utc>>,
    /// The merchant's defence; null if the merchant has no objection or has not answered.
    defence: Option<String>,
}

/// A penalty decision with its correction order.
#[derive(SimpleObject)]
#[graphql(name = "Decision")]
pub(crate) struct DecisionView {
    /// Violation code.
    violation: String,
    /// Fine in yuan, two decimals.
    fine_yuan: String,
    /// What must be put right.
    correction: String,
    /// Until when.
    correct_by: NaiveDate,
    /// The answer to the merchant's defence.
    defence_review: Option<String>,
    /// When it was decided.
    at: DateTime<Utc>,
}

/// A penalty case.
pub(crate) struct CaseView(pub(crate) Case);

#[Object(name = "Case")]
impl CaseView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.0.number
    }
    /// How far it has come.
    async fn state(&self) -> CaseStateKind {
        self.0.state_kind()
    }
    /// The party.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<MerchantView, AppError> {
        let found = ctx
            .loaders()?
            .merchants
            .load_one(self.0.merchant)
            .await
            .map_err(shared)?;
        found.map(MerchantView).ok_or_else(gone)
    }
    /// The visit that found the violation.
    async fn visit_id(&self) -> Uuid {
        self.0.visit.uuid()
    }
    /// Who investigates.
    async fn investigators(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let mut people = ctx
            .loaders()?
            .people
            .load_many(self.0.investigators.iter())
            .await
            .map_err(shared)?;
        Ok(self
            .0
            .investigators
            .iter()
            .filter_map(|user| people.remove(&user))
            .map(PersonView)
            .collect())
    }
    /// When it was filed.
    async fn filed_at(&self) -> DateTime<Utc> {
        self.0.filed_at
    }
    /// What the investigation proposes.
    async fn proposal(&self) -> Option<ProposalView> {
        self.0.proposal().map(|proposal| ProposalView {
            violation: proposal.violation.to_string(),
            fine_yuan: proposal.fine.to_string(),
            correction: proposal.correction.to_string(),
            correct_by: proposal.correct_by,
            at: proposal.at,
        })
    }
    /// The passed audit; merchants do not see its words.
    async fn audit(&self, ctx: &Context<'_>) -> Result<Option<AuditView>, AppError> {
        if ctx.actor()?.merchant().is_some() {
            return Ok(None);
        }
        Ok(self.0.audit_passed().map(|audit| AuditView {
            opinion: audit.opinion.to_string(),
            at: audit.at,
        }))
    }
    /// The notice of the intended penalty, and the answer to it.
    async fn notice(&self) -> Option<NoticeView> {
        self.0.notice().map(|(notice, answer)| NoticeView {
            served_at: notice.served_at,
            answer_until: notice.answer_until,
            answered_at: answer.map(|answer| match answer {
                Answer::NoObjection { at } | Answer::Defence { at, .. } => *at,
            }),
            defence: answer.and_then(|answer| match answer {
                Answer::NoObjection { .. } => None,
                Answer::Defence { words, .. } => Some(words.to_string()),
            }),
        })
    }
    /// The decision.
    async fn decision(&self) -> Option<DecisionView> {
        self.0.decision().map(|decision| DecisionView {
            violation: decision.violation.to_string(),
            fine_yuan: decision.fine.to_string(),
            correction: decision.correction.to_string(),
            correct_by: decision.correct_by,
            defence_review: decision.defence_review.as_ref().map(ToString::to_string),
            at: decision.at,
        })
    }
    /// The statutory periods that run on it.
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<ClockView>, AppError> {
        let found = ctx
            .loaders()?
            .case_clocks
            .load_one(self.0.id)
            .await
            .map_err(shared)?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(ClockView)
            .collect())
    }
}

page! {
    /// A page of cases.
    CasePage of CaseView, "The cases, the nearest day first."
}

payload! {
    /// What became of an operation on a case.
    CasePayload {
        /// The case as it stands now, unless refused.
        case: CaseView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (_, case): (Actor, CaseId)| Some(CaseView(
        store::cases::get(&ctx.app()?.db, ctx.actor()?, case).await?,
    ))
}

/// A violation with its legal range.
#[derive(SimpleObject)]
#[graphql(name = "Violation")]
pub(crate) struct ViolationView {
    /// Stable code, such as `M-QTY-01`.
    code: String,
    /// The conduct.
    conduct: String,
    /// What may follow.
    consequence: String,
    /// The instrument of law.
    basis: String,
    /// Its articles.
    article: String,
    /// The least fine in yuan.
    fine_min_yuan: Option<String>,
    /// The highest fine in yuan; null if the article names no sum.
    fine_max_yuan: Option<String>,
    /// How well the row is known.
    provenance: String,
}

impl ViolationView {
    pub(crate) fn of(violation: &Violation, lang: liangxin_domain::refusal::Lang) -> Self {
        Self {
            code: violation.code.to_string(),
            conduct: lang
                .pick(&violation.conduct_zh, &violation.conduct_en)
                .to_owned(),
            consequence: lang
                .pick(&violation.consequence_zh, &violation.consequence_en)
                .to_owned(),
            basis: violation.basis_instrument.clone(),
            article: violation.basis_article.clone(),
            fine_min_yuan: violation.fine_min.map(|fine| fine.to_string()),
            fine_max_yuan: violation.fine_max.map(|fine| fine.to_string()),
            provenance: violation.provenance.to_string(),
        }
    }
}
