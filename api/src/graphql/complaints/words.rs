//! The words of disputes on the wire.

use async_graphql::Enum;
use liangxin_domain::complaints::{
    consent::{ConsentMatter, MediationConsent, Side, Way},
    filing::DemandKind,
    ground::{RefusalGround, TerminationGround},
    mediate::AgreementForm,
    mediation::{BodyKind, ChosenBy, CostBearer, RecusalRuling, SessionMode},
    side::LeadOutcome,
    state::ComplaintStateKind,
};

/// How far a complaint has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ComplaintState", remote = "ComplaintStateKind")]
pub(in crate::graphql) enum ComplaintStateView {
    /// Received; the seven working days run.
    Registered,
    /// On its way to the competent unit.
    Dispatched,
    /// The complainant was asked to prove the identity.
    IdProofPending,
    /// Refused.
    Refused,
    /// Withdrawn before acceptance.
    Withdrawn,
    /// Accepted; the sides are asked for their consent.
    Accepted,
    /// Being mediated by the bureau.
    Mediating,
    /// Being mediated by a body in the bureau's name.
    Entrusted,
    /// A side asked that a mediator steps back.
    SuspendedRecusal,
    /// A sample is being tested; the period does not count.
    Testing,
    /// Agreed, with a mediation letter.
    AgreedLetter,
    /// Agreed and performed, or without a letter.
    AgreedPerformed,
    /// Terminated without agreement.
    Terminated,
    /// Over.
    Closed,
    /// In the archive.
    Archived,
}

/// What a complaint demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DemandKind", remote = "DemandKind")]
pub(in crate::graphql) enum DemandKindView {
    /// Repair.
    Repair,
    /// Do it again.
    Redo,
    /// Another one.
    Replace,
    /// Take it back.
    Return,
    /// Make up the quantity.
    MakeUpQuantity,
    /// The money back.
    Refund,
    /// Compensation.
    Compensation,
}

/// A side of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DisputeSide", remote = "Side")]
pub(in crate::graphql) enum SideView {
    /// The consumer.
    Complainant,
    /// The operator.
    Respondent,
}

/// By which way somebody said or was told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ContactWay", remote = "Way")]
pub(in crate::graphql) enum WayView {
    /// In person.
    InPerson,
    /// Over the internet.
    Internet,
    /// By telephone.
    Phone,
    /// By text message.
    Sms,
    /// By e-mail.
    Email,
    /// By post.
    Post,
}

/// What a consent is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ConsentMatter", remote = "ConsentMatter")]
pub(in crate::graphql) enum ConsentMatterView {
    /// Mediation by the bureau.
    Mediation,
    /// Mediation by a lawful body.
    Entrustment,
    /// Publication of complaint information.
    Publication,
}

/// By whom a side agrees to be mediated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "MediationConsent", remote = "MediationConsent")]
pub(in crate::graphql) enum MediationConsentView {
    /// By the bureau.
    Mediation,
    /// By a lawful body in its name.
    Entrustment,
}

/// Why a complaint is refused (Order 121, article 16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "RefusalGround", remote = "RefusalGround")]
pub(in crate::graphql) enum RefusalGroundView {
    /// Not the bureau's function, or this bureau lacks the power.
    #[graphql(name = "REF_1_NO_COMPETENCE")]
    NoCompetence,
    /// A court, an arbitrator, an agency or the consumers' association has it already.
    #[graphql(name = "REF_2_ALREADY_HANDLED")]
    AlreadyHandled,
    /// Not for daily consumption, or no proof of a dispute with this operator.
    #[graphql(name = "REF_3_NOT_CONSUMPTION")]
    NotConsumption,
    /// The time bar.
    #[graphql(name = "REF_4_OVER_3_YEARS")]
    OverThreeYears,
    /// Required material is missing or false.
    #[graphql(name = "REF_5_MATERIAL")]
    Material,
    /// Impersonation, or the identity check is refused.
    #[graphql(name = "REF_6_IDENTITY")]
    Identity,
    /// Another legal ground, with a citation.
    #[graphql(name = "REF_7_OTHER")]
    Other,
}

/// Why a mediation is terminated (Order 121, article 23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TerminationGround", remote = "TerminationGround")]
pub(in crate::graphql) enum TerminationGroundView {
    /// Withdrawn, or settled between themselves.
    #[graphql(name = "TERM_1")]
    WithdrawnOrSettled,
    /// A side stays away without good reason or refuses.
    #[graphql(name = "TERM_2")]
    AbsentOrRefuses,
    /// A side declares that no agreement is possible.
    #[graphql(name = "TERM_3")]
    NoAgreement,
    /// The sides cannot agree on the cost of testing.
    #[graphql(name = "TERM_4")]
    TestingCost,
    /// The period for mediation is over.
    #[graphql(name = "TERM_5")]
    TimeOver,
    /// A ground for refusing or conduct of article 42 was found later.
    #[graphql(name = "TERM_6")]
    FoundLater,
    /// Death, or the end of a legal person.
    #[graphql(name = "TERM_7")]
    PartyGone,
    /// Another ground, with words and a citation.
    #[graphql(name = "TERM_8")]
    Other,
}

/// The form that an agreement takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "AgreementForm", remote = "AgreementForm")]
pub(in crate::graphql) enum AgreementFormView {
    /// A mediation letter; needs a session on site.
    Letter,
    /// Performed at once, or nobody wants a letter.
    Performed,
}

/// Who may mediate in the bureau's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "MediationBodyKind", remote = "BodyKind")]
pub(in crate::graphql) enum BodyKindView {
    /// The consumers' association.
    ConsumersAssociation,
    /// Another mediation body set up by law.
    LawfulMediationBody,
}

/// Who chose the testing body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TestingChoice", remote = "ChosenBy")]
pub(in crate::graphql) enum ChosenByView {
    /// The sides agreed on it.
    Parties,
    /// They could not, and the bureau appointed it.
    Bureau,
}

/// Who pays for a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "CostBearer", remote = "CostBearer")]
pub(in crate::graphql) enum CostBearerView {
    /// The consumer.
    Complainant,
    /// The operator.
    Respondent,
    /// Both.
    Shared,
}

/// What the bureau says to a request that a mediator steps back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "RecusalRuling", remote = "RecusalRuling")]
pub(in crate::graphql) enum RecusalRulingView {
    /// The mediator steps back.
    Granted,
    /// The mediator stays.
    Rejected,
}

/// How a session is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "SessionMode", remote = "SessionMode")]
pub(in crate::graphql) enum SessionModeView {
    /// Everybody in one place; needs notice beforehand.
    OnSite,
    /// In writing, over the internet.
    Internet,
    /// By telephone.
    Phone,
    /// By audio call.
    Audio,
    /// By video call.
    Video,
}

/// What became of a lead found while mediating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "LeadOutcome", remote = "LeadOutcome")]
pub(in crate::graphql) enum LeadOutcomeView {
    /// It goes into a case.
    Filed,
    /// It does not.
    NotFiled,
}
