//! A retail verdict in sentences for people. The wording is not a contract; the fields are.

use rust_decimal::Decimal;

use super::judge::SHORTAGE;
use super::{LimitSource, PreciousMetal, RetailWeighing};
use crate::quantity::{Amount, Gram, plain};
use crate::verdict::{Grounds, Outcome, Words};

/// How much was found to be missing.
pub(super) fn found(input: &RetailWeighing) -> Words {
    match input.settled.minus(input.checked) {
        short if short > Decimal::ZERO => {
            let short = plain(short);
            Words::new(
                joined!("短缺", &short, "克"),
                joined!("short by ", &short, " g"),
            )
        }
        over if over < Decimal::ZERO => {
            let over = plain(over.abs());
            Words::new(
                joined!("多出", &over, "克"),
                joined!("over by ", &over, " g"),
            )
        }
        _ => Words::new("无差值", "exact"),
    }
}

/// What was compared, without the name of the goods and without the outcome.
pub(super) fn compared(
    input: &RetailWeighing,
    source: LimitSource,
    (limit, factor): (Gram, u8),
) -> Words {
    let found = found(input);
    let basis = basis(source, input);
    if let LimitSource::NothingShort(..) = source {
        // No limit would fail that, and none is told.
        return Words::new(
            joined!(&found.zh, "；", &basis.zh),
            joined!(&found.en, "; ", &basis.en),
        );
    }
    let (times, limit) = (Decimal::from(factor), limit.value());
    let (limit_zh, limit_en) = if factor == 1 {
        let limit = plain(limit);
        (
            joined!("限值", &limit, "克"),
            joined!("limit ", &limit, " g"),
        )
    } else {
        let (allowed, limit) = (plain(limit * times), plain(limit));
        (
            format!("限值{factor}×{limit}克＝{allowed}克"),
            format!("limit {factor} x {limit} g = {allowed} g"),
        )
    };
    Words::new(
        joined!(&found.zh, "；", &basis.zh, &limit_zh),
        joined!(&found.en, "; ", &limit_en, " for ", &basis.en),
    )
}

/// The sentence of the comparison: what was compared, and the outcome.
pub(super) fn comparison(compared: &Words, outcome: Outcome) -> Words {
    let (zh, en) = outcome.words();
    Words::new(
        joined!(&compared.zh, "；", zh),
        joined!(&compared.en, "; ", en),
    )
}

/// The sentence of a verdict: the comparison with the name of the goods before it, and behind it the
/// test of the scale with weights where that alone fails firmly.
pub(super) fn of_goods((input, grounds): (&RetailWeighing, &Grounds), compared: &Words) -> Words {
    let end = match grounds.outcome() {
        Outcome::Fails if !grounds.fails_by(SHORTAGE) => (
            "合格；但原秤砝码核查不合格",
            "conforms; but the scale fails its test with weights",
        ),
        Outcome::Fails if !grounds.fails_firmly_by(SHORTAGE) => (
            "仅供筛查；但原秤砝码核查不合格",
            "screening only; but the scale fails its test with weights",
        ),
        outcome => outcome.words(),
    };
    grounds.fitted(who(input), (compared, &Words::default()), end)
}

/// Goods that are full on a scale that is wrong, for merchants and shoppers.
pub(super) fn full_on_a_wrong_scale() -> Words {
    Words::new(
        "这次份量在允许范围内，但这台秤不准。",
        "This time the weight is as it should be, but the scale is not.",
    )
}

/// The sentence of a verdict that could not be given.
pub(super) fn not_assessable(input: &RetailWeighing, grounds: &Grounds) -> Words {
    let found = found(input);
    let end = Outcome::NotAssessable.words();
    grounds.fitted(who(input), (&found, &Words::default()), end)
}

/// The goods by their name, which is the same in both languages.
fn who(input: &RetailWeighing) -> (&str, &str) {
    let name = input.goods_name.as_str();
    (name, name)
}

/// Why no table gives a limit.
pub(super) fn no_limit() -> Words {
    Words::new("附表无此限值", "the tables give no limit")
}

/// Goods sold by the gram in grams, those by the kilogram in kilograms.
fn said_mass(mass: Gram) -> Amount {
    Amount::as_said(mass.value(), Gram::UNIT)
}

fn basis(source: LimitSource, input: &RetailWeighing) -> Words {
    let (price, settled) = (plain(input.unit_price.value()), said_mass(input.settled));
    let (settled_zh, settled) = (settled.zh(), settled.en());
    match source {
        LimitSource::Table1 { class } => {
            let class = class.as_str();
            #[rustfmt::skip] // As it is read.
            let zh = joined!("第", class, "类商品（单价", &price, "元/千克，", &settled_zh, "，附表1）");
            #[rustfmt::skip] // As it is read.
            let en = joined!("class ", class, " goods at ", &price, " yuan/kg and ", &settled, " (table 1)");
            Words::new(zh, en)
        }
        LimitSource::Table2 { metal } => {
            let (zh, en) = match metal {
                PreciousMetal::Gold => ("金", "gold"),
                PreciousMetal::Silver => ("银", "silver"),
            };
            let piece = plain(input.settled.value());
            Words::new(
                format!("{zh}饰品（每件{piece}克，附表2）"),
                format!("a {en} piece of {piece} g (table 2)"),
            )
        }
        LimitSource::AnyScale(why) => {
            let (why_zh, why_en) = why.words();
            Words::new(
                format!("{settled_zh}{why_zh}，按市场上准确度最低的秤可能的误差，"),
                format!("{settled}, {why_en}, by the error of the coarsest market scale"),
            )
        }
        LimitSource::NothingShort(why, _) => {
            let (why_zh, why_en) = why.words();
            Words::new(
                format!("{settled_zh}{why_zh}，没有短缺"),
                format!("{settled}, {why_en}: nothing is missing"),
            )
        }
        LimitSource::Scale { why, class, e } => {
            let level = class.name_zh();
            let (e, load) = (plain(e.value()), said_mass(input.checked));
            let load_zh = load.zh();
            let (why_zh, why_en) = why.words();
            Words::new(
                format!("{level}秤（e={e}克，{load_zh}，{why_zh}，按使用中最大允许误差）"),
                format!(
                    "the class {class} scale with e = {e} g at {load} (in-service error, {why_en})"
                ),
            )
        }
    }
}
