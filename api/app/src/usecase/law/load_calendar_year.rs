//! Loading a year of the working-day calendar, which is every bureau's: the highest one loads it, the difference to the
//! present one is shown, and nothing applies before somebody else of the highest bureau confirmed it.

use crate::{
    app::{self, App},
    caller::Caller,
    error::AppError,
    store::{self, calendars::Draft, law::Touched},
    usecase::office::of_the_highest,
    work::{Begun, Source},
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::{CommandId, DraftId},
    law::calendar::{Calendar, CalendarError, CalendarYear, ChangedDay, NewYear},
    limits::{CALENDAR_BYTES, CALENDAR_VERSION_CHARS},
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    text::Text,
};

/// The years that can be loaded: a typing mistake should not load the year 20270.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2100;

/// A year as it was sent.
#[derive(Debug)]
pub struct SentYear {
    /// The year.
    pub year: i32,
    /// What to call this version.
    pub version: Text<CALENDAR_VERSION_CHARS>,
    /// The file.
    pub csv: String,
}

/// Loads a year for a second person to confirm. A version that is in force changes nothing if it says the same, and is
/// refused if it does not; what waited for the same year is replaced.
pub async fn load_calendar_year(
    app: &App,
    caller: &Caller,
    id: CommandId,
    sent: SentYear,
) -> Result<(), AppError> {
    let actor = &caller.actor;
    may(&app.db, actor, Action::LoadCalendar).await?;
    if !YEARS.contains(&sent.year) {
        return Err(Refusal::on(Code::OutOfRange, "year").into());
    }
    if sent.csv.len() > CALENDAR_BYTES {
        let most = CALENDAR_BYTES.to_string();
        return Err(Refusal::on(Code::FieldTooLong, "csv").with(most).into());
    }
    CalendarYear::parse_whole(&sent.csv, sent.year).map_err(|error| mistaken(&error))?;
    let SentYear { year, version, csv } = sent;
    let new = NewYear::LoadCalendarYear {
        year,
        version: version.clone(),
        csv: csv.clone(),
    };
    let command = app.named(id, id.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let digest = app::sha256(csv.as_bytes()).to_string();
    if let Some(known) = store::calendars::find(&work, year, version.as_str()).await? {
        if known.digest == digest {
            return work.commit().await;
        }
        let taken = Refusal::on(Code::CalendarVersionTaken, "version").with(year.to_string());
        return Err(taken.into());
    }
    let draft = Draft {
        id: DraftId::new(id.uuid()),
        year,
        version: version.as_str().to_owned(),
        csv,
        digest,
        loaded_by: actor.user(),
        loaded_at: work.now(),
        base: store::calendars::number_of(&work, year).await?,
    };
    store::calendars::put_draft(&work, &draft).await?;
    app.record(&work, Event::CalendarDrafted { year });
    work.commit().await
}

/// Puts a loaded year in force. Whoever loaded it may not; another version of the year that came in force since is
/// `STALE`, because another difference was shown.
pub async fn confirm_calendar_year(
    app: &App,
    caller: &Caller,
    id: CommandId,
    draft: DraftId,
) -> Result<(), AppError> {
    let actor = &caller.actor;
    let command = app.named(id, draft.uuid(), &NewYear::ConfirmCalendarYear { draft })?;
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    may(&work, actor, Action::ConfirmCalendar).await?;
    let loaded = store::calendars::get_draft(&work, draft).await?;
    if loaded.loaded_by.is_some() && loaded.loaded_by == actor.user() {
        return Err(Refusal::of(Code::ProposerCannotApprove).into());
    }
    if store::calendars::number_of(&work, loaded.year).await? != loaded.base {
        return Err(Refusal::of(Code::Stale).into());
    }
    let year = loaded.year;
    store::calendars::insert(&work, loaded).await?;
    app.record(&work, Event::CalendarLoaded { year });
    work.commit().await
}

/// What a loaded year would change.
pub async fn changes_of(app: &App, draft: &Draft) -> Result<Vec<ChangedDay>, AppError> {
    let calendar = app.calendar(&app.db).await?;
    Ok(calendar.changed_by(&draft.days()?))
}

/// How many open periods a loaded year would give another end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MovedClocks {
    /// Open periods that end in that year or beside it, or wait for it.
    pub looked_at: usize,
    /// Those of them that would end on another day than now.
    pub moved: usize,
    /// Those of the moved ones whose end nobody knows yet.
    pub waiting: usize,
}

/// Times the open periods that a loaded year can move by it, and saves nothing.
pub async fn clocks_moved_by(app: &App, draft: &Draft) -> Result<MovedClocks, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let then = Calendar::clone(&calendar).with_year(&draft.days()?, calendar.version());
    let mut found = MovedClocks::default();
    for touched in [Touched::Waiting(draft.year), Touched::Ending(draft.year)] {
        let mut after = None;
        loop {
            let batch = store::law::list_touched(&app.db, touched, after).await?;
            let Some(last) = batch.last().map(|held| held.id) else {
                break;
            };
            after = Some(last);
            found.looked_at += batch.len();
            let moved = batch
                .into_iter()
                .filter(|held| held.clock.recompute(&then, draft.loaded_on()).due != held.clock.due)
                .count();
            found.moved += moved;
            if matches!(touched, Touched::Waiting(_)) {
                found.waiting += moved;
            }
        }
    }
    Ok(found)
}

/// The command line loads too; it is nobody, so that it confirms nothing.
async fn may(source: &impl Source, actor: &Actor, action: Action) -> Result<(), AppError> {
    if *actor == Actor::System && action == Action::LoadCalendar {
        return Ok(());
    }
    permit(actor, action, Facts::placeless(Stake::None))?;
    of_the_highest(source, actor).await
}

/// Names the line, or what the file lacks, never a word of it.
fn mistaken(error: &CalendarError) -> Refusal {
    let detail = match error.line() {
        Some(line) => format!("line {line}"),
        None => error.to_string(),
    };
    Refusal::on(Code::CalendarInvalid, "csv").with(detail)
}
