//! The first page: what this is, and the three things that people come for.

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::layout::control::{Field, Keyboard, Need};
use super::layout::{Switch, link, page, param};
use super::{report_form, track};

/// Where the code of a merchant is sent, by GET, as the query parameter `code`.
pub const CHECK_ACTION: &str = "/m/";

/// The name under which the merchant's code arrives.
pub const CHECK_PART: &str = "code";

/// What the first page shows besides its own text.
#[derive(Debug, Clone, Default)]
pub struct HomeView {
    /// Names and addresses for those who develop against this server; none in production.
    pub extras: Option<Vec<(String, String)>>,
}

/// The first page.
pub fn render(view: &HomeView, lang: Lang) -> Markup {
    let title = lang.pick("买卖公平，斤两看得见", "Fair trade, weights you can check");
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "量信是市场监管部门的诚信计量平台：秤准不准、商户守不守信，人人可查。买东西少了斤两，可以在这里举报，并随时查看办理进度。",
                "Liangxin is the market regulator's service for honest weights: anybody can check a merchant's scales and record. If you were given short weight, report it here and follow what becomes of it.",
            ))
        }
        nav.ways aria-label=(lang.pick("办什么事", "What to do")) {
            a.way href=(link(lang, report_form::ACTION, &[])) {
                strong { (lang.pick("举报缺斤短两", "Report short weight")) }
                span { (lang.pick("不用注册，可以匿名", "No account, anonymous if you like")) }
            }
            a.way href=(link(lang, track::ACTION, &[])) {
                strong { (lang.pick("查举报进度", "Follow a report")) }
                span { (lang.pick("凭提交时的查询码", "With the code from your report")) }
            }
        }
        (check_form(lang))
        (extras(view, lang))
    };
    page(title, lang, Switch::SamePath(&[]), &body)
}

fn check_form(lang: Lang) -> Markup {
    let code = Field {
        name: CHECK_PART,
        label: lang.pick("商户编码", "Merchant code"),
        hint: lang.pick(
            "墙上二维码下面的编码；用手机扫码更快",
            "Below the square code on the wall; scanning is quicker",
        ),
        error: None,
        value: "",
        need: Need::Required,
    };
    html! {
        section.way aria-labelledby="check" {
            h2 #check { (lang.pick("查商户信用", "Check a merchant")) }
            form action=(CHECK_ACTION) method="get" {
                input type="hidden" name="lang" value=(param(lang));
                (code.input(Keyboard::Code, lang))
                button type="submit" { (lang.pick("查看", "Check")) }
            }
        }
    }
}

fn extras(view: &HomeView, lang: Lang) -> Markup {
    html! {
        @if let Some(links) = &view.extras {
            section.extras aria-labelledby="extras" {
                h2 #extras { (lang.pick("开发环境", "Development")) }
                ul { @for (name, href) in links { li { a.touch href=(href) { (name) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;

    #[test]
    fn both_languages_lead_to_the_three_things() {
        for lang in [Lang::Zh, Lang::En] {
            let html = render(&HomeView::default(), lang).into_string();
            audit::check(&html);
            assert!(html.contains(&format!("href=\"/report?lang={}\"", param(lang))));
            assert!(html.contains(&format!("href=\"/track?lang={}\"", param(lang))));
            assert!(html.contains("action=\"/m/\" method=\"get\""));
            assert!(!html.contains("class=\"extras\""));
        }
    }

    #[test]
    fn development_links_are_shown_when_given_and_escaped() {
        let view = HomeView {
            extras: Some(vec![("<script>".to_owned(), "/graphiql".to_owned())]),
        };
        let html = render(&view, Lang::En).into_string();
        audit::check(&html);
        assert!(html.contains("<a class=\"touch\" href=\"/graphiql\">&lt;script&gt;</a>"));
    }
}
