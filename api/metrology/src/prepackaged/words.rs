//! A verdict on a lot in sentences for people. The wording is not a contract; the fields are.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::PrepackagedLot;
use super::sample::Sample;
use crate::quantity::Amount;
use crate::verdict::{Judged, Words};

/// The sentence of the average test.
pub(super) fn average(judged: &Judged, unit: &'static str) -> Words {
    let as_said = |amount: &Amount| Amount::as_said(amount.value(), unit);
    // In grams where one of both would be: two units side by side compare badly.
    let (mean, limit) = match (as_said(&judged.measured), as_said(&judged.limit)) {
        (mean, limit) if mean.unit() == limit.unit() => (mean, limit),
        _ => (judged.measured.clone(), judged.limit.clone()),
    };
    let (zh, en) = said(judged);
    Words::new(
        format!("平均实际含量{}，不得低于{}；{zh}", mean.zh(), limit.zh()),
        format!("mean content {mean}, at least {limit} wanted; {en}"),
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
            format!(" (no. {})", numbers.join(", ")),
        )
    };
    let (class_zh, class_en) = match class {
        "T1" => (
            "大于1倍、小于或者等于2倍允许短缺量的",
            "more than T, up to 2 T",
        ),
        _ => ("大于2倍允许短缺量的", "more than 2 T"),
    };
    let short = match numbers.len() {
        1 => "package is short",
        _ => "packages are short",
    };
    Words::new(
        format!("短缺量{class_zh}{found}件{list_zh}，允许{allowed}件；{zh}"),
        format!("{found} {short} by {class_en}{list_en}; {allowed} allowed; {en}"),
    )
}

/// What the packages hold, for merchants and shoppers: how many are short by more than they may, and the most
/// that one is; else what they are short of on average.
pub(super) fn found(sample: &Sample, t: Decimal, lot: &PrepackagedLot) -> Words {
    let unit = lot.nominal.content().unit();
    let (short, all) = (sample.short(t, None).len(), lot.packages.len());
    if short > 0 {
        let most = Amount::as_said(sample.most_short(), unit);
        let (zh, en) = (most.zh(), most.en());
        if all == 1 {
            return Words::new(
                format!("查了1件，少{zh}"),
                format!("the one package tested holds {en} less than labelled"),
            );
        }
        return Words::new(
            format!("查了{all}件，有{short}件偏少，最多的少{zh}"),
            format!("packages that hold too little: {short} of {all}, at most {en} too little"),
        );
    }
    let mean = sample.mean_short().shown(2).0;
    let size = Amount::as_said(mean.abs(), unit);
    let (zh, en) = match mean.cmp(&Decimal::ZERO) {
        Ordering::Greater => (
            format!("少{}", size.zh()),
            format!("{} less than", size.en()),
        ),
        Ordering::Less => (
            format!("多{}", size.zh()),
            format!("{} more than", size.en()),
        ),
        Ordering::Equal => ("不多不少".to_owned(), "just as much as".to_owned()),
    };
    let (each_zh, each_en) = match all {
        1 => ("", "the one package tested".to_owned()),
        _ => ("平均每件", format!("the average of {all}")),
    };
    Words::new(
        format!("查了{all}件，{each_zh}{zh}"),
        format!("{each_en} holds {en} labelled"),
    )
}

/// The goods and their lot.
pub(super) fn who(lot: &PrepackagedLot) -> Words {
    let (name, size, tested) = (&lot.goods_name, lot.lot_size, lot.packages.len());
    let qn = Amount::as_said(lot.nominal.content().value(), lot.nominal.content().unit());
    Words::new(
        format!("{name}（标注{}，批量{size}件，检验{tested}件）", qn.zh()),
        format!(
            "{name} (labelled {}, lot of {size}, {tested} tested)",
            qn.en()
        ),
    )
}

fn said(judged: &Judged) -> (&'static str, &'static str) {
    if judged.passes {
        ("符合", "within the limit")
    } else {
        ("不符合", "beyond the limit")
    }
}
