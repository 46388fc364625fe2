//! What is recorded on site, and what the closed record says about the merchant's grade. Signature or
//! the reason for its absence: Order 2, articles 28 and 43.

use super::{
    command::Setting,
    judging,
    visit::{
        Entry, InstrumentCheck, Measurement, Seal, Signature, Visit, VisitFinding, VisitState,
    },
};
use crate::{
    evidence::photo::{self, DeclaredPhoto, PhotoKind, PhotoOwner},
    id::{CommandId, InstrumentId, MeasurementId, UserId},
    law::calendar::shanghai_date,
    limits::PHOTOS_PER_OWNER,
    merchants::{instrument::Instrument, ledger::Plate},
    metrology::{
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

impl Visit {
    /// Notes a verification mark and a seal, and what follows for today.
    pub(super) fn check_instrument(
        mut self,
        permit: &Permit,
        (id, seen): (
            CommandId,
            (InstrumentId, Option<NaiveDate>, Seal, Option<Line>),
        ),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let by = self.recorder(permit)?;
        ledger(setting)?;
        let (instrument, mark_valid_until, seal, note) = seen;
        let check = InstrumentCheck {
            instrument,
            mark_valid_until,
            seal,
            note,
            status: verification::status(mark_valid_until, shanghai_date(setting.now)),
            by,
        };
        self.entry = Some(Entry::Check { id, check });
        Ok(self)
    }

    /// What stands on a stall and in no ledger comes on the merchant's, as its plate says; no verification is known of it.
    pub(super) fn add_seen(
        mut self,
        permit: &Permit,
        (id, plate): (InstrumentId, Plate),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        self.recorder(permit)?;
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
        (id, instrument, mut input): (
            MeasurementId,
            Option<InstrumentId>,
            measurement::Measurement,
        ),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let by = self.recorder(permit)?;
        if instrument.is_some() {
            let ledger = ledger(setting)?;
            if let measurement::Measurement::RetailWeighing(weighing) = &mut input {
                weighing.scale = scale_facts(ledger);
            }
        }
        let day = shanghai_date(setting.now);
        let judgement = judging::judgement(input, day, &setting.rules, &setting.standards)?;
        judging::check_named(&judgement, setting.instrument.as_ref())?;
        let measurement = Box::new(Measurement {
            id,
            visit: self.id,
            instrument,
            judgement,
            recorded_at: setting.now,
            by,
        });
        self.entry = Some(Entry::Measurement(measurement));
        Ok(self)
    }

    /// Photos are promised.
    pub(super) fn declare(
        mut self,
        permit: &Permit,
        photos: Vec<DeclaredPhoto>,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        photo::check_declarations(&photos)?;
        self.recorder(permit)?;
        if setting.photos.saturating_add(photos.len()) > PHOTOS_PER_OWNER {
            return Err(Refusal::on(Code::PhotoLimit, "photos").with(PHOTOS_PER_OWNER.to_string()));
        }
        self.entry = Some(Entry::Photos(photos));
        Ok(self)
    }

    /// The merchant signs, or the reason is noted.
    pub(super) fn sign(
        mut self,
        permit: &Permit,
        signature: Signature,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let declared = Some((PhotoOwner::Visit(self.id), PhotoKind::Signature));
        if matches!(signature, Signature::Signed { .. }) && setting.signature != declared {
            return Err(Refusal::on(Code::PhotoUnknown, "signaturePhotoId"));
        }
        self.recorder(permit)?;
        self.signature = Some(signature);
        Ok(self)
    }

    /// The inspectors close the visit. What was passed counts for the grade at once; what failed
    /// counts once a case on it is decided.
    pub(super) fn submit(mut self, permit: &Permit, setting: &Setting) -> Result<Self, Refusal> {
        permit.person(Action::SubmitVisit)?;
        self.on_site()?;
        self.check_arrivals()?;
        if setting.measurements.is_empty() && setting.checks.is_empty() {
            return Err(Refusal::of(Code::FindingRequired));
        }
        if self.signature.is_none() {
            return Err(Refusal::of(Code::SignatureRequired));
        }
        self.state = VisitState::Submitted { at: setting.now };
        self.entry = Some(Entry::Findings(findings(setting)));
        Ok(self)
    }

    fn recorder(&self, permit: &Permit) -> Result<UserId, Refusal> {
        let by = permit.person(Action::RecordFinding)?;
        self.on_site()?;
        // What somebody saw who was not there would prove nothing.
        if !self.has_arrived(by) {
            return Err(Refusal::of(Code::NotCheckedIn));
        }
        Ok(by)
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

/// What was measured, each by its own indicator. B3: seals intact.
fn findings(setting: &Setting) -> Vec<VisitFinding> {
    let sealed = |check: &InstrumentCheck| match check.seal {
        Seal::Intact => Some(true),
        Seal::Broken => Some(false),
        Seal::None => None,
    };
    let tested = setting.measurements.iter().filter_map(tested);
    let sealed = setting.checks.iter().filter_map(sealed);
    let sealed = sealed.map(|passed| VisitFinding {
        indicator: "B3",
        passed,
        times: None,
        note: Words::new("封印检查", "check of the seal"),
    });
    tested.chain(sealed).collect()
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
