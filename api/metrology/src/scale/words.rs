//! A test of a scale in sentences for people. The wording is not a contract; the fields are.

use rust_decimal::Decimal;

use super::test::{
    DiscriminationTrial, EccentricReading, ModeReading, ScaleReading, ScaleTest, ShownPrice,
};
use super::{ScaleClass, WeightClass, modes};
use crate::quantity::{Amount, Gram, plain};
use crate::stage::TestStage;
use crate::verdict::{CheckResult, Comparison, Judged, Outcome, Words};

/// A mass in grams, whatever unit it was read in: the same load has the same name.
pub(super) fn gram(mass: Gram) -> String {
    format!("{} g", plain(mass.value()))
}

/// A mass as it is said, in Chinese and in English.
pub(super) fn said_mass(mass: Decimal) -> (String, String) {
    let mass = Amount::as_said(mass, Gram::UNIT);
    (mass.zh(), mass.en())
}

/// An error beside its limit, a mass in the unit in which it would be said.
fn as_said(amount: &Amount) -> Amount {
    match amount.unit() {
        "g" => Amount::as_said(amount.value(), Gram::UNIT),
        _ => amount.clone(),
    }
}

/// What a finding concerns: in Chinese and English as it is said, and by its name in the verdict.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub zh: String,
    pub en: String,
    pub name: String,
}

impl Subject {
    pub(super) fn load(load: Gram) -> Self {
        let (zh, en) = said_mass(load.value());
        Self {
            zh: format!("载荷{zh}"),
            en: format!("load {en}"),
            name: format!("load {}", gram(load)),
        }
    }

    pub(super) fn place(position: &str, load: Gram) -> Self {
        let Self { zh, en, name } = Self::load(load);
        Self {
            zh: format!("位置“{position}”，{zh}"),
            en: format!("position {position}, {en}"),
            name: format!("position {position}, {name}"),
        }
    }

    /// A property of a partial weighing range, or of the whole scale.
    pub(super) fn of_range(number: Option<usize>, property: &str) -> Self {
        match number {
            Some(number) => Self {
                zh: format!("第{number}局部称量范围，{property}"),
                en: format!("range {number}, {property}"),
                name: format!("range {number}, {property}"),
            },
            None => Self {
                zh: property.to_owned(),
                en: property.to_owned(),
                name: property.to_owned(),
            },
        }
    }

    pub(super) fn tare(tare: Gram, load: Gram) -> Self {
        let Self { zh, en, name } = Self::load(load);
        let (tare_zh, tare_en) = said_mass(tare.value());
        Self {
            zh: format!("皮重{tare_zh}，净{zh}"),
            en: format!("tare {tare_en}, net {en}"),
            name: format!("tare {}, net {name}", gram(tare)),
        }
    }

    pub(super) fn mode(reading: &ModeReading) -> Self {
        let Self { zh, en, name } = Self::load(reading.load);
        let (mode_zh, mode_en) = modes::named(&reading.mode);
        Self {
            zh: format!("{mode_zh}，{zh}"),
            en: format!("{mode_en}, {en}"),
            name: format!("{mode_en}, {name}"),
        }
    }

    pub(super) fn price(number: usize, price: &ShownPrice) -> Self {
        let (unit, net) = (plain(price.unit_price.value()), price.net.value());
        let (net_zh, net_en) = said_mass(net);
        Self {
            zh: format!("第{number}次计价，单价{unit}元/千克，净重{net_zh}"),
            en: format!("price {number}, {net_en} at {unit} yuan/kg"),
            name: format!("price {number}, {} g at {unit} yuan/kg", plain(net)),
        }
    }

    /// The subject with the name of its check.
    pub(super) fn under(&self, check: &'static str) -> Self {
        let (zh, en) = names(check);
        Self {
            zh: format!("{zh}（{}）", self.zh),
            en: format!("{en} ({})", self.en),
            name: self.name.clone(),
        }
    }
}

fn names(check: &str) -> (&'static str, &'static str) {
    match check {
        "WEIGHING" => ("称量误差", "weighing error"),
        "ECCENTRICITY" => ("偏载误差", "eccentricity error"),
        "REPEATABILITY" => ("重复性", "repeatability"),
        "DISCRIMINATION" => ("鉴别阈", "discrimination"),
        "ZERO_SETTING" => ("置零误差", "zero-setting error"),
        "TARE_SETTING" => ("去皮置零误差", "tare-setting error"),
        "TARE_WEIGHING" => ("去皮后称量误差", "net weighing error"),
        "MODE_DIFFERENCE" => ("按键或模式下的示值差", "difference by key or mode"),
        "PRICE" => ("付款金额偏差", "deviation of the price to pay"),
        _ => ("铭牌", "plate"),
    }
}

