//! What every step on a complaint has in common: the command is taken once, the complaint is one that
//! the actor sees, the policy is asked, and the new state, its clocks, its paper and its event are
//! written together.

use super::papers;
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::law,
    work::{Begun, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    complaints::{
        change::ComplaintChange,
        complaint::{Complaint, MEDIATE, Periods, Step},
        ground::Grounds,
    },
    id::{CommandId, ComplaintId},
    law::{calendar::shanghai_date, clock::Due},
    policy::{Action, Facts, Permit, Stake, permit},
    refusal::Refusal,
};

/// What somebody asks of a complaint.
pub(super) struct Asked {
    /// The phone's id of the write.
    pub(super) id: CommandId,
    /// The operation, as in the contract.
    pub(super) operation: &'static str,
    /// The complaint.
    pub(super) complaint: ComplaintId,
    /// Everything else that was sent.
    pub(super) content: Canonical,
}

/// What a step needs to know besides the complaint.
pub(super) struct Setting {
    /// The moment.
    pub(super) now: DateTime<Utc>,
    /// The grounds of the edition that the complaint falls under.
    pub(super) grounds: Grounds,
    /// The ends of its periods.
    pub(super) periods: Periods,
}

/// A complaint that may be changed.
pub(super) struct Opened {
    /// The transaction.
    pub(super) work: Work,
    /// The complaint as it is.
    pub(super) complaint: Complaint,
    /// That the actor may.
    pub(super) permit: Permit,
}

impl Asked {
    /// Names a write; `content` begins with the complaint.
    pub(super) fn of(id: CommandId, operation: &'static str, complaint: ComplaintId) -> Self {
        Self {
            id,
            operation,
            complaint,
            content: Canonical::of(operation).field("complaint", complaint),
        }
    }

    /// Adds to what was sent.
    pub(super) fn with(self, add: impl FnOnce(Canonical) -> Canonical) -> Self {
        Self {
            content: add(self.content),
            ..self
        }
    }
}

/// Takes a step: nothing if the same write was taken before.
pub(super) async fn run(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (action, change): (Action, ComplaintChange),
    step: impl FnOnce(Complaint, &Permit, &Setting) -> Result<Step, Refusal>,
) -> Result<(), AppError> {
    let Some(opened) = begin(app, actor, &asked, action).await? else {
        return Ok(());
    };
    let setting = setting(app, &opened).await?;
    let Opened {
        work,
        complaint,
        permit,
    } = opened;
    let step = step(complaint, &permit, &setting)?;
    save(app, &work, step, change).await?;
    work.commit().await
}

/// Begins a step; nothing if the same write was taken before.
pub(super) async fn begin(
    app: &App,
    actor: &Actor,
    asked: &Asked,
    action: Action,
) -> Result<Option<Opened>, AppError> {
    let Asked {
        id,
        operation,
        complaint,
        content,
    } = asked;
    let command = app::command(*id, operation, complaint.uuid(), content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(None);
    };
    let complaint = store::complaints::get(&work, actor, *complaint).await?;
    let facts = Facts::at(actor, &complaint.division, stake(actor, &complaint));
    let permit = permit(actor, action, facts)?;
    Ok(Some(Opened {
        work,
        complaint,
        permit,
    }))
}

/// Writes what a step answered.
pub(super) async fn save(
    app: &App,
    work: &Work,
    step: Step,
    change: ComplaintChange,
) -> Result<(), AppError> {
    let Step {
        complaint,
        effects,
        paper,
    } = step;
    store::complaints::save(work, &complaint).await?;
    law::apply(app, work, RunsOn::Complaint(complaint.id), &effects).await?;
    if let Some(paper) = paper {
        papers::issue(app, work, &complaint, paper).await?;
    }
    app.record(work, change.event(complaint.id));
    Ok(())
}

async fn setting(app: &App, opened: &Opened) -> Result<Setting, AppError> {
    let complaint = &opened.complaint;
    let held =
        store::law::find_clock(&opened.work, RunsOn::Complaint(complaint.id), MEDIATE).await?;
    let mediate_until = held.and_then(|held| match held.clock.due {
        Due::On { moved, .. } => Some(moved),
        Due::CalendarMissing { .. } | Due::Paused { .. } => None,
    });
    Ok(Setting {
        now: opened.work.now(),
        grounds: Grounds::in_force(&app.law.code_sets, shanghai_date(complaint.received_at)),
        periods: Periods { mediate_until },
    })
}

/// What an actor has to do with a complaint.
fn stake(actor: &Actor, complaint: &Complaint) -> Stake {
    match actor {
        Actor::Complainant(own) if *own == complaint.id => Stake::Own,
        Actor::User(user) if complaint.is_handled_by(user.user) => Stake::Assigned,
        _ if complaint.merchant.is_some() && actor.merchant() == complaint.merchant => Stake::Own,
        _ => Stake::None,
    }
}
