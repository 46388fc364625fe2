//! What is recorded on site, and what the closed record says about the merchant's grade.

use super::{
    command::Setting,
    judging,
    occurred::{Occurred, TimeMark},
    visit::{Entry, InstrumentCheck, Measurement, Seal, Visit, VisitFinding, VisitState},
};
use crate::{
    evidence::photo::{self, DeclaredPhoto},
    id::{EntryId, InstrumentId, MeasurementId, UserId},
    limits::PHOTOS_PER_OWNER,
    merchants::{instrument::Instrument, ledger::Plate},
    metrology::{
        document::Document,
        measurement,
        quantity::Gram,
        scale::{ScaleClass, ScaleFacts},
        verdict::{CheckResult, Comparison, Outcome, Verdict, Words},
        verification,
    },
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    text::Line,
};
use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive as _;
use std::{mem::discriminant, slice};

impl Visit {
    /// Notes a verification mark and a seal, and what follows for the day on which they were looked at.
    pub(super) fn check_instrument(
        mut self,
        permit: &Permit,
        (id, seen): (
            EntryId,
            (InstrumentId, Option<NaiveDate>, Seal, Option<Line>),
        ),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let by = permit.person(Action::RecordFinding)?;
        ledger(setting)?;
        let (instrument, mark_valid_until, seal, note) = seen;
        let status = |day| verification::status(mark_valid_until, day);
        let [first, last] = setting.occurred.days().map(status);
        let decides = discriminant(&first) != discriminant(&last);
        let decides = decides.then_some(TimeMark::DayDecides);
        let check = InstrumentCheck {
            id,
            instrument,
            mark_valid_until,
            seal,
            note,
            status: status(setting.occurred.day()),
            occurred: Some(setting.occurred.clone().marked(decides)),
            recorded_at: setting.now,
            by,
            void: None,
        };
        self.entry = Some(Entry::Check(Box::new(check)));
        Ok(self)
    }

    /// What stands on a stall and in no ledger comes on the merchant's, as its plate says; no verification is known of it.
    pub(super) fn add_seen(
        mut self,
        permit: &Permit,
        (id, plate): (InstrumentId, Plate),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        permit.person(Action::RecordFinding)?;
        plate.check()?;
        if setting.is_listed {
            return Err(Refusal::of(Code::InstrumentKnown));
        }
        let entry = plate.on_ledger(id, self.merchant);
        self.entry = Some(Entry::Instrument(Box::new(entry)));
        Ok(self)
    }

    /// Judges a measurement by the rules of its day and keeps the verdict with everything that it
    /// rests on.
    pub(super) fn measure(
        mut self,
        permit: &Permit,
        measured: (MeasurementId, Option<InstrumentId>, Document),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let by = permit.person(Action::RecordFinding)?;
        let measurement = self.judged((by, &setting.occurred), measured, setting)?;
        self.entry = Some(Entry::Measurement(Box::new(measurement)));
        Ok(self)
    }

    /// A measurement with its verdict, by whoever says what was measured, and of the time in which that was.
    pub(super) fn judged(
        &self,
        (by, made): (UserId, &Occurred),
        (id, instrument, mut input): (MeasurementId, Option<InstrumentId>, Document),
        setting: &Setting,
    ) -> Result<Measurement, Refusal> {
        if instrument.is_some() {
            let ledger = ledger(setting)?;
            if let measurement::Measurement::RetailWeighing(weighing) = &mut input.measurement {
                weighing.scale = scale_facts(ledger);
            }
        }
        let (occurred, rules) = (&setting.occurred, &*setting.rules);
        let (input, mark) = judging::dated(input, made, rules);
        let [_, last] = occurred.days();
        let judgement = judging::judgement(input, last, rules, &setting.standards)?;
        judging::check_named(&judgement, setting.instrument.as_ref())?;
        Ok(Measurement {
            id,
            visit: self.id,
            instrument,
            judgement,
            occurred: Some(occurred.clone().marked(mark)),
            recorded_at: setting.now,
            by,
            replaces: None,
            void: None,
        })
    }

    /// Photos are promised.
    pub(super) fn declare(
        mut self,
        permit: &Permit,
        photos: Vec<DeclaredPhoto>,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        photo::check_declarations(&photos)?;
        permit.person(Action::RecordFinding)?;
        if setting.photos.saturating_add(photos.len()) > PHOTOS_PER_OWNER {
            return Err(Refusal::on(Code::PhotoLimit, "photos").with(PHOTOS_PER_OWNER.to_string()));
        }
        self.entry = Some(Entry::Photos(photos));
        Ok(self)
    }

    /// The inspectors close the visit. What was passed counts for the grade at once; what failed
    /// counts once a case on it is decided.
    pub(super) fn submit(mut self, permit: &Permit, setting: &Setting) -> Result<Self, Refusal> {
        permit.person(Action::SubmitVisit)?;
        self.on_site()?;
        self.check_arrivals()?;
        let measured = setting.measurements.iter().any(|it| it.void.is_none());
        if !measured && setting.checks.iter().all(|it| it.void.is_some()) {
            return Err(Refusal::of(Code::FindingRequired));
        }
        if self.signings.is_empty() {
            return Err(Refusal::of(Code::SignatureRequired));
        }
        self.state = VisitState::Submitted { at: setting.now };
        self.entry = Some(Entry::Findings(findings(
            &setting.measurements,
            &setting.checks,
        )));
        Ok(self)
    }

