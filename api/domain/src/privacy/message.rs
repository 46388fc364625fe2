//! Questions of the bureau and answers of a reporter who may be anonymous.

use crate::{
    id::{MessageId, ReportId, UserId},
    text::Text,
};
use chrono::{DateTime, Utc};
use strum::{Display, EnumString, IntoStaticStr};

/// What is asked or answered: at most 1,000 characters.
pub type MessageText = Text<1000>;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "MessageSender")
)]
pub enum Sender {
    /// The bureau asks.
    Bureau,
    /// The reporter answers.
    Reporter,
}

/// A message between the bureau and a reporter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The report that it is about.
    pub report: ReportId,
    /// Who wrote it.
    pub sender: Sender,
    /// The officer, if it was one; the reporter never learns it.
    pub officer: Option<UserId>,
    /// The question that it answers.
    pub answers: Option<MessageId>,
    /// The words.
    pub text: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}
