//! What a merchant says of a visit that is over: the form below what its passport says, and the thanks. Whoever sends it is
//! nobody: it goes with the code in the body, and is thanked alike whether it counts or something was said before.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use liangxin_app::{
    app::App,
    error::AppError,
    usecase::inspections::{self, Taking},
};
use liangxin_domain::{
    inspections::opinion::{Opinion, OpinionWord},
    refusal::{Code, Lang, Refusal},
    text::Line,
};
use maud::{Markup, html};
use strum::IntoEnumIterator as _;

use super::answer::{answered, html as send};
use super::layout::control::{Field, Need};
use super::layout::{Switch, link, page};
use super::passport;
use super::track_request::{id_of, part_of, sent};
use crate::request;

/// Where it is sent.
pub(super) const ACTION: &str = "/v/opinion";
/// What is the same when the same form is sent again.
const FORM_PART: &str = "form";
/// A few words in one's own.
const TEXT_PART: &str = "text";
/// Most characters of them.
const MOST_CHARACTERS: u16 = 120;

/// What was said before, and why it was not taken.
#[derive(Debug, Clone, Default)]
pub(super) struct OpinionView {
    /// The code of the visit.
    pub(super) code: String,
    /// What is the same when the same form is sent again.
    pub(super) form: String,
    said: Vec<OpinionWord>,
    /// Whether it was sent without a word.
    is_silent: bool,
    text: String,
    /// Why the text was not taken.
    error: Option<String>,
}

impl OpinionView {
    /// One that nobody filled in yet.
    pub(super) fn empty(code: String, form: String) -> Self {
        Self {
            code,
            form,
            ..Self::default()
        }
    }
}

/// Takes it.
pub(super) async fn give(
    request: HttpRequest,
    app: web::Data<App>,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    answered(&request, answer(&request, &app, body)).await
}

async fn answer(
    request: &HttpRequest,
    app: &App,
    body: Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse, AppError> {
    let sent = sent(body)?;
    let part = |name: &str| part_of(&sent, name);
    let said = OpinionWord::iter().filter(|word| !part(&name(*word)).is_empty());
    let mut view = OpinionView {
        code: part(passport::CODE_PART),
        form: part(FORM_PART),
        said: said.collect(),
        // A browser sends a line break as two characters, and counts one.
        text: part(TEXT_PART).replace("\r\n", "\n"),
        ..OpinionView::default()
    };
    let stranger = request::stranger(request);
    let lang = stranger.lang;
    let form = id_of(&view.form)?;
    let opinion = match opinion(&view) {
        Ok(opinion) => opinion,
        Err(refusal) => {
            match refusal.code {
                Code::FieldRequired => view.is_silent = true,
                _ => view.error = Some(refusal.message(lang)),
            }
            return Ok(send(StatusCode::UNPROCESSABLE_ENTITY, again(&view, lang)));
        }
    };
    let taking = inspections::give_opinion(app, &stranger, (&view.code, form), &opinion).await?;
    Ok(match taking {
        Taking::Thanked => send(StatusCode::OK, thanks(lang)),
        Taking::NotNow => send(StatusCode::GONE, not_now(lang)),
    })
}

fn opinion(view: &OpinionView) -> Result<Opinion, Refusal> {
    let text = Some(view.text.as_str()).filter(|text| !text.trim().is_empty());
    Opinion::of(
        view.said.iter().copied(),
        Line::parse_optional(text, TEXT_PART)?,
    )
}

/// The name under which a word arrives.
fn name(word: OpinionWord) -> String {
    format!("said_{word}")
}

/// The form, as a part of a page.
pub(super) fn form(view: &OpinionView, lang: Lang) -> Markup {
    let text = Field {
        name: TEXT_PART,
        label: lang.pick("补充说明", "In your own words"),
        hint: lang.pick(
            "最多 120 字；不要写姓名、店名和日期，否则别人会知道是您",
            "At most 120 characters; write no names and no dates, by which others would know you",
        ),
        error: view.error.as_deref(),
        value: &view.text,
        need: Need::Optional,
    };
    html! {
        section.panel aria-labelledby="opinion" {
            h2 #opinion { (lang.pick("您怎么看这次检查", "What do you say of this visit?")) }
            p.hint {
                (lang.pick(
                    "来检查的人和他们的机关看不到您的评价。只有上级机关看得到，而且要等这一季度结束、至少五家商户评价之后合在一起看，其中没有商户、没有检查、没有时间。每次检查只计第一次评价。",
                    "Neither those who came nor their bureau sees it. Only the bureaus above do, once the quarter is over and at least five merchants spoke, added up, without merchant, visit or time. Of each visit the first one counts.",
                ))
            }
            form action=(link(lang, ACTION, &[])) method="post" {
                input type="hidden" name=(passport::CODE_PART) value=(view.code);
                input type="hidden" name=(FORM_PART) value=(view.form);
                @if view.is_silent { p.error { (lang.pick("请至少勾选一项。", "Tick one at least.")) } }
                @for word in OpinionWord::iter() {
                    (tick(word, view.said.contains(&word), lang))
                }
                (text.area(MOST_CHARACTERS, lang))
                button.main type="submit" { (lang.pick("评价", "Say it")) }
            }
        }
    }
}

fn tick(word: OpinionWord, is_said: bool, lang: Lang) -> Markup {
    let name = name(word);
    let word = Field {
        name: &name,
        label: words(word, lang),
        hint: "",
        error: None,
        value: if is_said { "yes" } else { "" },
        need: Need::Optional,
    };
    word.tick()
}

const fn words(word: OpinionWord, lang: Lang) -> &'static str {
    match word {
        OpinionWord::Proper => lang.pick("依法、规范", "It was done as the law asks"),
        OpinionWord::NoCertificate => lang.pick("没有出示执法证件", "No certificate was shown"),
        OpinionWord::NotExplained => lang.pick(
            "没有说明事由或者我的权利",
            "Nobody said why they came or what my rights are",
        ),
        OpinionWord::Disturbed => lang.pick(
            "不必要地影响经营",
            "It disturbed my business more than it had to",
        ),
        OpinionWord::Favours => lang.pick(
            "索要或者收受礼品、宴请、好处",
            "Gifts, meals or favours were asked for or taken",
        ),
        OpinionWord::Costs => lang.pick("让我承担费用", "Costs were put on me"),
    }
}

