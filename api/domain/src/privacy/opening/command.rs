//! What makes an opening, what can be asked of it, and which step answers.

use super::{Opening, OpeningPurpose};
use crate::{
    commands,
    event::Event,
    id::ReportId,
    limits::OPENING_REASON_CHARS,
    policy::Permit,
    privacy::identity::IdentityField,
    refusal::Refusal,
    step::{Machine, Step},
    text::Text,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

commands! {
    /// What makes an opening.
    NewOpening:

    /// Ask to see fields of the reporter's identity.
    RequestIdentityOpening {
        /// The report whose reporter it is about.
        report: ReportId,
        /// Whether it is about the payee of the report's reward.
        payee: bool,
        /// Why.
        purpose: OpeningPurpose,
        /// Why, in words.
        reason: Text<OPENING_REASON_CHARS>,
        /// The fields.
        fields: Vec<IdentityField>,
    } => RequestIdentityOpening;
}

commands! {
    /// What can be asked of an opening.
    Command:

    /// Approve it.
    ApproveIdentityOpening {
        /// For how many hours.
        hours: i64,
    } => ApproveIdentityOpening;
    /// Look, as approved.
    OpenIdentity => OpenIdentity;
}

/// What else a step on an opening needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// What a look would be called.
    pub look: Uuid,
}

impl Machine for Opening {
    type Command = Command;
    type Setting = Setting;

    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let (opening, report) = (self.id, self.report()?);
        let (after, event) = match command {
            Command::ApproveIdentityOpening { hours } => (
                self.approve(permit, hours, setting.now)?,
                Event::IdentityOpeningApproved { opening },
            ),
            Command::OpenIdentity => (
                self.look(permit, setting)?,
                Event::IdentityOpened { opening, report },
            ),
        };
        Ok(Step {
            after,
            event,
            clocks: Vec::new(),
            paper: None,
        })
    }
}
