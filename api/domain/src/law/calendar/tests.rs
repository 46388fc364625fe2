use chrono::TimeZone;

use super::file::HEADER;
use super::*;

const FIXTURE: &str = include_str!("../../../../../fixtures/holidays-2023-2026.csv");

fn calendar() -> Calendar {
    Calendar::parse(FIXTURE, "2023-2026").unwrap()
}

/// The notice for 2027 was not out when this was written: these two days are made up.
fn with_a_made_up_2027() -> Calendar {
    let csv = format!("{FIXTURE}\n2027-01-01,off,made up\n2027-01-02,off,made up\n");
    Calendar::parse(&csv, "made up").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn working_days_skip_holidays_and_count_swapped_weekends() {
    let vectors = [
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-09-18", 15, "2026-10-15"),
        ("2026-09-30", 7, "2026-10-15"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-04-30", 15, "2026-05-25"),
        ("2026-11-23", 7, "2026-12-02"),
        ("2026-11-23", 15, "2026-12-14"),
    ];
    for (start, days, due) in vectors {
        assert_eq!(
            calendar().add_working_days(day(start), days),
            Ok(day(due)),
            "{start} {days}"
        );
    }
}

#[test]
fn calendar_days_that_end_in_a_holiday_end_after_it() {
    let vectors = [
        ("2026-08-05", 60, "2026-10-08"),
        ("2026-07-06", 90, "2026-10-08"),
        ("2026-09-03", 90, "2026-12-02"),
    ];
    for (start, days, due) in vectors {
        assert_eq!(
            calendar().due_literal(day(start), days),
            Ok(day(due)),
            "{start} {days}"
        );
        assert_eq!(
            calendar().due_moved(day(start), days),
            Ok(day(due)),
            "{start} {days}"
        );
    }
}

#[test]
fn a_period_that_ends_in_an_unloaded_year_is_an_error_that_names_the_year() {
    let missing = Err(YearNotLoaded { year: 2027 });
    assert_eq!(calendar().due_literal(day("2026-11-23"), 60), missing);
    assert_eq!(calendar().due_moved(day("2026-11-23"), 60), missing);
    assert_eq!(calendar().add_working_days(day("2026-12-30"), 2), missing);
}

#[test]
fn sixty_days_cross_the_year_once_it_is_loaded() {
    let start = day("2026-11-23");
    assert_eq!(
        with_a_made_up_2027().due_literal(start, 60),
        Ok(day("2027-01-22"))
    );
    assert_eq!(
        with_a_made_up_2027().due_moved(start, 60),
        Ok(day("2027-01-22"))
    );
}

#[test]
fn the_two_readings_differ_on_a_plain_weekend() {
    // 60 days after 2026-09-15 is Saturday 2026-11-14, in no notice.
    assert_eq!(
        calendar().due_literal(day("2026-09-15"), 60),
        Ok(day("2026-11-14"))
    );
    assert_eq!(
        calendar().due_moved(day("2026-09-15"), 60),
        Ok(day("2026-11-16"))
    );
}

#[test]
fn a_swapped_sunday_is_a_working_day_and_a_holiday_monday_is_not() {
    assert_eq!(calendar().is_working_day(day("2026-09-20")), Ok(true));
    assert_eq!(calendar().is_working_day(day("2026-10-05")), Ok(false));
    assert_eq!(calendar().is_working_day(day("2026-11-22")), Ok(false));
    assert_eq!(calendar().is_working_day(day("2026-11-23")), Ok(true));
    assert_eq!(
        calendar().is_working_day(day("2022-12-30")),
        Err(YearNotLoaded { year: 2022 })
    );
}

#[test]
fn working_days_between_count_the_last_day_but_not_the_first() {
    let between = |from, to| calendar().working_days_between(day(from), day(to));
    assert_eq!(between("2026-09-18", "2026-09-29"), Ok(7));
    assert_eq!(between("2026-09-29", "2026-09-29"), Ok(0));
    assert_eq!(
        between("2026-12-30", "2027-01-05"),
        Err(YearNotLoaded { year: 2027 })
    );
}

#[test]
fn the_file_loads_four_years() {
    assert_eq!(
        calendar().years().collect::<Vec<_>>(),
        [2023, 2024, 2025, 2026]
    );
    assert_eq!(calendar().version(), "2023-2026");
}

#[test]
fn a_stray_day_of_december_does_not_load_its_year() {
    let stray = Calendar::parse("date,kind,occasion\n2022-12-31,off,元旦\n", "1").unwrap();
    assert_eq!(
        stray.is_working_day(day("2022-12-30")),
        Err(YearNotLoaded { year: 2022 })
    );
}

#[test]
fn what_is_not_a_calendar_is_refused_with_its_line() {
    let parse = |rows: &str| Calendar::parse(&format!("{HEADER}\n{rows}"), "1").unwrap_err();
    assert_eq!(Calendar::parse("", "1"), Err(CalendarError::Header));
    assert_eq!(Calendar::parse(HEADER, " "), Err(CalendarError::Version));
    assert_eq!(parse("2026-01-01,off"), CalendarError::Columns { line: 2 });
    assert_eq!(parse("2026-01-01,of,元旦"), CalendarError::Kind { line: 2 });
    assert!(matches!(
        parse("2026-02-30,off,x"),
        CalendarError::Date { line: 2, .. }
    ));
    assert_eq!(
        parse("2026-01-01,off,元旦\n\n2026-01-01,work,元旦"),
        CalendarError::Duplicate {
            line: 4,
            date: day("2026-01-01")
        }
    );
}

const MADE_UP: &str = "date,kind,occasion\n2027-01-01,off,made up\n2027-01-02,work,made up\n";

#[test]
fn a_loaded_year_is_laid_over_what_is_known() {
    let year = CalendarYear::parse(MADE_UP, 2027).unwrap();
    let known = calendar().with_year(&year, "2");
    assert_eq!(known.is_working_day(day("2027-01-02")), Ok(true));
    assert_eq!(known.is_working_day(day("2027-01-03")), Ok(false));
    assert_eq!(known.is_working_day(day("2026-10-10")), Ok(true));
    assert_eq!(known.version(), "2");
    let without = MADE_UP.replace("2027-01-02,work,made up\n", "");
    let year = CalendarYear::parse(&without, 2027).unwrap();
    let corrected = known.with_year(&year, "3");
    assert_eq!(corrected.is_working_day(day("2027-01-02")), Ok(false));
    assert_eq!(year.counts(), (1, 0));
}

#[test]
fn a_file_of_one_year_is_read_strictly() {
    let parse = |rows: &str| CalendarYear::parse(&format!("{HEADER}\n{rows}"), 2027);
    assert!(parse("2026-12-31,off,x\n2027-01-01,off,x").is_ok());
    assert_eq!(
        parse("2026-11-30,off,x\n2027-01-01,off,x"),
        Err(CalendarError::OtherYear {
            line: 2,
            date: day("2026-11-30"),
            year: 2027
        })
    );
    assert_eq!(
        parse("2027-01-01,off,x\n2027-01-04,work,x"),
        Err(CalendarError::PlainWorkingDay {
            line: 3,
            date: day("2027-01-04")
        })
    );
    assert_eq!(
        parse("2027-01-02,off,x"),
        Err(CalendarError::NotLoaded { year: 2027 })
    );
    assert!(CalendarYear::parse(&format!("\u{FEFF}{MADE_UP}"), 2027).is_ok());
    assert_eq!(parse("2027-01-01,of,x").unwrap_err().line(), Some(2));
}

#[test]
fn the_day_changes_in_shanghai_eight_hours_before_it_does_in_greenwich() {
    let at = |hour, minute| {
        Utc.with_ymd_and_hms(2026, 11, 23, hour, minute, 59)
            .unwrap()
    };
    assert_eq!(shanghai_date(at(15, 59)), day("2026-11-23"));
    assert_eq!(shanghai_date(at(16, 0)), day("2026-11-24"));
}
