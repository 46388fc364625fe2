//! Rule files on their way in, and editions on their way out.

use liangxin_metrology::rules::RuleFile;

/// A rule file that an operator hands to the phone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RuleText {
    /// The name of the file, such as `retail-weighing-2020.toml`; refusals name it.
    pub name: String,
    /// The TOML text, whole.
    pub text: String,
}

/// One edition of an instrument of law that is loaded.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EditionInfo {
    /// The identity of the edition, recorded in every verdict made by it.
    pub id: String,
    /// The edition, such as the year of the last amendment.
    pub edition: String,
    /// The instrument's title in Chinese.
    pub title_zh: String,
    /// The instrument's title in English.
    pub title_en: String,
    /// The first day in force, as `2026-11-23`.
    pub valid_from: String,
    /// The last day in force, as `2026-11-23`; nothing while no end is known.
    pub valid_to: Option<String>,
    /// The SHA-256 of the rule file, in hexadecimal.
    pub digest: String,
}

impl From<&RuleFile> for EditionInfo {
    fn from(file: &RuleFile) -> Self {
        let head = file.head();
        Self {
            id: head.id.to_string(),
            edition: head.edition.to_string(),
            title_zh: head.title_zh.to_string(),
            title_en: head.title_en.to_string(),
            valid_from: head.valid_from.to_string(),
            valid_to: head.valid_to.map(|day| day.to_string()),
            digest: file.digest().to_owned(),
        }
    }
}
