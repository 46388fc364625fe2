//! The verification of an instrument in sentences for people. The wording is not a contract; the
//! fields are.

use chrono::NaiveDate;

use super::mark::{CheatingSeen, MarkSeen, SealsSeen, VerificationMark};
use super::period::{Basis, Standing};
use crate::quantity::{Amount, Gram};
use crate::rules::{InstrumentRow, Period};
use crate::verdict::{CheckResult, Words};

/// The row of an instrument, as verdicts name it.
pub(super) fn row(row: &InstrumentRow) -> String {
    let name = &row.name_en;
    let form = match row.period {
        None => "its certificate tells the period".to_owned(),
        Some(Period::FirstOnly) => "first verification only".to_owned(),
        Some(Period::FirstOnlyWithUseLife { months }) => {
            format!("first verification only, use-life {months} months")
        }
        Some(Period::Periodic {
            months,
            months_at_most: None,
        }) => format!("{months} months"),
        Some(Period::Periodic {
            months,
            months_at_most: Some(most),
        }) => format!("{months} to {most} months"),
    };
    match &row.regulation {
        Some(regulation) => format!("{name}: {form} ({regulation})"),
        None => format!("{name}: {form}"),
    }
}

/// Where the instrument stands and what says so.
pub(super) fn standing(standing: Standing, basis: Basis) -> Words {
    let said = place(standing);
    let (zh, en) = match basis {
        Basis::Certificate => ("（以证书有效期为准）", " (date on the certificate)"),
        Basis::Printed => ("（按所印检定周期计算）", " (from the interval printed)"),
        Basis::Catalogue => (
            "（按目录检定周期计算）",
            " (from the interval of the catalogue)",
        ),
        Basis::UseLife => (
            "（首次检定、限期使用，期满轮换）",
            " (first verification only; exchanged at the end of its use-life)",
        ),
        Basis::Seen => ("", ""),
    };
    Words::new(format!("{}{zh}", said.zh), format!("{}{en}", said.en))
}

fn days_en(days: i64) -> String {
    match days {
        1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    }
}

fn place(standing: Standing) -> Words {
    match standing {
        Standing::Valid { last, days_left: 0 } => Words::new(
            format!("检定有效期至{last}，即检查当日"),
            format!("verified until {last}, the day of the inspection"),
        ),
        Standing::Valid { last, days_left } => Words::new(
            format!("检定有效期至{last}，剩余{days_left}天"),
            format!("verified until {last}, {} left", days_en(days_left.into())),
        ),
        Standing::ValidForGood => Words::new(
            "只作首次检定，失准报废，无有效期届满日",
            "verified for the first time only; the period has no end",
        ),
        Standing::Overdue { last, days } => Words::new(
            format!("检定有效期已于{last}届满，超期{days}天"),
            format!(
                "verified until {last} only, overdue by {}",
                days_en(days.into())
            ),
        ),
        Standing::Unverified => Words::new("未见有效检定", "no verification that counts"),
        Standing::Failed => Words::new(
            "检定不合格仍在使用",
            "failed its verification, still in use",
        ),
        Standing::Open { earliest, latest } => Words::new(
            format!("有效期届满日在{earliest}至{latest}之间，规定未明确到哪一日"),
            format!(
                "the period ends between {earliest} and {latest}; the rules do not say on which day"
            ),
        ),
        Standing::Unknown => {
            Words::new("检定有效期不明", "the period of verification is not known")
        }
    }
}

pub(super) fn mark(mark: MarkSeen, has_certificate: bool) -> Words {
    match mark {
        MarkSeen::ValidSeen => Words::new("检定合格印证有效", "a genuine mark was seen"),
        MarkSeen::Forged => Words::new(
            "检定印证系伪造或属于其他器具",
            "the mark is forged or belongs to another instrument",
        ),
        MarkSeen::Failed => Words::new("标示检定不合格", "marked as failed"),
        MarkSeen::Absent if has_certificate => Words::new(
            "器具上无检定合格印，有检定证书",
            "no mark on the instrument, but a certificate",
        ),
        MarkSeen::Absent => Words::new("无检定合格印、证", "neither mark nor certificate"),
        MarkSeen::Unreadable => Words::new("检定合格印证无法辨认", "the mark cannot be read"),
        MarkSeen::NotSeen => Words::new("未查看检定合格印证", "the mark was not looked at"),
    }
}

pub(super) fn seals(seals: SealsSeen) -> Words {
    match seals {
        SealsSeen::Intact => Words::new("铅（签）封完好", "the seals are whole"),
        SealsSeen::Broken => Words::new("铅（签）封破损", "a seal is broken"),
        SealsSeen::Missing => Words::new("铅（签）封缺失", "a seal is missing"),
        SealsSeen::NotSeen => Words::new("未查看铅（签）封", "the seals were not looked at"),
    }
}

pub(super) fn no_seal() -> Words {
    Words::new(
        "此类器具无铅（签）封位置",
        "an instrument of this kind has no place for a seal",
    )
}

pub(super) fn cheating(cheating: CheatingSeen) -> Words {
    match cheating {
        CheatingSeen::Suspected => {
            Words::new("疑似具有作弊功能", "signs of a function that cheats")
        }
        CheatingSeen::NotSeen => Words::new(
            "未见作弊迹象（不等于没有）",
            "no sign of cheating was seen, which proves nothing",
        ),
    }
}

pub(super) fn suspicion() -> Words {
    Words::new(
        "作弊功能仅为怀疑：应保持器具原状，送法定计量检定机构检查，由执法人员依法认定。",
        "Cheating is a suspicion: the state of the instrument is to be preserved, an authorised body examines it, and a person decides.",
    )
}

