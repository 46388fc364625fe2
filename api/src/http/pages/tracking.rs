//! Following a report: takes the receipt code, fetches what its reporter may know, and puts events
//! and states into plain words.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::EventKind,
    evidence::photo::PhotoOwner,
    id::ReportId,
    law::clock::{Clock, Due},
    notices::notice::Subject,
    refusal::{Code, Refusal},
    reports::{machine::VERIFY, report::ReportStateKind},
    rewards::screening::ScreeningOutcome,
};

use super::answer::{html, or_refusal};
use super::layout::Bilingual;
use super::notice;
use super::receipt::{Deadline, PhotoCount};
use super::track::{self, CODE_PART, PaperLink, TimelineItem, TrackFormView, TrackView};
use crate::{
    app::App,
    error::AppError,
    http::request,
    store::{self, rewards::Reward},
    usecase::reports,
};

/// Most bytes of the form with the code.
pub(super) const BODY_BYTES: usize = 1024;

/// The form that asks for the code.
pub(super) async fn ask(request: HttpRequest) -> HttpResponse {
    form(&request, StatusCode::OK, &TrackFormView::default())
}

/// What became of the report behind the code.
pub(super) async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    or_refusal(&request, answer(&request, &app, body).await)
}

async fn answer(
    request: &HttpRequest,
    app: &App,
    body: Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse, AppError> {
    let code = sent_code(body)?;
    let reporter = match reports::open_receipt(app, &code).await {
        Err(AppError::Refused(refusal)) => return Ok(refuse_code(request, &refusal, code)),
        opened => opened?,
    };
    let Actor::Reporter(report) = reporter else {
        return Err(AppError::internal(
            "open a receipt",
            "it led to nobody's report",
        ));
    };
    let mut view = followed(app, &reporter, report).await?;
    view.code = code;
    Ok(html(
        StatusCode::OK,
        track::render(&view, request::lang(request)),
    ))
}

/// The code in the body of the form; empty if there is none.
pub(super) fn sent_code(body: Result<Bytes, actix_web::Error>) -> Result<String, Refusal> {
    let malformed = || Refusal::of(Code::BadRequest);
    let body = body.map_err(|error| match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of(Code::PayloadTooLarge),
        _ => malformed(),
    })?;
    let text = std::str::from_utf8(&body).ok().ok_or_else(malformed)?;
    let code = request::pairs(text)
        .into_iter()
        .find(|(name, _)| name == CODE_PART);
    Ok(code.map(|(_, code)| code).unwrap_or_default())
}

