//! How often inspectors may be sent to one merchant, as officers read it beside a visit.

use crate::law::ProvenanceView;
use async_graphql::SimpleObject;
use liangxin_domain::{inspections::origin::OriginKind, law::visit_rule::FrequencyRule};

/// How often in a calendar year inspectors may be sent to one merchant, by the rule of the day on which they were sent.
#[derive(SimpleObject)]
#[graphql(name = "VisitFrequency")]
pub(crate) struct FrequencyView {
    /// As many visits.
    most: u32,
    /// Whether this visit is neither counted nor kept back: something led there, or it looks again.
    is_exempt: bool,
    /// The instrument, by its Chinese title.
    instrument: String,
    /// Its edition.
    edition: String,
    /// The article.
    article: String,
    /// How well the number is known.
    provenance: ProvenanceView,
}

impl FrequencyView {
    /// What the rule says of a visit of that origin.
    pub(super) fn of(rule: &FrequencyRule, origin: OriginKind) -> Self {
        Self {
            most: rule.most,
            is_exempt: rule.exempts(origin),
            instrument: rule.instrument.clone(),
            edition: rule.edition.clone(),
            article: rule.article.clone(),
            provenance: rule.provenance.into(),
        }
    }
}
