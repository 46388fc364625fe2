//! The tolerable deficiency T of one lot.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Content, Nominal, PrepackagedLot};
use crate::input::{InputError, InputProblem};
use crate::quantity::{Kind, Quantity};
use crate::refusal::JudgeError;
use crate::rules::{
    DeficiencyRules, DeficiencyTable, Edition, RoundingMode, RoundingRow, RuleText, SamplingRules,
    Tolerable,
};
use crate::slip::Slips;
use crate::verdict::{Grounds, Rounding};

/// The tolerable deficiency of the lot in the base unit of Qn: the product standard's own where there
/// is one, else that of the table, rounded as commanded. One that lies far from the table's is doubtful.
pub(super) fn tolerable(
    edition: Edition<'_, DeficiencyRules>,
    sampling: &SamplingRules,
    lot: &PrepackagedLot,
    (grounds, slips): (&mut Grounds, &mut Slips<'_>),
) -> Result<Decimal, JudgeError> {
    let general = by_table(edition.rules, lot.nominal, grounds)?;
    let Some(own) = &lot.own_deficiency else {
        grounds.number("T", general, lot.nominal.content().unit());
        return Ok(general);
    };
    let refuse = |problem| InputError::at("own_deficiency.deficiency", problem);
    let Some(rule) = &sampling.own_deficiency else {
        let why = "these rules know no deficiency of a product standard";
        return Err(InputError::at("own_deficiency", InputProblem::Contradicts { why }).into());
    };
    let (qn, own) = (lot.nominal.content(), own.deficiency);
    if !own.is_of_kind(qn) {
        let why = "it is of another kind than the labelled quantity";
        return Err(refuse(InputProblem::Contradicts { why }).into());
    }
    if own.value() >= qn.value() {
        let why = "a deficiency is less than the labelled quantity";
        return Err(refuse(InputProblem::Absurd { why }).into());
    }
    let field = "own_deficiency.deficiency";
    slips.check(|rules| &rules.size, field, own.value(), general)?;
    grounds.rely_on("T of the product standard", rule.provenance);
    grounds.number("T of the general table", general, qn.unit());
    grounds.number("T", own.value(), qn.unit());
    Ok(own.value())
}

fn by_table(
    rules: &DeficiencyRules,
    nominal: Nominal,
    grounds: &mut Grounds,
) -> Result<Decimal, JudgeError> {
    let found = match nominal {
        Nominal::Mass { qn } => at(Some(&rules.mass), rules.mass_rounding.as_ref(), qn, grounds),
        Nominal::Volume { qn } => {
            let rounding = rules.volume_rounding.as_ref();
            at(Some(&rules.volume), rounding, qn, grounds)
        }
        Nominal::Length { qn } => at(rules.length.as_ref(), None, qn, grounds),
        Nominal::Area { qn } => at(rules.area.as_ref(), None, qn, grounds),
        Nominal::Count { qn } => {
            let rounding = rules.count_rounding.as_ref();
            at(rules.count.as_ref(), rounding, qn, grounds)
        }
    };
    let why = "the labelled quantity lies outside the table of tolerable deficiencies";
    let refuse = || InputError::at("nominal.qn", InputProblem::OutOfScope { why });
    Ok(found.ok_or_else(refuse)?)
}

/// T by its band; nothing where the table does not reach.
fn at<K: Kind>(
    table: Option<&DeficiencyTable<Quantity<K>>>,
    rounding: Option<&RoundingRow<Quantity<K>>>,
    qn: Quantity<K>,
    grounds: &mut Grounds,
) -> Option<Decimal> {
    let band = table?.at(qn)?;
    grounds.rely_on(&row_name(&band.source, &band.range("Qn")), band.provenance);
    let exact = band.limit.of(qn);
    let (Tolerable::Share(_), Some(row)) = (band.limit, rounding) else {
        return Some(exact);
    };
    grounds.number("T before rounding", exact, Quantity::<K>::UNIT);
    grounds.rely_on(&row_name(&row.source, "rounding of T"), row.provenance);
    let (strategy, recorded) = match row.mode {
        RoundingMode::Gbt8170 => (RoundingStrategy::MidpointNearestEven, Rounding::HalfEven),
        RoundingMode::HalfUp => (RoundingStrategy::MidpointAwayFromZero, Rounding::HalfUp),
        RoundingMode::Up => (RoundingStrategy::AwayFromZero, Rounding::Up),
    };
    grounds.rounded_by(recorded);
    let step = row.step_for(qn).value();
    let steps = exact.checked_div(step)?;
    Some(steps.round_dp_with_strategy(0, strategy) * step)
}

fn row_name(source: &RuleText, row: &str) -> String {
    format!("{source}: {row}")
}

impl Content {
    /// Whether both are quantities of the same kind.
    pub(super) fn is_of_kind(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}
