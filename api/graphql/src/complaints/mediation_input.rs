//! What the steps of a mediation take.
use crate::privacy::input::ProofInput;
use async_graphql::InputObject;
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::complaints::consent::MediationConsent;
use liangxin_domain::complaints::consent::Side;
use liangxin_domain::complaints::consent::Way;
use liangxin_domain::complaints::ending::AgreementForm;
use liangxin_domain::complaints::mediation::BodyKind;
use liangxin_domain::complaints::mediation::ChosenBy;
use liangxin_domain::complaints::mediation::CostBearer;
use liangxin_domain::complaints::mediation::RecusalRuling;
use liangxin_domain::complaints::mediation::SessionMode;
use liangxin_domain::complaints::side::LeadOutcome;
use uuid::Uuid;

/// Consent to mediation.
#[derive(InputObject)]
pub(super) struct ConsentToMediationInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The receipt code, for a complainant without account.
    #[graphql(secret)]
    pub(super) receipt_code: Option<String>,
    /// Needed while too many wrong codes are tried.
    pub(super) proof: Option<ProofInput>,
    /// Whose consent.
    pub(super) side: Side,
    /// To mediation by whom.
    pub(super) to: MediationConsent,
    /// How it was given.
    pub(super) way: Way,
}

/// Take the consent to publication back.
#[derive(InputObject)]
pub(super) struct WithdrawPublicationConsentInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The receipt code, for a complainant without account.
    #[graphql(secret)]
    pub(super) receipt_code: Option<String>,
    /// Needed while too many wrong codes are tried.
    pub(super) proof: Option<ProofInput>,
}

/// Entrust a lawful body.
#[derive(InputObject)]
pub(super) struct EntrustMediationInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// What kind of body.
    pub(super) kind: BodyKind,
    /// Its name.
    pub(super) body: String,
}

/// A step that needs nothing else.
#[derive(InputObject)]
pub(super) struct MediationStepInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
}

/// Announce a session on site (form 7).
#[derive(InputObject)]
pub(super) struct AnnounceSessionInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// When.
    pub(super) meets_at: DateTime<Utc>,
    /// Where.
    pub(super) place: String,
    /// Who mediates; one to five names.
    pub(super) mediators: Vec<String>,
    /// The last day to ask that a mediator steps back.
    pub(super) recusal_until: NaiveDate,
}

/// Write down a session.
#[derive(InputObject)]
pub(super) struct HoldSessionInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// How.
    pub(super) mode: SessionMode,
    /// When.
    pub(super) held_at: DateTime<Utc>,
    /// The place, for a session on site: as announced.
    pub(super) place: Option<String>,
    /// Who mediated; one to five names.
    pub(super) mediators: Vec<String>,
    /// What was said.
    pub(super) record: String,
}

/// Ask that a mediator steps back.
#[derive(InputObject)]
pub(super) struct RequestRecusalInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The receipt code, for a complainant without account.
    #[graphql(secret)]
    pub(super) receipt_code: Option<String>,
    /// Needed while too many wrong codes are tried.
    pub(super) proof: Option<ProofInput>,
    /// Who asks.
    pub(super) side: Side,
    /// Which mediator.
    pub(super) mediator: String,
    /// Why.
    pub(super) reason: String,
}

/// Decide about a mediator.
#[derive(InputObject)]
pub(super) struct DecideRecusalInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// What the bureau says.
    pub(super) ruling: RecusalRuling,
}

/// Send a sample to a testing body.
#[derive(InputObject)]
pub(super) struct SendForTestingInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The testing body.
    pub(super) body: String,
    /// What is tested.
    pub(super) sample: String,
    /// Who chose the body.
    pub(super) chosen_by: ChosenBy,
    /// Who pays, as agreed.
    pub(super) cost: CostBearer,
}

/// Write down the answer of the testing body.
#[derive(InputObject)]
pub(super) struct RecordTestResultInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// What it says.
    pub(super) result: String,
}

/// Write down an agreement.
#[derive(InputObject)]
pub(super) struct RecordAgreementInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The form it takes.
    pub(super) form: AgreementForm,
    /// What was agreed.
    pub(super) terms: String,
    /// The day on which the persons who are represented agreed.
    pub(super) represented_consent_on: Option<NaiveDate>,
    /// By which way they agreed.
    pub(super) represented_consent_way: Option<Way>,
}

/// Note a lead found while mediating.
#[derive(InputObject)]
pub(super) struct ReportLeadInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// What was found.
    pub(super) words: String,
}

/// Decide what becomes of the open lead.
#[derive(InputObject)]
pub(super) struct SettleLeadInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// What becomes of it.
    pub(super) outcome: LeadOutcome,
    /// Why.
    pub(super) reason: String,
}
