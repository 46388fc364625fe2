//! How heavy a penalty is: beside another one, and within the range of its rows.

use super::{
    charge::{Penalty, Tier},
    command::Setting,
};
use crate::{
    money::Fen,
    refusal::{Code, Refusal},
};

impl Penalty {
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
        if self.is_heavier_than(&[announced]) || pairs.any(|(now, then)| now.fine > then.fine) {
            return Err(Refusal::on(Code::FineHeavierThanNotice, "fineYuan")
                .with(announced.fine().to_string()));
        }
        Ok(())
    }

    /// Whether it is heavier than each of some others, all together or in one kind of penalty: less of one makes up for
    /// no more of another. Without others nothing is.
    pub(super) fn is_heavier_than(&self, others: &[&Self]) -> bool {
        let kinds: [fn(&Self) -> Fen; 5] = [
            Self::sum,
            Self::fine,
            Self::taken_gains,
            |penalty| penalty.sanction.items_value,
            |penalty| penalty.sanction.compensation,
        ];
        let has_more =
            |kind: &fn(&Self) -> Fen| others.iter().all(|other| kind(self) > kind(other));
        let is_new = |has: fn(&Self) -> bool| has(self) && !others.iter().any(|other| has(other));
        !others.is_empty()
            && (kinds.iter().any(has_more)
                || is_new(|penalty| penalty.sanction.items.is_some())
                || is_new(|penalty| penalty.sanction.warning)
                || is_new(|penalty| penalty.sanction.stop_use.is_some()))
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
