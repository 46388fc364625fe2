//! The last days of the periods of a case, as the calendar says them now.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::law,
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        case::{Case, DEFEND, HEARING, PAY},
        command::Command,
        execution::Paying,
        referral::REVIEW,
        service::{AfterService, PUBLIC_NOTICE},
    },
    law::{calendar::shanghai_date, clock::Due},
    notices::{notice::Subject, paper::Paper},
};

/// How long a public notice stands before a paper counts as served, in days.
pub(super) fn public_notice_days(app: &App, work: &Work) -> Result<u64, AppError> {
    let rule = app.law.deadlines.rule_on(PUBLIC_NOTICE, work.today());
    let rule = rule.map_err(|e| AppError::internal("find a rule", e))?;
    Ok(u64::from(rule.length))
}

/// The last day of the period that the step opens; unknown while the calendar lacks the year.
pub(super) async fn until(
    app: &App,
    work: &Work,
    command: &Command,
    public_notice_days: u64,
) -> Result<Option<NaiveDate>, AppError> {
    let (rule, opened_on) = match command {
        Command::ServeNotice { delivery } => (DEFEND, delivery.served_on(public_notice_days)),
        Command::ServeDecision { delivery } => (PAY, delivery.served_on(public_notice_days)),
        Command::AnnounceHearing { .. } => (HEARING, work.today()),
        Command::NotePoliceAnswer { on, .. } => (REVIEW, *on),
        _ => return Ok(None),
    };
    ends(app, work, rule, opened_on).await
}

/// The last day of a period that the file opened, as the calendar says it now: a year that was missing may be
/// there by now.
pub(super) async fn answer_until(
    app: &App,
    work: &Work,
    case: &Case,
) -> Result<Option<NaiveDate>, AppError> {
    let notice = case.file.round().and_then(|round| round.notice.as_ref());
    let served = notice.and_then(|notice| notice.served.as_ref());
    if let Some(until) = served.and_then(|served| served.until) {
        return Ok(Some(until));
    }
    ends_if(app, work, (DEFEND, served.map(|served| served.on))).await
}

/// What the law says of paying the decision of a case: the same for the last day, and by the law of the day of the
/// decision what being late costs.
pub async fn paying(app: &App, source: &impl Source, case: &Case) -> Result<Paying, AppError> {
    let decision = case.file.decision.as_ref();
    let served = decision.and_then(|decision| decision.served.as_ref());
    // Most know their day already.
    let until = match served.and_then(|served| served.until) {
        Some(until) => Some(until),
        None => ends_if(app, source, (PAY, served.map(|served| served.on))).await?,
    };
    let decided_on = decision.map(|decision| shanghai_date(decision.made.at));
    let late_fee = decided_on.and_then(|on| app.law.case_rules.late_fee_on(on));
    Ok(Paying { until, late_fee })
}

/// The period that the service of the newest paper of a kind opens: a service that counts, and after the days
/// of a public notice.
pub(super) async fn after_service(
    app: &App,
    work: &Work,
    (case, paper, rule): (&Case, Paper, &str),
) -> Result<AfterService, AppError> {
    let subject = Subject::Case(case.id);
    let newest = store::notices::find_newest(work, subject, paper).await?;
    let days = public_notice_days(app, work)?;
    let Some(served_on) = newest.and_then(|notice| notice.counts_from(days)) else {
        return Ok(AfterService::NotServed);
    };
    let last = ends(app, work, rule, served_on).await?;
    Ok(last.map_or(AfterService::YearMissing, AfterService::Until))
}

async fn ends_if(
    app: &App,
    source: &impl Source,
    (rule, opened_on): (&str, Option<NaiveDate>),
) -> Result<Option<NaiveDate>, AppError> {
    match opened_on {
        Some(opened_on) => ends(app, source, rule, opened_on).await,
        None => Ok(None),
    }
}

/// The last day of a period that opens on a day; unknown while the calendar lacks the year.
pub(super) async fn ends(
    app: &App,
    source: &impl Source,
    rule: &str,
    opened_on: NaiveDate,
) -> Result<Option<NaiveDate>, AppError> {
    let due = law::would_end(app, source, rule, opened_on).await?;
    Ok(match due {
        Due::On { moved, .. } => Some(moved),
        Due::CalendarMissing { .. } | Due::Paused { .. } => None,
    })
}
