//! What a reporter reads about states and events. What would show how a case is being built has no
//! words (Order 121, article 37).

use super::conversation;
use super::layout::Bilingual;
use liangxin_domain::{event::EventKind, reports::report::ReportStateKind};

/// How far the report has come.
pub(super) fn state(state: ReportStateKind) -> Bilingual {
    let (zh, en) = match state {
        ReportStateKind::Registered => ("已登记，等待受理", "Registered, waiting to be taken in"),
        ReportStateKind::NotCompetent => (
            "不属于本机关管辖，已告知去向",
            "Not within this bureau's competence; you were told where to go",
        ),
        ReportStateKind::Duplicate => ("与您此前的举报重复", "The same as your earlier report"),
        ReportStateKind::Merged => ("已并入您此前的举报", "Joined to your earlier report"),
        ReportStateKind::Verifying | ReportStateKind::PausedTest => ("核查中", "Being verified"),
        ReportStateKind::VerifyingExtended => {
            ("核查中（期限已延长）", "Being verified, with more time")
        }
        ReportStateKind::NotFiled => ("决定不予立案", "It was decided not to file a case"),
        ReportStateKind::Filed | ReportStateKind::Case => ("已立案，正在办理", "A case was opened"),
        ReportStateKind::ClosedPenalty => ("已办结", "Closed"),
        ReportStateKind::ClosedNoPenalty => ("已办结，未予处罚", "Closed without a penalty"),
        ReportStateKind::Transferred => ("已移送其他机关", "Handed to another authority"),
    };
    Bilingual::new(zh, en)
}

/// A text in Chinese and in English.
pub(super) type Words = (&'static str, &'static str);

