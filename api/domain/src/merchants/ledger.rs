//! What can be asked of an instrument on a ledger: added, moved, retired, verified again.

use super::{
    instrument::{Instrument, InstrumentKind},
    merchant::Merchant,
};
use crate::{
    commands,
    event::Event,
    id::{InstrumentId, MerchantId},
    limits::{ACCURACY_CLASS_CHARS, CERTIFICATE_CHARS, DECIMAL_CHARS},
    metrology::quantity::Gram,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::{Machine, Step},
    text::{Line, Text},
};
use chrono::NaiveDate;
use serde::Serialize;

/// Accuracy classes of weighing instruments in trade (JJG 539-2016, as OIML R 76-1: medium and ordinary).
const ACCURACY_CLASSES: [&str; 2] = ["III", "IIII"];

/// What the plate of an instrument says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plate {
    /// What it is.
    pub kind: InstrumentKind,
    /// Maker's model.
    pub model: Line,
    /// Maker's serial number.
    pub serial: Line,
    /// Accuracy class of a scale.
    pub accuracy_class: Option<Text<ACCURACY_CLASS_CHARS>>,
    /// Verification scale interval e of a scale, in grams, exact decimal text.
    pub e_g: Option<Text<DECIMAL_CHARS>>,
    /// Maximum capacity of a scale, in grams, exact decimal text.
    pub max_g: Option<Text<DECIMAL_CHARS>>,
}

/// A certificate of verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Its number.
    pub number: Text<CERTIFICATE_CHARS>,
    /// The day of the verification.
    pub verified_on: NaiveDate,
    /// The last day that is printed on it; without one the interval of the kind counts.
    pub valid_until: Option<NaiveDate>,
}

commands! {
    /// What makes an entry of a ledger.
    NewInstrument:

    /// Put an instrument on a merchant's ledger.
    AddInstrument {
        /// Whose ledger.
        merchant: MerchantId,
        /// What its plate says.
        plate: Plate,
        /// Its certificate, if it has one.
        certificate: Option<Certificate>,
    } => KeepRegister;
}

commands! {
    /// What can be asked of an instrument on a ledger.
    Command:

    /// Note that another merchant uses it now.
    MoveInstrument {
        /// Who.
        to: MerchantId,
    } => KeepRegister;
    /// Note that nobody uses it any more.
    RetireInstrument {
        /// Since when.
        on: NaiveDate,
        /// Why.
        reason: Line,
    } => KeepRegister;
    /// Note that it was verified again.
    ReverifyInstrument {
        /// The new certificate.
        certificate: Certificate,
    } => KeepRegister;
}

/// What else a step on an instrument needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The day.
    pub today: NaiveDate,
    /// The merchant that the command names, if it is on the register.
    pub to: Option<Merchant>,
}

impl Plate {
    /// Refuses a class that no scale in trade has, and what is no mass.
    pub fn check(&self) -> Result<(), Refusal> {
        if let Some(class) = &self.accuracy_class
            && !ACCURACY_CLASSES.contains(&class.as_str())
        {
            return Err(Refusal::on(Code::OutOfRange, "accuracyClass"));
        }
        for (grams, field) in [(&self.e_g, "eGrams"), (&self.max_g, "maxGrams")] {
            if let Some(grams) = grams
                && !Gram::parse(grams.as_str()).is_ok_and(|mass| !mass.is_zero())
            {
                return Err(Refusal::on(Code::FieldFormat, field));
            }
        }
        Ok(())
    }

    /// The entry of a ledger.
    #[must_use]
    pub fn on_ledger(self, id: InstrumentId, merchant: MerchantId) -> Instrument {
        let Self {
            kind,
            model,
            serial,
            accuracy_class,
            e_g,
            max_g,
        } = self;
        Instrument {
            id,
            merchant,
            kind,
            model: model.to_string(),
            serial: serial.to_string(),
            accuracy_class: accuracy_class.map(|class| class.to_string()),
            e_g: e_g.map(|grams| grams.to_string()),
            max_g: max_g.map(|grams| grams.to_string()),
            verified_on: None,
            valid_until: None,
            certificate_no: None,
            retired: None,
            version: 1,
        }
    }
}

impl Certificate {
    /// Refuses a verification that has not happened, and one that is over before it.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.verified_on > today {
            return Err(Refusal::on(Code::TimeInFuture, "verifiedOn"));
        }
        if self.valid_until.is_some_and(|last| last < self.verified_on) {
            return Err(Refusal::on(Code::OutOfRange, "validUntil"));
        }
        Ok(())
    }
}

impl Instrument {
    /// The same with a certificate.
    #[must_use]
    pub fn certified(self, certificate: Certificate) -> Self {
        let Certificate {
            number,
            verified_on,
            valid_until,
        } = certificate;
        Self {
            verified_on: Some(verified_on),
            valid_until,
            certificate_no: Some(number.to_string()),
            ..self
        }
    }
}

impl Machine for Instrument {
    type Command = Command;
    type Setting = Setting;

    fn take(
        mut self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::KeepRegister)?;
        if self.retired.is_some() {
            return Err(Refusal::of(Code::InstrumentRetired));
        }
        let (instrument, merchant) = (self.id, self.merchant);
        let (after, event) = match command {
            Command::MoveInstrument { to } => {
                let new = setting.to.as_ref();
                let new = new.ok_or(Refusal::on(Code::MerchantUnknown, "toMerchantId"))?;
                new.is_open("toMerchantId")?;
                self.merchant = to;
                (
                    self,
                    Event::InstrumentMoved {
                        instrument,
                        former: merchant,
                        merchant: to,
                    },
                )
            }
            Command::RetireInstrument { on, reason } => {
                if on > setting.today {
                    return Err(Refusal::on(Code::TimeInFuture, "on"));
                }
                self.retired = Some((on, reason));
                (
                    self,
                    Event::InstrumentRetired {
                        instrument,
                        merchant,
                    },
                )
            }
            Command::ReverifyInstrument { certificate } => {
                certificate.check(setting.today)?;
                // A certificate that is older than the one on the ledger says nothing new.
                if self
                    .verified_on
                    .is_some_and(|known| certificate.verified_on < known)
                {
                    return Err(Refusal::on(Code::TimeTooOld, "verifiedOn"));
                }
                (
                    self.certified(certificate),
                    Event::InstrumentReverified {
                        instrument,
                        merchant,
                    },
                )
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
