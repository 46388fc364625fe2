//! The papers by which the party is told and heard.

use super::{Matter, served::receipt};
use crate::{error::AppError, store::accounts::name_zh, work::Work};
use liangxin_domain::{
    cases::command::{Command, Setting},
    notices::{draft::Written, field::OpenField},
};

pub(super) async fn written(
    work: &Work,
    matter: &Matter<'_>,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    let round = matter.case.file.round();
    match command {
        Command::IssueNotice => Ok(announced(work, matter, setting)),
        Command::ServeNotice { delivery } => {
            let on = round.and_then(|round| round.notice.as_ref()?.served.as_ref());
            let on = on.map_or(work.today(), |served| served.on);
            Ok(matter.on_file(receipt("行政处罚告知书", delivery, on)))
        }
        Command::AnnounceHearing { at, place, chair } => Ok(matter.for_both(vec![
            (OpenField::HearingAt, (*at).into()),
            (OpenField::HearingPlace, place.as_str().into()),
            (OpenField::Chair, name_zh(work, *chair).await?.into()),
            (OpenField::DecidedOn, work.today().into()),
        ])),
        Command::HoldHearing { record, opinion } => {
            let hearing = round.and_then(|round| round.hearing.as_ref());
            let Some(announced) = hearing.and_then(|hearing| hearing.announced.as_ref()) else {
                return Ok(Vec::new());
            };
            Ok(matter.on_file(vec![
                (OpenField::HearingAt, announced.at.into()),
                (OpenField::HearingPlace, announced.place.as_str().into()),
                (
                    OpenField::Chair,
                    name_zh(work, announced.chair).await?.into(),
                ),
                (OpenField::Record, record.into()),
                (OpenField::Opinion, opinion.as_str().into()),
                (OpenField::RecordedOn, work.today().into()),
            ]))
        }
        _ => Ok(Vec::new()),
    }
}

/// The notice of the intended penalty.
fn announced(work: &Work, matter: &Matter<'_>, setting: &Setting) -> Vec<Written> {
    let Some(penalty) = matter.case.file.proposed() else {
        return Vec::new();
    };
    let mut fields = matter.imposed(penalty);
    fields.push((OpenField::DecidedOn, work.today().into()));
    let contact = matter.contact.as_deref();
    fields.extend(contact.map(|contact| (OpenField::BureauContact, contact.into())));
    if penalty.reaches(setting.hearing_from) {
        let right = "当事人有权要求听证。要求听证的，应当自收到本告知书之日起五个工作日内提出。";
        fields.push((OpenField::HearingRight, right.into()));
    }
    matter.for_both(fields)
}
