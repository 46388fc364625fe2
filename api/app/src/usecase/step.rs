//! Taking a step: the write is taken once, the thing is one that the actor sees, the policy is
//! asked, the machine decides, and what it answers is kept together. There is no other way.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{law::RunsOn, queue::QueueState},
    usecase::{law, matter::Matter},
    work::{Begun, Dating, Work},
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::CommandId,
    law::effect::ClockEffect,
    notices::paper::Paper,
    policy::{Facts, Permit, permit},
    refusal::Code,
    step::{Command as _, Machine, Step},
};
use std::future::Future;
use uuid::Uuid;

/// A machine whose things lie in the database.
pub trait Kept: Machine<Command: Clone + Send + Sync, Setting: Send + Sync> + Send + Sync {
    /// What names one of them.
    type Id: Copy + From<Uuid> + Into<Uuid> + Send + Sync;

    /// The thing as it is, if the actor sees it.
    fn load(
        app: &App,
        work: &Work,
        actor: &Actor,
        id: Self::Id,
    ) -> impl Future<Output = Result<Self, AppError>> + Send;

    /// Where the thing lies, and what the actor has to do with it.
    fn facts(
        &self,
        work: &Work,
        actor: &Actor,
    ) -> impl Future<Output = Result<Facts, AppError>> + Send;

    /// What else the machine needs to know for this command.
    fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Self::Command,
    ) -> impl Future<Output = Result<Self::Setting, AppError>> + Send;

    /// Writes the thing as it is after a step.
    fn save(&self, work: &Work) -> impl Future<Output = Result<(), AppError>> + Send;

    /// What the thing is about, as far as it keeps people away from this command: what its periods run on, unless the noun
    /// says it otherwise.
    fn matter(
        &self,
        work: &Work,
        _command: &Self::Command,
    ) -> impl Future<Output = Result<Matter, AppError>> + Send {
        let on = self.runs_on();
        async move {
            match on {
                Some(on) => Matter::behind(work, on).await,
                None => Ok(Matter::default()),
            }
        }
    }

    /// How exactly the rows of a step that somebody asks for say when it was.
    fn dating(_actor: &Actor, _command: &Self::Command) -> Dating {
        Dating::Moment
    }

    /// How often a step is tried that lost to somebody else's. Once where a person decides on what he read: he reads it anew.
    /// What happened in the field happened, whatever others wrote meanwhile.
    fn tries(_command: &Self::Command) -> u32 {
        1
    }

    /// Whose periods a step moves; nobody's, unless the noun says so.
    fn runs_on(&self) -> Option<RunsOn> {
        None
    }

    /// Whether somebody has to move it, for what stands in a list of work.
    fn standing(&self) -> Option<QueueState> {
        None
    }

    /// Writes the paper of a step. What has no papers of its own answers none.
    fn issue(
        &self,
        _app: &App,
        _work: &Work,
        paper: Paper,
    ) -> impl Future<Output = Result<(), AppError>> + Send {
        let unknown = format!("nothing here writes {paper}");
        async { Err(AppError::internal("issue a paper", unknown)) }
    }

    /// Writes the paper of a step that was asked for so: what the command alone says, such as a
    /// reason, may stand on it.
    fn issue_for(
        &self,
        app: &App,
        work: &Work,
        paper: Paper,
        _asked: (&Self::Setting, &Self::Command),
    ) -> impl Future<Output = Result<(), AppError>> + Send {
        self.issue(app, work, paper)
    }

    /// What a step does to other things in the same work: a case moves its report.
    fn follow(
        &self,
        _app: &App,
        _work: &Work,
        _taken: (&Permit, &Self::Setting),
        _command: &Self::Command,
    ) -> impl Future<Output = Result<(), AppError>> + Send {
        async { Ok(()) }
    }
}

/// Takes a step by a write that a client named; nothing is done if the same write was taken before.
pub async fn take<M: Kept>(
    app: &App,
    caller: &Caller,
    write: CommandId,
    id: M::Id,
    command: M::Command,
) -> Result<Written, AppError> {
    let mut tries = M::tries(&command);
    loop {
        let tried = try_once::<M>(app, caller, write, (id, command.clone()));
        match Box::pin(tried).await {
            Err(AppError::Refused(refusal)) if refusal.code == Code::Stale && tries > 1 => {
                tries -= 1;
            }
            taken => return taken,
        }
    }
}

