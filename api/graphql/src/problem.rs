//! Refusals on the wire: expected outcomes as `problems` in the payload, the rest as `errors`.

use async_graphql::SimpleObject;
use liangxin_app::error::AppError;
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
