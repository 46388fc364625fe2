//! Papers before the acceptance, and the acceptance and the refusal themselves.

use super::Matter;
use crate::{
    error::AppError,
    store::{self, places::Bureau},
    work::Work,
};
use liangxin_domain::{
    complaints::{
        consent::{ConsentMatter, Side},
        desk::{Dispatch, IdProof, Refused, Withdrawn},
        state::ComplaintState,
    },
    law::{calendar::shanghai_date, code_set::CodeSet},
    notices::{
        draft::{Draft, ToBureau, Written},
        field::{ContactField, MatterField, OpenField, PartyField},
        paper::Paper,
    },
};

/// Form 1, for the file, with what was ticked. What of it is taken back later stands in the record of consents.
pub(super) async fn form(matter: &Matter<'_>, work: &Work) -> Result<Written, AppError> {
    let given = store::complaints::consents_of(work, matter.complaint.id).await?;
    let ticked = |to: ConsentMatter| {
        let mut own = given.iter().filter(|it| it.side == Side::Complainant);
        match own.any(|it| it.matter == to) {
            true => "同意",
            false => "不同意",
        }
    };
    let basis = &matter.particulars.basis;
    let contact = matter.particulars.complainants.first();
    let contact = contact.map(|person| format!("{} {}", person.phone, person.address));
    Ok(matter
        .dispute(matter.on_file())
        .say_if(ContactField::ComplainantContact, contact)
        .say(
            OpenField::RespondentAddress,
            &matter.particulars.respondent.address,
        )
        .say(OpenField::Facts, &basis.content)
        .say(OpenField::Amount, format!("{}元", basis.amount))
        .say(OpenField::OccurredOn, shanghai_date(basis.occurred_at))
        .say(OpenField::ReceivedOn, matter.received_on())
        .say(
            OpenField::PublishConsent,
            ticked(ConsentMatter::Publication),
        )
        .say(
            OpenField::EntrustConsent,
            ticked(ConsentMatter::Entrustment),
        )
        .say_if(PartyField::Agent, matter.agent())
        .finish())
}

/// Form 3 to the competent unit, or the letter by which it gives the matter back.
pub(super) async fn between_bureaus(
    matter: &Matter<'_>,
    work: &Work,
    receiver: &Bureau,
    paper: Paper,
) -> Result<Written, AppError> {
    let from = match (&matter.complaint.state, work.actor().division()) {
        (ComplaintState::Dispatched(Dispatch { from, .. }), _) => *from,
        (_, Some(seat)) => *seat,
        (_, None) => matter.complaint.division,
    };
    let sender = store::places::competent_bureau(work, from).await?;
    let sender =
        sender.ok_or_else(|| AppError::internal("issue a paper", "no bureau is competent"))?;
    let draft = Draft::to(ToBureau(receiver.id))
        .say(OpenField::FromBureau, sender.name_zh)
        .say(OpenField::ToBureau, receiver.name_zh.as_str())
        .say(MatterField::MatterNumber, matter.complaint.number.as_str())
        .say(MatterField::Matter, "消费者投诉")
        .say(OpenField::RecordedOn, matter.today);
    Ok(match paper {
        Paper::DispatchLetter => matter
            .about(draft)
            .say(PartyField::ComplainantName, matter.names())
            .say(
                OpenField::DispatchBasis,
                "《市场监督管理投诉举报处理办法》第十三条、第四十一条",
            )
            .say(OpenField::ReceivedOn, matter.received_on())
            .finish(),
        _ => draft
            .say(OpenField::Reason, "本机关对该投诉不具有处理权限")
            .finish(),
    })
}

/// Form 4.
pub(super) fn prove(matter: &Matter<'_>, proof: &IdProof) -> Written {
    matter
        .to_complainant()
        .say(
            OpenField::ComplainantToken,
            matter.complaint.number.as_str(),
        )
        .say(OpenField::ProofDemanded, "投诉人的真实身份")
        .say(OpenField::ProofUntil, proof.until)
        .say(OpenField::ReceivedOn, matter.received_on())
        .say(OpenField::BureauContact, matter.contact.as_str())
        .finish()
}

/// That the identity was proved.
pub(super) fn proved(matter: &Matter<'_>) -> Written {
    matter
        .on_file()
        .say(OpenField::ProofGiven, "投诉人已证明真实身份")
        .say(OpenField::RecordedOn, matter.today)
        .finish()
}

/// Form 5, to both sides.
pub(super) fn accepted(matter: &Matter<'_>) -> Vec<Written> {
    let offer = "经双方当事人同意，由本机关调解，或者委托消费者协会、依法成立的其他调解组织调解";
    let (demand, contact) = (matter.demand(), matter.contact.as_str());
    let received_on = matter.received_on();
    let complainant = matter
        .about(matter.to_complainant())
        .say(OpenField::ReceivedOn, received_on)
        .say(OpenField::AcceptedOn, matter.today)
        .say(OpenField::Demand, demand.as_str())
        .say(OpenField::MediationOffer, offer)
        .say(OpenField::BureauContact, contact);
    let respondent = matter
        .about(matter.to_respondent())
        .say(OpenField::ReceivedOn, received_on)
        .say(OpenField::AcceptedOn, matter.today)
        .say(OpenField::Demand, demand.as_str())
        .say(OpenField::MediationOffer, offer)
        .say(OpenField::BureauContact, contact);
    vec![complainant.finish(), respondent.finish()]
}

/// Form 6, with ground, reason and the other routes that the form itself names.
pub(super) fn refused(matter: &Matter<'_>, refused: &Refused) -> Result<Written, AppError> {
    let code = refused.what.ground.to_string();
    let text = matter.ground(CodeSet::Refusal, &code)?;
    Ok(matter
        .about(matter.to_complainant())
        .say(OpenField::ReceivedOn, matter.received_on())
        .say(OpenField::GroundCode, code)
        .say(OpenField::GroundText, text)
        .say(OpenField::Reason, &refused.what.words)
        .say(OpenField::DecidedOn, matter.today)
        .say(OpenField::BureauContact, matter.contact.as_str())
        .finish())
}

/// The complainant took it back.
pub(super) fn withdrawn(matter: &Matter<'_>, withdrawn: &Withdrawn) -> Written {
    let words = withdrawn.words.as_ref().map(ToString::to_string);
    matter
        .on_file()
        .say(
            OpenField::Statement,
            words.unwrap_or_else(|| "投诉人在受理前撤回投诉".to_owned()),
        )
        .say(OpenField::RecordedOn, matter.today)
        .finish()
}
