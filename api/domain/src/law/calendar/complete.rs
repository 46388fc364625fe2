//! Whether a file holds a whole year: each of the seven occasions with its days off. A notice half typed would make
//! Monday-to-Friday guesses of the rest of the year.
//!
//! 《全国年节及纪念日放假办法》 as in force since 2025: New Year 1 day, Spring Festival 4, Qingming 1, Labour Day 2, Dragon Boat 1,
//! Mid-Autumn 1, National Day 3. How many days the years before had is not in our sources; of those each occasion has to
//! be there, and no number is asked for.

use super::{CalendarError, CalendarYear, DayKind, file::read_days};
use chrono::{Datelike as _, NaiveDate};
use std::collections::BTreeSet;

/// The first year with the numbers below.
const SINCE: i32 = 2025;

/// The occasions as notices call them, and how many days off the law gives.
const OCCASIONS: [(&str, usize); 7] = [
    ("元旦", 1),
    ("春节", 4),
    ("清明", 1),
    ("劳动节", 2),
    ("端午", 1),
    ("中秋", 1),
    ("国庆", 3),
];

/// The occasions that have their name from the day itself.
const FIXED: [(&str, u32, u32); 3] = [("元旦", 1, 1), ("劳动节", 5, 1), ("国庆", 10, 1)];

/// How many days off the law gives in that year; none where our sources do not say.
#[must_use]
pub fn lawful_days_off(year: i32) -> Option<usize> {
    (year >= SINCE).then(|| OCCASIONS.iter().map(|(_, days)| days).sum())
}

/// One month as a notice is laid out, for whoever compares the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarMonth {
    /// 1 to 12.
    pub month: u32,
    /// How many days people work.
    pub working_days: usize,
    /// The days that the notice gives off, in order.
    pub off: Vec<NaiveDate>,
    /// The Saturdays and Sundays on which people work, in order.
    pub worked: Vec<NaiveDate>,
}

impl CalendarYear {
    /// Reads the file of one whole year: as [`Self::parse`], and nothing of the seven occasions may be missing.
    pub fn parse_whole(csv: &str, year: i32) -> Result<Self, CalendarError> {
        let parsed = Self::parse(csv, year)?;
        let days = read_days(csv)?;
        for (occasion, lawful) in OCCASIONS {
            // One line may stand for two that fall together, such as 国庆节、中秋节.
            let off: BTreeSet<_> = days
                .iter()
                .filter(|day| day.kind == DayKind::Off && day.occasion.contains(occasion))
                .map(|day| day.date)
                .collect();
            let fewest = if year >= SINCE { lawful } else { 1 };
            if off.len() < fewest {
                return Err(CalendarError::TooFewDays {
                    occasion,
                    found: off.len(),
                    fewest,
                });
            }
            let fixed = FIXED.iter().find(|(name, ..)| *name == occasion);
            let named =
                fixed.and_then(|(_, month, day)| NaiveDate::from_ymd_opt(year, *month, *day));
            if named.is_some_and(|day| !off.contains(&day)) {
                return Err(CalendarError::NotOnItsDay { occasion });
            }
        }
        Ok(parsed)
    }

    /// The months of the year itself.
    #[must_use]
    pub fn months(&self) -> Vec<CalendarMonth> {
        (1..=12)
            .filter_map(|month| {
                let first = NaiveDate::from_ymd_opt(self.year, month, 1)?;
                let days: Vec<_> = first
                    .iter_days()
                    .take_while(|day| day.month() == month)
                    .collect();
                let listed = |kind| {
                    let days = days.iter().copied();
                    days.filter(|day| self.days.get(day) == Some(&kind))
                        .collect::<Vec<_>>()
                };
                let working_days = days.iter().filter(|day| match self.days.get(day) {
                    Some(kind) => *kind == DayKind::Work,
                    None => day.weekday().number_from_monday() <= 5,
                });
                Some(CalendarMonth {
                    month,
                    working_days: working_days.count(),
                    off: listed(DayKind::Off),
                    worked: listed(DayKind::Work),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = include_str!("../../../../../fixtures/holidays-2023-2026.csv");

    fn of(year: i32) -> String {
        let rows = BUILT_IN
            .lines()
            .filter(|row| row.starts_with(&year.to_string()));
        format!(
            "date,kind,occasion\n{}",
            rows.collect::<Vec<_>>().join("\n")
        )
    }

    #[test]
    fn the_notices_of_four_years_are_whole() {
        for year in 2023..=2026 {
            assert!(CalendarYear::parse_whole(&of(year), year).is_ok(), "{year}");
        }
        assert_eq!(lawful_days_off(2026), Some(13));
        assert_eq!(lawful_days_off(2024), None);
    }

    #[test]
    fn a_year_without_one_occasion_or_with_too_few_days_of_it_is_none() {
        for (occasion, fewest) in OCCASIONS {
            if occasion == "元旦" {
                continue; // Without it the year is not loaded at all.
            }
            let without: Vec<_> = of(2026)
                .lines()
                .filter(|row| !row.ends_with(occasion))
                .map(str::to_owned)
                .collect();
            let without: Vec<_> = without
                .into_iter()
                .filter(|row| !row.contains(&format!("off,{occasion}")))
                .collect();
            let refused = CalendarYear::parse_whole(&without.join("\n"), 2026).unwrap_err();
            assert_eq!(
                refused,
                CalendarError::TooFewDays {
                    occasion,
                    found: 0,
                    fewest
                }
            );
        }
        let short = of(2026).replace("2026-02-19,off", "2026-02-21,work");
        assert!(
            CalendarYear::parse_whole(&short, 2026).is_err(),
            "listed twice"
        );
        let one_day = of(2026)
            .replace("2026-05-02,off,劳动节\n", "")
            .replace("2026-05-03,off,劳动节\n", "");
        let one_day = one_day
            .replace("2026-05-04,off,劳动节\n", "")
            .replace("2026-05-05,off,劳动节\n", "");
        let refused = CalendarYear::parse_whole(&one_day, 2026).unwrap_err();
        assert_eq!(
            refused,
            CalendarError::TooFewDays {
                occasion: "劳动节",
                found: 1,
                fewest: 2
            }
        );
        let moved = of(2026).replace("2026-10-01,off", "2026-10-08,off");
        let refused = CalendarYear::parse_whole(&moved, 2026).unwrap_err();
        assert_eq!(refused, CalendarError::NotOnItsDay { occasion: "国庆" });
    }

    #[test]
    fn the_months_tell_what_the_notice_says() {
        let year = CalendarYear::parse_whole(&of(2026), 2026).unwrap();
        let months = year.months();
        assert_eq!(months.len(), 12);
        let worked = months.iter().map(|month| month.working_days);
        // 365 days, 104 of them Saturdays and Sundays, 13 lawful days off.
        assert_eq!(worked.sum::<usize>(), 365 - 104 - 13);
        let may = &months[4];
        assert_eq!((may.month, may.off.len(), may.worked.len()), (5, 5, 1));
    }
}
