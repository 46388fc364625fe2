//! Cases as they are kept: seen, permitted, saved, told on paper, and how the report behind one moves
//! with it.

use super::{
    former::{fined_elsewhere, former_weight, has_earlier_offence, has_new_penalty},
    limits::limits,
    orders::{missed_orders, order_served_on},
    papers,
    periods::{after_service, answer_until, paying, public_notice_days, until},
    stake,
    sums::{collective, display, lower, provincial_from},
    unserved::unserved,
};
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, queue::QueueState},
    usecase::{
        identity,
        inspections::certified_team,
        matter::Matter,
        office,
        step::{self, Kept},
    },
    work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::role::Role,
    actor::{Actor, Seat},
    cases::{
        case::{Case, HEARING, REMIND},
        command::{Command, Setting},
        evidence::found,
        recusal::Concerned,
        service::{AfterService, Delivery},
    },
    id::{CaseId, UserId},
    inspections::visit::Team,
    law::{
        threshold::ThresholdKind,
        violation::{Violation, ViolationCode},
    },
    notices::{notice::Subject, paper::Paper},
    policy::{Facts, Permit},
    refusal::{Code, Refusal},
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

    /// It holds its own file against whoever acts, and those whom that names.
    async fn matter(&self, _: &Work, _: &Command) -> Result<Matter, AppError> {
        Ok(Matter::default())
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        if let Command::AnnounceHearing { chair, .. } = command {
            chair_is_ours(work, *chair).await?;
        }
        let (concerned, team) = people(work, self, command).await?;
        let public_notice_days = public_notice_days(app, work)?;
        let (measured, checked) = papers::seen(work, self.basis.visit).await?;
        let party = store::merchants::get(work, self.merchant).await?;
        let conduct_on = self.basis.told.conduct_on;
        Ok(Setting {
            now: work.now(),
            violations: rows_of(app, conduct_on, violations_of(self, command)),
            venue: Some(party.venue),
            findings: found((&measured, &checked), (&app.law.violations, conduct_on)),
            hearing_from: lower(app, work.today(), (self.division, ThresholdKind::Hearing)),
            on_the_spot_up_to: lower(app, work.today(), (self.division, ThresholdKind::Summary)),
            display: display(app, self),
            has_new_penalty: match command {
                Command::RepairCredit { .. } | Command::DecideRepair { .. } => {
                    has_new_penalty(work, self).await?
                }
                _ => false,
            },
            provincial_from: provincial_from(app, work.today(), self.division),
            collective: collective(app, work.today())?,
            public_notice_days,
            until: until(app, work, command, public_notice_days).await?,
            answer_until: answer_until(app, work, self).await?,
            paying: paying(app, work, self).await?,
            // The one step that each of these papers opens.
            hearing_told: match command {
                Command::HoldHearing { .. } => {
                    after_service(app, work, (self, Paper::HearingNotice, HEARING)).await?
                }
                _ => AfterService::NotServed,
            },
            reminded: match command {
                Command::ApplyToCourt { .. } => {
                    after_service(app, work, (self, Paper::PaymentReminder, REMIND)).await?
                }
                _ => AfterService::NotServed,
            },
            limits: limits(app, work, (self, command)).await?,
            former: former_weight(work, (self, command)).await?,
            fined: fined_elsewhere(work, (self, command)).await?,
            has_earlier_offence: has_earlier_offence(work, (self, command)).await?,
            is_party_gone: party.ended.is_some(),
            missed_orders: missed_orders(work, self, command).await?,
            order_served_on: order_served_on(work, (self, command), public_notice_days).await?,
            unserved: unserved(work, self, command).await?,
            is_party: work.actor().merchant() == Some(self.merchant),
            concerned,
            team,
            tied: store::interests::tied_to(work, self.party(), None).await?,
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::cases::save(work, self).await
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Case(self.id))
    }

    fn standing(&self) -> Option<QueueState> {
        Some(QueueState::of(self.state_kind().is_over()))
    }

    /// No command asks for what makes a case: the approval to file it, or the decision on the spot.
    async fn issue(&self, app: &App, work: &Work, paper: Paper) -> Result<(), AppError> {
        let written = match paper {
            Paper::OnTheSpotDecision => papers::imposed(app, work, self).await?,
            _ => papers::filed(app, work, self).await?,
        };
        papers::issue(app, work, self, (paper, written)).await
    }

    async fn issue_for(
        &self,
        app: &App,
        work: &Work,
        paper: Paper,
        (setting, command): (&Setting, &Command),
    ) -> Result<(), AppError> {
        let written = papers::written(app, work, self, (setting, command)).await?;
        papers::issue(app, work, self, (paper, written)).await
    }

    /// The report follows its case, and the paper that was served knows it. What the visit found against
    /// the merchant is settled when the decision reaches it, and is not when the decision is taken away: only
    /// decided facts lower a grade.
    async fn follow(
        &self,
        app: &App,
        work: &Work,
        (permit, _setting): (&Permit, &Setting),
        command: &Command,
    ) -> Result<(), AppError> {
        match command {
            Command::ServeNotice { delivery } => {
                serve(app, work, self, (Paper::PenaltyNotice, delivery, permit)).await
            }
            Command::ServeDecision { delivery } => {
                serve(app, work, self, (Paper::PenaltyDecision, delivery, permit)).await?;
                settle(work, self).await
            }
            Command::ChangeDecision { .. } if self.file.is_annulled() => unsettle(work, self).await,
            _ => move_report(app, work, self, (permit, command)).await,
        }
    }
}

