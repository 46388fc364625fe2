//! The form of the rules for the instruments of an optician.

use super::file::Rows;
use super::lens_power::LensLimit;
use super::{Bands, Parts, Provenance, RuleError, RuleText, StageReading, ViolationCode};
use crate::law::instrument::InstrumentKind;
use crate::quantity::{DegreeDifference, Dioptre, Millimetre};

rows! {
    /// The permissible errors of the instruments of an optician.
    #[expect(
        missing_docs,
        reason = "one key for each kind of the trade; InstrumentKind says what it is"
    )]
    pub struct OpticalInstrumentRules {
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
        pub focimeter: InstrumentLimits,
        pub refractometer: InstrumentLimits,
        pub pupilometer: InstrumentLimits,
        pub trial_lens_set: InstrumentLimits,
        pub phoropter: InstrumentLimits,
        pub keratometer: InstrumentLimits,
        /// How a verification is judged, of which the sources say nothing of its own.
        pub stages: StageReading,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }
}

impl OpticalInstrumentRules {
    /// The limits of a kind of instrument; nothing for one that is not of the trade.
    pub fn of_kind(&self, kind: InstrumentKind) -> Option<&InstrumentLimits> {
        Some(match kind {
            InstrumentKind::Focimeter => &self.focimeter,
            InstrumentKind::Refractometer => &self.refractometer,
            InstrumentKind::Pupilometer => &self.pupilometer,
            InstrumentKind::TrialLensSet => &self.trial_lens_set,
            InstrumentKind::Phoropter => &self.phoropter,
            InstrumentKind::Keratometer => &self.keratometer,
            _ => return None,
        })
    }
}

rows! {
    /// The permissible errors of one kind of instrument; what is absent is not known.
    pub struct InstrumentLimits {
        /// The verification regulation.
        pub regulation: RuleText,
        /// Whether the instrument must be verified by law.
        pub is_mandatory: bool,
        /// How well regulation and duty are known.
        pub provenance: Provenance,
        /// Where they are from.
        pub source: RuleText,
        /// Without a lens, in dioptres, by the resolution of the instrument.
        pub zero: Option<Bands<Dioptre>>,
        /// Of a power, in dioptres, by the power of the standard lens.
        pub sphere: Option<Bands<Dioptre>>,
        /// Of a cylinder, in dioptres.
        pub cylinder: Option<LensLimit<Dioptre>>,
        /// Of an axis, in degrees.
        pub axis: Option<LensLimit<DegreeDifference>>,
        /// Of a pupillary distance, in millimetres.
        pub pupillary_distance: Option<LensLimit<Millimetre>>,
    }
}

impl InstrumentLimits {
    fn check(&self, file: &str, kind: &str) -> Result<(), RuleError> {
        let named = |table: &str| format!("{kind}.{table}");
        for (table, bands) in [("zero", &self.zero), ("sphere", &self.sphere)] {
            let Some(bands) = bands else { continue };
            bands.check_with_limits(file, &named(table))?;
        }
        if let Some(row) = &self.cylinder {
            row.check(file, &named("cylinder"))?;
        }
        if let Some(row) = &self.axis {
            row.check(file, &named("axis"))?;
        }
        match &self.pupillary_distance {
            Some(row) => row.check(file, &named("pupillary_distance")),
            None => Ok(()),
        }
    }
}

impl Rows for OpticalInstrumentRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.focimeter.check(file, "focimeter")?;
        self.refractometer.check(file, "refractometer")?;
        self.pupilometer.check(file, "pupilometer")?;
        self.trial_lens_set.check(file, "trial_lens_set")?;
        self.phoropter.check(file, "phoropter")?;
        self.keratometer.check(file, "keratometer")?;
        self.parts.check(file)
    }
}
