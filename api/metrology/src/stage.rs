//! The stage of an instrument's life at which it is tested.

use serde::{Deserialize, Serialize};

use crate::rules::StageReading;
use crate::verdict::{Grounds, Words};

/// The stage of an instrument's life at which it is tested (检定阶段): what the test is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TestStage {
    /// Initial verification (首次检定): of a scale the error of the table.
    Initial,
    /// Subsequent verification (后续检定): of a scale the error of the table, which is a reading.
    Subsequent,
    /// Inspection in use (使用中检查): of a scale twice the error of the table.
    InService,
    /// A quick look in use, such as one weight on a market's check scale: the errors of an inspection
    /// in use, and never more than an indication where nothing fails.
    QuickLook,
}

/// The stage of a test by rules whose sources do not tell the stages apart: where nobody said it, an
/// inspection in use. A verification is judged as one, and the verdict says so.
pub(crate) fn told(
    stage: Option<TestStage>,
    reading: &StageReading,
    grounds: &mut Grounds,
) -> TestStage {
    let stage = stage.unwrap_or(TestStage::InService);
    if matches!(stage, TestStage::Initial | TestStage::Subsequent) {
        grounds.rely_on("stages", reading.provenance);
        let words = Words::new(reading.text_zh.as_str(), reading.text_en.as_str());
        grounds.note("STAGES_NOT_TOLD_APART", words);
    }
    stage
}
