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

/// What ties a person with a role to the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    Anywhere,
    Within,
    Own,
    Assigned,
    /// Sent to do it, in the own division.
    Handling,
    /// The own opening of a thing in the own division.
    Opening,
    /// Investigated it, in the own division.
    Investigating,
}

/// Who may, for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grant {
    /// Whoever comes; the program itself does not.
    Anybody,
    /// The reporter of the report, by receipt code.
    Reporter,
    /// The complainant, by receipt code.
    Complainant,
    /// The program, when a period is over.
    System,
    /// The account that the thing belongs to.
    Account,
    /// A person with one of the roles, tied to the thing.
    Person(Tie, &'static [Role]),
}

macro_rules! grant {
    (anybody) => {
        Grant::Anybody
    };
    (reporter) => {
        Grant::Reporter
    };
    (complainant) => {
        Grant::Complainant
    };
    (system) => {
        Grant::System
    };
    (account) => {
        Grant::Account
    };
    (anywhere $($role:ident)+) => {
        Grant::Person(Tie::Anywhere, &[$(Role::$role),+])
    };
    (within $($role:ident)+) => {
        Grant::Person(Tie::Within, &[$(Role::$role),+])
    };
    (own $($role:ident)+) => {
        Grant::Person(Tie::Own, &[$(Role::$role),+])
    };
    (assigned $($role:ident)+) => {
        Grant::Person(Tie::Assigned, &[$(Role::$role),+])
    };
    (handling $($role:ident)+) => {
        Grant::Person(Tie::Handling, &[$(Role::$role),+])
    };
    (opening $($role:ident)+) => {
        Grant::Person(Tie::Opening, &[$(Role::$role),+])
    };
    (investigating $($role:ident)+) => {
        Grant::Person(Tie::Investigating, &[$(Role::$role),+])
    };
}

macro_rules! independent {
    () => {
        false
    };
    (investigators) => {
        true
    };
}

