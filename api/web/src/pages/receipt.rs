//! The page after a report is sent: the only one that shows the receipt code. It must survive
//! being written down with a pencil, photographed or printed, so the code stands alone and large.

use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{id::ReportId, refusal::Lang};
use maud::{Markup, html};

use super::layout::{Bilingual, Switch, date, link, page, time};
use super::{receipt_request, track};

/// What the reporter takes away.
#[derive(Debug, Clone)]
pub struct ReceiptView {
    /// The receipt code; letters and digits are shown in groups of four, all else is left out.
    pub code: String,
    /// The report's public number.
    pub number: String,
    /// When the report was stored.
    pub received_at: DateTime<Utc>,
    /// By when the bureau must have decided whether to open a case.
    pub deadline: Option<Deadline>,
    /// How many photos the server holds.
    pub photos: PhotoCount,
}

/// A day that the law sets.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// The last day, in Asia/Shanghai.
    pub due_on: NaiveDate,
    /// The instrument and article that set it.
    pub article: Bilingual,
}

/// Photos that are durably held, of those that the report declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoCount {
    /// Durably held.
    pub stored: u32,
    /// Declared by the report.
    pub declared: u32,
    /// Held, and of one colour all over.
    pub blank: u32,
}

/// How often the page can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// This time: it answers the form itself, and a language switch would lose the code.
    Once,
    /// For an hour, in this browser, on the page of its report.
    ForAnHour(ReportId),
}

/// The page with the code.
pub fn render(view: &ReceiptView, shown: Shown, lang: Lang) -> Markup {
    let title = lang.pick("举报已收到", "Report received");
    let body = html! {
        h1 { (title) }
        section.secret aria-labelledby="code-title" {
            h2 #code-title { (lang.pick("您的查询码", "Your code")) }
            p.code { @for group in groups(&view.code) { span { (group) } " " } }
            p.once {
                strong { (how_long(shown, lang)) }
                " "
                (lang.pick(
                    "查进度、领取奖励都要用它。不要给别人看。",
                    "You need it to follow the report and to claim a reward. Show it to nobody.",
                ))
            }
        }
        dl.facts {
            div { dt { (lang.pick("举报编号", "Report number")) } dd { (view.number) } }
            div { dt { (lang.pick("收到时间", "Received")) } dd { (time(view.received_at)) } }
            (deadline_row(view.deadline.as_ref(), lang))
            (photo_row(view.photos, lang))
        }
        form action=(link(lang, track::ACTION, &[])) method="post" {
            input type="hidden" name=(track::CODE_PART) value=(view.code);
            button type="submit" { (lang.pick("查进度、补充照片", "Follow the report, add photos")) }
        }
        @if let Shown::ForAnHour(report) = shown {
            form.screen action=(link(lang, &receipt_request::path(report), &[])) method="post" {
                button type="submit" {
                    (lang.pick("不是自己的手机？现在就从这里清除", "Not your own phone? Remove it from here now"))
                }
            }
        }
        p.hint.screen {
            (lang.pick(
                "可以打印本页或存为 PDF。请保留商品、小票和照片原件。",
                "You can print this page or save it as PDF. Keep the goods, the receipt and the original photos.",
            ))
        }
    };
    let switch = match shown {
        Shown::Once => Switch::Absent,
        Shown::ForAnHour(_) => Switch::SamePath(&[]),
    };
    page(title, lang, switch, &body)
}

const fn how_long(shown: Shown, lang: Lang) -> &'static str {
    match shown {
        Shown::Once => lang.pick(
            "请抄下来或截图：只显示这一次。",
            "Write it down or take a screenshot: it is shown once.",
        ),
        Shown::ForAnHour(_) => lang.pick(
            "请抄下来或截图：一小时内可以在这台手机上再次打开本页，之后不再显示。",
            "Write it down or take a screenshot: for an hour this page opens again on this phone, after that it is not shown.",
        ),
    }
}

/// The page where there is no receipt to show any more.
pub fn render_over(lang: Lang) -> Markup {
    let title = lang.pick("这里不再显示查询码", "The code is not shown here any more");
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "查询码只在提交举报后的一小时内、在提交用的浏览器里可以再次打开。举报已经收到，不受影响。",
                "The code opens again for an hour after the report was sent, in the browser that sent it. The report itself stands.",
            ))
        }
        p { a.button href=(link(lang, track::ACTION, &[])) { (lang.pick("用查询码查进度", "Follow the report by its code")) } }
    };
    page(title, lang, Switch::SamePath(&[]), &body)
}

/// The line of a list of facts that tells the deadline and the article behind it.
pub(super) fn deadline_row(deadline: Option<&Deadline>, lang: Lang) -> Markup {
    html! {
        @if let Some(Deadline { due_on, article }) = deadline {
            div {
                dt { (lang.pick("最迟在这一天决定是否立案", "Decision whether to open a case, at the latest")) }
                dd { (date(*due_on)) br; span.source { (article.text(lang)) } }
            }
        }
    }
}

