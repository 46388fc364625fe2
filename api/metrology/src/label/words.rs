//! A label verdict in sentences for people. The wording is not a contract; the fields are.

use rust_decimal::Decimal;

use super::runs::Disagreement;
use super::{LabelUnit, NetContentLabel};
use crate::quantity::{Millimetre, plain};
use crate::rules::{SizeUnits, UnitRow};
use crate::seen::Seen;
use crate::verdict::{CheckResult, Judged, Outcome, Words};

/// The goods and the mark on them.
pub(super) fn who(input: &NetContentLabel, mark: Option<&str>) -> Words {
    let name = &input.goods_name;
    let Some(mark) = mark else {
        return Words::new(name.as_str(), name.as_str());
    };
    Words::new(
        format!("{name}，净含量标注“{mark}”"),
        format!("{name}, marked \"{mark}\""),
    )
}

/// The longest mark that is told word for word.
const LONGEST_TOLD: usize = 20;

/// What the package says, where nothing is wrong with it.
pub(super) fn found(mark: Option<&str>) -> Words {
    match mark.filter(|mark| mark.chars().count() <= LONGEST_TOLD) {
        Some(mark) => Words::new(
            format!("包装上写的是“{mark}”"),
            format!("the package says \"{mark}\""),
        ),
        None => Words::new("包装上写的净含量没有问题", "nothing is wrong with the mark"),
    }
}

pub(super) fn present(is_there: bool) -> Words {
    if is_there {
        Words::new(
            "包装上标注了净含量。",
            "The package bears a net content mark.",
        )
    } else {
        Words::new(
            "包装上未标注净含量。",
            "The package bears no net content mark.",
        )
    }
}

pub(super) fn conspicuous(seen: Seen) -> Words {
    match seen {
        Seen::Yes => Words::new("标注清晰、位置显著。", "The mark is clear and conspicuous."),
        Seen::No => Words::new(
            "标注不清晰或位置不显著。",
            "The mark is not clear or not in a conspicuous place.",
        ),
        Seen::NotSeen => Words::new("未查看标注位置。", "Nobody looked where the mark stands."),
    }
}

pub(super) fn several(seen: Seen, is_same: bool) -> Words {
    let (zh, en) = if is_same {
        (
            "单件净含量和总件数，或总净含量",
            "the quantity of one item and their number, or the total",
        )
    } else {
        (
            "各种商品的单件净含量和件数，或各种商品的总净含量",
            "for each kind the quantity of one and the number, or the total",
        )
    };
    match seen {
        Seen::Yes => Words::new(format!("已标注{zh}。"), format!("The package gives {en}.")),
        Seen::No => Words::new(
            format!("未标注{zh}。"),
            format!("The package does not give {en}."),
        ),
        Seen::NotSeen => Words::new(
            format!("未查看是否标注{zh}。"),
            format!("Nobody looked whether the package gives {en}."),
        ),
    }
}

pub(super) fn mark_words(wanted: &str, is_met: bool, has_words: bool) -> Words {
    match (is_met, has_words) {
        (true, true) => Words::new(
            format!("标注有“{wanted}”。"),
            format!("The mark bears the words {wanted}."),
        ),
        (true, false) => Words::new(
            format!("长度、面积、计数可免除“{wanted}”三个字。"),
            format!("Length, area and count may leave out the words {wanted}."),
        ),
        (false, _) => Words::new(
            format!("未写明“{wanted}”三个字。"),
            format!("The mark does not bear the words {wanted}."),
        ),
    }
}

pub(super) fn number(number: &str, result: CheckResult) -> Words {
    match result {
        CheckResult::Passes => Words::new(
            format!("数字为{number}。"),
            format!("The number is {number}."),
        ),
        CheckResult::Fails if number.is_empty() => {
            Words::new("标注中没有数字。", "The mark has no number.")
        }
        CheckResult::Fails => Words::new("数字为零。", "The number is zero."),
        CheckResult::NotAssessed => Words::new(
            format!("标注的数字{number}无法识读，请人工判断。"),
            "The number of the mark could not be read; a person has to look.",
        ),
    }
}

/// Counted goods whose mark gives another quantity and no number of items.
pub(super) fn no_items() -> Words {
    Words::new(
        "标注中没有件数，请人工判断。",
        "The mark has no number of items; a person has to look.",
    )
}

pub(super) fn many_digits(number: &str, most: u32) -> Words {
    Words::new(
        format!("{number}的有效数字多于{most}位，建议不超过{most}位。"),
        format!(
            "{number} has more than {most} significant digits; at most {most} are recommended."
        ),
    )
}

pub(super) fn not_legal(written: &str, row: &UnitRow) -> Words {
    Words::new(
        format!("“{written}”不是法定计量单位，应写作{}。", row.write_zh),
        format!(
            "{written} ({}) is not a legal unit; write {}.",
            row.name, row.write_en
        ),
    )
}

