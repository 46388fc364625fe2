//! The letters by which a report goes from one bureau to another (Order 121, article 41).

use crate::{
    error::AppError,
    store::{self, places::Bureau},
    work::Work,
};
use liangxin_domain::{
    notices::{
        draft::{Draft, ToBureau, Written},
        field::{MatterField, OpenField},
    },
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::{command::Setting, report::Report},
    text::Narrative,
};

/// With it the report goes to the competent unit.
pub(super) async fn dispatched(
    work: &Work,
    report: &Report,
    (setting, basis): (&Setting, &Narrative),
) -> Result<Written, AppError> {
    let intake = report.custody.from.unwrap_or(setting.unit);
    Ok(letter(work, report, (intake, "to"))
        .await?
        .say(OpenField::RespondentName, report.party.as_str())
        .say(OpenField::DispatchBasis, basis.as_str())
        .say(OpenField::ReceivedOn, report.received_on())
        .say(OpenField::RecordedOn, work.today())
        .finish())
}

/// With it the report goes back to where it came from.
pub(super) async fn given_back(
    work: &Work,
    report: &Report,
    (setting, reason): (&Setting, &Narrative),
) -> Result<Written, AppError> {
    Ok(letter(work, report, (setting.unit, "reportId"))
        .await?
        .say(OpenField::Reason, reason.as_str())
        .say(OpenField::RecordedOn, work.today())
        .finish())
}

/// A letter to the bureau that has the report now, with what it needs to handle the matter.
async fn letter(
    work: &Work,
    report: &Report,
    (from, field): (DivisionCode, &'static str),
) -> Result<Draft<ToBureau>, AppError> {
    let from = bureau(work, from, field).await?;
    let to = bureau(work, report.custody.unit, field).await?;
    Ok(Draft::to(ToBureau(to.id))
        .say(OpenField::FromBureau, from.name_zh.as_str())
        .say(OpenField::ToBureau, to.name_zh.as_str())
        .say(MatterField::MatterNumber, report.number.as_str())
        .say(MatterField::Matter, report.matter()))
}

/// The bureau that stands for a unit.
async fn bureau(work: &Work, unit: DivisionCode, field: &'static str) -> Result<Bureau, AppError> {
    store::places::competent_bureau(work, unit)
        .await?
        .ok_or_else(|| Refusal::on(Code::DivisionUnknown, field).into())
}
