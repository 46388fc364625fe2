//! What can be asked of a visit, and which step answers.

use super::{
    arrival::{PartyMet, Whereabouts},
    occurred::{Claim, Occurred},
    origin::Origin,
    signing::Signature,
    standard::ReferenceStandard,
    visit::{InstrumentCheck, Measurement, Seal, Team, Visit, VisitState},
};
use crate::{
    commands,
    event::Event,
    evidence::{
        digest::Sha256,
        photo::{DeclaredPhoto, PhotoKind, PhotoOwner},
    },
    id::{EntryId, InstrumentId, MeasurementId, MerchantId, PhotoId, ReportId, UserId},
    merchants::{instrument::Instrument, ledger::Plate},
    metrology::{document::Document, rules::RuleSet},
    policy::Permit,
    refusal::Refusal,
    step::{Machine, Step},
    text::{Line, Reason},
};
use chrono::{DateTime, NaiveDate, Utc};
use std::{collections::BTreeSet, sync::Arc};

commands! {
    /// What makes a visit.
    NewVisit:

    /// Send inspectors to a merchant.
    DispatchVisit {
        /// The report behind it.
        report: ReportId,
        /// The merchant to visit.
        merchant: MerchantId,
        /// The inspectors.
        inspectors: Vec<UserId>,
    } => DispatchVisit;
    /// Send inspectors to a merchant without a report.
    DispatchInspection {
        /// Why.
        origin: Origin,
        /// The merchant to visit.
        merchant: MerchantId,
        /// The inspectors.
        inspectors: Vec<UserId>,
    } => DispatchInspection;
}

