//! Loading a year of the working-day calendar.

use crate::{
    app::{self, App},
    caller::Caller,
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::CommandId,
    law::calendar::{CalendarError, CalendarYear, NewYear},
    limits::CALENDAR_BYTES,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// The years that can be loaded: a typing mistake should not load the year 20270.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2100;

/// Loads a year. The same version of the same year again changes nothing if it says the same, and
/// is refused if it does not; another version takes its place, and the old one is kept.
pub async fn load_calendar_year(
    app: &App,
    caller: &Caller,
    id: CommandId,
    new: NewYear,
) -> Result<(), AppError> {
    if caller.actor != Actor::System {
        permit(
            &caller.actor,
            Action::LoadCalendar,
            Facts::placeless(Stake::None),
        )?;
    }
    let NewYear::LoadCalendarYear { year, version, csv } = &new;
    let (year, version) = (*year, version.as_str());
    if !YEARS.contains(&year) {
        return Err(Refusal::on(Code::OutOfRange, "year").into());
    }
    if csv.len() > CALENDAR_BYTES {
        let most = CALENDAR_BYTES.to_string();
        return Err(Refusal::on(Code::FieldTooLong, "csv").with(most).into());
    }
    CalendarYear::parse(csv, year).map_err(|error| mistaken(&error))?;
    let command = app.named(id, id.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(());
    };
    let digest = app::sha256(csv.as_bytes());
    if let Some(known) = store::calendars::find(&work, year, version).await? {
        if known.digest == digest.to_string() {
            return work.commit().await;
        }
        let taken = Refusal::on(Code::CalendarVersionTaken, "version").with(year.to_string());
        return Err(taken.into());
    }
    store::calendars::insert(&work, id, (year, version), (csv, digest)).await?;
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
