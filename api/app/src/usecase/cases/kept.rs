//! Cases as they are kept: seen, permitted, saved, told on paper, and how the report behind one moves
//! with it.

use super::{papers, stake};
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, queue::Standing},
    usecase::{
        identity, law, office,
        step::{self, Kept},
    },
    work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    cases::{
        case::{Case, DEFEND},
        command::{Command, Setting},
    },
    id::CaseId,
    law::{
        calendar::shanghai_date,
        clock::Due,
        violation::{Violation, ViolationCode},
    },
    notices::paper::Paper,
    policy::{Facts, Permit},
    reports::{
        command::Command as ReportCommand,
        report::{Report, ReportStateKind},
    },
};

impl Kept for Case {
    type Id = CaseId;

    async fn load(_app: &App, work: &Work, actor: &Actor, id: CaseId) -> Result<Self, AppError> {
        store::cases::get(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        office::facts(work, actor, &self.division, stake(actor, self)).await
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        let violation = match command {
            Command::ProposePenalty { violation, .. } => Some(violation),
            Command::DecideCase { .. } => self.proposal().map(|proposal| &proposal.violation),
            _ => None,
        };
        let violation = match violation {
            Some(code) => violation_of(app, work, self, code).await?,
            None => None,
        };
        let answer_until = match command {
            Command::ServeNotice => answer_until(app, work).await?,
            _ => None,
        };
        Ok(Setting {
            now: work.now(),
            violation,
            answer_until,
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::cases::save(work, self).await
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Case(self.id))
    }

    fn standing(&self) -> Option<Standing> {
        Some(Standing::of(self.state_kind().is_over()))
    }

    /// The approval to file it is the one paper that no command asks for.
    async fn issue(&self, app: &App, work: &Work, paper: Paper) -> Result<(), AppError> {
        let written = papers::filed(work, self).await?;
        papers::issue(app, work, self, (paper, written)).await
    }

    async fn issue_for(
        &self,
        app: &App,
        work: &Work,
        paper: Paper,
        (setting, command): (&Setting, &Command),
    ) -> Result<(), AppError> {
        let written = papers::written(work, self, (setting, command)).await?;
        papers::issue(app, work, self, (paper, written)).await
    }

    /// The report follows its case. What the visit found against the merchant is settled by the
    /// decision.
    async fn follow(
        &self,
        app: &App,
        work: &Work,
        (permit, _setting): (&Permit, &Setting),
        command: &Command,
    ) -> Result<(), AppError> {
        match command {
            // A final report that replaces another one finds the report there already.
            Command::ProposePenalty { .. } => {
                let report = report_of(work, self).await?;
                if report.state.kind() == ReportStateKind::Filed {
                    step::take_along(app, work, report, ReportCommand::OpenCase, permit).await?;
                }
                Ok(())
            }
            Command::DecideCase { .. } => {
                let merchant = self.merchant;
                let command = ReportCommand::ClosePenalty { merchant };
                let report = report_of(work, self).await?;
                let report = step::take_along(app, work, report, command, permit).await?;
                identity::forget_reporter_of(work, &report).await?;
                store::ratings::settle_findings(work, self.visit, work.today()).await
            }
            _ => Ok(()),
        }
    }
}

/// The report behind a case.
pub(super) async fn report_of(work: &Work, case: &Case) -> Result<Report, AppError> {
    store::reports::get(work, &Actor::System, case.report).await
}

/// The violation as the law stood on the day of the conduct, if there is one of that code.
async fn violation_of(
    app: &App,
    work: &Work,
    case: &Case,
    code: &ViolationCode,
) -> Result<Option<Violation>, AppError> {
    let conduct = shanghai_date(report_of(work, case).await?.occurred_at);
    Ok(app.law.violations.get_on(code, conduct).ok().cloned())
}

/// The last day for a statement on a notice that is served today.
async fn answer_until(app: &App, work: &Work) -> Result<Option<NaiveDate>, AppError> {
    let due = law::would_end(app, work, DEFEND, work.today()).await?;
    Ok(match due {
        Due::On { moved, .. } => Some(moved),
        Due::CalendarMissing { .. } | Due::Paused { .. } => None,
    })
}
