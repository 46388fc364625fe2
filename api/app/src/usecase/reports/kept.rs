//! Reports as they are kept: seen, permitted, saved, told on paper, and what a step does beside them.

use super::papers;
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, queue::QueueState},
    usecase::{identity, law, matter::Matter, office, step, step::Kept},
    work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    cases::{case::Case, command::Command as CaseCommand},
    id::ReportId,
    law::clock::Due,
    notices::paper::Paper,
    places::{custody::Receiving, dispute::Dispute},
    policy::{Facts, Permit, Stake, permit},
    reports::{
        command::{Command, Earlier, Setting},
        machine::restarted_by,
        record::Record,
        report::{FoundIn, Report},
    },
    step::Command as _,
};

impl Kept for Report {
    type Id = ReportId;

    async fn load(_app: &App, work: &Work, actor: &Actor, id: ReportId) -> Result<Self, AppError> {
        store::reports::get(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let stake = stake(work, actor, self).await?;
        office::facts(work, actor, &self.custody.unit, stake).await
    }

    async fn matter(&self, work: &Work, _: &Command) -> Result<Matter, AppError> {
        Matter::of_report(work, self).await
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        let receiving = match command {
            Command::DispatchReport { to: unit, .. }
            | Command::RaiseCompetenceDispute { other: unit, .. } => {
                office::receiving(app, work, *unit).await?
            }
            _ => Receiving::Ready,
        };
        let verify_until = match command {
            Command::ExtendVerification { .. } => verify_until(work, self).await?,
            _ => None,
        };
        Ok(Setting {
            now: work.now(),
            unit: self.custody.unit,
            seat: work.actor().division().copied(),
            receiving,
            is_annulled: is_annulled(work, self, command).await?,
            verify_until,
            earlier: earlier(work, self.id, command).await?,
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::reports::save(work, self).await
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Report(self.id))
    }

    fn standing(&self) -> Option<QueueState> {
        Some(QueueState::of(self.state.is_over()))
    }

    /// No command asks for what makes a report: form 2, or that a lead that an officer found is verified.
    async fn issue(&self, app: &App, work: &Work, paper: Paper) -> Result<(), AppError> {
        match paper {
            Paper::VerificationRecord => papers::found(app, work, self).await,
            _ => papers::register(app, work, self).await,
        }
    }

    async fn issue_for(
        &self,
        app: &App,
        work: &Work,
        paper: Paper,
        asked: (&Setting, &Command),
    ) -> Result<(), AppError> {
        papers::issue(app, work, self, (paper, asked)).await
    }

    async fn follow(
        &self,
        app: &App,
        work: &Work,
        (permit, setting): (&Permit, &Setting),
        command: &Command,
    ) -> Result<(), AppError> {
        if let Some(record) = self.noted_of(command, permit, setting) {
            note(app, work, self.id, &record).await?;
        }
        match command {
            Command::WithdrawReport { .. } | Command::TellOutcome { .. } => Ok(()),
            Command::LinkReports { other } => {
                let row = work.new_id(&app.ids);
                let by = permit.person(command.action())?;
                store::reports::insert_link(work, row, (self.id, *other), by).await
            }
            Command::RaiseCompetenceDispute {
                dispute,
                other,
                reason,
            } => {
                let named = (*dispute, self.id);
                let units = (self.custody.unit, *other);
                let (new, clocks) =
                    Dispute::raise(named, units, reason.clone(), permit, work.now())?;
                store::disputes::insert(work, &new).await?;
                let on = RunsOn::Dispute(new.id);
                law::apply(app, work, on, &clocks).await?;
                law::place(app, work, on, None).await
            }
            Command::MergeReport { .. } => {
                supplement(app, work, self, (permit, setting, command)).await?;
                identity::forget_reporter_of(work, self).await
            }
            Command::TransferReport {
                to,
                receiver,
                reason,
            } => {
                let (to, receiver, reason) = (*to, receiver.clone(), reason.clone());
                let command = CaseCommand::TransferCase {
                    to,
                    receiver,
                    reason,
                };
                end_case(app, work, self, command).await
            }
            Command::CloseWithoutPenalty { reason } => {
                let reason = reason.clone();
                end_case(app, work, self, CaseCommand::CloseCase { reason }).await
            }
            _ => identity::forget_reporter_of(work, self).await,
        }
    }
}

/// The reporter has a stake of its own; whoever took the lead in, proposed what becomes of it or
/// visited the place has worked on it.
async fn stake(work: &Work, actor: &Actor, report: &Report) -> Result<Stake, AppError> {
    if matches!(actor, Actor::Reporter(own) if *own == report.id) {
        return Ok(Stake::Own);
    }
    let Some(user) = actor.user() else {
        return Ok(Stake::None);
    };
    let lead = report.state.verification();
    let began = lead.is_some_and(|lead| {
        lead.begun.by == user
            || lead
                .proposal
                .as_ref()
                .is_some_and(|proposal| proposal.proposed.by == user)
    });
    if began {
        return Ok(Stake::Investigator);
    }
    let mut visits = store::inspections::list_of_report(work, &Actor::System, report.id).await?;
    if let Some(FoundIn::Visit(visit)) = report.found_in {
        visits.push(Box::pin(store::inspections::get(work, &Actor::System, visit)).await?);
    }
    if visits.iter().any(|visit| visit.is_worked_on_by(user)) {
        return Ok(Stake::Investigator);
    }
    Ok(Stake::None)
}

/// Whether the decision of its case was annulled, where another case is filed on it.
async fn is_annulled(work: &Work, report: &Report, command: &Command) -> Result<bool, AppError> {
    let (Command::FileCase { .. }, Some(case)) = (command, report.state.case()) else {
        return Ok(false);
    };
    let case = store::cases::get(work, &Actor::System, case).await?;
    Ok(case.file.is_annulled())
}

/// The other report that the command names. One that is put beside this one must be in the actor's
/// hands as well.
async fn earlier(
    work: &Work,
    later: ReportId,
    command: &Command,
) -> Result<Option<Earlier>, AppError> {
    let named = match *command {
        Command::MarkDuplicate { earlier, .. } => (earlier, "earlierId"),
        Command::MergeReport { into, .. } => (into, "intoId"),
        Command::LinkReports { other } => (other, "otherId"),
        _ => return Ok(None),
    };
    let actor = work.actor();
    let pair = store::reports::find_pair(work, actor, later, named).await?;
    if matches!(command, Command::LinkReports { .. }) {
        let facts = pair.earlier.facts(work, actor).await?;
        permit(actor, command.action(), facts)?;
    }
    Ok(Some(Earlier {
        report: pair.earlier,
        resemblance: pair.resemblance,
    }))
}

/// The earlier report's period begins anew with the facts that joined it.
async fn supplement(
    app: &App,
    work: &Work,
    later: &Report,
    (permit, setting, command): (&Permit, &Setting, &Command),
) -> Result<(), AppError> {
    let target = &setting.earlier()?.report;
    let restart = restarted_by(&target.state, later.received_on())?;
    let on = RunsOn::Report(target.id);
    law::apply(app, work, on, &restart).await?;
    law::place(app, work, on, None).await?;
    // Counts as a change of the target, so that nobody decides on it without the new facts.
    store::reports::save(work, target).await?;
    let Some(record) = later.noted_of(command, permit, setting) else {
        return Ok(());
    };
    let other = Some(later.id);
    note(app, work, target.id, &Record { other, ..record }).await
}

/// The case ends with its report.
async fn end_case(
    app: &App,
    work: &Work,
    report: &Report,
    command: CaseCommand,
) -> Result<(), AppError> {
    let case = report.state.case();
    let case = case.ok_or_else(|| AppError::damaged("report", "case_id"))?;
    let case: Case = store::cases::get(work, &Actor::System, case).await?;
    // Whoever investigated the case does not end it by way of its report either.
    let facts = case.facts(work, work.actor()).await?;
    let permit = permit(work.actor(), command.action(), facts)?;
    step::take_along(app, work, case, command, &permit).await?;
    identity::forget_reporter_of(work, report).await
}

/// Notes something about a report.
pub(super) async fn note(
    app: &App,
    work: &Work,
    report: ReportId,
    record: &Record,
) -> Result<(), AppError> {
    store::reports::insert_record(work, work.new_id(&app.ids), report, record).await
}

/// The last day of the verification, if it can be known.
pub(super) async fn verify_until(
    work: &Work,
    report: &Report,
) -> Result<Option<NaiveDate>, AppError> {
    let clocks = store::law::list_on(work, RunsOn::Report(report.id)).await?;
    let due = clocks
        .iter()
        .rev()
        .find(|clock| clock.rule_id == report.verified_by())
        .map(|clock| clock.due);
    Ok(match due {
        Some(Due::On { moved, .. }) => Some(moved),
        _ => None,
    })
}