commands! {
    /// What can be asked of a visit.
    Command:

    /// Note that an inspector arrived.
    CheckIn {
        /// When, by the phone.
        occurred: Claim,
        /// Where, or why that is not known.
        #[serde(rename = "position")]
        place: Whereabouts,
        /// Whom the officer met; a phone that does not ask says nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        party: Option<PartyMet>,
    } => CheckIn;
    /// Get the passport that is shown at the door.
    MakePassport => CheckIn;
    /// Send others in the place of inspectors.
    ReplaceInspectors {
        /// Who goes from now on.
        inspectors: Vec<UserId>,
        /// Why.
        reason: Reason,
    } => ReplaceInspectors;
    /// Note an instrument's mark and seal.
    CheckInstrument {
        /// The write, which names the check too.
        check: EntryId,
        /// The instrument on the ledger.
        instrument: InstrumentId,
        /// The last day on the mark; none if there is no readable mark.
        mark_valid_until: Option<NaiveDate>,
        /// The seal.
        seal: Seal,
        /// A note.
        note: Option<Line>,
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Put an instrument on the merchant's ledger that is on no ledger.
    AddSeenInstrument {
        /// The new entry; also names the write.
        instrument: InstrumentId,
        /// What its plate says.
        plate: Plate,
        /// When it was seen, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Judge a measurement of any family and keep it with its verdict.
    SubmitMeasurement {
        /// The new measurement; also names the write.
        measurement: MeasurementId,
        /// The merchant's instrument that was measured, or that the goods were sold on.
        instrument: Option<InstrumentId>,
        /// What was measured.
        input: Box<Document>,
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Say that an entry of the record is void.
    VoidFinding {
        /// The entry.
        entry: EntryId,
        /// Why.
        reason: Reason,
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Put another measurement in the place of one that was recorded by mistake.
    CorrectFinding {
        /// The new measurement; also names the write.
        measurement: MeasurementId,
        /// The former one.
        former: MeasurementId,
        /// Why.
        reason: Reason,
        /// The merchant's instrument that was measured, or that the goods were sold on.
        instrument: Option<InstrumentId>,
        /// What was measured.
        input: Box<Document>,
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Promise photos.
    DeclarePhotos {
        /// The photos.
        photos: Vec<DeclaredPhoto>,
        /// When they were taken, by the phone.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        taken: Vec<(PhotoId, Claim)>,
        /// When they were promised, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Take the merchant's signature, or the reason why there is none.
    SignRecord {
        /// Which of the two.
        signature: Signature,
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
    /// Close the visit.
    SubmitVisit {
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => SubmitVisit;
    /// Open it again.
    ReopenVisit {
        /// Why.
        reason: Reason,
        /// When, by the phone.
        #[serde(skip_serializing_if = "Option::is_none")]
        occurred: Option<Claim>,
    } => RecordFinding;
}

/// What else a step on a visit needs to know. What the command does not name stays empty.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// When what the command tells was done.
    pub occurred: Occurred,
    /// The number of the certificate of whoever arrives.
    pub certificate_no: Option<String>,
    /// The rules that measurements are judged by.
    pub rules: Arc<RuleSet>,
    /// The instrument that the command names, if it is on the merchant's ledger.
    pub instrument: Option<Instrument>,
    /// Whether an instrument with the plate that the command tells is on a ledger.
    pub is_listed: bool,
    /// The standards that the measurement was made with, as far as they are on a register.
    pub standards: Vec<ReferenceStandard>,
    /// Whose photo the signature is, and what it shows; none if nobody declared it.
    pub signature: Option<(PhotoOwner, PhotoKind)>,
    /// Those who are named to go, if they may be sent.
    pub team: Option<Team>,
    /// Those of the team who may go on: inspectors with certificates whom nothing keeps away.
    pub able: BTreeSet<UserId>,
    /// How many photos the visit owes already.
    pub photos: usize,
    /// The measurements so far, with those that are void.
    pub measurements: Vec<Measurement>,
    /// The instruments looked at so far, with what is void of it.
    pub checks: Vec<InstrumentCheck>,
    /// The digest of the record as it is, for a signature.
    pub record: Option<Sha256>,
    /// Whether a case was filed on the visit, or a head decided that none is.
    pub has_case: bool,
    /// Whether inspectors go to the merchant for the same reason once more.
    pub is_made_again: bool,
    /// Whether a case on the visit is decided or over.
    pub is_relied_on: bool,
}

impl Setting {
    /// One that knows the moment and the rules, and nothing else.
    #[must_use]
    pub fn at(now: DateTime<Utc>, rules: Arc<RuleSet>) -> Self {
        Self {
            now,
            occurred: Occurred::heard(now),
            certificate_no: None,
            rules,
            instrument: None,
            is_listed: false,
            standards: Vec::new(),
            signature: None,
            team: None,
            able: BTreeSet::new(),
            photos: 0,
            measurements: Vec::new(),
            checks: Vec::new(),
            record: None,
            has_case: false,
            is_made_again: false,
            is_relied_on: false,
        }
    }
}

impl Visit {
    /// That somebody arrived, the first one or another one.
    fn arrived(&self) -> Event {
        let (visit, report) = (self.id, self.origin.report());
        match self.state {
            VisitState::Dispatched => Event::VisitCheckedIn { visit, report },
            _ => Event::OfficerArrived { visit },
        }
    }

    /// That it is closed.
    fn submitted(&self) -> Event {
        Event::VisitSubmitted {
            visit: self.id,
            report: self.origin.report(),
            merchant: self.merchant,
        }
    }
}

impl Machine for Visit {
    type Command = Command;
    type Setting = Setting;

    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let (visit, merchant) = (self.id, self.merchant);
        let (after, event) = match command {
            Command::CheckIn { place, party, .. } => {
                let event = self.arrived();
                (self.check_in(permit, (place, party), setting)?, event)
            }
            Command::MakePassport => (self.make_passport(permit)?, Event::PassportMade { visit }),
            Command::ReplaceInspectors { reason, .. } => (
                self.replace_inspectors(permit, reason, setting)?,
                Event::InspectorsReplaced { visit },
            ),
            Command::CheckInstrument {
                check,
                instrument,
                mark_valid_until,
                seal,
                note,
                ..
            } => {
                let seen = (instrument, mark_valid_until, seal, note);
                let event = Event::InstrumentChecked { visit };
                (
                    self.check_instrument(permit, (check, seen), setting)?,
                    event,
                )
            }
            Command::SubmitMeasurement {
                measurement,
                instrument,
                input,
                ..
            } => (
                self.measure(permit, (measurement, instrument, *input), setting)?,
                Event::MeasurementRecorded { measurement },
            ),
            Command::VoidFinding { entry, reason, .. } => (
                self.void_finding(permit, (entry, reason), setting)?,
                Event::FindingVoided { visit, merchant },
            ),
            Command::CorrectFinding {
                measurement,
                former,
                reason,
                instrument,
                input,
                ..
            } => {
                let (why, measured) = ((measurement, former, reason), (instrument, *input));
                (
                    self.correct_finding(permit, why, measured, setting)?,
                    Event::FindingCorrected { visit, merchant },
                )
            }
            Command::AddSeenInstrument {
                instrument, plate, ..
            } => (
                self.add_seen(permit, (instrument, plate), setting)?,
                Event::InstrumentAdded {
                    instrument,
                    merchant,
                },
            ),
            Command::DeclarePhotos { photos, .. } => (
                self.declare(permit, photos, setting)?,
                Event::PhotosDeclared { visit },
            ),
            Command::SignRecord { signature, .. } => (
                self.sign(permit, signature, setting)?,
                Event::RecordSigned { visit },
            ),
            Command::ReopenVisit { reason, .. } => (
                self.reopen(permit, reason, setting)?,
                Event::VisitReopened { visit, merchant },
            ),
            Command::SubmitVisit { .. } => {
                let event = self.submitted();
                (self.submit(permit, setting)?, event)
            }
        };
        Ok(Step {
            after,
            event,
            clocks: Vec::new(),
            paper: None,
        })
    }
}
