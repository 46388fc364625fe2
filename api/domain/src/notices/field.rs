//! What can be written on a paper, and who may read it.
//!
//! There is no field for the name, the telephone number, the address, the identity number or the
//! bank account of a *reporter*: a paper cannot carry what has no place on it. The token under which
//! officers know a reporter is a field of its own class that only the file and the reporter get
//! (Order 121, article 37).

use crate::refusal::{Code, Refusal};
use std::{fmt, str::FromStr};
use strum::{Display, EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident as $variant:ident { $($name:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
                Display, EnumIter, EnumString, IntoStaticStr,
            )]
            #[strum(serialize_all = "camelCase")]
            #[expect(missing_docs, reason = "the meaning of each stands in `law/papers.toml`")]
            pub enum $class { $($name,)* }

            impl From<$class> for Field {
                fn from(field: $class) -> Self { Self::$variant(field) }
            }
        )*

        /// A field of a paper.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $variant($class),)*
        }

        /// How far a field may travel.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
        pub enum FieldClass {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// The name on the wire, such as `complaintNumber`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant(field) => field.into(),)* }
            }

            /// How far it may travel.
            #[must_use]
            pub const fn class(self) -> FieldClass {
                match self { $(Self::$variant(_) => FieldClass::$variant,)* }
            }

            /// All fields.
            pub fn all() -> impl Iterator<Item = Self> {
                std::iter::empty()$(.chain($class::iter().map(Self::$variant)))*
            }
        }
    };
}

classes! {
    /// What anybody may read who gets the paper at all.
    OpenField as Open {
        ComplaintNumber, ComplainantToken, RespondentName, RespondentAddress, BureauContact,
        Demand, Facts, Amount, OccurredOn, ReceivedOn, AcceptedOn, DecidedOn, TerminatedOn,
        ConcludedOn, RecordedOn, PublishConsent, EntrustConsent,
        FromBureau, ToBureau, ToBody, CompetentBureau, DispatchBasis, Enclosures,
        ProofDemanded, ProofUntil, ProofGiven, Consequence, MediationOffer,
        GroundCode, GroundText, Reason, OtherRoutes,
        MediationAt, MediationPlace, Mediators, RecusalRight, RecusalDays, AskedBy, Decision,
        Statement, ComplainantConsentOn, RespondentConsentOn, ConsentsGiven, Restriction,
        BodyName, Sample, Question, CostBearer, ChosenBy, Result,
        Agreement, Performance, Originals, ToldComplainantOn, ToldRespondentOn,
        CaseNumber, Violation, Basis, Penalty, Correction, Remedies, ApprovedBy,
        ApplyBy, ClaimBy, ObjectBy,
        Proofs, Discretion, Rights, HearingRight, Defence, DefenceReview, Payment,
        RespondentCode, HearingAt, HearingPlace, Chair, Record, Opinion, Attendees, AuditKind,
        Missing, CorrectBy, EnforcedBy, Served, ServedTo, ServedHow, ServedOn, Proof, Witness,
        AddressConfirmation, PenaltyPlace, Qualification,
        Sum, LateFee, Concerned, Grounds, Execution, Catalogue, Change,
        InspectedAt, InspectionPlace, InspectionCause, Representative, Called,
        EvidenceName, ProvedFact, Provider, ExtractedAt, ExtractionPlace, Extractor, Medium, MediumState, Method, Content,
        CheckValues,
    }
    /// What tells that there is a report and how it is handled: never for the reported party.
    MatterField as Matter {
        MatterNumber, Matter, ReportNumber, Lead, FactualBasis, DemandingArticle,
        EarlierReport, Sameness, NewFacts, ClockFrom, TakenBy, Until, Officers, Conduct, Evidence,
    }
    /// What points at a reporter without being an identity: for the file and the reporter alone.
    ReporterField as Reporter { ReporterToken, IdentityMode }
    /// The name of a complainant, and of whoever acts for one, which a mediation cannot do without. Stored sealed.
    PartyField as Party { ComplainantName, Agent }
    /// How to reach a complainant: never for the other side. Stored sealed.
    ContactField as Contact { ComplainantContact }
}

impl FieldClass {
    /// Whether the field is kept encrypted under the server's key.
    #[must_use]
    pub const fn is_sealed(self) -> bool {
        matches!(self, Self::Party | Self::Contact)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = Refusal;

    fn from_str(name: &str) -> Result<Self, Refusal> {
        Self::all()
            .find(|field| field.name() == name)
            .ok_or(Refusal::of(Code::FieldNotOnForm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_has_a_name_of_its_own_and_reads_back_from_it() {
        let names: BTreeSet<_> = Field::all().map(Field::name).collect();
        assert_eq!(names.len(), Field::all().count());
        for field in Field::all() {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        assert!("reporterName".parse::<Field>().is_err());
    }
}
