//! Reading a PDF as its readers do: by pypdf, which is none of ours. `LIANGXIN_TEST_PYTHON` names the interpreter that has it;
//! without it, `python3` is asked.

use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

use crate::postgres::{absent, variable};

/// Answers the text of each page, as JSON; ends with the code of what is not installed where there is no pypdf.
const SCRIPT: &str = "\
import io, json, sys
try:
    from pypdf import PdfReader
except ImportError:
    sys.exit(int(sys.argv[1]))
pages = PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages
print(json.dumps([page.extract_text() for page in pages]))
";

/// The code with which the script ends where pypdf is not installed.
const NOT_INSTALLED: i32 = 77;

/// The text of each page, without its spaces and lines: where those are is the reader's guess. Nothing where no reader is
/// installed. Panics if it is no PDF.
pub fn pages(bytes: &[u8]) -> Option<Vec<String>> {
    match read(bytes) {
        Ok(Some(pages)) => {
            let bare = |page: &String| page.chars().filter(|sign| !sign.is_whitespace()).collect();
            Some(pages.iter().map(bare).collect())
        }
        Ok(None) => {
            absent("no python3 with pypdf found to read a PDF");
            None
        }
        Err(error) => panic!("the PDF was not read: {error:#}"),
    }
}

fn read(bytes: &[u8]) -> anyhow::Result<Option<Vec<String>>> {
    let python = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let mut command = Command::new(&python);
    command.args(["-c", SCRIPT]).arg(NOT_INSTALLED.to_string());
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut process = match started {
        Ok(process) => process,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("start {python}")),
    };
    if let Some(mut input) = process.stdin.take() {
        // Whoever has no pypdf reads nothing.
        let _ = input.write_all(bytes);
    }
    let ended = process.wait_with_output().context("read the text")?;
    if ended.status.code() == Some(NOT_INSTALLED) {
        return Ok(None);
    }
    ensure!(
        ended.status.success(),
        "{python} ended with {}",
        ended.status
    );
    Ok(Some(serde_json::from_slice(&ended.stdout)?))
}
