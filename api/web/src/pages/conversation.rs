//! The part of a followed report in which bureau and reporter talk, and in which the reporter sees
//! who looked into the sealed identity. The code stands hidden in the form for the answer: whoever
//! sees this page has just typed it, and the page is kept nowhere.

use liangxin_domain::{
    accounts::role::Role,
    event::EventKind,
    privacy::{
        identity::IdentityField,
        message::{Message, Sender},
        opening::OpeningPurpose,
    },
    refusal::Lang,
};
use maud::{Markup, html};

use super::layout::{Switch, link, page, time};
use super::report_form::{KeptPhoto, kept_photo, part};
use super::track_words::Words;
use super::{more_photos, track};
use liangxin_app::{store::openings::Look, usecase::correspondence::MailState};

/// The name under which an answer arrives.
pub const ANSWER_PART: &str = "answer";
/// The name under which the answer's id arrives, so that a reload sends the same answer.
pub const ANSWER_ID_PART: &str = "answer_id";
/// The name under which the word arrives that a payee is somebody else.
pub const OBJECTION_PART: &str = "object_to_payee";
/// The name under which the wish arrives to get no more mail.
pub const STOP_MAIL_PART: &str = "stop_mail";

/// What is said and what was looked at.
#[derive(Debug, Clone, Default)]
pub struct ConversationView {
    /// The code, for the form.
    pub code: String,
    /// The id of the next answer.
    pub answer_id: String,
    /// Whether the code is shown once more, because the reporter is back for the first time.
    pub is_first_return: bool,
    /// Why the last answer was not taken.
    pub error: Option<String>,
    /// Why photos were not taken.
    pub photo_errors: Vec<String>,
    /// The photos that came and are no part of the report yet.
    pub kept: Vec<KeptPhoto>,
    /// Whether news goes to an address by mail.
    pub mail: MailState,
    /// What was said, oldest first.
    pub messages: Vec<Message>,
    /// Every look into the sealed identity, oldest first.
    pub looks: Vec<Look>,
}

/// The code once more, on the first return.
pub(super) fn code_again(view: &ConversationView, lang: Lang) -> Markup {
    html! {
        @if view.is_first_return {
            section.secret aria-labelledby="code-title" {
                h2 #code-title { (lang.pick("您的查询码（最后一次显示）", "Your code (shown for the last time)")) }
                p.code { @for group in view.code.split('-') { span { (group) } " " } }
                p.once { (lang.pick("如果还没有抄下，请现在抄下。以后不再显示。", "If you have not written it down yet, do so now. It will not be shown again.")) }
            }
        }
    }
}

/// Questions, answers, the form for an answer, and the looks.
pub(super) fn render(view: &ConversationView, lang: Lang) -> Markup {
    html! {
        section.panel aria-labelledby="talk" {
            h2 #talk { (lang.pick("与承办机关的对话", "Questions and answers")) }
            ol.timeline { @for message in &view.messages { (said(message, lang)) } }
            form action=(link(lang, track::ACTION, &[])) method="post" {
                input type="hidden" name=(track::CODE_PART) value=(view.code);
                input type="hidden" name=(ANSWER_ID_PART) value=(view.answer_id);
                label for="answer" { (lang.pick("回复或补充情况", "Answer, or tell more")) }
                @if let Some(error) = &view.error { p.error { (error) } }
                textarea #answer name=(ANSWER_PART) rows="4" maxlength="1000" required {}
                p.hint { (lang.pick("不要写您的姓名、电话或证件号码，除非您愿意让承办人员知道。", "Do not write your name, number or document unless you want the officers to know.")) }
                button type="submit" { (lang.pick("发送", "Send")) }
            }
        }
        (photos(view, lang))
        @if view.mail != MailState::Closed {
            section.panel aria-labelledby="mail" {
                h2 #mail { (lang.pick("邮件通知", "Mail")) }
                p { (mail_words(view.mail, lang)) }
                form action=(link(lang, track::ACTION, &[])) method="post" {
                    input type="hidden" name=(track::CODE_PART) value=(view.code);
                    button type="submit" name=(STOP_MAIL_PART) value="1" { (lang.pick("不再发邮件", "Send no more mail")) }
                }
            }
        }
        @if !view.looks.is_empty() {
            section.panel aria-labelledby="looks" {
                h2 #looks { (lang.pick("谁查看过您的身份信息", "Who looked at your identity")) }
                ol.timeline { @for look in &view.looks { (looked(look, lang)) } }
            }
        }
    }
}

