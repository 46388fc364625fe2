//! What is not known of a test of a lot, and how far its contents could be otherwise.

use rust_decimal::Decimal;

use super::{Content, PrepackagedLot, Tester, goods, tare};
use crate::rules::{MarketScaleRules, Part, RuleSet, SamplingRules};
use crate::verdict::Grounds;

/// How far a failure of the lot could still be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Not at all.
    None,
    /// By an error of each content of so much, in the base unit of the label: the instrument is known and too
    /// coarse, or nobody named one whose certificate holds, and no scale of a market is worse.
    Error(Decimal),
    /// By an authorised tester, a rule of the goods' own, or an instrument of which nothing is known.
    Everything,
}

impl Doubt {
    /// Names what is missing and says how far that could undo a failure.
    pub(super) fn of(
        (rules, plan): (&RuleSet, &SamplingRules),
        lot: &PrepackagedLot,
        t: Decimal,
        grounds: &mut Grounds,
    ) -> Self {
        let mut doubt = Self::None;
        // First, since it is the first thing to know of such a lot.
        let has_own_rule = goods::have_own_rule(plan, lot, grounds);
        if !has_own_rule && goods::may_have_own_rule(plan, lot) {
            grounds.note("GOODS_NOT_SAID", goods::not_said());
        }
        let needs_instrument = !matches!(lot.nominal.content(), Content::Count(_));
        for row in plan.parts.in_use() {
            match row.part {
                Part::CheckInstrument if lot.standard.is_none() && needs_instrument => {
                    grounds.lacks(row);
                    doubt = Self::of_unnamed(rules, lot);
                }
                _ => {}
            }
        }
        if needs_instrument && !tare::is_certified(lot) {
            doubt = Self::of_unnamed(rules, lot);
        } else if let Some(error) = tare::coarse_error(plan, lot, t) {
            doubt = Self::Error(error);
        }
        let is_field = plan.tester.is_some() && lot.tester == Tester::Field;
        if has_own_rule || is_field {
            doubt = Self::Everything;
        }
        doubt
    }

    /// A litre of most goods weighs about a kilogram.
    fn of_unnamed(rules: &RuleSet, lot: &PrepackagedLot) -> Self {
        let content = lot.nominal.content();
        let load = match content {
            Content::Mass(_) | Content::Volume(_) => content.value(),
            _ => return Self::Everything,
        };
        let error = crate::quantity::Gram::from_value(load).and_then(|load| {
            let edition = rules
                .edition_on::<MarketScaleRules>(lot.inspected_on)
                .ok()?;
            Some(edition.rules.error.at(load)?.limit.value())
        });
        error.map_or(Self::Everything, Self::Error)
    }

    /// The same where each content may be more than was found by so much besides, in the base unit of the label.
    pub(super) fn besides(self, more: Decimal) -> Self {
        match self {
            Self::None if more.is_zero() => Self::None,
            Self::None => Self::Error(more),
            Self::Error(error) => Self::Error(error + more),
            Self::Everything => Self::Everything,
        }
    }

    /// The error by which a failure has to be beyond its limit to be firm; nothing where none is.
    pub(super) fn error(self) -> Option<Decimal> {
        match self {
            Self::None => Some(Decimal::ZERO),
            Self::Error(error) => Some(error),
            Self::Everything => None,
        }
    }
}
