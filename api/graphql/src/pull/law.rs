//! Checklists, rules and violations as phones pull them. What they say never changes: a change is another document.

use super::{page, records::Asked};
use crate::{
    cases::violation_types::ViolationView, context::Known as _, merchants::types::VenueView,
    rules::query::RuleEdition,
};
use async_graphql::{Context, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    app::sha256,
    error::AppError,
    usecase::pull::{Stamped, stamped},
};
use liangxin_domain::{
    metrology::rules::{AnswersAllowed, ChecklistRow, ChecklistRules, Edition},
    pull::{Collection, Stamp},
};
use std::collections::BTreeSet;

pulled! {
    /// Checklists that the phone does not have.
    PulledChecklists of PulledChecklist {
        id: String,
        checklist: ChecklistView, "The checklist; null if it is to be forgotten.",
    }

    /// Measurement rules that the phone does not have.
    PulledRuleEditions of PulledRuleEdition {
        id: String,
        edition: RuleEdition, "The edition with its text; null if it is to be forgotten.",
    }

    /// Violations that the phone does not have, in the language of the request.
    PulledViolations of PulledViolation {
        id: String,
        violation: ViolationView, "The violation; null if it is to be forgotten.",
    }
}

/// The questions that are asked at one kind of venue.
#[derive(SimpleObject)]
#[graphql(name = "Checklist")]
pub(crate) struct ChecklistView {
    /// The edition, which verdicts name.
    edition_id: String,
    /// The edition in words, such as the year.
    edition: String,
    /// The title in Chinese.
    title_zh: String,
    /// The title in English.
    title_en: String,
    /// The kind of venue.
    venue: VenueView,
    /// The first day in force.
    valid_from: NaiveDate,
    /// The last day in force; null while no end is known.
    valid_to: Option<NaiveDate>,
    /// The questions, in the order in which they are asked.
    rows: Vec<ChecklistRowView>,
}

impl ChecklistView {
    fn of(edition: &Edition<'_, ChecklistRules>) -> Self {
        let (head, rules) = (edition.head, edition.rules);
        Self {
            edition_id: head.id.to_string(),
            edition: head.edition.to_string(),
            title_zh: head.title_zh.to_string(),
            title_en: head.title_en.to_string(),
            venue: rules.venue.into(),
            valid_from: head.valid_from,
            valid_to: head.valid_to,
            rows: rules.rows.iter().map(ChecklistRowView::of).collect(),
        }
    }
}

/// One question of a checklist. Every one may also be answered as not seen.
#[derive(SimpleObject)]
#[graphql(name = "ChecklistRow")]
pub(crate) struct ChecklistRowView {
    /// Its name, such as `ORG-01`, which a measurement repeats; kept from edition to edition for the same duty.
    id: String,
    /// Instrument of law and article.
    article: String,
    /// What is required, in Chinese.
    requirement_zh: String,
    /// What is required, in English.
    requirement_en: String,
    /// Advice on how to look, in Chinese. Advice, not law.
    how_to_check_zh: String,
    /// Advice on how to look, in English.
    how_to_check_en: String,
    /// Whether it may not concern the venue at all, and be answered so.
    may_not_apply: bool,
    /// The code of the violation that a "no" suggests, where one fits.
    violation: Option<String>,
    /// How well the row is known: `verified`, `secondary`, `unverified`, `proposal`.
    provenance: &'static str,
}

impl ChecklistRowView {
    fn of(row: &ChecklistRow) -> Self {
        Self {
            id: row.id.to_string(),
            article: row.article.to_string(),
            requirement_zh: row.requirement_zh.to_string(),
            requirement_en: row.requirement_en.to_string(),
            how_to_check_zh: row.how_to_check_zh.to_string(),
            how_to_check_en: row.how_to_check_en.to_string(),
            may_not_apply: row.answer == AnswersAllowed::YesNoNotApplicable,
            violation: row.violation.as_ref().map(ToString::to_string),
            provenance: row.provenance.as_str(),
        }
    }
}

/// What a phone does not have of all documents of a collection.
fn lacking<T>(
    ctx: &Context<'_>,
    collection: Collection,
    (checkpoint, first): Asked,
    all: Vec<(Stamp, T)>,
) -> Result<Stamped<T>, AppError> {
    let (since, first) = page::parse(ctx, (checkpoint.as_deref(), first))?;
    let shown = (collection, page::shape(ctx));
    stamped(ctx.actor()?, shown, (since.as_ref(), first), all)
}

/// A page as the phone of a caller sees it.
macro_rules! shown {
    ($document:ident { $thing:ident } of $found:expr, for $ctx:expr) => {{
        let found = $found;
        let gone = found.gone.iter().map(|stamp| $document {
            id: stamp.to_string(),
            version: stamp.to_string(),
            is_deleted: true,
            $thing: None,
        });
        let gone: Vec<_> = gone.collect();
        let new = found.new.into_iter().map(|(stamp, thing)| $document {
            id: stamp.to_string(),
            version: stamp.to_string(),
            is_deleted: false,
            $thing: Some(thing),
        });
        Self {
            documents: gone.into_iter().chain(new).collect(),
            checkpoint: page::seal($ctx, &found.checkpoint)?,
            has_more: found.has_more,
        }
    }};
}

impl PulledChecklists {
    pub(super) fn of(ctx: &Context<'_>, asked: Asked) -> Result<Self, AppError> {
        let files = ctx.app()?.law.rules.files();
        let all = files.filter_map(|file| {
            let edition = file.edition::<ChecklistRules>()?;
            let stamp = Stamp::of_digest(&edition.named.digest)?;
            Some((stamp, ChecklistView::of(&edition)))
        });
        let found = lacking(ctx, Collection::Checklist, asked, all.collect())?;
        Ok(shown!(PulledChecklist { checklist } of found, for ctx))
    }
}

impl PulledRuleEditions {
    pub(super) fn of(ctx: &Context<'_>, asked: Asked) -> Result<Self, AppError> {
        let (files, none) = (ctx.app()?.law.rules.files(), BTreeSet::new());
        let all = files.filter_map(|file| {
            let stamp = Stamp::of_digest(file.digest())?;
            Some((stamp, RuleEdition::of(file, &none)))
        });
        let found = lacking(ctx, Collection::RuleEdition, asked, all.collect())?;
        Ok(shown!(PulledRuleEdition { edition } of found, for ctx))
    }
}

impl PulledViolations {
    pub(super) fn of(ctx: &Context<'_>, asked: Asked) -> Result<Self, AppError> {
        let lang = ctx.lang();
        let all = ctx.app()?.law.violations.iter().filter_map(|row| {
            // Whatever is said of it, and in which language: with either it is another document.
            let said = sha256(format!("{lang:?} {row:?}").as_bytes());
            let stamp = Stamp::of_digest(&said.to_string())?;
            Some((stamp, ViolationView::of(row, lang)))
        });
        let found = lacking(ctx, Collection::Violation, asked, all.collect())?;
        Ok(shown!(PulledViolation { violation } of found, for ctx))
    }
}
