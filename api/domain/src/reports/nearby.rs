//! What a citizen is told, before sending, about similar open reports nearby.
//!
//! That there are some, and nothing else: no number, no distance, no day, nobody's words. The one who
//! asks may be the merchant that is reported, and may have sent two reports to learn of a third
//! (Order 121, article 37). So what came in today does not count, a sender counts once, and what is
//! told needs several senders on as many days. A merchant's code only says where to look, never whom
//! to look for.

use crate::{
    id::ReportId,
    law::calendar::shanghai_date,
    limits::{SIMILAR_FEWEST, SIMILAR_RADIUS_METRES},
    place::Position,
    text::fold_name,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

const EARTH_RADIUS_METRES: f64 = 6_371_000.0;

/// An open report, as far as nearness needs to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenReport {
    /// The report.
    pub id: ReportId,
    /// The earlier report whose receipt code its sender showed.
    pub follows: Option<ReportId>,
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

/// What may be told of the open reports around a position. Nothing told says nothing: neither that
/// there are none nor that there are a few.
#[must_use]
pub fn similar(
    around: Position,
    goods: Option<&str>,
    open: &[OpenReport],
    now: DateTime<Utc>,
) -> Vec<About> {
    let today = shanghai_date(now);
    let near: Vec<&OpenReport> = open
        .iter()
        .filter(|report| shanghai_date(report.received_at) < today)
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
        .filter(|(_, group)| hides_a_person(group))
        .map(|(about, _)| about)
        .collect()
}

/// Whether there are enough senders on different days. Whoever sends several on one day, or shows an
/// earlier receipt code, is one sender.
fn hides_a_person(group: &[&OpenReport]) -> bool {
    let earlier: BTreeMap<ReportId, ReportId> = group
        .iter()
        .filter_map(|report| Some((report.id, report.follows?)))
        .collect();
    let mut first_days: BTreeMap<ReportId, NaiveDate> = BTreeMap::new();
    for report in group {
        let day = shanghai_date(report.received_at);
        let first = first_days.entry(sender(report.id, &earlier)).or_insert(day);
        *first = day.min(*first);
    }
    let days: BTreeSet<NaiveDate> = first_days.into_values().collect();
    days.len() >= SIMILAR_FEWEST
}

/// The first report of a chain stands for whoever sent all of it. A chain has no circle, because a
/// code exists before it is shown; the bound keeps a damaged row from turning for ever.
fn sender(report: ReportId, earlier: &BTreeMap<ReportId, ReportId>) -> ReportId {
    let mut first = report;
    for _ in 0..=earlier.len() {
        match earlier.get(&first) {
            Some(before) => first = *before,
            None => break,
        }
    }
    first
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

    fn open(number: u128, goods: &str, days: i64) -> OpenReport {
        OpenReport {
            id: ReportId::new(uuid::Uuid::from_u128(number)),
            follows: None,
            position: at(28.1706),
            goods: goods.to_owned(),
            received_at: now() - TimeDelta::days(days),
        }
    }

    fn told(open: &[OpenReport]) -> Vec<About> {
        similar(at(28.1706), Some("五 花 肉"), open, now())
    }

    #[test]
    fn three_senders_on_three_days_before_today_are_told_by_what_they_have_in_common() {
        let pork = [1, 2, 3].map(|day| open(day, "五花肉", i64::try_from(day).unwrap()));
        assert_eq!(told(&pork), [About::SameGoods, About::ShortWeight]);
        let mut mixed = pork.clone();
        mixed[2].goods = "排骨".to_owned();
        assert_eq!(told(&mixed), [About::ShortWeight]);
        assert_eq!(similar(at(29.0), None, &pork, now()), []);
    }

    #[test]
    fn two_planted_reports_do_not_show_a_third_of_today() {
        let mut found = vec![open(1, "五花肉", 1), open(2, "五花肉", 2)];
        assert_eq!(told(&found), []);
        found.push(open(3, "五花肉", 0));
        assert_eq!(told(&found), []);
    }

    #[test]
    fn many_of_one_day_are_as_one() {
        let mut many: Vec<_> = (1..=50).map(|number| open(number, "五花肉", 1)).collect();
        many.push(open(51, "五花肉", 2));
        assert_eq!(told(&many), []);
    }

    #[test]
    fn whoever_shows_an_earlier_code_is_the_same_sender() {
        let mut chain = [1, 2, 3].map(|day| open(day, "五花肉", i64::try_from(4 - day).unwrap()));
        chain[1].follows = Some(chain[0].id);
        chain[2].follows = Some(chain[1].id);
        assert_eq!(told(&chain), []);
    }

    #[test]
    fn a_damaged_chain_ends() {
        let mut circle = [open(1, "五花肉", 1), open(2, "五花肉", 2)];
        circle[0].follows = Some(circle[1].id);
        circle[1].follows = Some(circle[0].id);
        assert_eq!(told(&circle), []);
    }
}
