//! How the rows of a checklist were answered, in numbers.

use super::answers::AnswerGiven;
use crate::verdict::Grounds;

/// How the rows were answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub yes: u32,
    pub no: u32,
    pub not_applicable: u32,
    pub not_seen: u32,
    pub unanswered: u32,
}

impl Counts {
    pub(super) fn add(&mut self, answer: Option<AnswerGiven>) {
        let count = match answer {
            Some(AnswerGiven::Yes) => &mut self.yes,
            Some(AnswerGiven::No) => &mut self.no,
            Some(AnswerGiven::NotApplicable) => &mut self.not_applicable,
            Some(AnswerGiven::NotSeen) => &mut self.not_seen,
            None => &mut self.unanswered,
        };
        *count += 1;
    }

    pub(super) fn record(self, grounds: &mut Grounds) {
        let counts = [
            ("rows_yes", self.yes),
            ("rows_no", self.no),
            ("rows_not_applicable", self.not_applicable),
            ("rows_not_seen", self.not_seen),
            ("rows_unanswered", self.unanswered),
        ];
        for (name, count) in counts {
            grounds.number(name, count.into(), "");
        }
    }
}
