//! The contents of the packages as whole numbers, so that nothing is rounded and nothing is slow.
//!
//! Every content is a whole number of one small unit, chosen so that mean tare and density divide
//! without remainder: 10⁻¹² of the base unit, over the number of tares, over the density.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::ToPrimitive as _;
use rust_decimal::Decimal;

use super::{Content, Package, PrepackagedLot};
use crate::exact::Ratio;
use crate::input::{InputError, InputProblem};
use crate::quantity::shortest;
use crate::slip::Slips;

/// Decimals of a quantity, of a share of it, and of the root shown.
const DECIMALS: u32 = 12;
const BASE_UNIT: i128 = 10_i128.pow(DECIMALS);
/// Decimals of a density.
const DENSITY_DECIMALS: u32 = 6;
const DENSITY_UNIT: i128 = 10_i128.pow(DENSITY_DECIMALS);

/// A value with at most `decimals` decimals, counted in its last one. Kinds of quantity and their
/// shares have no more than are asked for here.
fn whole(value: Decimal, decimals: u32) -> i128 {
    let value = match value.scale() <= decimals {
        true => value,
        false => shortest(value),
    };
    value.mantissa() * 10_i128.pow(decimals.saturating_sub(value.scale()))
}

/// The packages of a lot, compared with the label.
pub(super) struct Sample {
    /// Content less Qn of each package, in small units.
    excess: Vec<i128>,
    /// How many small units 10⁻¹² of the base unit has.
    parts: i128,
    qn: Decimal,
}

/// What is taken off and what is divided by.
struct Scale {
    qn: Content,
    /// Sum and number of the tares of the mean.
    tares: i128,
    tare_count: i128,
    density: Option<i128>,
}

impl Sample {
    /// Works the contents out. Refuses a content of another kind than Qn, a tare above its gross mass,
    /// a missing density or tare test, and a content that looks like a slip.
    pub(super) fn of(lot: &PrepackagedLot, slips: &mut Slips<'_>) -> Result<Self, InputError> {
        let scale = Scale::of(lot)?;
        let parts = scale.parts();
        let expected = lot.nominal.content().value();
        let qn = whole(expected, DECIMALS) * parts;
        let mut excess = Vec::with_capacity(lot.packages.len());
        for (index, package) in lot.packages.iter().enumerate() {
            let (field, content) = scale.content(*package);
            match content {
                Ok(content) => {
                    let found = Decimal::try_from_i128_with_scale(content / parts, DECIMALS);
                    let found = found.unwrap_or(Decimal::MAX);
                    let field = format_args!("packages[{index}]{field}");
                    slips.check(|rules| &rules.prepackaged_lot, field, found, expected)?;
                    excess.push(content - qn);
                }
                Err(problem) => {
                    let field = format!("packages[{index}]{field}");
                    return Err(scale.at_fault(field, problem));
                }
            }
        }
        Ok(Self {
            excess,
            parts,
            qn: expected,
        })
    }

    /// The numbers, from 1, of the packages short by more than `above` and at most `up_to`.
    pub(super) fn short(&self, above: Decimal, up_to: Option<Decimal>) -> Vec<usize> {
        let in_small = |value| whole(value, DECIMALS) * self.parts;
        let (above, up_to) = (in_small(above), up_to.map(in_small));
        let is_in = |excess: i128| -excess > above && up_to.is_none_or(|end| -excess <= end);
        let numbered = self.excess.iter().enumerate();
        numbered
            .filter(|(_, excess)| is_in(**excess))
            .map(|(index, _)| index + 1)
            .collect()
    }

    /// The most that a package is short of its label; zero where none is.
    pub(super) fn most_short(&self) -> Decimal {
        let least = self.excess.iter().min().copied().unwrap_or_default();
        let short = -least.min(0) / self.parts;
        Decimal::try_from_i128_with_scale(short, DECIMALS).unwrap_or(Decimal::MAX)
    }

