//! Papers as the steps of a procedure would issue them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use liangxin_app::error::AppError;
use liangxin_app::usecase::notices::{NewNotice, issue};
use liangxin_demo::fixtures::{bureau_id, merchant_id};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{ComplaintId, NoticeId, ReportId};
use liangxin_domain::notices::draft::{Draft, ToComplainant, ToReporter, ToRespondent, Written};
use liangxin_domain::notices::field::{Field, MatterField, OpenField, PartyField};
use liangxin_domain::notices::form::{Form, Forms};
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::recipient::{Recipient, RecipientKind};
use liangxin_domain::notices::said::{Said, SaidKind};
use liangxin_domain::places::division::DivisionError;
use uuid::Uuid;

use crate::app::TestApp;

/// The complainant of the papers.
pub const COMPLAINANT: &str = "陈婉清";

/// Issues a paper in Tianxin and commits.
pub async fn issued(
    app: &TestApp,
    (subject, paper): (Subject, Paper),
    written: impl Into<Written>,
) -> Result<NoticeId, AppError> {
    let parts = app.parts();
    let work = parts.work(&Actor::System).await?;
    let new = NewNotice {
        id: NoticeId::new(app.new_id()),
        paper,
        subject,
        division: "430103"
            .parse()
            .map_err(|e: DivisionError| AppError::internal("read a division", e))?,
        written: written.into(),
    };
    let id = issue(parts, &work, new).await?;
    work.commit().await?;
    Ok(id)
}

