//! An account: who signs in, as what, and where. An administrator of its place adds it, moves it, and ends it.
//! Nothing is deleted: who did what stays known by name. It refuses to know passwords.

use crate::{
    accounts::role::{Role, Roles},
    actor::Seat,
    commands,
    event::Event,
    id::{MerchantId, UserId},
    limits::CERTIFICATE_CHARS,
    places::division::DivisionCode,
    policy::Permit,
    refusal::{Code, Refusal},
    secret,
    step::{Command as _, Machine, Step},
    text::{Email, Line, Text},
};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A person with an account, without the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub id: UserId,
    /// Sign-in name.
    pub email: Email,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// What the person may be.
    pub roles: Roles,
    /// Where the person sits.
    pub seat: Seat,
    /// Number of the enforcement certificate.
    pub certificate_no: Option<String>,
    /// When the account was disabled, while it is.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When a second factor was set up, while there is one.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// When an administrator last gave the access: said what the person may be, or made the code by which the password was chosen.
    pub given_at: Option<DateTime<Utc>>,
}

/// Where somebody is to sit, as an administrator names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Workplace {
    /// The bureau of exactly this division.
    Bureau(DivisionCode),
    /// A merchant.
    Merchant(MerchantId),
}

commands! {
    /// What makes an account.
    NewAccount:

    /// Add an account, which nobody can sign in to before a password is chosen.
    AddAccount {
        /// Sign-in name.
        #[serde(serialize_with = "secret::write")]
        email: Email,
        /// Name in Chinese.
        name_zh: Line,
        /// Name in English.
        name_en: Line,
        /// What the person may be.
        roles: Roles,
        /// Where the person sits.
        at: Workplace,
        /// Number of the enforcement certificate.
        certificate_no: Option<Text<CERTIFICATE_CHARS>>,
    } => AddAccount;
}

commands! {
    /// What can be asked of an account by an administrator.
    Command:

    /// Move it to another place of the same kind.
    MoveAccount {
        /// Where to.
        to: Workplace,
    } => MoveAccount;
    /// Say what the person may be from now on.
    SetAccountRoles {
        /// All roles, those kept included.
        roles: Roles,
    } => SetAccountRoles;
    /// End its access; its devices are revoked.
    DisableAccount => DisableAccount;
    /// Give the access back; the person signs in again.
    EnableAccount => EnableAccount;
    /// Forget the second factor of somebody who lost it.
    RemoveSecondFactor => RemoveSecondFactor;
}

/// What else a step on an account needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The seat that a move names.
    pub destination: Option<Seat>,
}

impl Machine for Account {
    type Command = Command;
    type Setting = Setting;

    fn take(
        mut self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        // Nobody locks oneself out, nor gives oneself a role.
        if permit.person(command.action())? == self.id {
            return Err(Refusal::of(Code::AccountOwn));
        }
        let user = self.id;
        let event = match command {
            Command::MoveAccount { .. } => {
                let seat = setting.destination.clone();
                let seat = seat.ok_or_else(|| Refusal::of(Code::DivisionUnknown))?;
                if seat == self.seat {
                    return Err(Refusal::of(Code::WrongState).with("same place"));
                }
                self.seat = seat;
                Event::AccountMoved { user }
            }
            Command::SetAccountRoles { roles } => {
                if roles == self.roles {
                    return Err(Refusal::of(Code::WrongState).with("same roles"));
                }
                self.roles = roles;
                self.given_at = Some(setting.now);
                Event::AccountRolesSet { user }
            }
            Command::DisableAccount => {
                self.is_enabled()?;
                self.disabled_at = Some(setting.now);
                Event::AccountDisabled { user }
            }
            Command::EnableAccount => {
                if self.disabled_at.take().is_none() {
                    return Err(Refusal::of(Code::WrongState).with("enabled"));
                }
                Event::AccountEnabled { user }
            }
            Command::RemoveSecondFactor => {
                if self.second_factor_at.take().is_none() {
                    return Err(Refusal::of(Code::WrongState).with("no second factor"));
                }
                Event::SecondFactorRemoved { user }
            }
        };
        self.roles.check(&self.seat)?;
        Ok(Step {
            after: self,
            event,
            clocks: Vec::new(),
            paper: None,
        })
    }
}

impl Account {
    /// Refuses what makes no sense for an account that is disabled.
    pub fn is_enabled(&self) -> Result<(), Refusal> {
        match self.disabled_at {
            None => Ok(()),
            Some(_) => Err(Refusal::of(Code::WrongState).with("disabled")),
        }
    }
}

impl Roles {
    /// A role that does not fit the seat: what a person may do is decided by both together, and a pair that does
    /// not fit could do nothing.
    #[must_use]
    pub fn stray(&self, seat: &Seat) -> Option<Role> {
        let is_outside = matches!(seat, Seat::Merchant(_));
        self.iter()
            .find(|role| (*role == Role::Merchant) != is_outside)
    }

    /// Refuses no role at all, and one that does not fit the seat.
    pub fn check(&self, seat: &Seat) -> Result<(), Refusal> {
        if self.iter().next().is_none() {
            return Err(Refusal::on(Code::FieldRequired, "roles"));
        }
        match self.stray(seat) {
            Some(role) => Err(Refusal::on(Code::RoleNotFitting, "roles").with(role.to_string())),
            None => Ok(()),
        }
    }
}
