//! Loading a year of the calendar.

use super::calendar::CalendarPayload;
use crate::context::Known as _;
use async_graphql::{Context, InputObject, Object};
use liangxin_app::{
    error::AppError,
    usecase::law::{SentYear, confirm_calendar_year, load_calendar_year},
};
use liangxin_domain::{
    id::{CommandId, DraftId},
    refusal::Refusal,
    text::Text,
};
use uuid::Uuid;

/// The writes of this noun.
#[derive(Default)]
pub struct LawMutation;

/// Load a year of the working-day calendar.
#[derive(InputObject)]
struct LoadCalendarYearInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The year.
    year: i32,
    /// What to call this version, such as the number of the notice. At most 40 characters.
    version: String,
    /// The file: the line `date,kind,occasion`, then one line a day, kind being `off` or `work`.
    /// At most 20,000 bytes.
    csv: String,
}

impl LoadCalendarYearInput {
    fn parse(self) -> Result<(CommandId, SentYear), Refusal> {
        let new = SentYear {
            year: self.year,
            version: Text::parse(&self.version, "version")?,
            csv: self.csv,
        };
        Ok((CommandId::parse(self.id, "id")?, new))
    }
}

/// Put a loaded year of the working-day calendar in force.
#[derive(InputObject)]
struct ConfirmCalendarYearInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The loaded year: the id of the write that loaded it.
    draft_id: Uuid,
}

#[Object(name = "LawMutation")]
impl LawMutation {
    /// Loads a year of the working-day calendar, as an administrator of the highest bureau. Nothing applies before
    /// somebody else confirms it; `drafts` shows what it would change.
    async fn load_calendar_year(
        &self,
        ctx: &Context<'_>,
        input: LoadCalendarYearInput,
    ) -> Result<CalendarPayload, AppError> {
        let outcome = async {
            let (id, new) = input.parse()?;
            load_calendar_year(ctx.app()?, ctx.caller()?, id, new).await
        };
        CalendarPayload::of(ctx, outcome.await).await
    }

    /// Puts a loaded year in force, as somebody else of the highest bureau than who loaded it. Another version of the
    /// year gives way to it; the old one is kept, and so are the ends that open periods had by it.
    async fn confirm_calendar_year(
        &self,
        ctx: &Context<'_>,
        input: ConfirmCalendarYearInput,
    ) -> Result<CalendarPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let draft = DraftId::new(input.draft_id);
            confirm_calendar_year(ctx.app()?, ctx.caller()?, id, draft).await
        };
        CalendarPayload::of(ctx, outcome.await).await
    }
}
