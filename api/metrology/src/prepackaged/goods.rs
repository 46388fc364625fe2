//! What goods a lot is of, where they have a rule of their own or none here.

use serde::{Deserialize, Serialize};

use super::PrepackagedLot;
use crate::input::{InputError, InputProblem};
use crate::rules::{ExcludedGoodsRow, OwnRuleRow, RuleText, SamplingRules};
use crate::text::GoodsName;
use crate::verdict::{Grounds, Words};

/// What goods a lot is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LotGoods {
    /// Wheat flour (小麦粉).
    Flour,
    /// Rice (大米).
    Rice,
    /// Soap (香皂、洗衣皂).
    Soap,
    /// Drugs (药品): not covered.
    Drugs,
    /// Hazardous chemicals (危险化学品): not covered.
    HazardousChemicals,
    /// Any other goods.
    Other,
}

/// Refuses goods that the rules leave out.
pub(super) fn refuse_excluded(goods: Option<LotGoods>) -> Result<(), InputError> {
    let why = match goods {
        Some(LotGoods::Drugs) => "drugs are not covered",
        Some(LotGoods::HazardousChemicals) => "hazardous chemicals are not covered",
        _ => return Ok(()),
    };
    Err(InputError::at("goods", InputProblem::OutOfScope { why }))
}

/// Refuses goods that an edition leaves out: as the caller says, else by their name.
pub(crate) fn refuse_left_out(
    (goods, name): (Option<LotGoods>, &GoodsName),
    excluded: &[ExcludedGoodsRow],
) -> Result<(), InputError> {
    let (field, found) = match goods {
        Some(goods) => ("goods", excluded.iter().find(|row| row.goods == goods)),
        None => {
            let name = name.as_str().to_lowercase();
            let is_called = |word: &RuleText| name.contains(word.as_str());
            let is_named = |row: &&ExcludedGoodsRow| row.names.iter().any(is_called);
            ("goods_name", excluded.iter().find(is_named))
        }
    };
    let why = match found.map(|row| row.goods) {
        None => return Ok(()),
        Some(LotGoods::Drugs) => "drugs are not covered",
        Some(LotGoods::HazardousChemicals) => "hazardous chemicals are not covered",
        Some(_) => "these goods are not covered",
    };
    Err(InputError::at(field, InputProblem::OutOfScope { why }))
}

/// Whether goods with a rule of their own keep the general rule from a firm result; names that rule.
pub(super) fn have_own_rule(
    rules: &SamplingRules,
    lot: &PrepackagedLot,
    grounds: &mut Grounds,
) -> bool {
    let Some(row) = own_rule(rules, lot) else {
        return false;
    };
    let (zh, en, rule) = (&row.name_zh, &row.name_en, &row.rule);
    let words = Words::new(
        format!("{zh}另有专用检验规则{rule}（含水分修正），尚未载入；按通用规则所得结果仅供参考"),
        format!(
            "{en} has a rule of its own, {rule}, which corrects for moisture and is not loaded; by the general rule this is an indication only"
        ),
    );
    grounds.reservation("GOODS_HAVE_OWN_RULE", words);
    true
}

/// Nobody said what goods these are: they are taken by their name.
pub(super) fn not_said() -> Words {
    Words::new(
        "未写明商品类别，按名称判断；有的类别另有专用检验规则",
        "what goods these are was not said, and their name tells of no rule of their own; some have one",
    )
}

/// Whether nobody said what goods these are, where some have a rule of their own.
pub(super) fn may_have_own_rule(rules: &SamplingRules, lot: &PrepackagedLot) -> bool {
    lot.goods.is_none() && rules.own_rules.iter().any(|row| is_in_force(row, lot))
}

fn is_in_force(row: &OwnRuleRow, lot: &PrepackagedLot) -> bool {
    row.from.is_none_or(|from| from <= lot.inspected_on)
}

/// The row of the goods: as the caller says, else by their name.
fn own_rule<'a>(rules: &'a SamplingRules, lot: &PrepackagedLot) -> Option<&'a OwnRuleRow> {
    let name = lot.goods_name.as_str().to_lowercase();
    let is_of_goods = |row: &OwnRuleRow| match lot.goods {
        Some(goods) => row.goods == goods,
        None => row.names.iter().any(|word| name.contains(word.as_str())),
    };
    let mut rows = rules.own_rules.iter();
    rows.find(|row| is_of_goods(row) && is_in_force(row, lot))
}