    /// What a step says about the grade that came after the record was closed; whatever came before says it when that is
    /// closed.
    #[must_use]
    pub fn found_late(&self) -> Vec<VisitFinding> {
        match (&self.state, &self.entry) {
            (VisitState::Submitted { .. }, Some(Entry::Measurement(measured))) => {
                findings(slice::from_ref(&**measured), &[])
            }
            (VisitState::Submitted { .. }, Some(Entry::Check(check))) => {
                findings(&[], slice::from_ref(&**check))
            }
            _ => Vec::new(),
        }
    }

    /// Whether what came after the record was closed goes against the merchant.
    #[must_use]
    pub fn fails_late(&self) -> bool {
        match (&self.state, &self.entry) {
            (VisitState::Submitted { .. }, Some(Entry::Measurement(measured))) => measured.fails(),
            (VisitState::Submitted { .. }, Some(Entry::Check(check))) => check.fails(),
            _ => false,
        }
    }

    /// Whoever opens a record again was there.
    pub(super) fn was_there(&self, user: UserId) -> Result<(), Refusal> {
        if self.has_arrived(user) {
            return Ok(());
        }
        Err(Refusal::of(Code::NotCheckedIn))
    }

    fn on_site(&self) -> Result<(), Refusal> {
        match &self.state {
            VisitState::CheckedIn => Ok(()),
            VisitState::Dispatched => Err(Refusal::of(Code::NotCheckedIn)),
            VisitState::Submitted { .. } => Err(self.wrong_state()),
        }
    }
}

fn ledger(setting: &Setting) -> Result<&Instrument, Refusal> {
    let unknown = Refusal::on(Code::InstrumentUnknown, "instrumentId");
    setting.instrument.as_ref().ok_or(unknown)
}

/// What the ledger says about a scale; a ledger that does not say enough leaves the verdict to say
/// what is missing.
fn scale_facts(instrument: &Instrument) -> Option<ScaleFacts> {
    let class = match instrument.accuracy_class.as_deref()? {
        "III" => ScaleClass::III,
        "IIII" => ScaleClass::IIII,
        _ => return None,
    };
    let e = Gram::parse(instrument.e_g.as_deref()?).ok()?;
    let max = Gram::parse(instrument.max_g.as_deref()?).ok()?;
    ScaleFacts::new(class, e, max).ok()
}

/// What was measured and is not void, each by its own indicator. B3: seals intact.
pub(super) fn findings(measured: &[Measurement], checked: &[InstrumentCheck]) -> Vec<VisitFinding> {
    let measured = measured.iter().filter(|it| it.void.is_none());
    let checked = checked.iter().filter(|it| it.void.is_none());
    measured
        .filter_map(tested)
        .chain(checked.filter_map(sealed))
        .collect()
}

/// What a look at a seal says; nothing where an instrument carries none.
fn sealed(check: &InstrumentCheck) -> Option<VisitFinding> {
    let passed = match check.seal {
        Seal::Intact => true,
        Seal::Broken => false,
        Seal::None => return None,
    };
    Some(VisitFinding {
        entry: check.id,
        indicator: "B3",
        passed,
        times: None,
        note: Words::new("封印检查", "check of the seal"),
    })
}

/// What a measurement says, in the plain words of its verdict; nothing where it is no firm one.
fn tested(measured: &Measurement) -> Option<VisitFinding> {
    let verdict = &measured.judgement.verdict;
    let passed = match verdict.outcome {
        Outcome::Conforms => true,
        Outcome::Fails => false,
        Outcome::ScreeningOnly | Outcome::NotAssessable => return None,
    };
    let note = match verdict.plain.is_empty() {
        true => verdict.summary.clone(),
        false => verdict.plain.clone(),
    };
    Some(VisitFinding {
        entry: measured.id.into(),
        indicator: indicator(&measured.judgement.measurement)?,
        passed,
        times: (!passed).then(|| times_missed(verdict)).flatten(),
        note,
    })
}

/// What a measurement speaks to: the quantity that was sold, or what else was looked at. A family that is new speaks
/// to none yet.
const fn indicator(measured: &measurement::Measurement) -> Option<&'static str> {
    use measurement::Measurement as M;
    Some(match measured {
        M::RetailWeighing(_)
        | M::SoldByMeasure(_)
        | M::ScaleTest(_)
        | M::FuelDispenser(_)
        | M::GasDispenser(_)
        | M::EvCharger(_) => "B1",
        M::VerificationMark(_) => "B2",
        M::Checklist(_) => "B4",
        M::NetContentLabel(_) | M::CMark(_) => "B5",
        M::PrepackagedLot(_) => "B6",
        M::LegalUnits(_) => "B7",
        M::Spectacles(_) | M::UncutLens(_) | M::OpticalInstrument(_) => "B8",
        _ => return None,
    })
}

/// The most that a failed check was beyond its limit, as whole multiples of the limit.
fn times_missed(verdict: &Verdict) -> Option<u32> {
    let failed = verdict.findings.iter().filter(|finding| {
        finding.result == CheckResult::Fails
            && matches!(finding.comparison, Comparison::AtMost | Comparison::Within)
    });
    failed
        .filter_map(|finding| {
            let (measured, limit) = (finding.measured.as_ref()?, finding.limit.as_ref()?);
            let times = measured.value().checked_div(limit.value())?;
            times.abs().trunc().to_u32()
        })
        .max()
}