fn refuse_code(request: &HttpRequest, refusal: &Refusal, code: String) -> HttpResponse {
    let status = match refusal.code {
        Code::ReceiptUnknown => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let error = Some(refusal.message(request::lang(request)));
    form(request, status, &TrackFormView { error, code })
}

fn form(request: &HttpRequest, status: StatusCode, view: &TrackFormView) -> HttpResponse {
    html(status, track::render_form(view, request::lang(request)))
}

async fn followed(app: &App, reporter: &Actor, report: ReportId) -> Result<TrackView, AppError> {
    let found = store::reports::get(&app.db, reporter, report).await?;
    let events = store::events::timeline(&app.db, report).await?;
    let reward = store::rewards::find(&app.db, reporter, report).await?;
    Ok(TrackView {
        number: found.number,
        received_at: found.received_at,
        state: state(found.state.kind()),
        deadline: deadline(app, report).await?,
        timeline: timeline(&events),
        photos: photo_count(app, report).await?,
        reward: reward.as_ref().map(reward_words),
        papers: papers(app, reporter, report).await?,
        code: String::new(),
    })
}

async fn papers(app: &App, reporter: &Actor, report: ReportId) -> Result<Vec<PaperLink>, AppError> {
    let found = store::notices::list(&app.db, reporter, Subject::Report(report)).await?;
    Ok(found
        .iter()
        .map(|paper| notice::link_to(app, paper))
        .collect())
}

/// The day by which the bureau must have decided whether to file a case, while it has not.
pub(super) async fn deadline(app: &App, report: ReportId) -> Result<Option<Deadline>, AppError> {
    let mut clocks = store::law::clocks_of_reports(&app.db, &[report]).await?;
    Ok(clocks
        .remove(&report)
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

/// How many photos the report declared, and how many of them are held.
pub(super) async fn photo_count(app: &App, report: ReportId) -> Result<PhotoCount, AppError> {
    let owner = PhotoOwner::Report(report);
    let declared = store::evidence::count(&app.db, owner).await?;
    let missing = store::evidence::count_missing(&app.db, owner).await?;
    let few = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(PhotoCount {
        stored: few(declared.saturating_sub(missing)),
        declared: few(declared),
    })
}

fn state(state: ReportStateKind) -> Bilingual {
    let (zh, en) = match state {
        ReportStateKind::Registered => ("已登记，等待受理", "Registered, waiting to be taken in"),
        ReportStateKind::NotCompetent => (
            "不属于本机关管辖，已告知去向",
            "Not within this bureau's competence; you were told where to go",
        ),
        ReportStateKind::Duplicate => ("与您此前的举报重复", "The same as your earlier report"),
        ReportStateKind::Merged => ("已并入您此前的举报", "Joined to your earlier report"),
        ReportStateKind::Verifying | ReportStateKind::PausedTest => ("核查中", "Being verified"),
        ReportStateKind::VerifyingExtended => {
            ("核查中（期限已延长）", "Being verified, with more time")
        }
        ReportStateKind::NotFiled => ("决定不予立案", "It was decided not to file a case"),
        ReportStateKind::Filed | ReportStateKind::Case => ("已立案，正在办理", "A case was opened"),
        ReportStateKind::ClosedPenalty => ("已办结", "Closed"),
        ReportStateKind::ClosedNoPenalty => ("已办结，未予处罚", "Closed without a penalty"),
        ReportStateKind::Transferred => ("已移送其他机关", "Handed to another authority"),
    };
    Bilingual::new(zh, en)
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

/// A text in Chinese and in English.
type Words = (&'static str, &'static str);

/// Title and detail of an event; nothing for what a reporter is not told.
fn words(kind: EventKind) -> Option<(Words, Words)> {
    const NO_MORE: Words = ("", "");
    Some(match kind {
        EventKind::ReportFiled => (
            ("举报已收到", "The report was received"),
            (
                "已登记编号，核查期限从这一天开始计算。",
                "It has its number; the time for verification runs from this day.",
            ),
        ),
        EventKind::PhotoStored => (("1 张照片已安全保存", "1 photo is safely stored"), NO_MORE),
        EventKind::ReportAccepted => (
            ("已受理，开始核查", "Taken in; verification has begun"),
            (
                "工作人员正在核查您反映的情况。",
                "An officer is looking into what you reported.",
            ),
        ),
        EventKind::VisitDispatched => (
            ("已安排现场检查", "Inspectors were assigned"),
            (
                "两名检查人员将到现场检查。",
                "Two inspectors will go and see.",
            ),
        ),
        EventKind::VisitCheckedIn => (("检查人员已到现场", "The inspectors are on site"), NO_MORE),
        EventKind::VisitSubmitted => (
            ("现场检查已完成", "The inspection on site is done"),
            NO_MORE,
        ),
        EventKind::CaseFiled => (
            ("已决定立案", "A case was opened"),
            (
                "案件正在办理，作出决定后在这里告知。",
                "It is being dealt with; the decision will be told here.",
            ),
        ),
        EventKind::CaseDecided => (
            ("案件已作出决定", "The case was decided"),
            (
                "处理结果会在商户的公开页面公布。",
                "The outcome is published on the merchant's page.",
            ),
        ),
        EventKind::ReportNotCompetent => (
            ("不属于本机关管辖", "Not within this bureau's competence"),
            (
                "请直接向有管辖权的机关提出。",
                "Please turn directly to the competent authority.",
            ),
        ),
        EventKind::ReportMerged => (
            (
                "与您此前的举报一并处理",
                "Handled together with your earlier report",
            ),
            NO_MORE,
        ),
        EventKind::VerificationExtended => (
            ("核查期限已延长", "The time for verification was extended"),
            NO_MORE,
        ),
        EventKind::ReportNotFiled => (("已决定不予立案", "No case will be filed"), NO_MORE),
        EventKind::ReportClosed => (
            ("案件已办结，未予处罚", "The case ended without a penalty"),
            NO_MORE,
        ),
        EventKind::ReportTransferred => (
            ("案件已移送其他机关", "The case went to another authority"),
            NO_MORE,
        ),
        EventKind::ReportWithdrawn => (
            ("您已撤回举报", "You withdrew the report"),
            (
                "撤回不影响对线索的核查。",
                "Verification of the lead goes on all the same.",
            ),
        ),
        EventKind::OutcomeTold => (
            (
                "已依法告知处理结果",
                "You were told the outcome as the law demands",
            ),
            NO_MORE,
        ),
        EventKind::RewardScreened => (
            ("举报奖励已审查", "The reward was considered"),
            ("结果见“举报奖励”。", "See \"Reward\" for the result."),
        ),
        EventKind::PaperIssued => (
            ("有一份给您的文书", "There is a paper for you"),
            ("见“文书”。", "See \"Papers\"."),
        ),
        EventKind::PaperServed => (("文书已送达", "A paper reached you"), NO_MORE),
        EventKind::ComplaintFiled
        | EventKind::ComplaintDispatched
        | EventKind::ComplaintTakenIn
        | EventKind::ComplaintReturned
        | EventKind::ComplaintAssigned
        | EventKind::ComplaintIdentityAsked
        | EventKind::ComplaintIdentityProved
        | EventKind::ComplaintRefusalProposed
        | EventKind::ComplaintRefused
        | EventKind::ComplaintWithdrawn
        | EventKind::ComplaintAccepted
        | EventKind::ComplaintConsented
        | EventKind::ComplaintConsentWithdrawn
        | EventKind::ComplaintMediationBegan
        | EventKind::ComplaintEntrusted
        | EventKind::ComplaintTakenBack
        | EventKind::ComplaintSessionAnnounced
        | EventKind::ComplaintSessionHeld
        | EventKind::ComplaintRecusalAsked
        | EventKind::ComplaintRecusalDecided
        | EventKind::ComplaintTestOrdered
        | EventKind::ComplaintTestDone
        | EventKind::ComplaintAgreed
        | EventKind::ComplaintTerminationProposed
        | EventKind::ComplaintTerminated
        | EventKind::ComplaintSideTold
        | EventKind::ComplaintClosed
        | EventKind::ComplaintArchived
        | EventKind::ComplaintPoliceReferred
        | EventKind::ComplaintLeadFound
        | EventKind::ComplaintLeadSettled
        | EventKind::ReportLinked
        | EventKind::VerificationPaused
        | EventKind::VerificationResumed
        | EventKind::NotFilingProposed
        | EventKind::ReportDispatched
        | EventKind::CompetenceDisputed
        | EventKind::InstrumentChecked
        | EventKind::MeasurementRecorded
        | EventKind::PhotosDeclared
        | EventKind::RecordSigned
        | EventKind::PenaltyProposed
        | EventKind::CaseAudited
        | EventKind::NoticeServed
        | EventKind::NoticeAnswered
        | EventKind::RatingComputed
        | EventKind::ClockWarned
        | EventKind::CalendarMissing
        | EventKind::CalendarLoaded
        | EventKind::SignedIn
        | EventKind::DeviceRevoked
        | EventKind::RefreshReplayed => return None,
    })
}

fn reward_words(reward: &Reward) -> Bilingual {
    let (zh, en) = match reward.outcome {
        ScreeningOutcome::NotInScope => ("不属于奖励范围。", "Not rewarded by the scheme."),
        ScreeningOutcome::Eligible => ("可以申请举报奖励。", "You may ask for a reward."),
        ScreeningOutcome::NeedsOfficer => ("由工作人员进一步审查。", "An officer will decide."),
    };
    Bilingual::new(
        format!("{zh}{}", reward.reason_zh),
        format!("{en} {}", reward.reason_en),
    )
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
        let missing = Due::CalendarMissing { year: 2027 };
        assert!(
            running(&Clock {
                due: missing,
                ..clock
            })
            .is_none()
        );
    }

    #[test]
    fn the_code_is_read_from_the_body_and_may_be_missing() {
        let sent = |text: &'static str| sent_code(Ok(Bytes::from_static(text.as_bytes())));
        assert_eq!(sent("code=7QK2-M4XW+9T0B&x=1").unwrap(), "7QK2-M4XW 9T0B");
        assert_eq!(sent("").unwrap(), "");
        let too_large = actix_web::error::ErrorPayloadTooLarge("x");
        assert_eq!(
            sent_code(Err(too_large)).unwrap_err().code,
            Code::PayloadTooLarge
        );
    }
}
