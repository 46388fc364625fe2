//! Packing that lay on the scale with the goods: rope, bag, box. What is paid for is the goods; packing
//! that was settled as goods is part of what the customer did not get.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::RetailWeighing;
use super::packages::{self, Subject};
use crate::input::{Checked, InputError, InputProblem, absurd, count, positive};
use crate::quantity::{Gram, plain};
use crate::rules::{Edition, RetailRules};
use crate::seen::Seen;
use crate::verdict::{Bound, Cite, Comparison, Grounds, Judged, Words};

/// How much of the shortage is packing that was settled as goods.
const TARE_COUNTED: &str = "TARE_COUNTED";

/// Packing of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tare {
    /// What it is; each once.
    pub what: TareKind,
    /// Its mass, of each package where there is a list; more than zero.
    pub mass: Gram,
    /// Whether it was paid for as goods, not taken off what the scale showed.
    pub settled_as_goods: Seen,
}

/// The kinds of packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TareKind {
    /// Rope or band, as on a crab (捆扎绳).
    Rope,
    /// A bag (袋).
    Bag,
    /// A box or basin (盒、盆).
    Box,
    /// A tray (托盘).
    Tray,
    /// Any other.
    Other,
}

impl TareKind {
    const ALL: usize = 5;

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Rope => ("捆扎绳", "rope"),
            Self::Bag => ("袋", "bag"),
            Self::Box => ("盒", "box"),
            Self::Tray => ("托盘", "tray"),
            Self::Other => ("其他包装物", "other packing"),
        }
    }
}

/// Refuses a kind that stands twice, packing of nothing, and packing as heavy as what was paid for.
pub(super) fn check(input: &RetailWeighing) -> Checked {
    count("tare", input.tare.len(), (0, TareKind::ALL))?;
    let lightest = input.packages.iter().map(|package| package.settled).min();
    let settled = lightest.unwrap_or(input.settled).value();
    let mut sum = Decimal::ZERO;
    for (index, tare) in input.tare.iter().enumerate() {
        let before = input.tare.get(..index).unwrap_or_default();
        if before.iter().any(|other| other.what == tare.what) {
            let at = format!("tare[{index}].what");
            return Err(InputError::at(at, InputProblem::Repeated));
        }
        let at = format!("tare[{index}].mass");
        positive(at.clone(), tare.mass.is_zero())?;
        sum += tare.mass.value();
        let why = "the packing weighs as much as what was paid for";
        absurd(at, sum >= settled, why)?;
    }
    Ok(())
}

/// Holds what was settled as goods against what the goods may be short: `allowed` grams. Packing is told
/// as a part of the shortage, so that goods which are full despite it fail by nothing.
pub(super) fn examine(
    (edition, subject): (Edition<'_, RetailRules>, Option<&Subject>),
    input: &RetailWeighing,
    (allowed, cite): (Decimal, Cite<'_>),
    grounds: &mut Grounds,
) {
    let named = |seen: Seen| -> Vec<Tare> {
        let rows = input.tare.iter().copied();
        rows.filter(|tare| tare.settled_as_goods == seen).collect()
    };
    let unseen = named(Seen::NotSeen);
    if !unseen.is_empty() {
        grounds.note("TARE_NOT_SEEN", not_seen(&list(&unseen)));
    }
    let (counted, taken_off) = (named(Seen::Yes), named(Seen::No));
    let Some(reading) = &edition.rules.readings.tare_is_no_goods else {
        return;
    };
    if counted.is_empty() && taken_off.is_empty() {
        return;
    }
    let sum: Decimal = counted.iter().map(|tare| tare.mass.value()).sum();
    let shortage = input.settled.minus(input.checked).max(Decimal::ZERO);
    let bound = Bound {
        measured: sum.min(shortage).into(),
        limit: allowed.into(),
        unit: Gram::UNIT,
        comparison: Comparison::AtMost,
    };
    let cite = Cite {
        row: format!("packing settled as goods: {}", cite.row),
        provenance: cite.provenance.max(reading.provenance),
        ..cite
    };
    let at = subject.map(|subject| subject.en.clone());
    grounds.compare(TARE_COUNTED, at, &bound, cite, |judged| {
        let words = match counted.is_empty() {
            true => taken_off_words(&list(&taken_off)),
            false => counted_words(&list(&counted), judged),
        };
        packages::of(subject, words)
    });
}

fn taken_off_words(Words { zh, en }: &Words) -> Words {
    Words::new(
        format!("{zh}已从结算重量中扣除；合格"),
        format!("{en} was taken off what was settled; passes"),
    )
}

fn counted_words(Words { zh, en }: &Words, judged: &Judged) -> Words {
    let (result_zh, result_en) = match judged.passes {
        true => ("合格", "passes"),
        false => ("不合格", "fails"),
    };
    let (part, limit) = (&judged.measured, &judged.limit);
    let (part_zh, limit_zh) = (part.zh(), limit.zh());
    Words::new(
        format!("{zh}计作商品，占短缺中的{part_zh}，允许{limit_zh}；{result_zh}"),
        format!("{en} was settled as goods: {part} of the shortage, {limit} allowed; {result_en}"),
    )
}

/// What merchants and shoppers are told of packing that was settled as goods; nothing where none was.
pub(super) fn told(input: &RetailWeighing) -> Words {
    let rows = input.tare.iter().copied();
    let counted: Vec<Tare> = rows
        .filter(|tare| tare.settled_as_goods == Seen::Yes)
        .collect();
    if counted.is_empty() {
        return Words::default();
    }
    let Words { zh, en } = list(&counted);
    Words::new(
        format!("（{zh}也按商品收了钱）"),
        format!(" ({en} was charged as goods)"),
    )
}

fn list(rows: &[Tare]) -> Words {
    let said = |tare: &Tare| {
        let ((zh, en), mass) = (tare.what.words(), plain(tare.mass.value()));
        (format!("{zh}{mass}克"), format!("{en} of {mass} g"))
    };
    let (zh, en): (Vec<_>, Vec<_>) = rows.iter().map(said).unzip();
    Words::new(zh.join("、"), en.join(" and "))
}

fn not_seen(Words { zh, en }: &Words) -> Words {
    Words::new(
        format!("未查看{zh}是否计作商品。"),
        format!("Nobody looked whether {en} was settled as goods."),
    )
}
