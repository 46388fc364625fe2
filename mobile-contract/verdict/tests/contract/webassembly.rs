//! The library for WebAssembly as a page has it: built by its one command, loaded into Node, and asked
//! what the Rust library is asked. Both must say the same, byte for byte.
//!
//! Where there is no Node, or no target of Rust for it, the test says that it is skipped, and fails if
//! `LIANGXIN_TEST_REQUIRE=1`.

use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{example, golden, rules, variable};

/// What wasm.sh ends with where Rust's target cannot be had.
const NO_TARGET: i32 = 77;

/// The most bytes that the library may have when it is compressed.
const MOST_BYTES: u64 = 1_500_000;

/// The most milliseconds of the processor that a verdict may take in Node.
const MOST_MILLISECONDS: f64 = 5.0;

#[test]
fn every_golden_case_gives_the_same_bytes_in_node() {
    let Some(library) = built() else { return };
    let all = Measurement::FAMILIES
        .iter()
        .flat_map(|family| golden(family));
    let measurements: Vec<String> = all.map(|one| one.to_string()).collect();
    let judged = ask(
        &library,
        measurements.iter().map(|text| json!([[], "judge", text])),
    );
    let mut verdicts = Vec::new();
    for (text, answer) in measurements.iter().zip(&judged) {
        match wire::judge(rules(), text) {
            Ok(verdict) => {
                assert_eq!(answer, &json!({ "ok": verdict }), "{text}");
                verdicts.push(verdict);
            }
            Err(refused) => assert_eq!(answer, &json!({ "refused": refused }), "{text}"),
        }
    }
    let again = ask(
        &library,
        verdicts.iter().map(|text| json!([[], "recompute", text])),
    );
    for (text, answer) in verdicts.iter().zip(again) {
        assert_eq!(answer, json!({ "ok": { "kind": "EQUAL" } }), "{text}");
    }
    let asked = |text: &String| json!([[], "explain", text, "ZH"]);
    for (text, answer) in verdicts
        .iter()
        .zip(ask(&library, verdicts.iter().map(asked)))
    {
        let wanted = wire::read_verdict(text).unwrap().verdict.explain_zh();
        assert_eq!(answer, json!({ "ok": wanted }), "{text}");
    }
    holds_the_same_rules(&library);
    is_fast(&library);
}

/// The full example of each family, the median of many.
fn is_fast(library: &TempDir) {
    let examples = Measurement::FAMILIES.iter();
    let asked = examples.map(|family| json!([[], "milliseconds", example(family)]));
    let answers = ask(library, asked);
    for (family, answer) in Measurement::FAMILIES.iter().zip(answers) {
        let taken = answer["ok"].as_f64().unwrap();
        assert!(taken <= MOST_MILLISECONDS, "{family}: {taken} ms");
    }
}

/// The library is built once for all that is asked of it.
fn holds_the_same_rules(library: &TempDir) {
    let file = rules().files().next().unwrap();
    let files = [(
        "operator.toml",
        format!("{}# Read once more.\n", file.text()),
    )];
    let by_operator = RuleSet::embedded_with(files.clone()).unwrap();
    let answers = ask(
        library,
        [
            json!([[], "digest"]),
            json!([files, "digest"]),
            json!([[["mine.toml", "not = [toml"]], "digest"]),
            json!([[], "compressed"]),
        ],
    );
    assert_eq!(answers[0], json!({ "ok": rules().digest() }));
    assert_eq!(answers[1], json!({ "ok": by_operator.digest() }));
    assert_eq!(answers[2]["refused"]["code"], "RULES_REFUSED");
    assert!(
        answers[3]["ok"].as_u64().unwrap() <= MOST_BYTES,
        "{}",
        answers[3]
    );
}

/// The library in a directory; nothing where there is no Node or no target for it, which is said.
fn built() -> Option<TempDir> {
    match Command::new("node").arg("--version").output() {
        Ok(answer) => assert!(answer.status.success(), "node: {}", answer.status),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return absent("node");
        }
        Err(error) => panic!("start node: {error}"),
    }
    let directory = TempDir::new().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("wasm.sh");
    let status = Command::new(script).arg(directory.path()).status().unwrap();
    if status.code() == Some(NO_TARGET) {
        return absent("target of Rust for WebAssembly");
    }
    assert!(status.success(), "wasm.sh: {status}");
    Some(directory)
}

/// Says that the test is skipped, or fails where everything is installed on purpose.
fn absent(what: &str) -> Option<TempDir> {
    let required = variable("LIANGXIN_TEST_REQUIRE").as_deref() == Some("1");
    assert!(
        !required,
        "no {what} found, and LIANGXIN_TEST_REQUIRE=1 forbids to skip"
    );
    // Not `eprintln!`: the test runner keeps that to itself while the test passes.
    let skipped = format!("skipped: no {what} found to test WebAssembly with");
    let _ = writeln!(std::io::stderr(), "{skipped}");
    None
}

/// Asks the library in Node, and answers with `{"ok": ..}` or `{"refused": ..}` for each request.
fn ask(library: &TempDir, requests: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let lines: Vec<String> = requests.into_iter().map(|one| format!("{one}\n")).collect();
    let (asked, text) = (lines.len(), lines.concat());
    let mut process = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/through_wasm.mjs"))
        .arg(library.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    // Beside reading: neither side waits for the other to empty its pipe.
    let writer = thread::spawn(move || input.write_all(text.as_bytes()));
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", output.status);
    writer.join().unwrap().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = answers
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), asked, "an answer for each request");
    answers
}
