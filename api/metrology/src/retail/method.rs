//! Whether the check was made with something fine enough for its method (article 6).

use rust_decimal::Decimal;

use super::judge::SLIP;
use super::packages::Subject;
use super::{CheckMethod, RetailWeighing, WeightTest, packages};
use crate::input::{Checked, absurd, contradiction, positive};
use crate::quantity::{Gram, plain};
use crate::rules::{
    Edition, MarketScaleRules, Part, Provenance, Reading, RetailRules, RuleSet, WeightsNear,
};
use crate::slip::Slips;
use crate::verdict::{Bars, Bound, Cite, Comparison, Grounds, Words};

/// The check of the scale of the sale with weights (article 6(1)).
const SAME_SCALE_WEIGHT_TEST: &str = "SAME_SCALE_WEIGHT_TEST";

/// A share in hundredths as a fraction.
const HUNDREDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Refuses what no check instrument and no test with weights can be.
pub(super) fn refuse_impossible(input: &RetailWeighing) -> Checked {
    let max_error = input.standard.as_ref().and_then(|used| used.max_error);
    positive("standard.max_error", max_error.is_some_and(Gram::is_zero))?;
    let is_same = input.method == CheckMethod::SameInstrument;
    let why = "only the same-instrument method has a test with weights";
    contradiction("weights", input.weights.is_some() && !is_same, why)?;
    let own = input.standard.as_ref().and_then(|used| used.weight_test);
    let why = "the weights of the same-instrument method stand in `weights`";
    contradiction("standard.weight_test", own.is_some() && is_same, why)?;
    let Some((field, test)) = weight_test(input) else {
        return Ok(());
    };
    positive(format!("{field}.load"), test.load.is_zero())?;
    let at = format!("{field}.weights_error");
    positive(at.clone(), test.weights_error.is_zero())?;
    let why = "weights are not wrong by as much as they weigh";
    absurd(at, test.weights_error >= test.load, why)
}

/// Refuses a test with weights that looks like a slip: other weights than the goods weigh, or an
/// indication far from the weights.
pub(super) fn doubt(input: &RetailWeighing, slips: &mut Slips<'_>) -> Checked {
    let Some((field, test)) = weight_test(input) else {
        return Ok(());
    };
    let (found, load) = (test.indication.value(), test.load.value());
    // Weights are about as heavy as one of the packages, not as all of them.
    let packages = Decimal::from(input.packages.len().max(1));
    let goods = input.settled.value() / packages;
    slips.check(SLIP, format_args!("{field}.load"), load, goods)?;
    slips.check(SLIP, format_args!("{field}.indication"), found, load)
}

/// The test with weights that the method has, and its field: of the scale of the sale, or of the one
/// that the goods were weighed on again.
fn weight_test(input: &RetailWeighing) -> Option<(&'static str, &WeightTest)> {
    match input.method {
        CheckMethod::SameInstrument => Some(("weights", input.weights.as_ref()?)),
        CheckMethod::HigherAccuracy | CheckMethod::EqualAccuracy => {
            let test = input.standard.as_ref()?.weight_test.as_ref()?;
            Some(("standard.weight_test", test))
        }
    }
}

/// Says what the method demands besides, unless the measurement itself shows whether it was met.
pub(super) fn note_condition(
    edition: Edition<'_, RetailRules>,
    input: &RetailWeighing,
    grounds: &mut Grounds,
) {
    let method = edition.rules.methods.of(input.method);
    grounds.rely_on(label(input.method), method.provenance);
    let is_shown = packages::all(input, |one| is_shown(edition.rules, one));
    if !is_shown {
        let text = Words::new(method.condition_zh.as_str(), method.condition_en.as_str());
        grounds.note("METHOD_CONDITION", text);
    }
    for row in edition.rules.parts.in_use() {
        let is_named = input.standard.is_some();
        let is_missing = match row.part {
            Part::CheckInstrument => !is_named,
            Part::MethodCondition => is_named && !is_shown,
            _ => false,
        };
        let far = edition.rules.weights_near.as_ref();
        let far = far.filter(|near| !packages::all(input, |one| !is_far(near, one)));
        match (is_missing, far) {
            (true, Some(near)) if row.part == Part::MethodCondition => {
                grounds.rely_on("weights of about the mass of the goods", near.provenance);
                grounds.lacks_as(row, "WEIGHTS_NOT_NEAR", not_near(near, input));
            }
            (true, _) => grounds.lacks(row),
            (false, _) => {}
        }
    }
}

