//! What a penalty and the service of a paper are made of.

use crate::moment::Moment;
use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        charge::{Charge, MissedOrder, Penalty, Sanction, Tier},
        command::Command,
        decide::LowerFine,
        service::Delivery,
    },
    limits::{CASE_ACTS, CHARGES, FINDINGS},
    money::Fen,
    notices::notice::Channel,
    refusal::{Code, Refusal},
    text::{Line, Narrative, Reason},
};
use uuid::Uuid;

use super::input::ProposePenaltyInput;

/// An order to put something right that the merchant missed, as `CorrectionOrder.missed` says it. Of what a decision ordered:
/// the day of that decision, the last day of its correction, and the check after that day that found it missed.
#[derive(InputObject)]
pub(super) struct MissedOrderInput {
    /// The number of its case. At most 120 characters.
    number: String,
    /// When it was made.
    ordered_on: NaiveDate,
    /// Its last day.
    due_on: NaiveDate,
    /// When somebody looked and found it missed.
    missed_on: NaiveDate,
}

/// One violation, what shows it, and its fine.
#[derive(InputObject)]
pub(super) struct ChargeInput {
    /// Violation code, such as `M-QTY-01`.
    violation: String,
    /// What shows it: measurements by their id, instrument checks by the instrument's. At most 50.
    #[graphql(default)]
    findings: Vec<Uuid>,
    /// Why it is charged although no finding suggests it: what else shows it.
    reasoned: Option<String>,
    /// What makes it grave, where its article has a heavier range.
    grave: Option<String>,
    /// The order that was missed, where its article asks for one.
    order: Option<MissedOrderInput>,
    /// The day on which an act that went on ended: the years in which it may be punished run from it.
    lasted_until: Option<NaiveDate>,
    /// What harm it did to life, health or financial safety, which makes these years five: 5 to 4,000 characters.
    harm: Option<String>,
    /// Fine in whole yuan, within the range of the code.
    fine_yuan: i64,
}

/// What follows besides fines and the correction.
#[derive(InputObject)]
pub(super) struct SanctionInput {
    /// The illegal gains as they were found, in yuan with at most two decimals; leave it out if nobody can say.
    gains_yuan: Option<String>,
    /// Whether they are confiscated.
    #[graphql(default)]
    takes_gains: bool,
    /// What things are confiscated. At most 4,000 characters.
    items: Option<String>,
    /// What these are worth, in yuan.
    items_value_yuan: Option<String>,
    /// What the merchant has to pay back to buyers, in yuan, where a violation that is charged orders it.
    compensation_yuan: Option<String>,
    /// A warning.
    #[graphql(default)]
    warning: bool,
    /// What must not be used any more, by name and number. At most 4,000 characters.
    stop_use: Option<String>,
}

/// A fine that is lower than announced.
#[derive(InputObject)]
pub(super) struct LowerFineInput {
    /// For which violation.
    violation: String,
    /// The fine in whole yuan.
    fine_yuan: i64,
}

/// How a paper reached the merchant.
#[derive(InputObject)]
pub(super) struct DeliveryInput {
    /// The way. Never by telephone or short message.
    channel: Channel,
    /// When it arrived; for a public notice, when it was published.
    at: Moment,
    /// Who took it. At most 120 characters.
    to: String,
    /// What shows it: 5 to 4,000 characters.
    proof: String,
    /// Who saw that nobody would take it, for a paper that was left. At most 120 characters.
    witness: Option<String>,
    /// The signed confirmation of the address, for electronic service. At most 120 characters.
    address_confirmation: Option<String>,
}

/// Reads a fine in whole yuan.
pub(super) fn fine(yuan: i64) -> Result<Fen, Refusal> {
    Fen::from_yuan(yuan).map_err(|_| Refusal::on(Code::OutOfRange, "fineYuan"))
}

/// Reads a sum in yuan with at most two decimals.
pub(super) fn sum(text: &str, field: &'static str) -> Result<Fen, Refusal> {
    Fen::parse_yuan(text).map_err(|_| Refusal::on(Code::OutOfRange, field))
}

fn sum_or_nothing(text: Option<&str>, field: &'static str) -> Result<Fen, Refusal> {
    text.map_or(Ok(Fen::ZERO), |text| sum(text, field))
}

impl MissedOrderInput {
    fn parse(self) -> Result<MissedOrder, Refusal> {
        Ok(MissedOrder {
            number: Line::parse(&self.number, "number")?,
            ordered_on: self.ordered_on,
            due_on: self.due_on,
            missed_on: self.missed_on,
        })
    }
}

