//! Who may do what. One function, [`permit`], answers for every write; a transition demands the
//! [`Permit`] that it gives, so that nobody can forget to ask. What may be *seen* starts from the
//! same facts, in the `visible_to` select of each noun.

use crate::{
    accounts::role::Role,
    actor::Actor,
    id::UserId,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};
use strum::{Display, EnumIter};

/// Everything that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, Display)]
pub enum Action {
    /// File a report; anybody may.
    FileReport,
    /// Take a report in and verify it.
    AcceptReport,
    /// Sort a report that nobody took in: double, supplement, not ours, another unit's.
    SortReport,
    /// Work on a lead: tests, a proposal not to file, news of the outcome.
    VerifyReport,
    /// Give the verification more time.
    ExtendVerification,
    /// Decide that no case is filed.
    DeclineFiling,
    /// Hand a case to another agency or to the police.
    TransferReport,
    /// Raise or settle a dispute about competence.
    DisputeCompetence,
    /// Designate the competent unit as the common superior.
    DesignateCompetence,
    /// Withdraw one's own report.
    WithdrawReport,
    /// Send inspectors to a merchant.
    DispatchVisit,
    /// Arrive on site.
    CheckIn,
    /// Record a mark, a weighing, a photo, a signature.
    RecordFinding,
    /// Close a visit.
    SubmitVisit,
    /// File a case on a verified lead.
    FileCase,
    /// Write the final report with the intended penalty.
    ProposePenalty,
    /// Audit a case.
    AuditCase,
    /// Serve the notice of the intended penalty.
    ServeNotice,
    /// Answer the notice.
    AnswerNotice,
    /// Decide a case.
    DecideCase,
    /// Screen the reward for a report.
    ScreenReward,
    /// Check who may have a reward, grade it, tell, take the claim and record the payment.
    GradeReward,
    /// Decide a reward, revoke it, have it recovered.
    DecideReward,
    /// Review the sum after an objection.
    ReviewReward,
    /// Apply for, object to and claim the reward for one's own report.
    PursueReward,
    /// End a reward whose window is over.
    CloseReward,
    /// Note that a paper reached its recipient.
    RecordService,
    /// Load a year of the working-day calendar.
    LoadCalendar,
    /// Revoke a device.
    RevokeDevice,
    /// File a complaint; anybody may.
    FileComplaint,
    /// Send a complaint to the competent unit.
    DispatchComplaint,
    /// Sign for a complaint that was dispatched here.
    TakeInComplaint,
    /// Give a complaint back for want of competence.
    ReturnComplaint,
    /// Name who handles a complaint.
    AssignComplaint,
    /// Everything that the handler of a complaint does.
    HandleComplaint,
    /// Take a complaint back before acceptance.
    WithdrawComplaint,
    /// Consent to mediation, or withdraw the consent to publication.
    ConsentToMediation,
    /// Ask that a mediator steps back.
    RequestRecusal,
    /// Approve a refusal or a termination, decide about a mediator or a lead.
    DecideComplaint,
    /// Hand conduct of a complaint to the police.
    ReferToPolice,
    /// Ask to see who reported.
    RequestIdentityOpening,
    /// Approve that somebody sees who reported.
    ApproveIdentityOpening,
    /// See who reported, as approved.
    OpenIdentity,
    /// Ask a reporter something.
    AskReporter,
}

/// Where the thing lies, seen from the actor's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, Display)]
pub enum Place {
    /// In the actor's division or below it.
    Within,
    /// Elsewhere, or the actor has no division.
    Elsewhere,
}

/// What the actor has to do with the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, Display)]
pub enum Stake {
    /// Nothing.
    None,
    /// It is the actor's own: the account's device, the merchant's case.
    Own,
    /// The actor was sent to do it.
    Assigned,
    /// The actor investigated it.
    Investigator,
}

/// The facts of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Where the thing lies.
    pub place: Place,
    /// What the actor has to do with it.
    pub stake: Stake,
}

impl Facts {
    /// A thing in a division, seen by an actor.
    #[must_use]
    pub fn at(actor: &Actor, division: &DivisionCode, stake: Stake) -> Self {
        let place = match actor.division() {
            Some(own) if own.contains(division) => Place::Within,
            _ => Place::Elsewhere,
        };
        Self { place, stake }
    }

    /// A thing without a place.
    #[must_use]
    pub const fn placeless(stake: Stake) -> Self {
        Self {
            place: Place::Elsewhere,
            stake,
        }
    }
}

/// Proof that the policy was asked and said yes. Only [`permit`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    action: Action,
    by: Option<UserId>,
}

impl Permit {
    /// The person who was allowed to do this very action.
    pub fn person(&self, action: Action) -> Result<UserId, Refusal> {
        match self.by {
            Some(by) if self.action == action => Ok(by),
            _ => Err(Refusal::of(Code::Denied)),
        }
    }

    /// That this very action was allowed, also to somebody without an account.
    pub fn allows(&self, action: Action) -> Result<(), Refusal> {
        if self.action == action {
            Ok(())
        } else {
            Err(Refusal::of(Code::Denied))
        }
    }

    /// The person with an account, if it is one.
    #[must_use]
    pub const fn by(&self) -> Option<UserId> {
        self.by
    }
}

