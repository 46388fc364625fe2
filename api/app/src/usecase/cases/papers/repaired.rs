//! What the party is told of its application for credit repair.

use super::{Matter, name_if};
use crate::{error::AppError, work::Work};
use liangxin_domain::{
    cases::command::Command,
    notices::{draft::Written, field::OpenField},
};

/// One paper for each answer of the office, for the party and for the file.
pub(super) async fn written(
    work: &Work,
    matter: &Matter<'_>,
    command: &Command,
) -> Result<Vec<Written>, AppError> {
    let (decision, why) = match command {
        Command::AcceptRepair { missing: None } => ("受理信用修复申请。", None),
        Command::AcceptRepair {
            missing: Some(missing),
        } => (
            "申请材料不齐全，一次性告知补正。",
            Some((OpenField::Missing, missing.as_str())),
        ),
        Command::ExtendRepair { reason } => (
            "延长作出决定的期限。",
            Some((OpenField::Reason, reason.as_str())),
        ),
        Command::DecideRepair { grant, reason } => (
            if *grant {
                "准予信用修复，停止公示该行政处罚信息。"
            } else {
                "不予信用修复，继续公示该行政处罚信息。"
            },
            Some((OpenField::Reason, reason.as_str())),
        ),
        Command::UndoRepair { reason } => (
            "撤销信用修复，重新公示该行政处罚信息。",
            Some((OpenField::Reason, reason.as_str())),
        ),
        _ => return Ok(Vec::new()),
    };
    let by = name_if(work, work.actor().user()).await?;
    let mut fields = vec![
        (OpenField::Decision, decision.into()),
        (OpenField::ApprovedBy, by.into()),
        (OpenField::DecidedOn, work.today().into()),
    ];
    fields.extend(why.map(|(field, words)| (field, words.into())));
    Ok(matter.for_both(fields))
}
