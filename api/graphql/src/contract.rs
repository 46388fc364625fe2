//! The operations of the contract: what phones send, word for word.
//!
//! The program carries their texts, so that the demo runs what is published, and so that their
//! names, and no others, become labels of the figures.

/// For whom the contract has a folder each: whoever writes an app for one of them needs no other.
pub const AUDIENCES: [&str; 5] = ["citizen", "inspector", "merchant", "officer", "operator"];

// `OPERATIONS`, as the alphabet has their names, and `RELEASED`, the texts of earlier releases that are none of theirs: out of the
// folders (`build.rs`).
include!(concat!(env!("OUT_DIR"), "/operations.rs"));

/// The names of the operations.
pub fn names() -> impl Iterator<Item = String> {
    OPERATIONS.iter().map(|(name, _)| (*name).to_owned())
}

/// Every text that is served: those of earlier releases, then those of today.
pub(super) fn served() -> impl Iterator<Item = &'static str> {
    let all = RELEASED.iter().chain(OPERATIONS.iter());
    all.map(|(_, text)| *text)
}

/// The text of the operation with that name.
#[must_use]
pub fn text_of(name: &str) -> Option<&'static str> {
    let found = OPERATIONS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::{parse_query, types::DocumentOperations};
    use std::{collections::BTreeSet, path::Path};

    #[test]
    fn every_file_of_every_folder_is_in_the_list_word_for_word() {
        let mut found = BTreeSet::new();
        for audience in AUDIENCES {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../mobile-contract");
            for entry in std::fs::read_dir(folder.join(audience)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|kind| kind != "graphql") {
                    continue;
                }
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(text_of(&name), Some(text.as_str()), "{}", path.display());
                found.insert(name);
            }
        }
        let listed: Vec<_> = names().collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), listed);
    }

    #[test]
    fn every_file_holds_one_operation_under_its_own_name_and_says_who_uses_it() {
        for (name, text) in OPERATIONS {
            assert!(text.starts_with("# "), "{name}");
            let document = parse_query(text).unwrap();
            let DocumentOperations::Multiple(operations) = document.operations else {
                panic!("{name} has no name");
            };
            let found: Vec<_> = operations.keys().map(ToString::to_string).collect();
            assert_eq!(found, [name]);
        }
    }

    #[test]
    fn every_write_asks_why_it_was_refused() {
        let why = "problems { code class field message }";
        // Where in a measurement, too.
        let where_too = "problems { code class field innerCode path message }";
        for (name, text) in OPERATIONS {
            if text.contains("\nmutation ") {
                assert!(text.contains(why) || text.contains(where_too), "{name}");
            }
        }
    }
}
