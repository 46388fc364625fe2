//! Goods that no table gives a limit for: article 6 of the quantity penalty rule, with the error of the scale
//! of the sale for the limit.

use rust_decimal::Decimal;

use super::judge::Check;
use super::table::{Table, said};
use super::{CheckMethod, LimitSource, packages};
use crate::quantity::Gram;
use crate::refusal::JudgeError;
use crate::rules::{Edition, MarketScaleRules, PenaltyRules, ScaleRules};
use crate::scale;
use crate::verdict::{Cite, Words};

/// Why no table gives a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OffTables {
    /// The goods weigh more than the tables.
    Above,
    /// The Measures leave the goods out.
    LeftOut,
}

impl OffTables {
    /// Behind the mass of the goods, in Chinese and in English.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Above => ("超出附表", "above the table"),
            Self::LeftOut => ("附表不适用", "off the tables"),
        }
    }
}

impl Check<'_> {
    /// Above the table: article 6 of the quantity penalty rule with the limits of the scale in use.
    pub(super) fn by_scale(mut self, tables: &[Table<'_>]) -> Result<Option<Words>, JudgeError> {
        let day = self.input.weighed_on;
        let penalty = self.rules.edition_on::<PenaltyRules>(day)?;
        let goods = &penalty.rules.goods_without_limit;
        self.grounds.apply(penalty);
        let article = format!("{}, article {}", penalty.head.id, goods.article);
        self.grounds.rely_on(&article, goods.provenance);
        let above = match (self.left_out, tables.first()) {
            (Some(row), _) => format!("not covered: {}", row.name_en),
            (None, Some(table)) => table.row_above(),
            (None, None) => String::new(),
        };
        let why = self.off_tables();
        let Some(scale) = self.input.scale else {
            let missing = ("SCALE_FACTS_MISSING", scale_facts_missing(why));
            return Ok(self.without_plate((penalty, above), missing));
        };
        let scales = self.rules.edition_on::<ScaleRules>(day)?;
        self.grounds.apply(scales);
        scale::check_intervals(scales.rules, &scale)?;
        let error = scale::in_service_error(scales.rules, &scale, self.input.checked)?;
        let Some(error) = error.filter(|_| self.input.settled <= scale.max()) else {
            let missing = ("LOAD_ABOVE_SCALE_MAX", load_above_max(why));
            return Ok(self.without_plate((penalty, above), missing));
        };
        if why == OffTables::Above {
            let reading = &self.edition.rules.readings.scale_limit_above_table;
            let name = "reading: limit above the table from the scale";
            self.grounds.rely_on(name, reading.provenance);
            self.grounds.note("LIMIT_FROM_SCALE", said(reading));
        }
        self.number("initial_error", error.initial_in_e, "e");
        self.number("in_service_factor", error.factor.into(), "");
        let source = LimitSource::Scale {
            why,
            class: scale.class(),
            e: scale.e(),
        };
        let cite = Cite {
            head: penalty.head,
            article: goods.article.as_str(),
            row: format!("{above}: {}", error.row),
            provenance: error.provenance,
            suggests: Some(&goods.violation).filter(|_| !self.is_doubted()),
        };
        Ok(Some(self.compare(source, error.limit, cite, None)))
    }

    /// Nobody read the plate, or it does not reach so far: a shortage beyond what the coarsest scale of a
    /// market may be wrong fails whatever the plate says, and anything less waits for the plate. Where nothing
    /// is missing that is shown as an indication: the plate says how fine the check has to be.
    fn without_plate(
        self,
        (penalty, above): (Edition<'_, PenaltyRules>, String),
        (code, missing): (&'static str, Words),
    ) -> Option<Words> {
        let mass = self.input.checked.max(self.input.settled);
        let day = self.input.weighed_on;
        let market = self.rules.edition_on::<MarketScaleRules>(day).ok();
        let Some(band) = market.and_then(|edition| edition.rules.of_sale(mass)) else {
            return self.leave(code, missing);
        };
        let (market, provenance) = (band.limit, band.provenance);
        let why = self.off_tables();
        let goods = &penalty.rules.goods_without_limit;
        let (source, limit, row, provenance) = if self.shortage() > market.value() * self.factor() {
            self.grounds.note(code, missing);
            let source = LimitSource::AnyScale(why);
            (source, market, "coarsest scale of a market", provenance)
        } else if self.shortage() <= Decimal::ZERO && !self.is_on_the_same_scale() {
            let missing = packages::of(self.subject.as_ref(), missing);
            self.grounds.reservation(code, missing);
            let source = LimitSource::NothingShort(why, market);
            (source, Gram::ZERO, "nothing is missing", goods.provenance)
        } else {
            return self.leave(code, missing);
        };
        let cite = Cite {
            head: penalty.head,
            article: goods.article.as_str(),
            row: format!("{above}: {row}"),
            provenance,
            suggests: Some(&goods.violation).filter(|_| !self.is_doubted()),
        };
        Some(self.compare(source, limit, cite, None))
    }

    fn off_tables(&self) -> OffTables {
        match self.left_out {
            Some(_) => OffTables::LeftOut,
            None => OffTables::Above,
        }
    }

    /// What is wrong in the scale of the sale is wrong in the check, too.
    fn is_on_the_same_scale(&self) -> bool {
        self.input.method == CheckMethod::SameInstrument
    }
}

/// Why the plate decides, at the head of what is missing of it.
fn head(why: OffTables) -> (&'static str, &'static str) {
    match why {
        OffTables::Above => ("称重量超出附表范围", "the mass is above the table"),
        OffTables::LeftOut => ("附表不适用于该商品", "no table covers the goods"),
    }
}

fn scale_facts_missing(why: OffTables) -> Words {
    let (zh, en) = head(why);
    Words::new(
        format!("{zh}，缺少所用秤的准确度等级、检定分度值和最大秤量"),
        format!("{en}; accuracy class, interval e and Max of the scale in use are missing"),
    )
}

fn load_above_max(why: OffTables) -> Words {
    let (zh, en) = head(why);
    Words::new(
        format!("{zh}，且超过所用秤的最大秤量"),
        format!("{en}, and it is above the Max of the scale in use"),
    )
}
