//! What a change of law would do: every open period under other rows, without saving anything.

use crate::{app::App, error::AppError, store};
use chrono::NaiveDate;
use liangxin_domain::law::{
    clock::Due,
    deadline::{DeadlineRule, DeadlineRules},
};
use std::collections::HashMap;

/// How many clocks one query reads.
const BATCH: u64 = 1000;

/// One period that would end on another day, or rest on another article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The number of what it runs on, or the clock's own id if that has none.
    pub number: String,
    /// The rule.
    pub rule_id: String,
    /// When it opened.
    pub started_on: NaiveDate,
    /// The end as it is.
    pub old: Due,
    /// The end as it would be.
    pub new: Due,
    /// Edition and article as they are.
    pub old_article: String,
    /// Edition and article as they would be.
    pub new_article: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retimed {
    /// How many clocks are open.
    pub open: usize,
    /// How many of them no given row is about: their day or their rule is not in the file.
    pub untouched: usize,
    /// Those that would change, in the order of their ids.
    pub changed: Vec<Changed>,
}

/// Times every open clock by the given rows.
pub async fn retime(app: &App, edition: &DeadlineRules) -> Result<Retimed, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let mut rules: HashMap<(String, NaiveDate), Option<&DeadlineRule>> = HashMap::new();
    let mut found = Retimed::default();
    let mut after = None;
    loop {
        let batch = store::law::list_open(&app.db, after, BATCH).await?;
        let Some(last) = batch.last().map(|held| held.id) else {
            return Ok(found);
        };
        after = Some(last);
        let mut changed = Vec::new();
        for held in batch {
            found.open += 1;
            let key = (held.clock.rule_id.clone(), held.clock.started_on);
            let rule = rules
                .entry(key)
                .or_insert_with_key(|(id, day)| edition.rule_on(id, *day).ok());
            let Some(rule) = rule else {
                found.untouched += 1;
                continue;
            };
            let new = held.clock.under(rule, &calendar);
            let is_same = new.due == held.clock.due
                && new.article == held.clock.article
                && new.edition == held.clock.edition;
            if !is_same {
                changed.push((held, new));
            }
        }
        let subjects: Vec<_> = changed.iter().map(|(held, _)| held.on).collect();
        let numbers = store::law::numbers_of(&app.db, &subjects).await?;
        for (held, new) in changed {
            let number = numbers.get(&held.on).cloned();
            found.changed.push(Changed {
                number: number.unwrap_or_else(|| held.id.to_string()),
                rule_id: held.clock.rule_id,
                started_on: held.clock.started_on,
                old: held.clock.due,
                new: new.due,
                old_article: format!("{} {}", held.clock.edition, held.clock.article),
                new_article: format!("{} {}", new.edition, new.article),
            });
        }
    }
}
