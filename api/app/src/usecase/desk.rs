//! What lies on an office's desk, by the day on which something has to have been done.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{
        self,
        desk::Matter,
        page::{Page, Rows},
    },
};
use liangxin_domain::{
    desk::{DueClass, MatterKind, Wanted},
    law::calendar::shanghai_date,
};
use strum::IntoEnumIterator as _;

/// A page of the matters that are wanted.
pub async fn list(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
    page: Page,
) -> Result<Rows<Matter>, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let today = shanghai_date(app.now());
    let span = wanted.due.and_then(|due| due.span(today, &calendar));
    store::desk::list(&app.db, &caller.actor, (wanted, span), page).await
}

/// How many open matters there are, by kind and by how near their end is.
pub async fn count(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<Vec<(DueClass, MatterKind, u64)>, AppError> {
    let calendar = app.calendar(&app.db).await?;
    let today = shanghai_date(app.now());
    let mut counts = Vec::new();
    for due in DueClass::iter() {
        let wanted = Wanted {
            due: Some(due),
            ..wanted.clone()
        };
        let span = due.span(today, &calendar);
        let found = store::desk::count(&app.db, &caller.actor, (&wanted, span)).await?;
        counts.extend(found.into_iter().map(|(kind, number)| (due, kind, number)));
    }
    Ok(counts)
}
