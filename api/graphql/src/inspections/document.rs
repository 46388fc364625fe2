//! A measurement of any family as one JSON document.

use super::occurred::{OccurredInput, claim};
use liangxin_domain::{
    id::{InstrumentId, MeasurementId},
    inspections::command::Command,
    metrology::{document::Document, wire},
    refusal::{Code, Refusal},
    text::Reason,
};
use uuid::Uuid;

step_inputs! {
    visit_id "The visit.", id "Made by the phone; names the measurement and this write.";

    /// Record a measurement of any family and get its verdict.
    SubmitMeasurementInput {
        /// The merchant's instrument that was measured, or that the goods were sold on.
        instrument_id: Option<Uuid>,
        /// The measurement as JSON text, `{"family": "…", …}`, as the verdict library of the phone takes
        /// it. At most 256 KiB.
        measurement: String,
        /// When it was measured. A document that has the day of the phone's clock is judged by the day on which it was.
        occurred: Option<OccurredInput>,
    }

    /// Put another measurement in the place of one that was recorded by mistake.
    CorrectFindingInput {
        /// The former measurement.
        finding_id: Uuid,
        /// Why: 5 to 4,000 characters.
        reason: String,
        /// The merchant's instrument that was measured, or that the goods were sold on.
        instrument_id: Option<Uuid>,
        /// The measurement as it was in truth, of the same family and of no later day, as JSON text. At most 256 KiB.
        measurement: String,
        /// When it was corrected.
        occurred: Option<OccurredInput>,
    }
}

impl CorrectFindingInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::CorrectFinding {
            measurement: MeasurementId::parse(self.id, "id")?,
            former: MeasurementId::new(self.finding_id),
            reason: Reason::parse(&self.reason, "reason")?,
            instrument: self.instrument_id.map(InstrumentId::new),
            input: Box::new(measurement(&self.measurement)?),
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

impl SubmitMeasurementInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::SubmitMeasurement {
            measurement: MeasurementId::parse(self.id, "id")?,
            instrument: self.instrument_id.map(InstrumentId::new),
            input: Box::new(measurement(&self.measurement)?),
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

/// Reads a measurement; what is refused names the code and the path within the document.
pub(super) fn measurement(text: &str) -> Result<Document, Refusal> {
    wire::read_document(text).map_err(|refused| {
        Refusal::on(Code::MeasurementInput, "measurement")
            .within(refused.code, refused.field.as_deref())
    })
}