fn said(result: CheckResult) -> (&'static str, &'static str) {
    match result {
        CheckResult::Passes => ("合格", "passes"),
        CheckResult::Fails => ("不合格", "fails"),
        CheckResult::NotAssessed => ("未判定", "not assessed"),
    }
}

fn passing(passes: bool) -> (&'static str, &'static str) {
    said(if passes {
        CheckResult::Passes
    } else {
        CheckResult::Fails
    })
}

/// What the scale showed right after a tare was not read.
pub(super) fn no_tare_setting() -> Words {
    Words::new(
        "未读取去皮后空秤的示值",
        "what the scale showed right after the tare was not read",
    )
}

/// What the scale showed right after a tare was read to the interval alone.
pub(super) fn tare_not_fine() -> Words {
    Words::new(
        "去皮后空秤的示值未用闪变点法细读，可能正好抵消这点超差",
        "what the scale showed right after the tare was read without small weights, which could make up for the excess",
    )
}

/// The zero was read to the interval alone.
pub(super) fn zero_not_fine() -> Words {
    Words::new(
        "零点未用闪变点法细读，可能正好抵消这点超差",
        "the zero was read without small weights, which could make up for the excess",
    )
}

/// What merchants and shoppers are told: of a scale that fails, the weighing that is farthest off; of a
/// quick look, what was seen. Nothing where there is nothing to add to the outcome.
pub(super) fn plainly(
    input: &ScaleTest,
    outcome: Outcome,
    failing: &[&ScaleReading],
) -> Option<Words> {
    let far = |reading: &&ScaleReading| reading.indication.minus(reading.load).abs();
    let said = |reading: &ScaleReading| {
        let (load_zh, load) = said_mass(reading.load.value());
        let (shown_zh, shown) = said_mass(reading.indication.value());
        ((load_zh, shown_zh), (load, shown))
    };
    match outcome {
        Outcome::Fails => {
            // Small weights may show an error that the indication alone does not.
            let seen = failing.iter().copied();
            let seen = seen.filter(|reading| reading.indication != reading.load);
            let ((load_zh, shown_zh), (load, shown)) = said(seen.max_by_key(far)?);
            Some(Words::new(
                format!("放{load_zh}砝码，秤显示{shown_zh}；这台秤不合格。"),
                format!(
                    "With a weight of {load} the scale shows {shown}; it is not as it should be."
                ),
            ))
        }
        Outcome::ScreeningOnly if input.stage == TestStage::QuickLook => {
            let ((load_zh, shown_zh), (load, shown)) = said(input.weighing.iter().max_by_key(far)?);
            Some(Words::new(
                format!(
                    "放{load_zh}砝码，秤显示{shown_zh}，没有发现问题；只看了这一次，没有做全部试验。"
                ),
                format!(
                    "With a weight of {load} the scale shows {shown}, and nothing wrong was found; this was a look, not the whole test."
                ),
            ))
        }
        _ => None,
    }
}

/// A comparison with a limit.
pub(super) fn compared(
    check: &'static str,
    subject: &Subject,
    comparison: Comparison,
    judged: &Judged,
) -> Words {
    let Subject { zh, en, .. } = subject.under(check);
    let (sign_zh, sign_en) = match comparison {
        Comparison::AtMost => ("不大于", "at most "),
        Comparison::AtLeast => ("不小于", "at least "),
        Comparison::Within | Comparison::Met => ("限值±", "limit ±"),
    };
    let (result_zh, result_en) = passing(judged.passes);
    let (measured, limit) = (as_said(&judged.measured), as_said(&judged.limit));
    let (measured_zh, limit_zh) = (measured.zh(), limit.zh());
    if limit.value().is_zero() {
        return Words::new(
            format!("{zh}：{measured_zh}，不得有偏差；{result_zh}"),
            format!("{en}: {measured}, none is allowed; {result_en}"),
        );
    }
    Words::new(
        format!("{zh}：{measured_zh}，{sign_zh}{limit_zh}；{result_zh}"),
        format!("{en}: {measured}, {sign_en}{limit}; {result_en}"),
    )
}

pub(super) fn without_limit(check: &'static str, subject: &Subject) -> Words {
    let Subject { zh, en, .. } = subject.under(check);
    Words::new(
        format!("{zh}：载荷超出最大允许误差表的范围，未判定"),
        format!("{en}: the load is above the table of permissible errors; not assessed"),
    )
}

pub(super) fn interval(class: ScaleClass, e: Gram, subject: &Subject, fits: bool) -> Words {
    let (zh, en) = passing(fits);
    let (name, (value_zh, value)) = (class.name_zh(), said_mass(e.value()));
    Words::new(
        format!("铭牌（{}）：检定分度值{value_zh}，{name}；{zh}", subject.zh),
        format!("plate ({}): {value} in class {class}; {en}", subject.en),
    )
}

