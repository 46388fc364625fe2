//! Goods that the rule leaves out: as the measurement says, or as they are called.

use std::borrow::Cow;

use super::table::said;
use super::{ExcludedKind, GoodsCategory, RetailWeighing, packages};
use crate::rules::{Edition, ExcludedRow, RetailRules};
use crate::verdict::{Bars, Grounds, Words};

/// The row of goods that the tables do not cover. Whether article 6 of the quantity penalty rule binds them
/// instead nobody has confirmed: what is missing is shown beside the error of the scale, as an indication.
/// Nothing where the edition says nothing of it either: then no verdict is given.
pub(super) fn by_scale<'a>(
    edition: Edition<'a, RetailRules>,
    (input, kind): (&RetailWeighing, ExcludedKind),
    grounds: &mut Grounds,
) -> Option<&'a ExcludedRow> {
    let row = edition.rules.excluded.of(kind);
    grounds.rely_on(&format!("not covered: {}", row.name_en), row.provenance);
    let (zh, en, title) = (&row.name_zh, &row.name_en, &edition.head.title_zh);
    let Some(reading) = &edition.rules.readings.scale_limit_of_goods_left_out else {
        let words = Words::new(
            format!("《{title}》的负偏差不适用于{zh}"),
            format!("the permitted shortages do not cover {en}"),
        );
        grounds.obstacle(Bars::Everything, "EXCLUDED_GOODS", words);
        return None;
    };
    // Where nothing is missing no reading fails.
    if !packages::all(input, |one| one.checked >= one.settled) {
        let name = "reading: limit of goods left out from the scale";
        grounds.rely_on(name, reading.provenance);
        grounds.note("LIMIT_FROM_SCALE", said(reading));
        let words = Words::new(
            format!("《{title}》的负偏差不适用于{zh}，所用限值未经核实"),
            format!("the permitted shortages do not cover {en}; the limit taken is not confirmed"),
        );
        grounds.reservation("EXCLUDED_GOODS", words);
    }
    Some(row)
}

/// Whether food bears the name of goods that the rule leaves out: what it comes to as food is no more
/// than an indication.
pub(super) fn doubt_name(
    edition: Edition<'_, RetailRules>,
    input: &RetailWeighing,
    grounds: &mut Grounds,
) -> bool {
    if !matches!(input.category, GoodsCategory::Food { .. }) {
        return false;
    }
    let name = as_listed(input.goods_name.as_str());
    let is_part = |one: &str| one.len() <= name.len() && name.contains(one);
    let is_called = |row: &&ExcludedRow| row.names.iter().any(|one| is_part(one.as_str()));
    let mut rows = edition.rules.excluded.each().map(|(_, row)| row);
    let Some(row) = rows.find(is_called) else {
        return false;
    };
    let (zh, en, title) = (&row.name_zh, &row.name_en, &edition.head.title_zh);
    let words = Words::new(
        format!("按品名为{zh}，《{title}》的负偏差不适用；按食品所得结果仅供参考"),
        format!(
            "by their name the goods are {en}, which the permitted shortages do not cover; as food this is an indication only"
        ),
    );
    grounds.reservation("NAME_OF_EXCLUDED_GOODS", words);
    true
}

/// How a name says behind the animal that it is alive.
const BEHIND: [&str; 4] = ["（活", "(活", "（鲜活", "(鲜活"];

/// A name as the lists write it: 活的草鱼, 活体草鱼, 活 草鱼, 草鱼（活） and 草鱼 活 are 活草鱼.
fn as_listed(name: &str) -> Cow<'_, str> {
    let name = match name.chars().any(char::is_uppercase) {
        true => Cow::Owned(name.to_lowercase()),
        false => Cow::Borrowed(name),
    };
    if !name.contains('活') {
        return name;
    }
    let is_behind = BEHIND.iter().any(|one| name.contains(one)) || name.ends_with(" 活");
    let before = if is_behind { "活" } else { "" };
    let name = name.replace([' ', '\u{3000}'], "");
    let name = name.replace("活体", "活").replace("活的", "活");
    Cow::Owned([before, &*name].concat())
}