/// Whether the weights of a test lie too far from the mass of the goods, settled or found.
fn is_far(near: &WeightsNear, input: &RetailWeighing) -> bool {
    let Some((_, test)) = weight_test(input) else {
        return false;
    };
    let share = near.within.value() * HUNDREDTH;
    let (load, settled, found) = (
        test.load.value(),
        input.settled.value(),
        input.checked.value(),
    );
    let lightest = settled.min(found) * (Decimal::ONE - share);
    let heaviest = settled.max(found) * (Decimal::ONE + share);
    load < lightest || load > heaviest
}

fn not_near(near: &WeightsNear, input: &RetailWeighing) -> Words {
    let load = weight_test(input).map_or(Gram::ZERO, |(_, test)| test.load);
    let (load, goods) = (plain(load.value()), plain(input.checked.value()));
    let share = near.within.value().normalize();
    let (goods_zh, goods_en) = match input.packages.as_slice() {
        [] => (format!("商品{goods}克"), format!("the goods of {goods} g")),
        _ => ("有的商品".to_owned(), "some of the packages".to_owned()),
    };
    Words::new(
        format!("核查所用的砝码{load}克与{goods_zh}相差超过{share}%，不是等重砝码"),
        format!(
            "the weights of {load} g lie more than {share} % from {goods_en}: not of about the same mass"
        ),
    )
}

/// Whether the measurement itself shows that the condition of its method was met.
fn is_shown(rules: &RetailRules, input: &RetailWeighing) -> bool {
    match input.method {
        CheckMethod::SameInstrument => is_near(rules, input),
        CheckMethod::HigherAccuracy | CheckMethod::EqualAccuracy => {
            let told = input.standard.as_ref().and_then(|used| used.max_error);
            told.is_some() || error_by_weight(rules, input).is_some()
        }
    }
}

/// Whether there was a test with weights of about the mass of the goods.
fn is_near(rules: &RetailRules, input: &RetailWeighing) -> bool {
    let is_far = |near| is_far(near, input);
    weight_test(input).is_some() && !rules.weights_near.as_ref().is_some_and(is_far)
}

/// How wrong the scale that the goods were weighed on again may be, as one weight shows it; nothing
/// where none does.
fn error_by_weight<'a>(
    rules: &'a RetailRules,
    input: &'a RetailWeighing,
) -> Option<(Gram, &'a WeightTest, &'a Reading)> {
    let reading = rules.readings.error_by_one_weight.as_ref()?;
    let test = input.standard.as_ref()?.weight_test.as_ref()?;
    if !is_near(rules, input) {
        return None;
    }
    let of_indication = test.indication.minus(test.load).abs();
    let error = Gram::from_value(of_indication + test.weights_error.value())?;
    Some((error, test, reading))
}

/// How wrong the coarsest scale of a market may be at a mass; nothing where no convention is loaded for the day.
pub(super) fn market_error(
    rules: &RuleSet,
    input: &RetailWeighing,
    mass: Gram,
) -> Option<(Gram, Provenance)> {
    let edition = rules
        .edition_on::<MarketScaleRules>(input.weighed_on)
        .ok()?;
    let band = edition.rules.error.at(mass)?;
    Some((band.limit, band.provenance))
}

/// How far what was found may be wrong, for a failure that is to stand.
#[derive(Debug, Clone, Copy)]
enum Doubt {
    /// By so much: by nothing where the check instrument is fine enough for its method, by its own error where
    /// it is known and too coarse.
    Own(Decimal),
    /// By what the coarsest scale of a market may be wrong: nobody named the instrument, its certificate has run
    /// out, or nothing shows how wrong it is.
    Market,
}

