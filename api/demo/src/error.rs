//! Why the story did not go on.

use crate::fixtures::FixtureError;
use thiserror::Error;

/// Why a request, a step or the whole story failed.
#[derive(Debug, Error)]
pub enum StoryError {
    /// A step failed.
    #[error("step {number} failed ({title})")]
    Step {
        /// Its number, from 1.
        number: usize,
        /// Its English title.
        title: &'static str,
        /// Why.
        #[source]
        cause: Box<StoryError>,
    },
    /// There is no such step.
    #[error("the story has no step {0}")]
    NoSuchStep(usize),
    /// The server did not answer, or broke off.
    #[error("{request} got no answer")]
    NoAnswer {
        /// The operation or the path.
        request: String,
        /// What the network said.
        #[source]
        cause: reqwest::Error,
    },
    /// The request as a whole was not served: GraphQL `errors`.
    #[error("{request} failed: {code}, {message}")]
    Failed {
        /// The operation or the path.
        request: String,
        /// The stable code.
        code: String,
        /// The sentence for people.
        message: String,
    },
    /// An expected "no": GraphQL `problems`, or the answer of an upload.
    #[error("{request} was refused: {code}, {message}")]
    Refused {
        /// The operation or the path.
        request: String,
        /// The stable code.
        code: String,
        /// The refused input field.
        field: Option<String>,
        /// The sentence for people.
        message: String,
    },
    /// Something that the law forbids was done.
    #[error("{request} should have been refused")]
    NotRefused {
        /// The operation.
        request: String,
    },
    /// An answer is not what the contract says.
    #[error("the answer of {request} has no {what}")]
    Incomplete {
        /// The operation or the path.
        request: String,
        /// What is missing.
        what: String,
    },
    /// A page came with another status than the story needs.
    #[error("{path} answered with status {status}")]
    Page {
        /// The path.
        path: String,
        /// The status.
        status: u16,
    },
    /// The decision is not in the grade, though the worker had its time.
    #[error("no grade was computed within {seconds} seconds after the decision")]
    NoGrade {
        /// How long the story waited.
        seconds: u64,
    },
    /// The fixtures lack somebody.
    #[error("the fixtures lack somebody")]
    Fixtures(#[from] FixtureError),
}

impl StoryError {
    /// The stable code of the server, if the server said no; of the cause, if a step failed.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Step { cause, .. } => cause.code(),
            Self::Failed { code, .. } | Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }
}
