use super::*;
use crate::law::provenance::Provenance;

fn yuan(yuan: i64) -> Fen {
    Fen::from_yuan(yuan).unwrap()
}

fn code(text: &str) -> ViolationCode {
    text.parse().unwrap()
}

/// E6: 800,000 of fines, of which 260,000 rest on the reported facts; gains and goods besides.
fn taken() -> Taken {
    Taken {
        charges: vec![
            (code("M-CHT-02"), yuan(260_000)),
            (code("M-QTY-01"), yuan(540_000)),
        ],
        fine: yuan(800_000),
        gains: yuan(2_000),
        goods: yuan(5_000),
        paid: yuan(100_000),
        ..Taken::default()
    }
}

fn rule(measure: BaseMeasure, confiscated_goods: ConfiscatedGoods) -> BaseRule {
    BaseRule {
        confiscated_goods,
        measure,
        provenance: Provenance::Proposal,
    }
}

fn imposed() -> BaseRule {
    rule(BaseMeasure::Imposed, ConfiscatedGoods::Counted)
}

fn only(violations: &[&str]) -> Rests {
    Rests {
        violations: Some(violations.iter().map(|text| code(text)).collect()),
        gains: false,
        goods: false,
        ..Rests::default()
    }
}

fn refused(taken: &Taken, rests: &Rests, rule: &BaseRule) -> (Code, Option<&'static str>) {
    let refusal = taken.matched(rests, rule).unwrap_err();
    (refusal.code, refusal.field)
}

#[test]
fn fines_gains_and_goods_come_from_the_decision_by_kind() {
    let matched = taken().matched(&Rests::default(), &imposed()).unwrap();
    let kinds = (matched.fines, matched.gains, matched.goods);
    assert_eq!(kinds, (yuan(800_000), yuan(2_000), yuan(5_000)));
    assert_eq!(taken().sum(ConfiscatedGoods::Counted), yuan(807_000));
    assert_eq!(taken().sum(ConfiscatedGoods::NotCounted), yuan(802_000));
}

#[test]
fn e6_only_the_violations_that_were_reported_count() {
    let matched = taken().matched(&only(&["M-CHT-02"]), &imposed()).unwrap();
    let kinds = (matched.fines, matched.gains, matched.goods);
    assert_eq!(kinds, (yuan(260_000), Fen::ZERO, Fen::ZERO));
    for wrong in [&["M-GAS-08"][..], &["M-CHT-02", "M-CHT-02"]] {
        let told = refused(&taken(), &only(wrong), &imposed());
        assert_eq!(told, (Code::RewardNotCharged, Some("violations")));
    }
}

#[test]
fn a_sum_that_the_decision_has_is_not_typed() {
    for rests in [Rests::default(), only(&["M-CHT-02"])] {
        let typed = Rests {
            fines: Some(yuan(1)),
            ..rests
        };
        let told = refused(&taken(), &typed, &imposed());
        assert_eq!(told, (Code::RewardSumOnRecord, Some("finesYuan")));
    }
    let typed = Rests {
        collected: Some(yuan(1)),
        ..Rests::default()
    };
    let collected = rule(BaseMeasure::Collected, ConfiscatedGoods::Counted);
    for rule in [imposed(), collected] {
        let told = refused(&taken(), &typed, &rule);
        assert_eq!(told, (Code::RewardSumOnRecord, Some("collectedYuan")));
    }
}

#[test]
fn a_lowered_decision_lowers_the_base() {
    let lowered = Taken {
        fine: yuan(300_000),
        ..taken()
    };
    let all = lowered.matched(&Rests::default(), &imposed()).unwrap();
    assert_eq!(all.fines, yuan(300_000));
    let both = only(&["M-CHT-02", "M-QTY-01"]);
    let both = lowered.matched(&both, &imposed()).unwrap();
    assert_eq!(both.fines, yuan(300_000));
}

#[test]
fn how_much_of_a_lowered_fine_is_left_for_some_violations_a_person_says() {
    let lowered = Taken {
        fine: yuan(300_000),
        ..taken()
    };
    let part = only(&["M-CHT-02"]);
    let told = refused(&lowered, &part, &imposed());
    assert_eq!(told, (Code::FieldRequired, Some("finesYuan")));
    let said = |sum| Rests {
        fines: Some(yuan(sum)),
        ..part.clone()
    };
    let told = refused(&lowered, &said(260_001), &imposed());
    assert_eq!(told, (Code::RewardSum, Some("finesYuan")));
    let matched = lowered.matched(&said(97_500), &imposed()).unwrap();
    assert_eq!(matched.fines, yuan(97_500));
}

#[test]
fn what_was_collected_comes_from_the_payments_of_the_case() {
    let counted = rule(BaseMeasure::Collected, ConfiscatedGoods::Counted);
    let all = taken().matched(&Rests::default(), &counted).unwrap();
    assert_eq!(all.collected, Some(yuan(105_000)));
    let money = rule(BaseMeasure::Collected, ConfiscatedGoods::NotCounted);
    let all = taken().matched(&Rests::default(), &money).unwrap();
    assert_eq!(all.collected, Some(yuan(100_000)));
    // A payment does not say for which violation it was.
    let part = only(&["M-CHT-02"]);
    let told = refused(&taken(), &part, &money);
    assert_eq!(told, (Code::FieldRequired, Some("collectedYuan")));
    let said = |sum| Rests {
        collected: Some(yuan(sum)),
        ..part.clone()
    };
    let told = refused(&taken(), &said(100_001), &money);
    assert_eq!(told, (Code::RewardSum, Some("collectedYuan")));
    let part = taken().matched(&said(60_000), &money).unwrap();
    assert_eq!(part.collected, Some(yuan(60_000)));
}

#[test]
fn an_annulled_decision_pays_nothing_unless_somebody_was_held_liable() {
    let annulled = Taken {
        is_annulled: true,
        ..Taken::default()
    };
    assert_eq!(annulled.stands().unwrap_err().code, Code::DecisionAnnulled);
    let liable = Taken {
        liable_on: "2026-11-20".parse().ok(),
        ..annulled
    };
    assert!(liable.stands().is_ok());
    assert!(taken().stands().is_ok());
}
