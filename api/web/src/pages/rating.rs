//! The public page of one merchant, which the square code on the wall opens. It shows the grade
//! and everything that it rests on, so that a buyer can trust it and the merchant can contest it.
//! It computes nothing: points, grade and reasons come as they were published. Printed, its first
//! sheet is the notice for the wall.

mod evidence;
mod qr;

pub(super) use qr::{modules, square_code};

use chrono::NaiveDate;
use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::layout::{Bilingual, Switch, date, link, page, percent_encoded, telephone};
use super::{open, report_form};

/// All that the page of a merchant shows.
#[derive(Debug, Clone)]
pub struct RatingView {
    /// The merchant's public code: an opaque random id, printed below the square code.
    pub code: String,
    /// This page's own absolute address, without language: what the square code holds.
    pub page_url: String,
    /// The merchant's name.
    pub name: Bilingual,
    /// What kind of merchant it is, such as a stall.
    pub kind: Bilingual,
    /// The address in Chinese, as it is registered.
    pub address: String,
    /// The number of the stall in its market.
    pub stall_no: Option<String>,
    /// The published grade.
    pub grade: GradeLetter,
    /// Points of 100 with one decimal, such as `86.4`; none if not assessed.
    pub points: Option<String>,
    /// The day on which the grade was computed.
    pub computed_on: NaiveDate,
    /// The version of the formula, by which anybody can compute it again.
    pub formula_version: String,
    /// Whether the formula's weights have been adopted.
    pub weights: WeightStatus,
    /// How many official findings the grade rests on.
    pub finding_count: u32,
    /// At most three plain sentences, the worst one first; they stand before the letter.
    pub sentences: Vec<SentenceRow>,
    /// Between how many of a hundred tests of the quantity are passed, nine times of ten, as decimal numbers.
    pub interval: Option<(String, String)>,
    /// Something to know beside the grade, such as an objection under review.
    pub notice: Option<Bilingual>,
    /// Indicator by indicator, where the points come from.
    pub reasons: Vec<Reason>,
    /// What made the grade besides the points, such as a veto or too few findings.
    pub remarks: Vec<Bilingual>,
    /// The instruments in use.
    pub instruments: Vec<InstrumentRow>,
    /// Upheld decisions that may be published.
    pub decisions: Vec<DecisionRow>,
    /// The commitment to honest weights.
    pub commitment: CommitmentStatus,
    /// The competent bureau.
    pub bureau: BureauContact,
}

/// A published grade (rating formula, proposal: AAA from 90 points, AA 80, A 70, B 60, C below;
/// D on a veto, N if not assessed), or that there is one which is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradeLetter {
    /// 90 points and more.
    Aaa,
    /// 80 points and more.
    Aa,
    /// 70 points and more.
    A,
    /// 60 points and more.
    B,
    /// Less than 60 points.
    C,
    /// A grave violation has been upheld.
    D,
    /// New, or too few official findings.
    N,
    /// One that is not shown to everybody where the merchant does business.
    Withheld,
}

/// A plain sentence of settled facts.
#[derive(Debug, Clone)]
pub struct SentenceRow {
    /// The sentence.
    pub text: Bilingual,
    /// Whether it tells of a fault.
    pub is_fault: bool,
}

/// Whether the weights of the formula have been adopted by an authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightStatus {
    /// Derived from the legal consequences, not yet adopted; the page says so.
    Proposal,
    /// Adopted.
    Adopted,
}

/// What one indicator gave.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The indicator's id, such as `B2`.
    pub indicator: String,
    /// What was found, in words.
    pub text: Bilingual,
    /// Its points; none if it was not assessed.
    pub points: Option<ReasonPoints>,
}

/// The points of one indicator.
#[derive(Debug, Clone)]
pub struct ReasonPoints {
    /// Points gained, as a decimal number.
    pub gained: String,
    /// Points that could be gained, as a decimal number.
    pub possible: String,
}

/// An instrument in use.
#[derive(Debug, Clone)]
pub struct InstrumentRow {
    /// What it is, such as a price-computing scale.
    pub kind: Bilingual,
    /// Model and serial number.
    pub model: String,
    /// Whether its verification is in force.
    pub verification: Verification,
}

