//! Verdicts on the wire.

use crate::graphql::context::Known as _;
use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    inspections::visit::Measurement,
    metrology::{retail::RetailVerdict, verdict},
};
use uuid::Uuid;

/// What a measurement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Outcome", remote = "verdict::Outcome")]
pub(in crate::graphql) enum OutcomeView {
    /// Within the limits.
    Conforms,
    /// Outside the limits.
    Fails,
    /// An indication, not a verdict.
    ScreeningOnly,
    /// No limit applies, or something needed for it is not known.
    NotAssessable,
}

/// A number that led to a verdict.
#[derive(SimpleObject)]
#[graphql(name = "Intermediate")]
pub(in crate::graphql) struct IntermediateView {
    /// What it is.
    name: String,
    /// The number, exact decimal.
    value: String,
    /// Its unit: `g`, `e` (scale intervals) or `1`.
    unit: String,
}

/// A remark that goes with a verdict.
#[derive(SimpleObject)]
#[graphql(name = "VerdictNote")]
pub(in crate::graphql) struct NoteView {
    /// In words.
    text: String,
}

/// A verdict with the rule, the row and every number that it rests on.
pub(in crate::graphql) struct VerdictView(RetailVerdict);

#[Object(name = "Verdict")]
impl VerdictView {
    /// What it comes to.
    async fn outcome(&self) -> OutcomeView {
        self.0.outcome.into()
    }
    /// One sentence that says why, in the language of the request.
    async fn explanation(&self, ctx: &Context<'_>) -> String {
        match ctx.lang() {
            liangxin_domain::refusal::Lang::Zh => self.0.explain_zh(),
            liangxin_domain::refusal::Lang::En => self.0.explain_en(),
        }
    }
    /// The rule.
    async fn rule_id(&self) -> &str {
        &self.0.rule_id
    }
    /// Its edition.
    async fn edition(&self) -> &str {
        &self.0.edition
    }
    /// The instrument of law, in the language of the request.
    async fn instrument(&self, ctx: &Context<'_>) -> &str {
        ctx.lang()
            .pick(&self.0.instrument_of_law.zh, &self.0.instrument_of_law.en)
    }
    /// The article.
    async fn article(&self) -> &str {
        &self.0.article
    }
    /// The row of the table.
    async fn row(&self) -> &str {
        &self.0.row
    }
    /// The limit of the row, in grams, exact decimal.
    async fn limit_grams(&self) -> Option<String> {
        self.0.finding.limit_g.map(|limit| limit.to_string())
    }
    /// The limit times the factor of the check method, in grams, exact decimal.
    async fn allowed_grams(&self) -> Option<String> {
        self.0.finding.allowed_g.map(|allowed| allowed.to_string())
    }
    /// Settled minus checked, in grams, exact decimal; positive is short.
    async fn deviation_grams(&self) -> String {
        self.0.finding.deviation_g.to_string()
    }
    /// Every number on the way.
    async fn intermediates(&self) -> Vec<IntermediateView> {
        let numbers = self.0.intermediates.iter();
        numbers
            .map(|number| IntermediateView {
                name: number.name.clone(),
                value: number.value.to_string(),
                unit: serde_json::to_value(number.unit)
                    .ok()
                    .and_then(|unit| unit.as_str().map(str::to_owned))
                    .unwrap_or_default(),
            })
            .collect()
    }
    /// Remarks, such as that the scale is too coarse for the goods.
    async fn notes(&self, ctx: &Context<'_>) -> Vec<NoteView> {
        let lang = ctx.lang();
        self.0
            .notes
            .iter()
            .map(|note| NoteView {
                text: lang.pick(&note.zh, &note.en).to_owned(),
            })
            .collect()
    }
    /// How well the numbers of the rule are known: `verified`, `secondary`, `unverified`, `proposal`.
    async fn provenance(&self) -> String {
        serde_json::to_value(self.0.provenance)
            .ok()
            .and_then(|word| word.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
    /// Whether a number that nobody verified led to the limit.
    async fn provisional(&self) -> bool {
        self.0.provisional
    }
    /// The whole verdict with its inputs as JSON text, for recomputing it.
    async fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

/// A weighing with its verdict.
pub(in crate::graphql) struct MeasurementView(pub(in crate::graphql) Measurement);

#[Object(name = "Measurement")]
impl MeasurementView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The merchant's instrument that the goods were sold on.
    async fn instrument_id(&self) -> Option<Uuid> {
        self.0.instrument.map(|instrument| instrument.uuid())
    }
    /// The verdict.
    async fn verdict(&self) -> VerdictView {
        VerdictView(self.0.verdict.clone())
    }
    /// When the server recorded it.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
}
