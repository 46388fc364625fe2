//! The number of a report or a complaint. Whoever files is told it, and files another one whenever they like: so it tells nothing of
//! how many others came, nor when. Within a division and year each place of the series has a number of its own, at a place that the
//! server's key alone leads to.

use crate::{
    app::App,
    error::AppError,
    ports::keys::Keys,
    store::numbers::{self, Place, Series},
    work::Work,
};
use liangxin_domain::places::division::DivisionCode;

/// Half of the digits that are told.
const HALF: u32 = 1_000;

/// How many numbers change places with one another: those of six digits.
const ALL: u32 = HALF * HALF;

/// How often the halves are mixed. Our own choice: what somebody sees who files now and then is a few pairs of a million.
const ROUNDS: u8 = 10;

/// The next number of a series, such as `JB-430103-2026-481516`. Like its place it is given once, if the work is not rolled back.
pub(super) async fn next(
    app: &App,
    work: &Work,
    (series, division): (Series, DivisionCode),
) -> Result<String, AppError> {
    loop {
        let place = numbers::take(work, series, division).await?;
        let number = place.number(shown(&app.keys, &place));
        // Versions before gave the numbers themselves one after the other.
        if !numbers::is_given(work, &number).await? {
            return Ok(number);
        }
    }
}

/// What is told of a place.
fn shown(keys: &Keys, place: &Place) -> i64 {
    let Place {
        series,
        division,
        year,
        last,
    } = place;
    let draw = |round: u8, half: u32| {
        let drawn = format!("{}-{division}-{year}-{round}-{half}", series.word());
        let [a, b, c, d, ..] = keys.hash("number of a matter", drawn.as_bytes());
        u32::from_be_bytes([a, b, c, d])
    };
    let (all, place) = (i64::from(ALL), last.saturating_sub(1));
    let within = u32::try_from(place % all).unwrap_or(0);
    place / all * all + i64::from(mixed(within, draw))
}

/// Another number below a million for each (a Feistel network on two halves of three digits).
fn mixed(number: u32, draw: impl Fn(u8, u32) -> u32) -> u32 {
    let (mut left, mut right) = (number / HALF, number % HALF);
    for round in 0..ROUNDS {
        (left, right) = (right, (left + draw(round, right) % HALF) % HALF);
    }
    left * HALF + right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ids::Ids;
    use std::collections::HashSet;

    fn keys(seed: u64) -> Keys {
        Keys::in_memory(&Ids::seeded(seed)).unwrap()
    }

    fn place(last: i64) -> Place {
        Place {
            series: Series::Report,
            division: "430103".parse().unwrap(),
            year: 2026,
            last,
        }
    }

    #[test]
    fn each_of_a_million_has_a_place_of_its_own() {
        let draw = |round: u8, half: u32| (half + 7) * (half + u32::from(round)) / 3;
        let mixed: HashSet<u32> = (0..ALL).map(|number| mixed(number, draw)).collect();
        assert_eq!(mixed.len(), 1_000_000);
        assert!(mixed.iter().all(|number| *number < ALL));
    }

    #[test]
    fn two_numbers_tell_nothing_of_how_many_came_in_between() {
        let keys = keys(1);
        let shown: Vec<i64> = (1..=400).map(|last| shown(&keys, &place(last))).collect();
        assert_eq!(shown.iter().collect::<HashSet<_>>().len(), 400);
        assert!(shown.iter().all(|number| (0..1_000_000).contains(number)));
        let rises = shown.windows(2).filter(|two| two[0] < two[1]).count();
        assert!((130..=270).contains(&rises), "{rises} of 399");
        let steps = shown.windows(2).map(|two| two[1] - two[0]);
        assert!(steps.collect::<HashSet<_>>().len() > 390);
    }

    /// The first numbers, with another key or another kind of place.
    fn order(seed: u64, change: fn(&mut Place)) -> Vec<i64> {
        let keys = keys(seed);
        let numbers = (1..=8).map(|last| {
            let mut place = place(last);
            change(&mut place);
            shown(&keys, &place)
        });
        numbers.collect()
    }

    #[test]
    fn each_series_division_year_and_key_has_an_order_of_its_own() {
        let orders = [
            order(1, |_| {}),
            order(2, |_| {}),
            order(1, |place| place.series = Series::Complaint),
            order(1, |place| place.division = "430104".parse().unwrap()),
            order(1, |place| place.year = 2027),
        ];
        assert_eq!(orders.iter().collect::<HashSet<_>>().len(), 5);
        assert_eq!(orders[0], order(1, |_| {}));
    }

    #[test]
    fn what_comes_after_a_million_has_seven_digits_and_no_number_of_before() {
        let number = shown(&keys(1), &place(1_000_001));
        assert!((1_000_000..2_000_000).contains(&number), "{number}");
    }
}
