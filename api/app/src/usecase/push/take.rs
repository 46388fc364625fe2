//! Taking one write from the field, by the use case of its command and no other.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    usecase::{
        evidence::withdraw_photo,
        step::{self, Written},
    },
};
use liangxin_domain::{
    cases::case::Case,
    evidence::withdrawal::PhotoWrite,
    inspections::visit::Visit,
    push::item::{Asked, Item},
    refusal::{Class, Code, Refusal},
};

/// Takes a write.
pub(super) async fn take(app: &App, caller: &Caller, item: Item) -> Result<Written, AppError> {
    match item.asked {
        Asked::Visit(visit, command) => {
            Box::pin(step::take::<Visit>(
                app, caller, item.write, visit, *command,
            ))
            .await
        }
        Asked::Case(case, command) => {
            Box::pin(step::take::<Case>(app, caller, item.write, case, *command)).await
        }
        Asked::Photo(photo, write) => {
            let PhotoWrite::WithdrawPhoto { reason } = *write;
            let withdrawn = withdraw_photo(app, caller, item.write, (photo, reason), None);
            let (_, written) = Box::pin(withdrawn).await?;
            Ok(written)
        }
    }
}

/// Whether the same write may be taken a moment later: somebody else changed the same thing meanwhile, or the refusal says so.
pub(super) fn is_for_now(refusal: &Refusal) -> bool {
    refusal.code == Code::Stale || refusal.code.class() == Class::Retry
}

/// What is told of such a refusal: a change in between is for ever where it is told by itself, and none of the phone's to see to.
pub(super) fn told_for_now(refusal: Refusal) -> Refusal {
    match refusal.code {
        Code::Stale => Refusal::of(Code::Unavailable),
        _ => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_sent_again_is_told_by_a_code_that_says_so() {
        for code in [Code::Stale, Code::Unavailable, Code::HeldItemsFull] {
            let refusal = Refusal::of(code);
            assert!(is_for_now(&refusal), "{code}");
            assert_eq!(told_for_now(refusal).code.class(), Class::Retry, "{code}");
        }
        assert!(!is_for_now(&Refusal::of(Code::FindingVoid)));
    }
}
