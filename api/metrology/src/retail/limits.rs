//! The limits of a weighing by every reading of the tables.

use rust_decimal::Decimal;

use super::RetailWeighing;
use super::table::Table;
use crate::quantity::{Gram, plain};
use crate::rules::Band;
use crate::verdict::Words;

/// A limit and the reading that gives it.
#[derive(Clone, Copy)]
pub(super) struct Limit<'a> {
    pub table: Table<'a>,
    pub band: &'a Band<Gram>,
    /// Whether the mass found picks the band, not the mass settled.
    by_checked: bool,
}

/// The limits of a weighing by every reading, the strictest and the most lenient told apart.
pub(super) struct Limits<'a> {
    all: Vec<Limit<'a>>,
    /// Whether a table that may hold for the goods is silent about so great a mass.
    pub is_silent: bool,
}

impl<'a> Limits<'a> {
    /// Nothing where every table is silent.
    pub(super) fn of(tables: &[Table<'a>], input: &RetailWeighing) -> Option<Self> {
        let mut all = Vec::new();
        for table in tables {
            let Some(band) = table.bands.at(input.settled) else {
                continue;
            };
            let limit = Limit {
                table: *table,
                band,
                by_checked: false,
            };
            all.push(limit);
            let less = table.bands.at(input.checked.min(input.settled));
            if let Some(band) = less.filter(|less| !std::ptr::eq(*less, band)) {
                all.push(Limit {
                    band,
                    by_checked: true,
                    ..limit
                });
            }
        }
        let is_silent = tables
            .iter()
            .any(|table| table.bands.at(input.settled).is_none());
        (!all.is_empty()).then_some(Self { all, is_silent })
    }

    /// The strictest limit; of equal ones the first.
    fn strictest(&self) -> Option<&Limit<'a>> {
        self.all.iter().min_by_key(|limit| limit.band.limit)
    }

    /// The most lenient limit; of equal ones the first.
    fn most_lenient(&self) -> Option<&Limit<'a>> {
        self.all.iter().rev().max_by_key(|limit| limit.band.limit)
    }

    /// The limit that decides: where the readings agree that the shortage is too great, the one that
    /// nobody disputes, else the strictest.
    pub(super) fn deciding(&self, shortage: Decimal, factor: Decimal) -> Option<Deciding<'a>> {
        let (strict, lenient) = (*self.strictest()?, *self.most_lenient()?);
        let passes = |limit: &Limit<'_>| shortage <= limit.band.limit.value() * factor;
        Some(match (passes(&strict), passes(&lenient)) {
            (false, true) => Deciding {
                limit: strict,
                is_disputed: true,
            },
            (false, false) => Deciding {
                limit: lenient,
                is_disputed: false,
            },
            (true, _) => Deciding {
                limit: strict,
                is_disputed: self.is_silent,
            },
        })
    }

    /// Both readings said, where they do not agree on a weighing.
    pub(super) fn dispute(&self, factor: Decimal) -> Words {
        let said = |limit: &Limit<'a>| {
            let Words { zh, en } = limit.table.said();
            let (by_zh, by_en) = if limit.by_checked {
                ("按核称重量取档", "band by the mass found")
            } else {
                ("按结算重量取档", "band by the mass settled")
            };
            let allowed = plain(limit.band.limit.value() * factor);
            Words::new(
                format!("{zh}（{by_zh}）限值{allowed}克"),
                format!("{en} ({by_en}): limit {allowed} g"),
            )
        };
        let all: Vec<Words> = self.all.iter().map(said).collect();
        let zh: Vec<&str> = all.iter().map(|words| words.zh.as_str()).collect();
        let en: Vec<&str> = all.iter().map(|words| words.en.as_str()).collect();
        let (tail_zh, tail_en) = if self.is_silent {
            (
                "；另一附表对此重量未作规定",
                "; another table is silent about so great a mass",
            )
        } else {
            ("", "")
        };
        Words::new(
            format!("规定可作两种理解，结论不一致：{}{tail_zh}", zh.join("；")),
            format!(
                "The rule can be read in two ways that do not agree: {}{tail_en}",
                en.join("; ")
            ),
        )
    }
}

/// The limit that decides, and whether another reading would decide otherwise.
pub(super) struct Deciding<'a> {
    pub limit: Limit<'a>,
    pub is_disputed: bool,
}
