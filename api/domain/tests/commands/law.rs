//! Years of the calendar.

use super::check;
use liangxin_domain::{law::calendar::NewYear, text::Text};

#[test]
fn no_two_years_read_alike() {
    let load = |year, version: &str, csv: &str| NewYear::LoadCalendarYear {
        year,
        version: Text::parse(version, "version").unwrap(),
        csv: csv.to_owned(),
    };
    check(&[
        load(2027, "1", "a"),
        load(2028, "1", "a"),
        load(2027, "2", "a"),
        load(2027, "1", "b"),
    ]);
}
