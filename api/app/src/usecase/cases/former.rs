//! What the register holds against the party of a case, before and after it.

use crate::{error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    cases::{
        case::Case,
        charge::Penalty,
        command::Command,
        file::{NoPenaltyGround, Round},
    },
};

/// What was decided in the case in whose place this one comes, where a penalty is to be proposed anew.
pub(super) async fn former_penalty(
    work: &Work,
    (case, command): (&Case, &Command),
) -> Result<Option<Penalty>, AppError> {
    let (Command::ProposePenalty { .. }, Some(former)) = (command, case.basis.told.in_place_of)
    else {
        return Ok(None);
    };
    let former = store::cases::get(work, &Actor::System, former).await?;
    Ok(former.file.decision.map(|decision| decision.penalty))
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
