//! Questions of the bureau and answers of a reporter who may be anonymous.

use crate::{
    id::{MessageId, ReportId, UserId},
    limits::MESSAGE_CHARS,
    text::Text,
};
use chrono::{DateTime, Utc};

/// What is asked or answered: at most 1,000 characters.
pub type MessageText = Text<MESSAGE_CHARS>;

words! {
    /// Who wrote a message.
    pub enum Sender as "MessageSender" {
        /// The bureau asks.
        Bureau,
        /// The reporter answers.
        Reporter,
    }
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
