//! What is asked of a reward from the grade on.

#![cfg(test)]

use super::*;

pub(super) fn consent() -> Asked {
    Asked::RecordFinanceConsent {
        number: line(),
        authority: line(),
        dated: shanghai_date(now()),
        sha256: Sha256::new([0; 32]),
    }
}

pub(super) fn decide() -> Asked {
    Asked::DecideReward { opinion: words() }
}

pub(super) fn object() -> Asked {
    Asked::ObjectToReward { words: words() }
}

pub(super) fn review(grading: Option<Proposal>) -> Asked {
    let opinion = words();
    Asked::ReviewReward { opinion, grading }
}

pub(super) fn extend() -> Asked {
    Asked::ExtendClaim { reason: words() }
}

pub(super) fn claim() -> Asked {
    let payee = Payee::parse("陈晚晴", "某银行", "6222000012345678").unwrap();
    Asked::ClaimReward {
        payees: vec![payee],
    }
}

pub(super) fn claim_in_person() -> Asked {
    let Asked::ClaimReward { payees } = claim() else {
        unreachable!()
    };
    let note = words();
    Asked::RecordClaim { note, payees }
}

pub(super) fn approve() -> Asked {
    Asked::ApproveClaim
}

pub(super) fn contest() -> Asked {
    Asked::ObjectToPayee { words: words() }
}

pub(super) fn void() -> Asked {
    Asked::VoidClaim { reason: words() }
}

pub(super) fn uphold() -> Asked {
    Asked::UpholdClaim { opinion: words() }
}

/// Whoever opened the payee checks it, with a ground against it or without.
pub(super) fn check_payee(ground: Option<Ground>) -> Asked {
    let against = |ground| Exclusion::new(ground, words(), None).unwrap();
    let appeal = ground.map(|_| words());
    let exclusions = ground.map(against).into_iter().collect();
    let note = words();
    let finding = PayeeFinding {
        exclusions,
        note,
        appeal,
    };
    Asked::CheckPayee { finding }
}

/// A claim whose payee nobody has anything against.
pub(super) fn claimed() -> Reward {
    let claimed = take(told(), claim()).unwrap().after;
    take(claimed, check_payee(None)).unwrap().after
}

pub(super) fn hand() -> Asked {
    Asked::HandToFinance {
        file: PaymentFileId::new(Uuid::nil()),
        number: "FK-430103-2026-000001".to_owned(),
    }
}

/// Money went on the first day on which it may.
pub(super) fn voucher(sum: Fen) -> Voucher {
    Voucher {
        number: line(),
        paid_on: shanghai_date(later()),
        sum,
    }
}

/// Pays what the small grade comes to.
pub(super) fn pay() -> Asked {
    let voucher = voucher(Fen::from_yuan(20_000).unwrap());
    Asked::RecordPayment { voucher }
}

pub(super) fn paid_back() -> Asked {
    let voucher = voucher(Fen::from_yuan(20_000).unwrap());
    Asked::RecordRecovery { voucher }
}

pub(super) fn reasons() -> Reasons {
    Reasons {
        reason: words(),
        appeal: words(),
    }
}

pub(super) fn revoke() -> Asked {
    let reasons = reasons();
    Asked::RevokeReward { reasons }
}

pub(super) fn recover() -> Asked {
    let reasons = reasons();
    Asked::RecoverReward { reasons }
}
