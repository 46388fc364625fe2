//! Following a report with the receipt code: the form that asks for it, and what became of the
//! report. The code goes in the body of a request, never in an address, so that no log or history
//! keeps it.

use chrono::{DateTime, Utc};
use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::conversation::{self, ANSWER_ID_PART, ConversationView, OBJECTION_PART};
use super::layout::control::{Field, Keyboard, Need};
use super::layout::{Bilingual, Switch, link, page, time};
use super::receipt::{Deadline, PhotoCount, deadline_row, photo_row};

/// Where the code is sent, by POST.
pub const ACTION: &str = "/track";

/// The name under which the code arrives; spaces, hyphens and case are as the reader typed them.
pub const CODE_PART: &str = "code";

/// The form that asks for the code.
#[derive(Debug, Clone, Default)]
pub struct TrackFormView {
    /// Why the last code was refused, in the reader's language.
    pub error: Option<String>,
    /// The refused code, so that one wrong letter can be corrected.
    pub code: String,
}

/// What became of a report.
#[derive(Debug, Clone)]
pub struct TrackView {
    /// The report's public number.
    pub number: String,
    /// When the report was stored.
    pub received_at: DateTime<Utc>,
    /// The present state in words.
    pub state: Bilingual,
    /// The running deadline; none once it is met.
    pub deadline: Option<Deadline>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// How many photos the server holds.
    pub photos: PhotoCount,
    /// What became of the reward, and why.
    pub reward: Option<Bilingual>,
    /// Whether a word of the reporter can still stop the money.
    pub can_object_to_payee: bool,
    /// What is said between bureau and reporter.
    pub conversation: ConversationView,
    /// The papers for the reporter.
    pub papers: Vec<PaperLink>,
    /// The code that opened this page; it opens the papers too, in the body of a form.
    pub code: String,
}

/// A paper that the reporter can open.
#[derive(Debug, Clone)]
pub struct PaperLink {
    /// Where it is.
    pub path: String,
    /// Its heading.
    pub title: Bilingual,
    /// Its number.
    pub number: String,
}

/// One event that the reporter may know.
#[derive(Debug, Clone)]
pub struct TimelineItem {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened, in a few words.
    pub title: Bilingual,
    /// The rest: reasons, articles, what comes next; may be empty.
    pub detail: Bilingual,
}

/// The page that asks for the code; answer with status 422 if there is an error.
pub fn render_form(view: &TrackFormView, lang: Lang) -> Markup {
    let title = lang.pick("查举报进度", "Follow a report");
    let hint = lang.pick(
        "提交举报时显示的字母和数字；空格、大小写不影响",
        "The letters and digits shown when you reported; spaces and case do not matter",
    );
    let code = Field {
        name: CODE_PART,
        label: lang.pick("查询码", "Code"),
        hint,
        error: view.error.as_deref(),
        value: &view.code,
        need: Need::Required,
    };
    let body = html! {
        h1 { (title) }
        form action=(link(lang, ACTION, &[])) method="post" {
            (code.input(Keyboard::Code, lang))
            button.main type="submit" { (lang.pick("查进度", "Follow")) }
        }
        p.hint {
            (lang.pick(
                "查询码丢了无法找回：我们不知道您是谁。可以重新举报，或拨打 12315。",
                "A lost code cannot be recovered: we do not know who you are. Report again, or call 12315.",
            ))
        }
    };
    page(title, lang, Switch::SamePath(&[]), &body)
}

/// The page that tells what became of the report. It has no language switch: a link would lead
/// back to the form.
pub fn render(view: &TrackView, lang: Lang) -> Markup {
    let title = lang.pick("举报进度", "Your report");
    let body = html! {
        h1 { (title) }
        (conversation::code_again(&view.conversation, lang))
        p.state { (view.state.text(lang)) }
        dl.facts {
            div { dt { (lang.pick("举报编号", "Report number")) } dd { (view.number) } }
            div { dt { (lang.pick("收到时间", "Received")) } dd { (time(view.received_at)) } }
            (deadline_row(view.deadline.as_ref(), lang))
            (photo_row(view.photos, lang))
        }
        @if let Some(reward) = &view.reward {
            section.panel aria-labelledby="reward" {
                h2 #reward { (lang.pick("举报奖励", "Reward")) }
                p { (reward.text(lang)) }
                @if view.can_object_to_payee { (objection(&view.conversation, lang)) }
            }
        }
        @if !view.papers.is_empty() {
            section.panel aria-labelledby="papers" {
                h2 #papers { (lang.pick("文书", "Papers")) }
                @for paper in &view.papers { (door(paper, &view.code, lang)) }
            }
        }
        section aria-labelledby="timeline" {
            h2 #timeline { (lang.pick("经过", "What happened so far")) }
            ol.timeline reversed { @for item in &view.timeline { (event(item, lang)) } }
        }
        (conversation::render(&view.conversation, lang))
    };
    page(title, lang, Switch::Absent, &body)
}

