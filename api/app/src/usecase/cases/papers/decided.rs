//! The papers of the decision, and of the other ends of a case.

use super::{Fields, Matter, catalogue::enclosed, matter, name_if, served::receipt, words};
use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    cases::{
        case::Case,
        charge::Penalty,
        command::{Command, Setting},
        decide::Decision,
        ending::{Change, ChangeKind, ChangedBy},
        file::{Outcome, Round},
    },
    law::calendar::shanghai_date,
    money::Fen,
    notices::{
        draft::{Draft, OnFile, ToBody, Written},
        field::{MatterField, OpenField},
        said::written_out,
    },
    text::{Line, Narrative},
};

pub(super) async fn written(
    work: &Work,
    matter: &Matter<'_>,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    Ok(match command {
        Command::RecordConference {
            attendees,
            record,
            opinion,
        } => {
            let attendees: Vec<_> = attendees.iter().map(ToString::to_string).collect();
            matter.on_file(vec![
                (OpenField::Attendees, attendees.join("、").into()),
                (OpenField::Record, record.into()),
                (OpenField::Opinion, opinion.as_str().into()),
                (OpenField::RecordedOn, work.today().into()),
            ])
        }
        Command::DecideCase { .. } => decided(work, matter),
        Command::ServeDecision { delivery } => {
            let decision = matter.case.file.decision.as_ref();
            let served = decision.and_then(|decision| decision.served.as_ref());
            let on = served.map_or(work.today(), |served| served.on);
            matter.on_file(receipt("行政处罚决定书", delivery, on))
        }
        Command::ChangeDecision { .. } => match &matter.case.file.change {
            Some(change) => changed(work, matter, (setting, change)),
            None => Vec::new(),
        },
        Command::HandOver { .. } => handed_over(work, matter).await?,
        Command::CloseCase { reason } => acquitted(work, matter, reason),
        Command::TerminateCase { proof, reason } => {
            terminated(work, matter, (proof, reason)).await?
        }
        Command::TransferCase {
            receiver, reason, ..
        } => transferred(work, matter, (receiver, reason)).await?,
        _ => Vec::new(),
    })
}

impl Matter<'_> {
    /// What a notice and a decision say alike.
    pub(super) fn imposed(&self, penalty: &Penalty) -> Fields {
        let mut fields = self.charged(penalty);
        fields.push((OpenField::Proofs, self.proofs(penalty).into()));
        fields.push((OpenField::Discretion, words::discretion(penalty).into()));
        fields
    }

    /// Who the party is, what it did, and what follows from it.
    fn charged(&self, penalty: &Penalty) -> Fields {
        let mut fields = vec![
            (OpenField::Facts, self.facts.as_str().into()),
            (OpenField::Violation, self.violations(penalty).into()),
            (OpenField::Basis, self.basis(penalty).into()),
            (OpenField::Penalty, self.penalty(penalty).into()),
            (OpenField::Correction, words::correction(penalty).into()),
            (
                OpenField::RespondentAddress,
                self.party.address.as_str().into(),
            ),
        ];
        if let Some(code) = &self.party.credit_code {
            fields.push((OpenField::RespondentCode, code.as_str().into()));
        }
        fields
    }

    /// How to pay and what may be done against the decision, what the party said, and the answer to it.
    fn told(&self, decision: &Decision) -> Fields {
        let penalty = &decision.penalty;
        let is_owed = penalty.fine() > Fen::ZERO || penalty.taken_gains() > Fen::ZERO;
        let payment = if is_owed {
            "自收到本决定书之日起十五日内，到本机关指定的银行或者通过电子支付系统缴纳。"
        } else {
            "本决定没有需要缴纳的款项。"
        };
        let mut fields = vec![(OpenField::Payment, payment.into())];
        fields.extend(words::remedies(decision.suit));
        let rounds = self.case.file.rounds.iter();
        let statements: Vec<_> = rounds
            .flat_map(Round::statements)
            .map(ToString::to_string)
            .collect();
        if !statements.is_empty() {
            fields.push((OpenField::Defence, statements.join("\n").into()));
        }
        if let Some(review) = &decision.defence_review {
            fields.push((OpenField::DefenceReview, review.as_str().into()));
        }
        fields
    }
}

