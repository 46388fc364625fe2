//! Weighs a document: first its text, then its selections with every fragment expanded.
//!
//! Each fragment is weighed once and its weight reused wherever it is spread, so the time is linear to the document
//! although the numbers are those of the full expansion.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use super::limits::{
    MAX_ALIASES, MAX_DIRECTIVES, MAX_DIRECTIVES_PER_FIELD, MAX_DOCUMENT_BYTES, MAX_NESTING,
    MAX_RECURSION, MAX_ROOT_FIELDS, MAX_SELECTIONS, MAX_TOKENS,
};

/// Why a document is refused, in words for the one who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// More of something than is allowed.
    #[error("The document has {found} {what}; at most {allowed} are allowed.")]
    TooMany {
        /// What was counted.
        what: &'static str,
        /// How many there are, fragments expanded.
        found: usize,
        /// How many there may be.
        allowed: usize,
    },
    /// A fragment that contains itself has no end.
    #[error("The fragment \"{0}\" contains itself.")]
    Cycle(String),
    /// Whoever listens, listens to one thing (GraphQL, October 2021, section 5.2.3.1), and the library finds none in a
    /// fragment.
    #[error("A subscription asks for one field, without a fragment or a directive.")]
    Subscription,
}

/// Refuses a text that is too long, has too many tokens, or opens more brackets than the parser should follow.
pub fn check_text(text: &str) -> Result<(), Excess> {
    at_most("bytes", text.len(), MAX_DOCUMENT_BYTES)?;
    let (tokens, nesting) = scan(text.as_bytes());
    at_most("tokens", tokens, MAX_TOKENS)?;
    at_most("open brackets", nesting, MAX_NESTING)
}

/// Refuses a document of which any operation or fragment is too big once its fragments are expanded.
pub fn check(document: &ExecutableDocument) -> Result<(), Excess> {
    let mut scale = Scale {
        document,
        known: HashMap::new(),
    };
    for name in document.fragments.keys() {
        scale.fragment(name.as_str())?;
    }
    for (_, operation) in document.operations.iter() {
        let is_subscription = operation.node.ty == OperationType::Subscription;
        if is_subscription && !is_one_field(&operation.node.selection_set.node) {
            return Err(Excess::Subscription);
        }
        let mut weight = scale.set(&operation.node.selection_set.node)?;
        for variable in &operation.node.variable_definitions {
            weight.add_directives(variable.node.directives.len());
        }
        weight.add_directives(operation.node.directives.len());
        at_most("fields at its root", weight.top, MAX_ROOT_FIELDS)?;
        at_most("aliases", weight.aliases, MAX_ALIASES)?;
        at_most("directives", weight.directives, MAX_DIRECTIVES)?;
        at_most("levels", weight.levels, MAX_RECURSION)?;
        at_most("selections", weight.selections, MAX_SELECTIONS)?;
    }
    Ok(())
}

fn is_one_field(set: &SelectionSet) -> bool {
    let [only] = set.items.as_slice() else {
        return false;
    };
    matches!(&only.node, Selection::Field(field) if field.node.directives.is_empty())
}

/// Refuses more of something than is allowed.
pub(super) fn at_most(what: &'static str, found: usize, allowed: usize) -> Result<(), Excess> {
    if found <= allowed {
        return Ok(());
    }
    Err(Excess::TooMany {
        what,
        found,
        allowed,
    })
}

/// What one selection set weighs. Sums saturate: a document can be written whose true numbers have no end.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Fields that end up directly in the set.
    top: usize,
    aliases: usize,
    directives: usize,
    levels: usize,
    selections: usize,
}

impl Weight {
    fn add_directives(&mut self, count: usize) {
        self.directives = self.directives.saturating_add(count);
    }

    fn add(&mut self, inner: Self) {
        self.aliases = self.aliases.saturating_add(inner.aliases);
        self.selections = self.selections.saturating_add(inner.selections);
        self.levels = self.levels.max(inner.levels.saturating_add(1));
        self.add_directives(inner.directives);
    }
}

