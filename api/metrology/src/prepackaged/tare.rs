//! Whether a mean tare may stand for every tare, and whether the balance is fine enough.

use rust_decimal::Decimal;

use super::{Content, Package, PrepackagedLot, TareTest};
use crate::exact::Ratio;
use crate::input::Checked;
use crate::quantity::{Amount, Gram};
use crate::rules::{SamplingRules, TareRow};
use crate::slip::Slips;
use crate::verdict::{Bars, Grounds, Words};

/// A share in hundredths as a fraction.
const HUNDREDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Whether the mean tare may serve, where one is used; says what is missing where it may not. Gives how much more a
/// content may be than was found, in the unit of the label: no package holds more than its gross mass, whatever its tare is.
pub(super) fn check_tare(
    rules: &SamplingRules,
    lot: &PrepackagedLot,
    t: Decimal,
    grounds: &mut Grounds,
) -> Decimal {
    let is_used = |package: &Package| matches!(package, Package::GrossAverageTare { .. });
    let Some(test) = &lot.tare_test else {
        return Decimal::ZERO;
    };
    if !lot.packages.iter().any(is_used) {
        let zh = "皮重测定未采用：没有一件以平均皮重计算。";
        let en = "The tares were not used: of no package is the mean tare taken off.";
        grounds.note("TARE_TEST_NOT_USED", Words::new(zh, en));
        return Decimal::ZERO;
    }
    let Some(row) = &rules.tare else {
        let zh = "未见该规则关于平均皮重的规定";
        let en = "what these rules ask of a mean tare is not known";
        grounds.obstacle(Bars::Measured, "TARE_RULE_UNKNOWN", Words::new(zh, en));
        return Decimal::ZERO;
    };
    grounds.rely_on(&format!("{}: mean tare", row.source), row.provenance);
    let masses = (mass_of(lot, lot.nominal.content().value()), mass_of(lot, t));
    if is_mean_enough(row, test, masses, grounds) {
        return Decimal::ZERO;
    }
    // The heaviest tare is not lighter than their mean.
    let heaviest = test
        .tares
        .iter()
        .max()
        .map_or(Decimal::ZERO, |tare| tare.value());
    content_of(lot, heaviest).unwrap_or(heaviest)
}

/// Refuses a tare that looks like a slip beside the others: the packages of a lot are packed alike.
pub(super) fn doubt(lot: &PrepackagedLot, slips: &mut Slips<'_>) -> Checked {
    let of_package = |(index, package): (usize, &Package)| match package {
        Package::Gross { tare, .. } => Some((index, tare.value())),
        _ => None,
    };
    let packages = lot.packages.iter().enumerate().filter_map(of_package);
    check_alike(packages.collect(), ("packages", ".tare"), slips)?;
    let tested = lot.tare_test.iter().flat_map(|test| &test.tares);
    let tested = tested.map(|tare| tare.value()).enumerate();
    check_alike(tested.collect(), ("tare_test.tares", ""), slips)
}

/// Holds each tare against the middle one; `before` and `behind` stand around the number of its row.
fn check_alike(
    mut tares: Vec<(usize, Decimal)>,
    (before, behind): (&str, &str),
    slips: &mut Slips<'_>,
) -> Checked {
    tares.sort_unstable_by_key(|(_, tare)| *tare);
    let Some((_, middle)) = tares.get(tares.len() / 2).copied() else {
        return Ok(());
    };
    for (index, tare) in tares {
        let field = format_args!("{before}[{index}]{behind}");
        slips.check(|rules| &rules.size, field, tare, middle)?;
    }
    Ok(())
}

/// Says that a density was given and every content was measured as a volume.
pub(super) fn note_density(lot: &PrepackagedLot, grounds: &mut Grounds) {
    let is_volume = |package: &Package| matches!(package, Package::Net { .. });
    if lot.density.is_some() && lot.packages.iter().all(is_volume) {
        let zh = "密度未采用：各件均直接测得体积。";
        let en = "The density was not used: every content was measured as a volume.";
        grounds.note("DENSITY_NOT_USED", Words::new(zh, en));
    }
}

/// The content of a mass, in the unit of the label.
fn content_of(lot: &PrepackagedLot, mass: Decimal) -> Option<Decimal> {
    match (lot.nominal.content(), lot.density) {
        (Content::Volume(_), Some(density)) => mass.checked_div(density.value()),
        _ => Some(mass),
    }
}

/// The mass of a content: a volume has that of its density.
fn mass_of(lot: &PrepackagedLot, content: Decimal) -> Ratio {
    match (lot.nominal.content(), lot.density) {
        (Content::Volume(_), Some(density)) => Ratio::from(content) * Ratio::from(density.value()),
        _ => Ratio::from(content),
    }
}

