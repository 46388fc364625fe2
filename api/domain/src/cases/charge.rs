//! What a party is charged with: each violation with what shows it and its fine, and what else
//! follows. Whether the law allows it is asked here, for proposals and decisions alike.

use super::{command::Setting, order::Missed};
use crate::{
    law::violation::{
        Compensation, Confiscation, FineCase, FineCondition, FineRefusal, StopUse, Violation,
        ViolationCode,
    },
    limits::{CHARGES, FINDINGS},
    money::Fen,
    refusal::{Code, Refusal},
    text::{Line, Narrative, Reason},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

words! {
    /// How heavy a penalty is within its range (裁量档次). Where a bureau has published what belongs to
    /// which, that is its own paper; the reason says it.
    pub enum Tier as "DiscretionTier" {
        /// Below the range (减轻; Administrative Penalty Law, article 32). Where the row has no least fine, nobody can say
        /// where that begins, and the reason has to.
        Mitigated,
        /// At its lower end (从轻).
        Light,
        /// In its middle (一般).
        Ordinary,
        /// At its upper end (从重).
        Heavy,
    }
}

/// An order to put something right that the party missed, as the file of its case says it
/// ([`Case::missed_orders`](super::case::Case::missed_orders)): some fines may follow that alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedOrder {
    /// The number of the case in which it was made.
    pub number: Line,
    /// When it was made.
    pub ordered_on: NaiveDate,
    /// Its last day.
    pub due_on: NaiveDate,
    /// When somebody looked and found it missed.
    pub missed_on: NaiveDate,
}

/// One violation, what shows it, and its fine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The violation.
    pub violation: ViolationCode,
    /// The measurements and instrument checks that show it, by id.
    pub findings: Vec<Uuid>,
    /// Why it is charged although no finding suggests it: what else shows it.
    pub reasoned: Option<Reason>,
    /// What makes it grave, where its article has a heavier range.
    pub grave: Option<Reason>,
    /// The order that was missed, where its article asks for one.
    pub order: Option<MissedOrder>,
    /// The day in China on which an act that went on ended; nothing for one that did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasted_until: Option<NaiveDate>,
    /// What harm it did to life, health or financial safety: time bars it later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<Reason>,
    /// The fine; nothing if the article orders none or none is imposed.
    pub fine: Fen,
}

/// What follows besides fines and the correction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sanction {
    /// The illegal gains as they were found; nothing if nobody could say.
    pub gains: Option<Fen>,
    /// Whether they are confiscated.
    pub takes_gains: bool,
    /// What things are confiscated.
    pub items: Option<Narrative>,
    /// What these are worth.
    pub items_value: Fen,
    /// What the party has to pay back to buyers.
    pub compensation: Fen,
    /// A warning.
    pub warning: bool,
    /// What must not be used any more, by name and number (责令停止使用): no penalty by itself, as the correction is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_use: Option<Narrative>,
}

/// A penalty, as it is proposed, announced and decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penalty {
    /// What for.
    pub charges: Vec<Charge>,
    /// What else follows.
    pub sanction: Sanction,
    /// How heavy; nothing on a case of before it was kept.
    pub tier: Option<Tier>,
    /// Why so heavy.
    pub tier_reason: Option<Reason>,
    /// What must be put right (Administrative Penalty Law, article 28: with every penalty).
    pub correction: Narrative,
    /// Until when.
    pub correct_by: NaiveDate,
}

/// Something that was found against the party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The measurement or the instrument check.
    pub id: Uuid,
    /// What it suggests.
    pub suggests: Vec<ViolationCode>,
    /// Whether it is void: then it shows nothing.
    pub is_void: bool,
}

impl Penalty {
    /// All fines together; capped at what can be written.
    #[must_use]
    pub fn fine(&self) -> Fen {
        let fines = self.charges.iter().map(|charge| charge.fine);
        fines.fold(Fen::ZERO, add)
    }

    /// The gains that are taken away.
    #[must_use]
    pub fn taken_gains(&self) -> Fen {
        let gains = self.sanction.gains.unwrap_or_default();
        if self.sanction.takes_gains {
            gains
        } else {
            Fen::ZERO
        }
    }

    /// Fines, gains and the worth of things: what a reward is a share of, where its scheme counts all.
    #[must_use]
    pub fn sum(&self) -> Fen {
        add(
            add(self.fine(), self.taken_gains()),
            self.sanction.items_value,
        )
    }

