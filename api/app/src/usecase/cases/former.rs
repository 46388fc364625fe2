//! What the register holds against the party of a case, before and after it, and in whose place it comes.

use super::Filing;
use crate::{
    caller::Caller,
    error::AppError,
    store,
    usecase::inspections::{is_replaced, looked_at_again},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    cases::{
        basis::Basis,
        case::Case,
        charge::Penalty,
        command::Command,
        file::{NoPenaltyGround, Round},
        same_act::FinedElsewhere,
        weight::Weight,
    },
    id::{CaseId, MerchantId},
    inspections::visit::Visit,
    refusal::{Code, Refusal},
};

/// What the decision weighed last in whose place this case comes, where a penalty is to be proposed anew.
pub(super) async fn former_weight(
    work: &Work,
    (case, command): (&Case, &Command),
) -> Result<Option<Weight>, AppError> {
    let (Command::ProposePenalty { .. }, Some(former)) = (command, case.basis.told.in_place_of)
    else {
        return Ok(None);
    };
    let former = store::cases::get(work, &Actor::System, former).await?;
    Ok(former.last_weight())
}

/// What other cases fine the party of a case for, where a penalty is proposed or decided.
pub(super) async fn fined_elsewhere(
    work: &Work,
    (case, command): (&Case, &Command),
) -> Result<Vec<FinedElsewhere>, AppError> {
    match command {
        Command::ProposePenalty { .. } | Command::DecideCase { .. } => {
            fined_by_others(work, (case.merchant, case.id)).await
        }
        _ => Ok(Vec::new()),
    }
}

/// What other cases fine a party for.
pub(super) async fn fined_by_others(
    work: &Work,
    (party, own): (MerchantId, CaseId),
) -> Result<Vec<FinedElsewhere>, AppError> {
    let cases = store::cases::list_against(work, party).await?;
    let others = cases.iter().filter(|other| other.id != own);
    Ok(others.flat_map(Case::fines).collect())
}

/// Whether there is another matter of the same day or before in which the party did something wrong, where it is to be
/// spared for a first offence. Which violations are of one kind nobody has said, so that any counts.
pub(super) async fn has_earlier_offence(
    work: &Work,
    (case, command): (&Case, &Command),
) -> Result<bool, AppError> {
    let ground = match command {
        Command::ProposeNoPenalty { ground, .. } => Some(*ground),
        Command::CloseCase { .. } => case.file.round().and_then(Round::ground),
        _ => None,
    };
    if ground != Some(NoPenaltyGround::FirstOffence) {
        return Ok(false);
    }
    let cases = store::cases::list_against(work, case.merchant).await?;
    let is_earlier = |other: &&Case| {
        other.id != case.id && other.basis.told.conduct_on <= case.basis.told.conduct_on
    };
    Ok(cases.iter().filter(is_earlier).any(Case::shows_offence))
}

/// Whether the party was punished again for one of the violations of the case.
pub(super) async fn has_new_penalty(work: &Work, case: &Case) -> Result<bool, AppError> {
    let Some(decision) = &case.file.decision else {
        return Ok(false);
    };
    let told = store::cases::list_told(work, case.merchant).await?;
    let codes = |penalty: &Penalty| -> Vec<_> {
        let charges = penalty.charges.iter();
        charges.map(|charge| charge.violation.clone()).collect()
    };
    let own = codes(&decision.penalty);
    Ok(told.iter().any(|other| {
        let later = other.file.decision.as_ref();
        let is_later = later.is_some_and(|later| later.made.at > decision.made.at);
        let again = other
            .standing()
            .is_some_and(|penalty| codes(penalty).iter().any(|code| own.contains(code)));
        other.id != case.id && is_later && again
    }))
}

/// The annulled case in whose place a new one comes: that of the same visit or report, else the one that its visit looks at
/// again, or that is named where nobody visited.
pub(super) async fn in_place_of(
    work: &Work,
    caller: &Caller,
    (filing, party): (&Filing, MerchantId),
    (basis, visit): (&Basis, Option<&Visit>),
) -> Result<Option<CaseId>, AppError> {
    let former = match (annulled_before(work, (basis, party)).await?, visit) {
        (Some(before), _) => Some(before),
        (None, Some(visit)) => {
            let former = looked_at_again(work, visit).await?;
            // One that has a report goes on with that report alone.
            let former = former.filter(|former| former.basis.report.is_none());
            former.map(|former| former.id)
        }
        (None, None) => named_before(work, caller, (filing, party)).await?,
    };
    if filing.in_place_of.is_some() && filing.in_place_of != former {
        return Err(Refusal::on(Code::FieldFormat, "inPlaceOfId").into());
    }
    Ok(former)
}

/// The last case of the same visit, else of the same report, against the same party whose decision was annulled. What was found
/// is not lost with it, and is proposed, audited, announced and decided anew; that another one stands the insertion and the
/// report refuse. A lead may turn out to be about somebody else, whom nothing was decided against.
async fn annulled_before(
    work: &Work,
    (basis, party): (&Basis, MerchantId),
) -> Result<Option<CaseId>, AppError> {
    let last = |cases: Vec<Case>| {
        let is_annulled = |case: &&Case| case.merchant == party && case.file.is_annulled();
        let annulled = cases.iter().filter(is_annulled);
        let last = annulled.max_by_key(|case| case.filed_at);
        last.map(|case| case.id)
    };
    if let Some(visit) = basis.visit {
        let found = last(store::cases::list_on_visit(work, visit).await?);
        if found.is_some() {
            return Ok(found);
        }
    }
    let Some(report) = basis.report else {
        return Ok(None);
    };
    Ok(last(store::cases::list_on_report(work, report).await?))
}

/// The annulled case of the same party that is named for a matter that nobody visited. A visit or a report says by itself which
/// one was filed on it.
async fn named_before(
    work: &Work,
    caller: &Caller,
    (filing, party): (&Filing, MerchantId),
) -> Result<Option<CaseId>, AppError> {
    let Some(named) = filing.in_place_of else {
        return Ok(None);
    };
    let former = store::cases::get(work, &caller.actor, named).await?;
    if former.merchant != party {
        return Err(Refusal::on(Code::OtherMerchant, "inPlaceOfId").into());
    }
    if !former.file.is_annulled() {
        let state = former.state_kind().to_string();
        return Err(Refusal::of(Code::WrongState).with(state).into());
    }
    let knows = former.basis.visit.is_some() || former.basis.report.is_some();
    Ok((!knows).then_some(named))
}

/// One case comes in the place of an annulled one; whoever files another one at the same moment reads it anew first.
pub(super) async fn replace(work: &Work, former: CaseId) -> Result<(), AppError> {
    let former = store::cases::get(work, &Actor::System, former).await?;
    if is_replaced(work, &former).await? {
        return Err(Refusal::of(Code::Stale).into());
    }
    store::cases::touch(work, &former).await
}