/// Asks whether the actor may do this. Whatever is not allowed here is refused.
pub fn permit(actor: &Actor, action: Action, facts: Facts) -> Result<Permit, Refusal> {
    let is_open = matches!(
        action,
        Action::FileReport
            | Action::WithdrawReport
            | Action::FileComplaint
            | Action::PursueReward
            | Action::CloseReward
    ) || matches!(actor, Actor::Complainant(_)) && is_for_parties(action);
    if !is_open {
        actor.signed_in()?;
    }
    if facts.stake == Stake::Investigator
        && matches!(
            action,
            Action::AuditCase
                | Action::DecideCase
                | Action::ScreenReward
                | Action::GradeReward
                | Action::DecideReward
                | Action::ReviewReward
                | Action::ExtendVerification
                | Action::DeclineFiling
                | Action::TransferReport
        )
    {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    if is_allowed(actor, action, facts) {
        Ok(Permit {
            action,
            by: actor.user(),
        })
    } else {
        Err(Refusal::of(Code::Denied))
    }
}

/// What a side of a dispute may do by its own hand.
const fn is_for_parties(action: Action) -> bool {
    matches!(
        action,
        Action::WithdrawComplaint | Action::ConsentToMediation | Action::RequestRecusal
    )
}

/// Who may ask to see who reported; the purpose decides which of them.
const ASK_FOR_IDENTITY: [Role; 4] = [
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::Head,
    Role::RewardOfficer,
];

#[expect(
    clippy::too_many_lines,
    reason = "the whole policy in one table: one arm an action"
)]
fn is_allowed(actor: &Actor, action: Action, facts: Facts) -> bool {
    let within = facts.place == Place::Within;
    let any_of = |roles: &[Role]| roles.iter().any(|role| actor.is(*role));
    match action {
        Action::FileReport => !matches!(actor, Actor::System),
        Action::AcceptReport | Action::SortReport => within && any_of(&[Role::IntakeOfficer]),
        Action::VerifyReport => within && any_of(&[Role::IntakeOfficer, Role::CaseOfficer]),
        Action::ExtendVerification
        | Action::DeclineFiling
        | Action::TransferReport
        | Action::DesignateCompetence
        | Action::FileCase
        | Action::DecideCase
        | Action::DecideReward
        | Action::DecideComplaint
        | Action::ReferToPolice
        | Action::ApproveIdentityOpening => within && any_of(&[Role::Head]),
        Action::DisputeCompetence => within && any_of(&[Role::IntakeOfficer, Role::Head]),
        Action::WithdrawReport => facts.stake == Stake::Own && matches!(actor, Actor::Reporter(_)),
        Action::DispatchVisit => within && any_of(&[Role::IntakeOfficer, Role::Head]),
        Action::CheckIn | Action::RecordFinding | Action::SubmitVisit => {
            facts.stake == Stake::Assigned && any_of(&[Role::Inspector])
        }
        Action::ProposePenalty => {
            within
                && (any_of(&[Role::CaseOfficer])
                    || (facts.stake == Stake::Investigator && any_of(&[Role::Inspector])))
        }
        Action::AuditCase => within && any_of(&[Role::LegalAuditor]),
        Action::ServeNotice => within && any_of(&[Role::CaseOfficer]),
        Action::AnswerNotice => facts.stake == Stake::Own && any_of(&[Role::Merchant]),
        Action::ScreenReward | Action::GradeReward => within && any_of(&[Role::RewardOfficer]),
        Action::ReviewReward => within && any_of(&[Role::Head, Role::RewardOfficer]),
        Action::PursueReward => facts.stake == Stake::Own && matches!(actor, Actor::Reporter(_)),
        Action::CloseReward => matches!(actor, Actor::System),
        Action::RecordService => {
            within
                && any_of(&[
                    Role::IntakeOfficer,
                    Role::CaseOfficer,
                    Role::RewardOfficer,
                    Role::Head,
                ])
        }
        Action::LoadCalendar => any_of(&[Role::Administrator]),
        Action::RevokeDevice => facts.stake == Stake::Own,
        Action::FileComplaint => !matches!(actor, Actor::System),
        Action::DispatchComplaint | Action::TakeInComplaint | Action::ReturnComplaint => {
            within && any_of(&[Role::IntakeOfficer])
        }
        Action::AssignComplaint => within && any_of(&[Role::IntakeOfficer, Role::Head]),
        Action::HandleComplaint => is_handler(actor, facts),
        Action::WithdrawComplaint => is_complainant(actor, facts) || is_handler(actor, facts),
        Action::ConsentToMediation | Action::RequestRecusal => {
            is_complainant(actor, facts)
                || (facts.stake == Stake::Own && any_of(&[Role::Merchant]))
                || is_handler(actor, facts)
        }
        Action::RequestIdentityOpening => within && any_of(&ASK_FOR_IDENTITY),
        Action::OpenIdentity => within && facts.stake == Stake::Own && any_of(&ASK_FOR_IDENTITY),
        Action::AskReporter => {
            (within && any_of(&[Role::IntakeOfficer, Role::CaseOfficer, Role::RewardOfficer]))
                || (facts.stake == Stake::Assigned && any_of(&[Role::Inspector]))
        }
    }
}

fn is_handler(actor: &Actor, facts: Facts) -> bool {
    facts.place == Place::Within && facts.stake == Stake::Assigned && actor.is(Role::CaseOfficer)
}

fn is_complainant(actor: &Actor, facts: Facts) -> bool {
    facts.stake == Stake::Own && matches!(actor, Actor::Complainant(_))
}