/// Weighs fragments once. `None` marks one that is on the scale right now: to meet it again is a cycle.
struct Scale<'a> {
    document: &'a ExecutableDocument,
    known: HashMap<&'a str, Option<Weight>>,
}

impl<'a> Scale<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Weight, Excess> {
        let mut weight = Weight::default();
        for selection in &set.items {
            weight.selections = weight.selections.saturating_add(1);
            let directives = selection.node.directives().len();
            at_most(
                "directives on one field",
                directives,
                MAX_DIRECTIVES_PER_FIELD,
            )?;
            weight.add_directives(directives);
            match &selection.node {
                Selection::Field(field) => {
                    weight.top = weight.top.saturating_add(1);
                    weight.aliases = weight
                        .aliases
                        .saturating_add(usize::from(field.node.alias.is_some()));
                    if !field.node.selection_set.node.items.is_empty() {
                        weight.add(self.set(&field.node.selection_set.node)?);
                    }
                }
                Selection::InlineFragment(inline) => {
                    let inner = self.set(&inline.node.selection_set.node)?;
                    weight.top = weight.top.saturating_add(inner.top);
                    weight.add(inner);
                }
                Selection::FragmentSpread(spread) => {
                    let inner = self.fragment(spread.node.fragment_name.node.as_str())?;
                    weight.top = weight.top.saturating_add(inner.top);
                    weight.add(inner);
                }
            }
        }
        Ok(weight)
    }

    fn fragment(&mut self, name: &str) -> Result<Weight, Excess> {
        // A fragment that is not defined weighs nothing; validation names it.
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else {
            return Ok(Weight::default());
        };
        match self.known.get(name.as_str()) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(Excess::Cycle(name.to_string())),
            None => {}
        }
        self.known.insert(name.as_str(), None);
        let mut weight = self.set(&fragment.node.selection_set.node)?;
        weight.add_directives(fragment.node.directives.len());
        // Also a fragment that nothing spreads is expanded by validation.
        at_most("selections", weight.selections, MAX_SELECTIONS)?;
        self.known.insert(name.as_str(), Some(weight));
        Ok(weight)
    }
}

