//! The public grade, and the upheld facts that override or lower it.

use std::collections::BTreeSet;

words! {
    /// A public integrity grade.
    pub enum Grade as "Grade" in "UPPERCASE" {
        /// 90 points or more.
        Aaa,
        /// 80 or more.
        Aa,
        /// 70 or more.
        A,
        /// 60 or more.
        B,
        /// Less than 60.
        C,
        /// A veto: use of a cheating instrument, a broken seal with intent, a forged mark.
        D,
        /// Not assessed: too new, or too few official findings.
        N,
    }
}

impl Grade {
    /// One step down. C is the lowest that a score or a downgrade can reach: D takes a veto.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Aaa => Self::Aa,
            Self::Aa => Self::A,
            Self::A => Self::B,
            Self::B | Self::C => Self::C,
            Self::D => Self::D,
            Self::N => Self::N,
        }
    }
}

words! {
    /// A decided fact that makes the grade D at once.
    pub enum Veto {
        /// Used a cheating instrument, or broke a seal with intent.
        CheatingInstrument,
        /// Obstructed supervision, or gravely failed to cooperate.
        Obstruction,
        /// Forged a verification mark.
        ForgedMark,
        /// Gave false evidence for the commitment.
        FalseCommitment,
        /// Shielded cheating as a market organiser.
        ShieldingCheats,
    }

    /// A decided fact that lowers the grade by one step.
    pub enum Downgrade {
        /// The same violation twice in twelve months.
        RepeatedViolation,
        /// A correction is overdue.
        OverdueCorrection,
        /// The commitment expired more than thirty days ago.
        ExpiredCommitment,
        /// Two justified complaints are unresolved.
        UnresolvedComplaints,
    }
}

/// What is known of a merchant beside the indicators. Only decided facts: what a merchant is
/// merely accused of has no place here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecidedFacts {
    /// How many official findings the rating rests on.
    pub official_findings: u32,
    /// Full months since the merchant is known.
    pub months_known: u32,
    /// Upheld facts that make the grade D.
    pub vetoes: BTreeSet<Veto>,
    /// Upheld facts that lower it by one step, all of them together.
    pub downgrades: BTreeSet<Downgrade>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_downgrade_never_reaches_the_grade_of_a_veto() {
        let steps: Vec<_> = [Grade::Aaa, Grade::Aa, Grade::A, Grade::B, Grade::C]
            .map(|grade| grade.lowered().to_string())
            .into();
        assert_eq!(steps, ["AA", "A", "B", "C", "C"]);
        assert_eq!(Grade::N.lowered(), Grade::N);
        assert_eq!(Grade::D.lowered(), Grade::D);
    }

    #[test]
    fn a_grade_reads_back_from_its_own_name() {
        assert_eq!("AAA".parse(), Ok(Grade::Aaa));
    }
}
