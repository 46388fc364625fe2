//! Judging a stored verdict again: is it what the rules give?

use serde_json::Value;

use crate::judgement::Judgement;
use crate::refusal::JudgeError;
use crate::rules::RuleSet;

/// What judging again came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recomputed {
    /// The rules give the same verdict. Its words may have been chosen by another version of this
    /// library; they are not compared.
    Equal,
    /// The rules give another verdict.
    Differs(Vec<Difference>),
    /// An edition that the verdict names is not loaded, or not with the same text.
    OtherRules {
        /// The ids of those editions.
        ids: Vec<String>,
        /// Where the verdict by the rules loaded differs; empty where only their text does.
        differences: Vec<Difference>,
    },
    /// The measurement cannot be judged any more.
    Refused(JudgeError),
}

/// A place where two verdicts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path, such as `findings[0].limit`.
    pub at: String,
    /// What is stored there, as JSON; `null` where nothing is.
    pub stored: String,
    /// What judging again gives there.
    pub again: String,
}

/// Judges the measurement of a stored verdict again and compares.
pub fn recompute(rules: &RuleSet, stored: &Judgement) -> Recomputed {
    let judged = |rules: &RuleSet| Judgement::of(rules, stored.measurement.clone());
    // What was taken is not asked about again, whatever is doubted since.
    let again = match judged(rules) {
        Err(error) if error.code() == "VALUE_DOUBTFUL" => judged(&rules.without_slips()),
        again => again,
    };
    let again = match again {
        Ok(again) => Judgement {
            as_stored: stored.as_stored.clone(),
            ..again
        },
        Err(error) => return Recomputed::Refused(error),
    };
    // The common case, and the fast one: not even the words differ.
    if again == *stored {
        return Recomputed::Equal;
    }
    let ids: Vec<String> = stored
        .verdict
        .applied_rules
        .iter()
        .filter(|named| rules.files().all(|file| file.digest() != named.digest))
        .map(|named| named.id.clone())
        .collect();
    let mut differences = Vec::new();
    // A verdict always writes; the empty object would differ from everything.
    let [before, after] =
        [stored, &again].map(|judged| serde_json::to_value(judged).unwrap_or_default());
    compare("", &before, &after, &mut differences);
    if !ids.is_empty() {
        return Recomputed::OtherRules { ids, differences };
    }
    if differences.is_empty() {
        Recomputed::Equal
    } else {
        Recomputed::Differs(differences)
    }
}

/// What does not belong to the judgement: words, and the digest of rules that had no part in it.
const NOT_COMPARED: [&str; 5] = ["words", "summary", "plain", "rules_digest", "digest"];

fn compare(at: &str, stored: &Value, again: &Value, differences: &mut Vec<Difference>) {
    match (stored, again) {
        (Value::Object(before), Value::Object(after)) => {
            let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
            for key in keys {
                if NOT_COMPARED.contains(&key.as_str()) {
                    continue;
                }
                let path = if at.is_empty() {
                    key.clone()
                } else {
                    format!("{at}.{key}")
                };
                let (old, new) = (before.get(key), after.get(key));
                compare(
                    &path,
                    old.unwrap_or(&Value::Null),
                    new.unwrap_or(&Value::Null),
                    differences,
                );
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (old, new)) in before.iter().zip(after).enumerate() {
                compare(&format!("{at}[{index}]"), old, new, differences);
            }
        }
        _ if stored == again => {}
        _ => differences.push(Difference {
            at: at.to_owned(),
            stored: stored.to_string(),
            again: again.to_string(),
        }),
    }
}
