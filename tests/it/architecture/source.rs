//! A source file as the rules see it: tokens, and the paths that they name.
//!
//! Comments and strings never count, and every spelling of an import (grouped, `super::`, in the middle of an
//! expression) is the same path. It knows nothing of the rules, and expands no macro.

use std::fmt::Write as _;

/// One file of Rust.
pub struct Source {
    /// Relative to the root of the workspace, with `/` between the parts.
    pub file: String,
    pub lines: usize,
    pub tokens: Vec<Token>,
    /// The tokens without those that are compiled for tests alone.
    pub live: Vec<Token>,
}

#[derive(Clone)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path as it is resolved from the root: `super::x` has become `crate::..::x`.
pub struct NamedPath {
    names: Vec<String>,
    pub line: usize,
}

impl NamedPath {
    pub fn is_under(&self, banned: &str) -> bool {
        let mut names = self.names.iter();
        banned
            .split("::")
            .all(|part| names.next().is_some_and(|name| name == part))
    }
}

impl Source {
    pub fn new(file: String, text: &str) -> Self {
        let tokens = tokens(text);
        let only_tests = file.ends_with("/tests.rs")
            || file.contains("src/") && file.contains("/tests/")
            || reads(&tokens, 0, &["#", "!", "[", "cfg", "(", "test", ")"]);
        let live = if only_tests {
            Vec::new()
        } else {
            without_tests(&tokens)
        };
        Source {
            file,
            lines: text.lines().count(),
            tokens,
            live,
        }
    }

    pub fn is_in(&self, place: &str) -> bool {
        self.file
            .strip_prefix(place)
            .is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }

    pub fn report(&self, breaches: &mut String, line: usize, rule: &str) {
        writeln!(breaches, "{}:{line}: {rule}", self.file).unwrap();
    }

    /// The module that the file is, as names from `crate` on.
    fn module(&self) -> Vec<String> {
        let (_, inside) = self.file.split_once("src/").unwrap_or(("", ""));
        let parts = inside
            .trim_end_matches(".rs")
            .split('/')
            .filter(|part| !["", "lib", "main", "mod"].contains(part));
        std::iter::once("crate")
            .chain(parts)
            .map(str::to_owned)
            .collect()
    }

    /// Every path in the file: each leaf of a `use`, and each path of two names or more in the code.
    pub fn paths(&self) -> Vec<NamedPath> {
        let (mut found, mut module, mut braces) = (Vec::new(), self.module(), Vec::new());
        let mut at = 0;
        while let Some(Token { text, line }) = self.live.get(at) {
            let next = self.live.get(at + 1).map_or("", |token| &token.text);
            if text == "use" && next != "<" {
                let first = found.len();
                at = use_tree(&self.live, at + 1, &[], &mut found);
                found[first..]
                    .iter_mut()
                    .for_each(|path| resolve(path, &module));
            } else if text == "mod" && self.live.get(at + 2).is_some_and(|token| token.text == "{")
            {
                module.push(next.to_owned());
                braces.push(true);
                at += 2;
            } else if text == "{" {
                braces.push(false);
            } else if text == "}" && braces.pop() == Some(true) {
                module.pop();
            } else if is_name(text) && next == "::" {
                let mut path = NamedPath {
                    names: vec![text.clone()],
                    line: *line,
                };
                while reads(&self.live, at + 1, &["::"])
                    && self.live.get(at + 2).is_some_and(|t| is_name(&t.text))
                {
                    path.names.push(self.live[at + 2].text.clone());
                    at += 2;
                }
                resolve(&mut path, &module);
                found.push(path);
            }
            at += 1;
        }
        found
    }
}

/// Reads one tree of a `use` from `at` on, adds its leaves, and returns where it ends: at `,`, `}` or `;`.
fn use_tree(
    tokens: &[Token],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<NamedPath>,
) -> usize {
    let (mut names, mut is_leaf, line) = (prefix.to_vec(), true, tokens[at].line);
    while let Some(token) = tokens.get(at) {
        match &*token.text {
            "," | "}" | ";" => break,
            "{" => {
                is_leaf = false;
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = use_tree(tokens, at, &names, found);
                    at += usize::from(reads(tokens, at, &[","]));
                }
            }
            "as" => at += 1,
            "self" if !names.is_empty() => {}
            name if is_name(name) => names.push(name.to_owned()),
            _ => {}
        }
        at += 1;
    }
    if is_leaf {
        found.push(NamedPath { names, line });
    }
    at
}