async fn try_once<M: Kept>(
    app: &App,
    caller: &Caller,
    write: CommandId,
    (id, command): (M::Id, M::Command),
) -> Result<Written, AppError> {
    let named = app.named(write, id.into(), &command)?;
    let work = app.work(&caller.actor).await?;
    let work = work
        .dated(M::dating(&caller.actor, &command))
        .heard(caller.heard_at);
    let Begun::Fresh(work) = work.begin_command(&named).await? else {
        return Ok(Written::Before);
    };
    Box::pin(within::<M>(app, &work, id, command)).await?;
    work.commit().await?;
    Ok(Written::Now)
}

/// Takes a step as a part of a larger work, by the actor of that work.
pub async fn within<M: Kept>(
    app: &App,
    work: &Work,
    id: M::Id,
    command: M::Command,
) -> Result<M, AppError> {
    let thing = Box::pin(M::load(app, work, work.actor(), id)).await?;
    let facts = Box::pin(thing.facts(work, work.actor())).await?;
    let permit = permit(work.actor(), command.action(), facts)?;
    if work.actor().user().is_some() {
        let matter = Box::pin(thing.matter(work, &command)).await?;
        matter.check_own(work, work.actor()).await?;
    }
    Box::pin(take_permitted(app, work, thing, command, &permit)).await
}

/// Takes a step by a permit that was given for it.
async fn take_permitted<M: Kept>(
    app: &App,
    work: &Work,
    thing: M,
    command: M::Command,
    permit: &Permit,
) -> Result<M, AppError> {
    let sent = command.clone();
    let (after, event, setting) = moved(app, work, thing, command, permit).await?;
    app.record(work, event);
    Box::pin(after.follow(app, work, (permit, &setting), &sent)).await?;
    Ok(after)
}

/// Takes a step that another one brings along, by the permit of that one. The thing that was asked
/// tells what happened; the one that comes along says nothing of its own and brings nothing along.
pub async fn take_along<M: Kept>(
    app: &App,
    work: &Work,
    thing: M,
    command: M::Command,
    permit: &Permit,
) -> Result<M, AppError> {
    let (after, ..) = moved(app, work, thing, command, permit).await?;
    Ok(after)
}

/// Asks the machine, and writes the thing, its periods and the paper. What happened is the caller's
/// to tell. What each noun loads and writes waits in boxes: by value, one future inside the other,
/// they would fill the stack of a worker.
async fn moved<M: Kept>(
    app: &App,
    work: &Work,
    thing: M,
    command: M::Command,
    permit: &Permit,
) -> Result<(M, Event, M::Setting), AppError> {
    let setting = Box::pin(thing.setting(app, work, &command)).await?;
    let sent = command.clone();
    let Step {
        after,
        event,
        clocks,
        paper,
    } = thing.take(command, permit, &setting)?;
    after.save(work).await?;
    Box::pin(run_clocks(app, work, &after, &clocks)).await?;
    if let Some(paper) = paper {
        Box::pin(after.issue_for(app, work, paper, (&setting, &sent))).await?;
    }
    Ok((after, event, setting))
}

/// Moves the periods of a thing, and the thing to its place in the list of work.
async fn run_clocks<M: Kept>(
    app: &App,
    work: &Work,
    after: &M,
    clocks: &[ClockEffect],
) -> Result<(), AppError> {
    let standing = after.standing();
    let Some(on) = after.runs_on() else {
        return if clocks.is_empty() && standing.is_none() {
            Ok(())
        } else {
            let told = "the noun does not say on what they run";
            Err(AppError::internal("move periods", told))
        };
    };
    law::apply(app, work, on, clocks).await?;
    if standing.is_some() || !clocks.is_empty() {
        law::place(app, work, on, standing).await?;
    }
    Ok(())
}

/// Writes what a step answered.
pub async fn keep<M: Kept>(app: &App, work: &Work, step: Step<M>) -> Result<M, AppError> {
    step.after.save(work).await?;
    tell(app, work, step).await
}

/// Writes what comes of a step beside the thing itself, which is saved: periods, paper, event.
pub async fn tell<M: Kept>(app: &App, work: &Work, step: Step<M>) -> Result<M, AppError> {
    let Step {
        after,
        event,
        clocks,
        paper,
    } = step;
    Box::pin(run_clocks(app, work, &after, &clocks)).await?;
    if let Some(paper) = paper {
        Box::pin(after.issue(app, work, paper)).await?;
    }
    app.record(work, event);
    Ok(after)
}

/// When a write was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Just now.
    Now,
    /// Before: the same was sent again.
    Before,
}

impl Written {
    /// A look at what was written. What was written just now is there; what was written before may have gone out of the
    /// sight of whoever wrote it.
    pub fn look<T>(self, found: Result<T, AppError>) -> Result<T, AppError> {
        match self {
            Self::Now => AppError::written(found),
            Self::Before => found,
        }
    }
}
