//! Similar reports nearby, before a citizen sends one.

use crate::{app::App, budget::Spending, caller::Caller, error::AppError, store};
use liangxin_domain::{
    place::Position,
    reports::nearby::{self, About, Week},
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

/// What may be told of reports nearby. An address asks so often and no more: a map of reports is
/// nobody's.
pub async fn similar(app: &App, caller: &Caller, looking: Looking) -> Result<Vec<About>, AppError> {
    app.spend(caller, Spending::Similar)?;
    let Looking { around, goods } = looking;
    let week = Week::of(app.now());
    let found = store::reports::list_taken_in_around(&app.db, around, week).await?;
    let goods = goods.as_ref().map(Line::as_str);
    // The same for every place: whoever asks at many learns no more of any of them.
    let drawn = app
        .keys
        .hash("similar reports", week.monday().to_string().as_bytes());
    let [drawn, ..] = drawn;
    Ok(nearby::similar(
        around,
        goods,
        &found,
        nearby::fewest(drawn),
    ))
}
