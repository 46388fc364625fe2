//! Opening a sealed identity: somebody asks with a purpose and a reason, a head who is somebody else
//! approves exact fields for some hours, and within them the one who asked may look. Each look is
//! recorded and told to the reporter. Source: Order 121, article 37; Order 2, article 5; the objects
//! are proposals of the rulebook, section 1.8 and 9.3.

mod command;

pub use command::{Command, NewOpening, Setting};

use super::identity::{IdentityField, IdentitySubject};
use crate::{
    accounts::role::{Role, Roles},
    id::{IdentityId, OpeningId, ReportId, UserId},
    limits::OPENING_HOURS_MOST,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

words! {
    /// Why somebody needs to know who reported.
    pub enum OpeningPurpose as "OpeningPurpose" {
        /// To pay a reward to the right person; reward officers ask.
        RewardPayment,
        // The only exception towards the other party.
        /// A mixed submission: what mediation strictly needs (Order 121, article 37); intake and case
        /// officers ask. The approved opening is the disclosure grant.
        MediationDisclosure,
        /// A court or procuratorate asks in writing; heads ask.
        JudicialRequest,
        /// The reporter needs protection; heads ask.
        Protection,
    }
}

impl OpeningPurpose {
    /// The role in which one may ask, out of those that a person has.
    #[must_use]
    pub fn asked_as(self, roles: &Roles) -> Option<Role> {
        let may: &[Role] = match self {
            Self::RewardPayment => &[Role::RewardOfficer],
            Self::MediationDisclosure => &[Role::IntakeOfficer, Role::CaseOfficer],
            Self::JudicialRequest | Self::Protection => &[Role::Head],
        };
        may.iter().copied().find(|role| roles.has(*role))
    }

    /// Whether a field can be needed for it at all.
    #[must_use]
    pub const fn may_need(self, field: IdentityField) -> bool {
        match (self, field) {
            (Self::RewardPayment, _) => true,
            (_, IdentityField::BankAccount) => false,
            (Self::MediationDisclosure, IdentityField::IdNumber) => false,
            _ => true,
        }
    }
}

/// How far an opening has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningState {
    /// Asked for.
    Requested,
    /// Approved, for some hours.
    Approved {
        /// Who approved.
        by: UserId,
        /// When it was approved.
        at: DateTime<Utc>,
        /// The first moment at which it is over.
        until: DateTime<Utc>,
    },
}

/// An opening of a sealed identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its id.
    pub id: OpeningId,
    /// The identity.
    pub identity: IdentityId,
    /// Whose identity that is.
    pub subject: IdentitySubject,
    /// The report, for an identity of a report or of its reward.
    pub report: Option<ReportId>,
    /// Why.
    pub purpose: OpeningPurpose,
    /// Why, in the officer's words; never shown to the reporter.
    pub reason: String,
    /// Exactly these fields, in their order, each once.
    pub fields: Vec<IdentityField>,
    /// Who asked.
    pub requested_by: UserId,
    /// In which role.
    pub role: Role,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// How far it has come.
    pub state: OpeningState,
    /// The look that was just taken; an opening as it lies there has none.
    pub look: Option<Uuid>,
    /// Counts the changes.
    pub version: i32,
}

impl Opening {
    /// An officer asks.
    pub fn request(
        (id, new): (OpeningId, NewOpening),
        (identity, subject): (IdentityId, IdentitySubject),
        permit: &Permit,
        roles: &Roles,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let requested_by = permit.person(Action::RequestIdentityOpening)?;
        let NewOpening::RequestIdentityOpening {
            report,
            payee,
            purpose,
            reason,
            mut fields,
        } = new;
        if payee && purpose != OpeningPurpose::RewardPayment {
            return Err(Refusal::on(Code::FieldFormat, "ofPayee"));
        }
        let role = purpose.asked_as(roles).ok_or(Refusal::of(Code::Denied))?;
        fields.sort_unstable();
        fields.dedup();
        if fields.is_empty() {
            return Err(Refusal::on(Code::FieldRequired, "fields"));
        }
        if !fields.iter().all(|field| purpose.may_need(*field)) {
            return Err(Refusal::on(Code::OpeningFieldNotNeeded, "fields"));
        }
        Ok(Self {
            id,
            identity,
            subject,
            report: Some(report),
            purpose,
            reason: reason.to_string(),
            fields,
            requested_by,
            role,
            requested_at: now,
            state: OpeningState::Requested,
            look: None,
            version: 1,
        })
    }

    /// The report whose reporter, or the payee of whose reward it is about. Openings are asked for at a report; what else
    /// has an identity is shown by its own noun.
    pub fn report(&self) -> Result<ReportId, Refusal> {
        self.report.ok_or(Refusal::on(Code::NotFound, "openingId"))
    }

    /// A head who is somebody else approves, for some hours.
    fn approve(mut self, permit: &Permit, hours: i64, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let by = permit.person(Action::ApproveIdentityOpening)?;
        if by == self.requested_by {
            return Err(Refusal::of(Code::OpeningSamePerson));
        }
        if self.state != OpeningState::Requested {
            return Err(Refusal::of(Code::WrongState).with("approved"));
        }
        if !(1..=OPENING_HOURS_MOST).contains(&hours) {
            return Err(Refusal::on(Code::OutOfRange, "hours"));
        }
        self.state = OpeningState::Approved {
            by,
            at: now,
            until: now + TimeDelta::hours(hours),
        };
        Ok(self)
    }

