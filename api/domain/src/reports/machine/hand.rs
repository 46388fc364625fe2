//! In whose hands a report is (Order 121, article 41). Nobody hands it over whose fate is being
//! decided on already.

use crate::{
    event::Event,
    notices::paper::Paper,
    places::{custody::Custody, division::DivisionCode},
    refusal::{Code, Refusal},
    reports::{command::Setting, report::Report},
    step::Step,
};

impl Report {
    /// The intake unit dispatches it to a lower unit at once.
    pub(super) fn hand_down(
        self,
        to: DivisionCode,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let intake = setting.seat.ok_or_else(|| Refusal::of(Code::Denied))?;
        setting.receiving.check_known("to")?;
        self.check_registered()?;
        let custody = self
            .custody
            .dispatch((intake, to), setting.receiving, "to")?;
        Ok(self.hand_over(custody, Paper::DispatchLetter))
    }

    /// A unit without competence gives it back to where it came from; it may not pass it on.
    pub(super) fn give_back(self) -> Result<Step<Self>, Refusal> {
        self.check_registered()?;
        let custody = self.custody.give_back()?;
        Ok(self.hand_over(custody, Paper::ReturnLetter))
    }

    fn hand_over(mut self, custody: Custody, paper: Paper) -> Step<Self> {
        self.custody = custody;
        let event = Event::ReportDispatched { report: self.id };
        self.noted(event, Some(paper))
    }

    /// It goes to whose it is after a dispute. What was decided on meanwhile stays where it was
    /// decided.
    #[must_use]
    pub fn designated_to(mut self, unit: DivisionCode) -> Option<Self> {
        if !self.state.is_open() {
            return None;
        }
        self.custody = Custody::designate(unit);
        Some(self)
    }
}
