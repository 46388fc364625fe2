//! The frame around every page: language, links that keep it, header, footer and times. It knows
//! nothing of merchants or reports. Pages work without script and load one stylesheet, so that an
//! old phone on a market's network shows them at once.

pub mod control;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};
use liangxin_domain::refusal::Lang;
use maud::{DOCTYPE, Markup, html};

use super::style::stylesheet_href;

/// The value of the `lang` attribute (BCP 47).
pub const fn tag(lang: Lang) -> &'static str {
    lang.pick("zh-CN", "en")
}

/// The value of the `lang` query parameter.
pub const fn param(lang: Lang) -> &'static str {
    lang.pick("zh", "en")
}

/// A link inside the site that keeps the language. `path` is taken as it is, the values of
/// `query` are percent-encoded.
pub fn link(lang: Lang, path: &str, query: &[(&str, &str)]) -> String {
    let mut link = format!("{path}?");
    for (name, value) in query {
        link.push_str(&format!("{name}={}&", percent_encoded(value)));
    }
    link + "lang=" + param(lang)
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986, 2.3.
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// The Chinese wording; always there.
    pub zh: String,
    /// The English wording; empty where nobody has written one.
    pub en: String,
}

impl Bilingual {
    /// Both wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The wording in `lang`; Chinese where there is no English.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

/// What the language switch of a page links to.
#[derive(Debug, Clone, Copy)]
pub enum Switch<'a> {
    /// The same path, with these query parameters kept.
    SamePath(&'a [(&'a str, &'a str)]),
    /// A button that sends the form with this id to this path: a link would lose what was typed.
    Form {
        /// The id of the form.
        form: &'a str,
        /// Where it goes.
        path: &'a str,
        /// The name of the part that says that nothing but the language is to change.
        part: &'a str,
    },
    /// No switch: the page answers a form, and a link would lose what it shows.
    Absent,
}

/// Puts `body` into the frame. `title` is plain text for the browser's tab.
pub fn page(title: &str, lang: Lang, switch: Switch<'_>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(tag(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                // Numbers that look like telephone numbers (codes, decisions) must not become links.
                meta name="format-detection" content="telephone=no";
                title { (title) " · " (lang.pick("量信", "Liangxin")) }
                link rel="stylesheet" href=(stylesheet_href());
                link rel="icon" href="data:,";
            }
            body {
                a.skip href="#content" { (lang.pick("跳到正文", "Skip to content")) }
                header.top {
                    a.brand href=(link(lang, "/", &[])) { (balance()) span { (lang.pick("量信", "Liangxin")) } }
                    @match switch {
                        Switch::SamePath(query) => a.switch href=(link(other(lang), "", query)) lang=(tag(other(lang)))
                            hreflang=(tag(other(lang))) { (other(lang).pick("中文", "English")) },
                        Switch::Form { form, path, part } => button.switch type="submit" form=(form) name=(part) value="1"
                            formaction=(link(other(lang), path, &[])) formnovalidate lang=(tag(other(lang))) {
                            (other(lang).pick("中文", "English"))
                        },
                        Switch::Absent => {},
                    }
                }
                main #content { (body) }
                (footer(lang))
            }
        }
    }
}

fn footer(lang: Lang) -> Markup {
    html! {
        footer.bottom {
            nav aria-label=(lang.pick("网站", "Site")) {
                a href=(link(lang, "/", &[])) { (lang.pick("首页", "Home")) }
                a href=(link(lang, "/report", &[])) { (lang.pick("举报", "Report")) }
                a href=(link(lang, "/track", &[])) { (lang.pick("查进度", "Track")) }
            }
            p { (lang.pick("也可拨打消费者热线 ", "You can also call the consumer line ")) (telephone("12315")) }
        }
    }
}

/// The site's mark: a pair of scales in balance.
fn balance() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path d="M16 4v22M8 27h16M5 9h22M5 9l-3.5 8h7zM27 9l-3.5 8h7z" {}
        }
    }
}

/// A telephone number that a phone dials on touch.
pub fn telephone(number: &str) -> Markup {
    let digits = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect::<String>();
    html! { a.phone href={ "tel:" (digits) } { (number) } }
}

/// The time of the People's Republic. It has kept no summer time since 1991, so a fixed offset
/// holds for every time that this system records.
pub(super) const BEIJING: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(offset) => offset,
    None => panic!("eight hours is an offset"),
};

/// A point in time as people in Asia/Shanghai read it: `2026-11-23 09:12`.
pub fn time(at: DateTime<Utc>) -> Markup {
    let local = at.with_timezone(&BEIJING);
    html! {
        time datetime=(local.to_rfc3339_opts(SecondsFormat::Secs, false)) {
            (local.format("%Y-%m-%d %H:%M").to_string())
        }
    }
}

/// A day: `2026-11-23`.
pub fn date(day: NaiveDate) -> Markup {
    let text = day.format("%Y-%m-%d").to_string();
    html! { time datetime=(text) { (text) } }
}

#[cfg(test)]
pub mod audit;

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn times_are_shown_in_the_time_of_shanghai() {
        let at = Utc.with_ymd_and_hms(2026, 11, 22, 16, 5, 59).unwrap();
        assert_eq!(
            time(at).into_string(),
            r#"<time datetime="2026-11-23T00:05:59+08:00">2026-11-23 00:05</time>"#
        );
    }

    #[test]
    fn links_keep_the_language_and_encode_their_values() {
        assert_eq!(
            link(Lang::En, "/report", &[("m", "a&b 秤")]),
            "/report?m=a%26b%20%E7%A7%A4&lang=en"
        );
    }

    #[test]
    fn a_text_without_english_stays_chinese() {
        assert_eq!(Bilingual::new("猪肉", "").text(Lang::En), "猪肉");
        assert_eq!(Bilingual::new("猪肉", "Pork").text(Lang::En), "Pork");
    }

    #[test]
    fn the_frame_keeps_the_rules_of_all_pages_and_escapes_its_title() {
        for lang in [Lang::Zh, Lang::En] {
            let body = html! { h1 { "x" } };
            let html = page("<script>", lang, Switch::SamePath(&[]), &body).into_string();
            audit::check(&html);
            assert!(html.contains("&lt;script&gt;"));
            assert!(html.contains(&format!("lang=\"{}\"", tag(lang))));
        }
    }
}
