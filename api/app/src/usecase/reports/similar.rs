//! Similar open reports nearby, before a citizen sends one.

use crate::{app::App, budget::Spending, caller::Caller, error::AppError, store};
use liangxin_domain::{
    place::Position,
    reports::nearby::{self, About},
    text::Line,
};

/// Around what to look.
#[derive(Debug, Clone)]
pub struct Looking {
    /// Where.
    pub around: Position,
    /// For which goods, in the words of the one who asks.
    pub goods: Option<Line>,
}

/// What may be told of open reports nearby. An address asks so often and no more: a map of reports is
/// nobody's.
pub async fn similar(app: &App, caller: &Caller, looking: Looking) -> Result<Vec<About>, AppError> {
    app.spend(caller, Spending::Similar)?;
    let Looking { around, goods } = looking;
    let now = app.now();
    let open = store::reports::list_open_around(&app.db, around, now).await?;
    let goods = goods.as_ref().map(Line::as_str);
    Ok(nearby::similar(around, goods, &open, now))
}
