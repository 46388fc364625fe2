//! Complaints as they are kept: seen, permitted, saved, told on paper.

use super::{papers, particulars};
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, queue::QueueState},
    usecase::{identity, matter::Matter, office, reports, step::Kept},
    work::{Dating, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::role::Role,
    actor::{Actor, Seat},
    complaints::{
        command::{Command, Receiver, Setting},
        complaint::{Complaint, MEDIATE},
        consent::{Consent, ConsentMatter, Side},
        ground::Grounds,
    },
    id::{ComplaintId, ReportId, UserId},
    law::{calendar::shanghai_date, clock::Due},
    notices::paper::Paper,
    places::custody::Receiving,
    policy::{Action, Facts, Permit, Stake},
    text::Narrative,
};

impl Kept for Complaint {
    type Id = ComplaintId;

    async fn load(
        _app: &App,
        work: &Work,
        actor: &Actor,
        id: ComplaintId,
    ) -> Result<Self, AppError> {
        store::complaints::get(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let stake = match actor {
            Actor::Complainant(own) if *own == self.id => Stake::Own,
            Actor::User(user) if self.is_handled_by(user.user) => Stake::Assigned,
            _ if self.merchant.is_some() && actor.merchant() == self.merchant => Stake::Own,
            _ => Stake::None,
        };
        office::facts(work, actor, &self.division, stake).await
    }

    async fn matter(&self, _: &Work, _: &Command) -> Result<Matter, AppError> {
        Ok(Matter::about(self.party()))
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        let mediate_until = match command {
            Command::ProposeTermination { .. } => mediate_until(work, self.id).await?,
            _ => None,
        };
        let entrustment = match command {
            Command::AcceptComplaint => said_on_the_form(work, self.id).await?,
            _ => None,
        };
        Ok(Setting {
            now: work.now(),
            grounds: Grounds::in_force(&app.law.code_sets, shanghai_date(self.received_at)),
            mediate_until,
            entrustment,
            own_side: own_side(work.actor()),
            seat: work.actor().division().copied(),
            receiving: match *command {
                Command::DispatchComplaint { to } => office::receiving(app, work, to).await?,
                _ => Receiving::Ready,
            },
            receiver: receiver(work, self, command).await?,
            lead_report: match command {
                Command::ReportLead { .. } => Some(ReportId::new(work.new_id(&app.ids))),
                _ => None,
            },
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::complaints::save(work, self).await?;
        identity::forget_address_of(work, self).await
    }

    /// Whoever comes back to both parts of a letter does so one after the other.
    fn dating(actor: &Actor, _command: &Command) -> Dating {
        match actor {
            Actor::Complainant(_) => Dating::Day,
            _ => Dating::Moment,
        }
    }

    fn runs_on(&self) -> Option<RunsOn> {
        Some(RunsOn::Complaint(self.id))
    }

    fn standing(&self) -> Option<QueueState> {
        Some(QueueState::of(self.kind().is_over()))
    }

    async fn issue(&self, app: &App, work: &Work, paper: Paper) -> Result<(), AppError> {
        papers::issue(app, work, self, paper).await
    }

    /// Consents stand in a file of their own, with the day on which each was given or taken back.
    async fn follow(
        &self,
        app: &App,
        work: &Work,
        (permit, setting): (&Permit, &Setting),
        command: &Command,
    ) -> Result<(), AppError> {
        match *command {
            Command::ReportLead { ref words } => {
                open_report(app, work, self, (words, permit)).await
            }
            Command::ConsentToMediation { side, to, way } => {
                let row = work.new_id(&app.ids);
                let given = setting.consent(permit, way);
                store::complaints::insert_consent(work, row, self.id, (side, to.into()), given)
                    .await
            }
            Command::WithdrawPublicationConsent => {
                store::complaints::withdraw_publication(work, self.id).await
            }
            _ => Ok(()),
        }
    }
}

/// A lead opens a report of its own in the same work.
async fn open_report(
    app: &App,
    work: &Work,
    complaint: &Complaint,
    (words, permit): (&Narrative, &Permit),
) -> Result<(), AppError> {
    let lead = complaint.side.leads.last();
    let Some(report) = lead.and_then(|lead| lead.report) else {
        return Ok(());
    };
    let sealed = store::complaints::sealed_particulars(work, complaint.id).await?;
    let particulars = particulars::open(app, complaint, &sealed)?;
    let by = permit.person(Action::HandleComplaint)?;
    reports::open_lead(app, work, (complaint, &particulars), (report, words, by)).await
}

/// The last day of the period for mediation; unknown while a calendar is missing.
async fn mediate_until(work: &Work, id: ComplaintId) -> Result<Option<NaiveDate>, AppError> {
    let held = store::law::find_clock(work, RunsOn::Complaint(id), MEDIATE).await?;
    Ok(held.and_then(|held| match held.clock.due {
        Due::On { moved, .. } => Some(moved),
        Due::CalendarMissing { .. } | Due::Paused { .. } => None,
    }))
}

/// What the complainant said on form 1 about mediation by a body.
async fn said_on_the_form(work: &Work, id: ComplaintId) -> Result<Option<Consent>, AppError> {
    let about = (Side::Complainant, ConsentMatter::Entrustment);
    let given = store::complaints::consents_of(work, id).await?;
    let said = given
        .iter()
        .find(|record| (record.side, record.matter) == about);
    Ok(said.map(|record| record.consent))
}

/// A complainant speaks for the complainant, an operator for the operator.
fn own_side(actor: &Actor) -> Option<Side> {
    match actor {
        Actor::Complainant(_) => Some(Side::Complainant),
        _ => actor.merchant().map(|_| Side::Respondent),
    }
}

async fn receiver(
    work: &Work,
    complaint: &Complaint,
    command: &Command,
) -> Result<Receiver, AppError> {
    let is_fit = match *command {
        Command::AssignComplaint { handler } => {
            let matter = Matter::about(complaint.party());
            matter.check(work, handler, Some("handlerId")).await?;
            may_handle(work, complaint, handler).await?
        }
        _ => true,
    };
    Ok(if is_fit {
        Receiver::Fit
    } else {
        Receiver::Unknown
    })
}

/// Case officers of the place handle complaints.
async fn may_handle(work: &Work, complaint: &Complaint, handler: UserId) -> Result<bool, AppError> {
    let found = store::accounts::find(work, handler).await?;
    Ok(found.is_some_and(|account| {
        let is_of_the_place = match account.seat {
            Seat::Bureau { division, .. } => division.contains(&complaint.division),
            Seat::Merchant(_) => false,
        };
        is_of_the_place && account.roles.has(Role::CaseOfficer)
    }))
}
