//! Refusals on the wire: expected outcomes as `problems` in the payload, the rest as `errors`.

use crate::error::AppError;
use async_graphql::{Error, ErrorExtensionValues, SimpleObject};
use liangxin_domain::refusal::{Channel, Lang, Refusal};

/// Why an operation did not do what it was asked to. Nothing was changed.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Problem {
    /// Stable code; see `error-codes.json`.
    code: &'static str,
    /// What to do: `PERMANENT` (show it to a person), `RETRY` (later, unchanged), `SIGN_IN`.
    class: &'static str,
    /// The input field that was refused, if it was one.
    field: Option<&'static str>,
    /// A sentence for people, in the language of the request.
    message: String,
}

impl Problem {
    fn of(refusal: &Refusal, lang: Lang) -> Self {
        Self {
            code: refusal.code.as_str(),
            class: refusal.code.class().into(),
            field: refusal.field,
            message: refusal.message(lang),
        }
    }
}

/// An outcome, split into what succeeded and what the payload says instead.
pub(super) fn settle<T>(
    outcome: Result<T, AppError>,
    lang: Lang,
) -> Result<(Option<T>, Vec<Problem>), AppError> {
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(AppError::Refused(refusal)) if refusal.code.channel() == Channel::Problem => {
            Ok((None, vec![Problem::of(&refusal, lang)]))
        }
        Err(error) => Err(error),
    }
}

impl From<AppError> for Error {
    fn from(error: AppError) -> Self {
        error.log();
        refused(&error.refusal())
    }
}

/// A refusal as an error; the gate puts the sentence into the language of the request.
pub(super) fn refused(refusal: &Refusal) -> Error {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", refusal.code.as_str());
    extensions.set("class", <&str>::from(refusal.code.class()));
    if let Some(field) = refusal.field {
        extensions.set("field", field);
    }
    if let Some(detail) = &refusal.detail {
        extensions.set("detail", detail.as_str());
    }
    Error {
        message: refusal.message(Lang::En),
        source: None,
        extensions: Some(extensions),
    }
}
