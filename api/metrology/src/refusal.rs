//! Why no verdict could be made at all.

use crate::input::InputError;
use crate::rules::NoEdition;

/// Why no verdict could be made. Unlike "not assessable" this is not a statement of the rules: the
/// input or the rule set has to change first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgeError {
    /// The input is refused.
    #[error("the measurement is refused: {0}")]
    Input(#[from] InputError),
    /// No edition in force on the day is loaded.
    #[error("the rules of the day are not loaded: {0}")]
    NoEdition(#[from] NoEdition),
}

impl JudgeError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(error) => error.code(),
            Self::NoEdition(_) => "RULE_EDITION_MISSING",
        }
    }

    /// The input field the refusal is about; nothing when the rule set is at fault.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Input(error) => Some(&error.field),
            Self::NoEdition(_) => None,
        }
    }
}

/// Every code by which a measurement is refused, with a sentence for people in Chinese and in English.
/// Codes are API: they may be added, never renamed.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "JSON_MALFORMED",
        "不是有效的JSON，或同一字段出现两次。",
        "Not JSON, or a key stands twice.",
    ),
    (
        "MEASUREMENT_TOO_LARGE",
        "测量数据过大。",
        "The measurement is too large.",
    ),
    (
        "FAMILY_UNKNOWN",
        "未知的测量类别。",
        "The family of the measurement is not known.",
    ),
    ("FIELD_MISSING", "缺少必填字段。", "A field is missing."),
    ("FIELD_UNKNOWN", "没有这个字段。", "There is no such field."),
    (
        "FIELD_MALFORMED",
        "字段内容不正确。",
        "The field is malformed.",
    ),
    ("TEXT_EMPTY", "文字为空。", "The text is empty."),
    ("TEXT_TOO_LONG", "文字过长。", "The text is too long."),
    (
        "TEXT_HAS_CONTROLS",
        "文字含有不可接受的字符。",
        "The text holds a sign that no text may hold.",
    ),
    (
        "QUANTITY_NOT_DECIMAL",
        "不是十进制数。",
        "Not a decimal number.",
    ),
    (
        "QUANTITY_UNCLEAR",
        "数量的写法不明确，请逐一写明数字和单位。",
        "The quantity can be read in more than one way; give each number its unit.",
    ),
    (
        "QUANTITY_NEGATIVE",
        "数值过小。",
        "The value is below the least.",
    ),
    (
        "QUANTITY_TOO_PRECISE",
        "小数位过多。",
        "The value has too many decimals.",
    ),
    (
        "QUANTITY_TOO_LARGE",
        "数值过大。",
        "The value is above the greatest.",
    ),
    (
        "QUANTITY_NOT_POSITIVE",
        "数值必须大于零。",
        "The value must be more than zero.",
    ),
    ("UNIT_MISSING", "缺少计量单位。", "The unit is missing."),
    (
        "UNIT_MISMATCH",
        "计量单位属于另一种量。",
        "The unit is one of another kind of quantity.",
    ),
    ("UNIT_UNKNOWN", "未知的计量单位。", "The unit is not known."),
    (
        "UNIT_NOT_LEGAL",
        "此处不能使用该计量单位，请改用法定计量单位。",
        "The unit is none here; use the legal one.",
    ),
    ("VALUE_ABSURD", "数值不可能。", "No such value can be."),
    (
        "VALUE_DOUBTFUL",
        "数值疑似录入差错；如无误请确认后再提交。",
        "The value looks like a slip; confirm it if it is so.",
    ),
    (
        "VALUE_CONTRADICTS",
        "与另一字段矛盾。",
        "The value contradicts another field.",
    ),
    (
        "VALUE_OUT_OF_SCOPE",
        "不在规定的适用范围内。",
        "The rules do not cover the value.",
    ),
    (
        "VALUE_REPEATED",
        "同一内容出现两次。",
        "The same thing is given twice.",
    ),
    (
        "VALUE_UNKNOWN",
        "规定中没有此项。",
        "The rules know no such thing.",
    ),
    (
        "COUNT_WRONG",
        "行数不正确。",
        "The number of rows is wrong.",
    ),
    ("COUNT_TOO_SMALL", "行数过少。", "There are too few rows."),
    ("COUNT_TOO_LARGE", "行数过多。", "There are too many rows."),
    (
        "REASON_REQUIRED",
        "此选择须说明理由。",
        "This choice needs a reason.",
    ),
    (
        "SCALE_HAS_TOO_MANY_INTERVALS",
        "该准确度等级的秤没有这么多分度。",
        "No scale of this accuracy class has so many intervals.",
    ),
    (
        "RULE_EDITION_MISSING",
        "该日期没有有效的规定版本。",
        "No edition in force on the day is loaded.",
    ),
];
