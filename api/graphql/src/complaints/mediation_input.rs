//! What the steps of a mediation take.

use super::mutation::as_party;
use crate::moment::Moment;
use chrono::NaiveDate;
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

step_inputs! {
    complaint_id "The complaint.", id "Made by the client; names this write.", proven by as_party;

    /// Consent to mediation.
    ConsentToMediationInput {
        /// The receipt code, for a complainant without account.
        #[graphql(secret)]
        receipt_code: Option<String>,
        /// Whose consent.
        side: Side,
        /// To mediation by whom.
        to: MediationConsent,
        /// How it was given.
        way: Way,
    }

    /// Take the consent to publication back.
    WithdrawPublicationConsentInput {
        /// The receipt code, for a complainant without account.
        #[graphql(secret)]
        receipt_code: Option<String>,
    }

    /// Ask that a mediator steps back.
    RequestRecusalInput {
        /// The receipt code, for a complainant without account.
        #[graphql(secret)]
        receipt_code: Option<String>,
        /// Who asks.
        side: Side,
        /// Which mediator.
        mediator: String,
        /// Why.
        reason: String,
    }
}

step_inputs! {
    complaint_id "The complaint.", id "Made by the client; names this write.";

    /// Entrust a lawful body.
    EntrustMediationInput {
        /// What kind of body.
        kind: BodyKind,
        /// Its name.
        body: String,
    }

    /// A step that needs nothing else.
    MediationStepInput {}

    /// Announce a session on site (form 7).
    AnnounceSessionInput {
        /// When the sides meet.
        meets_at: Moment,
        /// Where.
        place: String,
        /// Who mediates; one to five names.
        mediators: Vec<String>,
        /// The last day to ask that a mediator steps back.
        recusal_until: NaiveDate,
    }

    /// Write down a session.
    HoldSessionInput {
        /// How.
        mode: SessionMode,
        /// When the session was held.
        held_at: Moment,
        /// The place, for a session on site: as announced.
        place: Option<String>,
        /// Who mediated; one to five names.
        mediators: Vec<String>,
        /// What was said.
        record: String,
    }

    /// Decide about a mediator.
    DecideRecusalInput {
        /// What the bureau says.
        ruling: RecusalRuling,
    }

    /// Send a sample to a testing body.
    SendForTestingInput {
        /// The testing body.
        body: String,
        /// What is tested.
        sample: String,
        /// Who chose the body.
        chosen_by: ChosenBy,
        /// Who pays, as agreed.
        cost: CostBearer,
    }

    /// Write down the answer of the testing body.
    RecordTestResultInput {
        /// What it says.
        result: String,
    }

    /// Write down an agreement.
    RecordAgreementInput {
        /// The form it takes.
        form: AgreementForm,
        /// What was agreed.
        terms: String,
        /// The day on which the persons who are represented agreed.
        represented_consent_on: Option<NaiveDate>,
        /// By which way they agreed.
        represented_consent_way: Option<Way>,
    }

    /// Note a lead found while mediating.
    ReportLeadInput {
        /// What was found.
        words: String,
    }

    /// Decide what becomes of the open lead.
    SettleLeadInput {
        /// What becomes of it.
        outcome: LeadOutcome,
        /// Why.
        reason: String,
    }
}
