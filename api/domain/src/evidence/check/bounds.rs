//! How far statements may lie apart, read from `law/photo-checks.toml`.

use crate::law::{edition::LawError, file::LawFile, provenance::Provenance};
use serde::Deserialize;

const FILE: &str = "photo-checks.toml";

/// The bounds of the checks. No instrument gives them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Minutes before the first arrival.
    pub before_arrival_minutes: i64,
    /// Minutes after the visit was closed, or after the photo came.
    pub after_visit_minutes: i64,
    /// Minutes before what was reported.
    pub before_event_minutes: i64,
    /// Minutes after what was reported.
    pub after_event_minutes: i64,
    /// Metres from where somebody says to have been, beyond both accuracies.
    pub place_metres: i64,
    /// Metres from the merchant's address, beyond the photo's accuracy.
    pub merchant_metres: i64,
    /// Minutes between the time in the file and the one that its app declares.
    pub declared_minutes: i64,
    /// Metres between the place in the file and the one that its app declares, beyond both accuracies.
    pub declared_metres: i64,
    /// Programs that change pictures, in small letters, as a part of the name that they write.
    pub editors: Vec<String>,
    /// How well all this is known.
    pub provenance: Provenance,
}

impl Bounds {
    /// The bounds this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../../law/photo-checks.toml"))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let bounds: Self = file.take_one("bounds")?;
        file.finish()?;
        let numbers = [
            bounds.before_arrival_minutes,
            bounds.after_visit_minutes,
            bounds.before_event_minutes,
            bounds.after_event_minutes,
            bounds.place_metres,
            bounds.merchant_metres,
            bounds.declared_minutes,
            bounds.declared_metres,
        ];
        if numbers.iter().any(|number| *number < 0) {
            return Err(LawError::Invalid {
                file: FILE,
                row: "bounds".to_owned(),
                reason: "a bound is negative".to_owned(),
            });
        }
        Ok(bounds)
    }

    /// Whether a program that wrote a file is one that changes pictures.
    #[must_use]
    pub fn is_editor(&self, software: &str) -> bool {
        let software = software.to_lowercase();
        self.editors.iter().any(|editor| software.contains(editor))
    }
}