    /// Whether it takes neither money nor things: a warning at most.
    #[must_use]
    pub fn is_warning_alone(&self) -> bool {
        self.fine() == Fen::ZERO && self.taken_gains() == Fen::ZERO && self.sanction.items.is_none()
    }

    /// Whether the party may ask for a hearing (Administrative Penalty Law, article 63): all that is taken together
    /// is worth the threshold, or things are taken whose worth nobody says. The text that tells which sums are added
    /// up was not seen, so that every doubt offers it: rather a hearing too many. Without a threshold it always may.
    #[must_use]
    pub fn reaches(&self, hearing_from: Option<Fen>) -> bool {
        let sanction = &self.sanction;
        let is_unvalued = sanction.items.is_some() && sanction.items_value == Fen::ZERO;
        is_unvalued || hearing_from.is_none_or(|from| self.sum() >= from)
    }

    /// Refuses what the law does not allow.
    pub(super) fn check(&self, setting: &Setting) -> Result<(), Refusal> {
        if self.charges.is_empty() {
            return Err(Refusal::on(Code::FieldRequired, "charges"));
        }
        if self.charges.len() > CHARGES {
            return Err(Refusal::on(Code::FieldTooLong, "charges").with(CHARGES.to_string()));
        }
        for charge in &self.charges {
            charge.check(self, setting)?;
        }
        self.check_mitigated(setting)?;
        self.check_one_act()?;
        self.check_taken(setting)?;
        if self.tier.is_none() || self.tier_reason.is_none() {
            return Err(Refusal::on(Code::FieldRequired, "tierReason"));
        }
        let is_nothing = self.is_warning_alone()
            && !self.sanction.warning
            && self.sanction.compensation == Fen::ZERO;
        if is_nothing {
            return Err(Refusal::of(Code::PenaltyEmpty));
        }
        if self.correct_by < setting.today() {
            return Err(Refusal::on(Code::TimeTooOld, "correctBy"));
        }
        Ok(())
    }

    /// Refuses what rests on a finding that was said to be void since.
    pub(super) fn check_stands(&self, setting: &Setting) -> Result<(), Refusal> {
        let mut named = self.charges.iter().flat_map(|charge| &charge.findings);
        named.try_for_each(|id| stands(*id, setting).map(drop))
    }

    /// One act is fined once, under the provision with the highest fine (Administrative Penalty Law,
    /// article 29). What the same finding shows is one act.
    fn check_one_act(&self) -> Result<(), Refusal> {
        for (at, one) in self.charges.iter().enumerate() {
            let rest = self.charges.get(at + 1..).unwrap_or_default();
            for other in rest {
                if one.violation == other.violation {
                    return Err(
                        Refusal::on(Code::ChargeTwice, "charges").with(one.violation.to_string())
                    );
                }
                let is_one_act = one.findings.iter().any(|id| other.findings.contains(id));
                if is_one_act && one.fine > Fen::ZERO && other.fine > Fen::ZERO {
                    let told = format!("{}, {}", one.violation, other.violation);
                    return Err(Refusal::on(Code::ActFinedTwice, "charges").with(told));
                }
            }
        }
        Ok(())
    }

    fn check_taken(&self, setting: &Setting) -> Result<(), Refusal> {
        let rows = || {
            self.charges
                .iter()
                .filter_map(|charge| setting.row(&charge.violation))
        };
        let takes = |wanted: Confiscation| {
            rows().any(|row| {
                row.confiscation == wanted || row.confiscation == Confiscation::ItemsAndGains
            })
        };
        let Sanction {
            gains,
            takes_gains,
            items,
            items_value,
            compensation,
            stop_use,
            ..
        } = &self.sanction;
        let may_stop = || rows().any(|row| row.stop_use == StopUse::Ordered);
        if stop_use.is_some() && !may_stop() {
            return Err(Refusal::on(Code::StopUseNotAllowed, "stopUse"));
        }
        let may_repay = || rows().any(|row| row.compensation == Compensation::Ordered);
        if *compensation > Fen::ZERO && !may_repay() {
            let refused = Refusal::on(Code::CompensationNotAllowed, "compensationYuan");
            return Err(refused);
        }
        if *takes_gains && !takes(Confiscation::Gains) {
            return Err(Refusal::on(Code::ConfiscationNotAllowed, "takesGains"));
        }
        if *takes_gains && gains.is_none() {
            return Err(Refusal::on(Code::FieldRequired, "gainsYuan"));
        }
        if (items.is_some() || *items_value > Fen::ZERO) && !takes(Confiscation::Items) {
            return Err(Refusal::on(Code::ConfiscationNotAllowed, "items"));
        }
        if *items_value > Fen::ZERO && items.is_none() {
            return Err(Refusal::on(Code::FieldRequired, "items"));
        }
        Ok(())
    }
}

