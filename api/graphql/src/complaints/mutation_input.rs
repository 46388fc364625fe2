//! What filing, deciding and ending a complaint takes.
use crate::privacy::input::ProofInput;
use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_domain::complaints::consent::Side;
use liangxin_domain::complaints::consent::Way;
use liangxin_domain::complaints::ground::RefusalGround;
use liangxin_domain::complaints::ground::TerminationGround;
use uuid::Uuid;

/// A step that needs nothing else.
#[derive(InputObject)]
pub(super) struct ComplaintStepInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
}

/// Send a complaint to the competent unit.
#[derive(InputObject)]
pub(super) struct DispatchComplaintInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The division of that unit (GB/T 2260).
    pub(super) division: String,
}

/// Name who handles a complaint.
#[derive(InputObject)]
pub(super) struct AssignComplaintInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// A case officer.
    pub(super) handler_id: Uuid,
}

/// Ask for a proof of identity (form 4).
#[derive(InputObject)]
pub(super) struct RequestIdentityProofInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The last day, inside the period for accepting.
    pub(super) until: NaiveDate,
}

/// Propose to refuse.
#[derive(InputObject)]
pub(super) struct ProposeRefusalInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The ground.
    pub(super) ground: RefusalGround,
    /// The reason in words; the complainant is told it.
    pub(super) reason: String,
    /// The provision; required with `REF_7_OTHER`.
    pub(super) citation: Option<String>,
}

/// Take a complaint back before acceptance.
#[derive(InputObject)]
pub(super) struct WithdrawComplaintInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The receipt code, for a complainant without account.
    #[graphql(secret)]
    pub(super) receipt_code: Option<String>,
    /// Needed while too many wrong codes are tried.
    pub(super) proof: Option<ProofInput>,
    /// Why, if said.
    pub(super) reason: Option<String>,
    /// The day on which the persons who are represented agreed.
    pub(super) represented_consent_on: Option<NaiveDate>,
    /// By which way they agreed.
    pub(super) represented_consent_way: Option<Way>,
}

/// Propose to terminate the mediation.
#[derive(InputObject)]
pub(super) struct ProposeTerminationInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The ground.
    pub(super) ground: TerminationGround,
    /// The reason in words; required with `TERM_8`.
    pub(super) reason: Option<String>,
    /// The provision; required with `TERM_8`.
    pub(super) citation: Option<String>,
}

/// Approve the termination.
#[derive(InputObject)]
pub(super) struct TerminateMediationInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The day on which the persons who are represented agreed.
    pub(super) represented_consent_on: Option<NaiveDate>,
    /// By which way they agreed.
    pub(super) represented_consent_way: Option<Way>,
}

/// Note that a side was told of the termination.
#[derive(InputObject)]
pub(super) struct NoteSideToldInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// The side.
    pub(super) side: Side,
    /// By which way.
    pub(super) way: Way,
}

/// Hand conduct of article 42 to the police.
#[derive(InputObject)]
pub(super) struct ReferToPoliceInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The complaint.
    pub(super) complaint_id: Uuid,
    /// Which police.
    pub(super) police: String,
    /// What was seen.
    pub(super) conduct: String,
}
