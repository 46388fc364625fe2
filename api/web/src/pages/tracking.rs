//! Following a report: fetches what its reporter may know, and puts it into a view.

use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::EventKind,
    evidence::photo::PhotoOwner,
    id::ReportId,
    law::clock::{Clock, Due},
    reports::machine::VERIFY,
};

mod reward;

use super::conversation::ConversationView;
use super::layout::Bilingual;
use super::notice;
use super::receipt::{Deadline, PhotoCount};
use super::track::{PaperLink, TimelineItem, TrackView};
use super::track_words::{state, words};
use liangxin_app::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::rewards,
};

pub(super) async fn followed(
    app: &App,
    reporter: &Actor,
    (report, conversation): (ReportId, ConversationView),
) -> Result<TrackView, AppError> {
    let found = store::reports::get(&app.db, reporter, report).await?;
    let events = store::events::timeline(&app.db, report).await?;
    let (reward, can_object_to_payee) =
        match store::rewards::find(&app.db, reporter, report).await? {
            Some(found) => {
                let payees = rewards::shown_payees(app, &app.db, found.id).await?;
                let words = reward::words(&found, &payees);
                (Some(words), found.state.can_object_to_payee())
            }
            None => (None, false),
        };
    Ok(TrackView {
        number: found.number,
        received_at: found.received_at,
        state: state(found.state.kind()),
        deadline: deadline(app, report).await?,
        timeline: timeline(&events),
        photos: photo_count(app, report).await?,
        reward,
        can_object_to_payee,
        papers: papers(app, report).await?,
        code: conversation.code.clone(),
        conversation,
    })
}

async fn papers(app: &App, report: ReportId) -> Result<Vec<PaperLink>, AppError> {
    let found = store::notices::list_for_reporter(&app.db, report).await?;
    Ok(found
        .iter()
        .map(|paper| notice::link_to(app, paper))
        .collect())
}

/// The day by which the bureau must have decided whether to file a case, while it has not.
pub(super) async fn deadline(app: &App, report: ReportId) -> Result<Option<Deadline>, AppError> {
    let on = RunsOn::Report(report);
    let mut clocks = store::law::clocks_on(&app.db, &[on]).await?;
    Ok(clocks
        .remove(&on)
        .unwrap_or_default()
        .iter()
        .find_map(running))
}

fn running(clock: &Clock) -> Option<Deadline> {
    let is_open = clock.rule_id == VERIFY && clock.is_open();
    match clock.due {
        // Late is only who misses the moved day.
        Due::On { moved, .. } if is_open => Some(Deadline {
            due_on: moved,
            article: Bilingual::new(format!("《{}》{}", clock.instrument, clock.article), ""),
        }),
        _ => None,
    }
}

/// How many photos the report declared, how many of them are held, and how many of these show nothing.
pub(super) async fn photo_count(app: &App, report: ReportId) -> Result<PhotoCount, AppError> {
    let owner = PhotoOwner::Report(report);
    let declared = store::evidence::count(&app.db, owner).await?;
    let missing = store::evidence::count_missing(&app.db, owner).await?;
    let blank = store::evidence::count_blank(&app.db, owner).await?;
    let few = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(PhotoCount {
        stored: few(declared.saturating_sub(missing)),
        declared: few(declared),
        blank: few(blank),
    })
}

/// The events in words, newest first. Photos make one line, at the time of the last.
fn timeline(events: &[(DateTime<Utc>, EventKind)]) -> Vec<TimelineItem> {
    let is_photo = |kind: &EventKind| *kind == EventKind::PhotoStored;
    let photos = events.iter().filter(|(_, kind)| is_photo(kind)).count();
    let mut photos_are_told = false;
    let newest_first = events.iter().rev();
    newest_first
        .filter(|(_, kind)| !is_photo(kind) || !std::mem::replace(&mut photos_are_told, true))
        .filter_map(|(at, kind)| item(*at, *kind, photos))
        .collect()
}

fn item(at: DateTime<Utc>, kind: EventKind, photos: usize) -> Option<TimelineItem> {
    let (title, detail) = words(kind)?;
    let title = match kind {
        EventKind::PhotoStored if photos > 1 => Bilingual::new(
            format!("{photos} 张照片已安全保存"),
            format!("{photos} photos are safely stored"),
        ),
        _ => Bilingual::new(title.0, title.1),
    };
    Some(TimelineItem {
        at,
        title,
        detail: Bilingual::new(detail.0, detail.1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeDelta};
    use liangxin_domain::law::{deadline::Unit, provenance::Provenance};

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    #[test]
    fn the_timeline_is_newest_first_and_photos_make_one_line() {
        let events = [
            (at(0), EventKind::ReportFiled),
            (at(1), EventKind::PhotoStored),
            (at(2), EventKind::PhotoStored),
            (at(3), EventKind::ReportAccepted),
        ];
        let shown: Vec<_> = timeline(&events)
            .into_iter()
            .map(|item| (item.at, item.title.en))
            .collect();
        let line = |minute, text: &str| (at(minute), text.to_owned());
        assert_eq!(
            shown,
            [
                line(3, "Taken in; verification has begun"),
                line(2, "2 photos are safely stored"),
                line(0, "The report was received"),
            ]
        );
    }

    #[test]
    fn steps_that_build_a_case_are_not_told() {
        assert!(timeline(&[(at(0), EventKind::PenaltyProposed)]).is_empty());
    }

    #[test]
    fn only_a_running_period_of_verification_is_a_deadline() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        let clock = Clock {
            rule_id: VERIFY.to_owned(),
            instrument: "程序规定".to_owned(),
            edition: "2022".to_owned(),
            article: "第十八条".to_owned(),
            provenance: Provenance::Verified,
            length: 10,
            unit: Unit::WorkingDays,
            started_on: day(1),
            set_for: None,
            extensions: Vec::new(),
            pauses: Vec::new(),
            due: Due::On {
                literal: day(14),
                moved: day(15),
            },
            calendar_version: "2026".to_owned(),
            satisfied_on: None,
            lapsed_on: None,
            former: Vec::new(),
        };
        let due = running(&clock).unwrap();
        assert_eq!(
            (due.due_on, due.article.zh.as_str()),
            (day(15), "《程序规定》第十八条")
        );
        assert!(
            running(&Clock {
                satisfied_on: Some(day(3)),
                ..clock.clone()
            })
            .is_none()
        );
        assert!(
            running(&Clock {
                rule_id: "OTHER".to_owned(),
                ..clock.clone()
            })
            .is_none()
        );
        let missing = Due::CalendarMissing {
            year: 2027,
            not_before: None,
        };
        assert!(
            running(&Clock {
                due: missing,
                ..clock
            })
            .is_none()
        );
    }
}
