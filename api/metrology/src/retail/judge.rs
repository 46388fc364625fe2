//! The arithmetic of the retail rule. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::limits::{Deciding, Limits};
use super::packages::Subject;
use super::table::{Table, food_tables, said};
use super::{
    GoodsCategory, LimitSource, PreciousMetal, RetailWeighing, excluded, method, packages, remedy,
    tare, words,
};
use crate::input::{InputError, positive};
use crate::quantity::{Gram, plain};
use crate::refusal::JudgeError;
use crate::rules::{Edition, ExcludedRow, RetailRules, RuleSet, ScaleRules};
use crate::scale::{self, ScaleFacts};
use crate::slip::{self, Slips};
use crate::verdict::{Bars, Bound, Cite, Comparison, Grounds, Outcome, Verdict, Words};

/// The check of this family: settled less checked against the permitted shortage.
pub(super) const SHORTAGE: &str = "SHORTAGE";

/// How far what was found may lie from what was settled, and weights from the goods.
pub(super) const SLIP: slip::Row = |rules| &rules.retail_weighing;

/// Judges one check weighing by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded. Refuses a
/// settled mass of zero, packages that do not add up to it, a class chosen by price against the name
/// without a reason, a test with weights under another method, an error or a load of zero, a scale with
/// more intervals than its class knows, and a day for which an edition that is needed is not loaded.
pub fn judge(rules: &RuleSet, input: &RetailWeighing) -> Result<Verdict, JudgeError> {
    positive("settled", input.settled.is_zero())?;
    packages::check(input)?;
    tare::check(input)?;
    method::refuse_impossible(input)?;
    let slips = doubt(rules, input)?;
    let edition = rules.edition_on::<RetailRules>(input.weighed_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    slips.note(&mut grounds);
    let deviation = input.settled.minus(input.checked);
    grounds.number("deviation", deviation, Gram::UNIT);
    if let Some(standard) = &input.standard {
        let day = input.weighed_on;
        standard.standard.check_as(Bars::Passing, day, &mut grounds);
    }
    let pieces = |metal| (vec![Table::of_pieces(edition.rules, metal)], None);
    let mut left_out = None;
    let (tables, choice) = match &input.category {
        GoodsCategory::Food { class_by } => {
            food_tables(edition.rules, class_by, input, &mut grounds)?
        }
        GoodsCategory::GoldPiece => pieces(PreciousMetal::Gold),
        GoodsCategory::SilverPiece => pieces(PreciousMetal::Silver),
        GoodsCategory::Excluded { goods } => {
            left_out = excluded::by_scale(edition, (input, *goods), &mut grounds);
            if left_out.is_none() {
                let words = words::not_assessable(input, &grounds);
                return Ok(close(rules, input, words, grounds));
            }
            (Vec::new(), None)
        }
    };
    method::note_condition(edition, input, &mut grounds);
    let is_called_excluded = excluded::doubt_name(edition, input, &mut grounds);
    let mut compared = Vec::new();
    for (subject, one) in packages::each(input) {
        let check = Check {
            rules,
            edition,
            input: &one,
            subject,
            choice: choice.clone(),
            is_called_excluded,
            left_out,
            grounds: &mut grounds,
        };
        compared.extend(check.run(&tables)?);
    }
    let summary = summary(input, compared.first(), &grounds);
    Ok(close(rules, input, summary, grounds))
}

/// What the goods come to; where they are full and the scale of the sale fails, of both.
fn summary(input: &RetailWeighing, compared: Option<&Words>, grounds: &Grounds) -> Words {
    if !input.packages.is_empty() {
        return packages::summary(input, grounds);
    }
    match compared.filter(|_| grounds.is_answered()) {
        Some(compared) => words::of_goods((input, grounds), compared),
        None => words::not_assessable(input, grounds),
    }
}

/// Refuses values that look like slips.
fn doubt<'a>(rules: &'a RuleSet, input: &RetailWeighing) -> Result<Slips<'a>, InputError> {
    let mut slips = Slips::of(rules, input.weighed_on, input.confirmed);
    for (index, package) in input.packages.iter().enumerate() {
        let at = format!("packages[{index}].checked");
        let (found, settled) = (package.checked.value(), package.settled.value());
        slips.check(SLIP, at, found, settled)?;
    }
    let (found, settled) = (input.checked.value(), input.settled.value());
    slips.check(SLIP, "checked", found, settled)?;
    remedy::doubt(input, &mut slips)?;
    method::doubt(input, &mut slips)?;
    Ok(slips)
}