/// The form for more photos alone, while its report cannot be shown.
pub(super) fn render_photos(view: &ConversationView, lang: Lang) -> Markup {
    let title = lang.pick("补充照片", "More photos");
    let body = html! {
        h1 { (title) }
        (code_again(view, lang))
        (photos(view, lang))
    };
    page(title, lang, Switch::Absent, &body)
}

/// The form for more photos.
fn photos(view: &ConversationView, lang: Lang) -> Markup {
    let is_refused = !view.photo_errors.is_empty();
    html! {
        section.panel aria-labelledby="more-photos" {
            h2 #more-photos { (lang.pick("补充照片", "More photos")) }
            @if is_refused {
                ul.error #more-photos-error { @for error in &view.photo_errors { li { (error) } } }
            }
            form action=(link(lang, more_photos::ACTION, &[])) method="post" enctype="multipart/form-data" {
                input type="hidden" name=(track::CODE_PART) value=(view.code);
                input type="hidden" name=(ANSWER_ID_PART) value=(view.answer_id);
                @if !view.kept.is_empty() {
                    p.hint {
                        (lang.pick(
                            "以下照片已经收到，还没有加入举报：不要的请取消勾选，再点“上传照片”。保留 24 小时。",
                            "These photos have arrived and are no part of the report yet: leave out what you do not want, and send. They wait for 24 hours.",
                        ))
                    }
                }
                @for (number, kept) in (1..).zip(&view.kept) { (kept_photo(number, kept, lang)) }
                @for number in 1..=more_photos::AT_ONCE {
                    div.field.file {
                        label for={ "photo-" (number) } { (lang.pick("照片 ", "Photo ")) (number) }
                        input type="file" id={ "photo-" (number) } name=(part::PHOTO) accept="image/*"
                            aria-describedby=[is_refused.then_some("more-photos-error")];
                    }
                }
                p.hint {
                    (lang.pick(
                        "原图会原样保存作为证据，请不要修图；办案人员看到的是去掉附带信息的副本。",
                        "The originals are kept unaltered as evidence: please do not edit them. Officers see copies without what the phone wrote into the files.",
                    ))
                }
                button type="submit" { (lang.pick("上传照片", "Send the photos")) }
            }
        }
    }
}

const fn mail_words(mail: MailState, lang: Lang) -> &'static str {
    match mail {
        MailState::Open => lang.pick(
            "有进展时，我们给您留下的邮箱发邮件。",
            "We send mail to the address that you left when there is news.",
        ),
        MailState::Asked | MailState::Closed => lang.pick(
            "您留下的邮箱尚未确认：请打开邮件中的确认链接，在此之前不会发送其他邮件。",
            "Your mail address is not confirmed yet: open the link in our mail. Until then nothing else goes there.",
        ),
    }
}

fn said(message: &Message, lang: Lang) -> Markup {
    let who = match message.sender {
        Sender::Bureau => lang.pick("承办机关", "The bureau"),
        Sender::Reporter => lang.pick("您", "You"),
    };
    html! { li { span.when { (time(message.at)) } h3 { (who) } p { (message.text) } } }
}

fn looked(look: &Look, lang: Lang) -> Markup {
    let fields: Vec<&str> = look
        .fields
        .iter()
        .map(|field| field_words(*field, lang))
        .collect();
    html! {
        li {
            span.when { (time(look.at)) }
            h3 { (role_words(look.role, lang)) }
            p { (purpose_words(look.purpose, lang)) (lang.pick("：", ": ")) (fields.join(lang.pick("、", ", "))) }
        }
    }
}

fn field_words(field: IdentityField, lang: Lang) -> &'static str {
    match field {
        IdentityField::Name => lang.pick("姓名", "name"),
        IdentityField::Phone => lang.pick("电话", "telephone"),
        IdentityField::Address => lang.pick("地址", "address"),
        IdentityField::IdNumber => lang.pick("证件号码", "document number"),
        IdentityField::BankAccount => lang.pick("收款账户", "bank account"),
    }
}

