//! The hearing (Administrative Penalty Law, articles 63 and 64): asked for in time, announced seven
//! working days before, led by somebody who did not investigate, and recorded.

use super::{case::Case, command::Setting};
use crate::{
    id::UserId,
    law::calendar::shanghai_date,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Time and place of a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// When it is held.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: Line,
    /// Who leads it.
    pub chair: UserId,
    /// Who announced it, and when.
    pub made: Mark,
}

/// What became of a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HearingRecord {
    /// What was said; that the party stayed away or withdrew its request is said here too.
    pub record: Narrative,
    /// What the chair proposes.
    pub opinion: Reason,
    /// The chair, and when it was written.
    pub made: Mark,
}

/// A hearing that the party asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When and where it is held; the last announcement counts.
    pub announced: Option<Announcement>,
    /// What became of it.
    pub held: Option<HearingRecord>,
}

impl Hearing {
    pub(super) const fn asked(asked_at: DateTime<Utc>) -> Self {
        Self {
            asked_at,
            announced: None,
            held: None,
        }
    }

    /// Whether its record is written.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.held.is_some()
    }
}

impl Case {
    /// The party is told when and where, and who leads it.
    pub(super) fn announce_hearing(
        &mut self,
        announced: Announcement,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.still_open()?;
        if self.is_investigated_by(announced.chair) {
            return Err(Refusal::on(Code::ChairInvestigated, "chairId"));
        }
        self.is_free(announced.chair, setting, Some("chairId"))?;
        // The day of the announcement and the day itself are not among the seven.
        match setting.until {
            None => return Err(Refusal::of(Code::CalendarYearMissing).with("—")),
            Some(until) if shanghai_date(announced.at) <= until => {
                return Err(Refusal::on(Code::HearingTooSoon, "at").with(until.to_string()));
            }
            Some(_) => {}
        }
        self.hearing_mut()?.announced = Some(announced);
        Ok(())
    }

    /// The chair writes the record, not before the hour that was announced, and not of a hearing of which the
    /// party was told too late: then another day is announced.
    pub(super) fn hold_hearing(
        &mut self,
        held: HearingRecord,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.still_open()?;
        let hearing = self.hearing_mut()?;
        let Some(announced) = &hearing.announced else {
            return Err(Refusal::of(Code::HearingNotAnnounced));
        };
        if announced.chair != held.made.by {
            return Err(Refusal::of(Code::HearingChair));
        }
        let until = setting.hearing_told.last_day(Code::HearingNotServed)?;
        if shanghai_date(announced.at) <= until {
            return Err(Refusal::of(Code::HearingTooSoon).with(until.to_string()));
        }
        if held.made.at < announced.at {
            return Err(Refusal::of(Code::HearingNotYet));
        }
        hearing.held = Some(held);
        if let Some(round) = self.file.round_mut() {
            // The audit after it has its period, also in a case of before that was kept.
            round.is_timed = true;
        }
        Ok(())
    }

    /// Whether a hearing was asked for and is not held yet: time does not count meanwhile.
    pub(super) fn is_hearing_awaited(&self) -> bool {
        let hearing = self.file.round().and_then(|round| round.hearing.as_ref());
        hearing.is_some_and(|hearing| !hearing.is_held())
    }

    fn hearing_mut(&mut self) -> Result<&mut Hearing, Refusal> {
        let asked = self
            .file
            .round_mut()
            .and_then(|round| round.hearing.as_mut());
        match asked {
            None => Err(Refusal::of(Code::HearingNotAsked)),
            Some(hearing) if hearing.is_held() => Err(Refusal::of(Code::HearingHeld)),
            Some(hearing) => Ok(hearing),
        }
    }
}
