//! What was recorded by mistake: a slip of the finger, the wrong instrument. Nothing is rubbed out: the entry stays as it was
//! written, with who made it void, when and why, and counts nowhere any more. Another measurement may stand in its place.
//!
//! It is an act of the day on which it is done, and explains the record, which has to be authentic and whole (SAMR Order 2,
//! articles 26 and 28). What a case was decided on, or ended with, stays as it is: that is for a review or a court.

use super::{
    command::Setting,
    recording::findings,
    visit::{Entry, Measurement, Visit, VisitFinding, VisitState},
};
use crate::{
    id::{EntryId, InstrumentId, MeasurementId},
    law::calendar::shanghai_date,
    metrology::document::Document,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::Reason,
};
use chrono::{DateTime, Utc};
use std::mem::discriminant;

words! {
    /// What an entry of the record is.
    pub enum EntryKind as "EntryKind" {
        /// A measurement with its verdict.
        Measurement,
        /// A mark and a seal that were looked at.
        InstrumentCheck,
    }
}

/// That an entry is void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// Who made it so, and when.
    pub made: Mark,
    /// Why.
    pub reason: Reason,
    /// The measurement in its place, if there is one.
    pub replaced_by: Option<MeasurementId>,
}

/// An entry that becomes void, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Amendment {
    /// The entry.
    pub entry: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// That it is void.
    pub void: Void,
    /// The measurement in its place.
    pub instead: Option<Box<Measurement>>,
    /// When the visit was closed, if it was: until then nothing of it counts for the merchant's grade.
    pub closed_at: Option<DateTime<Utc>>,
    /// What the measurement in its place says about the grade.
    pub findings: Vec<VisitFinding>,
}

impl Visit {
    /// An entry becomes void.
    pub(super) fn void_finding(
        self,
        permit: &Permit,
        (entry, reason): (EntryId, Reason),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let made = amender(permit, setting)?;
        let kind = standing(setting, entry)?;
        let void = Void {
            made,
            reason,
            replaced_by: None,
        };
        Ok(self.amended((entry, kind), void, None))
    }

    /// Another measurement comes in the place of one that was recorded by mistake: of the same kind, and of no later day than
    /// that on which the former one was recorded. What is seen later is another finding.
    pub(super) fn correct_finding(
        self,
        permit: &Permit,
        (id, former, reason): (MeasurementId, MeasurementId, Reason),
        (instrument, input): (Option<InstrumentId>, Document),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let made = amender(permit, setting)?;
        let entry = EntryId::from(former);
        let kind = standing(setting, entry)?;
        let mut measured = setting.measurements.iter();
        let known = measured.find(|measured| measured.id == former);
        let known = known.ok_or_else(|| Refusal::on(Code::NotFound, "findingId"))?;
        if discriminant(&known.judgement.measurement) != discriminant(&input.measurement) {
            return Err(Refusal::on(Code::FindingOtherFamily, "measurement"));
        }
        // It was measured when the first one was, by the clock of that day, and is corrected now.
        let first = first_of(known, &setting.measurements);
        let then = first.occurred.as_ref().unwrap_or(&setting.occurred);
        let mut instead = self.judged((made.by, then), (id, instrument, input), setting)?;
        if instead.judgement.measurement.day() > shanghai_date(first.recorded_at) {
            return Err(Refusal::on(Code::TimeInFuture, "measurement"));
        }
        instead.replaces = Some(former);
        let void = Void {
            made,
            reason,
            replaced_by: Some(id),
        };
        Ok(self.amended((entry, kind), void, Some(Box::new(instead))))
    }

    fn amended(
        mut self,
        (entry, kind): (EntryId, EntryKind),
        void: Void,
        instead: Option<Box<Measurement>>,
    ) -> Self {
        let closed_at = match self.state {
            VisitState::Submitted { at } => Some(at),
            VisitState::Dispatched | VisitState::CheckedIn => None,
        };
        let told = instead.as_deref().filter(|_| closed_at.is_some());
        self.entry = Some(Entry::Amendment(Box::new(Amendment {
            entry,
            kind,
            void,
            findings: findings(told.map_or(&[], std::slice::from_ref), &[]),
            instead,
            closed_at,
        })));
        self
    }
}

/// The measurement in whose place others came, one after the other, and this one last.
fn first_of<'a>(last: &'a Measurement, measurements: &'a [Measurement]) -> &'a Measurement {
    let mut first = last;
    // Each stands in the place of one that was there before: there are no more of them than measurements.
    for _ in measurements {
        match measurements.iter().find(|it| Some(it.id) == first.replaces) {
            Some(former) => first = former,
            None => break,
        }
    }
    first
}

/// Whoever goes on the visit says what was a mistake, also after it was closed.
fn amender(permit: &Permit, setting: &Setting) -> Result<Mark, Refusal> {
    let by = permit.person(Action::RecordFinding)?;
    if setting.is_relied_on {
        return Err(Refusal::of(Code::FindingReliedOn));
    }
    Ok(Mark {
        by,
        at: setting.now,
    })
}

/// What an entry is that is not void yet.
fn standing(setting: &Setting, entry: EntryId) -> Result<EntryKind, Refusal> {
    let mut measured = setting.measurements.iter();
    let measured = measured.find(|it| EntryId::from(it.id) == entry);
    let measured = measured.map(|it| (EntryKind::Measurement, it.void.is_some()));
    let mut checked = setting.checks.iter();
    let checked = checked.find(|it| it.id == entry);
    let checked = checked.map(|it| (EntryKind::InstrumentCheck, it.void.is_some()));
    match measured.or(checked) {
        None => Err(Refusal::on(Code::NotFound, "findingId")),
        Some((_, true)) => Err(Refusal::on(Code::FindingVoid, "findingId").with(entry.to_string())),
        Some((kind, false)) => Ok(kind),
    }
}
