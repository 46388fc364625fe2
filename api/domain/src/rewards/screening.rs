//! Whether a closed case is in the scope of a reward scheme, with the reasons a reporter is told.
//!
//! Only a major violation is in scope: suspected crime, stop of production, closure, loss of a
//! licence, or a larger amount of fines and confiscations (国市监稽规〔2021〕4号, article 2). Whether
//! the reporter may have the reward, its grade and its sum come after this and are not decided
//! here.

mod fact;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use fact::{MajorFact, MajorFinding, crime_on_record, facts_of, no_crime_by_word};

use super::scheme::{LargerAmount, RewardScheme, ScopeTest};
use crate::money::Fen;

words! {
    /// Who reported. An anonymous reporter counts as a person until a claim shows otherwise.
    pub enum ReporterKind {
        /// A natural person (自然人).
        NaturalPerson,
        /// A legal person or another organisation.
        Organisation,
    }
}

/// What a closed case shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    /// Fines and confiscations, with the worth of goods or without, as the scheme counts them.
    pub sanction: Fen,
    /// What else came of the case.
    pub major_facts: BTreeSet<MajorFact>,
    /// Who reported it.
    pub reporter: ReporterKind,
}

words! {
    /// What screening said.
    pub enum ScreeningOutcome as "ScreeningOutcome" {
        /// The scheme does not reward this.
        NotInScope,
        /// A major violation: the reporter may ask for the reward.
        Eligible,
        /// The law data cannot tell; a head has to.
        NeedsOfficer,
    }

    /// Why a report is rewarded or not.
    pub enum ScreeningReason as "ScreeningReason" in "SCREAMING_SNAKE_CASE" {
        /// The scheme rewards natural persons only.
        ReporterNotNaturalPerson,
        /// Neither the amount nor another fact makes the violation major.
        NotMajorViolation,
        /// Somebody was held criminally liable; that is a kind of its own.
        MajorByCrime,
        /// Major by stop of production, closure or loss of licence; of which kind, a head has to say.
        MajorByConsequence,
        /// Major by the amount of fines and confiscations; of which kind, a head has to say.
        MajorByAmount,
        /// Between the lowest and the highest threshold known elsewhere.
        ThresholdNotKnown,
        /// A local scheme rewards every penalty from a sum on, and this is one.
        PenaltyInScope,
        /// The penalty is below the least sum of a local scheme.
        PenaltyTooSmall,
    }
}

/// One thing that was looked at, in the order of looking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// In Chinese.
    pub text_zh: String,
    /// In English.
    pub text_en: String,
}

/// The outcome with everything needed to explain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// What screening says.
    pub outcome: ScreeningOutcome,
    /// Why, as a code.
    pub reason_code: ScreeningReason,
    /// Why, in Chinese.
    pub reason_zh: String,
    /// Why, in English.
    pub reason_en: String,
    /// Id of the scheme.
    pub scheme_id: String,
    /// Edition of the scheme.
    pub edition: String,
    /// What was looked at.
    pub steps: Vec<Step>,
}

/// Screens a closed case against the scheme that applies to it.
#[must_use]
pub fn screen(scheme: &RewardScheme, facts: &CaseFacts) -> Screening {
    let mut steps = vec![reporter_step(facts.reporter)];
    let reason_code = judge(scheme, facts, &mut steps);
    let (reason_zh, reason_en) = explain(reason_code, scheme);
    Screening {
        outcome: outcome_of(reason_code),
        reason_code,
        reason_zh,
        reason_en,
        scheme_id: scheme.id.clone(),
        edition: scheme.edition.clone(),
        steps,
    }
}

fn judge(scheme: &RewardScheme, facts: &CaseFacts, steps: &mut Vec<Step>) -> ScreeningReason {
    if facts.reporter == ReporterKind::Organisation {
        return ScreeningReason::ReporterNotNaturalPerson;
    }
    let larger_amount = match &scheme.scope {
        ScopeTest::EveryPenalty { least } => {
            steps.push(penalty_step(facts.sanction, *least));
            return if facts.sanction >= *least {
                ScreeningReason::PenaltyInScope
            } else {
                ScreeningReason::PenaltyTooSmall
            };
        }
        ScopeTest::MajorViolation { larger_amount } => larger_amount,
    };
    steps.push(consequence_step(&facts.major_facts));
    if facts.major_facts.contains(&MajorFact::CrimeSuspected) {
        return ScreeningReason::MajorByCrime;
    }
    let reason = if facts.major_facts.is_empty() {
        steps.push(amount_step(facts.sanction, larger_amount));
        by_amount(facts.sanction, larger_amount)
    } else {
        ScreeningReason::MajorByConsequence
    };
    if outcome_of(reason) == ScreeningOutcome::NeedsOfficer {
        steps.push(kind_step());
    }
    reason
}

/// Screens by the general scheme and, if that does not reward the case, by the local one that a
/// division adopted for such cases. What the general scheme said stays among the steps.
#[must_use]
pub fn screen_with_supplement(
    (general, facts): (&RewardScheme, &CaseFacts),
    supplement: Option<(&RewardScheme, CaseFacts)>,
) -> Screening {
    let first = screen(general, facts);
    let Some((supplement, facts)) = supplement else {
        return first;
    };
    if first.reason_code != ScreeningReason::NotMajorViolation {
        return first;
    }
    let second = screen(supplement, &facts);
    let told = Step {
        text_zh: first.reason_zh,
        text_en: first.reason_en,
    };
    let steps = [first.steps, vec![told], second.steps].concat();
    Screening { steps, ..second }
}

