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
    /// Whoever holds the receipt code of the report.
    Reporter,
    /// Whoever holds the receipt code of the complaint.
    Complainant,
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
    /// Whoever supervises the division from above, or within it: reads and decides nothing.
    Supervisor,
    /// Whoever acts for the merchant that is reported or complained about.
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
    /// Who may see it by an act that is recorded and that the reporter can read: an approved opening for hours, the opening of an
    /// original for a purpose, an export of payments.
    pub on_opening: &'static [Viewer],
    /// When and how, in Chinese.
    pub when_zh: &'static str,
    /// When and how, in English.
    pub when_en: &'static str,
}

/// The officers who work on a report, the inspectors who are sent, and whoever supervises them.
const WORKING_ON_IT: &[Viewer] = &[
    Viewer::Inspector,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::RewardOfficer,
    Viewer::Supervisor,
];
const CONVERSATION: &[Viewer] = &[
    Viewer::Reporter,
    Viewer::Inspector,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::RewardOfficer,
    Viewer::Supervisor,
];
const ON_OPENING: &[Viewer] = &[
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::Head,
    Viewer::RewardOfficer,
];
const ID_ON_OPENING: &[Viewer] = &[Viewer::Head, Viewer::RewardOfficer];
const ACCOUNT_ON_OPENING: &[Viewer] = &[Viewer::RewardOfficer];
/// Whoever opens it to check it, and whoever exports it for finance.
const PAYEE_ON_OPENING: &[Viewer] = &[Viewer::Head, Viewer::RewardOfficer];
const ON_PURPOSE: &[Viewer] = &[Viewer::CaseOfficer, Viewer::Head];
const NOBODY: &[Viewer] = &[];
/// The officers who work on a complaint, and whoever complains.
const ON_A_COMPLAINT: &[Viewer] = &[
    Viewer::Complainant,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
];
/// Who of them needs the number of an identity paper: an audit does not.
const WORKING_ON_A_COMPLAINT: &[Viewer] = &[
    Viewer::Complainant,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::Head,
];
/// They and the other side.
const BOTH_SIDES: &[Viewer] = &[
    Viewer::Complainant,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::Merchant,
];

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

/// Who speaks in a dispute: the other side needs it to talk, and not before both agreed to talk.
const fn speaker(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
    Promise {
        field,
        zh,
        en,
        seen_by: BOTH_SIDES,
        on_opening: NOBODY,
        when_zh: "提交后由本辖区及上级机关承办人员查看；双方同意调解后，被投诉人可见。公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending; the other side once both agreed to mediation. Never the public.",
    }
}

/// What a dispute is about: the other side answers to it.
const fn dispute(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
    Promise {
        when_zh: "提交后由本辖区及上级机关承办人员查看；投诉受理后，被投诉人可见。公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending; the other side once the complaint is accepted. Never the public.",
        ..speaker(field, zh, en)
    }
}

/// What the other side of a dispute never sees.
const fn kept_from_the_other_side(
    field: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Promise {
    Promise {
        seen_by: ON_A_COMPLAINT,
        when_zh: "提交后由本辖区及上级机关承办人员查看。被投诉人和公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending. Never the other side, never the public.",
        ..speaker(field, zh, en)
    }
}

const fn payee(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
    Promise {
        field,
        zh,
        en,
        seen_by: NOBODY,
        on_opening: PAYEE_ON_OPENING,
        when_zh: "加密封存，办案界面只显示遮盖后的样子。付款前由奖励承办人员经另一名负责人批准打开核对；之后出现在奖励承办人员或负责人为财政付款导出的文件中。每次打开和导出都会记录并告知您。",
        when_en: "Sealed; case screens show it masked. Before money moves a reward officer opens it to check it, with another person's approval; then it stands in the payment file that a reward officer or a head exports for finance. Each opening and export is recorded and shown to you.",
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
        "照片（不含手机写入的信息的副本）和拍摄时间",
        "Photos, as copies without what the phone wrote into them, and when they were taken",
    ),
    Promise {
        when_zh: "您勾选同意后，上述承办人员和被派往现场的检查人员可见；不勾选则只留在封存的原图里。",
        when_en: "The same officers and inspectors, if you tick so; else it stays in the sealed original.",
        ..content(
            "photoPlace",
            "照片的拍摄位置",
            "Where the photos were taken",
        )
    },
    Promise {
        when_zh: "封存。照片文件里可能还有手机型号、缩略图、第二张照片或几秒录音；打开须写明用途，每次打开都会记录并告知您。",
        when_en: "Sealed. A photo file may also hold the phone's model, a small picture, a second photo or seconds of sound; opening it needs a purpose, is recorded and told to you.",
        ..sealed(
            "photoOriginal",
            "照片原图",
            "The original files of the photos",
            ON_PURPOSE,
        )
    },
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
    secret("claimPassword", "举报密码", "The claim password"),
    payee("payee.name", "收款人户名", "The payee's name"),
    payee("payee.accountNumber", "收款账号", "The payee's account"),
    speaker("complaint.name", "投诉人姓名", "The complainant's name"),
    speaker(
        "complaint.phone",
        "投诉人电话",
        "The complainant's telephone number",
    ),
    kept_from_the_other_side(
        "complaint.address",
        "投诉人地址",
        "The complainant's postal address",
    ),
    Promise {
        seen_by: WORKING_ON_A_COMPLAINT,
        when_zh: "提交后由本辖区及上级机关承办人员查看。审核人员、被投诉人和公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending. Never auditors, the other side or the public.",
        ..kept_from_the_other_side(
            "complaint.idNumber",
            "投诉人证件号码",
            "The complainant's document number",
        )
    },
    speaker("complaint.agent", "代理人", "Who acts for the complainant"),
    dispute("complaint.demand", "投诉请求", "What is demanded"),
    dispute(
        "complaint.narrative",
        "投诉事实",
        "What happened, in the complainant's words",
    ),
    Promise {
        field: "complaint.receiptCode",
        zh: "投诉查询码",
        en: "The receipt code of a complaint",
        seen_by: &[Viewer::Complainant],
        on_opening: NOBODY,
        when_zh: "提交时显示一次，第一次查询时再显示一次；系统只保存带密钥的散列。",
        when_en: "Shown when you send and once more when you first come back; the system keeps a keyed hash alone.",
    },
];

#[cfg(test)]
mod tests;