/// The whole policy, one row an action: who may, by role and tie to the thing. `not by
/// investigators` keeps away whoever worked on the thing, whatever else they are.
macro_rules! policy {
    ($(
        $(#[$doc:meta])*
        $action:ident => $($tie:ident $([$($role:ident)+])?),+ $(not by $investigators:ident)?;
    )+) => {
        /// Everything that can be done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, Display)]
        pub enum Action { $($(#[$doc])* $action,)+ }

        impl Action {
            const fn grants(self) -> &'static [Grant] {
                match self { $(Self::$action => &[$(grant!($tie $($($role)+)?)),+],)+ }
            }

            const fn is_independent(self) -> bool {
                match self { $(Self::$action => independent!($($investigators)?),)+ }
            }
        }
    };
}

policy! {
    /// File a report; anybody may.
    FileReport => anybody;
    /// Take a report in and verify it.
    AcceptReport => within[IntakeOfficer];
    /// Sort a report that nobody took in: double, supplement, not ours, another unit's.
    SortReport => within[IntakeOfficer];
    /// Work on a lead: tests, a proposal not to file, news of the outcome.
    VerifyReport => within[IntakeOfficer CaseOfficer];
    /// Give the verification more time.
    ExtendVerification => within[Head] not by investigators;
    /// Decide that no case is filed.
    DeclineFiling => within[Head] not by investigators;
    /// Hand a case to another agency or to the police.
    TransferReport => within[Head] not by investigators;
    /// Raise or settle a dispute about competence.
    DisputeCompetence => within[IntakeOfficer Head];
    /// Designate the competent unit as the common superior.
    DesignateCompetence => within[Head];
    /// Withdraw one's own report.
    WithdrawReport => reporter;
    /// Send inspectors to a merchant.
    DispatchVisit => within[IntakeOfficer Head];
    /// Arrive on site.
    CheckIn => assigned[Inspector];
    /// Record a mark, a weighing, a photo, a signature.
    RecordFinding => assigned[Inspector];
    /// Close a visit.
    SubmitVisit => assigned[Inspector];
    /// File a case on a verified lead.
    FileCase => within[Head];
    /// Write the final report with the intended penalty.
    ProposePenalty => within[CaseOfficer], investigating[Inspector];
    /// Audit a case.
    AuditCase => within[LegalAuditor] not by investigators;
    /// Serve the notice of the intended penalty.
    ServeNotice => within[CaseOfficer];
    /// Answer the notice.
    AnswerNotice => own[Merchant];
    /// Decide a case.
    DecideCase => within[Head] not by investigators;
    /// Screen the reward for a report.
    ScreenReward => within[RewardOfficer] not by investigators;
    /// Check who may have a reward, grade it, tell, take the claim and record the payment.
    GradeReward => within[RewardOfficer] not by investigators;
    /// Decide a reward, revoke it, have it recovered.
    DecideReward => within[Head] not by investigators;
    /// Review the sum after an objection.
    ReviewReward => within[RewardOfficer Head] not by investigators;
    /// Apply for, object to and claim the reward for one's own report.
    PursueReward => reporter;
    /// End a reward whose window is over.
    CloseReward => system;
    /// Load a year of the working-day calendar.
    LoadCalendar => anywhere[Administrator];
    /// Note that a paper reached its recipient.
    RecordService => within[IntakeOfficer CaseOfficer RewardOfficer Head];
    /// Revoke a device.
    RevokeDevice => account;
    /// File a complaint; anybody may.
    FileComplaint => anybody;
    /// Send a complaint to the competent unit.
    DispatchComplaint => within[IntakeOfficer];
    /// Sign for a complaint that was dispatched here.
    TakeInComplaint => within[IntakeOfficer];
    /// Give a complaint back for want of competence.
    ReturnComplaint => within[IntakeOfficer];
    /// Name who handles a complaint.
    AssignComplaint => within[IntakeOfficer Head];
    /// Everything that the handler of a complaint does.
    HandleComplaint => handling[CaseOfficer];
    /// Take a complaint back before acceptance.
    WithdrawComplaint => complainant, handling[CaseOfficer];
    /// Consent to mediation, or withdraw the consent to publication.
    ConsentToMediation => complainant, own[Merchant], handling[CaseOfficer];
    /// Ask that a mediator steps back.
    RequestRecusal => complainant, own[Merchant], handling[CaseOfficer];
    /// Approve a refusal or a termination, decide about a mediator or a lead.
    DecideComplaint => within[Head];
    /// Hand conduct of a complaint to the police.
    ReferToPolice => within[Head];
    /// Ask to see who reported.
    RequestIdentityOpening => within[IntakeOfficer CaseOfficer Head RewardOfficer];
    /// Approve that somebody sees who reported.
    ApproveIdentityOpening => within[Head];
    /// See who reported, as approved.
    OpenIdentity => opening[IntakeOfficer CaseOfficer Head RewardOfficer];
    /// Ask a reporter something.
    AskReporter => within[IntakeOfficer CaseOfficer RewardOfficer], assigned[Inspector];
}

/// What a caller must at least be for an action, before the thing is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Nothing: citizens without account too.
    Anyone,
    /// Somebody with an account.
    SignedIn,
    /// One of these roles.
    Roles(Vec<Role>),
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
    if !action.is_open_to(actor) {
        actor.signed_in()?;
    }
    if facts.stake == Stake::Investigator && action.is_independent() {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    if action
        .grants()
        .iter()
        .any(|grant| grant.holds(actor, facts))
    {
        Ok(Permit {
            action,
            by: actor.user(),
        })
    } else {
        Err(Refusal::of(Code::Denied))
    }
}

impl Action {
    /// What the gate asks of a caller before the thing is looked at.
    #[must_use]
    pub fn need(self) -> Need {
        let grants = self.grants();
        if !grants.iter().all(|grant| grant.needs_account()) {
            return Need::Anyone;
        }
        let roles = grants.iter().map(|grant| match grant {
            Grant::Person(_, roles) => Some(roles.iter().copied()),
            _ => None,
        });
        match roles.collect::<Option<Vec<_>>>() {
            Some(roles) => Need::Roles(roles.into_iter().flatten().collect()),
            None => Need::SignedIn,
        }
    }

    /// Whether the actor may ask without an account: nobody needs one, or the actor is one of those
    /// who do not.
    fn is_open_to(self, actor: &Actor) -> bool {
        let grants = self.grants();
        grants.iter().all(|grant| !grant.needs_account())
            || grants
                .iter()
                .any(|grant| !grant.needs_account() && grant.is_for(actor))
    }
}

impl Grant {
    const fn needs_account(self) -> bool {
        matches!(self, Self::Account | Self::Person(..))
    }

    fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Anybody => !matches!(actor, Actor::System),
            Self::Reporter => matches!(actor, Actor::Reporter(_)),
            Self::Complainant => matches!(actor, Actor::Complainant(_)),
            Self::System => matches!(actor, Actor::System),
            Self::Account => actor.user().is_some(),
            Self::Person(_, roles) => roles.iter().any(|role| actor.is(*role)),
        }
    }

    fn holds(self, actor: &Actor, facts: Facts) -> bool {
        let is_tied = match self {
            Self::Anybody | Self::System => true,
            Self::Reporter | Self::Complainant | Self::Account => facts.stake == Stake::Own,
            Self::Person(tie, _) => tie.holds(facts),
        };
        is_tied && self.is_for(actor)
    }
}

impl Tie {
    fn holds(self, facts: Facts) -> bool {
        let is_within = facts.place == Place::Within;
        match self {
            Self::Anywhere => true,
            Self::Within => is_within,
            Self::Own => facts.stake == Stake::Own,
            Self::Assigned => facts.stake == Stake::Assigned,
            Self::Handling => is_within && facts.stake == Stake::Assigned,
            Self::Opening => is_within && facts.stake == Stake::Own,
            Self::Investigating => is_within && facts.stake == Stake::Investigator,
        }
    }
}
