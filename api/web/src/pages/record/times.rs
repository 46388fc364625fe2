//! When something on the record was, in both languages: by the phone that wrote it down then, as far as that can be, and not by
//! the day on which the phone came back. A time that something contradicts says so, and between which moments it was; so does
//! one that may have been on another day.

use chrono::{DateTime, Utc};
use liangxin_app::usecase::inspections::OnSiteRecord;
use liangxin_domain::{
    id::UserId,
    inspections::{
        occurred::{Occurred, TimeMark},
        written::FieldAct,
    },
};

use super::words::by_at;
use crate::pages::{layout::Bilingual, notice::words::moment};

/// What the write of some act, by which the server heard of something, says of when that was; nothing where its phone said nothing.
/// Who closed the visit is not asked.
pub(super) fn said(
    record: &OnSiteRecord,
    act: FieldAct,
    (by, heard): (Option<UserId>, DateTime<Utc>),
) -> Option<&Occurred> {
    let mut of_act = record.writes.iter().filter(|write| write.act == act);
    let write = of_act
        .find(|write| write.occurred.received_at == heard && by.is_none_or(|by| write.by == by))?;
    claimed(&write.occurred)
}

/// A time of which the phone said something.
pub(super) fn claimed(occurred: &Occurred) -> Option<&Occurred> {
    occurred.claim.is_some().then_some(occurred)
}

/// Who did something, and when: as the phone said, or when the server heard of it.
pub(super) fn by_when(
    record: &OnSiteRecord,
    user: UserId,
    heard: DateTime<Utc>,
    said: Option<&Occurred>,
) -> Bilingual {
    let at = said.map_or(heard, Occurred::at);
    doubted(by_at(record, user, at), said)
}

/// A moment with what contradicts it.
pub(super) fn doubted(at: Bilingual, said: Option<&Occurred>) -> Bilingual {
    match said.and_then(doubts) {
        Some(doubts) => Bilingual::new(
            format!("{}（{}）", at.zh, doubts.zh),
            format!("{} ({})", at.en, doubts.en),
        ),
        None => at,
    }
}

fn doubts(occurred: &Occurred) -> Option<Bilingual> {
    let [first, last] = occurred.days();
    let is_between = first != last || occurred.marks.contains(&TimeMark::ClockDoubted);
    let between = is_between.then(|| {
        let [earliest, latest] = [occurred.span.earliest, occurred.span.latest].map(moment);
        (
            format!("在{}至{}之间", earliest.zh, latest.zh),
            format!("between {} and {}", earliest.en, latest.en),
        )
    });
    let marks = occurred.marks.iter().copied().map(contradiction);
    let marks = marks.map(|(zh, en)| (zh.to_owned(), en.to_owned()));
    let (zh, en): (Vec<_>, Vec<_>) = between.into_iter().chain(marks).unzip();
    (!zh.is_empty()).then(|| Bilingual::new(zh.join("；"), en.join("; ")))
}

const fn contradiction(mark: TimeMark) -> (&'static str, &'static str) {
    match mark {
        TimeMark::Late => ("笔录结束后收到", "it came after the record was closed"),
        TimeMark::BeforeArrival => (
            "先于本人到达的记录收到",
            "it came before word of the officer's arrival",
        ),
        TimeMark::ClockDoubted => ("手机时钟存疑", "the phone's clock is in doubt"),
        TimeMark::DayDecides => (
            "日期不同则结论不同",
            "on another of these days the result is another",
        ),
        TimeMark::DayDoubted => (
            "所填日期早于可能的日期",
            "it tells a day before it can have been made",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::inspections::occurred::Span;

    fn occurred(earliest: &str, latest: &str, mark: Option<TimeMark>) -> Occurred {
        let (earliest, latest) = (earliest.parse().unwrap(), latest.parse().unwrap());
        let mut occurred = Occurred::heard(latest).marked(mark);
        occurred.span = Span::between(earliest, latest);
        occurred
    }

    fn told(occurred: &Occurred) -> (String, String) {
        let at = Bilingual::new("某时", "then");
        let Bilingual { zh, en } = doubted(at, Some(occurred));
        (zh, en)
    }

    #[test]
    fn a_time_of_one_day_that_nothing_contradicts_stands_alone() {
        let plain = occurred("2026-11-23T02:00:00Z", "2026-11-23T09:00:00Z", None);
        assert_eq!(told(&plain), ("某时".to_owned(), "then".to_owned()));
    }

    #[test]
    fn a_doubted_time_and_one_of_several_days_say_between_which_moments_they_were() {
        let mark = Some(TimeMark::ClockDoubted);
        let doubted = occurred("2026-11-23T02:00:00Z", "2026-11-23T03:00:00Z", mark);
        assert_eq!(
            told(&doubted).0,
            "某时（在2026年11月23日10时00分至2026年11月23日11时00分之间；手机时钟存疑）"
        );
        let days = occurred("2026-11-23T02:00:00Z", "2026-11-24T03:00:00Z", None);
        assert_eq!(
            told(&days).1,
            "then (between 10:00, 23 November 2026 and 11:00, 24 November 2026)"
        );
    }
}