/// Title and detail of an event; nothing for what a reporter is not told.
#[expect(clippy::too_many_lines, reason = "one arm an event that is told")]
pub(super) fn words(kind: EventKind) -> Option<(Words, Words)> {
    const NO_MORE: Words = ("", "");
    Some(match kind {
        EventKind::ReportFiled => (
            ("举报已收到", "The report was received"),
            (
                "已登记编号，核查期限从这一天开始计算。",
                "It has its number; the time for verification runs from this day.",
            ),
        ),
        EventKind::PhotoStored => (("1 张照片已安全保存", "1 photo is safely stored"), NO_MORE),
        EventKind::PhotoWithdrawn => (
            ("1 张照片已撤回", "1 photo was withdrawn"),
            (
                "它尚未送达，不再等待。",
                "It had not arrived and is not waited for any more.",
            ),
        ),
        EventKind::OriginalOpened => (
            (
                "承办人员打开了一张照片的原图",
                "An officer opened the original of a photo",
            ),
            (
                "原图里有手机写入的信息，打开须写明用途。",
                "It holds what the phone wrote into it; opening it needs a purpose.",
            ),
        ),
        EventKind::PhotosCompared => (
            ("承办人员比对了照片", "An officer compared photos"),
            (
                "系统比对图像，防止重复使用照片；不涉及您的身份。",
                "Pictures are compared so that none is used twice; it does not concern who you are.",
            ),
        ),
        EventKind::ReportAccepted => (
            ("已受理，开始核查", "Taken in; verification has begun"),
            (
                "工作人员正在核查您反映的情况。",
                "An officer is looking into what you reported.",
            ),
        ),
        EventKind::VisitDispatched => (
            ("已安排现场检查", "Inspectors were assigned"),
            (
                "两名检查人员将到现场检查。",
                "Two inspectors will go and see.",
            ),
        ),
        EventKind::VisitCheckedIn => (("检查人员已到现场", "The inspectors are on site"), NO_MORE),
        EventKind::VisitSubmitted => (
            ("现场检查已完成", "The inspection on site is done"),
            NO_MORE,
        ),
        EventKind::CaseFiled => (
            ("已决定立案", "A case was opened"),
            (
                "案件正在办理，作出决定后在这里告知。",
                "It is being dealt with; the decision will be told here.",
            ),
        ),
        EventKind::CaseDecided => (
            ("案件已作出决定", "The case was decided"),
            (
                "处理结果会在商户的公开页面公布。",
                "The outcome is published on the merchant's page.",
            ),
        ),
        EventKind::ReportNotCompetent => (
            ("不属于本机关管辖", "Not within this bureau's competence"),
            (
                "请直接向有管辖权的机关提出。",
                "Please turn directly to the competent authority.",
            ),
        ),
        EventKind::ReportMerged => (
            (
                "与您此前的举报一并处理",
                "Handled together with your earlier report",
            ),
            NO_MORE,
        ),
        EventKind::VerificationExtended => (
            ("核查期限已延长", "The time for verification was extended"),
            NO_MORE,
        ),
        EventKind::ReportNotFiled => (("已决定不予立案", "No case will be filed"), NO_MORE),
        EventKind::ReportClosed => (
            ("案件已办结，未予处罚", "The case ended without a penalty"),
            NO_MORE,
        ),
        EventKind::ReportTransferred => (
            ("案件已移送其他机关", "The case went to another authority"),
            NO_MORE,
        ),
        EventKind::ReportWithdrawn => (
            ("您已撤回举报", "You withdrew the report"),
            (
                "撤回不影响对线索的核查。",
                "Verification of the lead goes on all the same.",
            ),
        ),
        EventKind::OutcomeTold => (
            (
                "已依法告知处理结果",
                "You were told the outcome as the law demands",
            ),
            NO_MORE,
        ),
        EventKind::RewardScreened => (
            ("举报奖励已审查", "The reward was considered"),
            ("结果见“举报奖励”。", "See \"Reward\" for the result."),
        ),
        EventKind::PaperIssued => (
            ("有一份给您的文书", "There is a paper for you"),
            ("见“文书”。", "See \"Papers\"."),
        ),
        EventKind::PaperServed => (("文书已送达", "A paper reached you"), NO_MORE),
        EventKind::ReporterAsked
        | EventKind::ReporterAnswered
        | EventKind::ReportPhotosAdded
        | EventKind::ReportMailConfirmed
        | EventKind::ReportMailStopped
        | EventKind::IdentityOpened => return conversation::words(kind),
        EventKind::RewardScopeRuled
        | EventKind::RewardChecked
        | EventKind::RewardApplied
        | EventKind::RewardTold
        | EventKind::RewardObjected
        | EventKind::RewardReviewed
        | EventKind::RewardClaimExtended
        | EventKind::RewardClaimed
        | EventKind::RewardClaimApproved
        | EventKind::RewardClaimVoided
        | EventKind::RewardPayeeContested
        | EventKind::RewardPayeeUpheld
        | EventKind::RewardLapsed
        | EventKind::RewardForfeited
        | EventKind::RewardPaid
        | EventKind::RewardRevoked
        | EventKind::RewardRecoveryBegun
        | EventKind::RewardRecovered => (
            ("举报奖励有新进展", "There is news about the reward"),
            ("见“举报奖励”。", "See \"Reward\"."),
        ),
        EventKind::PayoutExported => (
            ("收款信息已提供给财务部门", "Finance got your bank data"),
            NO_MORE,
        ),
        EventKind::PayoutExportedAgain => (
            (
                "收款信息已再次提供给财务部门",
                "Finance got your bank data once more",
            ),
            NO_MORE,
        ),
        EventKind::PayoutPurged => (("收款信息已删除", "Your bank data was deleted"), NO_MORE),
        // The office's own. A test holds that everything on a reporter's timeline has words.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::event::Audience;
    use strum::IntoEnumIterator as _;

    #[test]
    fn what_stands_on_a_reporters_timeline_has_words_and_nothing_else_has() {
        for kind in EventKind::iter() {
            let is_told = kind.audience() == Audience::Reporter;
            assert_eq!(words(kind).is_some(), is_told, "{kind}");
        }
    }
}