/// Whether the mean of the tares may stand for each, for a lot of packages of the mass `qn` that may be short by `t`.
fn is_mean_enough(
    row: &TareRow,
    test: &TareTest,
    (qn, t): (Ratio, Ratio),
    grounds: &mut Grounds,
) -> bool {
    let share = |share: Decimal| Ratio::from(share * HUNDREDTH);
    let tares = || test.tares.iter().map(|tare| Ratio::from(tare.value()));
    let count = test.tares.len();
    let k = i128::try_from(count).unwrap_or(i128::MAX);
    let sum = tares().fold(Ratio::zero(), |sum, tare| sum + tare);
    let mean = sum.clone() / k;
    grounds.number("tares", Decimal::from(count), "");
    grounds.ratio("mean tare", &mean, Gram::UNIT);
    let is_light = mean <= qn * share(row.light_up_to.value());
    let least = if is_light { row.least } else { row.least_heavy };
    if count < least as usize {
        grounds.reservation(
            "TARE_TOO_FEW",
            Words::new(
                format!("皮重测定{count}个，至少应为{least}个"),
                format!("{count} tares were weighed; at least {least} are needed"),
            ),
        );
        return false;
    }
    if is_light {
        return true;
    }
    let squares = tares().fold(Ratio::zero(), |sum, tare| sum + tare.clone() * tare);
    let variance = (squares - sum.clone() * sum / k) / (k - 1).max(1);
    let most = t * share(row.spread_up_to.value());
    grounds.ratio("variance of the tare", &variance, "g²");
    let is_spread = variance > most.clone() * most;
    if is_spread {
        grounds.reservation(
            "TARE_SPREAD",
            Words::new(
                format!("皮重的标准偏差大于允许短缺量的{}%，须逐件测定皮重", row.spread_up_to.value()),
                format!(
                    "the standard deviation of the tares is above {} % of T; every package needs its own tare",
                    row.spread_up_to.value()
                ),
            ),
        );
    }
    !is_spread
}

/// Whether the certificate of the balance holds; yes where no balance was named.
pub(super) fn is_certified(lot: &PrepackagedLot) -> bool {
    let standard = lot.standard.as_ref().map(|used| &used.standard);
    standard.is_none_or(|standard| standard.holds(lot.inspected_on))
}

/// The most that the uncertainty of the balance may be for T, in its unit; nothing where no balance was named or
/// that is not known.
fn most_uncertainty(rules: &SamplingRules, lot: &PrepackagedLot, t: Decimal) -> Option<Ratio> {
    let row = rules.suitability.as_ref().filter(|_| !t.is_zero())?;
    let of_t = match lot.standard.as_ref()?.uncertainty {
        Content::Mass(_) => mass_of(lot, t),
        _ => Ratio::from(t),
    };
    Some(of_t * Ratio::from(row.uncertainty_up_to.value() * HUNDREDTH))
}

/// How wrong a content may be by a balance that is too coarse for T, in the unit of the label; nothing where the
/// balance is fine enough.
pub(super) fn coarse_error(
    rules: &SamplingRules,
    lot: &PrepackagedLot,
    t: Decimal,
) -> Option<Decimal> {
    let uncertainty = lot.standard.as_ref()?.uncertainty;
    let limit = most_uncertainty(rules, lot, t)?;
    let is_coarse = Ratio::from(uncertainty.value()) > limit;
    let error = match uncertainty {
        Content::Mass(mass) => content_of(lot, mass.value())?,
        _ => uncertainty.value(),
    };
    is_coarse.then_some(error)
}

/// Whether the balance is fine enough for T. What fails by less than a balance may be wrong that is not, or whose
/// certificate has run out, is held ([`super::doubt::Doubt`]).
pub(super) fn check_instrument(
    rules: &SamplingRules,
    lot: &PrepackagedLot,
    t: Decimal,
    grounds: &mut Grounds,
) {
    let Some(instrument) = &lot.standard else {
        return;
    };
    let bars = Bars::Passing;
    instrument
        .standard
        .check_as(bars, lot.inspected_on, grounds);
    let suitability = rules.suitability.as_ref();
    let (Some(row), Some(limit)) = (suitability, most_uncertainty(rules, lot, t)) else {
        grounds.note(
            "SUITABILITY_NOT_JUDGED",
            Words::new(
                "允许短缺量为零，或规则未见规定，未判断计量器具的适用性",
                "whether the instrument is fine enough was not judged: T is zero or the rule is not known",
            ),
        );
        return;
    };
    grounds.rely_on(&format!("{}: uncertainty", row.source), row.provenance);
    let share = row.uncertainty_up_to.value();
    let uncertainty = instrument.uncertainty;
    grounds.ratio("most uncertainty", &limit, uncertainty.unit());
    if Ratio::from(uncertainty.value()) > limit {
        let value = uncertainty.value().normalize();
        let unit = uncertainty.unit();
        grounds.obstacle(
            bars,
            "STANDARD_UNSUITABLE",
            Words::new(
                format!(
                    "计量器具的扩展不确定度{}大于允许短缺量的{share}%",
                    Amount::new(uncertainty.value(), unit).zh()
                ),
                format!(
                    "the uncertainty of the instrument, {value} {unit}, is above {share} % of T"
                ),
            ),
        );
    }
}
