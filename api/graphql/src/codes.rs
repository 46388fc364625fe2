//! Which code an error gets that the library made, or that a limit did.

use async_graphql::ServerError;

use super::{
    limits::{INPUT_INVALID, INTERNAL, QUERY_INVALID, QUERY_TOO_COMPLEX},
    weight::Excess,
};

/// How an error begins that one of the library's limits made: it tells them from others by the text alone.
const LIMITS: [&str; 3] = [
    "Query is nested too deep.",
    "The recursion depth of the query cannot be greater than ",
    "The number of directives on the field ",
];

fn is_limit(error: &ServerError) -> bool {
    LIMITS.iter().any(|text| error.message.starts_with(text))
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
        Excess::Cycle(_) | Excess::Subscription => QUERY_INVALID,
    };
    coded(error, code)
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, Value};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn me(&self) -> Query {
            Query
        }
        async fn number(&self) -> i32 {
            7
        }
    }

    #[tokio::test]
    async fn each_limit_of_the_library_is_known_by_its_text() {
        let builder = || Schema::build(Query, EmptyMutation, EmptySubscription);
        let twice = "{ number @include(if: true) @include(if: true) }";
        for (limited, document) in [
            (builder().limit_depth(1), "{ me { number } }"),
            (
                builder().limit_recursive_depth(1),
                "{ me { me { me { number } } } }",
            ),
            (builder().limit_directives(1), twice),
        ] {
            let mut errors = limited.finish().execute(document).await.errors;
            give_codes(&mut errors, false);
            let codes: Vec<_> = errors
                .into_iter()
                .filter_map(|error| error.extensions?.get("code").cloned())
                .collect();
            assert_eq!(codes, [Value::from(QUERY_TOO_COMPLEX)], "{document}");
        }
    }
}
