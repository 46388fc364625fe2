//! Similar reports nearby, before a citizen sends one.

use crate::{
    app::App, budget::Spending, caller::Caller, error::AppError, ports::keys::Keys, store,
};
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
    let fewest = fewest_in(&app.keys, week);
    Ok(nearby::similar(around, goods, &found, fewest))
}

/// How many senders it takes in a week. The same for every place: whoever asks at many learns no more of any of them. So whoever
/// plants as many reports elsewhere, and has officers take them in, reads it there.
#[must_use]
pub fn fewest_in(keys: &Keys, week: Week) -> usize {
    let [drawn, ..] = keys.hash("similar reports", week.monday().to_string().as_bytes());
    nearby::fewest(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ids::Ids;
    use chrono::{DateTime, TimeDelta};
    use liangxin_domain::limits::{SIMILAR_FEWEST, SIMILAR_MORE};
    use std::collections::BTreeSet;

    #[test]
    fn how_many_it_takes_is_drawn_for_each_week_and_each_server() {
        let week = |n: i64| Week::of(DateTime::UNIX_EPOCH + TimeDelta::weeks(n));
        let drawn = |seed| {
            let keys = Keys::in_memory(&Ids::seeded(seed)).unwrap();
            let weeks = (2_900..2_960).map(|n| fewest_in(&keys, week(n)));
            weeks.collect::<Vec<_>>()
        };
        let all: BTreeSet<_> = drawn(1).into_iter().collect();
        assert!(
            all.into_iter()
                .eq(SIMILAR_FEWEST..=SIMILAR_FEWEST + SIMILAR_MORE)
        );
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }
}
