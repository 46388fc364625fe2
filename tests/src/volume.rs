//! A small disk of its own, in memory, which can be filled.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

/// How much the disk holds.
const SIZE: &str = "size=48m";

/// What fills it.
const FILLER: &str = "filler";

/// A mounted disk. Dropping it takes it away with all that is on it.
#[derive(Debug)]
pub struct Volume {
    directory: PathBuf,
}

impl Volume {
    /// Mounts one on an empty directory; none where this process may not mount.
    pub fn mount(directory: &Path) -> Option<Self> {
        let mounted = run(Command::new("mount")
            .args(["-t", "tmpfs", "-o", SIZE, "liangxin-test"])
            .arg(directory));
        mounted.is_ok().then(|| Self {
            directory: directory.to_owned(),
        })
    }

    /// Fills it to the last byte.
    pub fn fill(&self) -> anyhow::Result<()> {
        let mut filler = File::create(self.directory.join(FILLER)).context("make the filler")?;
        for size in [1 << 20, 4096, 1] {
            let piece = vec![0; size];
            while filler.write_all(&piece).is_ok() {}
        }
        Ok(())
    }

    /// Makes room again.
    pub fn free(&self) -> anyhow::Result<()> {
        std::fs::remove_file(self.directory.join(FILLER)).context("remove the filler")
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        // Lazily: a process that was just killed may still hold a file.
        let gone = run(Command::new("umount").arg("-l").arg(&self.directory));
        if let Err(error) = gone {
            let _ = writeln!(std::io::stderr(), "{}: {error:#}", self.directory.display());
        }
    }
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "{status}");
    Ok(())
}
