//! What came of a case besides money. Whether a licence was lost the case file of this bureau does not say: there
//! it is the word of a reward officer. A crime stands in the referral of the case, and nobody's word makes one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cases::file::File;
use crate::refusal::{Code, Refusal};
use crate::text::Narrative;

words! {
    /// What makes a violation major whatever the amount.
    pub enum MajorFact as "MajorFact" {
        /// Production or business was stopped.
        StoppedProduction,
        /// The business was closed.
        Closure,
        /// A licence was revoked.
        LicenceLost,
        /// A crime was handed over to the police, and somebody held liable. From the record of the case alone.
        CrimeSuspected,
    }
}

impl MajorFact {
    pub(super) const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::StoppedProduction => ("责令停产停业", "production or business was stopped"),
            Self::Closure => ("责令关闭", "the business was closed"),
            Self::LicenceLost => ("吊销许可证件", "a licence was revoked"),
            Self::CrimeSuspected => (
                "涉嫌犯罪并被追究刑事责任",
                "somebody was held liable for a crime",
            ),
        }
    }
}

/// A major fact with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MajorFinding {
    /// The fact.
    pub fact: MajorFact,
    /// What it rests on: the decision, the letter of the police.
    pub reason: Narrative,
}

/// The facts of findings; one that is named twice is refused.
pub fn facts_of(findings: &[MajorFinding]) -> Result<BTreeSet<MajorFact>, Refusal> {
    let facts: BTreeSet<_> = findings.iter().map(|finding| finding.fact).collect();
    if facts.len() == findings.len() {
        Ok(facts)
    } else {
        Err(Refusal::on(Code::FieldFormat, "majorFacts"))
    }
}

/// The crime that the file of a case has on record: the police got it, and somebody was held liable.
pub fn crime_on_record(file: &File) -> Result<Option<MajorFinding>, Refusal> {
    if file.liable_on().is_none() {
        return Ok(None);
    }
    let notes = file.referrals.iter().rev();
    let found = notes.filter_map(|referral| {
        let handed_over = referral.handed_over.as_ref()?;
        let note = referral.liability.last().filter(|note| note.is_liable)?;
        Some((handed_over, note))
    });
    let Some((handed_over, note)) = found.max_by_key(|(_, note)| note.on) else {
        return Ok(None);
    };
    let reason = format!(
        "{}移送{}；{}（{}）追究刑事责任。",
        handed_over.document, handed_over.to, note.document, note.on
    );
    Ok(Some(MajorFinding {
        fact: MajorFact::CrimeSuspected,
        reason: Narrative::parse(&reason, "majorFacts")?,
    }))
}

/// Refuses a crime on an officer's word.
pub fn no_crime_by_word(findings: &[MajorFinding]) -> Result<(), Refusal> {
    let is_crime = |finding: &MajorFinding| finding.fact == MajorFact::CrimeSuspected;
    if findings.iter().any(is_crime) {
        return Err(Refusal::on(Code::CrimeNotOnRecord, "majorFacts"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_fact_is_named_once() {
        let finding = MajorFinding {
            fact: MajorFact::Closure,
            reason: Text::parse("关闭决定。", "reason").unwrap(),
        };
        let once = facts_of(std::slice::from_ref(&finding)).unwrap();
        assert_eq!(once, BTreeSet::from([MajorFact::Closure]));
        assert!(facts_of(&[finding.clone(), finding]).is_err());
    }
}
