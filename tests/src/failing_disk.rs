//! A disk that fails when a test says so: a small library in front of the C library of the program ends its writes below
//! one directory with an error. It needs no rights and no disk of its own.
//!
//! A file system cannot be mounted again for reading only while somebody writes on it, and one that went read-only by
//! itself never comes back: what the kernel then answers is answered here.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

/// The source of the library.
const SOURCE: &str = include_str!("failing_disk.c");

/// How writes end, by the numbers of Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The device does not take them: `EIO`.
    Device = 5,
    /// It is full: `ENOSPC`.
    Full = 28,
    /// It is mounted for reading only: `EROFS`.
    ReadOnly = 30,
}

/// A directory on a disk that fails when it is told to.
#[derive(Debug)]
pub struct FailingDisk {
    disk: PathBuf,
    front: PathBuf,
    error: PathBuf,
}

impl FailingDisk {
    /// The directory `disk`, with the library built in `beside` it by the compiler that links this test too. Panics if
    /// that fails.
    pub fn make(disk: &Path, beside: &Path) -> Self {
        let made = build(beside).map(|front| Self {
            disk: disk.to_owned(),
            front,
            error: beside.join("error"),
        });
        made.unwrap_or_else(|error| panic!("the failing disk was not made: {error:#}"))
    }

    /// What a program has to have in its environment.
    pub fn environment(&self) -> [(&'static str, &str); 3] {
        [
            ("LD_PRELOAD", text(&self.front)),
            ("LIANGXIN_TEST_DISK", text(&self.disk)),
            ("LIANGXIN_TEST_DISK_ERROR", text(&self.error)),
        ]
    }

    /// From now on every write fails.
    pub fn fail(&self, how: Failure) {
        let number = (how as i32).to_string();
        let told = std::fs::write(&self.error, number);
        told.unwrap_or_else(|error| panic!("the disk was not told to fail: {error}"));
    }

    /// From now on nothing fails.
    pub fn mend(&self) {
        let told = std::fs::remove_file(&self.error);
        told.unwrap_or_else(|error| panic!("the disk was not mended: {error}"));
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

fn build(directory: &Path) -> anyhow::Result<PathBuf> {
    let source = directory.join("failing_disk.c");
    let library = directory.join("failing_disk.so");
    std::fs::write(&source, SOURCE)?;
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source].map(AsRef::<OsStr>::as_ref))
        .arg("-ldl")
        .stdin(Stdio::null())
        .output()
        .context("run cc")?;
    let said = String::from_utf8_lossy(&built.stderr);
    ensure!(built.status.success(), "cc: {said}");
    Ok(library)
}
