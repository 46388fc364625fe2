//! What an operation answered with, read by path.

use super::error::StoryError;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

/// The value of an operation's root field.
#[derive(Debug, Clone)]
pub struct Answer {
    operation: String,
    value: Value,
}

impl Answer {
    /// An answer of that operation.
    pub(super) fn of(operation: &str, value: Value) -> Self {
        Self {
            operation: operation.to_owned(),
            value,
        }
    }

    /// The text at a JSON pointer (RFC 6901), such as `/receipt/number`. A number is its digits.
    pub fn text(&self, path: &str) -> Result<String, StoryError> {
        self.find_text(path).ok_or_else(|| self.lacks(path))
    }

    /// The text at a JSON pointer, unless there is none.
    #[must_use]
    pub fn find_text(&self, path: &str) -> Option<String> {
        match self.value.pointer(path)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The moment at a JSON pointer.
    pub fn time(&self, path: &str) -> Result<DateTime<Utc>, StoryError> {
        self.find_time(path).ok_or_else(|| self.lacks(path))
    }

    /// The moment at a JSON pointer, unless there is none.
    #[must_use]
    pub fn find_time(&self, path: &str) -> Option<DateTime<Utc>> {
        let text = self.find_text(path)?;
        let moment = DateTime::parse_from_rfc3339(&text).ok()?;
        Some(moment.to_utc())
    }

    /// The day at a JSON pointer.
    pub fn date(&self, path: &str) -> Result<NaiveDate, StoryError> {
        let day = self.text(path)?.parse();
        day.map_err(|_| self.lacks(path))
    }

    /// The items of the list at a JSON pointer, each an answer of its own.
    pub fn list(&self, path: &str) -> Result<Vec<Self>, StoryError> {
        let found = self.value.pointer(path).and_then(Value::as_array);
        let items = found.ok_or_else(|| self.lacks(path))?;
        let items = items.iter().cloned();
        Ok(items.map(|item| Self::of(&self.operation, item)).collect())
    }

    /// Whether the value at a JSON pointer is `true`.
    #[must_use]
    pub fn is(&self, path: &str) -> bool {
        self.value.pointer(path) == Some(&Value::Bool(true))
    }

    fn lacks(&self, path: &str) -> StoryError {
        StoryError::Incomplete {
            request: self.operation.clone(),
            what: path.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_read_by_path_and_names_what_it_lacks() {
        let answer = Answer::of(
            "GetCase",
            json!({ "state": "FILED", "at": "2026-11-23T01:00:00Z", "list": [{ "n": 2 }] }),
        );
        assert_eq!(answer.text("/state").unwrap(), "FILED");
        assert_eq!(answer.time("/at").unwrap().timestamp(), 1_795_395_600);
        assert_eq!(answer.list("/list").unwrap()[0].text("/n").unwrap(), "2");
        let error = answer.text("/decision/at").unwrap_err().to_string();
        assert_eq!(error, "the answer of GetCase has no /decision/at");
    }
}