/// A threshold includes its own number (Order 2, article 84, on "above").
fn by_amount(sanction: Fen, larger_amount: &LargerAmount) -> ScreeningReason {
    let (surely_below, surely_major) = match larger_amount {
        LargerAmount::Known(known) => (*known, *known),
        LargerAmount::Unknown {
            lowest_elsewhere,
            highest_elsewhere,
            ..
        } => (*lowest_elsewhere, *highest_elsewhere),
    };
    if sanction >= surely_major {
        ScreeningReason::MajorByAmount
    } else if sanction < surely_below {
        ScreeningReason::NotMajorViolation
    } else {
        ScreeningReason::ThresholdNotKnown
    }
}

fn outcome_of(reason: ScreeningReason) -> ScreeningOutcome {
    match reason {
        ScreeningReason::ReporterNotNaturalPerson
        | ScreeningReason::NotMajorViolation
        | ScreeningReason::PenaltyTooSmall => ScreeningOutcome::NotInScope,
        ScreeningReason::MajorByCrime | ScreeningReason::PenaltyInScope => {
            ScreeningOutcome::Eligible
        }
        // No row of law data says of which kind a violation is (article 3).
        ScreeningReason::MajorByConsequence
        | ScreeningReason::MajorByAmount
        | ScreeningReason::ThresholdNotKnown => ScreeningOutcome::NeedsOfficer,
    }
}

fn reporter_step(reporter: ReporterKind) -> Step {
    match reporter {
        ReporterKind::NaturalPerson => step(
            "举报人为自然人。",
            "The report was made by a natural person.",
        ),
        ReporterKind::Organisation => {
            step("举报人为单位。", "The report was made by an organisation.")
        }
    }
}

fn consequence_step(facts: &BTreeSet<MajorFact>) -> Step {
    if facts.is_empty() {
        return step(
            "案件未涉及停产停业、关闭、吊销许可证件或者涉嫌犯罪。",
            "The case led to no stop of production, closure or loss of a licence, and no crime is suspected.",
        );
    }
    let list = |pick: fn((&'static str, &'static str)) -> &'static str, separator: &str| {
        facts
            .iter()
            .map(|fact| pick(fact.texts()))
            .collect::<Vec<_>>()
            .join(separator)
    };
    Step {
        text_zh: format!("案件涉及：{}。", list(|texts| texts.0, "、")),
        text_en: format!("In this case {}.", list(|texts| texts.1, " and ")),
    }
}

fn amount_step(sanction: Fen, larger_amount: &LargerAmount) -> Step {
    match larger_amount {
        LargerAmount::Known(known) => Step {
            text_zh: format!("罚没款合计{sanction}元；较大数额标准为{known}元。"),
            text_en: format!(
                "Fines and confiscations are {sanction} yuan; the larger amount begins at {known} yuan."
            ),
        },
        LargerAmount::Unknown {
            reason_zh,
            reason_en,
            lowest_elsewhere,
            highest_elsewhere,
        } => Step {
            text_zh: format!(
                "罚没款合计{sanction}元；{reason_zh}，已知其他省份的标准在{lowest_elsewhere}元至{highest_elsewhere}元之间。"
            ),
            text_en: format!(
                "Fines and confiscations are {sanction} yuan; {reason_en}. Values known from other provinces lie between {lowest_elsewhere} and {highest_elsewhere} yuan."
            ),
        },
    }
}

fn kind_step() -> Step {
    step(
        "是否属于规定奖励的违法行为种类，由负责人认定。",
        "A head says whether the violation is of a kind that is rewarded.",
    )
}

fn penalty_step(sanction: Fen, least: Fen) -> Step {
    Step {
        text_zh: format!("罚没款合计{sanction}元；本地奖励自{least}元起。"),
        text_en: format!(
            "Fines and confiscations are {sanction} yuan; the local scheme rewards from {least} yuan on."
        ),
    }
}

fn explain(reason: ScreeningReason, scheme: &RewardScheme) -> (String, String) {
    let (zh, en) = match reason {
        ScreeningReason::ReporterNotNaturalPerson => {
            ("只奖励自然人的举报", "only natural persons are rewarded")
        }
        ScreeningReason::NotMajorViolation => (
            "本案不属于重大违法行为，不在奖励范围内",
            "this is not a major violation and is not in scope",
        ),
        ScreeningReason::MajorByCrime => (
            "本案已移送公安机关并被追究刑事责任，属于重大违法行为",
            "a major violation: the police got the case, and somebody was held liable",
        ),
        ScreeningReason::MajorByConsequence => (
            "本案按处理结果属于重大违法行为",
            "a major violation by what came of the case",
        ),
        ScreeningReason::MajorByAmount => (
            "本案罚没款达到较大数额，属于重大违法行为",
            "a major violation by its amount",
        ),
        ScreeningReason::ThresholdNotKnown => (
            "较大数额标准未知，由负责人认定是否属于重大违法行为",
            "the larger amount is not known; a head decides whether this is a major violation",
        ),
        ScreeningReason::PenaltyInScope => (
            "本案处罚在本地奖励范围内",
            "the local scheme rewards this penalty",
        ),
        ScreeningReason::PenaltyTooSmall => (
            "本案罚没款低于本地奖励的最低数额",
            "the penalty is below the least sum of the local scheme",
        ),
    };
    let RewardScheme {
        name_zh,
        name_en,
        edition,
        scope_article,
        ..
    } = scheme;
    (
        format!("{zh}（《{name_zh}》{edition}{scope_article}）"),
        format!("{en} ({name_en}, {edition}, {scope_article})"),
    )
}

fn step(zh: &str, en: &str) -> Step {
    Step {
        text_zh: zh.to_owned(),
        text_en: en.to_owned(),
    }
}

#[cfg(test)]
mod tests;
