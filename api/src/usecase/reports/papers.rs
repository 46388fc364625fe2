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
    notices::{
        draft::{Draft, OnFile, ToBureau, ToReporter, Written},
        field::{MatterField, OpenField},
        notice::Subject,
        paper::Paper,
        said::Said,
    },
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::report::Report,
};

/// Issues a paper about a report.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    report: &Report,
    paper: Paper,
    written: Written,
) -> Result<(), AppError> {
    let new = NewNotice {
        id: NoticeId::new(app.ids.uuid(work.now())),
        paper,
        subject: Subject::Report(report.id),
        division: report.custody.unit,
        written,
    };
    notices::issue(app, work, new).await.map(|_| ())
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
