//! The binding as a phone has it: the module is generated from the library that cargo has just built,
//! loaded into Python, and asked what the Rust library is asked. Both must say the same, byte for byte.
//!
//! `LIANGXIN_TEST_PYTHON` names the interpreter; without it, `python3` is asked. Where there is none the
//! tests say that they are skipped, and fail if `LIANGXIN_TEST_REQUIRE=1`.

#![expect(
    clippy::unwrap_used,
    reason = "fixtures outside a #[test] function fail a test by panicking too"
)]

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, OnceLock};
use std::thread;

use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use serde_json::{Value, json};
use tempfile::TempDir;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

#[test]
fn every_golden_case_gives_the_same_bytes_through_the_binding() {
    let Some(python) = python() else { return };
    let measurements = measurements();
    let judged = python.ask(measurements.iter().map(|text| json!([[], "judge", text])));
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
    assert!(!verdicts.is_empty(), "no case gives a verdict");

    let again = python.ask(verdicts.iter().map(|text| json!([[], "recompute", text])));
    for (text, answer) in verdicts.iter().zip(again) {
        assert_eq!(answer, json!({ "ok": { "kind": "EQUAL" } }), "{text}");
    }
    for language in ["ZH", "EN"] {
        let asked = |text: &String| json!([[], "explain", text, language]);
        for (text, answer) in verdicts.iter().zip(python.ask(verdicts.iter().map(asked))) {
            let verdict = wire::read_verdict(text).unwrap().verdict;
            let wanted = if language == "ZH" {
                verdict.explain_zh()
            } else {
                verdict.explain_en()
            };
            assert_eq!(answer, json!({ "ok": wanted }), "{text}");
        }
    }
}

#[test]
fn the_binding_holds_the_same_editions() {
    let Some(python) = python() else { return };
    let answers = python.ask([json!([[], "digest"]), json!([[], "editions"])]);
    assert_eq!(answers[0], json!({ "ok": rules().digest() }));
    let editions: Vec<Value> = rules()
        .files()
        .map(|file| {
            let head = file.head();
            json!({
                "id": head.id.as_str(),
                "edition": head.edition.as_str(),
                "title_zh": head.title_zh.as_str(),
                "title_en": head.title_en.as_str(),
                "valid_from": head.valid_from,
                "valid_to": head.valid_to,
                "digest": file.digest(),
            })
        })
        .collect();
    assert_eq!(answers[1], json!({ "ok": editions }));
}

#[test]
fn an_edition_of_the_operator_takes_the_place_of_the_built_in_one() {
    let Some(python) = python() else { return };
    let (measurement, verdict) = a_verdict();
    let id = &wire::read_verdict(&verdict).unwrap().verdict.applied_rules[0].id;
    let file = rules()
        .files()
        .find(|file| file.head().id.as_str() == id)
        .unwrap();
    let changed = format!("{}# Read once more.\n", file.text());
    let files = [("operator.toml", changed)];
    let by_operator = RuleSet::embedded_with(files.clone()).unwrap();
    assert_ne!(by_operator.digest(), rules().digest());

    let answers = python.ask([
        json!([files, "digest"]),
        json!([files, "judge", measurement]),
        json!([files, "recompute", verdict]),
    ]);
    assert_eq!(answers[0], json!({ "ok": by_operator.digest() }));
    let wanted = wire::judge(&by_operator, &measurement).unwrap();
    assert_eq!(answers[1], json!({ "ok": wanted }));
    let report = json!({ "kind": "OTHER_RULES", "ids": [id], "differences": [] });
    assert_eq!(answers[2], json!({ "ok": report }));
}

#[test]
fn a_stored_verdict_that_was_changed_is_told_with_its_place() {
    let Some(python) = python() else { return };
    let mut changed: Value = serde_json::from_str(&a_verdict().1).unwrap();
    let outcome = changed["outcome"].to_string();
    changed["outcome"] = "NOT_ASSESSABLE".into();
    let answers = python.ask([json!([[], "recompute", changed.to_string()])]);
    let difference = json!({ "at": "outcome", "stored": "\"NOT_ASSESSABLE\"", "again": outcome });
    let report = json!({ "kind": "DIFFERS", "differences": [difference] });
    assert_eq!(answers, [json!({ "ok": report })]);
}

