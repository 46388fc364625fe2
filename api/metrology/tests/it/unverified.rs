//! The list of what is not verified yet, in both languages, is that of the rule files: of each edition how
//! many rows nobody has confirmed, and where they stand. `LIANGXIN_UPDATE=1` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::sentences::is_update;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of one edition that are not confirmed.
#[derive(Default)]
struct Open {
    unverified: usize,
    proposal: usize,
    places: BTreeSet<String>,
}

impl Open {
    /// Takes every row at or below a value; `place` is the part of the section that it stands in.
    fn take(&mut self, value: &Value, place: &str) {
        match value {
            Value::Table(fields) => {
                let provenance = fields.get("provenance").and_then(Value::as_str);
                match provenance {
                    Some("unverified") => self.unverified += 1,
                    Some("proposal") => self.proposal += 1,
                    _ => {}
                }
                if matches!(provenance, Some("unverified" | "proposal")) {
                    self.places.insert(place.to_owned());
                }
                for field in fields.values() {
                    self.take(field, place);
                }
            }
            Value::Array(rows) => rows.iter().for_each(|row| self.take(row, place)),
            _ => {}
        }
    }

    fn of(file: &Table) -> Self {
        let mut open = Self::default();
        for (section, content) in file {
            match content {
                Value::Table(parts)
                    if section != "edition" && !parts.contains_key("provenance") =>
                {
                    for (part, value) in parts {
                        open.take(value, part);
                    }
                }
                content => open.take(content, section),
            }
        }
        open
    }
}

/// The rows of the table, one for each edition with rows that are not confirmed.
fn rows() -> String {
    let mut files: Vec<PathBuf> = fs::read_dir(folder().join("rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    let mut text = String::new();
    for path in files {
        let file: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let open = Open::of(&file);
        if open.places.is_empty() {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy();
        let places: Vec<&str> = open.places.iter().map(String::as_str).collect();
        let (unverified, proposal) = (open.unverified, open.proposal);
        let places = places.join(", ");
        let _ = writeln!(text, "| `{name}` | {unverified} | {proposal} | {places} |");
    }
    text
}

/// The table stands between its head and the next empty line.
fn check(file: &Path, head: &str) {
    let kept = fs::read_to_string(file).unwrap();
    let start = kept
        .find(head)
        .unwrap_or_else(|| panic!("{}: {head}", file.display()))
        + head.len();
    let end = kept[start..]
        .find("\n\n")
        .map_or(kept.len(), |end| start + end + 1);
    let wanted = rows();
    if is_update() {
        fs::write(file, format!("{}{wanted}{}", &kept[..start], &kept[end..])).unwrap();
        return;
    }
    assert_eq!(&kept[start..end], wanted, "{}", file.display());
}

#[test]
fn the_list_of_what_is_not_verified_is_that_of_the_rule_files() {
    let head = "| edition | unverified | proposal | rows |\n|---|---|---|---|\n";
    check(&folder().join("README.md"), head);
    let head = "| 规则文件 | `unverified` | `proposal` | 行 |\n|---|---|---|---|\n";
    check(&folder().join("README.zh-CN.md"), head);
}
