//! From the neck of the measure to the error of a run.

use super::{Fuel, FuelRun, MeasureMaterial, StandardMeasure};
use crate::exact::Ratio;
use crate::quantity::{Millilitre, plain};
use crate::rules::FuelRules;
use crate::series::error_in_percent;
use crate::verdict::Grounds;

/// The constants of a point.
pub(super) struct Constants<'a> {
    measure: &'a StandardMeasure,
    beta_fuel: Ratio,
    beta_measure: Ratio,
    reference: Ratio,
}

impl<'a> Constants<'a> {
    /// Takes the constants from the rules; the outcome rests on each.
    pub(super) fn new(
        rules: &FuelRules,
        fuel: Fuel,
        measure: &'a StandardMeasure,
        grounds: &mut Grounds,
    ) -> Self {
        let beta_fuel = rules.fuel_expansion.of(fuel);
        let beta_measure = rules.measure_expansion.of(measure.material);
        let reference = &rules.reference_temperature;
        grounds.rely_on(fuel_row(fuel), beta_fuel.provenance);
        grounds.rely_on(material_row(measure.material), beta_measure.provenance);
        grounds.rely_on("reference temperature", reference.provenance);
        Self {
            measure,
            beta_fuel: beta_fuel.beta.value().into(),
            beta_measure: beta_measure.beta.value().into(),
            reference: reference.temperature.value().into(),
        }
    }

    /// Records the constants under the name of the point.
    pub(super) fn show(&self, subject: &str, grounds: &mut Grounds) {
        grounds.number_of(format!("beta_Y of {subject}"), &self.beta_fuel, "/°C");
        grounds.number_of(format!("beta_B of {subject}"), &self.beta_measure, "/°C");
    }

    /// The error of a run in per cent, with the numbers that lead there. Nothing where the measure
    /// would hold nothing, which the bounds of the input exclude.
    pub(super) fn error(
        &self,
        run: &FuelRun,
        subject: &str,
        grounds: &mut Grounds,
    ) -> Option<Ratio> {
        let neck = Ratio::from(run.neck_reading.minus(self.measure.zero_reading));
        let held = Ratio::from(self.measure.nominal.value())
            + neck * Ratio::from(self.measure.constant.value());
        let at_nozzle = Ratio::from(run.oil_at_nozzle.value());
        let in_measure = Ratio::from(run.oil_in_measure.value());
        let factor = Ratio::from(1)
            + self.beta_fuel.clone() * (at_nozzle - in_measure.clone())
            + self.beta_measure.clone() * (in_measure - self.reference.clone());
        let delivered = held.clone() * factor.clone();
        grounds.number_of(format!("V_B of {subject}"), &held, Millilitre::UNIT);
        grounds.number_of(format!("V_Bt / V_B of {subject}"), &factor, "");
        grounds.number_of(format!("V_Bt of {subject}"), &delivered, Millilitre::UNIT);
        error_in_percent(run.indicated.value().into(), &delivered)
    }
}

fn fuel_row(fuel: Fuel) -> &'static str {
    match fuel {
        Fuel::Petrol => "expansion of petrol",
        Fuel::Kerosene => "expansion of kerosene",
        Fuel::Diesel => "expansion of diesel",
    }
}

fn material_row(material: MeasureMaterial) -> &'static str {
    match material {
        MeasureMaterial::StainlessSteel => "expansion of stainless steel",
        MeasureMaterial::CarbonSteel => "expansion of carbon steel",
    }
}

/// Millilitres written as litres, exactly.
pub(super) fn litres(volume: Millilitre) -> String {
    plain(volume.value() * rust_decimal::Decimal::new(1, 3))
}
