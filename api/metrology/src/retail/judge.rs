//! The arithmetic of the retail rule. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::table::{Table, food_table};
use super::{
    CheckMethod, ExcludedKind, GoodsCategory, LimitSource, PreciousMetal, RetailFinding,
    RetailVerdict, RetailWeighing,
};
use crate::input::InputError;
use crate::quantity::{Gram, GramDifference, plain};
use crate::rules::{Band, Edition, PenaltyRules, RetailRules, RuleSet, ScaleRules};
use crate::scale::{self, ScaleFacts};
use crate::verdict::{Citation, Grounds, JudgeError, NoteCode, Outcome, Reason, ReasonCode, Unit};

/// Judges one check weighing by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded. Refuses a
/// settled mass of zero, a class chosen by price against the name without a reason, a scale with more
/// intervals than its class knows, and a day for which an edition that is needed is not loaded.
pub fn judge(rules: &RuleSet, input: &RetailWeighing) -> Result<RetailVerdict, JudgeError> {
    if input.settled == Gram::ZERO {
        return Err(InputError::NotPositive { field: "settled" }.into());
    }
    let edition = rules.edition_on::<RetailRules>(input.weighed_on)?;
    let mut grounds = Grounds::new();
    grounds.apply(&edition.head);
    let table = match &input.category {
        GoodsCategory::Food { class_by } => {
            food_table(&edition.rules, class_by, input, &mut grounds)?
        }
        GoodsCategory::GoldPiece => Table::of_pieces(&edition.rules, PreciousMetal::Gold),
        GoodsCategory::SilverPiece => Table::of_pieces(&edition.rules, PreciousMetal::Silver),
        GoodsCategory::Excluded { goods } => return Ok(exclude(edition, *goods, input, grounds)),
    };
    let check = Check::new(edition, input, table, grounds);
    match table.bands.at(input.settled) {
        Some(band) => check.by_table(rules, band),
        None => check.by_scale(rules),
    }
}

fn exclude(
    edition: &Edition<RetailRules>,
    kind: ExcludedKind,
    input: &RetailWeighing,
    mut grounds: Grounds,
) -> RetailVerdict {
    let row = edition.rules.excluded.of(kind);
    let label = format!("not covered: {}", row.name_en);
    grounds.rely_on(&*label, row.provenance);
    let finding = without_limit(input, edition.rules.methods.of(input.method).factor.get());
    grounds.number("deviation", finding.deviation_g.value(), Unit::Gram);
    let reason = Reason {
        code: ReasonCode::ExcludedGoods,
        zh: format!("本办法的负偏差不适用于{}", row.name_zh),
        en: format!("the permitted shortages do not cover {}", row.name_en),
    };
    let article = edition.rules.limit_article.as_str();
    let citation = Citation {
        head: &edition.head,
        article,
        row: label,
    };
    grounds.conclude(Outcome::NotAssessable, Some(reason), citation, finding)
}

/// One weighing on its way to a verdict.
struct Check<'a> {
    edition: &'a Edition<RetailRules>,
    input: &'a RetailWeighing,
    table: Table<'a>,
    factor: u8,
    deviation: GramDifference,
    grounds: Grounds,
}

impl<'a> Check<'a> {
    fn new(
        edition: &'a Edition<RetailRules>,
        input: &'a RetailWeighing,
        table: Table<'a>,
        mut grounds: Grounds,
    ) -> Self {
        let method = edition.rules.methods.of(input.method);
        grounds.rely_on(method_label(input.method), method.provenance);
        grounds.note(
            NoteCode::MethodCondition,
            method.condition_zh.as_str(),
            method.condition_en.as_str(),
        );
        let factor = method.factor.get();
        Self {
            edition,
            input,
            table,
            factor,
            deviation: input.settled.minus(input.checked),
            grounds,
        }
    }

    fn by_table(mut self, rules: &RuleSet, band: &Band<Gram>) -> Result<RetailVerdict, JudgeError> {
        let row = self.table.row(band);
        self.grounds.rely_on(&*row, band.provenance);
        let reading = &self.edition.rules.readings.band_by_settled_mass;
        let (zh, en) = (reading.text_zh.as_str(), reading.text_en.as_str());
        self.grounds.note(NoteCode::BandBySettledMass, zh, en);
        // The reading decides only where the other one would have picked another row.
        if self.table.bands.at(self.input.checked) != Some(band) {
            self.grounds
                .rely_on("reading: band by settled mass", reading.provenance);
        }
        self.grounds
            .number("band_over", band.over.value(), Unit::Gram);
        self.grounds
            .number("band_up_to", band.up_to.value(), Unit::Gram);
        if let Some(scale) = self.input.scale {
            self.note_suitability(rules, &scale, band.limit)?;
        }
        let article = self.edition.rules.limit_article.as_str();
        let citation = Citation {
            head: &self.edition.head,
            article,
            row,
        };
        let source = self.table.limit_source();
        self.compare(source, band.limit, citation)
    }

