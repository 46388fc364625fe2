//! What putting a lead on record takes.

use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_domain::{
    id::{MerchantId, ReportId},
    refusal::Refusal,
    reports::command::NewLead,
    text::Narrative,
};
use uuid::Uuid;

/// Put a lead on record that came to light without a report and without a visit.
#[derive(InputObject)]
pub(super) struct OpenLeadInput {
    /// Made by the client; names the report of the lead and this write.
    id: Uuid,
    /// Whom it is about.
    merchant_id: Uuid,
    /// The day on which it was found, or what was handed over received; today if not said.
    found_on: Option<NaiveDate>,
    /// What it says, and where it came from: 5 to 4,000 characters.
    words: String,
}

impl OpenLeadInput {
    pub(super) fn parse(self) -> Result<(ReportId, NewLead), Refusal> {
        let new = NewLead::OpenLead {
            merchant: MerchantId::new(self.merchant_id),
            found_on: self.found_on,
            words: Narrative::parse_telling(&self.words, "words")?,
        };
        Ok((ReportId::parse(self.id, "id")?, new))
    }
}
