//! A visit that was closed too early is opened again, with the reason, until a case is filed on it: what a case was filed on is
//! not made anew under it, and what is looked at later is another visit's. That it was closed before stays readable.

use super::{
    command::Setting,
    visit::{Entry, Visit, VisitState},
};
use crate::{
    limits::VISIT_REOPENINGS,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::Reason,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// That a closed visit was opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// When it had been closed.
    pub closed_at: DateTime<Utc>,
    /// Why it was opened again.
    pub reason: Reason,
    /// Who opened it, and when.
    pub made: Mark,
}

impl Visit {
    /// Whoever was there opens it again. What it counted for the merchant's grade counts when it is closed the next time.
    pub(super) fn reopen(
        mut self,
        permit: &Permit,
        reason: Reason,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let by = permit.person(Action::RecordFinding)?;
        let VisitState::Submitted { at: closed_at } = self.state else {
            return Err(self.wrong_state());
        };
        self.was_there(by)?;
        if setting.has_case {
            return Err(Refusal::of(Code::VisitHasCase));
        }
        if setting.is_made_again {
            return Err(Refusal::of(Code::VisitOpen));
        }
        if self.reopenings.len() >= VISIT_REOPENINGS {
            return Err(Refusal::of(Code::FieldTooLong).with(VISIT_REOPENINGS.to_string()));
        }
        self.reopenings.push(Reopening {
            closed_at,
            reason,
            made: Mark {
                by,
                at: setting.now,
            },
        });
        self.state = VisitState::CheckedIn;
        self.entry = Some(Entry::Reopening);
        Ok(self)
    }
}
