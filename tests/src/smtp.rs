//! A real SMTP server for the tests: Python's `aiosmtpd` in a process of its own.
//!
//! Owns that process and the directory in which it keeps what it received, one file a message, byte for byte. A
//! message is in its file before the server says 250, so there is nothing to wait for. It knows nothing of what we
//! write in our mails.
//!
//! `LIANGXIN_TEST_PYTHON` names the interpreter that has aiosmtpd; without it, `python3` is asked.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail};

use crate::postgres::{absent, variable};

/// What the script answers with if `aiosmtpd` cannot be imported.
const NOT_INSTALLED: i32 = 69;

/// Arguments: directory for the messages, exit code for "not installed". Prints the port.
///
/// It ends when its standard input does: the kernel closes that pipe however the test process ends.
const SCRIPT: &str = r#"
import asyncio, itertools, os, pathlib, sys

try:
    from aiosmtpd.smtp import SMTP
except ImportError:
    sys.exit(int(sys.argv[2]))

directory = pathlib.Path(sys.argv[1])
numbers = itertools.count(1 + len(list(directory.glob("*.eml"))))


class Keeper:
    async def handle_DATA(self, server, session, envelope):
        final = directory / f"{next(numbers):06}.eml"
        partial = final.with_suffix(".partial")
        partial.write_bytes(envelope.content)
        partial.rename(final)
        return "250 kept"


async def main():
    loop = asyncio.get_running_loop()
    # A name is given because looking up the machine's own can take seconds.
    protocol = lambda: SMTP(Keeper(), hostname="localhost", enable_SMTPUTF8=True, loop=loop)
    server = await loop.create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


asyncio.run(main())
"#;

/// A running SMTP server without TLS and without sign-in. Dropping it ends it; the messages stay in the directory.
#[derive(Debug)]
pub struct SmtpServer {
    process: Child,
    url: String,
    directory: PathBuf,
}

/// Starts a server on a free port that keeps its messages in `directory`, which is made if it is not there.
///
/// `None` means that Python or aiosmtpd is missing: said once on standard error. Panics if they are there and the
/// server does not start, or if they are missing and `LIANGXIN_TEST_REQUIRE=1`.
pub fn start(directory: &Path) -> Option<SmtpServer> {
    match run(directory) {
        Ok(Some(server)) => Some(server),
        Ok(None) => {
            absent("no python3 with aiosmtpd found for a real SMTP server");
            None
        }
        Err(error) => panic!("the SMTP server for the tests did not start: {error:#}"),
    }
}

impl SmtpServer {
    /// `smtp://127.0.0.1:<port>`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The messages received so far, oldest first, as they came: headers, empty line, encoded body.
    pub fn messages(&self) -> Vec<String> {
        received(&self.directory)
            .unwrap_or_else(|error| panic!("read {}: {error}", self.directory.display()))
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // Fails only if the process has ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn run(directory: &Path) -> anyhow::Result<Option<SmtpServer>> {
    std::fs::create_dir_all(directory).context("make the directory of the messages")?;
    let python = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let mut command = Command::new(&python);
    command
        .args(["-c", SCRIPT])
        .arg(directory)
        .arg(NOT_INSTALLED.to_string());
    let mut process = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        Ok(process) => process,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("start {python}")),
    };
    let mut port = String::new();
    if let Some(output) = process.stdout.take() {
        BufReader::new(output)
            .read_line(&mut port)
            .context("read the port")?;
    }
    if port.is_empty() {
        return match process.wait()?.code() {
            Some(NOT_INSTALLED) => Ok(None),
            code => bail!("{python} ended with {code:?}"),
        };
    }
    let url = format!("smtp://127.0.0.1:{}", port.trim());
    Ok(Some(SmtpServer {
        process,
        url,
        directory: directory.to_path_buf(),
    }))
}

fn received(directory: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            files.push(path);
        }
    }
    files.sort();
    files
        .iter()
        .map(|file| Ok(String::from_utf8_lossy(&std::fs::read(file)?).into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

    use super::*;

    #[tokio::test]
    async fn a_mail_is_kept_before_the_sender_hears_that_it_was_taken() {
        let directory = tempfile::tempdir().unwrap();
        let Some(server) = start(&directory.path().join("mail")) else {
            return;
        };
        let sender = AsyncSmtpTransport::<Tokio1Executor>::from_url(server.url())
            .unwrap()
            .build();
        for subject in ["first", "second"] {
            let message = Message::builder()
                .from("量信 <desk@bureau.example>".parse().unwrap())
                .to("wang@mail.example".parse().unwrap())
                .subject(subject)
                .body("您的举报已收到\r\n".to_owned())
                .unwrap();
            sender.send(message).await.unwrap();
        }
        let messages = server.messages();
        assert_eq!(messages.len(), 2);
        assert!(
            messages[0].contains("Subject: first") && messages[1].contains("Subject: second"),
            "{messages:?}"
        );
    }
}
