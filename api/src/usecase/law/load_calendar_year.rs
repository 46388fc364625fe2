//! Loading a year of the working-day calendar.

use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::CommandId,
    law::calendar::{CalendarError, CalendarYear},
    limits::CALENDAR_BYTES,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    text::Text,
};

/// The years that can be loaded: a typing mistake should not load the year 20270.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2100;

/// A year to load.
#[derive(Debug, Clone)]
pub struct NewYear {
    /// Names the command.
    pub id: CommandId,
    /// The year.
    pub year: i32,
    /// What to call this version, such as the number of the notice.
    pub version: Text<40>,
    /// The file.
    pub csv: String,
}

/// Loads a year. The same version of the same year again changes nothing if it says the same, and
/// is refused if it does not; another version takes its place, and the old one is kept.
pub async fn load_calendar_year(app: &App, actor: &Actor, new: NewYear) -> Result<(), AppError> {
    if *actor != Actor::System {
        permit(actor, Action::LoadCalendar, Facts::placeless(Stake::None))?;
    }
    let NewYear {
        id,
        year,
        version,
        csv,
    } = new;
    if !YEARS.contains(&year) {
        return Err(Refusal::on(Code::OutOfRange, "year").into());
    }
    if csv.len() > CALENDAR_BYTES {
        let most = CALENDAR_BYTES.to_string();
        return Err(Refusal::on(Code::FieldTooLong, "csv").with(most).into());
    }
    CalendarYear::parse(&csv, year).map_err(|error| mistaken(&error))?;
    let content = Canonical::of("LoadCalendarYear")
        .field("year", year)
        .field("version", &version)
        .field("csv", &csv);
    let command = app::command(id, "LoadCalendarYear", id.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let digest = app::sha256(csv.as_bytes());
    if let Some(known) = store::calendars::find(&work, year, version.as_str()).await? {
        if known.digest == digest.to_string() {
            return work.commit().await;
        }
        let taken = Refusal::on(Code::CalendarVersionTaken, "version").with(year.to_string());
        return Err(taken.into());
    }
    store::calendars::insert(&work, id, (year, version.as_str()), (&csv, digest)).await?;
    app.record(&work, Event::CalendarLoaded { year });
    work.commit().await
}

/// Names the line, or what the file lacks, never a word of it.
fn mistaken(error: &CalendarError) -> Refusal {
    let detail = match error.line() {
        Some(line) => format!("line {line}"),
        None => error.to_string(),
    };
    Refusal::on(Code::CalendarInvalid, "csv").with(detail)
}
