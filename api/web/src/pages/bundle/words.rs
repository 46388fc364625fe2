//! What the file of a case calls states and events. The public pages have words of their own, for whoever is told less.

use liangxin_domain::{
    cases::file::CaseStateKind,
    event::EventKind,
    evidence::photo::PhotoKind,
    inspections::arrival::{PositionMissing, Whereabouts},
    place::Position,
};

use crate::pages::layout::Bilingual;

/// How far a case has come.
pub(super) fn state(state: CaseStateKind) -> Bilingual {
    let (zh, en) = match state {
        CaseStateKind::Filed => ("已立案，调查中", "Filed, being investigated"),
        CaseStateKind::Suspended => ("中止调查", "Investigation suspended"),
        CaseStateKind::Proposed => ("调查终结", "Final report written"),
        CaseStateKind::Audited => ("审核通过", "Audit passed"),
        CaseStateKind::Noticed => ("已告知拟处罚内容", "Intended penalty announced"),
        CaseStateKind::Decided => ("已作出决定", "Decided"),
        CaseStateKind::Served => ("决定已送达，执行中", "Decision served, being carried out"),
        CaseStateKind::Closed => ("已结案", "Closed"),
        CaseStateKind::Annulled => ("决定已撤销", "Decision annulled"),
        CaseStateKind::ClosedNoPenalty => ("不予处罚，已结案", "Closed without a penalty"),
        CaseStateKind::Transferred => ("已移送", "Transferred"),
        CaseStateKind::Terminated => (
            "当事人死亡或者终止，终止调查",
            "Investigation ended: the party is gone",
        ),
        CaseStateKind::Archived => ("已归档", "Archived"),
    };
    Bilingual::new(zh, en)
}

/// What a photo shows.
pub(in crate::pages) fn kind(kind: PhotoKind) -> Bilingual {
    let (zh, en) = match kind {
        PhotoKind::Report => ("举报照片", "Photo of the report"),
        PhotoKind::Scene => ("现场照片", "Photo of the scene"),
        PhotoKind::Mark => ("检定标记或者封印", "Verification mark or seal"),
        PhotoKind::Signature => ("签名", "Signature"),
    };
    Bilingual::new(zh, en)
}

/// Where an officer arrived, or why nobody knows.
pub(in crate::pages) fn place(place: &Whereabouts) -> Bilingual {
    let why = match place {
        Whereabouts::At(Position {
            latitude,
            longitude,
            ..
        }) => {
            let place = format!("{latitude:.5}, {longitude:.5}");
            return Bilingual::new(place.clone(), place);
        }
        Whereabouts::Unknown(why) => why,
    };
    let (zh, en) = match why {
        PositionMissing::NoFix => (
            "位置未知：手机无法定位",
            "place unknown: the phone found none",
        ),
        PositionMissing::NotAllowed => ("位置未知：定位未开启", "place unknown: location is off"),
        PositionMissing::NoReceiver => ("位置未知：设备不能定位", "place unknown: no receiver"),
    };
    Bilingual::new(zh, en)
}

/// What happened; the stable word where that says enough.
pub(super) fn event(word: &str) -> Bilingual {
    let known = word
        .parse()
        .ok()
        .and_then(|kind| in_the_field(kind).or(in_the_office(kind)));
    match known {
        Some((zh, en)) => Bilingual::new(zh, en),
        None => Bilingual::new(word, ""),
    }
}

