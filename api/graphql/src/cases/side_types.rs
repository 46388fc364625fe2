//! Referrals to the police, display and credit repair on the wire.

use crate::moment::Moment;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_domain::cases::{
    display::{Display, DisplayClass, Repair, RepairState},
    referral::{Enclosures, Referral, ReferralState},
};

/// What goes to the police beside the letter and the report of the officers.
#[derive(SimpleObject)]
#[graphql(name = "CrimeEnclosures")]
pub(super) struct EnclosuresView {
    /// The list of the goods, or why there is none.
    goods: String,
    /// The reports of tests or appraisals, or why there are none.
    tests: String,
    /// Other material, or that there is none.
    others: String,
}

impl EnclosuresView {
    fn of(enclosures: &Enclosures) -> Self {
        Self {
            goods: enclosures.goods.to_string(),
            tests: enclosures.tests.to_string(),
            others: enclosures.others.to_string(),
        }
    }
}

/// A referral of a suspected crime to the police.
#[derive(SimpleObject)]
#[graphql(name = "CrimeReferral")]
pub(super) struct ReferralView {
    /// How far it has come.
    state: ReferralState,
    /// What may be a crime.
    facts: String,
    /// The written report of the officers.
    report: String,
    /// When it was reported to the head.
    reported_at: Moment,
    /// Why the head sent it to the police, or did not.
    decision_reason: Option<String>,
    /// When the head decided.
    decided_at: Option<Moment>,
    /// Which police got it.
    to: Option<String>,
    /// The number of the letter.
    document: Option<String>,
    /// What went with the letter; null where that was not kept.
    enclosures: Option<EnclosuresView>,
    /// When it was handed over.
    handed_over_at: Option<Moment>,
    /// The last answer of the police: whether they took it up.
    accepted: Option<bool>,
    /// The day on which that arrived.
    answered_on: Option<NaiveDate>,
    /// The day of the paper that held somebody liable.
    liable_on: Option<NaiveDate>,
    /// The day on which the police gave it back.
    returned_on: Option<NaiveDate>,
}

impl ReferralView {
    pub(super) fn of(referral: &Referral) -> Self {
        let decided = referral.decided.as_ref();
        let handed_over = referral.handed_over.as_ref();
        let answer = referral.answers.last();
        let liable = referral.liability.last().filter(|note| note.is_liable);
        Self {
            state: referral.state(),
            facts: referral.reported.facts.to_string(),
            report: referral.reported.report.to_string(),
            reported_at: Moment(referral.reported.made.at),
            decision_reason: decided.map(|decided| decided.reason.to_string()),
            decided_at: decided.map(|decided| Moment(decided.made.at)),
            to: handed_over.map(|handed| handed.to.to_string()),
            document: handed_over.map(|handed| handed.document.to_string()),
            enclosures: handed_over
                .and_then(|handed| handed.enclosures.as_ref())
                .map(EnclosuresView::of),
            handed_over_at: handed_over.map(|handed| Moment(handed.made.at)),
            accepted: answer.map(|answer| answer.accepted),
            answered_on: answer.map(|answer| answer.on),
            liable_on: liable.map(|note| note.on),
            returned_on: referral.returned.as_ref().map(|returned| returned.on),
        }
    }
}

/// How a decision is shown to everybody.
#[derive(SimpleObject)]
#[graphql(name = "DecisionDisplay")]
pub(super) struct DisplayView {
    /// Of which class it is.
    class: DisplayClass,
    /// The first day.
    from: Option<NaiveDate>,
    /// The last day, if nothing ends it earlier; null if it is never shown.
    until: Option<NaiveDate>,
    /// The day after which its end may be asked for.
    repair_after: Option<NaiveDate>,
    /// The day on which credit repair ended it.
    repaired_on: Option<NaiveDate>,
}

impl DisplayView {
    pub(super) fn of(display: Display) -> Self {
        Self {
            class: display.class,
            from: display.from,
            until: display.until,
            repair_after: display.repair_after,
            repaired_on: display.repaired_on,
        }
    }
}

/// An application that a decision is shown no more.
#[derive(SimpleObject)]
#[graphql(name = "CreditRepair")]
pub(super) struct RepairView {
    /// How far it has come.
    state: RepairState,
    /// The promise that the merchant signed.
    promise: String,
    /// What shows that everything is done.
    proof: String,
    /// When it was asked for.
    asked_at: Moment,
    /// What was missing.
    missing: Option<String>,
    /// Why it was granted, or not.
    reason: Option<String>,
    /// When the head took more time for that.
    extended_at: Option<Moment>,
    /// When it was decided.
    decided_at: Option<Moment>,
    /// What was false in it, where it was undone.
    undone_reason: Option<String>,
    /// When it was undone.
    undone_at: Option<Moment>,
}

impl RepairView {
    pub(super) fn of(repair: &Repair) -> Self {
        let decided = repair.decided.as_ref();
        let undone = repair.undone.as_ref();
        Self {
            state: repair.state(),
            promise: repair.promise.to_string(),
            proof: repair.proof.to_string(),
            asked_at: Moment(repair.asked.at),
            missing: repair.missing.as_ref().map(ToString::to_string),
            reason: decided.map(|decided| decided.reason.to_string()),
            extended_at: repair
                .extended
                .as_ref()
                .map(|extended| Moment(extended.made.at)),
            decided_at: decided.map(|decided| Moment(decided.made.at)),
            undone_reason: undone.map(|undone| undone.reason.to_string()),
            undone_at: undone.map(|undone| Moment(undone.made.at)),
        }
    }
}