/// Whether an instrument's verification is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// In force up to and including this day.
    ValidUntil(NaiveDate),
    /// Over since `valid_until`, `days` days ago.
    Overdue {
        /// The last day on which it was in force.
        valid_until: NaiveDate,
        /// Days since.
        days: u32,
    },
    /// Nothing is on record.
    Unknown,
}

/// A decision that has taken effect and may be published.
#[derive(Debug, Clone)]
pub struct DecisionRow {
    /// The decision's number.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// What was found and ordered.
    pub matter: Bilingual,
    /// The fine in fen, if there is one.
    pub fine_fen: Option<u64>,
}

/// The merchant's self-commitment to honest weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitmentStatus {
    /// None is on record.
    NotSigned,
    /// Signed and in force.
    InForce {
        /// The day of signature.
        signed_on: NaiveDate,
        /// The last day; none if it holds until withdrawn.
        valid_to: Option<NaiveDate>,
    },
    /// Signed and over.
    Expired {
        /// The day of signature.
        signed_on: NaiveDate,
        /// The last day.
        valid_to: NaiveDate,
    },
}

/// Whom to turn to.
#[derive(Debug, Clone)]
pub struct BureauContact {
    /// Name of the bureau.
    pub name: Bilingual,
    /// Its telephone number.
    pub hotline: String,
    /// Its address in Chinese.
    pub address: String,
}

impl GradeLetter {
    const fn letters(self) -> &'static str {
        match self {
            Self::Aaa => "AAA",
            Self::Aa => "AA",
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::N => "N",
            Self::Withheld => "—",
        }
    }

    const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Aaa => lang.pick("优秀", "Excellent"),
            Self::Aa => lang.pick("良好", "Very good"),
            Self::A => lang.pick("较好", "Good"),
            Self::B => lang.pick("合格", "Fair"),
            Self::C => lang.pick("较差", "Poor"),
            Self::D => lang.pick("严重违规", "Grave violation"),
            Self::N => lang.pick("暂未评级", "Not yet rated"),
            Self::Withheld => lang.pick("等级不公示", "Grade not public"),
        }
    }

    /// The colour; the letters and words say the same to those who do not see it. Nothing is green while a fault
    /// stands beside it.
    const fn class(self, has_fault: bool) -> &'static str {
        match self {
            Self::Aaa | Self::Aa | Self::A if !has_fault => "grade good",
            Self::Aaa | Self::Aa | Self::A | Self::B => "grade fair",
            Self::C | Self::D => "grade poor",
            Self::N | Self::Withheld => "grade none",
        }
    }
}

/// The page of a merchant.
pub fn render(view: &RatingView, lang: Lang) -> Markup {
    let name = view.name.text(lang);
    let body = html! {
        (plaque(view, lang))
        (complain(view, lang))
        div.evidence {
            (basis(view, lang))
            (evidence::remarks(&view.remarks, lang))
            (evidence::reasons(&view.reasons, lang))
            (evidence::instruments(&view.instruments, lang))
            (evidence::decisions(&view.decisions, lang))
            (evidence::commitment(view.commitment, lang))
            (contest(&view.bureau, lang))
        }
    };
    page(name, lang, Switch::SamePath(&[]), &body)
}

/// The public path of a merchant's page.
pub fn path(code: &str) -> String {
    format!("/m/{}", percent_encoded(code))
}

