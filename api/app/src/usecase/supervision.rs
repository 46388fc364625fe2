//! A superior's inspection. Whoever sits above an office reads what lies there and decides nothing; that a matter was opened
//! from above is an event, so that the office below and the auditors know who looked (行政执法监督条例).

use crate::{app::App, caller::Caller, error::AppError, store, usecase::office};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    event::Event,
    id::{CaseId, ComplaintId, ReportId, VisitId},
    law::calendar::{shanghai_date, shanghai_start_of},
    notices::notice::Subject,
    places::division::DivisionCode,
    policy::{Place, Stake},
};
use std::collections::BTreeSet;

/// Who reads for an office. An inspector reads what he was sent on, which is no look from above.
const READERS: [Role; 6] = [
    Role::Supervisor,
    Role::Head,
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::RewardOfficer,
];

/// A matter of which a list showed more than that it is there and how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Read {
    /// What a citizen told and sent, and what was said to it.
    Report(ReportId),
    /// What was recorded.
    Visit(VisitId),
    /// Its parties, demand and story.
    Complaint(ComplaintId),
    /// Its facts, what was proposed and ordered, and how it goes on.
    Case(CaseId),
}

impl Read {
    const fn event(self) -> Event {
        match self {
            Self::Report(report) => Event::ReportInspected { report },
            Self::Visit(visit) => Event::VisitInspected { visit },
            Self::Complaint(complaint) => Event::ComplaintInspected { complaint },
            Self::Case(case) => Event::CaseInspected { case },
        }
    }
}

/// Notes that a matter was opened, if whoever did sits above the office that has it.
pub async fn opened(
    app: &App,
    caller: &Caller,
    division: &DivisionCode,
    event: Event,
) -> Result<(), AppError> {
    let actor = &caller.actor;
    if !looks_from_above(app, actor, division).await? {
        return Ok(());
    }
    let work = app.work(actor).await?;
    app.record(&work, event);
    work.commit().await
}

/// Notes it of what is read in lists, each matter once a day: it is opened there as well as alone. Each stands with its office.
pub async fn read_in_lists(
    app: &App,
    caller: &Caller,
    read: &[(Read, DivisionCode)],
) -> Result<(), AppError> {
    let offices: BTreeSet<DivisionCode> = read.iter().map(|(_, office)| *office).collect();
    let mut below = BTreeSet::new();
    for office in offices {
        if looks_from_above(app, &caller.actor, &office).await? {
            below.insert(office);
        }
    }
    let from_above = read.iter().filter(|(_, office)| below.contains(office));
    let events = from_above.map(|(read, _)| read.event()).collect();
    note_once_a_day(app, caller, events).await
}

/// Notes what somebody with an account looked at, once a day. Nobody looks unseen: what cannot be noted is not shown.
pub(super) async fn note_once_a_day(
    app: &App,
    caller: &Caller,
    mut events: Vec<Event>,
) -> Result<(), AppError> {
    let Some(user) = caller.actor.user().filter(|_| !events.is_empty()) else {
        return Ok(());
    };
    let since = shanghai_start_of(shanghai_date(app.now()));
    let noted = store::events::list_noted(&app.db, &events, (user, since)).await?;
    events.retain(|event| !noted.contains(&(event.subject(), event.kind().to_string())));
    if events.is_empty() {
        return Ok(());
    }
    let work = app.work(&caller.actor).await?;
    for event in events {
        app.record(&work, event);
    }
    work.commit().await
}

/// Notes it of the matter whose papers, or the index of them, were opened: who reads a paper reads the matter.
pub(super) async fn opened_papers(
    app: &App,
    caller: &Caller,
    subject: Subject,
) -> Result<(), AppError> {
    if !reads_for_an_office(&caller.actor) {
        return Ok(());
    }
    let (db, system) = (&app.db, &Actor::System);
    let (division, event) = match subject {
        Subject::Report(id) => return opened_report(app, caller, id).await,
        Subject::Dispute(id) => {
            let dispute = store::disputes::get(db, id).await?;
            return opened_report(app, caller, dispute.report).await;
        }
        Subject::Complaint(id) => {
            let found = store::complaints::get(db, system, id).await?;
            (found.division, Event::ComplaintInspected { complaint: id })
        }
        Subject::Case(id) => {
            let found = store::cases::get(db, system, id).await?;
            (found.division, Event::CaseInspected { case: id })
        }
        Subject::Reward(id) => {
            let found = store::rewards::get(db, system, id).await?;
            (found.division, Event::RewardInspected { reward: id })
        }
    };
    opened(app, caller, &division, event).await
}

/// Notes it of a report, wherever that lies by now.
pub(super) async fn opened_report(
    app: &App,
    caller: &Caller,
    report: ReportId,
) -> Result<(), AppError> {
    if !reads_for_an_office(&caller.actor) {
        return Ok(());
    }
    let found = store::reports::get(&app.db, &Actor::System, report).await?;
    let event = Event::ReportInspected { report };
    opened(app, caller, &found.custody.unit, event).await
}

fn reads_for_an_office(actor: &Actor) -> bool {
    READERS.iter().any(|role| actor.is(*role))
}

/// Whether somebody who opens a matter of this office sits above it and looks to supervise.
pub(super) async fn looks_from_above(
    app: &App,
    actor: &Actor,
    division: &DivisionCode,
) -> Result<bool, AppError> {
    if !reads_for_an_office(actor) {
        return Ok(false);
    }
    let facts = office::facts(&app.db, actor, division, Stake::None).await?;
    Ok(facts.place == Place::Below)
}