fn again(view: &OpinionView, lang: Lang) -> Markup {
    let title = lang.pick("评价检查", "Say what the visit was like");
    let body = html! { h1 { (title) } (form(view, lang)) };
    page(title, lang, Switch::Absent, &body)
}

fn thanks(lang: Lang) -> Markup {
    let title = lang.pick("谢谢您的评价", "Thank you");
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "如果此前没有人评价过这次检查，您的评价已经计入。评价的内容只记入合计，不与您、这次检查和时间放在一起；对这次检查只记下有人评价过。",
                "It counts, if nobody spoke of this visit before. What you said is added to what others said, without you, the visit or the time; of the visit itself it is kept only that somebody spoke.",
            ))
        }
    };
    page(title, lang, Switch::Absent, &body)
}

fn not_now(lang: Lang) -> Markup {
    let title = lang.pick("现在不能评价", "Not now");
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "检查结束后的三十天内可以评价。请核对检查码，或者等检查结束以后再来。",
                "A visit is spoken of in the thirty days after it ended. Compare the code, or come back once it is over.",
            ))
        }
        p { a.button href=(link(lang, passport::ACTION, &[])) { (lang.pick("重新输入检查码", "Type the code again")) } }
    };
    page(title, lang, Switch::Absent, &body)
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;
    use liangxin_domain::limits::PASSPORT_DAYS;

    #[test]
    fn every_word_can_be_said_in_both_languages_and_comes_back_with_what_was_typed() {
        let view = OpinionView {
            code: "7K2M\"<b>".to_owned(),
            said: vec![OpinionWord::Favours],
            text: "<还好>".to_owned(),
            is_silent: true,
            error: Some("有误".to_owned()),
            ..OpinionView::default()
        };
        for lang in [Lang::Zh, Lang::En] {
            let page = again(&view, lang).into_string();
            audit::check(&page);
            assert!(page.contains("&lt;还好&gt;") && page.contains("7K2M&quot;&lt;b&gt;"));
            for word in OpinionWord::iter() {
                assert!(page.contains(words(word, lang)), "{word}");
                let is_ticked =
                    page.contains(&format!("name=\"{}\" value=\"yes\" checked", name(word)));
                assert_eq!(is_ticked, word == OpinionWord::Favours, "{word}: {page}");
            }
        }
    }

    #[test]
    fn both_answers_keep_the_rules_of_all_pages_and_the_days_are_those_of_the_passport() {
        assert_eq!(PASSPORT_DAYS, 30, "the page says thirty days");
        for lang in [Lang::Zh, Lang::En] {
            audit::check(&thanks(lang).into_string());
            audit::check(&not_now(lang).into_string());
        }
    }
}
