//! Every row and field of the law and of the rules is read where `law/USES.toml` says, or stands in its
//! list of what is read by nobody. A source is searched as text, so that this proves that a use was not
//! taken away, not that it is right.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use liangxin_domain::law::deadline::NAMED;
use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Uses {
    read: Vec<Read>,
    unread: Vec<Unread>,
    fed: Vec<Fed>,
    unfed: Vec<Unfed>,
}

/// Who lengthens or stops the periods of a deadline.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fed {
    of: String,
    at: PathBuf,
    by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unfed {
    of: String,
    what: Vec<String>,
    because: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    of: String,
    at: PathBuf,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    rows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sections {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unread {
    of: Sections,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    rows: Vec<String>,
    because: String,
}

/// Fields or rows, by section.
type Names = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn uses() -> Uses {
    let path = root().join("api/domain/law/USES.toml");
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The files of law or of rules, by name.
fn files(directory: &str) -> Vec<(String, Table)> {
    let entries = fs::read_dir(root().join(directory)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| {
            path.extension().is_some_and(|it| it == "toml") && !path.ends_with("USES.toml")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap().parse().unwrap())
        })
        .collect()
}

/// The path of each field below a section of a file of law.
fn paths(value: &Value, above: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                let dot = if above.is_empty() { "" } else { "." };
                paths(value, &format!("{above}{dot}{key}"), found);
            }
        }
        Value::Array(rows) if rows.iter().any(Value::is_table) => {
            rows.iter().for_each(|row| paths(row, above, found));
        }
        _ => {
            found.insert(above.to_owned());
        }
    }
}

/// The keys below a section of rules. One in capitals is a kind of instrument, not a field.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                if !key.starts_with(|first: char| first.is_ascii_uppercase()) {
                    found.insert(key.clone());
                }
                keys(value, found);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| keys(row, found)),
        _ => {}
    }
}

/// What the files hold: the fields of each section, and the ids of its rows.
fn held() -> (Names, Names) {
    let (mut fields, mut rows) = (Names::new(), Names::new());
    for (file, table) in files("api/domain/law") {
        for (section, value) in table {
            let of = format!("{file} {section}");
            paths(&value, "", fields.entry(of.clone()).or_default());
            // Codes are asked for by set, thresholds by what follows.
            let id = match file.as_str() {
                "code-sets.toml" => ["set"].as_slice(),
                "thresholds.toml" => &["kind"],
                _ => &["id", "code", "kind", "grade"],
            };
            let of_row = |row: &Value| {
                id.iter()
                    .find_map(|key| Some(row.get(key)?.as_str()?.to_owned()))
            };
            let listed = value.as_array().into_iter().flatten().filter_map(of_row);
            rows.entry(of).or_default().extend(listed);
        }
    }
    for (_, table) in files("api/metrology/rules") {
        for (section, value) in table {
            keys(
                &value,
                fields.entry(format!("rules {section}")).or_default(),
            );
        }
    }
    (fields, rows)
}

