//! The files of the contract with the phones: read by every test, kept in step with the program by one.

use std::path::{Path, PathBuf};

use liangxin_graphql::contract;

use crate::postgres::variable;

/// The command that takes over what changed.
const UPDATE: &str = "LIANGXIN_UPDATE=1 cargo test -p liangxin-tests --test it";

/// The root of the workspace.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

/// The text of an operation. Panics if the contract has none of that name.
pub fn operation(name: &str) -> String {
    let text = contract::text_of(name);
    text.unwrap_or_else(|| panic!("there is no operation {name}"))
        .to_owned()
}

/// The names of all operations, sorted.
pub fn operations() -> Vec<String> {
    contract::names().collect()
}

/// The names of the operations in the folder of an audience, sorted. Panics if it cannot be read.
pub fn operations_of(audience: &str) -> Vec<String> {
    let folder = root().join("mobile-contract").join(audience);
    let listed = || -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&folder)? {
            let file = entry?.file_name();
            let name = file.to_string_lossy();
            names.extend(name.strip_suffix(".graphql").map(str::to_owned));
        }
        names.sort();
        Ok(names)
    };
    listed().unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// Whether what the program writes is to be written anew.
pub fn is_updating() -> bool {
    variable("LIANGXIN_UPDATE").as_deref() == Some("1")
}

/// Compares a file of the repository with what the program says it should be. With `LIANGXIN_UPDATE=1` the file is
/// written instead; else a difference panics and names the first line of it.
pub fn assert_file(path: &str, expected: &str) {
    let file = root().join(path);
    if is_updating() {
        let written = std::fs::write(&file, expected);
        return written.unwrap_or_else(|error| panic!("{path} could not be written: {error}"));
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found == expected {
        return;
    }
    let (mut old, mut new) = (found.lines(), expected.lines());
    let mut line = 1;
    loop {
        let (was, is) = (old.next(), new.next());
        if was != is || was.is_none() {
            panic!(
                "{path} is not what the program says, first in line {line}:\n  file:    {}\n  program: {}\n\
                 If the change is meant, run\n  {UPDATE}\nand read the difference.",
                was.unwrap_or("(no such line)"),
                is.unwrap_or("(no such line)")
            );
        }
        line += 1;
    }
}
