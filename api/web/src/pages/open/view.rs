//! What the open data is, and the formula in words.

use liangxin_domain::{
    metrology::verdict::Words,
    ratings::{capped::CappedFormula, indicator::Venue},
    refusal::Lang,
};
use maud::{Markup, html};
use strum::IntoEnumIterator as _;

use super::super::layout::{Switch, link, page};
use super::super::merchant::venue;
use super::{FORMULA_FILE, FORMULA_PATH, GRADES_CSV, GRADES_JSON};

/// What each column is.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("page", "经营者页面的地址", "the page of the merchant"),
    (
        "division",
        "所在县（市、区）的行政区划代码",
        "the code of the county",
    ),
    ("as_of", "从哪一天起", "the day from which it holds"),
    ("formula", "公式版本", "the version of the formula"),
    ("grade", "等级", "the grade"),
    (
        "points",
        "分数；不评级的没有",
        "the points; none while not assessed",
    ),
    (
        "facts",
        "计算所依据的全部事实",
        "all that it was computed from",
    ),
];

/// The page of the open data.
pub(super) fn render(lang: Lang) -> Markup {
    let title = lang.pick("开放数据", "Open data");
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "每一个诚信计量等级连同它所依据的事实都在这里，任何人都可以重新计算任何一天的等级。",
                "Every honest-weights grade is here with the facts that it rests on: anybody can compute the grade of any day again.",
            ))
        }
        ul {
            li { a.touch href=(GRADES_CSV) { (lang.pick("等级和事实（CSV）", "Grades and facts (CSV)")) } }
            li { a.touch href=(GRADES_JSON) { (lang.pick("等级和事实（JSON）", "Grades and facts (JSON)")) } }
            li { a.touch href=(FORMULA_FILE) { (lang.pick("公式（TOML）", "The formula (TOML)")) } }
            li { a.touch href=(link(lang, FORMULA_PATH, &[])) { (lang.pick("公式说明", "The formula in words")) } }
        }
        section aria-labelledby="columns" {
            h2 #columns { (lang.pick("每一行", "Each line")) }
            p {
                (lang.pick(
                    "一行是一次计算，到同一经营者的下一行为止有效。某一天的等级：取当天或者之前最后一行的事实，按公式算到当天。",
                    "A line is one computation and holds until the next one of the same merchant. The grade of a day: take the facts of the last line of that day or before, and compute the formula for the day.",
                ))
            }
            dl {
                @for (name, zh, en) in COLUMNS {
                    dt { code { (name) } }
                    dd { (lang.pick(zh, en)) }
                }
            }
        }
        section aria-labelledby="privacy" {
            h2 #privacy { (lang.pick("没有什么", "What is not in it")) }
            p {
                (lang.pick(
                    "没有姓名，没有案号、金额和违法条款，也没有投诉和举报：处罚只有日期和种类，同一违法行为用同一数字表示。",
                    "No name, no number of a case, no sum and no provision, no complaint and no report: a penalty is its days and its kind, and the same violation is the same number.",
                ))
            }
        }
    };
    page(title, lang, Switch::SamePath(&[]), &body)
}

/// The page of the formula.
pub(super) fn render_formula(formula: &CappedFormula, lang: Lang) -> Markup {
    let title = lang.pick("等级怎么算", "How the grade is computed");
    let said = |words: &Words| lang.pick(&words.zh, &words.en).to_owned();
    let body = html! {
        h1 { (title) }
        p.lead { (lang.pick("公式 ", "Formula ")) code { (formula.version()) } }
        p.hint {
            (lang.pick(
                "权重和上限是建议值，尚未正式发布：没有查到任何已经公布的权重表。",
                "Weights and limits are a proposal and not adopted: no published table of weights could be found.",
            ))
        }
        @for part in formula.told() {
            section {
                h2 { (said(&part.title)) }
                ul { @for line in &part.lines { li { (said(line)) } } }
            }
        }
        section {
            h2 { (lang.pick("指标和分数", "Indicators and points")) }
            @for kind in Venue::iter() {
                h3 { (venue(kind).text(lang)) }
                ul { @for line in &formula.told_indicators(kind) { li { (said(line)) } } }
            }
        }
        p { a.touch href=(link(lang, super::PATH, &[])) { (lang.pick("开放数据", "Open data")) } }
    };
    page(title, lang, Switch::SamePath(&[]), &body)
}

#[cfg(test)]
mod tests {
    use super::super::super::layout::audit;
    use super::*;

    #[test]
    fn both_languages_lead_to_the_files_and_tell_every_row_of_the_formula() {
        let formula = CappedFormula::embedded().unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let html = render(lang).into_string();
            audit::check(&html);
            for file in [GRADES_CSV, GRADES_JSON, FORMULA_FILE, FORMULA_PATH] {
                assert!(html.contains(file), "{file}");
            }
            let html = render_formula(&formula, lang).into_string();
            audit::check(&html);
            let said = |words: &Words| lang.pick(&words.zh, &words.en).to_owned();
            for part in formula.told() {
                assert!(!part.lines.is_empty());
                assert!(part.lines.iter().all(|line| html.contains(&said(line))));
            }
        }
        let zh = render_formula(&formula, Lang::Zh).into_string();
        assert!(zh.contains("90分以上：AAA") && zh.contains("等级不高于C"));
    }
}
