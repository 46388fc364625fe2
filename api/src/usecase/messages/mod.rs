//! Questions to a reporter, answers, and more photos.

mod add_photos;
mod answer;
mod ask;

pub use add_photos::{MorePhotos, add_photos};
pub use answer::{Answer, answer, take_answer};
pub use ask::{Question, ask};

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::law::calendar::shanghai_date;

/// The first moment of the day in China: bounds for a day begin anew with it.
fn day_began(now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = shanghai_date(now).and_hms_opt(0, 0, 0).unwrap_or_default();
    midnight.and_utc() - TimeDelta::hours(8)
}
