//! What a citizen is told, before sending, about similar reports nearby.
//!
//! That there are some, and nothing else: no number, no distance, no day, nobody's words. The one who
//! asks may be the merchant that is reported, and may have sent two reports to learn of a third
//! (Order 121, article 37). So only what an officer took in counts, as it stood when the week began, and for
//! whole weeks, whatever became of it since: what comes in or ends changes nothing before the next week. A sender counts
//! once, and how many senders it takes, on as many days, is drawn anew for each week: that an answer turned may be the draw
//! as well as a report. A merchant's code only says where to look, never whom to look for.

use crate::{
    id::ReportId,
    law::calendar::{shanghai_date, shanghai_start_of},
    limits::{SIMILAR_FEWEST, SIMILAR_MORE, SIMILAR_RADIUS_METRES, SIMILAR_WEEKS},
    place::Position,
    text::fold_name,
};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

const EARTH_RADIUS_METRES: f64 = 6_371_000.0;

/// The week (in China, from Monday on) in which somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    monday: NaiveDate,
}

impl Week {
    /// The week of a moment.
    #[must_use]
    pub fn of(now: DateTime<Utc>) -> Self {
        let today = shanghai_date(now);
        let since = TimeDelta::days(today.weekday().num_days_from_monday().into());
        Self {
            monday: today - since,
        }
    }

    /// Its first day.
    #[must_use]
    pub const fn monday(self) -> NaiveDate {
        self.monday
    }

    /// When a report was taken in that counts in this week.
    #[must_use]
    pub fn counts(self) -> Range<DateTime<Utc>> {
        let first = self.monday - TimeDelta::weeks(SIMILAR_WEEKS);
        shanghai_start_of(first)..shanghai_start_of(self.monday)
    }
}

/// How many senders it takes in a week, by a byte that nobody can know.
#[must_use]
pub const fn fewest(drawn: u8) -> usize {
    SIMILAR_FEWEST + drawn as usize % (SIMILAR_MORE + 1)
}

/// A report that was taken in, as far as nearness needs to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenIn {
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

/// What may be told of the reports around a position that count in a week, if it takes so many senders. Nothing told says
/// nothing: neither that there are none nor that there are a few.
#[must_use]
pub fn similar(
    around: Position,
    goods: Option<&str>,
    taken_in: &[TakenIn],
    fewest: usize,
) -> Vec<About> {
    let near: Vec<&TakenIn> = taken_in
        .iter()
        .filter(|report| metres(around, report.position) <= f64::from(SIMILAR_RADIUS_METRES))
        .collect();
    let goods = goods.map(fold_name).filter(|goods| !goods.is_empty());
    let same: Vec<&TakenIn> = near
        .iter()
        .copied()
        .filter(|report| goods.as_deref() == Some(fold_name(&report.goods).as_str()))
        .collect();
    [(About::SameGoods, same), (About::ShortWeight, near)]
        .into_iter()
        .filter(|(_, group)| days_of_senders(group) >= fewest)
        .map(|(about, _)| about)
        .collect()
}

/// On how many days senders sent for the first time. Whoever sends several on one day, or shows an earlier receipt code, is one
/// sender.
fn days_of_senders(group: &[&TakenIn]) -> usize {
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
    days.len()
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

    fn at(latitude: f64) -> Position {
        Position::parse(latitude, 112.97383, None, "p").unwrap()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn taken_in(number: u128, goods: &str, days: i64) -> TakenIn {
        TakenIn {
            id: ReportId::new(uuid::Uuid::from_u128(number)),
            follows: None,
            position: at(28.1706),
            goods: goods.to_owned(),
            received_at: now() - TimeDelta::days(days),
        }
    }

    fn told(reports: &[TakenIn]) -> Vec<About> {
        similar(at(28.1706), Some("五 花 肉"), reports, SIMILAR_FEWEST)
    }

    #[test]
    fn three_senders_on_three_days_are_told_by_what_they_have_in_common() {
        let pork = [1, 2, 3].map(|day| taken_in(day, "五花肉", i64::try_from(day).unwrap()));
        assert_eq!(told(&pork), [About::SameGoods, About::ShortWeight]);
        assert_eq!(told(&pork[..2]), []);
        let mut mixed = pork.clone();
        mixed[2].goods = "排骨".to_owned();
        assert_eq!(told(&mixed), [About::ShortWeight]);
        assert_eq!(similar(at(29.0), None, &pork, SIMILAR_FEWEST), []);
        assert_eq!(similar(at(28.1706), None, &pork, SIMILAR_FEWEST + 1), []);
    }

    #[test]
    fn how_many_it_takes_is_never_fewer_than_three_and_each_number_is_as_likely() {
        let mut drawn = BTreeMap::new();
        for byte in u8::MIN..=u8::MAX {
            *drawn.entry(fewest(byte)).or_insert(0) += 1;
        }
        let equal = (SIMILAR_FEWEST..=SIMILAR_FEWEST + SIMILAR_MORE).map(|it| (it, 64));
        assert_eq!(drawn, equal.collect());
    }

    #[test]
    fn a_week_counts_whole_weeks_before_its_monday_in_china() {
        // A Sunday evening and the Monday morning after it, by the clocks of China.
        let sunday = Week::of("2026-11-29T15:59:59Z".parse().unwrap());
        let monday = Week::of("2026-11-29T16:00:00Z".parse().unwrap());
        assert_eq!(sunday.monday().to_string(), "2026-11-23");
        assert_eq!(monday.monday().to_string(), "2026-11-30");
        let counts = monday.counts();
        assert_eq!(counts.end.to_rfc3339(), "2026-11-29T16:00:00+00:00");
        assert_eq!(counts.end - counts.start, TimeDelta::weeks(SIMILAR_WEEKS));
    }

    #[test]
    fn many_of_one_day_are_as_one() {
        let mut many: Vec<_> = (1..=50).map(|it| taken_in(it, "五花肉", 1)).collect();
        many.push(taken_in(51, "五花肉", 2));
        assert_eq!(told(&many), []);
    }

    #[test]
    fn whoever_shows_an_earlier_code_is_the_same_sender() {
        let mut chain =
            [1, 2, 3].map(|day| taken_in(day, "五花肉", i64::try_from(4 - day).unwrap()));
        chain[1].follows = Some(chain[0].id);
        chain[2].follows = Some(chain[1].id);
        assert_eq!(told(&chain), []);
    }

    #[test]
    fn a_damaged_chain_ends() {
        let mut circle = [taken_in(1, "五花肉", 1), taken_in(2, "五花肉", 2)];
        circle[0].follows = Some(circle[1].id);
        circle[1].follows = Some(circle[0].id);
        assert_eq!(told(&circle), []);
    }
}