#[test]
fn a_refusal_carries_code_field_and_message() {
    let Some(python) = python() else { return };
    let unusable = [["mine.toml", "not = [toml"]];
    let answers = python.ask([
        json!([[], "judge", r#"{"family": "ASTROLOGY"}"#]),
        json!([[], "judge", "{"]),
        json!([[], "explain", "{}", "EN"]),
        json!([unusable, "digest"]),
    ]);
    let seen: Vec<_> = answers
        .iter()
        .map(|answer| (&answer["refused"]["code"], &answer["refused"]["field"]))
        .collect();
    assert_eq!(
        seen,
        [
            (&json!("FAMILY_UNKNOWN"), &json!("family")),
            (&json!("JSON_MALFORMED"), &Value::Null),
            (&json!("FIELD_MISSING"), &json!("outcome")),
            (&json!("RULES_REFUSED"), &Value::Null),
        ]
    );
    let message = answers[3]["refused"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("rule file mine.toml, line 1: "),
        "{message}"
    );
}

/// The embedded rules, read once.
fn rules() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::embedded().unwrap());
    &RULES
}

/// The measurement of every golden case, as JSON.
fn measurements() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/metrology");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    let tables = files.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()
    });
    tables
        .flat_map(|table| table["cases"].as_array().unwrap().clone())
        .map(|case| case["measurement"].to_string())
        .collect()
}

/// A measurement with its verdict.
fn a_verdict() -> (String, String) {
    let judged = |text: String| {
        let verdict = wire::judge(rules(), &text).ok()?;
        let outcome = wire::read_verdict(&verdict).unwrap().verdict.outcome;
        let is_judged = outcome != liangxin_metrology::verdict::Outcome::NotAssessable;
        is_judged.then_some((text, verdict))
    };
    measurements().into_iter().find_map(judged).unwrap()
}

/// An interpreter, with the module and the library in a directory.
struct Python {
    command: String,
    module: TempDir,
}

/// The interpreter, made ready once; nothing where none is installed, which is said once.
fn python() -> Option<&'static Python> {
    static PYTHON: OnceLock<Option<Python>> = OnceLock::new();
    let ready = || {
        let command = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
        match Command::new(&command).arg("--version").output() {
            Ok(answer) => assert!(answer.status.success(), "{command}: {}", answer.status),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                absent(&command);
                return None;
            }
            Err(error) => panic!("start {command}: {error}"),
        }
        let module = generated();
        Some(Python { command, module })
    };
    PYTHON.get_or_init(ready).as_ref()
}

/// Says that the tests are skipped, or fails where everything is installed on purpose.
fn absent(command: &str) {
    let required = variable("LIANGXIN_TEST_REQUIRE").as_deref() == Some("1");
    assert!(
        !required,
        "no {command} found, and LIANGXIN_TEST_REQUIRE=1 forbids to skip"
    );
    // Not `eprintln!`: the test runner keeps that to itself while the test passes. Nobody reads a
    // closed stream.
    let skipped = format!("skipped: no {command} found to load the binding into");
    let _ = writeln!(std::io::stderr(), "{skipped}");
}

/// A variable of the environment, if it is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests have no settings of the application"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Writes the Python module for the library, and puts the library beside it, where it is looked for.
fn generated() -> TempDir {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    let name = format!("{DLL_PREFIX}liangxin_verdict{DLL_SUFFIX}");
    // Cargo builds the library of a test in all its forms, and into the directory of the test itself.
    let library = std::env::current_exe().unwrap().with_file_name(&name);
    assert!(library.is_file(), "{} is not built", library.display());
    let directory = TempDir::new().unwrap();
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Python],
        source: library.to_str().unwrap().into(),
        out_dir: directory.path().to_str().unwrap().into(),
        ..Default::default()
    })
    .unwrap();
    fs::copy(&library, directory.path().join(&name)).unwrap();
    directory
}

impl Python {
    /// Asks the binding, and answers with `{"ok": ..}` or `{"refused": ..}` for each request.
    fn ask(&self, requests: impl IntoIterator<Item = Value>) -> Vec<Value> {
        let mut asked = 0;
        let mut text = String::new();
        for request in requests {
            text.push_str(&request.to_string());
            text.push('\n');
            asked += 1;
        }
        let mut process = Command::new(&self.command)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/through_binding.py"))
            .arg(self.module.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = process.stdin.take().unwrap();
        // Beside reading: neither side waits for the other to empty its pipe. A process that ended
        // early reads no more; its status says so below.
        let writer = thread::spawn(move || input.write_all(text.as_bytes()));
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", output.status);
        writer.join().unwrap().unwrap();
        let answers: Vec<Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(answers.len(), asked, "an answer for each request");
        answers
    }
}