/// Counts tokens and the deepest nesting of brackets, by the lexical grammar (GraphQL, October 2021, section 2.1).
/// The dots of a spread and the parts of a fraction count one by one: a limit needs no finer measure.
fn scan(text: &[u8]) -> (usize, usize) {
    let (mut at, mut tokens, mut open, mut nesting) = (0, 0, 0_usize, 0);
    while let Some(&byte) = text.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += rest.iter().take_while(|byte| !is_line_end(**byte)).count();
                continue;
            }
            b'"' => at += string_length(rest),
            b'{' | b'(' | b'[' => {
                open += 1;
                nesting = nesting.max(open);
                at += 1;
            }
            b'}' | b')' | b']' => {
                open = open.saturating_sub(1);
                at += 1;
            }
            _ => {
                at += rest
                    .iter()
                    .take_while(|byte| is_word(**byte))
                    .count()
                    .max(1)
            }
        }
        tokens += 1;
    }
    (tokens, nesting)
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Length of the string literal that `text` begins with, in bytes.
fn string_length(text: &[u8]) -> usize {
    if text.starts_with(b"\"\"\"") {
        let mut at = 3;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.starts_with(b"\"\"\"") {
                return at + 3;
            }
            at += if rest.starts_with(b"\\\"\"\"") { 4 } else { 1 };
        }
        // Not closed: the parser then reads an empty string and goes on behind it, and so must the count.
        return 2;
    }
    let mut at = 1;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            byte if is_line_end(byte) => return at,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn excess(document: &str) -> Option<&'static str> {
        match check(&parse_query(document).unwrap()) {
            Ok(()) => None,
            Err(Excess::TooMany { what, .. }) => Some(what),
            Err(Excess::Cycle(_)) => Some("cycle"),
            Err(Excess::Subscription) => Some("subscription"),
        }
    }

    fn text_excess(text: &str) -> Option<&'static str> {
        match check_text(text) {
            Err(Excess::TooMany { what, .. }) => Some(what),
            Ok(()) | Err(Excess::Cycle(_) | Excess::Subscription) => None,
        }
    }

    #[test]
    fn fragments_do_not_multiply_around_the_alias_limit() {
        let spread_times = |count: usize| {
            let spreads: Vec<_> = (0..count).map(|n| format!("me{n} {{ ...G }}")).collect();
            format!("{{ {} }} ", spreads.join(" "))
                + "fragment F on T { x: a y: a } fragment G on T { ...F ...F z: a ... { w: a } }"
        };
        assert_eq!(excess(&spread_times(5)), None);
        assert_eq!(excess(&spread_times(6)), Some("aliases"));
    }

    #[test]
    fn root_fields_count_through_fragments() {
        let fields = "a ".repeat(MAX_ROOT_FIELDS / 2);
        let document = |more: &str| {
            format!("{{ ...F ... {{ {fields} }} {more} }} fragment F on T {{ {fields} }}")
        };
        assert_eq!(excess(&document("")), None);
        assert_eq!(excess(&document("b")), Some("fields at its root"));
    }

    #[test]
    fn a_fragment_that_nothing_spreads_is_weighed_too() {
        let mut document = "{ a } ".to_owned();
        for n in 0..20 {
            document += &format!("fragment F{n} on T {{ ...F{0} ...F{0} }} ", n + 1);
        }
        assert_eq!(
            excess(&(document + "fragment F20 on T { a }")),
            Some("selections")
        );
    }

    #[test]
    fn a_cycle_is_named_and_not_followed() {
        let document = "{ ...F } fragment F on T { b { ...G } } fragment G on T { ...F }";
        assert_eq!(excess(document), Some("cycle"));
    }

    #[test]
    fn a_subscription_is_one_plain_field() {
        assert_eq!(excess("subscription A { other: a { b c } }"), None);
        for several in ["a b", "...F", "... { a }", "a @skip(if: true)"] {
            let document = format!("subscription A {{ {several} }} fragment F on T {{ a }}");
            assert_eq!(excess(&document), Some("subscription"), "{several}");
        }
    }

    #[test]
    fn an_unknown_fragment_is_left_to_validation() {
        assert_eq!(excess("{ a ...Nowhere }"), None);
    }

    #[test]
    fn brackets_that_would_eat_the_stack_are_counted_before_the_parser_sees_them() {
        for open in ["{a", "[", "{a(b:"] {
            assert_eq!(
                text_excess(&open.repeat(MAX_NESTING + 1)),
                Some("open brackets")
            );
        }
        let flat = "[] {} ()".repeat(MAX_NESTING);
        assert_eq!(text_excess(&flat), None);
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let open = "[".repeat(MAX_NESTING + 1);
        for text in [
            format!("a # {open}\n"),
            format!(r#"a(b: "{open} \" {open}")"#),
            format!(r#"a(b: """{open} \""" " {open}""")"#),
        ] {
            assert_eq!(text_excess(&text), None, "{text}");
        }
    }

    #[test]
    fn brackets_hide_neither_behind_a_closed_string_nor_behind_an_open_block() {
        let open = "[".repeat(MAX_NESTING + 1);
        for text in [
            format!(r#"a(b: "x\\" {open}"#),
            format!(r#"a(b: """x""" {open}"#),
            format!(r#"a(b: [""" " {open}"#),
            format!("# x\r{open}"),
        ] {
            assert_eq!(text_excess(&text), Some("open brackets"), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_refused_by_its_bytes_and_by_its_tokens() {
        let many = "a ".repeat(MAX_TOKENS);
        assert_eq!(text_excess(&many), None);
        assert_eq!(text_excess(&(many + "a")), Some("tokens"));
        let long = format!("a # {}", "x".repeat(MAX_DOCUMENT_BYTES));
        assert_eq!(text_excess(&long), Some("bytes"));
    }
}
