//! Loading a year of the calendar.

use super::types::CalendarPayload;
use crate::context::Known as _;
use async_graphql::{Context, InputObject, Object};
use liangxin_app::{error::AppError, usecase::law::load_calendar_year};
use liangxin_domain::{id::CommandId, law::calendar::NewYear, refusal::Refusal, text::Text};
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
    fn parse(self) -> Result<(CommandId, NewYear), Refusal> {
        let new = NewYear::LoadCalendarYear {
            year: self.year,
            version: Text::parse(&self.version, "version")?,
            csv: self.csv,
        };
        Ok((CommandId::parse(self.id, "id")?, new))
    }
}

#[Object(name = "LawMutation")]
impl LawMutation {
    /// Loads a year of the working-day calendar. Another version of a loaded year takes its place;
    /// the old one is kept, and so are the ends that open periods had by it.
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
}