/// The line of a list of facts that tells how many photos have arrived.
pub(super) fn photo_row(photos: PhotoCount, lang: Lang) -> Markup {
    let PhotoCount {
        stored,
        declared,
        blank,
    } = photos;
    html! {
        @if declared == 0 {
            div { dt { (lang.pick("照片", "Photos")) } dd { (lang.pick("没有；可以随时补充", "None; they can be added at any time")) } }
        } @else {
            div {
                dt { (lang.pick("照片", "Photos")) }
                dd {
                    @match lang {
                        Lang::Zh => { "已收到 " (stored) " 张，共 " (declared) " 张" }
                        Lang::En => { (stored) " of " (declared) " received" }
                    }
                    @if stored < declared {
                        br;
                        span.warn {
                            (lang.pick(
                                "有照片没有传完。举报已经有效，请保留原图。",
                                "Some photos did not arrive. The report counts all the same: keep the originals.",
                            ))
                        }
                    }
                    @if blank > 0 {
                        br;
                        span.warn {
                            @match lang {
                                Lang::Zh => {
                                    "其中 " (blank) " 张整幅只有一种颜色，可能挡住了镜头。照片已保存；可以补拍后再传。"
                                }
                                Lang::En => {
                                    "Of one colour all over: " (blank) ". Perhaps something covered the lens. "
                                    "They are kept; you can take others and add them."
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The code in groups of four, as it is read aloud.
fn groups(code: &str) -> Vec<String> {
    let letters = code.chars().filter(|c| c.is_ascii_alphanumeric());
    let letters = letters.collect::<Vec<_>>();
    letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;
    use chrono::TimeZone;
    use uuid::Uuid;

    fn receipt(photos: PhotoCount) -> ReceiptView {
        ReceiptView {
            code: "7K2M-9QXT-4WZ8-H3".to_owned(),
            number: "<script>".to_owned(),
            received_at: Utc.with_ymd_and_hms(2026, 11, 23, 1, 12, 0).unwrap(),
            deadline: Some(Deadline {
                due_on: NaiveDate::from_ymd_opt(2026, 12, 14).unwrap(),
                article: Bilingual::new("第十八条", "article 18"),
            }),
            photos,
        }
    }

    #[test]
    fn both_languages_show_code_number_deadline_and_article() {
        for (lang, article) in [(Lang::Zh, "第十八条"), (Lang::En, "article 18")] {
            let all = PhotoCount {
                stored: 2,
                declared: 2,
                blank: 0,
            };
            let html = render(&receipt(all), Shown::Once, lang).into_string();
            audit::check(&html);
            assert!(
                html.contains(
                    "<span>7K2M</span> <span>9QXT</span> <span>4WZ8</span> <span>H3</span>"
                )
            );
            assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
            assert!(html.contains("2026-11-23 09:12") && html.contains("2026-12-14"));
            assert!(html.contains(article));
            assert!(!html.contains("class=\"warn\""));
        }
    }

    #[test]
    fn missing_photos_are_told() {
        let html = render(
            &receipt(PhotoCount {
                stored: 1,
                declared: 3,
                blank: 0,
            }),
            Shown::Once,
            Lang::En,
        )
        .into_string();
        assert!(html.contains("1 of 3 received"));
        assert!(html.contains("Some photos did not arrive"));
    }

    #[test]
    fn photos_that_show_nothing_are_told_in_both_languages() {
        let photos = PhotoCount {
            stored: 3,
            declared: 3,
            blank: 2,
        };
        for (lang, words) in [
            (Lang::Zh, "其中 2 张整幅只有一种颜色"),
            (Lang::En, "Of one colour all over: 2."),
        ] {
            let html = render(&receipt(photos), Shown::Once, lang).into_string();
            audit::check(&html);
            assert!(html.contains(words), "{html}");
        }
    }

    #[test]
    fn a_page_that_opens_again_has_the_other_language_and_a_way_to_be_rid_of_it() {
        for lang in [Lang::Zh, Lang::En] {
            let none = PhotoCount {
                stored: 0,
                declared: 0,
                blank: 0,
            };
            let shown = Shown::ForAnHour(ReportId::new(Uuid::nil()));
            let html = render(&receipt(none), shown, lang).into_string();
            audit::check(&html);
            let way = format!("action=\"/receipt/{}?", Uuid::nil());
            assert!(html.contains("class=\"switch\"") && html.contains(&way));
            let over = render_over(lang).into_string();
            audit::check(&over);
            assert!(!over.contains("class=\"code\""));
        }
    }

    #[test]
    fn the_page_has_no_link_to_another_language_that_would_lose_the_code() {
        let html = render(
            &receipt(PhotoCount {
                stored: 0,
                declared: 0,
                blank: 0,
            }),
            Shown::Once,
            Lang::Zh,
        )
        .into_string();
        assert!(!html.contains("class=\"switch\""));
        assert!(html.contains("照片</dt><dd>没有"));
    }
}
