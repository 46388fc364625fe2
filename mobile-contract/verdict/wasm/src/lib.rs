//! The verdict in WebAssembly, for a browser and for Node.
//!
//! A thin layer over `liangxin-metrology`, like the binding beside it: it judges nothing itself, and
//! what goes in and comes out is byte for byte what the server reads and writes. It knows JSON and a
//! buffer: `verdict.js` writes a request into the buffer and reads the answer from it, and is what
//! people call.
//!
//! A request is an array: the number of a set of rules, what is asked, and its arguments. An answer is
//! `{"ok": ..}` or `{"refused": {"code", "field", "message"}}`.

mod buffer;

use std::cell::RefCell;
use std::error::Error as _;

use liangxin_metrology::recompute::{Difference, Recomputed, recompute};
use liangxin_metrology::rules::{RuleError, RuleFile, RuleSet};
use liangxin_metrology::wire::{self, Refused};
use serde_json::{Value, json};

thread_local! {
    /// The sets of rules that were loaded, by their number. They never change.
    static LOADED: RefCell<Vec<RuleSet>> = const { RefCell::new(Vec::new()) };
}

/// Answers a request.
fn answer(request: &[u8]) -> Vec<u8> {
    let answer = match serde_json::from_slice(request) {
        Ok(Value::Array(asked)) => ask(&asked),
        _ => Err(misused("an array is wanted")),
    };
    let told = match answer {
        Ok(value) => json!({ "ok": value }),
        Err(refused) => json!({ "refused": refused }),
    };
    told.to_string().into_bytes()
}

fn ask(asked: &[Value]) -> Result<Value, Refused> {
    let text = |at: usize| asked.get(at).and_then(Value::as_str);
    let wanted = |at| text(at).ok_or_else(|| misused("a text is wanted"));
    if text(1) == Some("load") {
        return load(asked.get(2)).map(Value::from);
    }
    let number = asked.first().and_then(Value::as_u64).unwrap_or(u64::MAX);
    LOADED.with_borrow(|loaded| {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        let rules = loaded.get(number).ok_or_else(|| misused("no such rules"))?;
        match text(1) {
            Some("digest") => Ok(rules.digest().into()),
            Some("editions") => Ok(rules.files().map(edition).collect()),
            Some("judge") => wire::judge(rules, wanted(2)?).map(Value::from),
            Some("explain") => explain(wanted(2)?, wanted(3)?),
            Some("recompute") => {
                let stored = wire::read_verdict(wanted(2)?)?;
                Ok(report(recompute(rules, &stored)))
            }
            _ => Err(misused("there is no such question")),
        }
    })
}

/// Loads the editions built in with those of an operator, pairs of name and text, and answers with the
/// number of the set.
fn load(files: Option<&Value>) -> Result<usize, Refused> {
    let files = files
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let text = |file: &Value, at: usize| file[at].as_str().unwrap_or_default().to_owned();
    let sources = files.iter().map(|file| (text(file, 0), text(file, 1)));
    let rules = RuleSet::embedded_with(sources).map_err(refused_rules)?;
    Ok(LOADED.with_borrow_mut(|loaded| {
        loaded.push(rules);
        loaded.len() - 1
    }))
}

fn explain(verdict: &str, language: &str) -> Result<Value, Refused> {
    let verdict = wire::read_verdict(verdict)?.verdict;
    match language {
        "ZH" => Ok(verdict.explain_zh().into()),
        "EN" => Ok(verdict.explain_en().into()),
        _ => Err(misused("the language is ZH or EN")),
    }
}

fn edition(file: &RuleFile) -> Value {
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
}

fn report(recomputed: Recomputed) -> Value {
    let places = |differences: Vec<Difference>| -> Value {
        let place =
            |one: Difference| json!({ "at": one.at, "stored": one.stored, "again": one.again });
        differences.into_iter().map(place).collect()
    };
    match recomputed {
        Recomputed::Equal => json!({ "kind": "EQUAL" }),
        Recomputed::Differs(differences) => {
            json!({ "kind": "DIFFERS", "differences": places(differences) })
        }
        Recomputed::OtherRules { ids, differences } => {
            json!({ "kind": "OTHER_RULES", "ids": ids, "differences": places(differences) })
        }
        Recomputed::Refused(error) => {
            json!({ "kind": "REFUSED", "refusal": Refused::from(error) })
        }
    }
}

/// The file and the row are in the error, what the reader of TOML says is in its source.
fn refused_rules(error: RuleError) -> Refused {
    let message = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    refusal("RULES_REFUSED", message)
}

/// A fault of the program that asks.
fn misused(message: &str) -> Refused {
    refusal("CALL_MALFORMED", message.to_owned())
}

fn refusal(code: &str, message: String) -> Refused {
    Refused {
        code: code.to_owned(),
        field: None,
        message,
    }
}
