//! A fuel verdict in sentences for people. The wording is not a contract; the fields are.

use rust_decimal::Decimal;

use super::{FlowPointKind, FuelDispenser, SealState, SelfLock, Transducer, TypeMatch};
use crate::exact::Ratio;
use crate::given;
use crate::quantity::{Celsius, LitrePerMinute, Percent, Yuan, YuanPerLitre, plain};
use crate::series;
use crate::text::Text;
use crate::verdict::{CheckResult, Judged, Words};

/// Something the inspector looked at.
pub(super) struct Seen {
    pub check: &'static str,
    pub row: &'static str,
    pub result: CheckResult,
    pub words: Words,
}

impl Seen {
    fn new(check: &'static str, row: &'static str, result: CheckResult, said: [&str; 2]) -> Self {
        let [zh, en] = said;
        Self {
            check,
            row,
            result,
            words: Words::new(zh, en),
        }
    }
}

pub(super) fn seals(state: SealState) -> Seen {
    let (result, said) = match state {
        SealState::Intact => (CheckResult::Passes, ["铅封完好", "the seals are whole"]),
        SealState::Broken => (CheckResult::Fails, ["铅封被破坏", "a seal is broken"]),
        SealState::Missing => (CheckResult::Fails, ["铅封缺失", "a seal is missing"]),
        SealState::NotSeen => (
            CheckResult::NotAssessed,
            ["未查看铅（签）封", "the seals were not looked at"],
        ),
    };
    Seen::new("SEALS", "seals", result, said)
}

pub(super) fn self_lock(state: SelfLock) -> Seen {
    let (result, said) = match state {
        SelfLock::Active => (CheckResult::Passes, ["自锁功能有效", "the self-lock works"]),
        SelfLock::Inactive => (
            CheckResult::Fails,
            ["自锁功能失效", "the self-lock does not work"],
        ),
        SelfLock::NotSeen => (
            CheckResult::NotAssessed,
            ["未检查自锁功能", "the self-lock was not tried"],
        ),
    };
    Seen::new("SELF_LOCK", "self-lock", result, said)
}

pub(super) fn type_match(state: TypeMatch) -> Seen {
    let (result, said) = match state {
        TypeMatch::Matches => (
            CheckResult::Passes,
            [
                "关键零部件和软件与型式一致",
                "parts and software are those of the type",
            ],
        ),
        TypeMatch::Differs => (
            CheckResult::Fails,
            [
                "关键零部件或软件与型式不一致",
                "a part or the software is not that of the type",
            ],
        ),
        TypeMatch::NotSeen => (
            CheckResult::NotAssessed,
            [
                "未核对关键零部件和软件",
                "parts and software were not compared with the type",
            ],
        ),
    };
    Seen::new("TYPE_MATCH", "match with the type", result, said)
}

pub(super) fn transducer(state: Transducer) -> Seen {
    let (result, said) = match state {
        Transducer::Own => (
            CheckResult::Passes,
            [
                "每条油枪独立使用流量测量变换器",
                "every hose has a transducer of its own",
            ],
        ),
        Transducer::Shared => (
            CheckResult::Fails,
            ["多条油枪共用流量测量变换器", "hoses share a transducer"],
        ),
        Transducer::NotSeen => (
            CheckResult::NotAssessed,
            ["未核对流量测量变换器", "the transducers were not looked at"],
        ),
    };
    Seen::new("OWN_TRANSDUCER", "own transducer", result, said)
}

/// A point in English, as subjects name it.
pub(super) fn point_en(kind: FlowPointKind) -> &'static str {
    match kind {
        FlowPointKind::Q1 => "Q1",
        FlowPointKind::Q2 => "Q2",
        FlowPointKind::MinimumQuantity => "minimum quantity",
    }
}

fn point_zh(kind: FlowPointKind) -> &'static str {
    match kind {
        FlowPointKind::Q1 => "Q1",
        FlowPointKind::Q2 => "Q2",
        FlowPointKind::MinimumQuantity => "最小被测量",
    }
}

/// What people call a point of a nozzle.
pub(super) fn point_title(nozzle: &Text<60>, kind: FlowPointKind) -> Words {
    Words::new(
        format!("油枪{nozzle} {}", point_zh(kind)),
        format!("nozzle {nozzle}, {}", point_en(kind)),
    )
}

pub(super) fn flow_out_of_scope(flow: LitrePerMinute, most: LitrePerMinute) -> Words {
    Words::new(
        format!(
            "最大流量{}，超出本规程适用的{}",
            flow.amount().zh(),
            most.amount().zh()
        ),
        format!("the maximum flow is {flow}; the edition covers up to {most}"),
    )
}

pub(super) fn point_left_out(nozzle: &Text<60>, kind: FlowPointKind) -> Words {
    Words::new(
        format!("油枪{nozzle}未检流量点{}", point_zh(kind)),
        format!("nozzle {nozzle} was not tested at {}", point_en(kind)),
    )
}

pub(super) fn too_few_runs(title: &Words, runs: usize, least: u8) -> Words {
    Words::new(
        format!("{}：仅{runs}次测量，规程要求{least}次", title.zh),
        format!("{}: runs made: {runs} of {least}", title.en),
    )
}

