//! The badge as a drawing, and the plaque as a sheet. Both are Chinese, as the walls on which they hang, with the letters of
//! the grade for everybody; the worst open fact stands before the letters.

use chrono::{DateTime, NaiveDate, Utc};
use liangxin_app::usecase::ratings::Made;
use liangxin_domain::{
    law::calendar::shanghai_date, merchants::merchant::Merchant, ratings::badge::OpenFact,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::super::layout::date;
use super::super::rating::square_code;

/// How the plaque looks.
pub(super) const PLAQUE_STYLE: &str = include_str!("../../../assets/plaque.css");

/// For what a badge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Purpose {
    /// To be read from the street.
    Door,
    /// To be scanned where one pays.
    Counter,
    /// For a page: without a square code, which nobody scans off a screen that shows it.
    Web,
}

/// All that a badge shows.
#[derive(Debug, Clone)]
pub(super) struct BadgeView {
    name: String,
    code: String,
    stall_no: Option<String>,
    letters: String,
    fact: Option<&'static str>,
    made_on: NaiveDate,
    until: NaiveDate,
    formula: String,
    address: String,
}

impl BadgeView {
    /// What is said of a badge that was made now.
    pub(super) fn of(merchant: &Merchant, made: Made, address: String, now: DateTime<Utc>) -> Self {
        Self {
            name: merchant.name_zh.clone(),
            code: merchant.code.to_string(),
            stall_no: merchant.stall_no.clone(),
            letters: made.badge.grade.to_string(),
            fact: made.badge.fact.map(words),
            made_on: shanghai_date(now),
            until: made.badge.until,
            formula: made.badge.formula,
            address,
        }
    }
}

/// A fact in a shopper's words.
pub(super) const fn words(fact: OpenFact) -> &'static str {
    match fact {
        OpenFact::Penalty => "有计量行政处罚正在公示",
        OpenFact::OverdueInstrument => "在用的秤或者器具检定已过期",
        OpenFact::OverdueCorrection => "责令改正逾期未完成",
    }
}

/// The drawing.
pub(super) fn draw(view: &BadgeView, purpose: Purpose) -> Markup {
    let (width, height) = match purpose {
        Purpose::Door => (420, 640),
        Purpose::Counter => (300, 460),
        Purpose::Web => (240, 160),
    };
    let middle = width / 2;
    let line = |y: u32, size: u32, text: &str| {
        html! {
            text x=(middle) y=(y) font-size=(size) text-anchor="middle" font-family="sans-serif" fill="#000" { (text) }
        }
    };
    let title = format!("诚信计量等级 {}：{}", view.letters, view.name);
    let valid = format!("有效至 {}", view.until);
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="img" {
            title { (title) }
            rect x="1" y="1" width=(width - 2) height=(height - 2) fill="#fff" stroke="#000" stroke-width="2" {}
            (line(26, 15, &view.name))
            @if let Some(fact) = view.fact { (line(50, 14, fact)) }
            (line(112, 60, &view.letters))
            @if purpose == Purpose::Web {
                (line(146, 12, &valid))
            } @else {
                svg x=(middle - (width - 80) / 2) y="128" width=(width - 80) height=(width - 80) {
                    (square_code(&view.address, "诚信计量标志的二维码"))
                }
                (line(height - 72, 13, &format!("商户编码 {}", view.code)))
                (line(height - 48, 13, &valid))
                (line(height - 24, 13, "以扫码页面为准"))
            }
        }
    }
}

/// The sheet.
pub(super) fn plaque(view: &BadgeView, style: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="format-detection" content="telephone=no";
                title { "诚信计量等级 · " (view.name) }
                link rel="stylesheet" href=(style);
                link rel="icon" href="data:,";
            }
            body {
                main {
                    p.small { "诚信计量等级" }
                    h1 { (view.name) @if let Some(number) = &view.stall_no { " · " (number) "号" } }
                    @if let Some(fact) = view.fact { p.fact { (fact) } }
                    p.letters { (view.letters) }
                    (square_code(&view.address, "诚信计量标志的二维码"))
                    p { "商户编码 " strong { (view.code) } }
                    p { "有效至 " strong { (date(view.until)) } }
                    p.small { "制作日期 " (date(view.made_on)) " · 公式 " (view.formula) }
                    p.small { "以扫码页面为准；等级变差或者有新的处罚决定，本牌即作废。消费者热线 12315" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    fn view(fact: Option<OpenFact>) -> BadgeView {
        let day = |text: &str| text.parse().unwrap();
        BadgeView {
            name: "<吴记>".to_owned(),
            code: "0123456789".to_owned(),
            stall_no: Some("17".to_owned()),
            letters: "C".to_owned(),
            fact: fact.map(words),
            made_on: day("2026-11-30"),
            until: day("2027-11-30"),
            formula: "2027-1".to_owned(),
            address: format!("https://example.org/v#{}", "x".repeat(330)),
        }
    }

    #[test]
    fn every_badge_says_the_fact_before_the_letters_and_until_when() {
        for purpose in Purpose::iter() {
            let drawn = draw(&view(Some(OpenFact::Penalty)), purpose).into_string();
            let at = |text: &str| drawn.find(text).unwrap();
            assert!(at("行政处罚") < at(">C</text>"), "{drawn}");
            assert!(drawn.contains("有效至 2027-11-30"));
            assert!(drawn.contains("&lt;吴记&gt;") && !drawn.contains("<吴记>"));
            assert!(!drawn.contains("style") && !drawn.contains("href"));
            let has_code = drawn.contains("class=\"qr\"");
            assert_eq!(has_code, purpose != Purpose::Web);
        }
        assert!(
            !draw(&view(None), Purpose::Door)
                .into_string()
                .contains("过期")
        );
    }

    #[test]
    fn the_plaque_says_the_fact_the_day_and_that_the_page_counts() {
        let sheet = plaque(
            &view(Some(OpenFact::OverdueInstrument)),
            "/assets/plaque.css",
        );
        let sheet = sheet.into_string();
        let at = |text: &str| sheet.find(text).unwrap();
        assert!(at("检定已过期") < at("class=\"letters\""));
        assert!(sheet.contains("2027-11-30") && sheet.contains("以扫码页面为准"));
        assert!(sheet.contains("<svg") && !sheet.contains("<script"));
        assert!(PLAQUE_STYLE.contains("size: A5"));
    }
}
