//! Verdicts on the wire.

use super::{occurred::OccurredView, record::VoidView};
use crate::{
    accounts::types::{PersonView, person},
    cases::violation_types::ViolationView,
    context::Known as _,
    moment::Moment,
};
use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use liangxin_app::error::AppError;
use liangxin_domain::{
    inspections::visit::Measurement,
    metrology::{
        judgement::Judgement,
        verdict::{self, Words},
        wire,
    },
    refusal::Lang,
};
use uuid::Uuid;

/// What a measurement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Outcome", remote = "verdict::Outcome")]
pub(crate) enum OutcomeView {
    /// Within the limits.
    Conforms,
    /// Outside the limits.
    Fails,
    /// An indication, not a verdict.
    ScreeningOnly,
    /// No limit applies, or something needed for it is not known.
    NotAssessable,
}

/// Whether one finding is within its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "CheckResult", remote = "verdict::CheckResult")]
pub(crate) enum CheckResultView {
    /// Within the limit.
    Passes,
    /// Beyond the limit.
    Fails,
    /// Not within reach of this measurement.
    NotAssessed,
}

/// How a measured value is compared with its limit; equality always passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Comparison", remote = "verdict::Comparison")]
pub(crate) enum ComparisonView {
    /// At most the limit.
    AtMost,
    /// At least the limit.
    AtLeast,
    /// At most the limit away from zero, on either side.
    Within,
    /// A requirement without a number.
    Met,
}

/// One thing that was checked, with the rule that limits it.
#[derive(Description)]
pub(crate) struct FindingView(verdict::Finding);

#[Object(name = "VerdictFinding", use_type_description)]
impl FindingView {
    /// The stable code of what was checked, such as `SHORTAGE`.
    async fn check(&self) -> &str {
        &self.0.check
    }
    /// What it concerns where there are several of a kind: `package 3`.
    async fn subject(&self) -> Option<&str> {
        self.0.subject.as_deref()
    }
    /// Whether it is within the limit.
    async fn result(&self) -> CheckResultView {
        self.0.result.into()
    }
    /// What was found: an exact decimal with its unit, `140 g`.
    async fn measured(&self) -> Option<String> {
        self.0.measured.as_ref().map(ToString::to_string)
    }
    /// The limit, in the same unit.
    async fn limit(&self) -> Option<String> {
        self.0.limit.as_ref().map(ToString::to_string)
    }
    /// How far beyond the limit; below zero within it.
    async fn deviation(&self) -> Option<String> {
        self.0.deviation.as_ref().map(ToString::to_string)
    }
    /// Which side of the limit is allowed.
    async fn comparison(&self) -> ComparisonView {
        self.0.comparison.into()
    }
    /// Whether the measured value is exactly the limit.
    async fn is_equal(&self) -> bool {
        self.0.is_equal
    }
    /// The edition that sets the limit.
    async fn rule_id(&self) -> &str {
        &self.0.rule_id
    }
    /// The article.
    async fn article(&self) -> &str {
        &self.0.article
    }
    /// The row of the table.
    async fn row(&self) -> &str {
        &self.0.row
    }
    /// How well the limit is known: `verified`, `secondary`, `unverified`, `proposal`.
    async fn provenance(&self) -> &str {
        self.0.provenance.as_str()
    }
    /// The violation that a failure suggests, with its legal range; a person decides.
    async fn suggests(&self, ctx: &Context<'_>) -> Result<Option<ViolationView>, AppError> {
        let Some(code) = &self.0.suggests else {
            return Ok(None);
        };
        let app = ctx.app()?;
        let known = app
            .law
            .violations
            .iter()
            .find(|known| known.code.as_str() == code.as_str());
        Ok(known.map(|violation| ViolationView::of(violation, ctx.lang())))
    }
    /// The finding in one sentence.
    async fn sentence(&self, ctx: &Context<'_>) -> &str {
        pick(&self.0.words, ctx.lang())
    }
}

