//! The papers that steps on a report produce. The moment and the officer stand on them; who the
//! reporter is has no place on any.

mod handing;
mod testing;

use super::kept::verify_until;
use crate::{
    app::App,
    error::AppError,
    store,
    usecase::notices::{self, NewNotice},
    work::Work,
};
use liangxin_domain::{
    id::{NoticeId, UserId},
    law::calendar::shanghai_date,
    notices::{
        draft::{Draft, OnFile, ToReporter, Written},
        field::{MatterField, OpenField, ReporterField},
        notice::Subject,
        paper::Paper,
        said::Said,
    },
    privacy::identity::IdentitySubject,
    refusal::{Code, Refusal},
    reports::{
        command::{Command, Setting},
        report::{FoundIn, Report},
        state::{Mark, ReportState},
    },
    text::Narrative,
};

/// Issues the paper of a step.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    report: &Report,
    (paper, asked): (Paper, (&Setting, &Command)),
) -> Result<(), AppError> {
    for written in written(app, work, report, asked).await? {
        issue_one(app, work, report, (paper, written)).await?;
    }
    Ok(())
}

/// Issues a paper about a report.
async fn issue_one(
    app: &App,
    work: &Work,
    report: &Report,
    (paper, written): (Paper, Written),
) -> Result<(), AppError> {
    let new = NewNotice {
        id: NoticeId::new(work.new_id(&app.ids)),
        paper,
        subject: Subject::Report(report.id),
        division: report.custody.unit,
        written,
    };
    notices::issue(app, work, new).await.map(|_| ())
}

/// What stands on the paper of a step, once for each who gets one.
async fn written(
    app: &App,
    work: &Work,
    report: &Report,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    let today = Said::Day(work.today());
    let one = match command {
        Command::AcceptReport => accepted(work, report).await?,
        Command::ReplyNotCompetent { competent, reason } => to_reporter(work, report)
            .await?
            .say(OpenField::Reason, reason.as_str())
            .say(OpenField::CompetentBureau, competent.as_str())
            .say(OpenField::DecidedOn, today)
            .finish(),
        Command::TellOutcome { result, article } => to_reporter(work, report)
            .await?
            .say(OpenField::Result, result.as_str())
            .say(MatterField::DemandingArticle, article.as_str())
            .say(OpenField::DecidedOn, today)
            .finish(),
        Command::MarkDuplicate { sameness, .. } => beside(report, &setting.earlier()?.report)
            .say(MatterField::Sameness, sameness.as_str())
            .say(OpenField::RecordedOn, today)
            .finish(),
        Command::MergeReport { new_facts, .. } => beside(report, &setting.earlier()?.report)
            .say(MatterField::NewFacts, new_facts.as_str())
            .say(MatterField::ClockFrom, Said::Day(report.received_on()))
            .say(OpenField::RecordedOn, today)
            .finish(),
        Command::ExtendVerification { reason } => extended(work, report, reason).await?,
        Command::DeclineFiling => not_filed(app, work, report).await?,
        Command::PauseForTesting { .. } => return Ok(testing::ordered(work, report)),
        Command::ResumeVerification { .. } => return Ok(testing::done(report)),
        Command::DispatchReport { basis, .. } => {
            handing::dispatched(work, report, (setting, basis)).await?
        }
        Command::ReturnReport { reason } => {
            handing::given_back(work, report, (setting, reason)).await?
        }
        Command::TransferReport {
            receiver, reason, ..
        } => Draft::to(OnFile)
            .say(MatterField::MatterNumber, report.number.as_str())
            .say(MatterField::Matter, report.matter())
            .say(OpenField::ToBody, receiver.as_str())
            .say(OpenField::Reason, reason.as_str())
            .say(OpenField::RecordedOn, today)
            .finish(),
        _ => return Ok(Vec::new()),
    };
    Ok(vec![one])
}

/// Form 2, for the file. Whether a real name was given stands on it, never which. Where no bureau is
/// competent yet nobody keeps a file; the report itself is kept.
pub(super) async fn register(app: &App, work: &Work, report: &Report) -> Result<(), AppError> {
    let seat = report.custody.unit;
    if store::places::competent_bureau(work, seat).await?.is_none() {
        return Ok(());
    }
    let sealed = store::identities::find(work, IdentitySubject::Report(report.id)).await?;
    let identity_mode = match sealed {
        Some(_) => "实名",
        None => "匿名",
    };
    let basis = report.short.as_ref().map(|short| {
        let (settled, checked) = (short.settled.value(), short.checked.value());
        let (settled, checked) = (settled.normalize(), checked.normalize());
        format!("{}：结算{settled}克，复称{checked}克", short.goods)
    });
    let written = on_file(report)
        .say(ReporterField::IdentityMode, identity_mode)
        .say(OpenField::RespondentName, report.party.as_str())
        .say(OpenField::RespondentAddress, report.place.as_str())
        .say(MatterField::Lead, report.narrative.as_str())
        .say_if(MatterField::FactualBasis, basis)
        .say(OpenField::OccurredOn, shanghai_date(report.occurred_at))
        .say(OpenField::ReceivedOn, report.received_on())
        .finish();
    issue_one(app, work, report, (Paper::ReportForm, written)).await
}