pub(super) fn no_unit(number: &str, unit: &str) -> Words {
    if unit.is_empty() {
        return Words::new(
            format!("{number}之后没有计量单位。"),
            format!("There is no unit after {number}."),
        );
    }
    Words::new(
        format!("“{unit}”不是附表1所列的计量单位。"),
        format!("The unit {unit} is none of annex 1."),
    )
}

pub(super) fn spelling(written: &str, unit: LabelUnit, is_right: bool) -> Words {
    let symbol = unit.symbol();
    if is_right {
        Words::new(
            format!("单位“{written}”书写正确。"),
            format!("The unit {written} is rightly spelt."),
        )
    } else {
        Words::new(
            format!("单位“{written}”书写错误，应写作“{symbol}”。"),
            format!("The unit {written} is wrongly spelt; write {symbol}."),
        )
    }
}

pub(super) fn for_size(quantity: &str, sizes: &SizeUnits, is_met: bool) -> Words {
    let units: Vec<_> = sizes.units.iter().map(|unit| unit.symbol()).collect();
    let (zh, en) = if is_met {
        ("符合", "as wanted")
    } else {
        ("不符合", "not as wanted")
    };
    let (sizes_zh, sizes_en) = &sizes.sizes;
    Words::new(
        format!(
            "标注{quantity}，{sizes_zh}应以{}为单位；{zh}。",
            units.join("或")
        ),
        format!(
            "{quantity}: {sizes_en} the unit is {}; {en}.",
            units.join(" or ")
        ),
    )
}

pub(super) fn at_the_switch(quantity: &str) -> Words {
    Words::new(
        format!("{quantity}恰在单位转换点，各来源说法不一，两种单位均不判为不合格。"),
        format!(
            "{quantity} lies exactly where the unit changes; sources differ, so either unit passes."
        ),
    )
}

pub(super) fn unclear(signs: &[String]) -> Words {
    let signs = signs.join("、");
    Words::new(
        format!("标注中有“{signs}”，净含量不确定，请人工判断。"),
        format!("The mark bears {signs}, which leaves the quantity open; a person has to look."),
    )
}

pub(super) fn unplaced(numbers: &[&str]) -> Words {
    Words::new(
        format!(
            "标注中的数字{}未能归入任何一个量，请人工判断。",
            numbers.join("、")
        ),
        match numbers {
            [number] => format!(
                "The number {number} of the mark belongs to no quantity that could be read; a person has to look."
            ),
            _ => format!(
                "The numbers {} of the mark belong to no quantity that could be read; a person has to look.",
                numbers.join(", ")
            ),
        },
    )
}

/// What the numbers of counted goods come to.
pub(super) fn count_of_all(text: &str, total: Decimal) -> Words {
    let total = plain(total);
    Words::new(
        format!("标注为{text}，共{total}。"),
        format!("The mark gives {text}, {total} in all."),
    )
}

/// The mark gives several items where one was recorded.
pub(super) fn not_single(text: &str) -> Words {
    Words::new(
        format!("标注为{text}，记录为单件商品，请人工核对件数。"),
        format!(
            "The mark gives {text} and one item was recorded; a person has to look how many there are."
        ),
    )
}

pub(super) fn disagreement(Disagreement { total, parts }: &Disagreement) -> Words {
    Words::new(
        format!("标注的{total}与{parts}不一致，请人工判断。"),
        format!("The {total} of the mark is not what {parts} comes to; a person has to look."),
    )
}

pub(super) fn chinese_number() -> Words {
    Words::new(
        "标注中有用汉字书写的数字，未识读，请人工判断。",
        "The mark has a number in Chinese numerals, which was not read; a person has to look.",
    )
}

pub(super) fn several_units(units: &[&str]) -> Words {
    Words::new(
        format!("标注使用了多个单位：{}。", units.join("、")),
        format!("The mark uses several units: {}.", units.join(", ")),
    )
}

pub(super) fn first_quantity() -> Words {
    Words::new(
        "标注中有几个量，字符高度的要求不同，按第一个量判定。",
        "The quantities of the mark want different heights; the first one decides.",
    )
}

pub(super) fn height(judged: &Judged) -> Words {
    let Judged {
        measured, limit, ..
    } = judged;
    let (zh, en) = if judged.passes {
        Outcome::Conforms.words()
    } else {
        Outcome::Fails.words()
    };
    Words::new(
        format!("字符高度{}，最小高度{}；{zh}", measured.zh(), limit.zh()),
        format!("character height {measured}, at least {limit} wanted; {en}"),
    )
}

pub(super) fn height_not_assessed(limit: Option<Millimetre>) -> Words {
    match limit {
        Some(limit) => {
            let limit = plain(limit.value());
            Words::new(
                format!("未测量字符高度，最小高度为{limit}毫米。"),
                format!("The character height was not measured; at least {limit} mm is wanted."),
            )
        }
        None => Words::new(
            "净含量无法识读，字符的最小高度无法确定。",
            "The quantity could not be read, so the least height is not known.",
        ),
    }
}
