//! How heavy a penalty is: beside another one, and within the range of its rows.

use super::{
    case::Case,
    charge::{Penalty, Tier},
    command::Setting,
};
use crate::{
    money::Fen,
    refusal::{Code, Refusal},
};

/// What a penalty weighs in each of its kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    fine: Fen,
    gains: Fen,
    goods: Fen,
    compensation: Fen,
    takes_things: bool,
    warns: bool,
    stops_use: bool,
}

impl Weight {
    /// Whether it is more than each of some others, all together or in one kind of penalty: less of one makes up for no
    /// more of another. Without others nothing is.
    pub(super) fn is_more_than(&self, others: &[Self]) -> bool {
        let kinds: [fn(&Self) -> Fen; 5] = [
            Self::sum,
            |weight| weight.fine,
            |weight| weight.gains,
            |weight| weight.goods,
            |weight| weight.compensation,
        ];
        let has_more =
            |kind: &fn(&Self) -> Fen| others.iter().all(|other| kind(self) > kind(other));
        let is_new = |has: fn(&Self) -> bool| has(self) && !others.iter().any(has);
        !others.is_empty()
            && (kinds.iter().any(has_more)
                || is_new(|weight| weight.takes_things)
                || is_new(|weight| weight.warns)
                || is_new(|weight| weight.stops_use))
    }

    /// Fines, gains and the worth of things; capped at what can be written.
    fn sum(&self) -> Fen {
        let add = |sum: Fen, other| sum.checked_add(other).unwrap_or(sum);
        [self.gains, self.goods].into_iter().fold(self.fine, add)
    }
}

impl Case {
    /// What its decision weighs, or weighed when it was annulled: as a review, a court or the bureau itself had lowered it
    /// by then.
    #[must_use]
    pub fn last_weight(&self) -> Option<Weight> {
        let decision = self.file.decision.as_ref()?;
        let decided = decision.penalty.weight();
        let left = self.file.left_of(&decision.penalty);
        // Where nothing is left of what they are worth the things were given back.
        let has_things = decided.goods == Fen::ZERO || left.goods > Fen::ZERO;
        Some(Weight {
            fine: left.fine,
            gains: left.gains,
            goods: left.goods,
            takes_things: decided.takes_things && has_things,
            ..decided
        })
    }
}

impl Penalty {
    /// What it weighs.
    #[must_use]
    pub fn weight(&self) -> Weight {
        let sanction = &self.sanction;
        Weight {
            fine: self.fine(),
            gains: self.taken_gains(),
            goods: sanction.items_value,
            compensation: sanction.compensation,
            takes_things: sanction.items.is_some(),
            warns: sanction.warning,
            stops_use: sanction.stop_use.is_some(),
        }
    }

    /// Whether it is at most as heavy as another one on the same charges. A penalty that takes or
    /// orders something else is another penalty, not a lighter one.
    pub(super) fn check_within(&self, announced: &Self) -> Result<(), Refusal> {
        let same = self.charges.len() == announced.charges.len();
        let mut pairs = self.charges.iter().zip(&announced.charges);
        let same = same && pairs.all(|(now, then)| now.violation == then.violation);
        if !same
            || self.correction != announced.correction
            || self.correct_by < announced.correct_by
        {
            return Err(Refusal::of(Code::DecisionDiffers));
        }
        let mut pairs = self.charges.iter().zip(&announced.charges);
        let is_heavier = self.weight().is_more_than(&[announced.weight()]);
        if is_heavier || pairs.any(|(now, then)| now.fine > then.fine) {
            return Err(Refusal::on(Code::FineHeavierThanNotice, "fineYuan")
                .with(announced.fine().to_string()));
        }
        Ok(())
    }

    /// What is called mitigated has a fine below its range, or one whose row says no least one.
    pub(super) fn check_mitigated(&self, setting: &Setting) -> Result<(), Refusal> {
        if self.tier != Some(Tier::Mitigated) {
            return Ok(());
        }
        let in_range = self.charges.iter().map(|charge| {
            let row = setting.row(&charge.violation)?;
            let least = row.least_in_range(charge.fine, charge.fine_case(self))?;
            (charge.fine >= least).then_some(least)
        });
        match in_range.collect::<Option<Vec<_>>>() {
            Some(least) => {
                let from = least.into_iter().max().unwrap_or_default();
                Err(Refusal::on(Code::FineOutOfRange, "fineYuan").with(format!("< {from}")))
            }
            None => Ok(()),
        }
    }
}
