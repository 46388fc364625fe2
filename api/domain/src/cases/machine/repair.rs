//! The steps of credit repair, after the decision.

use super::{Made, elsewhere};
use crate::{
    cases::{
        case::Case,
        command::{Command, Setting},
        display::{ACCEPT, DECIDE_REPAIR, RepairDecision, RepairNote},
    },
    event::Event,
    law::effect::ClockEffect,
    notices::paper::Paper,
    refusal::Refusal,
    reports::state::Mark,
};

impl Case {
    pub(super) fn repair(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, on) = (self.id, setting.today());
        let merchant = self.merchant;
        let starts = |rule| ClockEffect::Start {
            rule,
            opened_on: on,
        };
        let paper = Some(Paper::CreditRepairNotice);
        let done = |rule| ClockEffect::Satisfy { rule, on };
        match command {
            Command::RepairCredit { promise, proof } => {
                self.ask_repair((promise, proof), made, setting)?;
                Ok((Event::RepairAsked { case }, vec![starts(ACCEPT)], None))
            }
            Command::AcceptRepair { missing } => {
                let is_complete = missing.is_none();
                self.accept_repair(missing, made)?;
                let mut clocks = vec![done(ACCEPT)];
                clocks.extend(is_complete.then(|| starts(DECIDE_REPAIR)));
                Ok((Event::RepairAnswered { case }, clocks, paper))
            }
            Command::ExtendRepair { reason } => {
                let (rule, by) = (DECIDE_REPAIR, made.by);
                self.extend_repair(RepairNote { reason, made })?;
                let longer = ClockEffect::Extend { rule, by, on };
                Ok((Event::RepairAnswered { case }, vec![longer], paper))
            }
            Command::DecideRepair { grant, reason } => {
                self.decide_repair(
                    RepairDecision {
                        grant,
                        reason,
                        made,
                    },
                    setting,
                )?;
                let clocks = vec![done(DECIDE_REPAIR)];
                Ok((Event::RepairDecided { case, merchant }, clocks, paper))
            }
            Command::UndoRepair { reason } => {
                self.undo_repair(RepairNote { reason, made })?;
                Ok((Event::RepairDecided { case, merchant }, Vec::new(), paper))
            }
            _ => Err(elsewhere()),
        }
    }
}
