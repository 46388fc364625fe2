//! What came of a case besides money, on the word of a reward officer: the case file of this bureau
//! does not say whether a licence was lost or a court found somebody guilty.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::calendar::shanghai_date;
use crate::refusal::{Code, Refusal};
use crate::reports::state::{Receiver, Transfer};
use crate::text::Narrative;

words! {
    /// What makes a violation major whatever the amount.
    pub enum MajorFact as "MajorFact" {
        /// Production or business was stopped.
        StoppedProduction,
        /// The business was closed.
        Closure,
        /// A licence was revoked.
        LicenceLost,
        /// A crime is suspected, or was established.
        CrimeSuspected,
    }
}

impl MajorFact {
    pub(super) const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::StoppedProduction => ("责令停产停业", "production or business was stopped"),
            Self::Closure => ("责令关闭", "the business was closed"),
            Self::LicenceLost => ("吊销许可证件", "a licence was revoked"),
            Self::CrimeSuspected => ("涉嫌犯罪", "a crime is suspected"),
        }
    }
}

/// A major fact with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MajorFinding {
    /// The fact.
    pub fact: MajorFact,
    /// What it rests on: the decision, the letter of the police.
    pub reason: Narrative,
}

/// The facts of findings; one that is named twice is refused.
pub fn facts_of(findings: &[MajorFinding]) -> Result<BTreeSet<MajorFact>, Refusal> {
    let facts: BTreeSet<_> = findings.iter().map(|finding| finding.fact).collect();
    if facts.len() == findings.len() {
        Ok(facts)
    } else {
        Err(Refusal::on(Code::FieldFormat, "majorFacts"))
    }
}

/// Criminal liability for what was reported, after the case went to the police.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Liability {
    /// The day of the prosecution or of the judgment.
    pub established_on: NaiveDate,
    /// What it rests on.
    pub reason: Narrative,
}

impl Liability {
    /// The finding that it makes; only of a case that the police got, and not before they got it.
    pub fn found(self, transfer: &Transfer, today: NaiveDate) -> Result<MajorFinding, Refusal> {
        if transfer.to != Receiver::Police {
            return Err(Refusal::of(Code::CaseNotDecided));
        }
        if self.established_on > today {
            return Err(Refusal::on(Code::TimeInFuture, "establishedOn"));
        }
        if self.established_on < shanghai_date(transfer.approved.at) {
            return Err(Refusal::on(Code::TimeTooOld, "establishedOn"));
        }
        Ok(MajorFinding {
            fact: MajorFact::CrimeSuspected,
            reason: self.reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::id::{CaseId, UserId};
    use crate::reports::state::Mark;
    use crate::text::Text;

    fn transfer(to: Receiver) -> Transfer {
        Transfer {
            case: CaseId::new(Uuid::nil()),
            to,
            receiver: Text::parse("天心区公安分局", "receiver").unwrap(),
            approved: Mark {
                by: UserId::new(Uuid::nil()),
                at: DateTime::<Utc>::UNIX_EPOCH,
            },
        }
    }

    fn found(to: Receiver, established: u64, today: u64) -> Result<MajorFact, Code> {
        let day = |days| {
            NaiveDate::default()
                .checked_add_days(Days::new(days))
                .unwrap()
        };
        let liability = Liability {
            established_on: day(established),
            reason: Text::parse("起诉书。", "reason").unwrap(),
        };
        let found = liability.found(&transfer(to), day(today));
        found
            .map(|found| found.fact)
            .map_err(|refusal| refusal.code)
    }

    #[test]
    fn liability_is_noted_of_what_the_police_got_and_not_before_they_got_it() {
        let crime = Ok(MajorFact::CrimeSuspected);
        assert_eq!(found(Receiver::Police, 0, 0), crime);
        assert_eq!(found(Receiver::Police, 9, 9), crime);
        assert_eq!(found(Receiver::Police, 10, 9), Err(Code::TimeInFuture));
        assert_eq!(
            found(Receiver::OtherAgency, 0, 0),
            Err(Code::CaseNotDecided)
        );
    }

    #[test]
    fn a_fact_is_named_once() {
        let finding = MajorFinding {
            fact: MajorFact::Closure,
            reason: Text::parse("关闭决定。", "reason").unwrap(),
        };
        let once = facts_of(std::slice::from_ref(&finding)).unwrap();
        assert_eq!(once, BTreeSet::from([MajorFact::Closure]));
        assert!(facts_of(&[finding.clone(), finding]).is_err());
    }
}
