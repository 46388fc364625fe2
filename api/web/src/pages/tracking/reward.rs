//! The words of the page for a reward.

use liangxin_domain::rewards::payout::MaskedPayee;
use liangxin_domain::rewards::reward::{Reward, RewardStateKind};

use super::super::layout::Bilingual;

/// The state of a reward as its reporter may know it, with the reason of the screening.
pub(super) fn words(reward: &Reward, payees: &[MaskedPayee]) -> Bilingual {
    let (zh, en) = state_words(reward.state.kind());
    let amount = reward
        .state
        .told()
        .map(|told| told.decision.graded.award.amount);
    let (sum_zh, sum_en) = amount.map_or_else(Default::default, |sum| {
        (
            format!("奖励{sum}元。"),
            format!(" The reward is {sum} yuan."),
        )
    });
    let (payee_zh, payee_en) = payee_words(reward, payees);
    let screening = &reward.screening;
    Bilingual::new(
        format!("{zh}{sum_zh}{payee_zh}{}", screening.reason_zh),
        format!("{en}{sum_en}{payee_en} {}", screening.reason_en),
    )
}

/// Where the money goes, masked, and until when one can rely on it that none has moved.
fn payee_words(reward: &Reward, payees: &[MaskedPayee]) -> (String, String) {
    let claim = match reward.state.claim() {
        Some(claim) if !payees.is_empty() => claim,
        _ => return Default::default(),
    };
    let each = payees
        .iter()
        .map(|payee| format!("{} {}", payee.account_name, payee.account_number));
    let each: Vec<_> = each.collect();
    let (zh, en) = (each.join("、"), each.join(", "));
    let (days_zh, days_en) = match claim.object_by {
        Some(last) if claim.handed.is_none() && claim.upheld.is_none() => (
            format!("{last}之前（含当日）不会付款；如非本人账户，请立即提出异议。"),
            format!(
                " Nothing is paid before {last} is over; if it is not your account, object at once."
            ),
        ),
        _ => Default::default(),
    };
    (
        format!("收款账户：{zh}。{days_zh}"),
        format!(" It goes to {en}.{days_en}"),
    )
}

const fn state_words(state: RewardStateKind) -> (&'static str, &'static str) {
    match state {
        RewardStateKind::NotInScope => ("不属于奖励范围。", "Not rewarded by the scheme."),
        RewardStateKind::Screening => ("由工作人员进一步审查。", "An officer will decide."),
        RewardStateKind::Ineligible => ("不符合奖励条件。", "The conditions are not met."),
        RewardStateKind::NotifiedEligible => ("可以申请举报奖励。", "You may ask for a reward."),
        RewardStateKind::Lapsed => ("申请期限已过。", "The time to ask for it is over."),
        RewardStateKind::Applied
        | RewardStateKind::Graded
        | RewardStateKind::FinancePending
        | RewardStateKind::Decided => ("申请正在办理。", "Your application is being dealt with."),
        RewardStateKind::NotifiedDecision => ("可以领取。", "You may claim it."),
        RewardStateKind::UnderReview => ("正在复核。", "The sum is being reviewed."),
        RewardStateKind::ClaimRecorded => (
            "有人到场申领，等待第二名工作人员核实。",
            "Somebody claimed it in person; a second officer has to approve it.",
        ),
        RewardStateKind::Claimed => ("已申领，等待支付。", "Claimed; payment will follow."),
        RewardStateKind::ClaimContested => (
            "您对收款人提出了异议，答复之前不会付款。",
            "You objected to the payee; nothing is paid before that is answered.",
        ),
        RewardStateKind::Forfeited => ("领取期限已过。", "The time to claim it is over."),
        RewardStateKind::Paid => ("已支付。", "Paid."),
        RewardStateKind::Recovering => ("正在追回。", "It is being asked back."),
        RewardStateKind::Recovered => ("已追回。", "It was paid back."),
        RewardStateKind::Revoked => ("奖励决定已撤销。", "The reward was revoked."),
    }
}
