//! One act is fined once (Administrative Penalty Law, article 29), also where two cases are about it. Where one finding shows both,
//! the second fine is refused; where it may be one act, the final report says with which case.

use super::{
    basis::Told,
    case::Case,
    charge::{Charge, Penalty},
    command::Setting,
};
use crate::{
    id::CaseId,
    law::{calendar::shanghai_date, violation::ViolationCode},
    money::Fen,
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A fine of another case against the same party, decided or proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinedElsewhere {
    /// The case.
    pub case: CaseId,
    /// Its number on paper.
    pub number: String,
    /// The day of its conduct.
    pub conduct_on: NaiveDate,
    /// The day of its decision, if there is one.
    pub decided_on: Option<NaiveDate>,
    /// What for.
    pub charge: Charge,
}

/// A case that may be about the same act, as it stood when the final report was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameAct {
    /// The case.
    pub case: CaseId,
    /// Its number on paper.
    pub number: String,
    /// The violation that both fine.
    pub violation: ViolationCode,
}

impl FinedElsewhere {
    /// Whether it is one act for certain: one finding shows both. Equal words do not: who writes on two visits of one day what was
    /// found on each may write the same.
    fn is_of(&self, charge: &Charge) -> bool {
        let mut findings = charge.findings.iter();
        findings.any(|id| self.charge.findings.contains(id))
    }

    /// Whether it may be one act: both call it the same, and no decision lies between. What goes on after a decision is another
    /// act.
    fn may_be_of(&self, told: &Told, charge: &Charge) -> bool {
        let is_between = self.decided_on.is_some_and(|day| day < told.conduct_on);
        self.charge.violation == charge.violation && !is_between
    }
}

impl Case {
    /// Its fines, for other cases against its party: those of a decision that stands, or of the final report before it.
    #[must_use]
    pub fn fines(&self) -> Vec<FinedElsewhere> {
        let decision = self.file.decision.as_ref();
        let penalty = match decision {
            Some(_) => self.standing().filter(|_| self.fine() > Fen::ZERO),
            None => self.file.proposed().filter(|_| self.file.ending.is_none()),
        };
        let charges = penalty.into_iter().flat_map(|penalty| &penalty.charges);
        let fined = charges.filter(|charge| charge.fine > Fen::ZERO);
        let told = &self.basis.told;
        fined
            .map(|charge| FinedElsewhere {
                case: self.id,
                number: self.number.clone(),
                conduct_on: told.conduct_on,
                decided_on: decision.map(|decision| shanghai_date(decision.made.at)),
                charge: charge.clone(),
            })
            .collect()
    }
}

impl Penalty {
    /// Refuses a fine for what another case was decided to be fined for.
    pub(super) fn check_fined_once(&self, setting: &Setting) -> Result<(), Refusal> {
        let decided = setting.fined.iter().filter(|it| it.decided_on.is_some());
        for other in decided {
            let mut fined = self.fined();
            if let Some(charge) = fined.find(|charge| other.is_of(charge)) {
                let told = format!("{}（{}）", charge.violation, other.number);
                return Err(Refusal::on(Code::ActFinedTwice, "charges").with(told));
            }
        }
        Ok(())
    }

    /// The cases that may be about one of its acts.
    pub(super) fn same_acts(&self, told: &Told, setting: &Setting) -> Vec<SameAct> {
        let others = setting.fined.iter().filter(|other| {
            let mut fined = self.fined();
            fined.any(|charge| other.is_of(charge) || other.may_be_of(told, charge))
        });
        others
            .map(|other| SameAct {
                case: other.case,
                number: other.number.clone(),
                violation: other.charge.violation.clone(),
            })
            .collect()
    }

    fn fined(&self) -> impl Iterator<Item = &Charge> {
        let charges = self.charges.iter();
        charges.filter(|charge| charge.fine > Fen::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::tests::{basis, case, day, penalty, setting, yuan};
    use uuid::Uuid;

    /// The same fine of another case.
    fn elsewhere(decided_on: Option<&str>) -> FinedElsewhere {
        let told = basis().told;
        FinedElsewhere {
            case: case().id,
            number: "430103-2026-9".to_owned(),
            conduct_on: told.conduct_on,
            decided_on: decided_on.map(day),
            charge: penalty(yuan(200)).charges.remove(0),
        }
    }

    fn beside(fined: FinedElsewhere) -> Setting {
        let mut beside = setting("2026-06-02");
        beside.fined = vec![fined];
        beside
    }

    fn refused(penalty: &Penalty, beside: &Setting) -> Option<Refusal> {
        penalty.check_fined_once(beside).err()
    }

    #[test]
    fn what_one_finding_shows_is_fined_once_whatever_both_call_it() {
        let finding = Uuid::from_u128(90);
        let mut other = elsewhere(Some("2026-05-30"));
        other.charge.findings = vec![finding];
        other.charge.violation = "M-QTY-01".parse().unwrap();
        let decided = beside(other.clone());
        let mut own = penalty(yuan(200));
        assert_eq!(refused(&own, &decided), None);
        own.charges[0].findings = vec![finding];
        let refusal = refused(&own, &decided).unwrap();
        assert_eq!(refusal.code, Code::ActFinedTwice);
        assert!(refusal.detail.unwrap().contains("430103-2026-9"));
        let mut none = penalty(Fen::ZERO);
        none.charges[0].findings = vec![finding];
        assert_eq!(refused(&none, &decided), None, "it is no fine");
        // Nobody knows yet what becomes of one that is proposed.
        other.decided_on = None;
        let proposed = beside(other);
        assert_eq!(refused(&own, &proposed), None);
        assert_eq!(own.same_acts(&basis().told, &proposed).len(), 1);
    }

    #[test]
    fn what_may_be_one_act_is_named_unless_a_decision_lies_between() {
        for (decided_on, acts) in [(None, 1), (Some("2026-05-20"), 1), (Some("2026-05-19"), 0)] {
            let beside = beside(elsewhere(decided_on));
            let own = penalty(yuan(200));
            assert_eq!(refused(&own, &beside), None);
            let named = own.same_acts(&basis().told, &beside);
            assert_eq!(named.len(), acts, "{decided_on:?}");
        }
    }
}