/// A source without its comments and its own tests.
fn source(at: &Path) -> String {
    let text = fs::read_to_string(root().join(at));
    let text = text.unwrap_or_else(|e| panic!("{}: {e}", at.display()));
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    code.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// Whether the words stand in the source and do not go on as a longer name or a call.
fn names(source: &str, words: &str) -> bool {
    let goes_on = |next: char| next.is_alphanumeric() || next == '_' || next == '(';
    let is_name = words.ends_with(|last: char| last.is_alphanumeric() || last == '_');
    source.match_indices(words).any(|(at, _)| {
        let next = source[at + words.len()..].chars().next();
        !(is_name && next.is_some_and(goes_on))
    })
}

/// A line `key` or `key = words`.
fn line(line: &str) -> (&str, Option<&str>) {
    match line.split_once(" = ") {
        Some((key, words)) => (key, Some(words)),
        None => (line, None),
    }
}

fn note(names: &mut Names, of: &str, name: &str) -> Option<String> {
    let is_new = names
        .entry(of.to_owned())
        .or_default()
        .insert(name.to_owned());
    (!is_new).then(|| format!("{of}: {name} stands twice"))
}

/// What is held and has no line, and lines of what is not held.
fn differences(held: &Names, said: &Names) -> Vec<String> {
    let mut found = Vec::new();
    let nothing = BTreeSet::new();
    let sections: BTreeSet<_> = held.keys().chain(said.keys()).collect();
    for of in sections {
        let held = held.get(of).unwrap_or(&nothing);
        let said = said.get(of).unwrap_or(&nothing);
        if !said.contains("*") {
            let missing = held.difference(said);
            found.extend(missing.map(|name| format!("{of}: {name} has no line")));
        }
        let gone = said.difference(held).filter(|name| *name != "*");
        found.extend(gone.map(|name| format!("{of}: {name} is in no file")));
    }
    found
}

#[test]
fn every_source_of_the_table_names_what_it_reads() {
    let mut wrong = Vec::new();
    for Read {
        of,
        at,
        fields,
        rows,
    } in uses().read
    {
        let code = source(&at);
        let fields = fields.iter().map(|field| {
            let (key, words) = line(field);
            let last = key.rsplit('.').next().unwrap_or(key);
            words.map_or_else(|| format!(".{last}"), str::to_owned)
        });
        let rows = rows.iter().map(|row| match line(row) {
            (_, Some(words)) => words.to_owned(),
            (id, None) => format!("\"{id}\""),
        });
        let gone = fields.chain(rows).filter(|words| !names(&code, words));
        wrong.extend(gone.map(|words| format!("{of}: {} does not say `{words}`", at.display())));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_row_and_field_is_read_or_is_said_to_be_read_by_nobody() {
    let (held_fields, held_rows) = held();
    let (mut fields, mut rows) = (Names::new(), Names::new());
    let mut wrong = Vec::new();
    let Uses { read, unread, .. } = uses();
    for Read {
        of,
        fields: some,
        rows: others,
        ..
    } in &read
    {
        wrong.extend(
            some.iter()
                .filter_map(|it| note(&mut fields, of, line(it).0)),
        );
        wrong.extend(
            others
                .iter()
                .filter_map(|it| note(&mut rows, of, line(it).0)),
        );
    }
    for Unread {
        of,
        fields: some,
        rows: others,
        because,
    } in &unread
    {
        assert!(!because.is_empty());
        let sections = match of {
            Sections::One(one) => std::slice::from_ref(one),
            Sections::Several(several) => several,
        };
        for of in sections {
            wrong.extend(some.iter().filter_map(|it| note(&mut fields, of, it)));
            wrong.extend(others.iter().filter_map(|it| note(&mut rows, of, it)));
        }
    }
    wrong.extend(differences(&held_fields, &fields));
    wrong.extend(differences(&held_rows, &rows));
    assert_eq!(wrong, Vec::<String>::new());
}

/// What a row of a deadline allows: to lengthen it, and each cause that stops its count.
fn allowed() -> Names {
    let mut all = files("api/domain/law").into_iter();
    let (_, table) = all.find(|(name, _)| name == "deadlines.toml").unwrap();
    let mut found = Names::new();
    for row in table["deadline"].as_array().unwrap() {
        let pauses = row.get("pauses").and_then(Value::as_array);
        let pauses = pauses.into_iter().flatten().filter_map(Value::as_str);
        let extension = row.get("extension");
        let further = extension.and_then(|extension| extension.get("further"));
        let extension = extension.map(|_| "extension").into_iter();
        let all = pauses.chain(extension).chain(further.map(|_| "further"));
        let all: BTreeSet<_> = all.map(str::to_owned).collect();
        if !all.is_empty() {
            let id = row["id"].as_str().unwrap().to_owned();
            found.entry(id).or_default().extend(all);
        }
    }
    found
}

#[test]
fn whatever_lengthens_or_stops_a_period_is_given_by_somebody_or_said_to_be_given_by_nobody() {
    let mut said = Names::new();
    let mut wrong = Vec::new();
    let Uses { fed, unfed, .. } = uses();
    for Fed { of, at, by } in fed {
        let code = source(&at);
        for (what, words) in by.iter().map(|it| line(it)) {
            wrong.extend(note(&mut said, &of, what));
            let words = words.unwrap();
            let is_said = names(&code, words);
            wrong.extend(
                (!is_said).then(|| format!("{of}: {} does not say `{words}`", at.display())),
            );
        }
    }
    for Unfed { of, what, because } in unfed {
        assert!(!because.is_empty());
        wrong.extend(what.iter().filter_map(|it| note(&mut said, &of, it)));
    }
    wrong.extend(differences(&allowed(), &said));
    assert_eq!(wrong, Vec::<String>::new());
}

/// The sources of every crate, without their tests.
fn sources(directory: &Path, found: &mut String) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_code = path.extension().is_some_and(|it| it == "rs") && name != "tests.rs";
        if path.is_dir() && name != "tests" && name != "target" {
            sources(&path, found);
        } else if is_code && !path.ends_with("law/deadline.rs") && !path.ends_with("paper.rs") {
            found.push_str(&source(&path));
        }
    }
}

/// A word of a file of law as the code names it: `on_the_spot` is `OnTheSpot`.
fn camel(word: &str) -> String {
    let parts = word.split('_').filter_map(|part| {
        let (first, rest) = part.split_at_checked(1)?;
        Some(first.to_uppercase() + rest)
    });
    parts.collect()
}

#[test]
fn no_row_that_is_said_to_be_read_by_nobody_is_named_by_the_code() {
    let mut code = String::new();
    sources(&root().join("api"), &mut code);
    let mut wrong = Vec::new();
    for Unread { of, rows, .. } in uses().unread {
        let Sections::One(of) = of else { continue };
        for row in rows {
            let words = match of.as_str() {
                "deadlines.toml deadline" => format!("\"{row}\""),
                "papers.toml paper" => format!("Paper::{}", camel(&row)),
                "thresholds.toml threshold" => format!("ThresholdKind::{}", camel(&row)),
                _ => continue,
            };
            wrong.extend(names(&code, &words).then(|| format!("{of}: {row} is read")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_period_that_the_code_opens_must_have_a_row_today() {
    let read = uses().read.into_iter();
    let rows = read.filter(|read| read.of == "deadlines.toml deadline");
    let rows: BTreeSet<_> = rows.flat_map(|read| read.rows).collect();
    let named: BTreeSet<_> = NAMED.iter().map(|id| (*id).to_owned()).collect();
    let missing: Vec<_> = rows.difference(&named).collect();
    assert!(!rows.is_empty() && missing.is_empty(), "{missing:?}");
}
