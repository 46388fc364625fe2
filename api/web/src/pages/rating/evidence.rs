//! What a grade rests on: indicators, instruments, decisions, commitment.

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::super::layout::{Bilingual, date};
use super::{CommitmentStatus, DecisionRow, InstrumentRow, Reason, ReasonPoints, Verification};

pub(super) fn remarks(remarks: &[Bilingual], lang: Lang) -> Markup {
    html! {
        @if !remarks.is_empty() {
            section aria-labelledby="remarks" {
                h2 #remarks { (lang.pick("另外影响等级的", "What else made the grade")) }
                ul.rows { @for remark in remarks { li { p { (remark.text(lang)) } } } }
            }
        }
    }
}

pub(super) fn reasons(reasons: &[Reason], lang: Lang) -> Markup {
    html! {
        @if !reasons.is_empty() {
            section aria-labelledby="reasons" {
                h2 #reasons { (lang.pick("逐项得分", "Points, item by item")) }
                ul.rows { @for reason in reasons { (row(reason, lang)) } }
            }
        }
    }
}

fn row(reason: &Reason, lang: Lang) -> Markup {
    let Reason {
        indicator,
        text,
        points,
    } = reason;
    let of = lang.pick("，满分 ", " of ");
    html! {
        li {
            p.reason { span.id { (indicator) } " " (text.text(lang)) }
            @if let Some(ReasonPoints { gained, possible }) = points {
                p.gain {
                    meter min="0" max=(possible) value=(gained) aria-label={ (indicator) " " (gained) (of) (possible) } {}
                    " " span.number { strong { (gained) } " / " (possible) }
                }
            }
        }
    }
}

pub(super) fn instruments(instruments: &[InstrumentRow], lang: Lang) -> Markup {
    html! {
        section aria-labelledby="instruments" {
            h2 #instruments { (lang.pick("在用的秤和计量器具", "Scales and instruments in use")) }
            @if instruments.is_empty() {
                p { (lang.pick("没有登记。", "None on record.")) }
            } @else {
                ul.rows {
                    @for InstrumentRow { kind, model, verification } in instruments {
                        li {
                            p { strong { (kind.text(lang)) } br; span.source { (model) } }
                            (status(*verification, lang))
                        }
                    }
                }
            }
        }
    }
}

fn status(verification: Verification, lang: Lang) -> Markup {
    html! {
        @match verification {
            Verification::ValidUntil(day) => {
                p.mark.good { (sign("✓")) (lang.pick("检定有效，至 ", "Verified, valid until ")) (date(day)) }
            }
            Verification::Overdue { valid_until, days } => {
                p.mark.poor {
                    (sign("✗"))
                    @match lang {
                        Lang::Zh => { "检定已过期 " (days) " 天（有效期至 " (date(valid_until)) "）" }
                        Lang::En => { "Verification overdue by " (days) " days (was valid until " (date(valid_until)) ")" }
                    }
                }
            }
            Verification::Unknown => {
                p.mark.fair { (sign("?")) (lang.pick("检定情况不明", "Verification unknown")) }
            }
        }
    }
}

pub(super) fn decisions(decisions: &[DecisionRow], lang: Lang) -> Markup {
    html! {
        section aria-labelledby="decisions" {
            h2 #decisions { (lang.pick("已生效的处理决定", "Decisions in force")) }
            @if decisions.is_empty() {
                p { (lang.pick("没有。", "None.")) }
            } @else {
                ul.rows {
                    @for DecisionRow { number, decided_on, matter, fine_fen } in decisions {
                        li {
                            p { (matter.text(lang)) }
                            p.source {
                                span lang="zh-CN" { (number) } " · " (date(*decided_on))
                                @if let Some(fen) = fine_fen {
                                    " · " (lang.pick("罚款 ", "Fine ")) (yuan(*fen))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn commitment(commitment: CommitmentStatus, lang: Lang) -> Markup {
    html! {
        section aria-labelledby="commitment" {
            h2 #commitment { (lang.pick("诚信计量承诺", "Commitment to honest weights")) }
            @match commitment {
                CommitmentStatus::NotSigned => {
                    p.mark.fair { (sign("?")) (lang.pick("没有签署", "Not signed")) }
                }
                CommitmentStatus::InForce { signed_on, valid_to } => {
                    p.mark.good {
                        (sign("✓")) (lang.pick("签署于 ", "Signed on ")) (date(signed_on))
                        @if let Some(valid_to) = valid_to {
                            (lang.pick("，有效至 ", ", valid to ")) (date(valid_to))
                        }
                    }
                }
                CommitmentStatus::Expired { signed_on, valid_to } => {
                    p.mark.poor {
                        (sign("✗")) (lang.pick("签署于 ", "Signed on ")) (date(signed_on))
                        (lang.pick("，已于下列日期到期：", ", expired on ")) (date(valid_to))
                    }
                }
            }
        }
    }
}

/// A sign that repeats in shape what colour and words say; screen readers need only the words.
fn sign(sign: &str) -> Markup {
    html! { span aria-hidden="true" { (sign) " " } }
}

/// A sum in yuan with thousands marked: `¥1,234.56`, whole yuan without decimals.
fn yuan(fen: u64) -> String {
    let whole = (fen / 100).to_string();
    let mut text = String::from("¥");
    for (i, digit) in whole.char_indices() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match fen % 100 {
        0 => text,
        rest => format!("{text}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_shown_in_yuan() {
        let shown = [0, 5, 99_900, 100_000, 123_456_789].map(yuan);
        assert_eq!(shown, ["¥0", "¥0.05", "¥999", "¥1,000", "¥1,234,567.89"]);
    }
}
