//! A review or a suit against a decision, for the time in which it runs: nothing is executed less for it, but its days bear no
//! late fee (Administrative Penalty Law of 2021, article 73).

use crate::{
    cases::{case::Case, command::Setting, execution::Execution},
    limits::CASE_ACTS,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::Line,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// What the party does against a decision.
    pub enum RemedyKind as "RemedyKind" {
        /// It asked for a review (行政复议).
        Review,
        /// It sued (行政诉讼).
        Suit,
    }
}

/// That a review or a suit runs, or ran, as a paper of whoever has it tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// Which of both.
    pub kind: RemedyKind,
    /// Who has it.
    pub body: Line,
    /// The number that it has there. A later note of the same number takes the place of an earlier one; both stay in the file.
    pub document: Line,
    /// Its first day in China.
    pub from: NaiveDate,
    /// Its last day; nothing while it runs.
    pub until: Option<NaiveDate>,
    /// Who noted it, and when.
    pub noted: Mark,
}

impl Execution {
    /// The reviews and suits, each as it was noted last.
    pub fn remedies_now(&self) -> impl Iterator<Item = &Remedy> {
        let each = self.remedies.iter().enumerate();
        let newest = each.filter(|(at, remedy)| {
            let later = self.remedies.get(at + 1..).unwrap_or_default();
            !later.iter().any(|other| other.document == remedy.document)
        });
        newest.map(|(_, remedy)| remedy)
    }

    /// Whether a review or a suit is not over yet.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.remedies_now().any(|remedy| remedy.until.is_none())
    }
}

impl Case {
    /// Notes a review or a suit, from the day of the decision on, also once the case is closed: what was paid as a late fee of its
    /// days is the party's.
    pub(in crate::cases) fn note_remedy(
        &mut self,
        remedy: Remedy,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let decision = self.file.decision.as_ref();
        let decision = decision.ok_or(Refusal::of(Code::CaseNotDecided))?;
        if self.file.is_annulled() {
            return Err(self.wrong_state());
        }
        if decision.served.is_none() {
            return Err(Refusal::of(Code::DecisionNotServed));
        }
        self.check_day(remedy.from, setting, "from")?;
        if let Some(until) = remedy.until {
            setting.check_past(until, Some(remedy.from), "until")?;
        }
        let remedies = &mut self.file.execution.remedies;
        if remedies.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        remedies.push(remedy);
        Ok(())
    }
}
