//! The documents of the contract as they were read and weighed the first time. Phones send them word for word, and each time the
//! same would be found: the parser is slow beside what most operations do.
//!
//! Only they are kept. What somebody else wrote may hold what is nobody's business, and there is no end of it.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

use async_graphql::parser::{parse_query, types::ExecutableDocument};

use super::{contract::OPERATIONS, operation, weight};

/// A document of the contract.
pub(super) struct Known {
    /// As it was parsed.
    pub(super) document: ExecutableDocument,
    /// Whether it shows a receipt code.
    pub(super) shows_code: bool,
}

/// By their texts; `None` for one that has to be refused like anybody's.
static KNOWN: LazyLock<HashMap<&'static str, OnceLock<Option<Known>>>> = LazyLock::new(|| {
    let texts = OPERATIONS.iter();
    texts.map(|(_, text)| (*text, OnceLock::new())).collect()
});

/// What is known of a text; nothing if it is not of the contract.
pub(super) fn of(text: &str) -> Option<&'static Known> {
    let (text, known) = KNOWN.get_key_value(text)?;
    known.get_or_init(|| read(text)).as_ref()
}

fn read(text: &str) -> Option<Known> {
    weight::check_text(text).ok()?;
    let document = parse_query(text).ok()?;
    weight::check(&document).ok()?;
    Some(Known {
        shows_code: operation::shows_receipt_code(&document),
        document,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Operation;

    #[test]
    fn every_operation_of_the_contract_is_known_as_it_is_parsed_and_nothing_else_is() {
        for (name, text) in OPERATIONS {
            let known = of(text).unwrap_or_else(|| panic!("{name} is not known"));
            let parsed = parse_query(text).unwrap();
            let selected = |document| Operation::selected(document, Some(name));
            assert_eq!(selected(&known.document), selected(&parsed), "{name}");
            assert!(selected(&parsed).is_some(), "{name}");
            let shows = operation::shows_receipt_code(&parsed);
            assert_eq!(known.shows_code, shows, "{name}");
            assert!(of(&format!("{text} ")).is_none(), "{name}");
        }
        assert!(
            OPERATIONS
                .iter()
                .any(|(_, text)| of(text).is_some_and(|it| it.shows_code))
        );
    }
}