    /// Above the table: article 6 of the quantity penalty rule with the limits of the scale in use.
    fn by_scale(mut self, rules: &RuleSet) -> Result<RetailVerdict, JudgeError> {
        let day = self.input.weighed_on;
        let penalty = rules.edition_on::<PenaltyRules>(day)?;
        let goods = &penalty.rules.goods_without_limit;
        self.grounds.apply(&penalty.head);
        self.grounds.rely_on(
            format!("{}, article {}", penalty.head.id, goods.article),
            goods.provenance,
        );
        let row = self.table.row_above();
        let citation = |row| Citation {
            head: &penalty.head,
            article: goods.article.as_str(),
            row,
        };
        let Some(scale) = self.input.scale else {
            return Ok(self.leave(scale_facts_missing(), citation(row)));
        };
        let scales = rules.edition_on::<ScaleRules>(day)?;
        self.grounds.apply(&scales.head);
        scale::check_intervals(&scales.rules, &scale)?;
        let error = scale::in_service_error(&scales.rules, &scale, self.input.checked)?;
        let Some(error) = error.filter(|_| self.input.settled <= scale.max()) else {
            return Ok(self.leave(load_above_max(), citation(row)));
        };
        self.grounds.rely_on(&*error.row, error.provenance);
        let reading = &self.edition.rules.readings.scale_limit_above_table;
        self.grounds.rely_on(
            "reading: limit above the table from the scale",
            reading.provenance,
        );
        let (zh, en) = (reading.text_zh.as_str(), reading.text_en.as_str());
        self.grounds.note(NoteCode::LimitFromScale, zh, en);
        self.grounds
            .number("initial_error", error.initial_in_e, Unit::Interval);
        self.grounds
            .number("in_service_factor", error.factor.into(), Unit::One);
        let source = LimitSource::Scale {
            class: scale.class(),
            e: scale.e(),
        };
        self.compare(
            source,
            error.limit,
            citation(format!("{row}: {}", error.row)),
        )
    }

    fn compare(
        mut self,
        source: LimitSource,
        limit: Gram,
        citation: Citation<'_>,
    ) -> Result<RetailVerdict, JudgeError> {
        let factor = Decimal::from(self.factor);
        let allowed = limit.times(factor).ok_or(JudgeError::NotExact {
            what: "allowed shortage",
        })?;
        self.grounds.number("limit", limit.value(), Unit::Gram);
        self.grounds.number("method_factor", factor, Unit::One);
        self.grounds.number("allowed", allowed.value(), Unit::Gram);
        self.grounds
            .number("deviation", self.deviation.value(), Unit::Gram);
        let is_short = self.deviation.exceeds(allowed);
        let outcome = if is_short {
            Outcome::Fails
        } else {
            Outcome::Conforms
        };
        let finding = RetailFinding {
            limit_from: Some(source),
            limit_g: Some(limit),
            method_factor: self.factor,
            allowed_g: Some(allowed),
            deviation_g: self.deviation,
            inputs: self.input.clone(),
        };
        Ok(self.grounds.conclude(outcome, None, citation, finding))
    }

    fn leave(mut self, reason: Reason, citation: Citation<'_>) -> RetailVerdict {
        let finding = without_limit(self.input, self.factor);
        self.grounds
            .number("deviation", finding.deviation_g.value(), Unit::Gram);
        self.grounds
            .conclude(Outcome::NotAssessable, Some(reason), citation, finding)
    }

    /// Article 3: a scale whose error is above the permitted shortage does not suit the goods.
    fn note_suitability(
        &mut self,
        rules: &RuleSet,
        scale: &ScaleFacts,
        limit: Gram,
    ) -> Result<(), JudgeError> {
        // Only a note hangs on it, so a missing edition must not cost the verdict.
        let Ok(scales) = rules.edition_on::<ScaleRules>(self.input.weighed_on) else {
            self.grounds.note(
                NoteCode::SuitabilityNotExamined,
                "未加载当日有效的衡器检定规程，未核查秤是否适用。",
                "No edition of scale limits is loaded for the day; whether the scale suits the goods was not examined.",
            );
            return Ok(());
        };
        self.grounds.consult(&scales.head);
        scale::check_intervals(&scales.rules, scale)?;
        let Some(error) = scale::in_service_error(&scales.rules, scale, self.input.settled)? else {
            self.grounds.note(
                NoteCode::ScaleOverloaded,
                "结算重量超过该秤的最大秤量。",
                "The settled mass is above the Max of the scale.",
            );
            return Ok(());
        };
        self.grounds
            .number("scale_in_service_error", error.limit.value(), Unit::Gram);
        if error.limit > limit {
            let article = &self.edition.rules.suitability.article;
            let (error, limit) = (plain(error.limit.value()), plain(limit.value()));
            self.grounds.note(
                NoteCode::ScaleTooCoarse,
                format!("该秤在此称量的使用中最大允许误差为{error}克，大于商品负偏差{limit}克，不适用于该商品（第{article}条）。"),
                format!(
                    "The in-service error of the scale at this mass is {error} g, above the permitted shortage of {limit} g: the scale does not suit the goods (article {article})."
                ),
            );
        }
        Ok(())
    }
}

fn method_label(method: CheckMethod) -> &'static str {
    match method {
        CheckMethod::SameInstrument => "check method: same instrument",
        CheckMethod::HigherAccuracy => "check method: higher accuracy",
        CheckMethod::EqualAccuracy => "check method: equal accuracy",
    }
}

fn without_limit(input: &RetailWeighing, method_factor: u8) -> RetailFinding {
    RetailFinding {
        limit_from: None,
        limit_g: None,
        method_factor,
        allowed_g: None,
        deviation_g: input.settled.minus(input.checked),
        inputs: input.clone(),
    }
}

fn scale_facts_missing() -> Reason {
    Reason {
        code: ReasonCode::ScaleFactsMissing,
        zh: "称重量超出附表范围，缺少所用秤的准确度等级、检定分度值和最大秤量".to_owned(),
        en: "the mass is above the table; accuracy class, interval e and Max of the scale in use are missing"
            .to_owned(),
    }
}

fn load_above_max() -> Reason {
    Reason {
        code: ReasonCode::LoadAboveScaleMax,
        zh: "称重量超出附表范围，且超过所用秤的最大秤量".to_owned(),
        en: "the mass is above the table and above the Max of the scale in use".to_owned(),
    }
}
