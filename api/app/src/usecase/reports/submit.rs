//! One submission that is split into its parts (Order 121, article 9).

use super::file::{self, Filed, Ready};
use crate::{
    app::App,
    budget::Spending,
    caller::Caller,
    error::AppError,
    naming, store,
    usecase::complaints::{self, FiledComplaint},
    work::{Begun, Command, Dating, Work},
};
use liangxin_domain::{
    actor::Actor,
    complaints::filing::NewComplaint,
    id::{CommandId, MerchantId, SubmissionId},
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    reports::{
        parts,
        report::{NewReport, SenderSecret},
    },
};
use uuid::Uuid;

/// What came in one go.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Its id; also names the command. The parts have ids of their own, and secrets of their own,
    /// so that nothing in one part leads to the other.
    pub id: SubmissionId,
    /// The complaint, if it wants redress.
    pub complaint: Option<NewComplaint>,
    /// The report, if it points at a breach.
    pub report: Option<NewReport>,
}

/// What the citizen takes home: a receipt a part.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// For the complaint.
    pub complaint: Option<FiledComplaint>,
    /// For the report.
    pub report: Option<Filed>,
}

/// Takes all parts in or none: each with its own number, period, confidentiality, receipt code and
/// outcome. Nothing is kept that joins them.
pub async fn submit(
    app: &App,
    caller: &Caller,
    submission: Submission,
) -> Result<Submitted, AppError> {
    app.spend(caller, Spending::Filing)?;
    let citizen = Actor::Anonymous;
    permit(&citizen, Action::FileReport, Facts::placeless(Stake::None))?;
    let parts = prepare(app, caller, submission).await?;
    if let Begun::Fresh(work) = app.begin_by_day(&citizen, &parts.command(app)?).await? {
        let work = take_in(app, work, &parts).await?;
        work.commit().await?;
    }
    let mut submitted = Submitted {
        complaint: None,
        report: None,
    };
    if let Some((ready, _)) = parts.complaint {
        submitted.complaint = Some(complaints::filed(app, ready).await?);
    }
    if let Some((ready, _)) = parts.report {
        submitted.report = Some(file::filed(app, ready).await?);
    }
    Ok(submitted)
}

/// The parts, checked, each with the write that it is by itself as well: sent again alone, it is the
/// same complaint or the same report.
struct Parts {
    id: SubmissionId,
    complaint: Option<(complaints::Ready, Command)>,
    report: Option<(Ready, Command)>,
}

impl Parts {
    fn command(&self, app: &App) -> Result<Command, AppError> {
        let complaint = self.complaint.as_ref().map(|(_, part)| part.digest);
        let report = self.report.as_ref().map(|(_, part)| part.digest);
        let id = self.id.uuid();
        let write = CommandId::new(id);
        let secrets = [
            self.complaint.as_ref().map(|(part, _)| &part.new.secret),
            self.report.as_ref().map(|(part, _)| &part.new.secret),
        ];
        let secrets: Vec<&SenderSecret> = secrets.into_iter().flatten().collect();
        let command = app.write(write, "FileSubmission", id, &(complaint, report))?;
        let command = command.of(naming::sender_of(&app.keys, &secrets));
        // It makes its parts, each by the write that the part is by itself; its own row names nothing.
        let subject = Uuid::nil();
        Ok(Command { subject, ..command })
    }
}

async fn prepare(app: &App, caller: &Caller, submission: Submission) -> Result<Parts, AppError> {
    let Submission {
        id,
        complaint,
        report,
    } = submission;
    if complaint.is_none() && report.is_none() {
        return Err(Refusal::of(Code::SubmissionEmpty).into());
    }
    if let (Some(complaint), Some(report)) = (&complaint, &report) {
        let register = words_of_register(app, complaint, report).await?;
        parts::check(complaint, report, &register)?;
    }
    let complaint = match complaint {
        None => None,
        Some(mut new) => {
            complaints::settle(app, &mut new).await?;
            let part = complaints::command(app, &new)?;
            Some((complaints::prepare(app, new).await?, part))
        }
    };
    let report = match report {
        None => None,
        Some(new) => {
            new.check(app.now())?;
            let part = file::command(app, &new)?;
            Some((file::prepare(app, caller, new).await?, part))
        }
    };
    Ok(Parts {
        id,
        complaint,
        report,
    })
}

/// What anybody would write of whom both parts are about: what the register says of the merchant and its market, and the
/// divisions that lie around them.
async fn words_of_register(
    app: &App,
    complaint: &NewComplaint,
    report: &NewReport,
) -> Result<Vec<String>, AppError> {
    let mut words = Vec::new();
    let mut next: Vec<MerchantId> = [complaint.merchant, report.merchant]
        .into_iter()
        .flatten()
        .collect();
    let mut divisions = vec![complaint.division, report.division];
    while let Some(id) = next.pop() {
        let Some(merchant) = store::merchants::find(&app.db, id).await? else {
            continue;
        };
        divisions.push(merchant.division);
        next.extend(merchant.market.filter(|market| *market != id));
        words.extend([merchant.name_zh, merchant.name_en, merchant.address]);
    }
    while let Some(code) = divisions.pop() {
        if let Some(division) = app.law.divisions.find(code) {
            words.push(division.name.clone());
            divisions.extend(division.parent);
        }
    }
    Ok(words)
}

/// Writes the parts that there are: the complaint by its day, as each complaint, the report by its moment.
async fn take_in(app: &App, mut work: Work, parts: &Parts) -> Result<Work, AppError> {
    if let Some((ready, part)) = &parts.complaint {
        work = begin_part(work, part, "complaint.id").await?;
        complaints::register(app, &work, ready).await?;
    }
    if let Some((ready, part)) = &parts.report {
        work = begin_part(work.dated(Dating::Moment), part, "report.id").await?;
        file::take_in(app, &work, ready).await?;
    }
    Ok(work)
}

/// A part that was filed by itself before is no part of a submission any more.
async fn begin_part(work: Work, part: &Command, field: &'static str) -> Result<Work, AppError> {
    match work.begin_command(part).await? {
        Begun::Fresh(work) => Ok(work),
        Begun::Repeated => Err(Refusal::on(Code::IdReused, field).into()),
    }
}
