//! Credit repair: the display of a general penalty ends early, when everything is paid and put right and
//! nothing of the kind came after it (Order 107 of 2025, articles 9 to 17). The party asks, or the office
//! notes that it asked; the office takes the application up, or asks once for more; the head decides, and takes back what was
//! got by lying.

use super::{Display, DisplayClass};
use crate::{
    cases::{case::Case, command::Setting, file::File},
    law::calendar::shanghai_date,
    limits::CASE_ACTS,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// How far an application for credit repair has come.
    pub enum RepairState as "CreditRepairState" {
        /// The party asked; the office has to look whether all is there.
        Asked,
        /// The office asked for more.
        Incomplete,
        /// It was taken up; the head has to decide.
        Accepted,
        /// The decision is shown no more.
        Granted,
        /// It goes on being shown.
        Rejected,
        /// It was got by lying, and is shown anew.
        Undone,
    }
}

/// What the head decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairDecision {
    /// Whether the display ends.
    pub grant: bool,
    /// Why, or why not.
    pub reason: Reason,
    /// The head, and when.
    pub made: Mark,
}

/// What a head did about an application beside deciding on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairNote {
    /// Why.
    pub reason: Reason,
    /// The head, and when.
    pub made: Mark,
}

/// An application for credit repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The promise that the party signed.
    pub promise: Line,
    /// What shows that everything is done.
    pub proof: Line,
    /// Who asked or noted it, and when; after a request for more, when that came.
    pub asked: Mark,
    /// What was missing; the office asks for more once.
    pub missing: Option<Narrative>,
    /// Whether it is waited for.
    pub is_incomplete: bool,
    /// That it was taken up.
    pub accepted: Option<Mark>,
    /// More time for the decision.
    #[serde(default)]
    pub extended: Option<RepairNote>,
    /// What the head decided.
    pub decided: Option<RepairDecision>,
    /// That it was got by lying: its end of the display is undone.
    #[serde(default)]
    pub undone: Option<RepairNote>,
}

impl Repair {
    /// How far it has come.
    #[must_use]
    pub const fn state(&self) -> RepairState {
        match (&self.decided, &self.accepted) {
            (Some(_), _) if self.undone.is_some() => RepairState::Undone,
            (Some(decided), _) if decided.grant => RepairState::Granted,
            (Some(_), _) => RepairState::Rejected,
            (None, Some(_)) => RepairState::Accepted,
            (None, None) if self.is_incomplete => RepairState::Incomplete,
            (None, None) => RepairState::Asked,
        }
    }
}

impl File {
    /// The newest application for credit repair.
    #[must_use]
    pub fn repair(&self) -> Option<&Repair> {
        self.repairs.last()
    }

    /// The day in China on which credit repair ended the display.
    #[must_use]
    pub fn repaired_on(&self) -> Option<NaiveDate> {
        let mut repairs = self.repairs.iter();
        let granted = repairs.find(|repair| repair.state() == RepairState::Granted)?;
        let decided = granted.decided.as_ref()?;
        Some(shanghai_date(decided.made.at))
    }

    /// The last day in China on which a repair that was got by lying was undone.
    pub(super) fn repair_undone_on(&self) -> Option<NaiveDate> {
        let undone = self
            .repairs
            .iter()
            .filter_map(|repair| repair.undone.as_ref());
        undone.map(|undone| shanghai_date(undone.made.at)).max()
    }
}

impl Case {
    /// Somebody asks for the end of the display, or gives what was missing.
    pub(in crate::cases) fn ask_repair(
        &mut self,
        (promise, proof): (Line, Line),
        asked: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.check_repair(setting)?;
        match self.file.repairs.last_mut() {
            Some(last) if last.state() == RepairState::Incomplete => {
                (last.promise, last.proof, last.asked) = (promise, proof, asked);
                last.is_incomplete = false;
                return Ok(());
            }
            Some(last) if last.decided.is_none() => return Err(Refusal::of(Code::RepairOpen)),
            _ => {}
        }
        if self.file.repairs.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        self.file.repairs.push(Repair {
            promise,
            proof,
            asked,
            missing: None,
            is_incomplete: false,
            accepted: None,
            extended: None,
            decided: None,
            undone: None,
        });
        Ok(())
    }

    /// The office takes it up, or asks once for more.
    pub(in crate::cases) fn accept_repair(
        &mut self,
        missing: Option<Narrative>,
        made: Mark,
    ) -> Result<(), Refusal> {
        let repair = self.repair_in(RepairState::Asked)?;
        if missing.is_none() {
            repair.accepted = Some(made);
            return Ok(());
        }
        if repair.missing.is_some() {
            return Err(Refusal::on(Code::RepairAskedBefore, "missing"));
        }
        repair.missing = missing;
        repair.is_incomplete = true;
        Ok(())
    }

    /// The head takes more time for it. How often the law lets him is the period's to know.
    pub(in crate::cases) fn extend_repair(&mut self, extended: RepairNote) -> Result<(), Refusal> {
        self.repair_in(RepairState::Accepted)?.extended = Some(extended);
        Ok(())
    }

    /// What was got by lying is undone: the decision is shown anew.
    pub(in crate::cases) fn undo_repair(&mut self, undone: RepairNote) -> Result<(), Refusal> {
        self.repair_in(RepairState::Granted)?.undone = Some(undone);
        Ok(())
    }

    /// The head decides. Nothing is granted whose conditions are not met any more.
    pub(in crate::cases) fn decide_repair(
        &mut self,
        decided: RepairDecision,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.repair_in(RepairState::Accepted)?;
        if decided.grant {
            self.check_repair(setting)?;
        }
        self.repair_in(RepairState::Accepted)?.decided = Some(decided);
        Ok(())
    }

    /// The conditions (articles 9 and 11).
    fn check_repair(&self, setting: &Setting) -> Result<(), Refusal> {
        let Some(display) = setting.display.filter(|_| self.standing().is_some()) else {
            return Err(self.wrong_state());
        };
        let today = setting.today();
        check_time(&display, today)?;
        if !self.is_carried_out(setting) {
            return Err(Refusal::of(Code::RepairNotCarriedOut));
        }
        if setting.has_new_penalty {
            return Err(Refusal::of(Code::RepairNewPenalty));
        }
        Ok(())
    }

    fn repair_in(&mut self, wanted: RepairState) -> Result<&mut Repair, Refusal> {
        if self.standing().is_none() {
            return Err(self.wrong_state());
        }
        let repair = self.file.repairs.last_mut();
        let repair = repair.ok_or(Refusal::of(Code::RepairRequired))?;
        let state = repair.state();
        if state == wanted {
            return Ok(repair);
        }
        Err(Refusal::of(Code::WrongState).with(state.to_string()))
    }
}

/// Only what is shown, and would be for longer, can be ended, and not at once.
fn check_time(display: &Display, today: NaiveDate) -> Result<(), Refusal> {
    if display.class != DisplayClass::General || !display.is_public_on(today) {
        return Err(Refusal::of(Code::RepairNeedless));
    }
    match display.repair_after {
        Some(last) if today <= last => {
            Err(Refusal::of(Code::RepairTooEarly).with(last.to_string()))
        }
        _ => Ok(()),
    }
}
