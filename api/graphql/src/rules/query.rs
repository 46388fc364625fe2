//! Which editions are in force, and the text of those that a phone does not have yet.

use crate::context::Known as _;
use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::error::AppError;
use liangxin_domain::{
    limits::KNOWN_RULES,
    metrology::rules::RuleFile,
    refusal::{Code, Refusal},
};
use std::collections::BTreeSet;

/// The reads of this noun.
#[derive(Default)]
pub struct RuleQuery;

#[Object]
impl RuleQuery {
    /// The measurement rules in force. A phone that names the digests it has gets the text of the
    /// others alone, and hears which of its own are in force no longer.
    #[graphql(complexity = "100 * child_complexity.max(1)")]
    async fn rule_editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The digests of the rule files that the caller has; at most 500.")]
        have: Option<Vec<String>>,
    ) -> Result<RuleEditions, AppError> {
        let have: BTreeSet<String> = have.unwrap_or_default().into_iter().collect();
        if have.len() > KNOWN_RULES {
            return Err(Refusal::on(Code::InputInvalid, "have").into());
        }
        let rules = &ctx.app()?.law.rules;
        let in_force: BTreeSet<&str> = rules.files().map(RuleFile::digest).collect();
        Ok(RuleEditions {
            digest: rules.digest().to_owned(),
            editions: rules
                .files()
                .map(|file| RuleEdition::of(file, &have))
                .collect(),
            gone: have
                .iter()
                .filter(|digest| !in_force.contains(digest.as_str()))
                .cloned()
                .collect(),
        })
    }
}

/// The rule set in force.
#[derive(SimpleObject)]
struct RuleEditions {
    /// The digest of the whole set; every verdict names it.
    digest: String,
    /// Every edition, by id.
    editions: Vec<RuleEdition>,
    /// The digests that the caller has and that are in force no longer.
    gone: Vec<String>,
}

/// An edition of an instrument of law, as a rule file.
#[derive(SimpleObject)]
pub(crate) struct RuleEdition {
    /// The id, which verdicts name.
    id: String,
    /// The edition, such as the year of the last amendment.
    edition: String,
    /// The title in Chinese.
    title_zh: String,
    /// The title in English.
    title_en: String,
    /// The issuing numbers and dates.
    number: String,
    /// The first day in force.
    valid_from: NaiveDate,
    /// The last day in force; null while no end is known.
    valid_to: Option<NaiveDate>,
    /// How well the head is known: `verified`, `secondary`, `unverified`, `proposal`.
    provenance: &'static str,
    /// SHA-256 of the text.
    digest: String,
    /// The name of the file.
    name: String,
    /// The rules as TOML; null where the caller has them.
    text: Option<String>,
}

impl RuleEdition {
    pub(crate) fn of(file: &RuleFile, have: &BTreeSet<String>) -> Self {
        let head = file.head();
        Self {
            id: head.id.to_string(),
            edition: head.edition.to_string(),
            title_zh: head.title_zh.to_string(),
            title_en: head.title_en.to_string(),
            number: head.number.to_string(),
            valid_from: head.valid_from,
            valid_to: head.valid_to,
            provenance: head.provenance.as_str(),
            digest: file.digest().to_owned(),
            name: file.name().to_owned(),
            text: (!have.contains(file.digest())).then(|| file.text().to_owned()),
        }
    }
}
