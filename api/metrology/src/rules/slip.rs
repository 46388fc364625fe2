//! How far a value may lie from what it is checked against before it is taken for a slip.

use rust_decimal::Decimal;

use super::file::Rows;
use super::{BandProblem, RuleError};

rows! {
    /// One edition of the convention, by family and by what is compared in several.
    pub struct SlipRules {
        /// Goods sold by weight, volume, length or piece: found against settled.
        pub retail_weighing: SlipRow,
        /// A package: its content against the labelled quantity.
        pub prepackaged_lot: SlipRow,
        /// A scale: the indication against the load, in its intervals `e`.
        pub scale_test: SlipRow,
        /// An empty scale, or one at its net zero: the indication against what lies on it, in `e`.
        pub scale_zero: SlipRow,
        /// A fuel dispenser: the volume shown against that of the measure.
        pub fuel_dispenser: SlipRow,
        /// What the neck of a measure holds against the measure.
        pub measure_neck: SlipRow,
        /// A gas dispenser: the mass shown against the reference.
        pub gas_dispenser: SlipRow,
        /// A charger: the energy shown against the reference.
        pub ev_charger: SlipRow,
        /// Spectacles: found against prescribed, in dioptres; of prism in prism dioptres.
        pub spectacles: SlipRow,
        /// An uncut lens: found against stated, in dioptres.
        pub uncut_lens: SlipRow,
        /// An axis: found against prescribed, or read against the standard, in degrees.
        pub axis: SlipRow,
        /// An optician's instrument: its reading against the standard, in dioptres; of prism in prism dioptres.
        pub optical_instrument: SlipRow,
        /// A verification: the period that is printed against that of the catalogue.
        pub verification_mark: SlipRow,
        /// A sum shown or paid against price times quantity, in yuan.
        pub money: SlipRow,
        /// The oil at the nozzle against the oil in the measure, in °C.
        pub oil_temperature: SlipRow,
        /// What is no repetition of another value, but of its size: a height of letters, a distance of
        /// centres, a deficiency of a product standard, a tare beside the other tares of a lot.
        pub size: SlipRow,
        /// The error of an instrument, or the step in which it shows, against what was measured with it.
        pub error: SlipRow,
    }

    /// What is doubtful, and what cannot be.
    pub struct SlipRow {
        /// More than so many times the value it is checked against, or less than that part of it, is
        /// doubtful. Of an error: more than that part.
        pub doubtful: Option<Decimal>,
        /// More than so many times it is refused whatever the caller confirms.
        pub absurd: Option<Decimal>,
        /// A factor alone makes nothing doubtful up to this difference: a light load, a weak lens, small
        /// change.
        pub apart: Option<Decimal>,
        /// A difference above this is doubtful by itself.
        pub far: Option<Decimal>,
    } with source
}

impl SlipRow {
    fn is_sound(&self) -> bool {
        let is_factor = self.doubtful.is_none_or(|factor| factor > Decimal::ONE);
        let least = self.doubtful.unwrap_or(Decimal::ONE);
        let is_said = self.doubtful.is_some() || self.far.is_some();
        is_said && is_factor && self.absurd.is_none_or(|factor| factor > least)
    }
}

impl Rows for SlipRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        let rows = [
            ("retail_weighing", &self.retail_weighing),
            ("prepackaged_lot", &self.prepackaged_lot),
            ("scale_test", &self.scale_test),
            ("scale_zero", &self.scale_zero),
            ("fuel_dispenser", &self.fuel_dispenser),
            ("measure_neck", &self.measure_neck),
            ("gas_dispenser", &self.gas_dispenser),
            ("ev_charger", &self.ev_charger),
            ("spectacles", &self.spectacles),
            ("uncut_lens", &self.uncut_lens),
            ("axis", &self.axis),
            ("optical_instrument", &self.optical_instrument),
            ("verification_mark", &self.verification_mark),
            ("money", &self.money),
            ("oil_temperature", &self.oil_temperature),
            ("size", &self.size),
            ("error", &self.error),
        ];
        match rows.into_iter().find(|(_, row)| !row.is_sound()) {
            Some((name, _)) => Err(RuleError::row(file, name, BandProblem::Unsorted)),
            None => Ok(()),
        }
    }
}
