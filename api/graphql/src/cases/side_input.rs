//! What the steps beside a case take: a referral to the police, a penalty on the spot, credit repair.

use super::penalty_input::{ChargeInput, SanctionInput, penalty_of};
use crate::moment::Moment;
use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_app::usecase::cases::Imposition;
use liangxin_domain::{
    cases::{
        charge::Tier,
        decide::SuitPeriod,
        referral::{Enclosures, Transfer},
    },
    id::{CaseId, MerchantId, UserId, VisitId},
    limits::OFFICERS,
    refusal::{Code, Refusal},
    text::{Line, Narrative, Reason},
};
use uuid::Uuid;

/// Impose a small penalty on the spot.
#[derive(InputObject)]
pub(super) struct PunishOnTheSpotInput {
    /// Made by the client; names the case and this write.
    id: Uuid,
    /// The merchant.
    merchant_id: Uuid,
    /// The visit that found it, if there was one.
    visit_id: Option<Uuid>,
    /// The facts, where no visit recorded them: 5 to 4,000 characters.
    facts: Option<String>,
    /// Two or more certified officers; the sender is one of them.
    investigator_ids: Vec<Uuid>,
    /// What for. At most 20.
    charges: Vec<ChargeInput>,
    /// What follows besides fines and the correction.
    sanction: Option<SanctionInput>,
    /// How heavy within its range.
    tier: Tier,
    /// Why so heavy: 5 to 4,000 characters.
    tier_reason: String,
    /// What the merchant must put right: 5 to 4,000 characters.
    correction: String,
    /// Until when.
    correct_by: NaiveDate,
    /// What the merchant was told before: facts, reason, basis and rights. 5 to 4,000 characters.
    told: String,
    /// What the merchant said to it. At most 4,000 characters.
    said: Option<String>,
    /// The answer to that: 5 to 4,000 characters.
    defence_review: Option<String>,
    /// Which period for suit the decision tells; six months if not said.
    #[graphql(default)]
    suit: SuitPeriod,
    /// Who took the decision. At most 120 characters.
    to: String,
    /// What shows that: 5 to 4,000 characters.
    proof: String,
    /// When it was done, by the clock of the phone.
    at: Moment,
}

impl PunishOnTheSpotInput {
    pub(super) fn parse(self) -> Result<Imposition, Refusal> {
        if self.investigator_ids.len() > OFFICERS {
            return Err(
                Refusal::on(Code::FieldTooLong, "investigatorIds").with(OFFICERS.to_string())
            );
        }
        let of = (self.charges, self.sanction);
        let discretion = (self.tier, self.tier_reason.as_str());
        Ok(Imposition {
            case: CaseId::parse(self.id, "id")?,
            visit: self.visit_id.map(VisitId::new),
            merchant: MerchantId::new(self.merchant_id),
            facts: Narrative::parse_telling_optional(self.facts.as_deref(), "facts")?,
            officers: self.investigator_ids.into_iter().map(UserId::new).collect(),
            penalty: penalty_of(of, discretion, (&self.correction, self.correct_by))?,
            told: Narrative::parse_telling(&self.told, "told")?,
            said: Narrative::parse_optional(self.said.as_deref(), "said")?,
            defence_review: Reason::parse_optional(
                self.defence_review.as_deref(),
                "defenceReview",
            )?,
            suit: self.suit,
            to: Line::parse(&self.to, "to")?,
            proof: Narrative::parse_telling(&self.proof, "proof")?,
            at: self.at.0,
        })
    }
}

impl HandOverInput {
    pub(super) fn parse(&self) -> Result<Transfer, Refusal> {
        Ok(Transfer {
            to: Line::parse(&self.to, "to")?,
            document: Line::parse(&self.document, "document")?,
            enclosures: Enclosures {
                goods: Narrative::parse_telling(&self.goods, "goods")?,
                tests: Narrative::parse_telling(&self.tests, "tests")?,
                others: Narrative::parse_telling(&self.others, "others")?,
            },
        })
    }
}

step_inputs! {
    case_id "The case.", id "Made by the client; names this write.";

    /// Note that the papers of a penalty on the spot came to the office.
    FilePapersInput {}

    /// Report a suspected crime to the head.
    ReportCrimeInput {
        /// What happened that may be a crime: 5 to 4,000 characters.
        facts: String,
        /// The written report of the officers: 5 to 4,000 characters.
        report: String,
    }

    /// Decide whether a suspected crime goes to the police.
    DecideReferralInput {
        /// Whether it does.
        refer: bool,
        /// Why, or why not: 5 to 4,000 characters.
        reason: String,
    }

    /// Hand a suspected crime over to the police; the written report of the officers goes with it from the file.
    HandOverInput {
        /// Which police. At most 120 characters.
        to: String,
        /// The number of the letter. At most 120 characters.
        document: String,
        /// The list of the goods, or why there is none: 5 to 4,000 characters.
        goods: String,
        /// The reports of tests or appraisals, or why there are none: 5 to 4,000 characters.
        tests: String,
        /// Other material on the suspected crime, or that there is none: 5 to 4,000 characters.
        others: String,
    }

    /// Note whether the police took it up.
    NotePoliceAnswerInput {
        /// Whether they did.
        accepted: bool,
        /// The number of their notice. At most 120 characters.
        document: String,
        /// The day on which it arrived.
        on: NaiveDate,
    }

    /// Ask the police to look at their refusal again.
    AskReviewInput {
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// Hand the goods over to the police.
    HandOverGoodsInput {
        /// What they are: 5 to 4,000 characters.
        list: String,
    }

    /// Note what the prosecution or the court said about criminal liability.
    NoteLiabilityInput {
        /// Whether somebody was held liable.
        is_liable: bool,
        /// The number of the paper that says so. At most 120 characters.
        document: String,
        /// The day of that paper.
        on: NaiveDate,
    }

    /// Note that the police gave the case back.
    ReturnFromPoliceInput {
        /// The number of their letter. At most 120 characters.
        document: String,
        /// The day on which it arrived.
        on: NaiveDate,
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// Ask that a decision is shown no more.
    RepairCreditInput {
        /// The promise that the merchant signed. At most 120 characters.
        promise: String,
        /// What shows that everything is done. At most 120 characters.
        proof: String,
    }

    /// Take such an application up, or ask once for more.
    AcceptRepairInput {
        /// What is missing; leave it out to take it up. 5 to 4,000 characters.
        missing: Option<String>,
    }

    /// Take more time for the decision on such an application.
    ExtendRepairInput {
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// Undo a repair that was got by lying.
    UndoRepairInput {
        /// What was false, and what shows it: 5 to 4,000 characters.
        reason: String,
    }

    /// Decide on such an application.
    DecideRepairInput {
        /// Whether the display ends.
        grant: bool,
        /// Why, or why not: 5 to 4,000 characters.
        reason: String,
    }
}