/// What the visit found against the party counts from the day on which the decision counts as served.
pub(super) async fn settle(work: &Work, case: &Case) -> Result<(), AppError> {
    let decision = case.file.decision.as_ref();
    let served = decision.and_then(|decision| decision.served.as_ref());
    match (case.basis.visit, served) {
        (Some(visit), Some(served)) => {
            store::ratings::settle_findings(work, visit, served.on).await
        }
        _ => Ok(()),
    }
}

async fn unsettle(work: &Work, case: &Case) -> Result<(), AppError> {
    match case.basis.visit {
        Some(visit) => store::ratings::unsettle_findings(work, visit).await,
        None => Ok(()),
    }
}

/// What the case does to the report behind it.
async fn move_report(
    app: &App,
    work: &Work,
    case: &Case,
    (permit, command): (&Permit, &Command),
) -> Result<(), AppError> {
    let command = match command {
        Command::ProposePenalty { .. } | Command::ProposeNoPenalty { .. } => {
            ReportCommand::OpenCase
        }
        Command::DecideCase { .. } => ReportCommand::ClosePenalty,
        Command::CloseCase { reason } => ReportCommand::CloseWithoutPenalty {
            reason: reason.clone(),
        },
        Command::TerminateCase { reason, .. } => ReportCommand::CloseTerminated {
            reason: reason.clone(),
        },
        Command::TransferCase {
            to,
            receiver,
            reason,
        } => ReportCommand::TransferReport {
            to: *to,
            receiver: receiver.clone(),
            reason: reason.clone(),
        },
        _ => return Ok(()),
    };
    let Some(report) = report_of(work, case).await? else {
        return Ok(());
    };
    // A final report that replaces another one finds the report there already.
    if matches!(command, ReportCommand::OpenCase) && report.state.kind() != ReportStateKind::Filed {
        return Ok(());
    }
    let is_open = matches!(command, ReportCommand::OpenCase);
    let report = step::take_along(app, work, report, command, permit).await?;
    if is_open {
        return Ok(());
    }
    identity::forget_reporter_of(work, &report).await
}

