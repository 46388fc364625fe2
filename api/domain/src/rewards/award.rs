//! The sum of a reward, to the fen, in the one order that the scheme gives: share of the base, floor,
//! the officer's adjustment, the insider's uplift, and at last what the cap leaves. The floor comes
//! before the cap, the uplift too, and the cap is that of the case, not of the person.
//!
//! Source: 国市监稽规〔2021〕4号, articles 11 to 13. Halves of a fen are rounded up, where the rule is
//! silent. Every answer explains itself, step by step, with every number.

use serde::{Deserialize, Serialize};

use super::scheme::{
    BaseMeasure, ConfiscatedGoods, FloorAfterAdjustment, RewardGrade, RewardTerms, SeveralReporters,
};
use super::screening::Step;
use crate::money::{BasisPoints, Fen};
use crate::refusal::{Code, Refusal};

/// What the case took from the offender as far as it rests on the reported facts; other facts that
/// were found do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// Fines.
    pub fines: Fen,
    /// Confiscated money.
    pub gains: Fen,
    /// The value of confiscated goods.
    pub goods: Fen,
    /// What was collected of all that, where a scheme counts what was collected.
    pub collected: Option<Fen>,
}

/// What an officer asks for, with what the case says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grading {
    /// The grade.
    pub grade: u8,
    /// What rests on the reported facts.
    pub matched: Matched,
    /// A sum that weighs the value of the goods and the effect on society; the reason stands in
    /// the record of the grading. Without money in the case there must be one.
    pub adjusted_to: Option<Fen>,
    /// The uplift of an insider.
    pub uplift: Option<BasisPoints>,
}

/// What others were awarded for the same case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Others {
    /// All of it.
    pub sum: Fen,
    /// The greatest single sum among it.
    pub best: Fen,
}

words! {
    /// Whether the bureau may decide alone.
    pub enum Finance {
        /// It may.
        NotNeeded,
        /// The finance department of the same level decides too.
        Needed,
    }
}

/// A sum with everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// What the share was taken of.
    pub base: Fen,
    /// What is paid.
    pub amount: Fen,
    /// Whether the finance department decides too.
    pub finance: Finance,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// Works out the sum.
pub fn work_out(terms: &RewardTerms, grading: &Grading, others: Others) -> Result<Award, Refusal> {
    let grade = terms
        .grade(grading.grade)
        .ok_or(Refusal::on(Code::OutOfRange, "grade"))?;
    let mut steps = Vec::new();
    let base = base(terms, &grading.matched, &mut steps)?;
    let floored = share(grade, base, &mut steps)?;
    let adjusted = adjust(terms, grade, (base, floored), (grading, &mut steps))?;
    let uplifted = uplift(terms, adjusted, grading.uplift, &mut steps)?;
    let amount = cap(terms, uplifted, others, &mut steps)?;
    let finance = if amount >= terms.finance_threshold || grading.uplift.is_some() {
        Finance::Needed
    } else {
        Finance::NotNeeded
    };
    steps.push(finance_step(terms, grading.uplift, (amount, finance)));
    Ok(Award {
        base,
        amount,
        finance,
        steps,
    })
}

fn base(terms: &RewardTerms, matched: &Matched, steps: &mut Vec<Step>) -> Result<Fen, Refusal> {
    let Matched {
        fines,
        gains,
        goods,
        collected,
    } = *matched;
    let money = sum(fines, gains)?;
    let (imposed, goods_zh, goods_en) = match terms.base.confiscated_goods {
        ConfiscatedGoods::Counted => (sum(money, goods)?, "计入", "count"),
        ConfiscatedGoods::NotCounted => (money, "不计入", "do not count"),
    };
    steps.push(Step {
        text_zh: format!(
            "与举报事实对应的罚款{fines}元、没收违法所得{gains}元、没收物品价值{goods}元（物品{goods_zh}），合计{imposed}元。"
        ),
        text_en: format!(
            "Resting on the reported facts: fines {fines} yuan, confiscated gains {gains} yuan, confiscated goods worth {goods} yuan (goods {goods_en}); together {imposed} yuan."
        ),
    });
    if terms.base.measure == BaseMeasure::Imposed {
        return Ok(imposed);
    }
    let collected = collected.ok_or(Refusal::on(Code::FieldRequired, "collectedYuan"))?;
    if collected > imposed {
        return Err(Refusal::on(Code::RewardSum, "collectedYuan").with(format!("≤ {imposed}")));
    }
    steps.push(Step {
        text_zh: format!("按实际收缴计算：{collected}元。"),
        text_en: format!("What was collected counts: {collected} yuan."),
    });
    Ok(collected)
}

/// The share of the base, never below the floor of the grade.
fn share(grade: &RewardGrade, base: Fen, steps: &mut Vec<Step>) -> Result<Fen, Refusal> {
    let RewardGrade {
        number,
        rate,
        floor,
        ..
    } = grade;
    if base == Fen::ZERO {
        steps.push(Step {
            text_zh: format!("本案没有可计算的罚没款；{number}级奖励不低于{floor}元，由工作人员提出数额。"),
            text_en: format!(
                "There is no sum to take a share of; grade {number} is at least {floor} yuan, and an officer proposes the sum."
            ),
        });
        return Ok(*floor);
    }
    let raw = part(base, rate.as_u32())?;
    let floored = raw.max(*floor);
    steps.push(Step {
        text_zh: format!("{number}级：{base}元 × {rate} = {raw}元；不低于{floor}元，计{floored}元。"),
        text_en: format!(
            "Grade {number}: {base} yuan × {rate} = {raw} yuan; at least {floor} yuan, so {floored} yuan."
        ),
    });
    Ok(floored)
}

