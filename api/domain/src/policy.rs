//! Who may do what. One function, [`permit`], answers for every write; a transition demands the
//! [`Permit`] that it gives, so that nobody can forget to ask. What may be *seen* starts from the
//! same facts, in the `visible_to` select of each noun.

mod grant;
mod second;

use crate::{
    accounts::role::Role,
    actor::Actor,
    id::UserId,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};
use grant::{Grant, Tie, grant};
use strum::{Display, EnumIter};

macro_rules! reason {
    () => {
        None
    };
    ($reason:literal) => {
        Some($reason)
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
///
/// A superior reads what lies below it and does not act there: `office` is the office that has the thing. Where a
/// superior acts, the tie is `above`, and the row says by which law, or for want of one by whose choice.
macro_rules! policy {
    ($(
        $(#[$doc:meta])*
        $action:ident => $($tie:ident $([$($role:ident)+])?),+ $(because $reason:literal)? $(not by $investigators:ident)?;
    )+) => {
        /// Everything that can be done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, Display)]
        pub enum Action { $($(#[$doc])* $action,)+ }

        impl Action {
            const fn grants(self) -> &'static [Grant] {
                match self { $(Self::$action => &[$(grant!($tie $($($role)+)?)),+],)+ }
            }

            /// Why a superior may act on what lies below it; nothing where it only reads.
            #[must_use]
            pub const fn reason_from_above(self) -> Option<&'static str> {
                match self { $(Self::$action => reason!($($reason)?),)+ }
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
    AcceptReport => office[IntakeOfficer];
    /// Sort a report that nobody took in: double, supplement, not ours, another unit's.
    SortReport => office[IntakeOfficer];
    /// Work on a lead: tests, a proposal not to file, news of the outcome.
    VerifyReport => office[IntakeOfficer CaseOfficer];
    /// Give the verification more time. The order asks for the approval of the department's own head.
    ExtendVerification => office[Head] not by investigators;
    /// Decide that no case is filed.
    DeclineFiling => office[Head] not by investigators;
    /// Hand a case to another agency or to the police.
    TransferReport => office[Head] not by investigators;
    /// Raise or settle a dispute about competence.
    DisputeCompetence => office[IntakeOfficer Head];
    /// Designate the competent unit as the common superior.
    DesignateCompetence => above[Head]
        because "Order 121, article 33: units that do not agree within seven working days ask their common superior, which designates; a superior may also designate at once";
    /// Withdraw one's own report.
    WithdrawReport => reporter;
    /// Send inspectors to a merchant.
    DispatchVisit => office[IntakeOfficer Head];
    /// Send inspectors to a merchant without a report: by a plan, a draw, a lead, again, or on the bureau's own round.
    DispatchInspection => office[IntakeOfficer Head];
    /// Send others in the place of inspectors who were sent: whoever may send them.
    ReplaceInspectors => office[IntakeOfficer Head];
    /// Keep the register of merchants and their instruments.
    KeepRegister => office[IntakeOfficer CaseOfficer Head];
    /// Arrive on site.
    CheckIn => assigned[Inspector];
    /// Record a mark, a weighing, a photo, a signature.
    RecordFinding => assigned[Inspector];
    /// Withdraw a declared photo that will not come: whoever owes it, or the head, who lets the record go on without it.
    WithdrawPhoto => reporter, assigned[Inspector], office[Head];
    /// Apply or refuse what a phone of the office sent and nothing could apply, or whose sender's access had ended.
    SettleHeldItem => office[Head];
    /// Close a visit.
    SubmitVisit => assigned[Inspector];
    /// File a case on a verified lead.
    FileCase => office[Head];
    /// Impose a penalty on the spot.
    PunishOnTheSpot => office[Inspector];
    /// Write the final report with the intended penalty.
    ProposePenalty => office[CaseOfficer], investigating[Inspector];
    /// Audit a case.
    AuditCase => office[LegalAuditor] not by investigators;
    /// Suspend a case, give it more time, let others investigate, rule on who steps back, let the party pay later, ask the
    /// court.
    LeadCase => office[Head] not by investigators;
    /// Ask that somebody steps back from a case; an officer notes what came on paper, or asks for himself.
    AskRecusal => own[Merchant], office[CaseOfficer LegalAuditor Head], investigating[Inspector];
    /// Write to the party of a case and note that a paper reached it.
    InformParty => office[CaseOfficer];
    /// Answer the notice; an officer notes what came on paper.
    AnswerNotice => own[Merchant], office[CaseOfficer];
    /// Lead the hearing and write its record.
    HoldHearing => office[LegalAuditor CaseOfficer Head] not by investigators;
    /// Note payments and corrections, put the file into the archive.
    CarryOutDecision => office[CaseOfficer], investigating[Inspector];
    /// Report a suspected crime that a case brought up.
    ReportCrime => office[CaseOfficer], investigating[Inspector];
    /// Decide whether a suspected crime goes to the police, and ask them for a review. Order 310 asks for the head of the
    /// bureau in person.
    DecideReferral => office[Head] not by investigators;
    /// Hand a suspected crime over, and note what the police say.
    KeepReferral => office[CaseOfficer], investigating[Inspector];
    /// Ask that a decision is shown no more; an officer notes what came on paper.
    RepairCredit => own[Merchant], office[CaseOfficer];
    /// Take such an application up.
    AcceptRepair => office[CaseOfficer];
    /// Decide on it.
    DecideRepair => office[Head] not by investigators;
    /// Decide a case.
    DecideCase => office[Head] not by investigators;
    /// Screen the reward for a report.
    ScreenReward => office[RewardOfficer] not by investigators;
    /// Check who may have a reward, grade it, tell, and take the claim.
    GradeReward => office[RewardOfficer] not by investigators;
    /// Decide a reward, revoke it, have it recovered.
    DecideReward => office[Head] not by investigators;
    /// Review the sum after an objection.
    ReviewReward => office[RewardOfficer Head] not by investigators;
    /// Approve a claim in person, and answer what a reporter says against a payee. Whoever recorded the
    /// claim may not; that is the reward's to say.
    ApproveClaim => office[RewardOfficer Head] not by investigators;
    /// Hand claimed rewards to finance, and record what it paid.
    PayReward => office[RewardOfficer Head] not by investigators;
    /// Apply for, object to and claim the reward for one's own report.
    PursueReward => reporter;
    /// End a reward whose window is over.
    CloseReward => system;
    /// Load a year of the working-day calendar; an administrator of the highest bureau. It is every
    /// bureau's, and nothing of it applies before a second person confirmed it.
    LoadCalendar => anywhere[Administrator];
    /// Put a loaded year in force; somebody else of the highest bureau.
    ConfirmCalendar => anywhere[Administrator Head];
    /// Take a part of the log of events out.
    ExportLog => office[SecurityAuditor];
    /// Let a job that waits for a person be tried again; an administrator of the highest bureau.
    RetryJob => anywhere[Administrator];
    /// Open the original of a reporter's photo, with what the phone wrote into it.
    OpenOriginal => office[CaseOfficer Head];
    /// Cover a part of a photo on every copy of it.
    RedactPhoto => office[IntakeOfficer CaseOfficer LegalAuditor Head], assigned[Inspector];
    /// Uncover it; whoever covered it may not.
    RemoveRedaction => office[CaseOfficer LegalAuditor Head];
    /// Take the file of a case out, with its originals: who answers for it, audits it, or investigated it.
    MakeCaseBundle => office[CaseOfficer LegalAuditor Head], investigating[Inspector];
    /// Note that a paper reached its recipient.
    RecordService => office[IntakeOfficer CaseOfficer RewardOfficer Head];
    /// Revoke a device.
    RevokeDevice => account;
    /// Change the own password.
    ChangePassword => account;
    /// Set up, renew or end the own second factor.
    KeepSecondFactor => account;
    /// Say that a merchant is a relative's, or that there is an interest of one's own, and that this is over.
    DeclareInterest => own[Inspector IntakeOfficer CaseOfficer LegalAuditor Head RewardOfficer];
    /// Choose a new password by a code; the code is the permission.
    UsePasswordCode => anybody;
    /// Make a code for a new password.
    MakePasswordCode => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// Add an account.
    AddAccount => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// Move an account to another place.
    MoveAccount => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// Say what the person of an account may be.
    SetAccountRoles => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// End the access of an account.
    DisableAccount => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// Give an account its access back.
    EnableAccount => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// Forget a second factor that was lost.
    RemoveSecondFactor => above[Administrator]
        because "no act on a matter: the accounts of lower offices are kept from above; our choice, no rule says it";
    /// File a complaint; anybody may.
    FileComplaint => anybody;
    /// Send a complaint to the competent unit.
    DispatchComplaint => office[IntakeOfficer];
    /// Sign for a complaint that was dispatched here.
    TakeInComplaint => office[IntakeOfficer];
    /// Give a complaint back for want of competence.
    ReturnComplaint => office[IntakeOfficer];
    /// Name who handles a complaint.
    AssignComplaint => office[IntakeOfficer Head];
    /// Everything that the handler of a complaint does.
    HandleComplaint => handling[CaseOfficer];
    /// Take a complaint back before acceptance.
    WithdrawComplaint => complainant, handling[CaseOfficer];
    /// Consent to mediation, or withdraw the consent to publication.
    ConsentToMediation => complainant, own[Merchant], handling[CaseOfficer];
    /// Ask that a mediator steps back.
    RequestRecusal => complainant, own[Merchant], handling[CaseOfficer];
    /// Approve a refusal or a termination, decide about a mediator or a lead.
    DecideComplaint => office[Head];
    /// Hand conduct of a complaint to the police.
    ReferToPolice => office[Head];
    /// Ask to see who reported.
    RequestIdentityOpening => office[IntakeOfficer CaseOfficer Head RewardOfficer];
    /// Approve that somebody sees who reported.
    ApproveIdentityOpening => office[Head];
    /// See who reported, as approved.
    OpenIdentity => opening[IntakeOfficer CaseOfficer Head RewardOfficer];
    /// Ask a reporter something.
    AskReporter => office[IntakeOfficer CaseOfficer RewardOfficer], assigned[Inspector];
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
    /// With the actor's own office: in its division, or in one below that has no office of its own.
    Office,
    /// With an office below the actor's.
    Below,
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
    /// The actor investigates it.
    Investigator,
    /// The actor worked on its facts and does not any more: that bars as much, and allows nothing.
    FormerInvestigator,
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
    /// A thing in a division, seen by an actor. The office that has it is the one of the division, or the
    /// nearest above a division without one.
    #[must_use]
    pub fn at(
        actor: &Actor,
        (division, office): (&DivisionCode, &DivisionCode),
        stake: Stake,
    ) -> Self {
        let place = match actor.division() {
            Some(own) if own == office => Place::Office,
            Some(own) if own.contains(division) => Place::Below,
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
    let knows_facts = [Stake::Investigator, Stake::FormerInvestigator].contains(&facts.stake);
    if knows_facts && action.is_independent() {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    if action
        .grants()
        .iter()
        .any(|grant| grant.holds(actor, facts))
    {
        second::settled(actor, action)?;
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
