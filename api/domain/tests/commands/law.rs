//! Years of the calendar.

use super::check;
use liangxin_domain::{id::DraftId, law::calendar::NewYear, text::Text};
use uuid::Uuid;

#[test]
fn no_two_years_read_alike() {
    let load = |year, version: &str, csv: &str| NewYear::LoadCalendarYear {
        year,
        version: Text::parse(version, "version").unwrap(),
        csv: csv.to_owned(),
    };
    let confirm = |draft| NewYear::ConfirmCalendarYear {
        draft: DraftId::new(Uuid::from_u128(draft)),
    };
    check(&[
        load(2027, "1", "a"),
        load(2028, "1", "a"),
        load(2027, "2", "a"),
        load(2027, "1", "b"),
        confirm(1),
        confirm(2),
    ]);
}