impl ChargeInput {
    fn parse(self) -> Result<Charge, Refusal> {
        if self.findings.len() > FINDINGS {
            return Err(Refusal::on(Code::FieldTooLong, "findings").with(FINDINGS.to_string()));
        }
        Ok(Charge {
            violation: violation(&self.violation)?,
            findings: self.findings,
            reasoned: Reason::parse_optional(self.reasoned.as_deref(), "reasoned")?,
            grave: Reason::parse_optional(self.grave.as_deref(), "grave")?,
            order: self.order.map(MissedOrderInput::parse).transpose()?,
            lasted_until: self.lasted_until,
            harm: Reason::parse_optional(self.harm.as_deref(), "harm")?,
            fine: fine(self.fine_yuan)?,
        })
    }
}

/// Reads the code of a violation.
pub(super) fn violation(
    code: &str,
) -> Result<liangxin_domain::law::violation::ViolationCode, Refusal> {
    let unknown = |_| Refusal::on(Code::ViolationUnknown, "violation");
    code.parse().map_err(unknown)
}

impl SanctionInput {
    fn parse(self) -> Result<Sanction, Refusal> {
        let gains = self.gains_yuan.as_deref();
        Ok(Sanction {
            gains: gains.map(|text| sum(text, "gainsYuan")).transpose()?,
            takes_gains: self.takes_gains,
            items: Narrative::parse_optional(self.items.as_deref(), "items")?,
            items_value: sum_or_nothing(self.items_value_yuan.as_deref(), "itemsValueYuan")?,
            compensation: sum_or_nothing(self.compensation_yuan.as_deref(), "compensationYuan")?,
            warning: self.warning,
            stop_use: Narrative::parse_optional(self.stop_use.as_deref(), "stopUse")?,
        })
    }
}

/// Reads the proposal of a penalty.
pub(super) fn proposal(mut input: ProposePenaltyInput) -> Result<Command, Refusal> {
    let (weighty, new_facts) = (input.weighty.take(), input.new_facts.take());
    Ok(Command::ProposePenalty {
        weighty: Reason::parse_optional(weighty.as_deref(), "weighty")?,
        new_facts: Reason::parse_optional(new_facts.as_deref(), "newFacts")?,
        penalty: penalty(input)?,
    })
}

fn penalty(input: ProposePenaltyInput) -> Result<Penalty, Refusal> {
    let correction = (input.correction.as_str(), input.correct_by);
    let discretion = (input.tier, input.tier_reason.as_str());
    penalty_of((input.charges, input.sanction), discretion, correction)
}

/// Reads a penalty.
pub(super) fn penalty_of(
    (charges, sanction): (Vec<ChargeInput>, Option<SanctionInput>),
    (tier, tier_reason): (Tier, &str),
    (correction, correct_by): (&str, NaiveDate),
) -> Result<Penalty, Refusal> {
    if charges.len() > CHARGES {
        return Err(Refusal::on(Code::FieldTooLong, "charges").with(CHARGES.to_string()));
    }
    let charges: Result<Vec<_>, _> = charges.into_iter().map(ChargeInput::parse).collect();
    Ok(Penalty {
        charges: charges?,
        sanction: match sanction {
            Some(sanction) => sanction.parse()?,
            None => Sanction::default(),
        },
        tier: Some(tier),
        tier_reason: Some(Reason::parse(tier_reason, "tierReason")?),
        correction: Narrative::parse_telling(correction, "correction")?,
        correct_by,
    })
}

/// Reads the fines that are lower than announced.
pub(super) fn lower_fines(inputs: Vec<LowerFineInput>) -> Result<Vec<LowerFine>, Refusal> {
    if inputs.len() > CHARGES {
        return Err(Refusal::on(Code::FieldTooLong, "fines").with(CHARGES.to_string()));
    }
    let lower = inputs.into_iter().map(|input| {
        Ok(LowerFine {
            violation: violation(&input.violation)?,
            fine: fine(input.fine_yuan)?,
        })
    });
    lower.collect()
}

/// Reads the names of those who took part.
pub(super) fn attendees(names: &[String]) -> Result<Vec<Line>, Refusal> {
    if names.len() > CASE_ACTS {
        return Err(Refusal::on(Code::FieldTooLong, "attendees").with(CASE_ACTS.to_string()));
    }
    let names = names.iter().map(|name| Line::parse(name, "attendees"));
    names.collect()
}

impl DeliveryInput {
    pub(super) fn parse(self) -> Result<Delivery, Refusal> {
        let confirmed = self.address_confirmation.as_deref();
        Ok(Delivery {
            channel: self.channel,
            at: self.at.0,
            to: Line::parse(&self.to, "to")?,
            proof: Narrative::parse_telling(&self.proof, "proof")?,
            witness: Line::parse_optional(self.witness.as_deref(), "witness")?,
            address_confirmation: Line::parse_optional(confirmed, "addressConfirmation")?,
        })
    }
}
