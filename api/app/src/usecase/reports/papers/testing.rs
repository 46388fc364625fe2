//! The papers of a test: the order to whoever has the sample, and what came back.

use crate::work::Work;
use liangxin_domain::{
    law::{calendar::shanghai_date, clock::PauseCause},
    notices::{
        draft::{Draft, MayRead, OnFile, ToBody, Written},
        field::{MatterField, OpenField},
    },
    reports::{
        report::Report,
        state::{ReportState, Testing},
    },
};

/// What makes time stand still while a sample is tested.
const BASIS: &str = "《市场监督管理行政处罚程序规定》第十八条";

/// The order to the body that has the sample, and a copy for the file.
pub(super) fn ordered(work: &Work, report: &Report) -> Vec<Written> {
    let ReportState::PausedTest(_, _, testing) = &report.state else {
        return Vec::new();
    };
    vec![
        order(Draft::to(ToBody), report, testing)
            .say(OpenField::RecordedOn, work.today())
            .finish(),
        order(Draft::to(OnFile), report, testing)
            .say(OpenField::RecordedOn, work.today())
            .finish(),
    ]
}

/// What came back.
pub(super) fn done(report: &Report) -> Vec<Written> {
    let tests = report.state.verification().map(|lead| &lead.tests);
    let Some(done) = tests.and_then(|tests| tests.last()) else {
        return Vec::new();
    };
    let written = tested(Draft::to(OnFile), report, &done.testing)
        .say(OpenField::Result, &done.result)
        .say(OpenField::ReceivedOn, shanghai_date(done.noted.at));
    vec![written.finish()]
}

fn order<A: MayRead<OpenField> + MayRead<MatterField>>(
    draft: Draft<A>,
    report: &Report,
    testing: &Testing,
) -> Draft<A> {
    tested(draft, report, testing).say(
        OpenField::Question,
        match testing.cause {
            PauseCause::Testing => "对样品进行检测、检验、检疫或者鉴定",
            PauseCause::Identification => "由权利人对样品进行辨认、鉴别",
            // The verification of a report waits for none of these: its rule refuses the pause.
            PauseCause::Hearing
            | PauseCause::Suspension
            | PauseCause::PublicNotice
            | PauseCause::Refund => "",
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
        .say(OpenField::Basis, BASIS)
        .say(OpenField::BodyName, &testing.body)
        .say(OpenField::Sample, &testing.sample)
}
