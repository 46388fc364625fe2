//! A verdict on a lot in sentences for people. The wording is not a contract; the fields are.

use super::PrepackagedLot;
use crate::verdict::{Judged, Outcome, Words};

/// The sentence of the average test.
pub(super) fn average(judged: &Judged) -> Words {
    let (mean, limit) = (&judged.measured, &judged.limit);
    let (zh, en) = said(judged);
    Words::new(
        format!("平均实际含量{mean}，不得低于{limit}（Qn－λs）；{zh}"),
        format!("mean content {mean}; at least {limit} (Qn - lambda s); {en}"),
    )
}

/// The sentence of a count of short packages; `class` is `T1` or `T2`.
pub(super) fn count(class: &str, packages: &[usize], judged: &Judged) -> Words {
    let (found, allowed) = (&judged.measured, &judged.limit);
    let (zh, en) = said(judged);
    let numbers: Vec<String> = packages.iter().map(usize::to_string).collect();
    let (list_zh, list_en) = if numbers.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!("（第{}件）", numbers.join("、")),
            format!(" (packages {})", numbers.join(", ")),
        )
    };
    Words::new(
        format!("{class}短缺{found}件{list_zh}，允许{allowed}件；{zh}"),
        format!("{found} {class} packages{list_en}; {allowed} allowed; {en}"),
    )
}

/// The sentence of the whole.
pub(super) fn summary(lot: &PrepackagedLot, outcome: Outcome) -> Words {
    let (zh, en) = outcome.words();
    let (name, size, tested) = (&lot.goods_name, lot.lot_size, lot.packages.len());
    let qn = lot.nominal.content();
    let (value, unit) = (qn.value().normalize(), qn.unit());
    Words::new(
        format!("{name}（标注{value} {unit}，批量{size}件，检验{tested}件）：{zh}"),
        format!("{name} (labelled {value} {unit}, lot of {size}, {tested} tested): {en}"),
    )
}

fn said(judged: &Judged) -> (&'static str, &'static str) {
    if judged.passes {
        ("符合", "within the limit")
    } else {
        ("不符合", "beyond the limit")
    }
}
