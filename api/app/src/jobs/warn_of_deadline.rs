//! Warning of the end of a statutory period: the officer in charge, and the heads when it is over.
//! A mail names the matter by its number, the duty, why it comes, the article and the day; it names
//! neither the reporter nor the party. A subject, which locked screens show, says only why it comes.

use super::{Failure, nearest, send};
use crate::{
    app::App,
    error::AppError,
    ports::mailer::Mail,
    store::{
        self,
        law::{Charge, HeldClock},
    },
    usecase::law::bearer,
};
use liangxin_domain::{
    accounts::{account::Account, role::Role},
    id::{ClockId, JobId},
    law::{
        clock::{Due, Warned},
        deadline::Bearer,
        provenance::Provenance,
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Sends the mails, unless the duty was done in the meantime.
pub(super) async fn perform(
    app: &App,
    job: JobId,
    clock: ClockId,
    warned: Warned,
) -> Result<(), Failure> {
    let Some(held) = store::law::get_clock(&app.db, clock).await? else {
        return Ok(());
    };
    if !held.clock.is_open() {
        return Ok(());
    }
    let Some(charge) = store::law::find_charge(&app.db, held.on).await? else {
        return Ok(());
    };
    let bearer = bearer(app, &held.clock);
    let (subject, body) = words(app, &held, (&charge, warned, bearer));
    let recipients = recipients(app, &charge, (warned, bearer)).await?;
    let mails = recipients.into_iter().map(|account| Mail {
        // One mail a person, also if the job is done twice.
        id: Uuid::from_u128(job.uuid().as_u128() ^ account.id.uuid().as_u128()),
        to: account.email,
        subject: subject.clone(),
        body: body.clone(),
        stop: None,
    });
    send(app, job, mails).await
}

/// Whoever handles the matter, else everybody of the bureau who could; the heads when the office is
/// late. Each person once.
async fn recipients(
    app: &App,
    charge: &Charge,
    (warned, bearer): (Warned, Bearer),
) -> Result<Vec<Account>, AppError> {
    let found = store::accounts::list_by_ids(&app.db, &charge.officers).await?;
    let mut people: BTreeMap<_, _> = found.into_iter().collect();
    if people.is_empty() {
        let others = nearest(app, (charge.otherwise, None), charge.division).await?;
        people.extend(others.into_iter().map(|account| (account.id, account)));
    }
    if warned == Warned::Overdue && bearer == Bearer::Office {
        let heads = nearest(app, (Role::Head, None), charge.division).await?;
        people.extend(heads.into_iter().map(|account| (account.id, account)));
    }
    Ok(people.into_values().collect())
}

fn words(
    app: &App,
    held: &HeldClock,
    (charge, warned, bearer): (&Charge, Warned, Bearer),
) -> (String, String) {
    let clock = &held.clock;
    let rule = app.law.deadlines.rule_on(&clock.rule_id, clock.started_on);
    let (duty_zh, duty_en) = rule
        .as_ref()
        .map_or((clock.rule_id.as_str(), clock.rule_id.as_str()), |rule| {
            (rule.duty_zh.as_str(), rule.duty_en.as_str())
        });
    let (why_zh, why_en) = why(warned, bearer);
    let (due_zh, due_en) = match clock.due {
        Due::On { literal, moved } if literal == moved => {
            (literal.to_string(), literal.to_string())
        }
        Due::On { literal, moved } => (
            format!("{literal}（遇休息日顺延至 {moved}）"),
            format!("{literal} (moved over days off: {moved})"),
        ),
        Due::CalendarMissing {
            year,
            not_before: Some(day),
        } => (
            format!("不早于 {day}（{year} 年工作日历尚未载入）"),
            format!("not before {day} (the calendar of {year} is not loaded)"),
        ),
        Due::CalendarMissing { .. } | Due::Paused { .. } => ("—".to_owned(), "—".to_owned()),
    };
    let (known_zh, known_en) = how_well_known(clock.provenance);
    let number = &charge.number;
    let body = format!(
        "编号：{number}\n事项：{duty_zh}\n提醒原因：{why_zh}\n届满日：{due_zh}\n\
         依据：《{instrument}》（{edition}）{article}{known_zh}\n\n\
         Number: {number}\nDuty: {duty_en}\nWhy this mail: {why_en}\nLast day: {due_en}\n\
         Basis: {instrument} ({edition}), {article}{known_en}\n\n\
         本邮件由系统自动发送，请勿回复。This mail was sent automatically; please do not reply.\n",
        instrument = clock.instrument,
        edition = clock.edition,
        article = clock.article,
    );
    (format!("【量信】期限提醒：{why_zh}"), body)
}

const fn why(warned: Warned, bearer: Bearer) -> (&'static str, &'static str) {
    match (warned, bearer) {
        (Warned::Overdue, Bearer::Other) => {
            ("对方的期限已届满", "the time of the other side is over")
        }
        (Warned::Overdue, Bearer::Party) => ("当事人的期限已届满", "the time of the party is over"),
        (Warned::Overdue, Bearer::Office) => ("已逾期", "it is overdue"),
        (Warned::Urgent, _) => ("剩余不超过 2 个工作日", "at most 2 working days are left"),
        (Warned::Soon | Warned::None, _) => {
            ("剩余不超过 5 个工作日", "at most 5 working days are left")
        }
    }
}

const fn how_well_known(provenance: Provenance) -> (&'static str, &'static str) {
    match provenance {
        Provenance::Verified => ("", ""),
        Provenance::Secondary => ("（依据转引资料）", " (read in a secondary source)"),
        Provenance::Unverified => ("（尚未核实）", " (not verified)"),
        Provenance::Proposal => ("（本系统建议值）", " (our own choice)"),
    }
}