impl Doubt {
    fn of(rules: &RetailRules, input: &RetailWeighing, limit: Gram) -> Self {
        let used = input.standard.as_ref();
        let holds = used.is_some_and(|used| used.standard.holds(input.weighed_on));
        if !holds || !is_shown(rules, input) {
            return Self::Market;
        }
        let divisor = rules.methods.of(input.method).error_divisor.get();
        let is_coarse = |error: Gram| !is_fine_enough(error, limit, divisor);
        let own = own_error(rules, input).filter(|error| is_coarse(*error));
        let weights = input.weights.as_ref().map(|test| test.weights_error);
        match (input.method, own) {
            // Its error is that of the weights; how wrong the scale of the sale is they do not show.
            (CheckMethod::SameInstrument, Some(_)) => Self::Market,
            (CheckMethod::SameInstrument, None) if weights.is_some_and(is_coarse) => Self::Market,
            (_, own) => Self::Own(own.map_or(Decimal::ZERO, Gram::value)),
        }
    }
}

/// The greater error that the certificate gives or one weight shows.
fn own_error(rules: &RetailRules, input: &RetailWeighing) -> Option<Gram> {
    let told = input.standard.as_ref().and_then(|used| used.max_error);
    told.max(error_by_weight(rules, input).map(|(error, ..)| error))
}

