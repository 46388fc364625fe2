//! Puts the operations of the contract into the program as they lie in their folders: a new one is a file, and stands in
//! no list.

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
    let mut operations = BTreeMap::new();
    for folder in inside(&contract.canonicalize()?)? {
        let files = inside(&folder)?.into_iter();
        let files = files.filter(|file| file.extension() == Some(OsStr::new("graphql")));
        let mut files = files.peekable();
        if files.peek().is_some() {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
        for file in files {
            let name = file.file_stem().unwrap_or_default().to_owned();
            // What several use lies in each of their folders, word for word.
            operations.entry(name).or_insert(file);
        }
    }
    let path = Path::new(&env::var("OUT_DIR")?).join("operations.rs");
    Ok(fs::write(path, written(&operations)?)?)
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

fn written(operations: &BTreeMap<OsString, PathBuf>) -> Result<String, fmt::Error> {
    let mut source = String::new();
    let many = operations.len();
    writeln!(
        source,
        "/// The operations by name, as the alphabet has them."
    )?;
    writeln!(source, "pub const OPERATIONS: [(&str, &str); {many}] = [")?;
    for (name, file) in operations {
        let (name, file) = (name.to_string_lossy(), file.to_string_lossy());
        writeln!(source, "    ({name:?}, include_str!({file:?})),")?;
    }
    writeln!(source, "];")?;
    Ok(source)
}