fn close(rules: &RuleSet, input: &RetailWeighing, summary: Words, mut grounds: Grounds) -> Verdict {
    remedy::inform(rules, input, &mut grounds);
    grounds.conclude(summary)
}

/// One weighing, of the whole or of one package, on its way into the verdict.
pub(super) struct Check<'a> {
    pub rules: &'a RuleSet,
    pub edition: Edition<'a, RetailRules>,
    pub input: &'a RetailWeighing,
    /// Which package it is; nothing where the goods are weighed as one.
    pub subject: Option<Subject>,
    /// What is to be said of name and price, where they do not agree on the weighing.
    choice: Option<Words>,
    /// Whether the goods are called what the rule leaves out.
    is_called_excluded: bool,
    /// The row of goods that the Measures leave out.
    pub left_out: Option<&'a ExcludedRow>,
    pub grounds: &'a mut Grounds,
}

impl Check<'_> {
    /// What was compared, in words; nothing where no limit was found.
    fn run(self, tables: &[Table<'_>]) -> Result<Option<Words>, JudgeError> {
        match Limits::of(tables, self.input) {
            Some(limits) => self.by_tables(&limits),
            None => self.by_scale(tables),
        }
    }

    pub(super) fn shortage(&self) -> Decimal {
        self.input.settled.minus(self.input.checked)
    }

    pub(super) fn factor(&self) -> Decimal {
        let method = self.edition.rules.methods.of(self.input.method);
        Decimal::from(method.factor.get())
    }

    /// Whether nobody has confirmed that the limit binds such goods.
    pub(super) fn is_doubted(&self) -> bool {
        self.is_called_excluded || self.left_out.is_some()
    }

    /// A number of the whole, or of the package.
    pub(super) fn number(&mut self, name: &'static str, value: Decimal, unit: &'static str) {
        match &self.subject {
            None => self.grounds.number(name, value, unit),
            Some(subject) => {
                let name = format!("{name}, {}", subject.en);
                self.grounds.number_of(name, &value.into(), unit);
            }
        }
    }

    fn by_tables(mut self, limits: &Limits<'_>) -> Result<Option<Words>, JudgeError> {
        let (shortage, factor) = (self.shortage(), self.factor());
        let Some(Deciding { limit, is_disputed }) = limits.deciding(shortage, factor) else {
            return Ok(self.leave("LIMIT_NOT_KNOWN", words::no_limit()));
        };
        let band = limit.band;
        if let LimitSource::Table1 { class } = limit.table.limit_source() {
            self.number("class", u8::from(class).into(), "");
        }
        if let Some(scale) = self.input.scale {
            self.note_suitability(&scale, band.limit)?;
        }
        let cite = Cite {
            head: self.edition.head,
            article: self.edition.rules.limit_article.as_str(),
            row: limit.table.row(band),
            provenance: band.provenance,
            suggests: Some(&self.edition.rules.violation)
                .filter(|_| !is_disputed && !self.is_doubted()),
        };
        let dispute = is_disputed.then(|| limits.dispute(factor));
        let source = limit.table.limit_source();
        Ok(Some(self.compare(source, band.limit, cite, dispute)))
    }

    pub(super) fn compare(
        mut self,
        source: LimitSource,
        limit: Gram,
        cite: Cite<'_>,
        dispute: Option<Words>,
    ) -> Words {
        let factor = self.factor();
        let allowed = limit.value() * factor;
        self.number("limit", limit.value(), Gram::UNIT);
        self.number("method_factor", factor, "");
        self.number("allowed", allowed, Gram::UNIT);
        let bound = Bound {
            measured: self.shortage().into(),
            limit: allowed.into(),
            unit: Gram::UNIT,
            comparison: Comparison::AtMost,
        };
        let times = self.edition.rules.methods.of(self.input.method).factor;
        let compared = words::compared(self.input, source, (limit, times.get()));
        let mark = self.grounds.mark();
        let (input, subject) = (self.input, self.subject.as_ref());
        let at = subject.map(|subject| subject.en.clone());
        let of_tare = (!input.tare.is_empty()).then(|| (allowed, cite.clone()));
        let passes = self.grounds.compare(SHORTAGE, at, &bound, cite, |judged| {
            let outcome = match judged.passes {
                true => Outcome::Conforms,
                false => Outcome::Fails,
            };
            packages::of(subject, words::comparison(&compared, outcome))
        });
        if let Some(of_tare) = of_tare {
            tare::examine((self.edition, subject), input, of_tare, self.grounds);
        }
        if !passes {
            let (rules, beyond) = ((self.rules, self.edition), self.shortage() - allowed);
            method::hold_doubted(rules, input, (limit, beyond, mark), self.grounds);
        }
        if dispute.is_some() || self.is_doubted() {
            self.grounds.hold_since(mark);
        }
        if let Some(words) = dispute {
            self.say_dispute(words);
        }
        let examined = (self.edition, self.subject.as_ref());
        let coarsest = match source {
            LimitSource::NothingShort(_, market) => market,
            _ => limit,
        };
        method::examine(self.rules, examined, input, coarsest, self.grounds);
        compared
    }

    /// Says both readings of the rule, which do not agree.
    fn say_dispute(&mut self, words: Words) {
        let readings = &self.edition.rules.readings;
        let reading = said(&readings.band_by_settled_mass);
        self.grounds.note("BAND_BY_SETTLED_MASS", reading);
        if let Some(choice) = self.choice.take() {
            self.grounds.note("CLASS_CHOICE", choice);
        }
        let provenance = readings.class_by_name.provenance;
        self.grounds.rely_on("readings: class and band", provenance);
        let words = packages::of(self.subject.as_ref(), words);
        self.grounds.reservation("READINGS_DIFFER", words);
    }

    pub(super) fn leave(self, code: &'static str, reason: Words) -> Option<Words> {
        let reason = packages::of(self.subject.as_ref(), reason);
        self.grounds.obstacle(Bars::Passing, code, reason);
        None
    }

    /// Article 3: a scale whose error is above the permitted shortage does not suit the goods.
    fn note_suitability(&mut self, scale: &ScaleFacts, limit: Gram) -> Result<(), JudgeError> {
        // Only a note hangs on it, so a missing edition must not cost the verdict.
        let Ok(scales) = self.rules.edition_on::<ScaleRules>(self.input.weighed_on) else {
            let text = Words::new(
                "未加载当日有效的衡器检定规程，未核查秤是否适用。",
                "No edition of scale limits is loaded for the day; whether the scale suits the goods was not examined.",
            );
            self.grounds.note("SUITABILITY_NOT_EXAMINED", text);
            return Ok(());
        };
        self.grounds.consult(scales);
        scale::check_intervals(scales.rules, scale)?;
        let Some(error) = scale::in_service_error(scales.rules, scale, self.input.settled)? else {
            let text = Words::new(
                "结算重量超过该秤的最大秤量。",
                "The settled mass is above the Max of the scale.",
            );
            self.grounds.note("SCALE_OVERLOADED", text);
            return Ok(());
        };
        self.number("scale_in_service_error", error.limit.value(), Gram::UNIT);
        if error.limit > limit {
            let (head, article) = (self.edition.head, &self.edition.rules.suitability.article);
            let (title_zh, title_en) = (&head.title_zh, &head.title_en);
            let (error, limit) = (plain(error.limit.value()), plain(limit.value()));
            let text = Words::new(
                format!(
                    "该秤在此称量的使用中最大允许误差为{error}克，大于商品负偏差{limit}克，不适用于该商品（《{title_zh}》第{article}条）。"
                ),
                format!(
                    "The in-service error of the scale at this mass is {error} g, above the permitted shortage of {limit} g: the scale does not suit the goods ({title_en}, article {article})."
                ),
            );
            self.grounds.note("SCALE_TOO_COARSE", text);
        }
        Ok(())
    }
}
