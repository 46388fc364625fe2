//! What lies on an office's desk, by the day on which something has to have been done.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{
        self,
        accounts::Named,
        clock_turns::Running,
        desk::{Asked, Matter},
        page::{Page, Rows},
    },
    usecase::law,
};
use liangxin_domain::{
    desk::{DueClass, MatterKind, Wanted, WantedClocks},
    law::{calendar::shanghai_date, deadline::Bearer},
};
use strum::IntoEnumIterator as _;

/// So many people of one name are looked for. Our choice.
const MOST_OF_ONE_NAME: u64 = 20;

/// A page of the matters that are wanted.
pub async fn list(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
    page: Page,
) -> Result<Rows<Matter>, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let today = shanghai_date(app.now());
    let asked = Asked {
        wanted,
        span: wanted.due.and_then(|due| due.span(today, &calendar)),
        named: named(app, caller, wanted).await?,
    };
    store::desk::list(&app.db, &caller.actor, &asked, page).await
}

/// Who has the name that is wanted, in the caller's division and below.
async fn named(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<Option<Vec<Named>>, AppError> {
    let Some(name) = &wanted.person else {
        return Ok(None);
    };
    let Some(division) = caller.actor.division() else {
        return Ok(Some(Vec::new()));
    };
    let found = store::accounts::list_of_name(&app.db, *division, (name, MOST_OF_ONE_NAME));
    found.await.map(Some)
}

/// A page of the open periods that are wanted, each with whose duty it is.
pub async fn clocks(
    app: &App,
    caller: &Caller,
    wanted: WantedClocks,
    page: Page,
) -> Result<Rows<(Running, Bearer)>, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let today = shanghai_date(app.now());
    let span = wanted.due.and_then(|due| due.span(today, &calendar));
    let found = store::clock_turns::list(&app.db, &caller.actor, (wanted, span), page).await?;
    let rows = found.rows.into_iter().map(|(at, running)| {
        let bearer = law::bearer(app, &running.clock);
        (at, (running, bearer))
    });
    Ok(Rows {
        rows: rows.collect(),
        end: found.end,
        has_more: found.has_more,
    })
}

/// How many open matters there are, by kind and by how near their end is.
pub async fn count(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<Vec<(DueClass, MatterKind, u64)>, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let today = shanghai_date(app.now());
    let named = named(app, caller, wanted).await?;
    let mut counts = Vec::new();
    for due in DueClass::iter() {
        let wanted = Wanted {
            due: Some(due),
            ..wanted.clone()
        };
        let asked = Asked {
            wanted: &wanted,
            span: due.span(today, &calendar),
            named: named.clone(),
        };
        let found = store::desk::count(&app.db, &caller.actor, &asked).await?;
        counts.extend(found.into_iter().map(|(kind, number)| (due, kind, number)));
    }
    Ok(counts)
}
