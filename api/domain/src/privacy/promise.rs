//! The promise that is made to a citizen before sending: which field who will see, and when. It is
//! data, so that a phone can show it, and so that a test can hold every answer of the system against
//! it. Changing what is visible means changing this table first.

use strum::{Display, EnumIter, IntoStaticStr};

/// Who might see something.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, Display, IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum Viewer {
    /// Whoever holds the receipt code.
    Reporter,
    /// An inspector who was sent on this report.
    Inspector,
    /// An officer of the division, or above, who takes reports in.
    IntakeOfficer,
    /// An officer of the division, or above, who drives cases.
    CaseOfficer,
    /// A legal auditor of the division, or above.
    LegalAuditor,
    /// A head of the division, or above.
    Head,
    /// A reward officer of the division, or above.
    RewardOfficer,
    /// Whoever acts for the merchant that is reported.
    Merchant,
    /// Whoever acts for another merchant.
    OtherMerchant,
    /// An officer of another division.
    OtherDivision,
    /// An inspector who was not sent.
    OtherInspector,
    /// Reads logs without content.
    SecurityAuditor,
    /// Keeps accounts and calendars.
    Administrator,
    /// Everybody else.
    Public,
}

/// What is promised about one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// The field, in the contract's spelling.
    pub field: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// Who sees it without asking anybody, as soon as it is sent.
    pub seen_by: &'static [Viewer],
    /// Who may see it by an approved opening, for hours, with a record that the reporter can read.
    pub on_opening: &'static [Viewer],
    /// When and how, in Chinese.
    pub when_zh: &'static str,
    /// When and how, in English.
    pub when_en: &'static str,
}

/// The officers who work on a report, and the inspectors who are sent.
const WORKING_ON_IT: &[Viewer] = &[
    Viewer::Inspector,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::RewardOfficer,
];
const CONVERSATION: &[Viewer] = &[
    Viewer::Reporter,
    Viewer::Inspector,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::RewardOfficer,
];
const ON_OPENING: &[Viewer] = &[
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::Head,
    Viewer::RewardOfficer,
];
const ID_ON_OPENING: &[Viewer] = &[Viewer::Head, Viewer::RewardOfficer];
const ACCOUNT_ON_OPENING: &[Viewer] = &[Viewer::RewardOfficer];
const NOBODY: &[Viewer] = &[];

const fn content(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
    Promise {
        field,
        zh,
        en,
        seen_by: WORKING_ON_IT,
        on_opening: NOBODY,
        when_zh: "提交后由本辖区及上级机关承办人员查看；被派往现场的检查人员在派出后可见。被举报人和公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending; inspectors once they are sent. Never the merchant, never the public.",
    }
}

const fn sealed(
    field: &'static str,
    zh: &'static str,
    en: &'static str,
    on_opening: &'static [Viewer],
) -> Promise {
    Promise {
        field,
        zh,
        en,
        seen_by: NOBODY,
        on_opening,
        when_zh: "加密封存，办案界面只显示代号。须写明用途、经另一名负责人批准并限时才能查看，每次查看都会记录并告知您。",
        when_en: "Sealed; case screens show a token. Opened only with a purpose, another person's approval and a time limit; each look is recorded and shown to you.",
    }
}

const fn secret(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
    Promise {
        field,
        zh,
        en,
        seen_by: NOBODY,
        on_opening: NOBODY,
        when_zh: "只由系统使用，任何人看不到。",
        when_en: "Used by the system alone; shown to nobody.",
    }
}

/// The promise, field by field.
pub const PROMISE: &[Promise] = &[
    content("party", "被举报人（摊位、名称）", "Who is reported"),
    content("place", "地点", "The place in words"),
    content("position", "定位坐标", "The position of the phone"),
    content("goods", "商品", "The goods"),
    content("unitPriceYuanPerKg", "单价", "The unit price"),
    content("settledGrams", "结算重量", "The weight paid for"),
    content(
        "checkedGrams",
        "复称重量",
        "The weight on the fair-check scale",
    ),
    content("occurredAt", "发生时间", "When it happened"),
    content("narrative", "经过", "What happened, in your words"),
    content(
        "photos",
        "照片及其中的时间和位置",
        "Photos, with the time and place inside",
    ),
    Promise {
        field: "answer",
        zh: "您对询问的答复",
        en: "Your answers to questions",
        seen_by: CONVERSATION,
        on_opening: NOBODY,
        when_zh: "与举报内容相同；持查询码者也能看到。",
        when_en: "As the report itself; also whoever holds the receipt code.",
    },
    Promise {
        field: "receiptCode",
        zh: "查询码",
        en: "The receipt code",
        seen_by: &[Viewer::Reporter],
        on_opening: NOBODY,
        when_zh: "提交时显示一次，第一次查询时再显示一次；系统只保存带密钥的散列。",
        when_en: "Shown when you send and once more when you first come back; the system keeps a keyed hash alone.",
    },
    secret("secret", "本机密钥", "The secret of your device"),
    secret("contactEmail", "电子邮箱", "Your mail address"),
    secret("address", "网络地址", "Your network address"),
    sealed("identity.name", "姓名", "Your name", ON_OPENING),
    sealed(
        "identity.phone",
        "电话",
        "Your telephone number",
        ON_OPENING,
    ),
    sealed(
        "identity.address",
        "联系地址",
        "Your postal address",
        ON_OPENING,
    ),
    sealed(
        "identity.idNumber",
        "证件号码",
        "Your document number",
        ID_ON_OPENING,
    ),
    sealed(
        "bankAccount",
        "收款账户",
        "Your bank account",
        ACCOUNT_ON_OPENING,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_is_promised_once_and_in_both_languages() {
        let fields: BTreeSet<_> = PROMISE.iter().map(|promise| promise.field).collect();
        assert_eq!(fields.len(), PROMISE.len());
        for promise in PROMISE {
            for text in [promise.zh, promise.en, promise.when_zh, promise.when_en] {
                assert!(!text.is_empty(), "{}", promise.field);
            }
        }
    }

    #[test]
    fn neither_merchant_nor_public_is_promised_anything() {
        for promise in PROMISE {
            for viewer in promise.seen_by.iter().chain(promise.on_opening) {
                assert!(
                    !matches!(
                        viewer,
                        Viewer::Merchant
                            | Viewer::OtherMerchant
                            | Viewer::Public
                            | Viewer::OtherDivision
                            | Viewer::SecurityAuditor
                            | Viewer::Administrator
                    ),
                    "{}",
                    promise.field
                );
            }
        }
    }
}
