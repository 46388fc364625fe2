//! What filing, deciding and ending a complaint takes.

use super::mutation::as_party;
use chrono::NaiveDate;
use liangxin_domain::complaints::consent::Side;
use liangxin_domain::complaints::consent::Way;
use liangxin_domain::complaints::ground::RefusalGround;
use liangxin_domain::complaints::ground::TerminationGround;
use uuid::Uuid;

step_inputs! {
    complaint_id "The complaint.", id "Made by the client; names this write.";

    /// A step that needs nothing else.
    ComplaintStepInput {}

    /// Send a complaint to the competent unit.
    DispatchComplaintInput {
        /// The division of that unit (GB/T 2260).
        division: String,
    }

    /// Name who handles a complaint.
    AssignComplaintInput {
        /// A case officer.
        handler_id: Uuid,
    }

    /// Ask for a proof of identity (form 4).
    RequestIdentityProofInput {
        /// The last day, inside the period for accepting.
        until: NaiveDate,
    }

    /// Propose to refuse.
    ProposeRefusalInput {
        /// The ground.
        ground: RefusalGround,
        /// The reason in words; the complainant is told it.
        reason: String,
        /// The provision; required with `REF_7_OTHER`.
        citation: Option<String>,
    }

    /// Propose to terminate the mediation.
    ProposeTerminationInput {
        /// The ground.
        ground: TerminationGround,
        /// The reason in words; required with `TERM_8`.
        reason: Option<String>,
        /// The provision; required with `TERM_8`.
        citation: Option<String>,
    }

    /// Approve the termination.
    TerminateMediationInput {
        /// The day on which the persons who are represented agreed.
        represented_consent_on: Option<NaiveDate>,
        /// By which way they agreed.
        represented_consent_way: Option<Way>,
    }

    /// Note that a side was told of the termination.
    NoteSideToldInput {
        /// The side.
        side: Side,
        /// By which way.
        way: Way,
    }

    /// Hand conduct of article 42 to the police.
    ReferToPoliceInput {
        /// Which police.
        police: String,
        /// What was seen.
        conduct: String,
    }
}

step_inputs! {
    complaint_id "The complaint.", id "Made by the client; names this write.", proven by as_party;

    /// Take a complaint back before acceptance.
    WithdrawComplaintInput {
        /// The receipt code, for a complainant without account.
        #[graphql(secret)]
        receipt_code: Option<String>,
        /// Why, if said.
        reason: Option<String>,
        /// The day on which the persons who are represented agreed.
        represented_consent_on: Option<NaiveDate>,
        /// By which way they agreed.
        represented_consent_way: Option<Way>,
    }
}
