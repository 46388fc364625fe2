//! What a citizen is told, before sending, about similar open reports nearby.
//!
//! Only numbers: how far in steps of 50 m, how long ago in days, how many at least. Never another
//! person's words, number, id, or the party's name. The one who asks may be the merchant that is
//! reported, so that a group too small to hide a reporter in is not told at all (Order 121,
//! article 37), and a merchant's code only says where to look, never whom to look for.

use crate::{
    limits::{SIMILAR_FEWEST, SIMILAR_RADIUS_METRES, SIMILAR_STEP_METRES},
    place::Position,
    text::fold_name,
};
use chrono::{DateTime, Utc};

const EARTH_RADIUS_METRES: f64 = 6_371_000.0;

/// An open report, as far as nearness needs to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenReport {
    /// Where.
    pub position: Position,
    /// The goods; compared, never shown.
    pub goods: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

words! {
    /// What similar reports have in common with what was asked about.
    pub enum About as "SimilarAbout" {
        /// The same goods.
        SameGoods,
        /// Any goods sold short.
        ShortWeight,
    }
}

/// Similar reports, all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Similar {
    /// What they have in common.
    pub about: About,
    /// How far the nearest is, rounded up to a step.
    pub distance_metres: u32,
    /// How many days ago the newest was received.
    pub newest_days: i64,
    /// There are at least so many: rounded down, so that one more does not show.
    pub at_least: usize,
}

/// Groups the open reports around a position. An empty list says nothing: neither that there are
/// none nor that there are a few.
#[must_use]
pub fn similar(
    around: Position,
    goods: Option<&str>,
    open: &[OpenReport],
    now: DateTime<Utc>,
) -> Vec<Similar> {
    let near: Vec<&OpenReport> = open
        .iter()
        .filter(|report| metres(around, report.position) <= f64::from(SIMILAR_RADIUS_METRES))
        .collect();
    let goods = goods.map(fold_name).filter(|goods| !goods.is_empty());
    let same: Vec<&OpenReport> = near
        .iter()
        .copied()
        .filter(|report| goods.as_deref() == Some(fold_name(&report.goods).as_str()))
        .collect();
    [(About::SameGoods, same), (About::ShortWeight, near)]
        .into_iter()
        .filter_map(|(about, group)| told(about, &group, around, now))
        .collect()
}

fn told(
    about: About,
    group: &[&OpenReport],
    around: Position,
    now: DateTime<Utc>,
) -> Option<Similar> {
    if group.len() < SIMILAR_FEWEST {
        return None;
    }
    let nearest = group
        .iter()
        .map(|report| steps(metres(around, report.position)))
        .min()?;
    let newest = group.iter().map(|report| report.received_at).max()?;
    Some(Similar {
        about,
        distance_metres: nearest,
        newest_days: (now - newest).num_days().max(0),
        at_least: group.len() / SIMILAR_FEWEST * SIMILAR_FEWEST,
    })
}

/// Rounded up to a whole step; the radius bounds it.
fn steps(metres: f64) -> u32 {
    (1..)
        .map(|n| n * SIMILAR_STEP_METRES)
        .take_while(|step| *step < SIMILAR_RADIUS_METRES)
        .find(|step| f64::from(*step) >= metres)
        .unwrap_or(SIMILAR_RADIUS_METRES)
}

/// The distance along the surface of the earth.
#[must_use]
pub fn metres(a: Position, b: Position) -> f64 {
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lon = (b.longitude - a.longitude).to_radians() / 2.0;
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_RADIUS_METRES * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn at(latitude: f64) -> Position {
        Position::parse(latitude, 112.97383, None, "p").unwrap()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn open(latitude: f64, goods: &str, days: i64) -> OpenReport {
        OpenReport {
            position: at(latitude),
            goods: goods.to_owned(),
            received_at: now() - TimeDelta::days(days),
        }
    }

    #[test]
    fn a_group_too_small_to_hide_a_person_is_not_told() {
        let two = [open(28.1706, "五花肉", 1), open(28.1707, "五花肉", 2)];
        assert_eq!(similar(at(28.1706), Some("五花肉"), &two, now()), []);
    }

    #[test]
    fn a_group_is_told_in_steps_and_never_in_words() {
        let open = [
            open(28.17149, "五花肉", 3),
            open(28.1718, "五花肉", 2),
            open(28.1719, "排骨", 9),
            open(28.1720, "五花肉", 5),
            open(29.0, "五花肉", 1),
        ];
        let found = similar(at(28.17059), Some("五 花 肉"), &open, now());
        assert_eq!(
            found,
            [
                Similar {
                    about: About::SameGoods,
                    distance_metres: 150,
                    newest_days: 2,
                    at_least: 3
                },
                Similar {
                    about: About::ShortWeight,
                    distance_metres: 150,
                    newest_days: 2,
                    at_least: 3
                },
            ]
        );
    }

    #[test]
    fn one_more_report_does_not_show() {
        let three: Vec<_> = (0..3).map(|n| open(28.1706, "五花肉", n)).collect();
        let four: Vec<_> = (0..4).map(|n| open(28.1706, "五花肉", n)).collect();
        assert_eq!(
            similar(at(28.1706), None, &three, now()),
            similar(at(28.1706), None, &four, now())
        );
    }
}