/// The penalty decision, for the party and for the file.
fn decided(work: &Work, matter: &Matter<'_>) -> Vec<Written> {
    let file = &matter.case.file;
    let Some(decision) = &file.decision else {
        return Vec::new();
    };
    let mut fields = matter.imposed(&decision.penalty);
    fields.push((OpenField::DecidedOn, work.today().into()));
    fields.extend(matter.told(decision));
    matter.for_both(fields)
}

/// What a review or a court made of the decision, and what was paid beyond what is left of it.
fn changed(
    work: &Work,
    matter: &Matter<'_>,
    (setting, change): (&Setting, &Change),
) -> Vec<Written> {
    let what = match change.kind {
        ChangeKind::Annulled => "撤销",
        ChangeKind::Lowered => "变更",
        ChangeKind::Corrected => "补正",
    };
    let what = format!("{}以{}{what}该决定。", change.body, change.document);
    let mut fields = vec![
        (OpenField::Change, what.into()),
        (OpenField::Reason, change.reason.as_str().into()),
        (OpenField::DecidedOn, change.on.into()),
    ];
    if change.kind == ChangeKind::Lowered {
        fields.push((OpenField::Penalty, words::left(matter.case).into()));
    }
    let over = matter.case.overpaid_by(work.today(), setting.paying);
    if over > Fen::ZERO {
        fields.push((OpenField::Sum, format!("{over}元").into()));
    }
    // What a review or a court decided is theirs: their own paper says what may be done against it and how long, and ours only
    // tells of it. What the bureau changes of its own accord is a new act of the bureau, and nobody else tells the party. Where a
    // slip of the pen is put right the days of the decision run on.
    let decision = matter.case.file.decision.as_ref();
    if change.kind != ChangeKind::Corrected
        && let (Some(ChangedBy::Bureau), Some(decision)) = (change.by, decision)
    {
        let remedies = words::objection("本通知", decision.suit);
        fields.push((OpenField::Remedies, remedies.into()));
    }
    // Of a slip in what did not reach the party yet it learns by the decision itself.
    let is_served = decision.is_some_and(|decision| decision.served.is_some());
    if change.kind == ChangeKind::Corrected && !is_served {
        return matter.on_file(fields);
    }
    matter.for_both(fields)
}

/// The decision that there is no penalty, for the party and for the file.
fn acquitted(work: &Work, matter: &Matter<'_>, reason: &Narrative) -> Vec<Written> {
    let file = &matter.case.file;
    let proposed = file.round().map(|round| &round.proposal.outcome);
    let Some(Outcome::NoPenalty {
        ground,
        reason: reported,
        corrected_on,
    }) = proposed
    else {
        return Vec::new();
    };
    let said = words::no_penalty(*ground, *corrected_on);
    let mut fields = vec![
        (OpenField::Facts, matter.facts.as_str().into()),
        (OpenField::Proofs, matter.shown(reported).into()),
        (OpenField::Basis, words::no_penalty_basis(*ground).into()),
        (OpenField::Reason, format!("{said}。{reason}").into()),
        (OpenField::DecidedOn, work.today().into()),
    ];
    let ordered = words::ordered(&file.orders);
    fields.extend(ordered.map(|ordered| (OpenField::Correction, ordered.into())));
    matter.for_both(fields)
}

/// The approval to end an investigation without a party. Nobody is there to be told, so that it is for the file alone; who
/// does business in the party's place is no party of the case for that, and stands there for whoever reads it.
async fn terminated(
    work: &Work,
    matter: &Matter<'_>,
    (proof, reason): (&Line, &Narrative),
) -> Result<Vec<Written>, AppError> {
    let ended = matter.party.ended.as_ref();
    let mut why = reason.to_string();
    if let Some(ended) = ended {
        why = format!("{why}\n登记册：自{}起终止经营", written_out(ended.on));
        if let Some(successor) = ended.successor {
            let successor = store::merchants::get(work, successor).await?;
            why = format!("{why}，现由{}经营", successor.name_zh);
        }
        why.push('。');
    }
    let by = name_if(work, work.actor().user()).await?;
    Ok(matter.on_file(vec![
        (OpenField::Reason, why.into()),
        (OpenField::Proofs, proof.as_str().into()),
        (OpenField::ApprovedBy, by.into()),
        (OpenField::DecidedOn, work.today().into()),
    ]))
}

