//! A second S3 server for the tests, which knows Object Lock: Python's `moto` in a process of its own, with one bucket.
//!
//! It keeps everything in memory and checks no signatures; the server of [`crate::s3`] does. `LIANGXIN_TEST_PYTHON` names
//! the interpreter that has it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail};

use crate::postgres::{absent, variable};

/// What the script answers with if `moto` cannot be imported.
const NOT_INSTALLED: i32 = 69;

/// Argument: exit code for "not installed". Prints the port, and ends when its standard input does.
const SCRIPT: &str = r#"
import os, sys, threading

try:
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server
except ImportError:
    sys.exit(int(sys.argv[1]))

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.buffer.read()
os._exit(0)
"#;

/// The bucket.
const BUCKET: &str = "evidence";

/// Any name passes as a signature; without one a bucket would be nobody's, and an object of somebody is not shown.
const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=liangxin-test/20261129/us-east-1/s3/aws4_request, \
     SignedHeaders=host, Signature=0";

/// Whether the bucket locks, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locking {
    /// It does not.
    Off,
    /// What it is told to.
    OnRequest,
    /// Everything, for a day.
    ForADay,
}

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub struct MotoServer {
    /// `http://127.0.0.1:<port>`.
    pub endpoint: String,
    /// The one bucket.
    pub bucket: String,
    process: Child,
}

impl Drop for MotoServer {
    fn drop(&mut self) {
        // Fails only if the process has ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl MotoServer {
    /// What the server says of an object under a header's name. Panics if there is no such object.
    pub async fn header(&self, key: &str, name: &str) -> Option<String> {
        let asked = reqwest::Client::new()
            .head(format!("{}/{BUCKET}/{key}", self.endpoint))
            .header("Authorization", SIGNED);
        let answer = asked
            .send()
            .await
            .unwrap_or_else(|error| panic!("moto: {error}"));
        assert_eq!(answer.status(), 200, "{key}");
        let said = answer.headers().get(name)?;
        said.to_str().ok().map(str::to_owned)
    }
}

/// Starts a server with a bucket. `None` means that Python or moto is missing: said once on standard error. Panics if they
/// are there and the server does not start, or if they are missing and `LIANGXIN_TEST_REQUIRE=1`.
pub async fn start(locking: Locking) -> Option<MotoServer> {
    match run() {
        Ok(Some(server)) => {
            let made = make_bucket(&server, locking).await;
            made.unwrap_or_else(|error| panic!("no bucket in moto: {error:#}"));
            Some(server)
        }
        Ok(None) => {
            absent("no python3 with moto[server] found for an S3 server that locks objects");
            None
        }
        Err(error) => panic!("moto did not start: {error:#}"),
    }
}

fn run() -> anyhow::Result<Option<MotoServer>> {
    let python = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let mut command = Command::new(&python);
    command.args(["-c", SCRIPT]).arg(NOT_INSTALLED.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = match command.stderr(Stdio::null()).spawn() {
        Ok(process) => process,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("start {python}")),
    };
    let mut port = String::new();
    if let Some(output) = process.stdout.take() {
        let mut output = BufReader::new(output);
        output.read_line(&mut port).context("read the port")?;
    }
    if port.is_empty() {
        return match process.wait()?.code() {
            Some(NOT_INSTALLED) => Ok(None),
            code => bail!("{python} ended with {code:?}"),
        };
    }
    Ok(Some(MotoServer {
        endpoint: format!("http://127.0.0.1:{}", port.trim()),
        bucket: BUCKET.to_owned(),
        process,
    }))
}

async fn make_bucket(server: &MotoServer, locking: Locking) -> anyhow::Result<()> {
    let client = reqwest::Client::new();
    let bucket = format!("{}/{BUCKET}", server.endpoint);
    let mut make = client.put(&bucket).header("Authorization", SIGNED);
    if locking != Locking::Off {
        make = make.header("x-amz-bucket-object-lock-enabled", "true");
    }
    make.send().await?.error_for_status()?;
    if locking == Locking::ForADay {
        let rule = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>\
             <Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>";
        let put = client.put(format!("{bucket}?object-lock"));
        let put = put.header("Authorization", SIGNED).body(rule);
        put.send().await?.error_for_status()?;
    }
    Ok(())
}