impl Charge {
    fn check(&self, penalty: &Penalty, setting: &Setting) -> Result<(), Refusal> {
        let row = setting.row(&self.violation);
        let row = row.ok_or_else(|| Refusal::on(Code::ViolationUnknown, "violation"))?;
        if setting.venue.is_some_and(|venue| !row.applies_to(venue)) {
            return Err(
                Refusal::on(Code::ViolationVenue, "violation").with(self.violation.to_string())
            );
        }
        self.check_limit(setting)?;
        self.check_shown(row, setting)?;
        self.check_condition(row, setting)?;
        check_fine(row, self.fine, self.fine_case(penalty))
    }

    /// What its fine is measured by.
    pub(super) fn fine_case(&self, penalty: &Penalty) -> FineCase {
        FineCase {
            gains: penalty.sanction.gains,
            is_grave: self.grave.is_some(),
            is_mitigated: penalty.tier == Some(Tier::Mitigated),
        }
    }

    /// What shows the violation: a finding that suggests it, or a reason that the auditor reads first.
    fn check_shown(&self, row: &Violation, setting: &Setting) -> Result<(), Refusal> {
        if self.findings.len() > FINDINGS {
            return Err(Refusal::on(Code::FieldTooLong, "findings").with(FINDINGS.to_string()));
        }
        let mut is_suggested = false;
        for id in &self.findings {
            let found = stands(*id, setting)?;
            is_suggested |= found.suggests.iter().any(|code| shows(code, row));
        }
        if is_suggested || self.reasoned.is_some() {
            return Ok(());
        }
        Err(Refusal::on(Code::ChargeUnproved, "findings").with(self.violation.to_string()))
    }

    /// Some articles allow their fine after a missed order alone, or in grave cases as well. The order is one that
    /// was made on that violation, served, and found missed.
    fn check_condition(&self, row: &Violation, setting: &Setting) -> Result<(), Refusal> {
        if let Some(order) = &self.order {
            let in_order = order.ordered_on <= order.due_on
                && order.due_on < order.missed_on
                && order.missed_on <= setting.today();
            if !in_order {
                return Err(Refusal::on(Code::OrderDates, "order"));
            }
            let is_on_record =
                |missed: &Missed| missed.order == *order && shows(&missed.violation, row);
            if !setting.missed_orders.iter().any(is_on_record) {
                return Err(
                    Refusal::on(Code::OrderMissing, "order").with(self.violation.to_string())
                );
            }
        }
        let is_met = match row.fine_condition {
            FineCondition::Direct => true,
            FineCondition::OnRefusalOnly => self.order.is_some(),
            FineCondition::OnRefusalOrGrave => self.order.is_some() || self.grave.is_some(),
        };
        if is_met || self.fine == Fen::ZERO {
            return Ok(());
        }
        Err(Refusal::on(Code::FineNeedsOrder, "order").with(self.violation.to_string()))
    }
}

/// A finding that a charge names; one that is void shows nothing.
fn stands(id: Uuid, setting: &Setting) -> Result<&Found, Refusal> {
    let named = || setting.findings.iter().filter(|found| found.id == id);
    let code = match named().next() {
        Some(_) => Code::FindingVoid,
        None => Code::FindingUnknown,
    };
    let refused = || Refusal::on(code, "findings").with(id.to_string());
    named().find(|found| !found.is_void).ok_or_else(refused)
}

/// Whether a finding that suggests one code shows a row: itself, or one under which it is punished.
fn shows(suggested: &ViolationCode, row: &Violation) -> bool {
    *suggested == row.code || row.punished_as.contains(suggested)
}

fn check_fine(row: &Violation, fine: Fen, of: FineCase) -> Result<(), Refusal> {
    let out = |detail: String| Refusal::on(Code::FineOutOfRange, "fineYuan").with(detail);
    row.check_fine(fine, of).map_err(|refusal| match refusal {
        FineRefusal::BelowRange { min } => out(format!("≥ {min}")),
        FineRefusal::AboveRange { max } => out(format!("≤ {max}")),
        FineRefusal::NoFineInRange => out("0".to_owned()),
        FineRefusal::GainsUnknown => Refusal::on(Code::FieldRequired, "gainsYuan"),
    })
}

fn add(one: Fen, other: Fen) -> Fen {
    one.checked_add(other).unwrap_or(one.max(other))
}