/// Why a sum paid was not judged: the step is missing, or the edition asks for nothing.
pub(super) fn payment_not_examined(is_asked: bool) -> Words {
    if is_asked {
        Words::new(
            "缺少最小付费变量，未核查付费金额。",
            "The minimum payment step is missing; the sum paid was not examined.",
        )
    } else {
        Words::new(
            "当日有效规程对付费金额的要求未知，未核查。",
            "What the edition of the day asks of the sum paid is not known; it was not examined.",
        )
    }
}

pub(super) fn payment(
    (title, index): (&Words, usize),
    (price, paid): (YuanPerLitre, Yuan),
    volume: &str,
    judged: &Judged,
) -> Words {
    let (outcome_zh, outcome_en) = series::outcome(judged.passes);
    let (
        run,
        Judged {
            measured, limit, ..
        },
    ) = (index + 1, judged);
    let (price, paid) = (plain(price.value()), plain(paid.value()));
    Words::new(
        format!(
            "{}第{run}次：应付{price}元/升×{volume}升，显示{paid}元，差{}元，限值±{}元；{outcome_zh}",
            title.zh,
            measured.value(),
            limit.value()
        ),
        format!(
            "{}, run {run}: {price} yuan/L x {volume} L, shown {paid} yuan, off by {measured}, limit ±{limit}; {outcome_en}",
            title.en
        ),
    )
}

pub(super) fn not_in_edition(seen: &Words) -> Words {
    Words::new(
        format!("{}；当日有效的规程未作此要求。", seen.zh),
        format!("{}; the edition of the day does not ask for it.", seen.en),
    )
}

pub(super) fn temperatures_apart(most: Celsius) -> Words {
    Words::new(
        format!(
            "枪口与量器内油温之差大于{}，超出检定条件。",
            most.amount().zh()
        ),
        format!(
            "The oil at the nozzle and in the measure differ by more than {most}, outside the conditions of a test."
        ),
    )
}

pub(super) fn oil_hot(most: Celsius) -> Words {
    Words::new(
        format!("油温高于{}，超出检定条件。", most.amount().zh()),
        format!("The oil is above {most}, outside the conditions of a test."),
    )
}

pub(super) fn ambient_outside(from: Celsius, up_to: Celsius) -> Words {
    Words::new(
        format!(
            "环境温度不在{}至{}之间，超出检定条件。",
            from.amount().zh(),
            up_to.amount().zh()
        ),
        format!("The air is not within {from} to {up_to}, outside the conditions of a test."),
    )
}

pub(super) fn biased(share: Percent) -> Words {
    Words::new(
        format!(
            "所有油枪的平均误差均对消费者不利，且大于最大允许误差的{}；提示人为调偏的可能，本项并非法定要求。",
            share.amount().zh()
        ),
        format!(
            "The mean errors of all nozzles are to the customer's disadvantage by more than {share} of the limit: it may have been set so. A hint, not law."
        ),
    )
}

/// The station and the dispenser.
pub(super) fn who(input: &FuelDispenser) -> Words {
    let (station, dispenser) = (&input.station, &input.dispenser);
    Words::new(
        format!("{station}，{dispenser}"),
        format!("{station}, {dispenser}"),
    )
}

/// The mean error that is farthest out, each by its own limit (limit and mean in per cent).
pub(super) fn worst_mean(means: &[(Ratio, Ratio)]) -> Option<&Ratio> {
    let by_limit = |(limit, mean): &&(Ratio, Ratio), (other, rival): &&(Ratio, Ratio)| {
        (mean.abs() * other.clone()).cmp(&(rival.abs() * limit.clone()))
    };
    means.iter().max_by(by_limit).map(|(_, mean)| mean)
}

/// The mean error that is farthest out by its limit.
pub(super) fn greatest_mean(means: &[(Ratio, Ratio)]) -> Words {
    let worst = plain(
        worst_mean(means)
            .cloned()
            .unwrap_or_else(Ratio::zero)
            .shown(4)
            .0,
    );
    Words::new(
        format!("最大平均示值误差{worst}%"),
        format!("greatest mean error {worst} %"),
    )
}

/// What a customer gets by the worst mean error, of 20 L that are shown.
pub(super) fn given(worst: Option<&Ratio>) -> Words {
    let Some(worst) = worst else {
        return Words::new("没有做加油测量", "no filling was measured");
    };
    let missing = given::missing_of(Decimal::from(20_000), worst);
    let (zh, en) = given::less_or_more(&missing, 0, ("毫升", "mL"));
    Words::new(
        format!("最差的一处加20升{zh}"),
        format!("at its worst a filling of 20 L gives {en}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_that_is_told_is_the_one_farthest_out_by_its_own_limit() {
        let per_cent = |hundredths| Ratio::from(Decimal::new(hundredths, 2));
        // 0.35 % of 0.3 fails, 0.45 % of 0.5 at the minimum quantity does not.
        let means = [
            (per_cent(50), per_cent(45)),
            (per_cent(30), per_cent(-35)),
            (per_cent(30), per_cent(10)),
        ];
        assert_eq!(worst_mean(&means), Some(&per_cent(-35)));
    }
}
