//! The documents of the contract as they were read and weighed the first time, by their texts, and by what else names them.
//! Phones send them again and again, and each time the same would be found: the parser is slow beside what most operations do.
//!
//! Only they are kept. What somebody else wrote may hold what is nobody's business, and there is no end of it.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

use async_graphql::parser::{parse_query, types::ExecutableDocument};
use liangxin_app::app::sha256;

use super::{contract, operation, printed, weight};

/// A document of the contract.
pub(super) struct Known {
    /// As it was parsed.
    pub(super) document: ExecutableDocument,
    /// Whether it shows a receipt code, or sends words.
    pub(super) is_private: bool,
}

/// By their texts; `None` for one that has to be refused like anybody's.
static KNOWN: LazyLock<HashMap<&'static str, OnceLock<Option<Known>>>> = LazyLock::new(|| {
    let texts = contract::served();
    texts.map(|text| (text, OnceLock::new())).collect()
});

/// The texts by the digests that name them: of the text, and of every form in which a tool prints it. Where a released text and
/// one of today have a form in common, it names the one of today.
static BY_DIGEST: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let named = contract::served().flat_map(|text| {
        let forms = of(text).map(|known| printed::forms(&known.document));
        let forms = forms.unwrap_or_default().into_iter();
        let texts = forms.chain([text.to_owned()]);
        texts.map(move |form| (sha256(form.as_bytes()).to_string(), text))
    });
    named.collect()
});

/// The texts by what they mean.
static BY_MEANING: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let meanings = contract::served().filter_map(|text| {
        let meaning = printed::meaning(&of(text)?.document)?;
        Some((meaning, text))
    });
    meanings.collect()
});

/// The text that a digest names, in hexadecimal and small letters.
pub(super) fn text_of(digest: &str) -> Option<&'static str> {
    BY_DIGEST.get(digest).copied()
}

/// The text that asks for the same as a document, whatever tool printed that.
pub(super) fn published(document: &ExecutableDocument) -> Option<&'static str> {
    BY_MEANING.get(&printed::meaning(document)?).copied()
}

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
        is_private: operation::is_private(&document),
        document,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contract::{OPERATIONS, RELEASED},
        operation::Operation,
    };

    #[test]
    fn every_operation_of_the_contract_is_known_as_it_is_parsed_and_nothing_else_is() {
        for (name, text) in OPERATIONS {
            let known = of(text).unwrap_or_else(|| panic!("{name} is not known"));
            let parsed = parse_query(text).unwrap();
            let selected = |document| Operation::selected(document, Some(name));
            assert_eq!(selected(&known.document), selected(&parsed), "{name}");
            assert!(selected(&parsed).is_some(), "{name}");
            let shows = text.contains("receiptCode: ") || text.contains("Input!");
            assert_eq!(known.is_private, shows, "{name}");
            assert!(of(&format!("{text} ")).is_none(), "{name}");
        }
    }

    #[test]
    fn every_operation_is_named_by_the_digest_of_each_form_and_found_by_its_meaning() {
        for (name, text) in OPERATIONS {
            let document = parse_query(text).unwrap();
            let forms = printed::forms(&document);
            assert!(forms.len() >= 2, "{name}");
            for form in forms.iter().map(String::as_str).chain([text]) {
                let digest = sha256(form.as_bytes()).to_string();
                assert_eq!(text_of(&digest), Some(text), "{name}");
                let read = parse_query(form).unwrap();
                assert_eq!(published(&read), Some(text), "{name}");
            }
        }
        assert_eq!(text_of(""), None);
        let other = parse_query("query Limits { limits { pageMost } }").unwrap();
        assert_eq!(published(&other), None);
    }

    #[test]
    fn what_was_released_is_served_beside_what_the_contract_has_today() {
        for (name, text) in RELEASED {
            assert!(of(text).is_some(), "{name}");
            let digest = sha256(text.as_bytes()).to_string();
            assert_eq!(text_of(&digest), Some(text), "{name}");
            assert!(OPERATIONS.iter().all(|(_, today)| *today != text), "{name}");
        }
        let served: Vec<_> = contract::served().collect();
        assert_eq!(served.len(), RELEASED.len() + OPERATIONS.len());
    }
}
