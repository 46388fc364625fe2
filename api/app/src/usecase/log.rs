//! Taking a part of the log out.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    sheet::{Cell, Sheet},
    store::{self, log::Logged, page::Page},
    work::{Begun, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::account::Account,
    event::{Event, LogFilter, LogWrite},
    id::{CommandId, UserId},
    limits::LOG_EXPORT_ROWS,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};
use std::collections::HashMap;

const COLUMNS: [&str; 8] = [
    "at", "event", "group", "actor", "email", "office", "subject", "purpose",
];

/// A part of the log.
#[derive(Debug)]
pub struct LogFile {
    /// Comma-separated.
    pub csv: String,
    /// How many events stand in it.
    pub events: usize,
    /// Whether more happened in the time than one file holds: take the rest from its last moment on.
    pub has_more: bool,
}

/// The log of an auditor's office and those below for a time, as a file. Taking it out is an event of that log, each time.
pub async fn export(
    app: &App,
    caller: &Caller,
    id: CommandId,
    ((since, until), filter): ((DateTime<Utc>, DateTime<Utc>), LogFilter),
) -> Result<LogFile, AppError> {
    let actor = &caller.actor;
    if since > until {
        return Err(Refusal::on(Code::OutOfRange, "until").into());
    }
    let wanted = LogWrite::ExportEventLog {
        since,
        until,
        filter: filter.clone(),
    };
    let named = app.named(id, id.uuid(), &wanted)?;
    let work = match app.begin(actor, &named).await? {
        Begun::Fresh(work) => work,
        Begun::Repeated => app.work(actor).await?,
    };
    let office = *actor.division().ok_or(Refusal::of(Code::Denied))?;
    let facts = Facts::at(actor, (&office, &office), Stake::None);
    let user = permit(actor, Action::ExportLog, facts)?.person(Action::ExportLog)?;
    let page = Page {
        after: None,
        first: LOG_EXPORT_ROWS,
    };
    let found = store::log::list(&work, actor, ((since, Some(until)), &filter), page).await?;
    let people = people(&work, found.rows.iter().map(|(_, logged)| logged)).await?;
    let mut sheet = Sheet::new(&COLUMNS);
    for (_, logged) in &found.rows {
        sheet.line(cells(logged, &people));
    }
    app.record(&work, Event::LogExported { user });
    work.commit().await?;
    Ok(LogFile {
        csv: sheet.finish(),
        events: found.rows.len(),
        has_more: found.has_more,
    })
}

/// Who acted, with those who left since.
async fn people<'a>(
    work: &Work,
    logged: impl Iterator<Item = &'a Logged>,
) -> Result<HashMap<UserId, Account>, AppError> {
    let mut ids: Vec<UserId> = logged.filter_map(|logged| logged.actor).collect();
    ids.sort_unstable();
    ids.dedup();
    store::accounts::list_named(work, &ids).await
}

fn cells<'a>(logged: &Logged, people: &'a HashMap<UserId, Account>) -> [Cell<'a>; 8] {
    let actor = logged.actor.and_then(|actor| people.get(&actor));
    let made = |made: Option<String>| Cell::plain(made.unwrap_or_default());
    [
        Cell::plain(logged.at.to_rfc3339()),
        Cell::plain(logged.kind),
        Cell::plain(logged.kind.group()),
        Cell::Text(actor.map_or("", |account| account.name_zh.as_str())),
        Cell::Text(actor.map_or("", |account| account.email.as_str())),
        Cell::plain(logged.office),
        made(logged.subject.map(|subject| subject.to_string())),
        made(logged.purpose.map(|purpose| purpose.to_string())),
    ]
}
