//! The kinds of promises: who sees a field of that kind, and the words for when.

use super::{Promise, Viewer};

/// The officers who work on a report, the inspectors who are sent, and whoever supervises them.
pub(super) const WORKING_ON_IT: &[Viewer] = &[
    Viewer::Inspector,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::RewardOfficer,
    Viewer::Supervisor,
];
pub(super) const CONVERSATION: &[Viewer] = &[
    Viewer::Reporter,
    Viewer::Inspector,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::RewardOfficer,
    Viewer::Supervisor,
];
pub(super) const ON_OPENING: &[Viewer] = &[
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::Head,
    Viewer::RewardOfficer,
];
pub(super) const ID_ON_OPENING: &[Viewer] = &[Viewer::Head, Viewer::RewardOfficer];
pub(super) const ACCOUNT_ON_OPENING: &[Viewer] = &[Viewer::RewardOfficer];
/// Whoever opens it to check it, and whoever exports it for finance.
pub(super) const PAYEE_ON_OPENING: &[Viewer] = &[Viewer::Head, Viewer::RewardOfficer];
pub(super) const ON_PURPOSE: &[Viewer] = &[Viewer::CaseOfficer, Viewer::Head];
pub(super) const NOBODY: &[Viewer] = &[];
/// Who decides about a reward.
pub(super) const ON_A_REWARD: &[Viewer] = &[Viewer::Head, Viewer::RewardOfficer];
/// They, and whose reward it is.
pub(super) const BESIDE_THE_REPORTER: &[Viewer] =
    &[Viewer::Reporter, Viewer::Head, Viewer::RewardOfficer];
/// The officers who work on a complaint, and whoever complains.
pub(super) const ON_A_COMPLAINT: &[Viewer] = &[
    Viewer::Complainant,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
];
/// Who of them needs the number of an identity paper: an audit does not.
pub(super) const WORKING_ON_A_COMPLAINT: &[Viewer] = &[
    Viewer::Complainant,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::Head,
];
/// They and the other side.
pub(super) const BOTH_SIDES: &[Viewer] = &[
    Viewer::Complainant,
    Viewer::IntakeOfficer,
    Viewer::CaseOfficer,
    Viewer::LegalAuditor,
    Viewer::Head,
    Viewer::Merchant,
];

pub(super) const fn content(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
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

pub(super) const fn sealed(
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

pub(super) const fn secret(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
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
pub(super) const fn speaker(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
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
pub(super) const fn dispute(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
    Promise {
        when_zh: "提交后由本辖区及上级机关承办人员查看；投诉受理后，被投诉人可见。公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending; the other side once the complaint is accepted. Never the public.",
        ..speaker(field, zh, en)
    }
}

/// What the other side of a dispute never sees.
pub(super) const fn kept_from_the_other_side(
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

pub(super) const fn payee(field: &'static str, zh: &'static str, en: &'static str) -> Promise {
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
