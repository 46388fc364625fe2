//! The words of caps, vetoes and missing evidence.

use super::formula::{CapRow, VetoRow};
use crate::ratings::score::{Reason, ReasonCode};

/// A reason that is about no indicator.
pub(super) struct General(ReasonCode, String, String);

impl From<General> for Reason {
    fn from(General(code, zh, en): General) -> Self {
        Self {
            code,
            indicator: None,
            zh,
            en,
            points_tenths: None,
            possible_tenths: None,
        }
    }
}

pub(super) fn veto(row: &VetoRow) -> Reason {
    let zh = format!("{}（{}）：等级为D", row.name_zh, row.basis);
    let en = format!("{} ({}): the grade is D", row.name_en, row.basis);
    General(ReasonCode::Veto, zh, en).into()
}

pub(super) fn cap(row: &CapRow) -> Reason {
    let zh = format!("{}：等级不高于{}", row.name_zh, row.to);
    let en = format!("{}: no better than {}", row.name_en, row.to);
    General(ReasonCode::Cap, zh, en).into()
}

pub(super) fn few_tests(found: u32, least: u32) -> General {
    General(
        ReasonCode::TooFewOfficialFindings,
        format!("官方检查结果{found}次，不足{least}次"),
        format!("{found} official findings of at least {least}"),
    )
}

pub(super) fn few_days(found: usize, least: u32) -> General {
    General(
        ReasonCode::TooFewOfficialFindings,
        format!("官方检查只在{found}天进行，不足{least}天"),
        format!("official findings of {found} days, of at least {least}"),
    )
}

pub(super) fn no_quantity() -> General {
    General(
        ReasonCode::TooFewOfficialFindings,
        "官方还没有检测过分量".to_owned(),
        "no official test of the quantity yet".to_owned(),
    )
}

pub(super) fn known_too_short(least: u32) -> General {
    General(
        ReasonCode::KnownTooShort,
        format!("登记不足{least}个月"),
        format!("known for less than {least} months"),
    )
}