    /// What the packages are short of on average; below zero where they hold more.
    pub(super) fn mean_short(&self) -> Ratio {
        let count = i128::try_from(self.excess.len())
            .unwrap_or(i128::MAX)
            .max(1);
        let sum: i128 = self.excess.iter().sum();
        Ratio::of_digits(-sum, DECIMALS) / (count * self.parts)
    }

    /// The average test over the first `n` packages.
    pub(super) fn average(&self, n: usize, lambda: Decimal) -> Average {
        let tested = &self.excess[..n.min(self.excess.len())];
        let sum: i128 = tested.iter().sum();
        let squares = sum_of_squares(tested);
        let n = BigInt::from(tested.len());
        // n (n - 1) s², which is whole.
        let scatter = &n * squares - BigInt::from(sum) * sum;
        let divisor = &n * (&n - 1);
        let small = BigInt::from(BASE_UNIT) * self.parts;
        let deviation = Root::of(&scatter, &(&divisor * &small * &small));
        let factor = BigInt::from(whole(lambda, DECIMALS));
        let factor_squared = &factor * &factor;
        let base_squared = BigInt::from(BASE_UNIT) * BASE_UNIT;
        let allowance = Root::of(
            &(&factor_squared * &scatter),
            &(divisor * base_squared.clone() * &small * &small),
        );
        // Mean deficit against λ s, both squared: (n-1) E² against λ² n (n Σe² - E²).
        let deficit: BigInt = (&n - 1) * BigInt::from(sum) * sum * base_squared;
        let allowed = factor_squared * &n * scatter;
        let order = match (sum.cmp(&0), allowed.sign() == num_bigint::Sign::NoSign) {
            (Ordering::Less, true) => Ordering::Greater,
            (Ordering::Less, false) => deficit.cmp(&allowed),
            (Ordering::Equal, true) => Ordering::Equal,
            _ => Ordering::Less,
        };
        let count = i128::try_from(tested.len()).unwrap_or(i128::MAX).max(1);
        let excess = Ratio::of_digits(sum, DECIMALS) / (count * self.parts);
        let mean = Ratio::from(self.qn) + excess;
        let limit = match order {
            Ordering::Equal => mean.clone(),
            Ordering::Less => Ratio::from(self.qn) - allowance.upper,
            Ordering::Greater => Ratio::from(self.qn) - allowance.lower,
        };
        Average {
            mean,
            limit,
            deviation: deviation.middle,
        }
    }
}

/// The sum of the squares, nearly always within the digits of the machine.
fn sum_of_squares(values: &[i128]) -> BigInt {
    let mut squares = values.iter().map(|value| value.checked_mul(*value));
    match squares.try_fold(0_i128, |sum, square| sum.checked_add(square?)) {
        Some(sum) => BigInt::from(sum),
        None => values
            .iter()
            .map(|value| BigInt::from(*value) * value)
            .sum(),
    }
}

/// What the average test compares.
pub(super) struct Average {
    /// The mean content, exact.
    pub(super) mean: Ratio,
    /// Qn - λ s to twelve decimals, on that side of its true value, which is a root, where the exact
    /// comparison of squares puts the mean; the mean itself where both are equal.
    pub(super) limit: Ratio,
    /// The standard deviation s, to be shown.
    pub(super) deviation: Ratio,
}

/// A square root between two neighbours at the twelfth decimal.
struct Root {
    lower: Ratio,
    upper: Ratio,
    /// The root where it is one of the neighbours, else a number between them that has more decimals
    /// than are ever shown.
    middle: Ratio,
}

