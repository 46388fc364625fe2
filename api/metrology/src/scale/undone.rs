//! What was not done of a part of the test of a scale, in sentences for people.

use rust_decimal::Decimal;

use super::words::{Subject, said_mass};
use crate::quantity::Gram;
use crate::verdict::Words;

pub(super) fn too_few_runs(subject: &Subject, runs: usize, wanted: u8) -> Words {
    Words::new(
        format!("重复性（{}）只称量{runs}次，应为{wanted}次", subject.zh),
        format!(
            "repeatability ({}) rests on {runs} weighings; {wanted} are wanted",
            subject.en
        ),
    )
}

pub(super) fn too_few_places(made: usize, wanted: u8) -> Words {
    Words::new(
        format!("偏载只做了{made}处，应做{wanted}处"),
        format!("the load was put off centre at {made} places; {wanted} are wanted"),
    )
}

pub(super) fn eccentric_load_too_light(load: Gram, wanted: Decimal) -> Words {
    let ((load_zh, load), (wanted_zh, wanted)) = (said_mass(load.value()), said_mass(wanted));
    Words::new(
        format!("偏载所用载荷{load_zh}过轻，应为{wanted_zh}"),
        format!("the load put off centre, {load}, is too light; {wanted} is asked for"),
    )
}

pub(super) fn repeated_load_too_light(load: Gram, least: Decimal) -> Words {
    let ((load_zh, load), (least_zh, least)) = (said_mass(load.value()), said_mass(least));
    Words::new(
        format!("重复性所用载荷最重{load_zh}，过轻，应不少于{least_zh}"),
        format!(
            "the heaviest load that was weighed repeatedly, {load}, is too light; at least {least} is wanted"
        ),
    )
}

/// Nothing was asked for that a crane scale cannot do.
pub(super) fn no_eccentricity() -> Words {
    Words::new(
        "吊秤未要求偏载试验（规程原文未见，未核实）。",
        "No eccentricity test was asked of a scale that goods hang from; the regulation itself was not seen.",
    )
}

/// Nobody said whether the plate states a tare, which would have to be tested: it is taken to state none.
pub(super) fn tare_not_given() -> Words {
    Words::new(
        "未写明铭牌是否载有去皮量，按没有去皮量处理（确实没有的，填0克）",
        "whether the plate states a tare was not said (0 g where it states none); it is taken to state none",
    )
}

/// Nobody said whether the scale computes a price, which would have to be checked.
pub(super) fn kind_not_given() -> Words {
    Words::new(
        "未写明是否为电子计价秤，也未核对付款金额",
        "whether the scale computes the price was not said, and no price was checked",
    )
}

pub(super) fn load_points(missing: &[Decimal], found: usize, least: u8) -> Words {
    let (zh, en): (Vec<_>, Vec<_>) = missing.iter().map(|load| said_mass(*load)).unzip();
    if missing.is_empty() {
        return Words::new(
            format!("称量试验只有{found}个称量点，应不少于{least}个"),
            format!("the weighing test has {found} different loads; at least {least} are wanted"),
        );
    }
    Words::new(
        format!("称量试验缺少称量点：{}", zh.join("、")),
        format!("the weighing test was not made at {}", en.join(", ")),
    )
}
