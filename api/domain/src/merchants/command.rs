//! What can be asked of a merchant on the register: opened, renamed, moved, closed, succeeded. Nothing is deleted: the
//! code on the wall of a former merchant goes on saying whose it was, and never leads to the grade of another one.

use super::{
    credit_code::CreditCode,
    merchant::{Ended, Merchant},
};
use crate::{
    commands,
    event::Event,
    id::MerchantId,
    limits::{ADDRESS_CHARS, STALL_CHARS},
    place::Position,
    places::division::DivisionCode,
    policy::{Action, Permit},
    ratings::indicator::Venue,
    refusal::{Code, Refusal},
    step::{Machine, Step},
    text::{Line, Text},
};
use chrono::NaiveDate;
use serde::Serialize;

/// Where a merchant does business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Premises {
    /// The division.
    pub division: DivisionCode,
    /// Street address.
    pub address: Text<ADDRESS_CHARS>,
    /// Where it is.
    pub position: Option<Position>,
    /// The market whose organiser let it in.
    pub market: Option<MerchantId>,
    /// Its number inside the market.
    pub stall_no: Option<Text<STALL_CHARS>>,
}

commands! {
    /// What makes a merchant.
    NewMerchant:

    /// Put a merchant on the register.
    OpenMerchant {
        /// Name in Chinese.
        name_zh: Line,
        /// Name in English.
        name_en: Line,
        /// What kind of venue it is.
        venue: Venue,
        /// Its unified social credit code, if it has one.
        credit_code: Option<CreditCode>,
        /// Where it does business.
        premises: Premises,
        /// When it opened.
        opened_on: NaiveDate,
    } => KeepRegister;
}

commands! {
    /// What can be asked of a merchant on the register.
    Command:

    /// Give it another name.
    RenameMerchant {
        /// Name in Chinese.
        name_zh: Line,
        /// Name in English.
        name_en: Line,
    } => KeepRegister;
    /// Note that it does business elsewhere now.
    MoveMerchant {
        /// Where.
        premises: Premises,
    } => KeepRegister;
    /// Note that it does no business any more.
    CloseMerchant {
        /// Since when.
        on: NaiveDate,
        /// Why, as far as it is known.
        reason: Line,
    } => KeepRegister;
    /// Note that another merchant does business in its place.
    SucceedMerchant {
        /// Who; on the register already, with a code of its own.
        successor: MerchantId,
        /// Since when.
        on: NaiveDate,
    } => KeepRegister;
}

/// What else a step on a merchant needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The day.
    pub today: NaiveDate,
    /// Whether the division that the command names exists.
    pub is_division_known: bool,
    /// The merchant that the command names as market or successor, if it is on the register.
    pub other: Option<Merchant>,
}

impl Premises {
    /// Refuses a division that does not exist, and a market that is none.
    pub fn check(&self, is_division_known: bool, market: Option<&Merchant>) -> Result<(), Refusal> {
        if !is_division_known {
            return Err(Refusal::on(Code::DivisionUnknown, "division"));
        }
        if self.market.is_none() {
            return Ok(());
        }
        match market {
            Some(market) if market.venue == Venue::MarketOrganiser => market.is_open("marketId"),
            _ => Err(Refusal::on(Code::MerchantUnknown, "marketId")),
        }
    }
}

impl Merchant {
    /// Refuses a merchant that does no business any more.
    pub fn is_open(&self, field: &'static str) -> Result<(), Refusal> {
        match self.ended {
            None => Ok(()),
            Some(_) => Err(Refusal::on(Code::MerchantClosed, field)),
        }
    }

    fn end(&mut self, ended: Ended, today: NaiveDate) -> Result<(), Refusal> {
        if ended.on > today {
            return Err(Refusal::on(Code::TimeInFuture, "on"));
        }
        if ended.on < self.opened_on {
            return Err(Refusal::on(Code::TimeTooOld, "on"));
        }
        self.ended = Some(ended);
        Ok(())
    }
}

impl Machine for Merchant {
    type Command = Command;
    type Setting = Setting;

    fn take(
        mut self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::KeepRegister)?;
        self.is_open("merchantId")?;
        let merchant = self.id;
        let event = match command {
            Command::RenameMerchant { name_zh, name_en } => {
                self.name_zh = name_zh.to_string();
                self.name_en = name_en.to_string();
                Event::MerchantRenamed { merchant }
            }
            Command::MoveMerchant { premises } => {
                premises.check(setting.is_division_known, setting.other.as_ref())?;
                let Premises {
                    division,
                    address,
                    position,
                    market,
                    stall_no,
                } = premises;
                self.division = division;
                self.address = address.to_string();
                self.position = position;
                self.market = market;
                self.stall_no = stall_no.map(|number| number.to_string());
                Event::MerchantMoved { merchant }
            }
            Command::CloseMerchant { on, reason } => {
                let ended = Ended {
                    on,
                    reason: Some(reason),
                    successor: None,
                };
                self.end(ended, setting.today)?;
                Event::MerchantClosed { merchant }
            }
            Command::SucceedMerchant { successor, on } => {
                let other = setting.other.as_ref().filter(|other| other.id != merchant);
                let other = other.ok_or(Refusal::on(Code::MerchantUnknown, "successorId"))?;
                other.is_open("successorId")?;
                let ended = Ended {
                    on,
                    reason: None,
                    successor: Some(successor),
                };
                self.end(ended, setting.today)?;
                Event::MerchantSucceeded { merchant }
            }
        };
        Ok(Step {
            after: self,
            event,
            clocks: Vec::new(),
            paper: None,
        })
    }
}