    /// The one who asked looks, while it lasts.
    fn look(mut self, permit: &Permit, setting: &Setting) -> Result<Self, Refusal> {
        let by = permit.person(Action::OpenIdentity)?;
        match self.state {
            _ if by != self.requested_by => Err(Refusal::of(Code::Denied)),
            OpeningState::Requested => Err(Refusal::of(Code::OpeningNotApproved)),
            OpeningState::Approved { until, .. } if setting.now >= until => {
                Err(Refusal::of(Code::OpeningOver).with(until.to_rfc3339()))
            }
            OpeningState::Approved { .. } => {
                self.look = Some(setting.look);
                Ok(self)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::{Actor, Seat, SignedIn},
        id::{BureauId, DeviceId, ReportId},
        policy::{Facts, Place, Stake, permit},
    };
    use crate::{step::Machine as _, text::Text};

    fn officer(n: u128, role: Role) -> Actor {
        Actor::User(SignedIn {
            user: UserId::new(Uuid::from_u128(n)),
            device: DeviceId::new(Uuid::nil()),
            roles: [role].into_iter().collect(),
            seat: Seat::Bureau {
                bureau: BureauId::new(Uuid::nil()),
                division: "430103".parse().unwrap(),
            },
            settles_on: None,
        })
    }

    fn allowed(actor: &Actor, action: Action, stake: Stake) -> Permit {
        let facts = Facts {
            place: Place::Office,
            stake,
        };
        permit(actor, action, facts).unwrap()
    }

    fn requested(
        by: &Actor,
        purpose: OpeningPurpose,
        fields: &[IdentityField],
    ) -> Result<Opening, Refusal> {
        let roles = &by.signed_in().unwrap().roles;
        Opening::request(
            (
                OpeningId::new(Uuid::from_u128(9)),
                NewOpening::RequestIdentityOpening {
                    report: ReportId::new(Uuid::nil()),
                    payee: false,
                    purpose,
                    reason: Text::parse("发放奖励", "reason").unwrap(),
                    fields: fields.to_vec(),
                },
            ),
            (
                IdentityId::new(Uuid::nil()),
                IdentitySubject::Report(ReportId::new(Uuid::nil())),
            ),
            &allowed(by, Action::RequestIdentityOpening, Stake::None),
            roles,
            DateTime::UNIX_EPOCH,
        )
    }

    fn taken(
        opening: &Opening,
        command: Command,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<Opening, Refusal> {
        let look = Uuid::from_u128(7);
        let step = opening
            .clone()
            .take(command, permit, &Setting { now, look })?;
        Ok(step.after)
    }

    fn code(tried: Result<Opening, Refusal>) -> Code {
        tried.unwrap_err().code
    }

    #[test]
    fn one_asks_another_approves_and_the_first_looks_while_it_lasts() {
        let now = DateTime::UNIX_EPOCH;
        let luo = officer(1, Role::RewardOfficer);
        let he = officer(2, Role::Head);
        let fields = [
            IdentityField::BankAccount,
            IdentityField::Name,
            IdentityField::Name,
        ];
        let opening = requested(&luo, OpeningPurpose::RewardPayment, &fields).unwrap();
        let look = allowed(&luo, Action::OpenIdentity, Stake::Own);
        let looked = |opening: &Opening, at| taken(opening, Command::OpenIdentity, &look, at);
        assert_eq!(code(looked(&opening, now)), Code::OpeningNotApproved);
        let approve = allowed(&he, Action::ApproveIdentityOpening, Stake::None);
        let approved = |opening: &Opening, hours| {
            let command = Command::ApproveIdentityOpening { hours };
            taken(opening, command, &approve, now)
        };
        for hours in [0, -1, OPENING_HOURS_MOST + 1] {
            assert_eq!(code(approved(&opening, hours)), Code::OutOfRange);
        }
        let opening = approved(&opening, 24).unwrap();
        assert_eq!(opening.look, None);
        let seen = looked(&opening, now + TimeDelta::hours(23)).unwrap();
        assert_eq!(seen.look, Some(Uuid::from_u128(7)));
        assert_eq!(
            seen.fields,
            [IdentityField::Name, IdentityField::BankAccount]
        );
        let late = looked(&opening, now + TimeDelta::hours(24));
        assert_eq!(code(late), Code::OpeningOver);
        let others = allowed(&he, Action::OpenIdentity, Stake::Own);
        let tried = taken(&opening, Command::OpenIdentity, &others, now);
        assert_eq!(code(tried), Code::Denied);
        assert_eq!(code(approved(&opening, 24)), Code::WrongState);
    }

    #[test]
    fn nobody_approves_what_they_asked_for() {
        let he = officer(2, Role::Head);
        let opening = requested(&he, OpeningPurpose::Protection, &[IdentityField::Phone]).unwrap();
        let approve = allowed(&he, Action::ApproveIdentityOpening, Stake::None);
        let command = Command::ApproveIdentityOpening { hours: 24 };
        let tried = taken(&opening, command, &approve, DateTime::UNIX_EPOCH);
        assert_eq!(code(tried), Code::OpeningSamePerson);
    }

    #[test]
    fn a_purpose_belongs_to_a_role_and_needs_only_some_fields() {
        let luo = officer(1, Role::RewardOfficer);
        let refused =
            |purpose, fields: &[IdentityField]| requested(&luo, purpose, fields).unwrap_err().code;
        assert_eq!(
            refused(OpeningPurpose::Protection, &[IdentityField::Name]),
            Code::Denied
        );
        assert_eq!(
            refused(OpeningPurpose::RewardPayment, &[]),
            Code::FieldRequired
        );
        let deng = officer(3, Role::CaseOfficer);
        let mediation = requested(
            &deng,
            OpeningPurpose::MediationDisclosure,
            &[IdentityField::Name, IdentityField::BankAccount],
        );
        assert_eq!(mediation.unwrap_err().code, Code::OpeningFieldNotNeeded);
    }
}