/// Reports, visits and photos.
const fn in_the_field(kind: EventKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        EventKind::ReportFiled => ("收到举报", "Report received"),
        EventKind::ReportAccepted => ("受理举报", "Report taken in"),
        EventKind::ReportDispatched => ("举报分送", "Report dispatched"),
        EventKind::ReportLinked => ("关联举报", "Report linked"),
        EventKind::ReportInspected => ("上级查阅举报", "Report read by a superior"),
        EventKind::ReportPhotosAdded => ("补充举报照片", "Photos added to the report"),
        EventKind::VerificationExtended => ("延长核查", "Verification extended"),
        EventKind::VerificationPaused => ("中止核查", "Verification paused"),
        EventKind::VerificationResumed => ("恢复核查", "Verification resumed"),
        EventKind::InspectorsReplaced => ("更换检查人员", "Others sent"),
        EventKind::VisitDispatched => ("派员检查", "Inspectors sent"),
        EventKind::PassportMade => ("取得检查码", "Code for the door made"),
        EventKind::VisitCheckedIn => ("到达现场", "Arrived on site"),
        EventKind::OfficerArrived => ("执法人员到场", "Officer arrived"),
        EventKind::VisitInspected => ("上级查阅检查", "Visit read by a superior"),
        EventKind::PhotosDeclared => ("登记照片", "Photos declared"),
        EventKind::InstrumentChecked => ("查看计量器具", "Instrument checked"),
        EventKind::MeasurementRecorded => ("记录计量结果", "Measurement recorded"),
        EventKind::FindingVoided => ("记录作废", "Finding void"),
        EventKind::FindingCorrected => ("更正计量结果", "Finding corrected"),
        EventKind::RecordSigned => ("签署现场笔录", "Record signed"),
        EventKind::VisitReopened => ("重新打开检查", "Visit opened again"),
        EventKind::VisitSubmitted => ("检查完成", "Visit closed"),
        EventKind::PhotoStored => ("照片原件入库", "Original photo stored"),
        EventKind::PhotoRestored => ("遗失的照片原件补回", "Lost original photo put back"),
        EventKind::PhotoViewed => ("办案查看照片", "Photo viewed to handle the matter"),
        EventKind::PhotoInspected => ("上级查阅照片", "Photo viewed by a superior"),
        EventKind::PhotoCopied => ("生成照片副本", "Copy derived"),
        EventKind::OriginalOpened => ("打开照片原件", "Original opened"),
        EventKind::PhotosCompared => ("比对照片", "Photos compared"),
        _ => return None,
    })
}

/// Cases and papers.
const fn in_the_office(kind: EventKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        EventKind::CaseFiled => ("立案", "Case filed"),
        EventKind::CaseInspected => ("上级查阅案件", "Case read by a superior"),
        EventKind::CaseFindingVoided => ("检查记录作废", "Finding of the visit void"),
        EventKind::PenaltyProposed => ("提出处理意见", "Outcome proposed"),
        EventKind::CaseAudited => ("审核", "Audited"),
        EventKind::CorrectionOrdered => ("责令改正", "Correction ordered"),
        EventKind::CaseSuspended => ("中止调查", "Suspended"),
        EventKind::CaseResumed => ("恢复调查", "Resumed"),
        EventKind::CaseExtended => ("延长办案期限", "Extended"),
        EventKind::CaseRecusalAsked => ("申请回避", "Recusal asked for"),
        EventKind::CaseRecusalRuled => ("决定回避申请", "Recusal ruled on"),
        EventKind::CaseTeamReplaced => ("更换办案人员", "Others investigate"),
        EventKind::NoticeIssued => ("制作处罚告知书", "Notice issued"),
        EventKind::NoticeServed => ("送达处罚告知书", "Notice served"),
        EventKind::NoticeAnswered => ("当事人陈述、申辩", "Notice answered"),
        EventKind::HearingRequested => ("要求听证", "Hearing requested"),
        EventKind::HearingAnnounced => ("通知听证", "Hearing announced"),
        EventKind::HearingHeld => ("举行听证", "Hearing held"),
        EventKind::CaseConferred => ("集体讨论", "Heads conferred"),
        EventKind::CaseDecided => ("作出决定", "Decided"),
        EventKind::PunishedOnTheSpot => ("当场处罚", "Punished on the spot"),
        EventKind::PapersFiled => ("当场处罚备案", "Papers of the spot filed"),
        EventKind::DecisionServed => ("送达决定", "Decision served"),
        EventKind::DecisionChanged => ("决定变更", "Decision changed"),
        EventKind::InstalmentsAllowed => ("准许延期、分期缴纳", "Instalments allowed"),
        EventKind::PaymentRecorded => ("缴款", "Payment recorded"),
        EventKind::CorrectionChecked => ("核查改正", "Correction checked"),
        EventKind::RemedyNoted => ("复议或者诉讼期间", "Review or suit noted"),
        EventKind::PartyReminded => ("催告", "Party reminded"),
        EventKind::CourtAsked => ("申请强制执行", "Court asked"),
        EventKind::CaseFinished => ("结案", "Case closed"),
        EventKind::CaseArchived => ("归档", "Archived"),
        EventKind::CrimeReported => ("报告涉嫌犯罪", "Suspected crime reported"),
        EventKind::ReferralDecided => ("决定是否移送", "Referral decided"),
        EventKind::CrimeHandedOver => ("移送公安机关", "Handed to the police"),
        EventKind::PoliceAnswered => ("公安机关答复", "Police answered"),
        EventKind::PaperIssued => ("制作文书", "Paper issued"),
        EventKind::PaperServed => ("送达文书", "Paper served"),
        _ => return None,
    })
}