fn resolve(path: &mut NamedPath, module: &[String]) {
    let ups = path
        .names
        .iter()
        .take_while(|name| *name == "super")
        .count();
    let selves = usize::from(path.names.first().is_some_and(|name| name == "self"));
    if ups + selves > 0 {
        let base = &module[..module.len().saturating_sub(ups)];
        path.names.splice(..ups + selves, base.iter().cloned());
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

pub fn reads(tokens: &[Token], at: usize, expected: &[&str]) -> bool {
    expected
        .iter()
        .enumerate()
        .all(|(n, text)| tokens.get(at + n).is_some_and(|token| token.text == *text))
}

/// Leaves out each item behind `#[cfg(test)]`.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let (mut live, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if reads(tokens, at, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            at = end_of_item(tokens, at + 7);
        } else {
            live.push(tokens[at].clone());
            at += 1;
        }
    }
    live
}

fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match &*token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            ";" if depth == 0 => break,
            _ => {}
        }
    }
    at
}

/// Cuts Rust into names, `::` and single signs; comments, strings, characters and lifetimes are left out.
fn tokens(text: &str) -> Vec<Token> {
    let (mut tokens, mut line, mut rest) = (Vec::new(), 1, text);
    while let Some(first) = rest.chars().next() {
        let name = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => string(rest),
            '\'' => character_or_lifetime(rest),
            'r' | 'b' | 'c' if raw_string(rest).is_some() => raw_string(rest).unwrap_or_default(),
            ':' if rest.starts_with("::") => 2,
            _ => name.max(first.len_utf8()),
        };
        let (text, after) = rest.split_at(length);
        let is_token = name > 0 && length == name || length == first.len_utf8() || text == "::";
        if is_token && !first.is_whitespace() {
            tokens.push(Token {
                text: text.to_owned(),
                line,
            });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..text.len().min(at + 2)] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    let end = text[1..].find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |at| at + 2)
}

/// `r".."`, `br#".."#` and the like.
fn raw_string(text: &str) -> Option<usize> {
    let open = ["r", "br", "cr"].into_iter().find(|prefix| {
        text.strip_prefix(prefix)
            .is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
    })?;
    let quote = text.find('"')?;
    let close = format!("\"{}", &text[open.len()..quote]);
    Some(
        text[quote + 1..]
            .find(&close)
            .map_or(text.len(), |at| quote + 1 + at + close.len()),
    )
}

fn character_or_lifetime(text: &str) -> usize {
    let mut rest = text[1..].chars();
    match (rest.next(), rest.next()) {
        (Some('\\'), Some(escaped)) => {
            let from = 2 + escaped.len_utf8();
            text[from..]
                .find('\'')
                .map_or(text.len(), |at| from + at + 1)
        }
        (Some(one), Some('\'')) => one.len_utf8() + 2,
        _ => text[1..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(text.len(), |at| at + 1),
    }
}

#[test]
fn every_spelling_of_an_import_is_seen() {
    let text = r##"
        use crate::{store, usecase::{self, cases as c}}; // crate::comment
        use super::super::jobs;
        fn f() -> ::sea_orm::DbErr { let _ = ("crate::string", r#"" crate::raw"#, 'c', '"'); super::types::X }
        mod inner { fn g<'a>() { super::super::query::h() } }
        #[cfg(test)] mod tests { use crate::fixtures::people; }
    "##;
    let source = Source::new("api/src/graphql/cases/mutation.rs".to_owned(), text);
    let found: Vec<String> = source
        .paths()
        .iter()
        .map(|path| path.names.join("::"))
        .collect();
    let expected = [
        "crate::store",
        "crate::usecase",
        "crate::usecase::cases",
        "crate::graphql::jobs",
        "sea_orm::DbErr",
        "crate::graphql::cases::types::X",
        "crate::graphql::cases::query::h",
    ];
    assert_eq!(found, expected);
}
