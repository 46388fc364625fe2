//! Goods packed in the shop, each package with a mass of its own (现场预包装、散装称重): a list of
//! packages in one measurement. Each is held against the limit of its own mass.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::judge::SHORTAGE;
use super::weighing::read_goods_mass;
use super::{RetailWeighing, words};
use crate::input::{Checked, contradiction, count, positive};
use crate::quantity::{Gram, plain};
use crate::verdict::{Grounds, Outcome, Words};

/// The fewest and the most packages of a list.
const ROWS: (usize, usize) = (2, 200);

/// One package: what its label says, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShopPackage {
    /// The mass on the label of the shop; more than zero, at most 10 t.
    #[serde(deserialize_with = "read_goods_mass")]
    pub settled: Gram,
    /// The mass found by the check, without packing; at most 10 t.
    #[serde(deserialize_with = "read_goods_mass")]
    pub checked: Gram,
}

/// A package in both languages.
pub(super) struct Subject {
    zh: String,
    pub en: String,
}

/// Refuses a list that is no list, packages of nothing, and a list that does not add up to what the
/// whole is said to be.
pub(super) fn check(input: &RetailWeighing) -> Checked {
    if input.packages.is_empty() {
        return Ok(());
    }
    count("packages", input.packages.len(), ROWS)?;
    for (index, package) in input.packages.iter().enumerate() {
        let at = format!("packages[{index}].settled");
        positive(at, package.settled.is_zero())?;
    }
    let sum = |mass: fn(&ShopPackage) -> Gram| -> Decimal {
        input.packages.iter().map(|one| mass(one).value()).sum()
    };
    let why = "it is the sum of the packages";
    let is_other = sum(|one| one.settled) != input.settled.value();
    contradiction("settled", is_other, why)?;
    let is_other = sum(|one| one.checked) != input.checked.value();
    contradiction("checked", is_other, why)?;
    let why = "packages of a shop are not one sale";
    contradiction("paid", input.paid.is_some(), why)
}

/// The weighings of a measurement: the whole, or each package as if it were the whole.
pub(super) fn each(input: &RetailWeighing) -> Vec<(Option<Subject>, Cow<'_, RetailWeighing>)> {
    if input.packages.is_empty() {
        return vec![(None, Cow::Borrowed(input))];
    }
    let weighing = |(index, package): (usize, &ShopPackage)| {
        let number = index + 1;
        let subject = Subject {
            zh: format!("第{number}件"),
            en: format!("package {number}"),
        };
        let one = RetailWeighing {
            settled: package.settled,
            checked: package.checked,
            packages: Vec::new(),
            ..input.clone()
        };
        (Some(subject), Cow::Owned(one))
    };
    input.packages.iter().enumerate().map(weighing).collect()
}

/// Whether something is so of the whole, or of each package.
pub(super) fn all(input: &RetailWeighing, is_so: impl Fn(&RetailWeighing) -> bool) -> bool {
    match input.packages.as_slice() {
        [] => is_so(input),
        _ => each(input).iter().all(|(_, one)| is_so(one)),
    }
}

/// Words about a package, with its number before them.
pub(super) fn of(subject: Option<&Subject>, words: Words) -> Words {
    match subject {
        None => words,
        Some(Subject { zh, en }) => {
            Words::new(format!("{zh}：{}", words.zh), format!("{en}: {}", words.en))
        }
    }
}

/// The sentence of the whole.
pub(super) fn summary(input: &RetailWeighing, grounds: &Grounds) -> Words {
    let (name, number) = (&input.goods_name, input.packages.len());
    let who = Words::new(
        format!("{name}（{number}件）"),
        format!("{name} ({number} packages)"),
    );
    let detail = Words::new(
        "各件短缺均未超过限值",
        "no package is short by more than its limit",
    );
    grounds.sentence(&who, &detail)
}

/// How many packages are short, the most that one is, and what is charged too much for all of them.
pub(super) fn say_plainly(input: &RetailWeighing, overcharged: Decimal, grounds: &mut Grounds) {
    let shortages = input
        .packages
        .iter()
        .map(|one| one.settled.minus(one.checked));
    let short: Vec<Decimal> = shortages.filter(|one| *one > Decimal::ZERO).collect();
    let (number, all) = (short.len(), input.packages.len());
    let most = plain(short.iter().max().copied().unwrap_or_default());
    let overcharged = plain(overcharged);
    let (end_zh, end_en) = match grounds.outcome() {
        Outcome::Conforms if number == 0 => {
            let told = Words::new("每件份量都足。", "Every package is full.");
            return grounds.say_plainly(told);
        }
        Outcome::Fails if !grounds.fails_by(SHORTAGE) => {
            return grounds.say_plainly(words::full_on_a_wrong_scale());
        }
        Outcome::Fails => (
            format!("，合计多收{overcharged}元"),
            format!(", {overcharged} yuan too much in all"),
        ),
        Outcome::Conforms => (
            "，都在允许范围内".to_owned(),
            ", which is allowed".to_owned(),
        ),
        Outcome::ScreeningOnly | Outcome::NotAssessable if number == 0 => {
            let told = Words::new("每件都不少", "no package holds less");
            return grounds.tell(&told);
        }
        Outcome::ScreeningOnly => (
            "，还不能下结论".to_owned(),
            "; nothing is certain yet".to_owned(),
        ),
        Outcome::NotAssessable => (
            "，凭这次核称得不出结论".to_owned(),
            "; nothing can be concluded from this check".to_owned(),
        ),
    };
    let told = Words::new(
        format!("{all}件中有{number}件偏少，最多少{most}克{end_zh}。"),
        format!("{number} of {all} packages hold less, at most {most} g less{end_en}."),
    );
    grounds.say_plainly(told);
}