/// That a lead that an officer found is verified, and by whom. A visit is closed whatever the office lacks for its papers: what
/// was done on site is refused for none of it, and the lead and its days stand without the paper too.
pub(super) async fn found(app: &App, work: &Work, report: &Report) -> Result<(), AppError> {
    let written = accepted(work, report).await?;
    let is_of_visit = matches!(report.found_in, Some(FoundIn::Visit(_)));
    if is_of_visit {
        let seat = work.actor().division().copied();
        let seat = seat.unwrap_or(report.custody.unit);
        if store::places::competent_bureau(work, seat).await?.is_none() {
            return Ok(());
        }
    }
    match issue_one(app, work, report, (Paper::VerificationRecord, written)).await {
        // No form, or one that asks for more: it is asked before anything of the paper is written.
        Err(AppError::Refused(refusal)) if is_of_visit => {
            let code = refusal.code.to_string();
            tracing::warn!(report = %report.id, %code, "a lead of a visit is on record without its paper");
            Ok(())
        }
        issued => issued,
    }
}

/// That the lead is verified, and by whom.
async fn accepted(work: &Work, report: &Report) -> Result<Written, AppError> {
    let lead = report.state.verification();
    let taken_by = name_of(work, lead.map(|lead| lead.begun)).await?;
    Ok(on_file(report)
        .say(MatterField::TakenBy, taken_by)
        .say(OpenField::RespondentName, report.party.as_str())
        .say(OpenField::RecordedOn, work.today())
        .finish())
}

/// The approval of more time.
async fn extended(work: &Work, report: &Report, reason: &Narrative) -> Result<Written, AppError> {
    let approved = match &report.state {
        ReportState::VerifyingExtended(_, extension) => Some(extension.approved),
        _ => None,
    };
    // While the calendar lacks the year nobody can write down until when; the clock says so itself.
    let until = verify_until(work, report).await?;
    Ok(on_file(report)
        .say(OpenField::Reason, reason.as_str())
        .say_if(MatterField::Until, until)
        .say(OpenField::ApprovedBy, name_of(work, approved).await?)
        .say(OpenField::DecidedOn, work.today())
        .finish())
}

/// The approval not to file a case.
async fn not_filed(app: &App, work: &Work, report: &Report) -> Result<Written, AppError> {
    let ReportState::NotFiled(_, decision) = &report.state else {
        return Err(Refusal::of(Code::NotFilingProposalRequired).into());
    };
    let proposal = &decision.proposal;
    let decided_on = shanghai_date(decision.approved.at);
    let ground = proposal.ground.row_on(&app.law.code_sets, decided_on);
    let ground = ground.map_err(|e| AppError::internal("find a ground", e))?;
    let approver = name_of(work, Some(decision.approved)).await?;
    Ok(on_file(report)
        .say(OpenField::GroundCode, ground.code.as_str())
        .say(OpenField::GroundText, ground.text_zh.as_str())
        .say(OpenField::Reason, proposal.reason.as_str())
        .say(OpenField::ApprovedBy, approver)
        .say(OpenField::DecidedOn, work.today())
        .finish())
}

/// A paper for the reporter, with the report's number and whom to ask.
async fn to_reporter(work: &Work, report: &Report) -> Result<Draft<ToReporter>, AppError> {
    let bureau = store::places::competent_bureau(work, report.custody.unit).await?;
    Ok(Draft::to(ToReporter(report.id))
        .say(MatterField::ReportNumber, report.number.as_str())
        .say(OpenField::ReceivedOn, Said::Day(report.received_on()))
        .say_if(
            OpenField::BureauContact,
            bureau.map(|bureau| bureau.contact()),
        ))
}

/// A paper for the file, with the report's number.
fn on_file(report: &Report) -> Draft<OnFile> {
    Draft::to(OnFile).say(MatterField::ReportNumber, report.number.as_str())
}

/// A paper for the file of a report that joins an earlier one.
fn beside(report: &Report, earlier: &Report) -> Draft<OnFile> {
    on_file(report).say(MatterField::EarlierReport, earlier.number.as_str())
}

/// The name of the person who did it.
async fn name_of(work: &Work, mark: Option<Mark>) -> Result<String, AppError> {
    let user: UserId = mark.ok_or_else(|| AppError::damaged("report", "state"))?.by;
    store::accounts::name_zh(work, user).await
}
