//! What became of the photos that a phone still has.

use crate::{
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::evidence::{self, Asked, Fate, Reconciled},
};
use liangxin_domain::{
    evidence::{digest::Sha256, holding::RecordKind, photo::PhotoOwner},
    id::{ReportId, VisitId},
    limits::{PHOTOS_PER_OWNER, RECONCILED_RECORDS},
    refusal::{Code, Lang, Refusal},
};
use uuid::Uuid;

/// A record with the photos that the phone has for it.
#[derive(InputObject)]
pub(crate) struct ReconciledRecordInput {
    /// What kind of record it is.
    kind: RecordKind,
    /// Its id.
    id: Uuid,
    /// SHA-256 of the photos, 64 hexadecimal digits each; at most 24.
    photos: Vec<String>,
}

/// What a phone asks about.
#[derive(InputObject)]
pub(crate) struct ReconcileInput {
    /// The receipt code of the report that is asked about; officers leave it out.
    #[graphql(secret)]
    receipt_code: Option<String>,
    /// The records; at most 30.
    records: Vec<ReconciledRecordInput>,
}

impl ReconcileInput {
    fn parse(self) -> Result<(Option<String>, Vec<Asked>), Refusal> {
        let too_many =
            |most: usize, field| Refusal::on(Code::FieldTooLong, field).with(most.to_string());
        if self.records.len() > RECONCILED_RECORDS {
            return Err(too_many(RECONCILED_RECORDS, "records"));
        }
        if self
            .records
            .iter()
            .any(|record| record.photos.len() > PHOTOS_PER_OWNER)
        {
            return Err(too_many(PHOTOS_PER_OWNER, "photos"));
        }
        let asked = self.records.into_iter().map(|record| Asked {
            record: match record.kind {
                RecordKind::Report => PhotoOwner::Report(ReportId::new(record.id)),
                RecordKind::Visit => PhotoOwner::Visit(VisitId::new(record.id)),
            },
            photos: record
                .photos
                .iter()
                .map(|hex| Sha256::parse(hex, "photos"))
                .collect(),
        });
        Ok((self.receipt_code, asked.collect()))
    }
}

/// How a photo stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "PhotoStanding")]
pub(crate) enum FateView {
    /// The server durably holds it.
    Held,
    /// The record owes it: send it.
    Missing,
    /// It is not taken: keep it and show why. What the class says to do may change that.
    Refused,
}

/// What became of a photo.
#[derive(SimpleObject)]
pub(crate) struct ReconciledPhoto {
    /// Its digest as it was asked about; null where that is none.
    sha256: Option<String>,
    /// How it stands.
    standing: FateView,
    /// Since when it is held.
    stored_at: Option<Moment>,
    /// Why it is refused.
    problem: Option<Problem>,
}

impl ReconciledPhoto {
    fn of((digest, standing): (Option<Sha256>, Fate), lang: Lang) -> Self {
        let (standing, stored_at, problem) = match standing {
            Fate::Held(at) => (FateView::Held, Some(Moment(at)), None),
            Fate::Missing => (FateView::Missing, None, None),
            Fate::Refused(refusal) => (FateView::Refused, None, Some(Problem::of(&refusal, lang))),
        };
        Self {
            sha256: digest.map(|digest| digest.to_string()),
            standing,
            stored_at,
            problem,
        }
    }
}

/// A record with what became of its photos.
#[derive(SimpleObject)]
pub(crate) struct ReconciledRecord {
    /// What kind of record it is.
    kind: RecordKind,
    /// Its id.
    id: Uuid,
    /// Each photo that was asked about, in the order of the question.
    photos: Vec<ReconciledPhoto>,
    /// The signed receipt that all photos of the record are held, in one line (JWS); null while one is missing.
    holding_receipt: Option<String>,
}

impl ReconciledRecord {
    fn of(reconciled: Reconciled, lang: Lang) -> Self {
        Self {
            kind: reconciled.record.into(),
            id: reconciled.record.uuid(),
            photos: reconciled
                .photos
                .into_iter()
                .map(|photo| ReconciledPhoto::of(photo, lang))
                .collect(),
            holding_receipt: reconciled.receipt,
        }
    }
}

/// What became of the photos of some records.
#[derive(SimpleObject)]
pub(crate) struct ReconcilePayload {
    /// Each record that was asked about, in the order of the question.
    records: Option<Vec<ReconciledRecord>>,
    /// Why nothing is told.
    problems: Vec<Problem>,
}

/// The reads of this noun.
#[derive(Default)]
pub struct ReconcileQuery;

#[Object(name = "ReconcileQuery")]
impl ReconcileQuery {
    /// Of each photo that a phone still has: whether it is held, missing or refused. Officers ask about visits, the holder of
    /// a receipt code about that report. Sent by POST only.
    #[graphql(complexity = "50 + 10 * child_complexity")]
    async fn reconcile(
        &self,
        ctx: &Context<'_>,
        input: ReconcileInput,
    ) -> Result<ReconcilePayload, AppError> {
        let outcome = async {
            let (code, asked) = input.parse()?;
            evidence::reconcile(ctx.app()?, ctx.caller()?, code.as_deref(), asked).await
        };
        let (records, problems) = settle(outcome.await, ctx.lang())?;
        let lang = ctx.lang();
        Ok(ReconcilePayload {
            records: records.map(|records| {
                let records = records.into_iter();
                records
                    .map(|record| ReconciledRecord::of(record, lang))
                    .collect()
            }),
            problems,
        })
    }
}