fn adjust(
    terms: &RewardTerms,
    grade: &RewardGrade,
    (base, floored): (Fen, Fen),
    (grading, steps): (&Grading, &mut Vec<Step>),
) -> Result<Fen, Refusal> {
    let Some(adjusted) = grading.adjusted_to else {
        return if base == Fen::ZERO {
            Err(Refusal::on(Code::FieldRequired, "adjustedToYuan"))
        } else {
            Ok(floored)
        };
    };
    let is_floor_bound =
        base == Fen::ZERO || terms.floor_after_adjustment == FloorAfterAdjustment::Binds;
    if is_floor_bound && adjusted < grade.floor {
        return Err(
            Refusal::on(Code::RewardSum, "adjustedToYuan").with(format!("≥ {}", grade.floor))
        );
    }
    steps.push(Step {
        text_zh: format!("综合考虑货值和社会影响，由{floored}元调整为{adjusted}元。"),
        text_en: format!(
            "Weighing the value of the goods and the effect on society, adjusted from {floored} to {adjusted} yuan."
        ),
    });
    Ok(adjusted)
}

fn uplift(
    terms: &RewardTerms,
    before: Fen,
    rate: Option<BasisPoints>,
    steps: &mut Vec<Step>,
) -> Result<Fen, Refusal> {
    let Some(rate) = rate else { return Ok(before) };
    let most = terms
        .insider_uplift
        .as_ref()
        .map_or(0, |uplift| uplift.most_basis_points);
    if rate.as_u32() > most {
        return Err(Refusal::on(Code::RewardSum, "insiderUpliftBasisPoints")
            .with(format!("≤ {}", BasisPoints::new(most))));
    }
    let raised = sum(before, part(before, rate.as_u32())?)?;
    steps.push(Step {
        text_zh: format!("内部举报人经同级财政部门同意提高{rate}：{before}元增至{raised}元。"),
        text_en: format!(
            "Raised by {rate} for an insider with the finance department's consent: from {before} to {raised} yuan."
        ),
    });
    Ok(raised)
}

/// What the case still has to give: the cap, and where a scheme says so the best single sum, less
/// what others were awarded.
fn cap(
    terms: &RewardTerms,
    before: Fen,
    others: Others,
    steps: &mut Vec<Step>,
) -> Result<Fen, Refusal> {
    let left = less(terms.cap, others.sum);
    let amount = before.min(left);
    steps.push(Step {
        text_zh: format!(
            "每案上限{}元，本案已决定奖励{}元，尚余{left}元；计{amount}元。",
            terms.cap, others.sum
        ),
        text_en: format!(
            "The cap of a case is {} yuan, {} yuan were awarded for it before, {left} yuan are left; so {amount} yuan.",
            terms.cap, others.sum
        ),
    });
    if others.sum == Fen::ZERO || terms.several_reporters == SeveralReporters::UpToCap {
        return Ok(amount);
    }
    let best = others.best.max(before);
    let left = less(best, others.sum);
    let shared = amount.min(left);
    steps.push(Step {
        text_zh: format!(
            "多人分别举报的，奖励总额不超过其中最高的一份{best}元；他人已得{}元，计{shared}元。",
            others.sum
        ),
        text_en: format!(
            "Several separate reporters together get no more than the best single sum, {best} yuan; others were awarded {} yuan, so {shared} yuan.",
            others.sum
        ),
    });
    Ok(shared)
}

fn finance_step(
    terms: &RewardTerms,
    uplift: Option<BasisPoints>,
    (amount, finance): (Fen, Finance),
) -> Step {
    let threshold = terms.finance_threshold;
    match finance {
        Finance::NotNeeded => Step {
            text_zh: format!("{amount}元未达到{threshold}元，由市场监管部门决定。"),
            text_en: format!("{amount} yuan are below {threshold} yuan: the bureau decides alone."),
        },
        Finance::Needed if uplift.is_some() => Step {
            text_zh: "提高内部举报人奖励须先经同级财政部门同意。".to_owned(),
            text_en: "Raising an insider's reward needs the finance department's consent first."
                .to_owned(),
        },
        Finance::Needed => Step {
            text_zh: format!("{amount}元达到{threshold}元，须与同级财政部门共同决定。"),
            text_en: format!(
                "{amount} yuan reach {threshold} yuan: decided together with the finance department."
            ),
        },
    }
}

/// A part in basis points, halves of a fen up.
fn part(of: Fen, basis_points: u32) -> Result<Fen, Refusal> {
    let product = i128::from(of.as_i64()) * i128::from(basis_points);
    i64::try_from((product + 5_000) / 10_000)
        .ok()
        .and_then(|fen| Fen::new(fen).ok())
        .ok_or(Refusal::of(Code::OutOfRange))
}

fn sum(one: Fen, other: Fen) -> Result<Fen, Refusal> {
    one.checked_add(other).ok_or(Refusal::of(Code::OutOfRange))
}

fn less(whole: Fen, taken: Fen) -> Fen {
    Fen::new(whole.as_i64().saturating_sub(taken.as_i64()).max(0)).unwrap_or(Fen::ZERO)
}

#[cfg(test)]
mod tests;
