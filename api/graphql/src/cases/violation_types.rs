//! The table of violations on the wire.

use async_graphql::SimpleObject;
use liangxin_domain::{law::violation::Violation, refusal::Lang};

use crate::merchants::types::VenueView;

/// A violation with its legal range.
#[derive(SimpleObject)]
#[graphql(name = "Violation")]
pub(crate) struct ViolationView {
    /// Stable code, such as `M-QTY-01`.
    code: String,
    /// The conduct.
    conduct: String,
    /// What may follow.
    consequence: String,
    /// The instrument of law.
    basis: String,
    /// Its articles.
    article: String,
    /// The least fine in yuan.
    fine_min_yuan: Option<String>,
    /// The highest fine in yuan; null if the article names no sum.
    fine_max_yuan: Option<String>,
    /// The kinds of venue that it applies to; every kind if the list is empty.
    venues: Vec<VenueView>,
    /// Whether the article orders a fine with the correction.
    fine_mandatory: bool,
    /// How well the row is known.
    provenance: String,
}

impl ViolationView {
    pub(crate) fn of(violation: &Violation, lang: Lang) -> Self {
        Self {
            code: violation.code.to_string(),
            conduct: lang
                .pick(&violation.conduct_zh, &violation.conduct_en)
                .to_owned(),
            consequence: lang
                .pick(&violation.consequence_zh, &violation.consequence_en)
                .to_owned(),
            basis: violation.basis_instrument.clone(),
            article: violation.basis_article.clone(),
            fine_min_yuan: violation.fine_min.map(|fine| fine.to_string()),
            fine_max_yuan: violation.fine_max.map(|fine| fine.to_string()),
            venues: violation
                .venues
                .iter()
                .map(|venue| (*venue).into())
                .collect(),
            fine_mandatory: violation.fine_mandatory,
            provenance: violation.provenance.to_string(),
        }
    }
}