/// A complaint that stands for any.
pub fn complaint() -> ComplaintId {
    ComplaintId::new(Uuid::from_u128(0x7_0000_0000_7000_8000_0000_0000_0001))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

const CONTACT: &str = "天心区市场监督管理局消费者权益保护科　0731-85550100";
const DEMAND: &str = "退还短缺部分的货款4.20元，并依法赔偿500元。";

/// Form 5, for the complainant.
pub fn acceptance() -> Draft<ToComplainant> {
    Draft::to(ToComplainant(complaint()))
        .say(PartyField::ComplainantName, COMPLAINANT)
        .say(OpenField::ComplaintNumber, "TS-430103-2026-000007")
        .say(OpenField::RespondentName, "吴记鲜肉（书院坪农贸市场17号摊位）")
        .say(OpenField::ReceivedOn, day("2026-11-20"))
        .say(OpenField::AcceptedOn, day("2026-11-23"))
        .say(OpenField::Demand, DEMAND)
        .say(
            OpenField::MediationOffer,
            "经双方当事人同意，本机关将组织调解。调解以自愿为原则；自受理之日起六十日内未达成协议的，终止调解。",
        )
        .say(OpenField::BureauContact, CONTACT)
}

/// Form 6, for the complainant.
pub fn refusal(reason: &str) -> Draft<ToComplainant> {
    Draft::to(ToComplainant(complaint()))
        .say(PartyField::ComplainantName, COMPLAINANT)
        .say(OpenField::ComplaintNumber, "TS-430103-2026-000007")
        .say(OpenField::ReceivedOn, day("2026-11-20"))
        .say(OpenField::GroundCode, "REF_2_ALREADY_HANDLED")
        .say(
            OpenField::GroundText,
            "法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议",
        )
        .say(OpenField::Reason, reason)
        .say(OpenField::DecidedOn, day("2026-11-23"))
        .say(OpenField::BureauContact, CONTACT)
}

/// Form 8, for the complainant; without the day on which the complaint came, as it was issued at first.
pub fn termination(received: Option<&str>) -> Draft<ToComplainant> {
    Draft::to(ToComplainant(complaint()))
        .say(PartyField::ComplainantName, COMPLAINANT)
        .say(OpenField::ComplaintNumber, "TS-430103-2026-000007")
        .say(
            OpenField::RespondentName,
            "吴记鲜肉（书院坪农贸市场17号摊位）",
        )
        .say_if(OpenField::ReceivedOn, received.map(day))
        .say(OpenField::GroundCode, "TERM_1")
        .say(OpenField::GroundText, "撤回投诉，或者双方自行和解")
        .say(OpenField::Reason, "双方自行和解")
        .say(OpenField::TerminatedOn, day("2026-11-23"))
        .say(OpenField::BureauContact, CONTACT)
}

/// Form 7, for the other side.
pub fn mediation(app: &TestApp) -> Draft<ToRespondent> {
    Draft::to(ToRespondent(Some(merchant_id("tianxin-stall-17"))))
        .say(PartyField::ComplainantName, COMPLAINANT)
        .say(OpenField::ComplaintNumber, "TS-430103-2026-000007")
        .say(
            OpenField::RespondentName,
            "吴记鲜肉（书院坪农贸市场17号摊位）",
        )
        .say(
            OpenField::MediationAt,
            app.now() + chrono::TimeDelta::days(3),
        )
        .say(OpenField::MediationPlace, "书院坪农贸市场消费维权服务站")
        .say(OpenField::Mediators, "邓佩华、林晓雯")
        .say(OpenField::RecusalDays, "3")
        .say(OpenField::Demand, DEMAND)
        .say(OpenField::BureauContact, CONTACT)
}

/// Form 9, for the complainant.
pub fn letter() -> Draft<ToComplainant> {
    Draft::to(ToComplainant(complaint()))
        .say(PartyField::ComplainantName, COMPLAINANT)
        .say(OpenField::ComplaintNumber, "TS-430103-2026-000007")
        .say(OpenField::RespondentName, "吴记鲜肉（经营者：吴德明）")
        .say(OpenField::RespondentAddress, "长沙市天心区书院坪农贸市场17号摊位")
        .say(OpenField::Demand, DEMAND)
        .say(
            OpenField::Facts,
            "2026年11月20日上午，投诉人在被投诉人处购买五花肉，结算重量2.000千克，单价每千克28元。\n\
             投诉人到市场公平秤复称，实际重量1.850千克，短缺0.150千克，超出该档负偏差。被投诉人对复称结果无异议。",
        )
        .say(
            OpenField::Agreement,
            "一、被投诉人退还短缺部分货款4.20元。\n二、被投诉人赔偿投诉人500元。\n三、投诉人不再就同一事实提出其他请求。",
        )
        .say(
            OpenField::Performance,
            "被投诉人于2026年11月24日前以转账方式一次付清。",
        )
        .say(OpenField::ConcludedOn, day("2026-11-23"))
        .say(OpenField::Mediators, "邓佩华、林晓雯")
        .say(OpenField::MediationPlace, "书院坪农贸市场消费维权服务站")
}

/// The reply that names the competent bureau, for the reporter.
pub fn competence_reply(report: Uuid, reason: &str) -> Draft<ToReporter> {
    Draft::to(ToReporter(ReportId::new(report)))
        .say(MatterField::ReportNumber, "JB-430103-2026-000012")
        .say(OpenField::Reason, reason)
        .say(OpenField::CompetentBureau, "长沙市岳麓区市场监督管理局")
        .say(OpenField::DecidedOn, day("2026-11-23"))
}

/// A recipient of each kind; the report is the reporter's.
pub fn recipient(kind: RecipientKind, report: Uuid) -> Recipient {
    match kind {
        RecipientKind::Complainant => Recipient::Complainant(complaint()),
        RecipientKind::Respondent => Recipient::Respondent(Some(merchant_id("tianxin-stall-17"))),
        RecipientKind::Reporter => Recipient::Reporter(ReportId::new(report)),
        RecipientKind::Bureau => Recipient::Bureau(bureau_id("changsha")),
        RecipientKind::Body => Recipient::Body,
        RecipientKind::File => Recipient::File,
    }
}

/// A paper on which stands exactly what its form needs; each word names its field and holds `mark`.
/// Panics if the form needs what its recipient may not read.
pub fn filled(forms: &Forms, form: &Form, recipient: Recipient, mark: &str) -> Written {
    let said = |field: Field| match forms.label(field).map(|label| label.kind) {
        Some(SaidKind::Day) => Said::from(day("2026-11-23")),
        Some(SaidKind::Moment) => Said::from(chrono::DateTime::UNIX_EPOCH),
        Some(SaidKind::Words) | None => Said::from(format!("{field}{mark}")),
    };
    let chosen = form.alternatives_for(recipient.kind()).next();
    let fields: BTreeMap<_, _> = form
        .required
        .iter()
        .chain(chosen.into_iter().flatten())
        .map(|field| (*field, said(*field)))
        .collect();
    Written::stored(recipient, fields)
        .unwrap_or_else(|| panic!("{} is not for {:?}", form.paper, recipient))
}
