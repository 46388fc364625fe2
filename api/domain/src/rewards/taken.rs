//! What a case took from the offender, as its decision stands now, and what of it rests on the reported facts.
//! A sum that the decision has is never typed: an officer says which parts count, and the case says how much.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::award::Matched;
use super::scheme::{BaseMeasure, BaseRule, ConfiscatedGoods};
use crate::cases::case::Case;
use crate::cases::ending::ChangeKind;
use crate::law::violation::ViolationCode;
use crate::money::Fen;
use crate::refusal::{Code, Refusal};

/// Which parts of a decision rest on the reported facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rests {
    /// The violations whose fines do; all of them if nothing.
    pub violations: Option<Vec<ViolationCode>>,
    /// Whether the confiscated gains do.
    pub gains: bool,
    /// Whether the confiscated goods do.
    pub goods: bool,
    /// What is left of the fines of those violations, where a decision was lowered as a whole: alone then it does
    /// not say.
    pub fines: Option<Fen>,
    /// What was collected of them, where a scheme counts that and not everything rests on the reported facts: a
    /// payment does not say for what it was.
    pub collected: Option<Fen>,
}

impl Default for Rests {
    fn default() -> Self {
        Self {
            violations: None,
            gains: true,
            goods: true,
            fines: None,
            collected: None,
        }
    }
}

impl Rests {
    /// Whether everything does.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// What a case took, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Each violation with its fine, as it was decided.
    pub charges: Vec<(ViolationCode, Fen)>,
    /// The fine that stands.
    pub fine: Fen,
    /// Confiscated gains.
    pub gains: Fen,
    /// The worth of confiscated goods.
    pub goods: Fen,
    /// What came in of the fine and the gains.
    pub paid: Fen,
    /// Whether the decision was taken away.
    pub is_annulled: bool,
    /// The day on which the decision was taken away or lowered.
    pub changed_on: Option<NaiveDate>,
    /// The day on which somebody was held criminally liable, as it is on record.
    pub liable_on: Option<NaiveDate>,
}

impl Taken {
    /// What a case took.
    #[must_use]
    pub fn by(case: &Case) -> Self {
        let file = &case.file;
        // Where a slip of the pen was put right nothing is another sum.
        let changed = file
            .changes()
            .rfind(|change| change.kind != ChangeKind::Corrected);
        let rest = Self {
            is_annulled: file.is_annulled(),
            changed_on: changed.map(|change| change.on),
            liable_on: file.liable_on(),
            ..Self::default()
        };
        let Some(penalty) = case.standing() else {
            return rest;
        };
        let charges = penalty.charges.iter();
        let paid = file.execution.payments.iter().map(|payment| payment.sum);
        let (fine, gains) = (case.fine(), case.gains());
        Self {
            charges: charges
                .map(|charge| (charge.violation.clone(), charge.fine))
                .collect(),
            fine,
            gains,
            goods: case.goods(),
            // What is above it is a late fee.
            paid: paid.fold(Fen::ZERO, add).min(add(fine, gains)),
            ..rest
        }
    }

    /// Refuses what rests on a decision that was taken away. What rests on criminal liability does not.
    pub fn stands(&self) -> Result<(), Refusal> {
        if self.is_annulled && self.liable_on.is_none() {
            return Err(Refusal::of(Code::DecisionAnnulled));
        }
        Ok(())
    }

    /// All of it, as a scheme counts it.
    #[must_use]
    pub fn sum(&self, goods: ConfiscatedGoods) -> Fen {
        let money = add(self.fine, self.gains);
        match goods {
            ConfiscatedGoods::Counted => add(money, self.goods),
            ConfiscatedGoods::NotCounted => money,
        }
    }

    /// The parts that rest on the reported facts.
    pub fn matched(&self, rests: &Rests, rule: &BaseRule) -> Result<Matched, Refusal> {
        let fines = self.fines(rests)?;
        let part = |counts: bool, sum| if counts { sum } else { Fen::ZERO };
        let matched = Matched {
            fines,
            gains: part(rests.gains, self.gains),
            goods: part(rests.goods, self.goods),
            collected: None,
        };
        let whole = fines == self.fine && matched.gains == self.gains;
        Ok(Matched {
            collected: self.collected(&matched, rests.collected, (rule, whole))?,
            ..matched
        })
    }

    fn fines(&self, rests: &Rests) -> Result<Fen, Refusal> {
        let Some(violations) = &rests.violations else {
            return said_by_case(rests.fines, "finesYuan").map(|()| self.fine);
        };
        let mut sum = Fen::ZERO;
        for (at, code) in violations.iter().enumerate() {
            let is_twice = violations.iter().take(at).any(|other| other == code);
            let charge = self.charges.iter().find(|(charged, _)| charged == code);
            match charge {
                Some((_, fine)) if !is_twice => sum = add(sum, *fine),
                _ => {
                    return Err(
                        Refusal::on(Code::RewardNotCharged, "violations").with(code.to_string())
                    );
                }
            }
        }
        let decided = self.charges.iter().map(|(_, fine)| *fine);
        let is_whole = decided.fold(Fen::ZERO, add) == self.fine;
        if is_whole || sum == Fen::ZERO || violations.len() == self.charges.len() {
            return said_by_case(rests.fines, "finesYuan").map(|()| sum.min(self.fine));
        }
        // How much of a fine that was lowered as a whole is left for some of its violations is not written there.
        within(rests.fines, sum.min(self.fine), "finesYuan")
    }

    fn collected(
        &self,
        matched: &Matched,
        said: Option<Fen>,
        (rule, whole): (&BaseRule, bool),
    ) -> Result<Option<Fen>, Refusal> {
        if rule.measure == BaseMeasure::Imposed {
            return said_by_case(said, "collectedYuan").map(|()| None);
        }
        // Confiscated goods are in the bureau's hands.
        let goods = match rule.confiscated_goods {
            ConfiscatedGoods::Counted => matched.goods,
            ConfiscatedGoods::NotCounted => Fen::ZERO,
        };
        let money = add(matched.fines, matched.gains).min(self.paid);
        if whole || money == Fen::ZERO {
            return said_by_case(said, "collectedYuan").map(|()| Some(add(money, goods)));
        }
        within(said, add(money, goods), "collectedYuan").map(Some)
    }
}

/// Refuses a typed sum that the case has.
fn said_by_case(typed: Option<Fen>, field: &'static str) -> Result<(), Refusal> {
    match typed {
        Some(_) => Err(Refusal::on(Code::RewardSumOnRecord, field)),
        None => Ok(()),
    }
}

/// A sum that only a person can say, up to the most that it can be.
fn within(typed: Option<Fen>, most: Fen, field: &'static str) -> Result<Fen, Refusal> {
    let sum = typed.ok_or(Refusal::on(Code::FieldRequired, field))?;
    if sum > most {
        return Err(Refusal::on(Code::RewardSum, field).with(format!("≤ {most}")));
    }
    Ok(sum)
}

fn add(one: Fen, other: Fen) -> Fen {
    one.checked_add(other).unwrap_or(one.max(other))
}

#[cfg(test)]
mod tests;
