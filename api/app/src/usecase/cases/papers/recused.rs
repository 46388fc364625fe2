//! The paper about who steps back.

use super::Matter;
use crate::{error::AppError, store::accounts::name_zh, work::Work};
use liangxin_domain::{
    cases::{
        command::Command,
        recusal::{Recusal, RecusalAsker, RecusalRuled},
    },
    notices::{draft::Written, field::OpenField},
};

/// The decision on a request, for the file, and for the party where it asked.
pub(super) async fn written(
    work: &Work,
    matter: &Matter<'_>,
    command: &Command,
) -> Result<Vec<Written>, AppError> {
    let Command::RuleOnRecusal { of, .. } = command else {
        return Ok(Vec::new());
    };
    let mut recusals = matter.case.file.recusals.iter().rev();
    let ruled = recusals.find(|recusal| recusal.of == *of && !recusal.is_open());
    match ruled.and_then(|recusal| Some((recusal, recusal.ruled.as_ref()?))) {
        Some((recusal, ruled)) => decided(work, matter, (recusal, ruled)).await,
        None => Ok(Vec::new()),
    }
}

async fn decided(
    work: &Work,
    matter: &Matter<'_>,
    (recusal, ruled): (&Recusal, &RecusalRuled),
) -> Result<Vec<Written>, AppError> {
    let decision = if ruled.is_granted {
        "准予回避申请，该人员不再参与本案办理。"
    } else {
        "驳回回避申请。"
    };
    let asked_by = match recusal.asker {
        RecusalAsker::Party => "当事人".to_owned(),
        RecusalAsker::Oneself | RecusalAsker::Colleague => name_zh(work, recusal.asked.by).await?,
    };
    let mut fields = vec![
        (
            OpenField::Concerned,
            name_zh(work, recusal.of).await?.into(),
        ),
        (OpenField::AskedBy, asked_by.into()),
        (OpenField::Grounds, (&recusal.words).into()),
        (OpenField::Decision, decision.into()),
        (OpenField::Reason, ruled.reason.as_str().into()),
        (
            OpenField::ApprovedBy,
            name_zh(work, ruled.made.by).await?.into(),
        ),
        (OpenField::DecidedOn, work.today().into()),
    ];
    if !ruled.attendees.is_empty() {
        let names: Vec<_> = ruled.attendees.iter().map(ToString::to_string).collect();
        fields.push((OpenField::Attendees, names.join("、").into()));
    }
    Ok(match recusal.asker {
        RecusalAsker::Party => matter.for_both(fields),
        RecusalAsker::Oneself | RecusalAsker::Colleague => matter.on_file(fields),
    })
}
