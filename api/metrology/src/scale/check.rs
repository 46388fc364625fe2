//! What no test of a scale can say. Refused before anything is judged.

use super::{
    LoadReceptor, ScalePlate, ScaleReading, ScaleTest, TestWeights, WeighingRange, modes, tare,
};
use crate::input::{Checked, InputError, InputProblem, absurd, contradiction, count, positive};
use crate::quantity::Gram;

/// Refuses impossible input, by field.
pub(super) fn check(input: &ScaleTest) -> Checked {
    check_plate(&input.plate)?;
    check_weighing(input)?;
    check_weights(&input.weights, &input.weighing)?;
    if let Some(zero) = &input.zero {
        check_reading("zero", &input.plate, zero)?;
    }
    check_eccentricity(input)?;
    check_repeatability(input)?;
    check_discrimination(input)?;
    tare::check(input)?;
    for (index, row) in input.tare.iter().enumerate() {
        check_reading(&format!("tare[{index}]"), &input.plate, &row.reading())?;
    }
    modes::check(input)?;
    check_price(input)
}

fn check_plate(plate: &ScalePlate) -> Checked {
    count("plate.ranges", plate.ranges.len(), (1, 5))?;
    let mut before: Option<WeighingRange> = None;
    for (index, range) in plate.ranges.iter().enumerate() {
        let at = |name: &str| format!("plate.ranges[{index}].{name}");
        positive(at("e"), range.e.is_zero())?;
        positive(at("d"), range.d().is_zero())?;
        contradiction(at("d"), range.d() > range.e, "d is above e")?;
        let why = "Max is not above the interval e";
        absurd(at("max"), range.max <= range.e, why)?;
        if let Some(before) = before {
            let why = "partial ranges are listed finest first";
            contradiction(at("e"), range.e <= before.e, why)?;
            contradiction(at("max"), range.max <= before.max, why)?;
        }
        before = Some(*range);
    }
    if let Some(min) = plate.min {
        positive("plate.min", min.is_zero())?;
        contradiction("plate.min", min >= plate.max(), "Min is not below Max")?;
    }
    positive(
        "plate.additive_tare",
        plate.additive_tare.is_some_and(Gram::is_zero),
    )?;
    positive("plate.supports", plate.supports == 0)
}

/// The load of any test is never above Max.
fn check_load(field: String, plate: &ScalePlate, load: Gram) -> Checked {
    contradiction(field, load > plate.max(), "the load is above Max")
}

fn check_reading(field: &str, plate: &ScalePlate, reading: &ScaleReading) -> Checked {
    check_load(format!("{field}.load"), plate, reading.load)?;
    let at = format!("{field}.indication");
    let is_absurd = reading.indication.minus(plate.max()) > plate.max().value();
    absurd(at, is_absurd, "the indication is more than twice Max")?;
    let (Some(added), Some(range)) = (reading.added_small_weights, plate.range_of(reading.load))
    else {
        return Ok(());
    };
    let at = format!("{field}.added_small_weights");
    let why = "P = I + 0.5 e − ΔL holds for d = e only";
    contradiction(at.clone(), range.d() != range.e, why)?;
    let why = "an indication changes before a whole interval e is added";
    absurd(at, added > range.e, why)
}

fn check_weighing(input: &ScaleTest) -> Checked {
    count("weighing", input.weighing.len(), (1, 60))?;
    for (index, reading) in input.weighing.iter().enumerate() {
        let field = format!("weighing[{index}]");
        positive(format!("{field}.load"), reading.load.is_zero())?;
        check_reading(&field, &input.plate, reading)?;
    }
    Ok(())
}

fn check_weights(weights: &TestWeights, weighing: &[ScaleReading]) -> Checked {
    count("weights.pieces", weights.pieces.len(), (1, 600))?;
    for (index, piece) in weights.pieces.iter().enumerate() {
        positive(format!("weights.pieces[{index}]"), piece.is_zero())?;
    }
    let sum: rust_decimal::Decimal = weights.pieces.iter().map(|piece| piece.value()).sum();
    let greatest = weighing.iter().map(|reading| reading.load).max();
    let is_other = greatest.is_some_and(|load| load.value() != sum);
    let why = "the weights do not add up to the greatest load of the weighing test";
    contradiction("weights.pieces", is_other, why)
}

fn check_eccentricity(input: &ScaleTest) -> Checked {
    count("eccentricity", input.eccentricity.len(), (0, 24))?;
    let why = "a hook bears no load off centre";
    let is_hook = input.plate.receptor == LoadReceptor::Hook;
    contradiction(
        "eccentricity",
        is_hook && !input.eccentricity.is_empty(),
        why,
    )?;
    for (index, place) in input.eccentricity.iter().enumerate() {
        let field = format!("eccentricity[{index}]");
        let is_repeated = input.eccentricity[..index]
            .iter()
            .any(|other| other.position == place.position);
        if is_repeated {
            let at = format!("{field}.position");
            return Err(InputError::at(at, InputProblem::Repeated));
        }
        positive(format!("{field}.load"), place.load.is_zero())?;
        check_reading(&field, &input.plate, &place.reading())?;
    }
    Ok(())
}

fn check_repeatability(input: &ScaleTest) -> Checked {
    count("repeatability", input.repeatability.len(), (0, 6))?;
    for (index, load) in input.repeatability.iter().enumerate() {
        let field = format!("repeatability[{index}]");
        positive(format!("{field}.load"), load.load.is_zero())?;
        check_load(format!("{field}.load"), &input.plate, load.load)?;
        let at = format!("{field}.indications");
        count(&at, load.indications.len(), (2, 20))?;
    }
    Ok(())
}

fn check_discrimination(input: &ScaleTest) -> Checked {
    count("discrimination", input.discrimination.len(), (0, 12))?;
    for (index, trial) in input.discrimination.iter().enumerate() {
        let field = format!("discrimination[{index}]");
        check_load(format!("{field}.load"), &input.plate, trial.load)?;
        positive(format!("{field}.extra"), trial.extra.is_zero())?;
    }
    Ok(())
}

fn check_price(input: &ScaleTest) -> Checked {
    count("price", input.price.len(), (0, 60))?;
    for (index, price) in input.price.iter().enumerate() {
        let field = format!("price[{index}]");
        positive(format!("{field}.unit_price"), price.unit_price.is_zero())?;
        positive(format!("{field}.net"), price.net.is_zero())?;
        check_load(format!("{field}.net"), &input.plate, price.net)?;
    }
    Ok(())
}