/// The letter with which a case without a report goes to somebody else, with the papers of its main part; with a report it
/// is the report's.
async fn transferred(
    work: &Work,
    matter: &Matter<'_>,
    (receiver, reason): (&Line, &Narrative),
) -> Result<Vec<Written>, AppError> {
    let enclosed = enclosed(work, matter).await?;
    let number = matter.case.number.as_str();
    let to_body = Draft::to(ToBody)
        .say(MatterField::MatterNumber, number)
        .say(MatterField::Matter, matter.facts.as_str())
        .say(OpenField::ToBody, receiver.as_str())
        .say(OpenField::Reason, reason)
        .say(OpenField::RespondentName, matter.party.name_zh.as_str())
        .say(OpenField::Enclosures, enclosed.as_str())
        .say(OpenField::RecordedOn, work.today());
    let on_file = Draft::to(OnFile)
        .say(MatterField::MatterNumber, number)
        .say(MatterField::Matter, matter.facts.as_str())
        .say(OpenField::ToBody, receiver.as_str())
        .say(OpenField::Reason, reason)
        .say(OpenField::RespondentName, matter.party.name_zh.as_str())
        .say(OpenField::Enclosures, enclosed.as_str())
        .say(OpenField::RecordedOn, work.today());
    Ok(vec![to_body.finish(), on_file.finish()])
}

/// The letter with which a suspected crime goes to the police, with its five enclosures.
async fn handed_over(work: &Work, matter: &Matter<'_>) -> Result<Vec<Written>, AppError> {
    let Some(referral) = matter.case.file.referral() else {
        return Ok(Vec::new());
    };
    let Some(given) = &referral.handed_over else {
        return Ok(Vec::new());
    };
    let approver = referral.decided.as_ref().map(|decided| decided.made.by);
    let approver = name_if(work, approver).await?;
    let fields = vec![
        (OpenField::Facts, (&referral.reported.facts).into()),
        (OpenField::ToBody, given.to.as_str().into()),
        (
            OpenField::Enclosures,
            words::enclosed(&referral.reported, given).into(),
        ),
        (OpenField::ApprovedBy, approver.into()),
        (OpenField::DecidedOn, work.today().into()),
    ];
    let mut written = vec![matter.write(Draft::to(ToBody), fields.clone())];
    written.extend(matter.on_file(fields));
    Ok(written)
}

/// The decision on the spot, for the party and for the file.
pub(in crate::usecase::cases) async fn imposed(
    app: &App,
    work: &Work,
    case: &Case,
) -> Result<Vec<Written>, AppError> {
    let matter = matter(app, work, case).await?;
    let Some(decision) = &case.file.decision else {
        return Ok(Vec::new());
    };
    let team: Vec<_> = case.investigators.iter().collect();
    let people = store::accounts::list_named(work, &team).await?;
    let officers = case.investigators.iter().filter_map(|id| people.get(&id));
    let officers = officers.map(|account| {
        let certificate = account.certificate_no.as_deref().unwrap_or_default();
        format!("{}（{certificate}）", account.name_zh)
    });
    let officers: Vec<_> = officers.collect();
    let mut fields = matter.charged(&decision.penalty);
    let place = matter.party.address.as_str();
    fields.push((OpenField::PenaltyPlace, place.into()));
    fields.push((OpenField::EnforcedBy, officers.join("、").into()));
    let decided_on = shanghai_date(decision.made.at);
    fields.push((OpenField::DecidedOn, decided_on.into()));
    fields.extend(matter.told(decision));
    Ok(matter.for_both(fields))
}