/// A number that led to a verdict.
#[derive(SimpleObject)]
#[graphql(name = "Intermediate")]
pub(crate) struct IntermediateView {
    /// What it is.
    name: String,
    /// The number, exact decimal.
    value: String,
    /// Its unit; empty for a pure number.
    unit: String,
    /// Whether this is the exact value; if not it was compared unrounded all the same.
    is_exact: bool,
}

/// A reason or a remark that goes with a verdict.
#[derive(SimpleObject)]
#[graphql(name = "VerdictNote")]
pub(crate) struct RemarkView {
    /// The stable code.
    code: String,
    /// In words.
    text: String,
}

/// An edition of a rule that a verdict rests on.
#[derive(SimpleObject)]
#[graphql(name = "AppliedRule")]
pub(crate) struct AppliedRuleView {
    /// The id of the edition.
    id: String,
    /// Its name, such as the year of its last amendment.
    edition: String,
    /// The title of the instrument of law, in the language of the request.
    title: String,
    /// SHA-256 of the rule file.
    digest: String,
}

/// The same in both languages.
#[derive(SimpleObject)]
#[graphql(name = "Words")]
pub(crate) struct WordsView {
    /// In Chinese.
    zh: String,
    /// In English.
    en: String,
}

/// A verdict with the rules, the rows and every number that it rests on.
#[derive(Description)]
pub(crate) struct VerdictView(pub(crate) Judgement);

#[Object(name = "Verdict", use_type_description)]
impl VerdictView {
    /// What it comes to.
    async fn outcome(&self) -> OutcomeView {
        self.0.verdict.outcome.into()
    }
    /// One sentence that says why, in the language of the request.
    async fn summary(&self, ctx: &Context<'_>) -> &str {
        pick(&self.0.verdict.summary, ctx.lang())
    }
    /// The whole explanation in the language of the request: the summary, then every finding, reason
    /// and remark on a line of its own.
    async fn explanation(&self, ctx: &Context<'_>) -> String {
        match ctx.lang() {
            Lang::Zh => self.0.verdict.explain_zh(),
            Lang::En => self.0.verdict.explain_en(),
        }
    }
    /// The whole explanation in both languages.
    async fn explanations(&self) -> WordsView {
        WordsView {
            zh: self.0.verdict.explain_zh(),
            en: self.0.verdict.explain_en(),
        }
    }
    /// The edition of the first rule consulted.
    async fn rule_id(&self) -> Option<&str> {
        self.0.verdict.applied_rules.first().map(|rule| &*rule.id)
    }
    /// Its edition.
    async fn edition(&self) -> Option<&str> {
        self.0
            .verdict
            .applied_rules
            .first()
            .map(|rule| &*rule.edition)
    }
    /// Its title, in the language of the request.
    async fn instrument(&self, ctx: &Context<'_>) -> Option<&str> {
        let rule = self.0.verdict.applied_rules.first();
        rule.map(|rule| pick(&rule.title, ctx.lang()))
    }
    /// The article of the first finding.
    async fn article(&self) -> Option<&str> {
        self.0
            .verdict
            .findings
            .first()
            .map(|finding| &*finding.article)
    }
    /// The row of the first finding.
    async fn row(&self) -> Option<&str> {
        self.0.verdict.findings.first().map(|finding| &*finding.row)
    }
    /// Of a retail weighing: the limit of the row, in grams, exact decimal.
    async fn limit_grams(&self) -> Option<String> {
        self.grams("limit")
    }
    /// Of a retail weighing: the limit times the factor of the check method, in grams.
    async fn allowed_grams(&self) -> Option<String> {
        self.grams("allowed")
    }
    /// Of a retail weighing: settled minus checked, in grams; positive is short.
    async fn deviation_grams(&self) -> Option<String> {
        self.grams("deviation")
    }
    /// What was compared with what.
    async fn findings(&self) -> Vec<FindingView> {
        self.0
            .verdict
            .findings
            .iter()
            .cloned()
            .map(FindingView)
            .collect()
    }
    /// Why it is not assessable or an indication only.
    async fn reasons(&self, ctx: &Context<'_>) -> Vec<RemarkView> {
        remarks(&self.0.verdict.reasons, ctx.lang())
    }
    /// Remarks, such as that the scale is too coarse for the goods. They never change the outcome.
    async fn notes(&self, ctx: &Context<'_>) -> Vec<RemarkView> {
        remarks(&self.0.verdict.notes, ctx.lang())
    }
    /// Every number on the way.
    async fn intermediates(&self) -> Vec<IntermediateView> {
        let numbers = self.0.verdict.intermediates.iter();
        numbers
            .map(|number| IntermediateView {
                name: number.name.to_string(),
                value: number.amount.value().to_string(),
                unit: number.amount.unit().to_owned(),
                is_exact: number.is_exact,
            })
            .collect()
    }
    /// The editions consulted.
    async fn applied_rules(&self, ctx: &Context<'_>) -> Vec<AppliedRuleView> {
        let rules = self.0.verdict.applied_rules.iter();
        rules
            .map(|rule| AppliedRuleView {
                id: rule.id.clone(),
                edition: rule.edition.clone(),
                title: pick(&rule.title, ctx.lang()).to_owned(),
                digest: rule.digest.clone(),
            })
            .collect()
    }
    /// The digest of the rule set that was in force.
    async fn rules_digest(&self) -> &str {
        &self.0.verdict.rules_digest
    }
    /// How well the numbers are known: `verified`, `secondary`, `unverified`, `proposal`.
    async fn provenance(&self) -> &str {
        self.0.verdict.provenance.as_str()
    }
    /// Whether a number that nobody verified led to a limit.
    async fn provisional(&self) -> bool {
        self.0.verdict.provisional
    }
    /// The rows and readings that nobody verified.
    async fn rows_unverified(&self) -> &[String] {
        &self.0.verdict.rows_unverified
    }
    /// The whole verdict with its measurement as JSON text, for recomputing it: the same bytes as
    /// the verdict library of the phone gives.
    async fn json(&self) -> String {
        wire::write_verdict(&self.0)
    }
}