/// Notes on the paper itself how it reached the party. Before papers were written for notices there is
/// none to note it on.
async fn serve(
    app: &App,
    work: &Work,
    case: &Case,
    (paper, delivery, permit): (Paper, &Delivery, &Permit),
) -> Result<(), AppError> {
    let subject = Subject::Case(case.id);
    let Some(notice) = store::notices::find_unserved(work, subject, paper).await? else {
        return Ok(());
    };
    let by = permit.person(liangxin_domain::policy::Action::InformParty)?;
    let served = notice.deliver_by(delivery.service(), by, work.now())?;
    step::keep(app, work, served).await?;
    Ok(())
}

/// The report behind a case.
pub(super) async fn report_of(work: &Work, case: &Case) -> Result<Option<Report>, AppError> {
    match case.basis.report {
        Some(report) => store::reports::get(work, &Actor::System, report)
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// Who is asked to step back, and who is to investigate, as far as a command names them.
async fn people(
    work: &Work,
    case: &Case,
    command: &Command,
) -> Result<(Option<Concerned>, Option<Team>), AppError> {
    Ok(match command {
        Command::AskRecusal { of, .. } | Command::RuleOnRecusal { of, .. } => {
            (concerned(work, case, *of).await?, None)
        }
        Command::ReplaceTeam { officers, .. } => {
            // Who stepped back the case itself knows.
            let matter = Matter::about(Some(case.party()));
            let wanted = (officers.as_slice(), &matter);
            let team = certified_team(work, work.actor(), wanted, "investigatorIds").await?;
            (None, Some(team))
        }
        _ => (None, None),
    })
}

/// Somebody of the office that has the case, or who was sent from one below to investigate it.
async fn concerned(work: &Work, case: &Case, user: UserId) -> Result<Option<Concerned>, AppError> {
    let Some(account) = store::accounts::find(work, user).await? else {
        return Ok(None);
    };
    let office = store::places::competent_bureau(work, case.division).await?;
    let office = office.map_or(case.division, |bureau| bureau.division);
    let is_ours = match account.seat {
        Seat::Bureau { division, .. } => division == office || case.is_investigated_by(user),
        Seat::Merchant(_) => false,
    };
    Ok(is_ours.then(|| Concerned {
        is_head: account.roles.has(Role::Head),
        name: account.name_zh,
    }))
}

/// Whoever leads a hearing sits in the office that announces it, and may write its record.
async fn chair_is_ours(work: &Work, chair: UserId) -> Result<(), AppError> {
    const CHAIRS: [Role; 3] = [Role::LegalAuditor, Role::CaseOfficer, Role::Head];
    let account = store::accounts::find(work, chair).await?;
    let is_ours = account.is_some_and(|account| match account.seat {
        Seat::Bureau { division, .. } => {
            account.disabled_at.is_none()
                && work.actor().division() == Some(&division)
                && CHAIRS.iter().any(|role| account.roles.has(*role))
        }
        Seat::Merchant(_) => false,
    });
    if is_ours {
        return Ok(());
    }
    Err(Refusal::on(Code::HandlerUnknown, "chairId").into())
}

/// The violations that a command is about.
fn violations_of<'a>(case: &'a Case, command: &'a Command) -> Vec<&'a ViolationCode> {
    let charges = match command {
        Command::OrderCorrection { violation, .. } => return vec![violation],
        Command::ProposePenalty { penalty, .. } => Some(penalty),
        Command::IssueNotice | Command::DecideCase { .. } => case.file.proposed(),
        _ => None,
    };
    let charges = charges.map(|penalty| penalty.charges.as_slice());
    let charged = charges.unwrap_or_default().iter();
    charged.map(|charge| &charge.violation).collect()
}

/// The violations as the law stood on the day of the conduct; a code without a row then has none here.
pub(super) fn rows_of<'a>(
    app: &App,
    conduct_on: NaiveDate,
    codes: impl IntoIterator<Item = &'a ViolationCode>,
) -> Vec<Violation> {
    let rows = codes.into_iter().filter_map(|code| {
        let row = app.law.violations.get_on(code, conduct_on);
        row.ok().cloned()
    });
    rows.collect()
}
