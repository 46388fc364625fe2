//! Programs of npm that everybody has, as they are: the clients of the contract, and what makes and checks them.
//!
//! Owns a bench: a copy of the contract and of `tests/clients`, beside the packages that `LIANGXIN_TEST_CLIENTS` names, so that
//! a script finds them as it does where `npm ci` ran, and nothing is written into the tree.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use tempfile::TempDir;

use crate::contract::root;
use crate::postgres::{absent, variable};

/// How long a script may take, in seconds. A client that repeats for ever would never end.
const SCRIPT_SECONDS: &str = "180";

/// What others make beside the files of the tree.
const MADE: [&str; 4] = ["node_modules", "target", "generated", "built"];

/// A place where scripts run. Dropping it removes it.
#[derive(Debug)]
pub struct Bench(TempDir);

impl Bench {
    /// A bench, unless there is no Node or nobody named the packages, which is said. Panics if it cannot be made.
    pub fn set_up() -> Option<Self> {
        let modules = variable("LIANGXIN_TEST_CLIENTS").filter(|_| {
            let node = Command::new("node").arg("--version").output();
            node.is_ok_and(|node| node.status.success())
        });
        let Some(modules) = modules else {
            absent("no node with the clients (LIANGXIN_TEST_CLIENTS) found");
            return None;
        };
        let made = Self::at(Path::new(&modules));
        Some(made.unwrap_or_else(|error| panic!("no bench for the clients: {error:#}")))
    }

    fn at(modules: &Path) -> anyhow::Result<Self> {
        let directory = tempfile::tempdir().context("make a directory")?;
        for part in ["mobile-contract", "tests/clients"] {
            copy(&root().join(part), &directory.path().join(part)).context(part)?;
        }
        let modules = modules.canonicalize().context("find the packages")?;
        symlink(modules, directory.path().join("node_modules")).context("link the packages")?;
        Ok(Self(directory))
    }

    /// Where something of the tree is on the bench.
    pub fn path(&self, part: &str) -> PathBuf {
        self.0.path().join(part)
    }

    /// Runs a script of the bench with Node; answers what it printed. Panics with what it said if it fails.
    pub async fn run(&self, script: &str, words: &[&str]) -> String {
        let path = self.path(script);
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        // On a thread of its own, because what it asks is served by this very runtime.
        let ran = tokio::task::spawn_blocking(move || node(&path, &words)).await;
        let ran = ran.context("the thread was lost").flatten();
        ran.unwrap_or_else(|error| panic!("{script}: {error:#}"))
    }
}

fn node(script: &Path, words: &[String]) -> anyhow::Result<String> {
    let ran = Command::new("timeout")
        .args([SCRIPT_SECONDS, "node"])
        .arg(script)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .context("start it")?;
    let printed = String::from_utf8_lossy(&ran.stdout).into_owned();
    let said = String::from_utf8_lossy(&ran.stderr);
    ensure!(ran.status.success(), "{}\n{printed}\n{said}", ran.status);
    Ok(printed)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            std::fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