impl VerdictView {
    fn grams(&self, name: &str) -> Option<String> {
        let number = self
            .0
            .verdict
            .intermediates
            .iter()
            .find(|number| number.name == name && number.amount.unit() == "g")?;
        Some(number.amount.value().to_string())
    }
}

fn pick(words: &Words, lang: Lang) -> &str {
    lang.pick(&words.zh, &words.en)
}

fn remarks(remarks: &[verdict::Remark], lang: Lang) -> Vec<RemarkView> {
    remarks
        .iter()
        .map(|remark| RemarkView {
            code: remark.code.to_string(),
            text: pick(&remark.words, lang).to_owned(),
        })
        .collect()
}

/// A measurement with its verdict.
#[derive(Description)]
pub(crate) struct MeasurementView(pub(crate) Measurement);

#[Object(name = "Measurement", use_type_description)]
impl MeasurementView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The merchant's instrument that was measured, or that the goods were sold on.
    async fn instrument_id(&self) -> Option<Uuid> {
        self.0.instrument.map(|instrument| instrument.uuid())
    }
    /// The verdict.
    async fn verdict(&self) -> VerdictView {
        VerdictView(self.0.judgement.clone())
    }
    /// When the server recorded it.
    async fn recorded_at(&self) -> Moment {
        Moment(self.0.recorded_at)
    }
    /// When it was measured; null where `recordedAt` stands for it.
    async fn occurred(&self) -> Option<OccurredView> {
        self.0.occurred.clone().map(OccurredView)
    }
    /// The measurement in whose place it stands; null if it stands in nobody's.
    async fn replaces(&self) -> Option<Uuid> {
        self.0.replaces.map(|former| former.uuid())
    }
    /// That it is void; null if it is not. Its verdict stays as it was, and counts nowhere.
    async fn void(&self) -> Option<VoidView> {
        self.0.void.clone().map(VoidView)
    }
    /// Who measured.
    async fn measured_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.by).await
    }
}
