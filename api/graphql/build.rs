//! Puts the operations of the contract into the program as they lie in their folders, and those of every release as they were:
//! a new one is a file, and stands in no list.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    ffi::{OsStr, OsString},
    fmt::{self, Write as _},
    fs, io,
    path::{Path, PathBuf},
};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells its folders by the environment alone"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let contract = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../mobile-contract");
    let contract = contract.canonicalize()?;
    let mut operations = BTreeMap::new();
    for folder in inside(&contract)? {
        let files = operations_in(&folder)?;
        if !files.is_empty() {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
        for file in files {
            // What several use lies in each of their folders, word for word.
            operations.entry(name(&file)).or_insert(file);
        }
    }
    let operations: Vec<_> = operations.into_values().collect();
    let released = released(&contract.join("released"), &operations)?;
    let mut source = String::new();
    write_list(&mut source, "OPERATIONS", &operations)?;
    write_list(&mut source, "RELEASED", &released)?;
    let path = Path::new(&env::var("OUT_DIR")?).join("operations.rs");
    Ok(fs::write(path, source)?)
}

/// The operations as some release had them and the contract has them no more, each text once.
fn released(folder: &Path, operations: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut texts = BTreeMap::new();
    for version in inside(folder)? {
        for audience in inside(&version)? {
            for file in operations_in(&audience)? {
                texts.entry(fs::read_to_string(&file)?).or_insert(file);
            }
        }
    }
    for file in operations {
        texts.remove(&fs::read_to_string(file)?);
    }
    Ok(texts.into_values().collect())
}

fn operations_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let files = inside(folder)?.into_iter();
    let files = files.filter(|file| file.extension() == Some(OsStr::new("graphql")));
    Ok(files.collect())
}

fn name(file: &Path) -> OsString {
    file.file_stem().unwrap_or_default().to_owned()
}

/// What lies in a folder, in the order of the names; nothing in what is none.
fn inside(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let entries = fs::read_dir(folder)?;
    entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect()
}

fn write_list(source: &mut String, list: &str, files: &[PathBuf]) -> fmt::Result {
    let many = files.len();
    writeln!(source, "/// Each by its name, with its text.")?;
    writeln!(source, "pub const {list}: [(&str, &str); {many}] = [")?;
    for file in files {
        let (name, file) = (name(file), file.to_string_lossy());
        let name = name.to_string_lossy();
        writeln!(source, "    ({name:?}, include_str!({file:?})),")?;
    }
    writeln!(source, "];")
}
