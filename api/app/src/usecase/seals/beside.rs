//! Reading what was recorded beside events against the digests that those name. The events stand under the seals; the rows
//! beside them do not, and whoever holds the database alone can change them.

use super::verify::{Finding, ROWS};
use crate::{
    app::{App, digest_of},
    error::AppError,
    store::{
        beside,
        seals::{self, Naming},
    },
};
use std::collections::HashSet;
use uuid::Uuid;

/// Tells each event beside which no longer stands what it names; answers how many name something.
pub(super) async fn check(app: &App, told: &mut impl FnMut(Finding)) -> Result<usize, AppError> {
    let (mut seen, mut after) = (0, None);
    loop {
        let page = seals::list_naming(&app.db, after, ROWS).await?;
        let Some(last) = page.last() else {
            return Ok(seen);
        };
        after = Some(last.event);
        seen += page.len();
        let about: Vec<Uuid> = page.iter().map(|it| it.subject).collect();
        let mut now = HashSet::new();
        for beside in beside::list(&app.db, &about).await? {
            now.insert(digest_of(&beside)?.to_string());
        }
        for Naming { event, beside, .. } in page {
            if !now.contains(&beside) {
                told(Finding::BesideChanged(event));
            }
        }
    }
}