pub(super) fn discrimination(
    trial: &DiscriminationTrial,
    wanted: Decimal,
    subject: &Subject,
    result: CheckResult,
) -> Words {
    use super::IndicationAfter::{Changed, Unchanged};
    let Subject { zh, en, .. } = subject.under("DISCRIMINATION");
    let (did_zh, did_en) = match trial.indication {
        Changed => ("示值改变", "changed the indication"),
        Unchanged => ("示值未变", "did not change the indication"),
    };
    let (result_zh, result_en) = said(result);
    let (extra, wanted) = (plain(trial.extra.value()), plain(wanted));
    Words::new(
        format!("{zh}：加放{extra}克，{did_zh}，应以{wanted}克检验；{result_zh}"),
        format!("{en}: {extra} g {did_en}, {wanted} g must; {result_en}"),
    )
}

pub(super) fn other_load(place: &EccentricReading, expected: Decimal) -> Words {
    let (position, (load_zh, load)) = (&place.position, said_mass(place.load.value()));
    let (expected_zh, expected) = said_mass(expected);
    Words::new(
        format!("位置“{position}”的偏载载荷为{load_zh}，规程要求{expected_zh}。"),
        format!(
            "The eccentric load at position {position} was {load}; the rule asks for {expected}."
        ),
    )
}

pub(super) fn weights_unknown(piece: Gram, class: WeightClass) -> Words {
    let (piece_zh, piece) = said_mass(piece.value());
    Words::new(
        format!("{class}等级{piece_zh}砝码的最大允许误差未知"),
        format!("the permissible error of a weight of {piece} of class {class} is not known"),
    )
}

pub(super) fn weights_too_coarse(sum: &str, permitted: &str, part: u8) -> Words {
    Words::new(
        format!("砝码误差合计{sum}克，大于该载荷最大允许误差{permitted}克的1/{part}"),
        format!(
            "the errors of the weights add up to {sum} g, more than 1/{part} of the error of {permitted} g permitted at the load"
        ),
    )
}

pub(super) fn rounding() -> Words {
    Words::new(
        "部分读数未用闪变点法，示值化整误差包含在误差之内。",
        "Some readings were taken without small weights: the rounding of the indication is in the error.",
    )
}

pub(super) fn kind_assumed() -> Words {
    Words::new(
        "未记录秤的种类，按电子计价秤的规程判定。",
        "What the scale is was not recorded; the regulation of price-computing scales was taken.",
    )
}

pub(super) fn not_law() -> Words {
    Words::new(
        "按所选规则体系判定，该体系在中国不具法律效力，仅供核对。",
        "Judged by the body of rules that the measurement names, which is not law in China: a cross-check.",
    )
}

/// The stage in English, as rows name it.
pub(super) fn stage_en(stage: TestStage) -> &'static str {
    match stage {
        TestStage::Initial => "initial verification",
        TestStage::Subsequent => "subsequent verification",
        TestStage::InService => "in service",
        TestStage::QuickLook => "quick look in service",
    }
}

fn stage_zh(stage: TestStage) -> &'static str {
    match stage {
        TestStage::Initial => "首次检定",
        TestStage::Subsequent => "后续检定",
        TestStage::InService => "使用中检查",
        TestStage::QuickLook => "快速查看",
    }
}

/// What the scale is and at which stage it was tested.
pub(super) fn who(input: &ScaleTest) -> Words {
    let plate = &input.plate;
    let ranges = plate.ranges.iter();
    let (e_zh, e): (Vec<_>, Vec<_>) = ranges.map(|range| said_mass(range.e.value())).unzip();
    let (e_zh, e) = (e_zh.join("/"), e.join("/"));
    let (max_zh, max) = said_mass(plate.max().value());
    let (class, name) = (plate.class, plate.class.name_zh());
    let (stage_zh, stage_en) = (stage_zh(input.stage), stage_en(input.stage));
    Words::new(
        format!("{name}秤（e={e_zh}，最大秤量{max_zh}，{stage_zh}）"),
        format!("class {class} scale, {stage_en} (e = {e}, Max {max})"),
    )
}

/// The same for merchants and shoppers.
pub(super) fn nothing_found(checked: usize) -> Words {
    Words::new(
        format!("检查{checked}项，没有发现问题"),
        format!("{checked} checks found nothing wrong"),
    )
}

/// How many checks were made, none of them beyond its limit.
pub(super) fn none_beyond(checked: usize) -> Words {
    Words::new(
        format!("检查{checked}项，无超差"),
        format!("{checked} checks, none beyond its limit"),
    )
}