/// One button stops the money; whoever presses it has nothing to explain yet.
fn objection(conversation: &ConversationView, lang: Lang) -> Markup {
    html! {
        form action=(link(lang, ACTION, &[])) method="post" {
            input type="hidden" name=(CODE_PART) value=(conversation.code);
            input type="hidden" name=(ANSWER_ID_PART) value=(conversation.answer_id);
            button type="submit" name=(OBJECTION_PART) value="1" {
                (lang.pick("这不是我的账户，请停止付款", "This is not my account: stop the payment"))
            }
        }
    }
}

/// The code goes on in the body of the form; no address ever holds it.
fn door(paper: &PaperLink, code: &str, lang: Lang) -> Markup {
    html! {
        form action=(link(lang, &paper.path, &[])) method="post" {
            input type="hidden" name=(CODE_PART) value=(code);
            p { (paper.title.text(lang)) " " span.hint { (paper.number) } }
            button type="submit" { (lang.pick("打开", "Open")) }
        }
    }
}

fn event(item: &TimelineItem, lang: Lang) -> Markup {
    let detail = item.detail.text(lang);
    html! {
        li {
            span.when { (time(item.at)) }
            h3 { (item.title.text(lang)) }
            @if !detail.is_empty() { p { (detail) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;
    use chrono::TimeZone;

    fn tracked() -> TrackView {
        let at = Utc.with_ymd_and_hms(2026, 11, 23, 1, 12, 0).unwrap();
        TrackView {
            number: "43010320261123001".to_owned(),
            received_at: at,
            state: Bilingual::new("核查中", "Being verified"),
            deadline: None,
            timeline: vec![TimelineItem {
                at,
                title: Bilingual::new("已收到", "Received"),
                detail: Bilingual::new("<script>甲</script>", "<script>a</script>"),
            }],
            photos: PhotoCount {
                stored: 1,
                declared: 2,
                blank: 0,
            },
            reward: Some(Bilingual::new("暂无", "None yet")),
            can_object_to_payee: true,
            conversation: ConversationView::default(),
            papers: vec![PaperLink {
                path: "/notices/1".to_owned(),
                title: Bilingual::new("举报管辖告知书", "Reply on competence"),
                number: "WS-1".to_owned(),
            }],
            code: "7K2M\"<b>".to_owned(),
        }
    }

    #[test]
    fn both_languages_show_state_timeline_and_reward_escaped() {
        for (lang, words) in [
            (Lang::Zh, ["核查中", "已收到", "暂无"]),
            (Lang::En, ["Being verified", "Received", "None yet"]),
        ] {
            let html = render(&tracked(), lang).into_string();
            audit::check(&html);
            assert!(words.into_iter().all(|word| html.contains(word)));
            assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
            assert!(html.contains("value=\"7K2M&quot;&lt;b&gt;\""));
        }
    }

    #[test]
    fn the_code_is_sent_in_the_body() {
        for lang in [Lang::Zh, Lang::En] {
            let html = render_form(&TrackFormView::default(), lang).into_string();
            audit::check(&html);
            assert!(html.contains("method=\"post\"") && html.contains("name=\"code\""));
        }
    }

    #[test]
    fn a_wrong_code_is_shown_again_beside_the_reason() {
        let view = TrackFormView {
            error: Some("没有这个查询码".to_owned()),
            code: "7K2M\"<b>".to_owned(),
        };
        let html = render_form(&view, Lang::Zh).into_string();
        audit::check(&html);
        assert!(html.contains("value=\"7K2M&quot;&lt;b&gt;\""));
        assert!(html.contains("<p class=\"error\" id=\"code-error\">没有这个查询码</p>"));
    }
}
