//! Penalties, decisions and the service of papers on the wire.

use crate::moment::Moment;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        announce::Served,
        charge::{Charge, MissedOrder, Penalty, Tier},
        decide::{Decision, SuitPeriod},
    },
    notices::notice::Channel,
};
use uuid::Uuid;

/// An order to put something right that the merchant missed.
#[derive(SimpleObject)]
#[graphql(name = "MissedOrder")]
pub(super) struct MissedOrderView {
    /// The number of its case.
    number: String,
    /// When it was made.
    ordered_on: NaiveDate,
    /// Its last day.
    due_on: NaiveDate,
    /// When somebody looked and found it missed.
    missed_on: NaiveDate,
}

impl MissedOrderView {
    pub(super) fn of(order: &MissedOrder) -> Self {
        Self {
            number: order.number.to_string(),
            ordered_on: order.ordered_on,
            due_on: order.due_on,
            missed_on: order.missed_on,
        }
    }
}

/// One violation, what shows it, and its fine.
#[derive(SimpleObject)]
#[graphql(name = "Charge")]
pub(super) struct ChargeView {
    /// Violation code.
    violation: String,
    /// What shows it: measurements by their id, instrument checks by the instrument's.
    findings: Vec<Uuid>,
    /// Why it is charged although no finding suggests it.
    reasoned: Option<String>,
    /// What makes it grave.
    grave: Option<String>,
    /// The order that was missed.
    order: Option<MissedOrderView>,
    /// The day on which an act that went on ended.
    lasted_until: Option<NaiveDate>,
    /// What harm it did to life, health or financial safety.
    harm: Option<String>,
    /// Fine in yuan, two decimals.
    fine_yuan: String,
}

impl ChargeView {
    fn of(charge: &Charge) -> Self {
        Self {
            violation: charge.violation.to_string(),
            findings: charge.findings.clone(),
            reasoned: charge.reasoned.as_ref().map(ToString::to_string),
            grave: charge.grave.as_ref().map(ToString::to_string),
            order: charge.order.as_ref().map(MissedOrderView::of),
            lasted_until: charge.lasted_until,
            harm: charge.harm.as_ref().map(ToString::to_string),
            fine_yuan: charge.fine.to_string(),
        }
    }
}

/// A penalty with its correction.
#[derive(SimpleObject)]
#[graphql(name = "Penalty")]
pub(super) struct PenaltyView {
    /// What for.
    charges: Vec<ChargeView>,
    /// All fines together in yuan, two decimals.
    fine_yuan: String,
    /// The illegal gains as they were found, in yuan; null if nobody could say.
    gains_yuan: Option<String>,
    /// Whether they are confiscated.
    takes_gains: bool,
    /// What things are confiscated.
    items: Option<String>,
    /// What these are worth, in yuan.
    items_value_yuan: String,
    /// What the merchant has to pay back to buyers, in yuan.
    compensation_yuan: String,
    /// Whether there is a warning.
    warning: bool,
    /// What must not be used any more.
    stop_use: Option<String>,
    /// How heavy within its range; null on cases of before it was kept.
    tier: Option<Tier>,
    /// Why so heavy.
    tier_reason: Option<String>,
    /// What must be put right.
    correction: String,
    /// Until when.
    correct_by: NaiveDate,
}

impl PenaltyView {
    pub(super) fn of(penalty: &Penalty) -> Self {
        let sanction = &penalty.sanction;
        Self {
            charges: penalty.charges.iter().map(ChargeView::of).collect(),
            fine_yuan: penalty.fine().to_string(),
            gains_yuan: sanction.gains.map(|gains| gains.to_string()),
            takes_gains: sanction.takes_gains,
            items: sanction.items.as_ref().map(ToString::to_string),
            items_value_yuan: sanction.items_value.to_string(),
            compensation_yuan: sanction.compensation.to_string(),
            warning: sanction.warning,
            stop_use: sanction.stop_use.as_ref().map(ToString::to_string),
            tier: penalty.tier,
            tier_reason: penalty.tier_reason.as_ref().map(ToString::to_string),
            correction: penalty.correction.to_string(),
            correct_by: penalty.correct_by,
        }
    }
}

/// That a paper counts as served.
#[derive(SimpleObject)]
#[graphql(name = "CaseService")]
pub(super) struct ServedView {
    /// How.
    channel: Channel,
    /// When it arrived, or was published.
    at: Moment,
    /// Who took it.
    to: String,
    /// What shows it.
    proof: String,
    /// The day from which periods run.
    on: NaiveDate,
    /// The last day of the period that it opened; null while a calendar year is missing.
    until: Option<NaiveDate>,
}

impl ServedView {
    pub(super) fn of(served: &Served) -> Self {
        let delivery = &served.delivery;
        Self {
            channel: delivery.channel,
            at: Moment(delivery.at),
            to: delivery.to.to_string(),
            proof: delivery.proof.to_string(),
            on: served.on,
            until: served.until,
        }
    }
}

/// A penalty decision.
#[derive(SimpleObject)]
#[graphql(name = "Decision")]
pub(super) struct DecisionView {
    /// What is imposed and ordered.
    penalty: PenaltyView,
    /// The answer to the merchant's statements.
    defence_review: Option<String>,
    /// The approval of the province.
    provincial_approval: Option<String>,
    /// Which period for suit it tells.
    suit: SuitPeriod,
    /// When it was decided.
    at: Moment,
    /// That it reached the merchant.
    served: Option<ServedView>,
}

impl DecisionView {
    pub(super) fn of(decision: &Decision) -> Self {
        let approval = decision.provincial_approval.as_ref();
        Self {
            penalty: PenaltyView::of(&decision.penalty),
            defence_review: decision.defence_review.as_ref().map(ToString::to_string),
            provincial_approval: approval.map(ToString::to_string),
            suit: decision.suit,
            at: Moment(decision.made.at),
            served: decision.served.as_ref().map(ServedView::of),
        }
    }
}
