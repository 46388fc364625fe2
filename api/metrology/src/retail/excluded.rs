//! Goods that the rule leaves out: as the measurement says, or as they are called.

use std::borrow::Cow;

use super::{ExcludedKind, GoodsCategory, RetailWeighing};
use crate::rules::{Edition, ExcludedRow, RetailRules};
use crate::verdict::{Bars, Grounds, Words};

/// Says that the rule does not speak of the goods at all.
pub(super) fn bar(edition: Edition<'_, RetailRules>, kind: ExcludedKind, grounds: &mut Grounds) {
    let row = edition.rules.excluded.of(kind);
    grounds.rely_on(&format!("not covered: {}", row.name_en), row.provenance);
    grounds.obstacle(
        Bars::Everything,
        "EXCLUDED_GOODS",
        Words::new(
            format!("本办法的负偏差不适用于{}", row.name_zh),
            format!("the permitted shortages do not cover {}", row.name_en),
        ),
    );
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
    let name = input.goods_name.as_str();
    let name = match name.chars().any(char::is_uppercase) {
        true => Cow::Owned(name.to_lowercase()),
        false => Cow::Borrowed(name),
    };
    // 草鱼（活） is 活草鱼.
    let name = match name.contains("（活") || name.contains("(活") {
        true => Cow::Owned(format!("活{name}")),
        false => name,
    };
    let is_part = |one: &str| one.len() <= name.len() && name.contains(one);
    let is_called = |row: &&ExcludedRow| row.names.iter().any(|one| is_part(one.as_str()));
    let mut rows = edition.rules.excluded.each().map(|(_, row)| row);
    let Some(row) = rows.find(is_called) else {
        return false;
    };
    let (zh, en) = (&row.name_zh, &row.name_en);
    let words = Words::new(
        format!("按品名为{zh}，本办法的负偏差不适用；按食品所得结果仅供参考"),
        format!(
            "by their name the goods are {en}, which the permitted shortages do not cover; as food this is an indication only"
        ),
    );
    grounds.reservation("NAME_OF_EXCLUDED_GOODS", words);
    true
}
