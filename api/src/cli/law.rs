//! `liangxin law`: looking at the law before it is in force, and loading a year of the calendar.

use crate::{
    boot::{self, Opening},
    config::Settings,
    law_directory,
};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use liangxin_app::{
    app::{App, Law, sha256},
    caller::Caller,
    ports::clock::Clock,
    reference,
    usecase::law::{Changed, SentYear, load_calendar_year, retime},
};
use liangxin_domain::{
    id::CommandId,
    law::{
        calendar::{CalendarYear, shanghai_date},
        clock::Due,
        edition::Dated,
    },
    refusal::Lang,
    text::Text,
};
use std::{collections::BTreeMap, path::PathBuf};

use super::Place;

/// What to do with the law.
#[derive(Subcommand)]
pub(super) enum LawCommand {
    /// Check every file of law and the calendar; the exit code is 0 only if nothing is wrong.
    Check {
        #[command(flatten)]
        files: Files,
    },
    /// Time all open periods by other rows, without saving anything, and list what would change.
    WhatIf {
        /// A deadlines.toml, or a part of one: what it says about a rule replaces all rows of it
        #[arg(long, value_name = "FILE")]
        edition: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Load a year of the working-day calendar and show what it would change; somebody of the highest bureau confirms it.
    LoadCalendar {
        /// The year
        #[arg(long)]
        year: i32,
        /// The file: date,kind,occasion; kind is off or work
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// What to call this version, such as the number of the notice [default: from the file]
        #[arg(long)]
        version: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
pub(super) struct Files {
    /// Directory of law files that replace the built-in ones of the same name
    #[arg(long = "law", value_name = "DIR")]
    directory: Option<PathBuf>,
}

/// Does it.
pub(super) async fn run(command: LawCommand) -> anyhow::Result<()> {
    match command {
        LawCommand::Check { files } => {
            check(files.directory.or(Settings::from_process().law).as_deref())
        }
        LawCommand::WhatIf { edition, place } => {
            let app = open(place, Opening::Look).await?;
            what_if(&app, &edition).await
        }
        LawCommand::LoadCalendar {
            year,
            file,
            version,
            place,
        } => load(&open(place, Opening::Work).await?, (year, version), &file).await,
    }
}

async fn open(place: Place, opening: Opening) -> anyhow::Result<App> {
    let config = place.settings()?.check()?;
    boot::open(&config, Clock::System, String::new(), opening).await
}

fn check(directory: Option<&std::path::Path>) -> anyhow::Result<()> {
    let mut law = reference::law().context("the built-in law does not load")?;
    let today = shanghai_date(Clock::System.now());
    let mut faults = Vec::new();
    if let Some(directory) = directory {
        let (replaced, mistakes) = law_directory::lay_over(directory, &mut law)?;
        println!(
            "replaced by {}: {}",
            directory.display(),
            replaced.join(", ")
        );
        faults.extend(mistakes.iter().map(|mistake| format!("{mistake:#}")));
    }
    holdings(&law);
    faults.extend(law_directory::faults(&law, today));
    for fault in &faults {
        println!("wrong: {fault}");
    }
    anyhow::ensure!(faults.is_empty(), "the law has {} fault(s)", faults.len());
    println!("nothing is wrong");
    Ok(())
}

/// What the law holds, file by file.
fn holdings(law: &Law) {
    let years: Vec<_> = law.calendar.years().map(|year| year.to_string()).collect();
    println!(
        "calendar: {}, version {}",
        years.join(" "),
        law.calendar.version()
    );
    hold("deadlines.toml", law.deadlines.iter());
    hold("code-sets.toml", law.code_sets.iter());
    hold("thresholds.toml", law.thresholds.iter());
    hold("reward-schemes.toml", law.schemes.iter());
    hold("violations.toml", law.violations.iter());
}

fn hold<'a, T: Dated + 'a>(file: &str, rows: impl Iterator<Item = &'a T>) {
    let mut editions: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *editions.entry(row.id()).or_default() += 1;
    }
    let rows: usize = editions.values().sum();
    let ids: Vec<_> = editions
        .iter()
        .map(|(id, count)| match count {
            1 => (*id).to_owned(),
            _ => format!("{id}×{count}"),
        })
        .collect();
    println!("{file}: {rows} rows: {}", ids.join(" "));
}

async fn what_if(app: &App, file: &std::path::Path) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let edition = app.law.deadlines.with_part(&text)?;
    let found = retime(app, &edition).await?;
    for change in &found.changed {
        println!("{}", line(change));
    }
    let moved = found.changed.iter().filter(|c| c.old != c.new).count();
    println!(
        "{} open periods: {} would change ({moved} of them end on another day), {} have no row on their day",
        found.open,
        found.changed.len(),
        found.untouched
    );
    Ok(())
}

fn line(change: &Changed) -> String {
    let article = if change.old_article == change.new_article {
        change.old_article.clone()
    } else {
        format!("{} -> {}", change.old_article, change.new_article)
    };
    format!(
        "{} {} opened {}: {} -> {} ({article})",
        change.number,
        change.rule_id,
        change.started_on,
        due(change.old),
        due(change.new)
    )
}

fn due(due: Due) -> String {
    match due {
        Due::On { literal, moved } if literal == moved => moved.to_string(),
        Due::On { literal, moved } => format!("{literal}/{moved}"),
        Due::CalendarMissing {
            year,
            not_before: Some(day),
        } => format!("not before {day} (no calendar of {year})"),
        Due::CalendarMissing { year, .. } => format!("unknown (no calendar of {year})"),
        Due::Paused { since } => format!("paused since {since}"),
    }
}

async fn load(
    app: &App,
    (year, version): (i32, Option<String>),
    file: &std::path::Path,
) -> anyhow::Result<()> {
    let csv =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let days = CalendarYear::parse_whole(&csv, year)?;
    let version = version.unwrap_or_else(|| {
        let digest = sha256(csv.as_bytes()).to_string();
        digest.chars().take(12).collect()
    });
    let said = |e: liangxin_domain::refusal::Refusal| anyhow::anyhow!(e.message(Lang::En));
    let id = CommandId::new(app.ids.uuid(app.now()));
    let calendar = app.calendar(&app.db).await?;
    let sent = SentYear {
        year,
        version: Text::parse(&version, "version").map_err(said)?,
        csv,
    };
    load_calendar_year(app, &Caller::system(), id, sent)
        .await
        .map_err(|e| said(e.refusal()))?;
    let (off, work) = days.counts();
    println!("{year}, version {version}: {off} days off, {work} weekend days of work");
    for day in calendar.changed_by(&days) {
        println!("{}: {} -> {}", day.date, day.before, day.after);
    }
    println!(
        "nothing applies yet: an administrator or a head of the highest bureau confirms it (ConfirmCalendarYear, draft {id})"
    );
    Ok(())
}
