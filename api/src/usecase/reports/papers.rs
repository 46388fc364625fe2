//! The papers that steps on a report produce. The moment and the officer stand on them; who the
//! reporter is has no place on any.

use crate::{
    app::App,
    error::AppError,
    store::{self, places::Bureau},
    usecase::notices::{self, NewNotice},
    work::Work,
};
use liangxin_domain::{
    id::NoticeId,
    law::{calendar::shanghai_date, clock::PauseCause},
    notices::{
        draft::{Draft, MayRead, OnFile, ToBody, ToBureau, ToReporter, Written},
        field::{MatterField, OpenField, ReporterField},
        notice::Subject,
        paper::Paper,
        said::Said,
    },
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::{
        report::Report,
        state::{TestResult, Testing},
    },
};

/// What makes time stand still while a sample is tested.
const TESTING_BASIS: &str = "《市场监督管理行政处罚程序规定》第十八条";

/// Issues a paper about a report. Before the forms of April 2026 the system has none to issue by.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    report: &Report,
    paper: Paper,
    written: Written,
) -> Result<(), AppError> {
    if app.law.papers.form_on(paper, work.today()).is_err() {
        return Ok(());
    }
    let new = NewNotice {
        id: NoticeId::new(app.ids.uuid(work.now())),
        paper,
        subject: Subject::Report(report.id),
        division: report.custody.unit,
        written,
    };
    notices::issue(app, work, new).await.map(|_| ())
}

/// Form 2, for the file. Whether a real name was given stands on it, never which. Where no bureau is
/// competent yet nobody keeps a file; the report itself is kept.
pub(super) async fn register(
    app: &App,
    work: &Work,
    report: &Report,
    identity_mode: &'static str,
) -> Result<(), AppError> {
    let seat = report.custody.unit;
    if store::places::competent_bureau(work, seat).await?.is_none() {
        return Ok(());
    }
    let basis = format!(
        "{}：结算{}克，复称{}克",
        report.goods, report.settled, report.checked
    );
    let written = on_file(report)
        .say(ReporterField::IdentityMode, identity_mode)
        .say(OpenField::RespondentName, report.party.as_str())
        .say(OpenField::RespondentAddress, report.place.as_str())
        .say(MatterField::Lead, report.narrative.as_str())
        .say(MatterField::FactualBasis, basis)
        .say(OpenField::OccurredOn, shanghai_date(report.occurred_at))
        .say(OpenField::ReceivedOn, report.received_on());
    issue(app, work, report, Paper::ReportForm, written.finish()).await
}

/// That the lead is verified, and by whom.
pub(super) async fn accepted(
    app: &App,
    work: &Work,
    report: &Report,
    taken_by: String,
) -> Result<(), AppError> {
    let written = on_file(report)
        .say(MatterField::TakenBy, taken_by)
        .say(OpenField::RespondentName, report.party.as_str())
        .say(OpenField::RecordedOn, work.today());
    issue(
        app,
        work,
        report,
        Paper::VerificationRecord,
        written.finish(),
    )
    .await
}

/// The order to the body that has the sample, and a copy for the file.
pub(super) async fn test_ordered(
    app: &App,
    work: &Work,
    report: &Report,
    testing: &Testing,
) -> Result<(), AppError> {
    for written in [
        ordered(Draft::to(ToBody), report, testing)
            .say(OpenField::RecordedOn, work.today())
            .finish(),
        ordered(Draft::to(OnFile), report, testing)
            .say(OpenField::RecordedOn, work.today())
            .finish(),
    ] {
        issue(app, work, report, Paper::TestingEntrustment, written).await?;
    }
    Ok(())
}

fn ordered<A: MayRead<OpenField> + MayRead<MatterField>>(
    draft: Draft<A>,
    report: &Report,
    testing: &Testing,
) -> Draft<A> {
    tested(draft, report, testing).say(
        OpenField::Question,
        match testing.cause {
            PauseCause::Testing => "对样品进行检测、检验、检疫或者鉴定",
            PauseCause::Identification => "由权利人对样品进行辨认、鉴别",
        },
    )
}

fn tested<A: MayRead<OpenField> + MayRead<MatterField>>(
    draft: Draft<A>,
    report: &Report,
    testing: &Testing,
) -> Draft<A> {
    draft
        .say(MatterField::ReportNumber, report.number.as_str())
        .say(OpenField::Basis, TESTING_BASIS)
        .say(OpenField::BodyName, &testing.body)
        .say(OpenField::Sample, &testing.sample)
}

/// What came back.
pub(super) async fn test_done(
    app: &App,
    work: &Work,
    report: &Report,
    done: &TestResult,
) -> Result<(), AppError> {
    let written = tested(Draft::to(OnFile), report, &done.testing)
        .say(OpenField::Result, &done.result)
        .say(OpenField::ReceivedOn, shanghai_date(done.noted.at));
    issue(app, work, report, Paper::TestingResult, written.finish()).await
}

/// A paper for the reporter, with the report's number.
pub(super) fn to_reporter(report: &Report) -> Draft<ToReporter> {
    Draft::to(ToReporter(report.id))
        .say(MatterField::ReportNumber, report.number.as_str())
        .say(OpenField::ReceivedOn, Said::Day(report.received_on()))
}

/// A paper for the file, with the report's number.
pub(super) fn on_file(report: &Report) -> Draft<OnFile> {
    Draft::to(OnFile).say(MatterField::ReportNumber, report.number.as_str())
}

/// A paper for another bureau, with what it needs to handle the matter.
pub(super) fn to_bureau(report: &Report, from: &Bureau, to: &Bureau) -> Draft<ToBureau> {
    Draft::to(ToBureau(to.id))
        .say(OpenField::FromBureau, from.name_zh.as_str())
        .say(OpenField::ToBureau, to.name_zh.as_str())
        .say(MatterField::MatterNumber, report.number.as_str())
        .say(MatterField::Matter, report.goods.as_str())
}

/// The bureau that stands for a unit.
pub(super) async fn bureau(
    work: &Work,
    unit: DivisionCode,
    field: &'static str,
) -> Result<Bureau, AppError> {
    store::places::competent_bureau(work, unit)
        .await?
        .ok_or_else(|| Refusal::on(Code::DivisionUnknown, field).into())
}
