//! Which code an error gets that the library made, or that a limit did.

use async_graphql::ServerError;

use super::{
    limits::{INPUT_INVALID, INTERNAL, QUERY_INVALID, QUERY_TOO_COMPLEX},
    weight::Excess,
};

/// The library tells its limits from other errors by the text alone; a test of [`super::limited`] fails if it changes.
fn is_limit(error: &ServerError) -> bool {
    matches!(
        error.message.as_str(),
        "Query is too complex." | "Query is nested too deep."
    ) || error
        .message
        .starts_with("The recursion depth of the query cannot be greater than ")
        || error
            .message
            .starts_with("The number of directives on the field ")
}

/// Before the first resolver was reached, an error is the request's fault.
pub(super) fn give_codes(errors: &mut [ServerError], is_started: bool) {
    let is_too_complex = !is_started && errors.iter().any(is_limit);
    for error in errors {
        let is_input = error.message.starts_with("Failed to parse \"")
            || error.message.starts_with("Expected input type \"")
            || error.message.ends_with(" is not defined.");
        let code = match (is_started, is_input) {
            (false, _) if is_too_complex => QUERY_TOO_COMPLEX,
            (false, _) => QUERY_INVALID,
            (true, true) => INPUT_INVALID,
            (true, false) => INTERNAL,
        };
        give_code(error, code);
    }
}

fn give_code(error: &mut ServerError, code: &str) {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
}

/// An error with a code, unless it has one.
pub(super) fn coded(mut error: ServerError, code: &str) -> ServerError {
    give_code(&mut error, code);
    error
}

/// Says what was asked for, and how much of it one answer may ask.
pub(super) fn refusal(excess: Excess) -> ServerError {
    let mut error = ServerError::new(excess.to_string(), None);
    let code = match excess {
        Excess::TooMany {
            what,
            found,
            allowed,
        } => {
            let told = error.extensions.get_or_insert_default();
            told.set("what", what);
            told.set("requested", found);
            told.set("bound", allowed);
            QUERY_TOO_COMPLEX
        }
        Excess::Cycle(_) => QUERY_INVALID,
    };
    coded(error, code)
}