impl Root {
    /// The root of a fraction that is not negative; zero where the divisor is zero.
    fn of(numerator: &BigInt, divisor: &BigInt) -> Self {
        let square = BigInt::from(BASE_UNIT) * BASE_UNIT * numerator;
        let divisor = divisor.max(&BigInt::from(1)).clone();
        let floor = (&square / &divisor).sqrt();
        let is_exact = &floor * &floor * &divisor == square;
        // A deviation is below the greatest quantity, so that its digits fit.
        let digits = floor.to_i128().unwrap_or(i128::MAX / 20);
        let end = if is_exact { digits } else { digits + 1 };
        Self {
            lower: Ratio::of_digits(digits, DECIMALS),
            upper: Ratio::of_digits(end, DECIMALS),
            middle: Ratio::of_digits((digits + end) * 5, DECIMALS + 1),
        }
    }
}

impl Scale {
    fn of(lot: &PrepackagedLot) -> Result<Self, InputError> {
        let averages = |package: &Package| matches!(package, Package::GrossAverageTare { .. });
        let (tares, tare_count) = match &lot.tare_test {
            Some(test) if lot.packages.iter().any(averages) => {
                let sum = test.tares.iter().map(|tare| whole(tare.value(), DECIMALS));
                let count = i128::try_from(test.tares.len()).unwrap_or(1);
                (sum.sum(), count.max(1))
            }
            None if lot.packages.iter().any(averages) => {
                let why = "a package was weighed without its own tare";
                return Err(InputError::at("tare_test", InputProblem::Required { why }));
            }
            _ => (0, 1),
        };
        let density = lot
            .density
            .map(|density| whole(density.value(), DENSITY_DECIMALS));
        Ok(Self {
            qn: lot.nominal.content(),
            tares,
            tare_count,
            density,
        })
    }

    /// How many small units 10⁻¹² of the base unit has.
    fn parts(&self) -> i128 {
        let by_density = self.density.map_or(DENSITY_UNIT, |density| density.max(1));
        self.tare_count * by_density
    }

    /// The content of a package in small units, and the field that tells it.
    fn content(&self, package: Package) -> (&'static str, Result<i128, InputProblem>) {
        match package {
            Package::Net { net } => {
                let why = "it is of another kind than the labelled quantity";
                let content = whole(net.value(), DECIMALS) * self.parts();
                let is_fit = net.is_of_kind(self.qn);
                let content = is_fit.then_some(content);
                (".net", content.ok_or(InputProblem::Contradicts { why }))
            }
            Package::Gross { gross, tare } => {
                let net = gross.value() - tare.value();
                let mass = whole(net, DECIMALS) * self.tare_count;
                (".tare", self.of_mass(mass))
            }
            Package::GrossAverageTare { gross } => {
                let mass = whole(gross.value(), DECIMALS) * self.tare_count - self.tares;
                (".gross", self.of_mass(mass))
            }
            Package::MassOfVolume { .. } if !matches!(self.qn, Content::Volume(_)) => {
                let why = "the labelled quantity is no volume";
                (".mass", Err(InputProblem::Contradicts { why }))
            }
            Package::MassOfVolume { mass } => {
                let mass = whole(mass.value(), DECIMALS) * self.tare_count;
                (".mass", self.of_mass(mass))
            }
        }
    }

    /// The content that a net mass stands for.
    fn of_mass(&self, mass: i128) -> Result<i128, InputProblem> {
        if mass < 0 {
            let why = "the tare is more than the gross mass";
            return Err(InputProblem::Contradicts { why });
        }
        match (self.qn, self.density) {
            (Content::Mass(_), _) => Ok(mass * DENSITY_UNIT),
            (Content::Volume(_), Some(_)) => Ok(mass * DENSITY_UNIT),
            (Content::Volume(_), None) => Err(InputProblem::Required {
                why: "a volume was found by its mass",
            }),
            _ => Err(InputProblem::Contradicts {
                why: "the labelled quantity is neither a mass nor a volume",
            }),
        }
    }

    /// A missing density is no fault of the package.
    fn at_fault(&self, field: String, problem: InputProblem) -> InputError {
        match problem {
            InputProblem::Required { .. } => InputError::at("density", problem),
            other => InputError::at(field, other),
        }
    }
}
