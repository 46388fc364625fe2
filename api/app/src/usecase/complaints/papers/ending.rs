//! Papers of the end, and the referral to the police.

use super::{Matter, mediation::names};
use crate::{error::AppError, store, work::Work};
use liangxin_domain::{
    complaints::{
        ending::{Agreed, Closed, Ending, Terminated},
        mediation::{Session, SessionMode},
    },
    law::{calendar::shanghai_date, code_set::CodeSet},
    notices::{
        draft::{Draft, MayRead, OnFile, Written},
        field::{MatterField, OpenField},
    },
};

/// Form 9: two originals and one for the file.
pub(super) fn letter(matter: &Matter<'_>, agreed: &Agreed) -> Vec<Written> {
    let is_on_site = |session: &&Session| session.mode == SessionMode::OnSite;
    let sessions = &agreed.mediation.sessions;
    let mediators = sessions.iter().rfind(is_on_site);
    let mediators = mediators.map_or_else(String::new, |session| names(&session.mediators));
    let facts = &matter.particulars.basis.content;
    vec![
        terms(matter.dispute(matter.to_complainant()), agreed)
            .say(OpenField::Facts, facts)
            .say(OpenField::Mediators, mediators.as_str())
            .finish(),
        terms(matter.dispute(matter.to_respondent()), agreed)
            .say(OpenField::Facts, facts)
            .say(OpenField::Mediators, mediators.as_str())
            .finish(),
        terms(matter.dispute(matter.on_file()), agreed)
            .say(OpenField::Facts, facts)
            .say(OpenField::Mediators, mediators)
            .finish(),
    ]
}

/// The record of an agreement without a letter, for the file.
pub(super) fn record(matter: &Matter<'_>, agreed: &Agreed) -> Vec<Written> {
    let last = agreed.mediation.sessions.last();
    let mediators = last.map_or_else(
        || "承办人员".to_owned(),
        |session| names(&session.mediators),
    );
    let at = last.map_or(agreed.at, |session| session.held_at);
    vec![
        terms(matter.dispute(matter.on_file()), agreed)
            .say(OpenField::Mediators, mediators)
            .say(OpenField::MediationAt, at)
            .finish(),
    ]
}

fn terms<A: MayRead<OpenField>>(draft: Draft<A>, agreed: &Agreed) -> Draft<A> {
    draft
        .say(OpenField::Agreement, &agreed.terms)
        .say(OpenField::Performance, "按协议内容履行")
        .say(OpenField::ConcludedOn, shanghai_date(agreed.at))
}

/// Form 8, to both sides.
pub(super) fn terminated(
    matter: &Matter<'_>,
    terminated: &Terminated,
) -> Result<Vec<Written>, AppError> {
    let reason = &terminated.decision.what;
    let code = reason.ground.to_string();
    let text = matter.ground(CodeSet::Termination, &code)?;
    let words = reason.words.as_ref().map(ToString::to_string);
    let words = words.unwrap_or_else(|| text.clone());
    let complainant = matter
        .about(matter.to_complainant())
        .say(OpenField::ReceivedOn, matter.received_on())
        .say(OpenField::GroundCode, code.as_str())
        .say(OpenField::GroundText, text.as_str())
        .say(OpenField::Reason, words.as_str())
        .say(OpenField::TerminatedOn, matter.today)
        .say(OpenField::BureauContact, matter.contact.as_str());
    let respondent = matter
        .about(matter.to_respondent())
        .say(OpenField::ReceivedOn, matter.received_on())
        .say(OpenField::GroundCode, code)
        .say(OpenField::GroundText, text)
        .say(OpenField::Reason, words)
        .say(OpenField::TerminatedOn, matter.today)
        .say(OpenField::BureauContact, matter.contact.as_str());
    Ok(vec![complainant.finish(), respondent.finish()])
}

/// That the file is closed, and when both sides were told.
pub(super) fn closed(matter: &Matter<'_>, closed: &Closed) -> Written {
    let (result, told) = match &closed.ending {
        Ending::Refused(_) => ("不予受理", None),
        Ending::Withdrawn(_) => ("受理前撤回", None),
        Ending::AgreedLetter(_) => ("达成调解协议，制作调解书", None),
        Ending::AgreedPerformed(_) => ("达成调解协议，未制作调解书", None),
        Ending::Terminated(terminated) => (
            "终止调解",
            terminated.complainant_told.zip(terminated.respondent_told),
        ),
    };
    let (one, other) = told.unzip();
    matter
        .on_file()
        .say(OpenField::Result, result)
        .say(OpenField::RecordedOn, matter.today)
        .say_if(
            OpenField::ToldComplainantOn,
            one.map(|told| shanghai_date(told.at)),
        )
        .say_if(
            OpenField::ToldRespondentOn,
            other.map(|told| shanghai_date(told.at)),
        )
        .finish()
}

/// That the file went to the archive.
pub(super) fn archived(matter: &Matter<'_>) -> Written {
    Draft::to(OnFile)
        .say(MatterField::MatterNumber, matter.complaint.number.as_str())
        .say(OpenField::RecordedOn, matter.today)
        .finish()
}

/// The referral of article 42, and a copy for the file.
pub(super) async fn police(matter: &Matter<'_>, work: &Work) -> Result<Vec<Written>, AppError> {
    let Some(referral) = &matter.complaint.side.police else {
        return Ok(Vec::new());
    };
    let head = store::accounts::name_zh(work, referral.by).await?;
    let basis = &matter.particulars.basis;
    let written = Draft::to(OnFile)
        .say(MatterField::MatterNumber, matter.complaint.number.as_str())
        .say(OpenField::ToBody, &referral.police)
        .say(MatterField::Conduct, &referral.conduct)
        .say(OpenField::Facts, &basis.content)
        .say(MatterField::Evidence, &basis.evidence)
        .say(OpenField::ApprovedBy, head)
        .say(OpenField::RecordedOn, matter.today)
        .finish();
    Ok(vec![written])
}
