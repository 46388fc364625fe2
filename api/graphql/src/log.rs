//! The log for security auditors.

use super::{
    context::Known as _,
    page,
    problem::{Problem, settle},
};
use crate::moment::Moment;
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::TimeDelta;
use liangxin_app::{
    error::AppError,
    store::{
        self,
        log::{FailedSignIns, Logged},
    },
    usecase::log::{self, LogFile},
};
use liangxin_domain::{
    event::{EventKind, LogFilter, LogGroup},
    id::{CommandId, UserId},
    privacy::opening::OpeningPurpose,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// Something that an officer did. It names no report and no reporter, and holds no words of anybody.
#[derive(SimpleObject)]
pub(crate) struct LoggedEvent {
    /// Its id.
    id: Uuid,
    /// When it was done.
    at: Moment,
    /// What.
    event: EventKind,
    /// What that is about.
    group: LogGroup,
    /// Who did it.
    actor_id: Option<Uuid>,
    /// The division of the office where that person sat (GB/T 2260).
    office: String,
    /// The account, device, job, year or opening; null where it is a matter.
    subject_id: Option<Uuid>,
    /// What for, of an opening.
    purpose: Option<OpeningPurpose>,
}

impl From<Logged> for LoggedEvent {
    fn from(logged: Logged) -> Self {
        Self {
            id: logged.id,
            at: Moment(logged.at),
            event: logged.kind,
            group: logged.kind.group(),
            actor_id: logged.actor.map(|actor| actor.uuid()),
            office: logged.office.to_string(),
            subject_id: logged.subject,
            purpose: logged.purpose,
        }
    }
}

page! {
    /// A page of the log.
    EventLogPage of LoggedEvent, "The events, the earliest first."
}

/// Sign-ins to an account that failed within an hour. From where is not kept.
#[derive(SimpleObject)]
pub(crate) struct FailedSignIn {
    /// The account.
    user_id: Uuid,
    /// When the hour began.
    hour: Moment,
    /// The last of them.
    last_at: Moment,
    /// How many.
    tries: i32,
}

impl From<FailedSignIns> for FailedSignIn {
    fn from(failed: FailedSignIns) -> Self {
        Self {
            user_id: failed.user.uuid(),
            hour: Moment(failed.hour),
            last_at: Moment(failed.last_at),
            tries: failed.tries,
        }
    }
}

page! {
    /// A page of failed sign-ins.
    FailedSignInPage of FailedSignIn, "By hour, the earliest first. Kept for 190 days."
}

/// What of the log is wanted.
#[derive(InputObject, Default)]
struct EventLogFilter {
    /// Up to when, that moment itself left out.
    until: Option<Moment>,
    /// What one person did.
    actor_id: Option<Uuid>,
    /// What is about one kind of thing.
    group: Option<LogGroup>,
    /// One kind of event, by its word in `EventKind`, such as `signed_in`.
    event: Option<String>,
    /// Openings for one purpose.
    purpose: Option<OpeningPurpose>,
}

impl EventLogFilter {
    fn parse(&self) -> Result<LogFilter, Refusal> {
        let unknown = |_unparsed| Refusal::on(Code::FieldFormat, "event");
        let event = self.event.as_deref().map(str::parse).transpose();
        Ok(LogFilter {
            actor: self.actor_id.map(UserId::new),
            group: self.group,
            event: event.map_err(unknown)?,
            purpose: self.purpose,
        })
    }
}

/// What is read if nobody says since when.
const DAYS: TimeDelta = TimeDelta::days(30);

/// The reads of this noun.
#[derive(Default)]
pub struct LogQuery;

#[Object(name = "LogQuery")]
impl LogQuery {
    /// What officers of the auditor's office and those below did: openings, exports, administration, work.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    async fn event_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From when; the last 30 days if not said.")] since: Option<Moment>,
        #[graphql(desc = "What of it; everything if not said.")] filter: Option<EventLogFilter>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<EventLogPage, AppError> {
        let (app, page) = (ctx.app()?, page::parse(first, after.as_deref())?);
        let since = since.map_or_else(|| app.now() - DAYS, |since| since.0);
        let filter = filter.unwrap_or_default();
        let until = filter.until.map(|until| until.0);
        let wanted = ((since, until), &filter.parse()?);
        let found = store::log::list(&app.db, ctx.actor()?, wanted, page).await?;
        Ok(EventLogPage::of(found, LoggedEvent::from))
    }

    /// Sign-ins that failed at accounts of the auditor's office and those below.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn failed_sign_ins(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From when; the last 30 days if not said.")] since: Option<Moment>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<FailedSignInPage, AppError> {
        let (app, page) = (ctx.app()?, page::parse(first, after.as_deref())?);
        let since = since.map_or_else(|| app.now() - DAYS, |since| since.0);
        let found = store::log::list_failed_sign_ins(&app.db, ctx.actor()?, since, page).await?;
        Ok(FailedSignInPage::of(found, FailedSignIn::from))
    }
}

/// Take a part of the log out.
#[derive(InputObject)]
struct ExportEventLogInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// From when.
    since: Moment,
    /// Up to when, that moment itself left out.
    until: Moment,
    /// What of it; everything if not said.
    filter: Option<EventLogFilter>,
}

/// A part of the log.
#[derive(SimpleObject)]
struct ExportEventLogPayload {
    /// Comma-separated, UTF-8 with a byte order mark; an apostrophe stands in front of what a spreadsheet would take for
    /// a formula or a number.
    csv: Option<String>,
    /// How many events stand in it; at most 10,000.
    events: Option<usize>,
    /// Whether more happened in that time.
    has_more: Option<bool>,
    /// Why not.
    problems: Vec<Problem>,
}

/// The writes of this noun.
#[derive(Default)]
pub struct LogMutation;

#[Object(name = "LogMutation")]
impl LogMutation {
    /// The log of the auditor's office and those below for a time, as a file. That it was taken out stands in the log.
    async fn export_event_log(
        &self,
        ctx: &Context<'_>,
        input: ExportEventLogInput,
    ) -> Result<ExportEventLogPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let filter = input.filter.unwrap_or_default();
            let until = filter
                .until
                .map_or(input.until, |until| until.min(input.until));
            let wanted = ((input.since.0, until.0), filter.parse()?);
            log::export(ctx.app()?, ctx.caller()?, id, wanted).await
        };
        let (file, problems) = settle(outcome.await, ctx.lang())?;
        let (csv, events, has_more) = match file {
            Some(LogFile {
                csv,
                events,
                has_more,
            }) => (Some(csv), Some(events), Some(has_more)),
            None => (None, None, None),
        };
        Ok(ExportEventLogPayload {
            csv,
            events,
            has_more,
            problems,
        })
    }
}
