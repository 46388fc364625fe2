//! The page that says why a request could not be served, and what to do next. It owns the plain
//! words for each kind; the cause itself stays in the log, where the request id finds it.

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::layout::{Bilingual, Switch, link, page, telephone};

/// Why a request could not be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// There is nothing at this address, or nothing that may be seen.
    NotFound,
    /// What was sent cannot be read.
    BadInput,
    /// Too many requests.
    Limited,
    /// A part of the system does not answer at the moment.
    Unavailable,
    /// A fault on our side.
    Internal,
}

/// A refusal as the reader sees it.
#[derive(Debug, Clone)]
pub struct MessageView {
    /// The kind, which brings its own title and advice.
    pub kind: MessageKind,
    /// A sentence about this very case; the kind's own text stands if there is none.
    pub detail: Option<Bilingual>,
    /// The stable error code.
    pub code: String,
    /// The request's id, which finds the log lines.
    pub request_id: String,
}

impl MessageKind {
    const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => lang.pick("没有找到", "Not found"),
            Self::BadInput => lang.pick("内容无法读取", "This could not be read"),
            Self::Limited => lang.pick("请稍后再试", "Please wait a moment"),
            Self::Unavailable => lang.pick("暂时无法办理", "Not available right now"),
            Self::Internal => lang.pick("系统出错了", "Something went wrong"),
        }
    }

    const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => lang.pick(
                "网址或编码可能有误。请核对墙上的编码，或重新扫码。",
                "The address or the code may be wrong. Check the code on the wall, or scan it again.",
            ),
            Self::BadInput => lang.pick(
                "手机送来的内容不完整或格式不对。请返回上一页再试一次。",
                "What the phone sent is incomplete or in a wrong form. Go back and try again.",
            ),
            // Reloading sends a form again with the same id, so it is the safe way to try again.
            Self::Limited => lang.pick(
                "短时间内请求太多。请等一分钟再刷新本页，刚才提交的内容会重新送出。",
                "Too many requests in a short time. Wait a minute and reload this page: it sends again what you sent.",
            ),
            Self::Unavailable => lang.pick(
                "系统的一部分暂时没有响应。请过几分钟刷新本页重新提交：同一份举报不会重复登记。",
                "A part of the system does not answer. Reload this page in a few minutes to send again: the same report is never filed twice.",
            ),
            Self::Internal => lang.pick(
                "问题在我们这边，已经记录。请过几分钟刷新本页再试；急事请拨打 12315。",
                "The fault is ours and has been recorded. Reload this page in a few minutes; if it is urgent, call 12315.",
            ),
        }
    }
}

/// The page; the status code is the caller's.
pub fn render(view: &MessageView, lang: Lang) -> Markup {
    let title = view.kind.title(lang);
    let text = match &view.detail {
        Some(detail) => detail.text(lang),
        None => view.kind.text(lang),
    };
    let body = html! {
        h1 { (title) }
        p.lead { (text) }
        p { a.button href=(link(lang, "/", &[])) { (lang.pick("回到首页", "Go to the home page")) } }
        p { (lang.pick("需要帮助请拨打 ", "For help call ")) (telephone("12315")) }
        dl.facts.small {
            div { dt { (lang.pick("错误代码", "Error code")) } dd { code { (view.code) } } }
            div { dt { (lang.pick("请求编号", "Request id")) } dd { code { (view.request_id) } } }
        }
    };
    // The page may answer a form, and a link to the same path would then lead elsewhere.
    page(title, lang, Switch::Absent, &body)
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;

    const KINDS: [MessageKind; 5] = [
        MessageKind::NotFound,
        MessageKind::BadInput,
        MessageKind::Limited,
        MessageKind::Unavailable,
        MessageKind::Internal,
    ];

    fn message(kind: MessageKind, detail: Option<Bilingual>) -> MessageView {
        MessageView {
            kind,
            detail,
            code: "SOME_CODE".to_owned(),
            request_id: "<script>".to_owned(),
        }
    }

    #[test]
    fn every_kind_speaks_both_languages_and_shows_code_and_request() {
        for kind in KINDS {
            for lang in [Lang::Zh, Lang::En] {
                let html = render(&message(kind, None), lang).into_string();
                audit::check(&html);
                assert!(html.contains(kind.text(lang)) && html.contains("SOME_CODE"));
                assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
            }
        }
    }

    #[test]
    fn a_sentence_about_the_case_replaces_the_general_one() {
        let detail = Some(Bilingual::new("商户已停业", "The merchant has closed"));
        let html = render(&message(MessageKind::NotFound, detail), Lang::En).into_string();
        assert!(html.contains("The merchant has closed"));
        assert!(!html.contains("Check the code on the wall"));
    }
}