/// Holds a failure since a place, of a shortage that is beyond what is allowed by `beyond` grams, unless it fails
/// whatever the check was made with.
pub(super) fn hold_doubted(
    (rules, edition): (&RuleSet, Edition<'_, RetailRules>),
    input: &RetailWeighing,
    (limit, beyond, mark): (Gram, Decimal, usize),
    grounds: &mut Grounds,
) {
    let is_firm = match Doubt::of(edition.rules, input, limit) {
        Doubt::Own(error) => beyond > error,
        Doubt::Market => {
            let mass = input.checked.max(input.settled);
            let market = market_error(rules, input, mass);
            let decides = market.filter(|(error, _)| beyond > error.value());
            if let Some((_, provenance)) = decides {
                grounds.rely_on(MARKET_SCALE, provenance);
            }
            decides.is_some()
        }
    };
    if !is_firm {
        grounds.hold_since(mark);
    }
}

/// What a failure rests on that stands though nobody named the instrument.
const MARKET_SCALE: &str = "possible error of the coarsest scale of a market";

/// Compares what the check was made with against the limit `limit` of the goods.
pub(super) fn examine(
    rules: &RuleSet,
    (edition, subject): (Edition<'_, RetailRules>, Option<&Subject>),
    input: &RetailWeighing,
    limit: Gram,
    grounds: &mut Grounds,
) {
    let method = edition.rules.methods.of(input.method);
    let divisor = method.error_divisor.get();
    if let Some((error, test, reading)) = error_by_weight(edition.rules, input) {
        grounds.rely_on("check instrument tried with one weight", reading.provenance);
        grounds.note("CHECK_INSTRUMENT_TRIED", tried(test, error));
    }
    if let Some(error) = own_error(edition.rules, input) {
        if subject.is_none() {
            grounds.number("standard_error", error.value(), Gram::UNIT);
        }
        require_fine_enough(error, limit, divisor, grounds);
    }
    if let Some(test) = &input.weights {
        if subject.is_none() {
            grounds.number("weights_error", test.weights_error.value(), Gram::UNIT);
        }
        require_fine_enough(test.weights_error, limit, divisor, grounds);
        let cite = Cite {
            head: edition.head,
            article: method.article.as_str(),
            row: label(input.method).to_owned(),
            provenance: method.provenance,
            // A scale in error is a matter of its own; which one, the weighing does not show.
            suggests: None,
        };
        let mark = grounds.mark();
        if !compare_with_weights((test, subject), limit, cite, grounds) {
            let is_coarse = |error: &Gram| !is_fine_enough(*error, limit, divisor);
            let coarse = Some(test.weights_error).filter(is_coarse);
            hold_test((rules, edition.rules), (input, test, coarse), mark, grounds);
        }
    }
}

/// Holds a failed test with weights since a place unless it fails by more than `coarse`, which weights may be wrong that are not
/// fine enough for the limit; where nobody named them, their certificate has run out or they are far from the goods, by more than
/// a scale of a market besides.
fn hold_test(
    (rules, retail): (&RuleSet, &RetailRules),
    (input, test, coarse): (&RetailWeighing, &WeightTest, Option<Gram>),
    mark: usize,
    grounds: &mut Grounds,
) {
    let own = coarse.map_or(Decimal::ZERO, Gram::value);
    let used = input.standard.as_ref();
    let is_named = used.is_some_and(|used| used.standard.holds(input.weighed_on));
    if is_named && is_near(retail, input) {
        grounds.hold_within(mark, Some(own));
        if !grounds.is_firm_since(mark) {
            let words = within_weights_error(test.weights_error);
            grounds.reservation("WITHIN_WEIGHTS_ERROR", words);
        }
        return;
    }
    let market = market_error(rules, input, test.load.max(test.indication));
    let error = market.map(|(error, _)| own + error.value());
    grounds.hold_within(mark, error);
    if let (true, Some((_, provenance))) = (grounds.is_firm_since(mark), market) {
        grounds.rely_on(MARKET_SCALE, provenance);
    }
}

fn within_weights_error(error: Gram) -> Words {
    let error = plain(error.value());
    Words::new(
        format!("原秤砝码核查超出限值的部分未超过砝码本身可能的误差{error}克"),
        format!(
            "the scale fails its test with weights by no more than the weights may be wrong themselves, {error} g"
        ),
    )
}

fn tried(test: &WeightTest, error: Gram) -> Words {
    let (load, found) = (plain(test.load.value()), plain(test.indication.value()));
    let error = plain(error.value());
    Words::new(
        format!("核称用秤放{load}克砝码显示{found}克，误差不超过{error}克（含砝码误差）。"),
        format!(
            "With a weight of {load} g the scale of the check showed {found} g: it is wrong by at most {error} g, the error of the weight included."
        ),
    )
}

/// The error may be at most the limit divided by the divisor; compared by multiplying, which is exact.
fn is_fine_enough(error: Gram, limit: Gram, divisor: u8) -> bool {
    error.value() * Decimal::from(divisor) <= limit.value()
}

/// What is too coarse for its method makes nothing conform; what fails by more than it may be wrong fails.
fn require_fine_enough(error: Gram, limit: Gram, divisor: u8, grounds: &mut Grounds) {
    if is_fine_enough(error, limit, divisor) {
        return;
    }
    let (error, limit) = (plain(error.value()), plain(limit.value()));
    let (share_zh, share_en) = if divisor == 1 {
        (String::new(), String::new())
    } else {
        (format!("的1/{divisor}"), format!("1/{divisor} of "))
    };
    let text = Words::new(
        format!("核称所用计量器具的误差{error}克大于限值{limit}克{share_zh}，不适用于本方法"),
        format!(
            "the error of what the check was made with, {error} g, is more than {share_en}the limit of {limit} g: not fit for this method"
        ),
    );
    grounds.obstacle(Bars::Passing, "STANDARD_UNSUITABLE", text);
}

fn compare_with_weights(
    (test, subject): (&WeightTest, Option<&Subject>),
    limit: Gram,
    cite: Cite<'_>,
    grounds: &mut Grounds,
) -> bool {
    let bound = Bound {
        measured: test.indication.minus(test.load).into(),
        limit: limit.value().into(),
        unit: Gram::UNIT,
        comparison: Comparison::Within,
    };
    let at = subject.map(|subject| subject.en.clone());
    grounds.compare(SAME_SCALE_WEIGHT_TEST, at, &bound, cite, |judged| {
        let (load, error) = (plain(test.load.value()), plain(judged.measured.value()));
        let limit = plain(judged.limit.value());
        let (zh, en) = if judged.passes {
            ("合格", "passes")
        } else {
            ("不合格", "fails")
        };
        let words = Words::new(
            format!("原秤砝码核查：{load}克处误差{error}克，限值±{limit}克；{zh}"),
            format!(
                "test of the scale with weights: error {error} g at {load} g, limit ±{limit} g; {en}"
            ),
        );
        packages::of(subject, words)
    })
}

fn label(method: CheckMethod) -> &'static str {
    match method {
        CheckMethod::SameInstrument => "check method: same instrument",
        CheckMethod::HigherAccuracy => "check method: higher accuracy",
        CheckMethod::EqualAccuracy => "check method: equal accuracy",
    }
}
