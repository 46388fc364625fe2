//! The program itself, in a process of its own: for what only a process can do, such as dying.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};

use crate::postgres::variable;

/// The program serving on a free port with the fixtures. Dropping it kills it.
#[derive(Debug, Clone)]
pub struct Program {
    /// `http://127.0.0.1:<port>`.
    pub url: String,
    process: Arc<Process>,
}

#[derive(Debug)]
struct Process(Mutex<Child>);

impl Program {
    /// Starts to serve on a directory, with nothing in its environment but what is given. Panics with the end of its
    /// log if it does not come up.
    pub async fn serve(data: &Path, environment: &[(&str, &str)]) -> Self {
        match Self::try_serve(data, environment).await {
            Ok(program) => program,
            Err(error) => panic!("the program did not start: {error:#}"),
        }
    }

    /// Starts to serve as [`Program::serve`]; an error holds the log.
    pub async fn try_serve(data: &Path, environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        Self::begin(data.to_owned(), owned(environment), Vec::new()).await
    }

    /// Starts to serve as [`Program::serve`], on the two first cores alone, with `taskset` of util-linux.
    pub async fn serve_on_two_cores(
        data: &Path,
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let pinned = ["taskset", "--cpu-list", "0,1"].map(str::to_owned);
        Self::begin(data.to_owned(), owned(environment), pinned.to_vec()).await
    }

    /// Starts to serve as [`Program::serve`], with so many files open at most.
    pub async fn serve_with_files(data: &Path, files: u32) -> anyhow::Result<Self> {
        let limit = format!("ulimit -n {files}; exec \"$0\" \"$@\"");
        let limited = ["/bin/sh", "-c", &limit].map(str::to_owned);
        Self::begin(data.to_owned(), Vec::new(), limited.to_vec()).await
    }

    async fn begin(
        data: PathBuf,
        environment: Vec<(String, String)>,
        before: Vec<String>,
    ) -> anyhow::Result<Self> {
        // On a thread of its own, because what it needs to start may be served by this very runtime.
        let started =
            tokio::task::spawn_blocking(move || start(&data, &environment, &before)).await;
        started.context("the starting thread was lost").flatten()
    }

    /// The number of its process.
    pub fn process_id(&self) -> u32 {
        let child = self.process.0.lock();
        child.unwrap_or_else(PoisonError::into_inner).id()
    }

    /// Ends it at once, as `kill -9` does: nothing is finished, nothing is said.
    pub fn kill(&self) {
        self.process.kill();
    }
}

impl Program {
    /// Asks it to end, as a supervisor does, and waits until it did; answers whether it ended well. Panics if it is still
    /// there after the ten seconds that are promised.
    pub async fn terminate(&self) -> bool {
        let process = Arc::clone(&self.process);
        let ended = tokio::task::spawn_blocking(move || process.terminate()).await;
        match ended.context("the waiting thread was lost").flatten() {
            Ok(ended) => ended,
            Err(error) => panic!("the program was not asked to end: {error:#}"),
        }
    }
}

impl Process {
    fn terminate(&self) -> anyhow::Result<bool> {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()?;
        ensure!(asked.success(), "kill -TERM");
        for _ in 0..1_000 {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        bail!("it did not end within ten seconds")
    }

    fn kill(&self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Fails only if it has ended already, which is what is wanted.
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Runs a command of the program on a data directory to its end; answers what it printed. Panics if it fails.
pub fn run(arguments: &[&str], data: &Path) -> String {
    let data = data.to_string_lossy();
    let place = ["--data", &data];
    let arguments: Vec<&str> = arguments.iter().copied().chain(place).collect();
    let (succeeds, said) = said(&arguments);
    assert!(succeeds, "liangxin {arguments:?}: {said}");
    said
}

/// Runs a command that needs no data directory to its end; answers whether it succeeded and what it printed.
pub fn said(arguments: &[&str]) -> (bool, String) {
    said_with(arguments, &[])
}

/// As [`said`], with nothing in its environment but what is given.
pub fn said_with(arguments: &[&str], environment: &[(&str, &str)]) -> (bool, String) {
    let ran = || -> anyhow::Result<_> {
        Ok(Command::new(executable()?)
            .args(arguments)
            .env_clear()
            .envs(environment.iter().copied())
            .output()?)
    };
    let output = ran().unwrap_or_else(|error| panic!("liangxin {arguments:?}: {error:#}"));
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        said.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    (output.status.success(), said)
}

fn owned(environment: &[(&str, &str)]) -> Vec<(String, String)> {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    environment.iter().map(pair).collect()
}

/// Starts the program, by the words of another one if there are any: it takes the place of that one.
fn start(
    data: &Path,
    environment: &[(String, String)],
    before: &[String],
) -> anyhow::Result<Program> {
    std::fs::create_dir_all(data)?;
    let log = data.join("stderr.log");
    let executable = executable()?;
    let mut command = match before {
        [] => Command::new(executable),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(executable);
            command
        }
    };
    command
        .args(["serve", "--fixtures", "--listen", "127.0.0.1:0", "--data"])
        .arg(data);
    command
        .env_clear()
        .envs(environment.iter().map(|(name, value)| (name, value)));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(File::create(&log)?);
    let mut child = command.spawn().context("start the program")?;
    let output = child.stdout.take().context("the program has no output")?;
    let process = Arc::new(Process(Mutex::new(child)));
    for line in BufReader::new(output).lines() {
        if let Some(url) = line?.strip_prefix("listening on ") {
            let url = url.trim().to_owned();
            return Ok(Program { url, process });
        }
    }
    bail!("{}", std::fs::read_to_string(&log)?)
}

/// The program's file. Cargo builds it for the tests of its own package alone, so it is asked here; if everything is
/// built already that takes a moment.
fn executable() -> anyhow::Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build().map_err(|error| format!("{error:#}")));
    built.clone().map_err(anyhow::Error::msg)
}

/// What Cargo tells this test about its own package. Build scripts that watch these variables (that of `ring` does) would
/// take them for a change and compile half of the tree again.
const OWN_TO_THIS_TEST: [&str; 8] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_LINKS",
    "CARGO_MANIFEST_PATH",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

fn build() -> anyhow::Result<PathBuf> {
    // `<target>/<profile>/deps/<this test>`, or `<target>/<profile>/<this program>`
    let this = std::env::current_exe()?;
    let directory = this.parent().context("where the tests are built")?;
    let profile = match directory.ends_with("deps") {
        true => directory.parent(),
        false => Some(directory),
    };
    let profile = profile.context("where the tests are built")?;
    let target = profile.parent().context("where the tests are built")?;
    let cargo = variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(cargo);
    // The whole workspace, so that the dependencies have the features with which they are built already.
    command
        .args([
            "build",
            "--quiet",
            "--workspace",
            "--bin",
            "liangxin",
            "--target-dir",
        ])
        .arg(target);
    if profile.file_name().is_some_and(|name| name == "release") {
        command.arg("--release");
    }
    for name in OWN_TO_THIS_TEST {
        command.env_remove(name);
    }
    let built = command
        .current_dir(crate::contract::root())
        .stdin(Stdio::null())
        .output()?;
    ensure!(
        built.status.success(),
        "cargo build: {}",
        String::from_utf8_lossy(&built.stderr)
    );
    Ok(profile.join("liangxin"))
}