fn plaque(view: &RatingView, lang: Lang) -> Markup {
    html! {
        section.plaque {
            p.kind { (lang.pick("诚信计量等级", "Honest-weights grade")) " · " (view.kind.text(lang)) }
            h1 { (view.name.text(lang)) }
            @if lang == Lang::En && view.name.text(lang) != view.name.zh {
                p.original lang="zh-CN" { (view.name.zh) }
            }
            p.address {
                span lang="zh-CN" { (view.address) }
                @if let Some(stall_no) = &view.stall_no {
                    " · " (lang.pick("摊位号 ", "Stall ")) (stall_no)
                }
            }
            @if !view.sentences.is_empty() {
                ul.facts {
                    @for SentenceRow { text, is_fault } in &view.sentences {
                        li.fault[*is_fault] { (text.text(lang)) }
                    }
                }
            }
            div.pair {
                div class=(view.grade.class(view.sentences.iter().any(|it| it.is_fault))) {
                    span.letters { (view.grade.letters()) }
                    span.words lang="zh-CN" { (view.grade.words(Lang::Zh)) }
                    span.words lang="en" { (view.grade.words(Lang::En)) }
                    @if let Some(points) = &view.points {
                        span.points { (points) " / 100" }
                    }
                }
                figure.code {
                    (square_code(&view.page_url, lang.pick("本页的二维码", "Square code of this page")))
                    figcaption { (view.code) }
                }
            }
            p.computed { (lang.pick("评定日期 ", "Computed on ")) (date(view.computed_on)) }
            @if let Some(notice) = &view.notice { p.notice { (notice.text(lang)) } }
        }
    }
}

fn complain(view: &RatingView, lang: Lang) -> Markup {
    let report = link(lang, report_form::ACTION, &[("m", &view.code)]);
    html! {
        section.complain aria-labelledby="complain" {
            h2 #complain { (lang.pick("觉得少了斤两？", "Short weight?")) }
            a.button.main href=(report) { (lang.pick("举报这家商户", "Report this merchant")) }
            p.print { (lang.pick("扫码查看依据、举报。", "Scan to see the reasons or to report.")) }
            p { (lang.pick("商户不会知道是谁举报的。", "The merchant is not told who reported.")) }
            p {
                (lang.pick("消费者热线 ", "Consumer line ")) (telephone("12315")) br;
                (view.bureau.name.text(lang)) " " (telephone(&view.bureau.hotline))
            }
        }
    }
}

fn basis(view: &RatingView, lang: Lang) -> Markup {
    html! {
        section aria-labelledby="basis" {
            h2 #basis { (lang.pick("等级怎么来的", "Where the grade comes from")) }
            p {
                @match lang {
                    Lang::Zh => { "依据 " strong { (view.finding_count) } " 项官方检查结果，按公式 " code { (view.formula_version) } " 计算。" }
                    Lang::En => { "It rests on " strong { (view.finding_count) } " official findings, computed by formula " code { (view.formula_version) } "." }
                }
            }
            @if let Some((low, high)) = &view.interval {
                p {
                    @match lang {
                        Lang::Zh => { "按这些检测，分量合格率有九成把握在 " (low) "% 到 " (high) "% 之间。" }
                        Lang::En => { "By these tests between " (low) " % and " (high) " % of its weighings are right, with 90 % confidence." }
                    }
                }
            }
            p { a.touch href=(link(lang, open::PATH, &[])) { (lang.pick("自己算一遍：数据和公式", "Compute it yourself: data and formula")) } }
            @if view.weights == WeightStatus::Proposal {
                p.hint { (lang.pick("公式中的权重是建议值，尚未正式发布。", "The weights of the formula are a proposal and not yet adopted.")) }
            }
            p.hint {
                (lang.pick(
                    "只计已经认定的事实：收到投诉、举报或正在核查，都不会降低等级。",
                    "Only settled facts count: a complaint, a report or a check under way never lowers a grade.",
                ))
            }
        }
    }
}

fn contest(bureau: &BureauContact, lang: Lang) -> Markup {
    html! {
        section.panel aria-labelledby="contest" {
            h2 #contest { (lang.pick("我是商户，我不同意", "I am the merchant and I disagree")) }
            p {
                (lang.pick(
                    "您可以向下列部门提出异议：写明哪一条不对、理由是什么，并附上材料。复核结果会说明理由；改正后可以申请修复等级。",
                    "You can object at the bureau below: say which line is wrong and why, and add your papers. The review gives its reasons; after correction you can ask for the grade to be restored.",
                ))
            }
            p {
                strong { (bureau.name.text(lang)) } br;
                span lang="zh-CN" { (bureau.address) } br;
                (telephone(&bureau.hotline))
            }
        }
    }
}

#[cfg(test)]
mod tests;