fn purpose_words(purpose: OpeningPurpose, lang: Lang) -> &'static str {
    match purpose {
        OpeningPurpose::RewardPayment => lang.pick("发放奖励", "To pay a reward"),
        OpeningPurpose::MediationDisclosure => {
            lang.pick("调解所必需的披露", "What mediation needs")
        }
        OpeningPurpose::JudicialRequest => lang.pick("司法机关依法调取", "Asked for by a court"),
        OpeningPurpose::Protection => lang.pick("保护举报人", "To protect you"),
    }
}

fn role_words(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::RewardOfficer => lang.pick("奖励审核人员", "A reward officer"),
        Role::Head => lang.pick("机关负责人", "A head of the bureau"),
        Role::IntakeOfficer => lang.pick("受理人员", "An intake officer"),
        Role::CaseOfficer => lang.pick("办案人员", "A case officer"),
        _ => lang.pick("工作人员", "An officer"),
    }
}

/// Title and detail of the events that this noun adds to the timeline.
pub(super) const fn words(kind: EventKind) -> Option<(Words, Words)> {
    Some(match kind {
        EventKind::ReporterAsked => (
            ("承办机关向您提问", "The bureau asks you something"),
            ("请在下方回复。", "Please answer below."),
        ),
        EventKind::ReporterAnswered => (("您已回复", "You answered"), ("", "")),
        EventKind::ReportPhotosAdded => (("您补充了照片", "You added photos"), ("", "")),
        EventKind::ReportMailConfirmed => (
            ("邮箱已确认", "Your mail address was confirmed"),
            (
                "有新进展时会发邮件。",
                "There will be mail when there is news.",
            ),
        ),
        EventKind::ReportMailStopped => (
            ("不再发邮件", "No more mail is sent"),
            (
                "您留下的邮箱地址已删除。",
                "The address that you left is deleted.",
            ),
        ),
        EventKind::IdentityOpened => (
            (
                "您的身份信息经批准被查看",
                "Your identity was opened, with approval",
            ),
            (
                "用途和内容见“谁查看过您的身份信息”。",
                "See below for the purpose and the fields.",
            ),
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;
    use liangxin_domain::id::{MessageId, ReportId};
    use uuid::Uuid;

    #[test]
    fn what_is_said_and_looked_at_stands_escaped_and_without_a_name() {
        let view = ConversationView {
            code: "7QK2-M4XW".to_owned(),
            is_first_return: true,
            messages: vec![Message {
                id: MessageId::new(Uuid::nil()),
                report: ReportId::new(Uuid::nil()),
                sender: Sender::Bureau,
                officer: None,
                answers: None,
                text: "<script>几点？".to_owned(),
                at: chrono::DateTime::UNIX_EPOCH,
            }],
            looks: vec![Look {
                at: chrono::DateTime::UNIX_EPOCH,
                purpose: OpeningPurpose::RewardPayment,
                fields: vec![IdentityField::Name, IdentityField::Phone],
                role: Role::RewardOfficer,
            }],
            ..ConversationView::default()
        };
        for (lang, words) in [
            (Lang::Zh, ["发放奖励", "姓名、电话", "奖励审核人员"]),
            (
                Lang::En,
                ["To pay a reward", "name, telephone", "A reward officer"],
            ),
        ] {
            let body = html! { h1 { "x" } (code_again(&view, lang)) (render(&view, lang)) };
            let html = page("x", lang, Switch::Absent, &body).into_string();
            audit::check(&html);
            assert!(words.into_iter().all(|word| html.contains(word)), "{html}");
            assert!(html.contains("&lt;script&gt;") && html.contains("<span>M4XW</span>"));
        }
    }

    #[test]
    fn photos_that_wait_are_offered_with_the_form_also_where_it_stands_alone() {
        let view = ConversationView {
            kept: vec![KeptPhoto {
                value: "aa.1".to_owned(),
                size_bytes: 1_234_567,
            }],
            photo_errors: vec!["<b>".to_owned()],
            ..ConversationView::default()
        };
        for (lang, words) in [(Lang::Zh, "保留 24 小时"), (Lang::En, "wait for 24 hours")] {
            let html = render_photos(&view, lang).into_string();
            audit::check(&html);
            for shown in [
                words,
                "name=\"kept_photo_1\" value=\"aa.1\" checked",
                "&lt;b&gt;",
            ] {
                assert!(html.contains(shown), "{html}");
            }
        }
    }
}