/// What merchants and shoppers are told of an instrument that may cheat.
pub(super) fn leave_as_it_is() -> Words {
    Words::new(
        "怀疑这台器具能作弊，请不要动它，等待检查。",
        "This instrument may be able to cheat; please leave it as it is until it has been examined.",
    )
}

pub(super) fn codes(result: CheckResult, input: &VerificationMark) -> Words {
    match result {
        CheckResult::Passes => {
            Words::new("三码一封齐全", "the three codes and the seal are complete")
        }
        CheckResult::Fails => Words::new(
            "三码一封不齐全，不予检定",
            "the three codes and the seal are not complete; verification is refused",
        ),
        CheckResult::NotAssessed if input.produced_on.is_none() => Words::new(
            "生产日期不明，不能判断是否应有三码一封",
            "the day of production is not known, nor whether the three codes are due",
        ),
        CheckResult::NotAssessed if input.max.is_none() => Words::new(
            "最大秤量不明，不能判断是否应有三码一封",
            "the Max is not known, nor whether the three codes are due",
        ),
        CheckResult::NotAssessed => Words::new(
            "未全部查看三码一封",
            "the three codes and the seal were not all looked at",
        ),
    }
}

pub(super) fn codes_not_due() -> Words {
    Words::new(
        "该秤生产时三码一封的规定尚未施行。",
        "The scale was made before the three codes were prescribed.",
    )
}

pub(super) fn codes_not_covered(max: Gram) -> Words {
    let max = Amount::as_said(max.value(), Gram::UNIT);
    Words::new(
        format!("最大秤量大于{}，三码一封的规定不适用。", max.zh()),
        format!("The Max is above {max}: the three codes are not prescribed."),
    )
}

pub(super) fn not_in_catalogue() -> Words {
    Words::new(
        "该器具不在本表所列强制管理目录之内，检定周期以证书为准。",
        "The instrument is not in the table of the catalogue; only its certificate tells its period.",
    )
}

pub(super) fn not_compulsory(is_listed: bool) -> Words {
    if is_listed {
        Words::new(
            "目录所列器具，但未用于贸易结算、安全防护、医疗卫生、环境监测，不实行强制检定。",
            "The instrument is listed, but not used for trade, safety, medicine or the environment: its verification is not compulsory.",
        )
    } else {
        Words::new(
            "该器具不实行强制检定，使用者应当自行定期检定或者校准。",
            "Verification of the instrument is not compulsory; its user has it checked.",
        )
    }
}

pub(super) fn purpose() -> Words {
    Words::new(
        "实际用途与目录所列用途不同，是否属于强制检定由执法人员认定。",
        "It is used for another purpose than the one it is listed for; a person decides whether verification is compulsory.",
    )
}

pub(super) fn due_soon(last: NaiveDate, days_left: u32) -> Words {
    if days_left == 0 {
        return Words::new(
            format!("检定有效期当日（{last}）届满，请及时申请检定。"),
            format!(
                "The period ends that same day ({last}): it is time to apply for verification."
            ),
        );
    }
    Words::new(
        format!("检定有效期将于{last}届满（剩余{days_left}天），请及时申请检定。"),
        format!(
            "The period ends on {last} ({} left): it is time to apply for verification.",
            days_en(days_left.into())
        ),
    )
}

pub(super) fn longer_than_catalogue(printed: NaiveDate, longest: NaiveDate) -> Words {
    Words::new(
        format!("所印有效期至{printed}，长于按目录周期计算的{longest}，请核实证书。"),
        format!(
            "The printed period ends on {printed}, later than {longest} by the interval of the catalogue: have a look at the certificate."
        ),
    )
}

/// Within a confirmed interval of the catalogue, without a certificate.
pub(super) fn certificate_not_seen() -> Words {
    Words::new(
        "未见证书所印的有效期，按目录检定周期计算；证书所印日期更早的，以证书为准。",
        "The last day that the certificate names was not seen; it was worked out from the interval of the catalogue. An earlier one on the certificate counts.",
    )
}

pub(super) fn duty_not_confirmed() -> Words {
    Words::new(
        "该器具是否列入强制管理目录，或其检定周期，尚未核实，不能据此认定违法",
        "whether the catalogue lists the instrument, or its interval, is not confirmed: no violation rests on it",
    )
}

/// Used for another of the four purposes than the one it is listed for.
pub(super) fn purpose_not_listed() -> Words {
    Words::new(
        "用于目录未列的用途，是否属于强制检定尚待认定，不能据此认定违法",
        "it is used for a purpose that it is not listed for: whether verification is compulsory is open, and no violation rests on it",
    )
}

/// Of an instrument whose verification is not compulsory, whether it is listed or not.
pub(super) fn interval_not_confirmed() -> Words {
    Words::new(
        "不属于强制检定，也没有核实的检定周期，不能据此认定违法",
        "its verification is not compulsory and no interval of it is confirmed: no violation rests on it",
    )
}

pub(super) fn period_unknown(standing: Standing) -> Words {
    match standing {
        Standing::Open { .. } => place(standing),
        _ => Words::new(
            "检定有效期不明，不能认定该器具在有效期内",
            "whether the instrument is within its period is not known",
        ),
    }
}

/// What the instrument is called.
pub(super) fn who(input: &VerificationMark, row: Option<&InstrumentRow>) -> Words {
    match (&input.instrument_name, row) {
        (Some(name), _) => Words::new(name.as_str(), name.as_str()),
        (None, Some(row)) => Words::new(row.name_zh.as_str(), row.name_en.as_str()),
        (None, None) => Words::new("计量器具", "instrument"),
    }
}

/// Where it stands, said of the whole.
pub(super) fn stands(standing: Standing) -> Words {
    place(standing)
}
