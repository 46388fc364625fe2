//! The questions as the form shows them, section by section, in the words of somebody who stands at
//! the stall.

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};
use strum::IntoEnumIterator as _;

use super::super::layout::control::{Field, Need, options};
use super::super::layout::link;
use super::questions::{Control, MAX_PHOTOS, QUESTIONS, Question, Section, unit_of};
use super::{KeptPhoto, ReportFormView, Warning, part};

/// All sections with their questions.
pub(super) fn all(view: &ReportFormView, lang: Lang) -> Markup {
    html! {
        @for section in Section::iter().filter(|section| view.asks_in(*section)) {
            @match section {
                Section::Photos => (photos(view, lang)),
                section => fieldset {
                    legend { (section.legend(lang)) }
                    @if section == Section::Stall { (merchant(view, lang)) }
                    @for question in QUESTIONS.iter().filter(|it| it.section == section && view.asks(it)) {
                        (answered(question, view, lang))
                    }
                }
            }
        }
    }
}

/// The merchant that the reader came from, in place of what would be asked about it.
fn merchant(view: &ReportFormView, lang: Lang) -> Markup {
    html! {
        @if let Some(merchant) = &view.merchant {
            input type="hidden" name=(part::MERCHANT) value=(merchant.code);
            input type="hidden" name=(part::DIVISION) value=(merchant.division);
            p.known { strong { (merchant.name) } br; span lang="zh-CN" { (merchant.address) } }
            p { a.touch href=(link(lang, super::ACTION, &[])) { (lang.pick("不是这一家", "Not this one")) } }
        }
    }
}

/// A question with what was answered before.
fn answered(question: &Question, view: &ReportFormView, lang: Lang) -> Markup {
    let field = field(question, view, lang);
    match question.control {
        Control::Line(keyboard) => field.input(keyboard, lang),
        Control::Story(most) => field.area(most, lang),
        Control::Division => field.select(&divisions(view, lang), lang),
        Control::Quantity(_) => html! {
            @if let Some(unit) = unit_of(question.name) {
                (field.quantity(&self::field(unit, view, lang), &unit.units(lang), lang))
            }
        },
        Control::Tick => field.tick(),
        // A unit stands beside its number; the photos have a section of their own.
        Control::Unit(_) | Control::Photos => Markup::default(),
    }
}

fn field<'a>(question: &Question, view: &'a ReportFormView, lang: Lang) -> Field<'a> {
    let asked = Field {
        name: question.name,
        label: question.label(lang),
        hint: question.hint(lang),
        error: error(view, question.name),
        value: view.answers.get(question.name),
        need: question.need,
    };
    // A known merchant says already where it was.
    if question.name == part::STALL && view.merchant.is_some() {
        return Field {
            label: lang.pick(
                "补充说明（如几号秤）",
                "Anything to add (such as which scale)",
            ),
            hint: "",
            need: Need::Optional,
            ..asked
        };
    }
    asked
}

fn divisions(view: &ReportFormView, lang: Lang) -> Markup {
    html! {
        option value="" { (lang.pick("请选择", "Please choose")) }
        @for city in &view.cities {
            optgroup label=(city.name) { (options(&city.divisions, view.answers.get(part::DIVISION))) }
        }
    }
}

/// The photos that help most, and room for as many as a report may have. Each has its own input,
/// because some phone browsers ignore `multiple`.
fn photos(view: &ReportFormView, lang: Lang) -> Markup {
    let asked = match lang {
        Lang::Zh => ["摊位秤的显示", "公平秤的显示", "价格牌或小票", "摊位招牌"],
        Lang::En => [
            "The stall's scale",
            "The fair-check scale",
            "Price sign or receipt",
            "The stall's sign",
        ],
    };
    let error = error(view, part::PHOTO);
    let hint = match lang {
        Lang::Zh => format!(
            "最多 {MAX_PHOTOS} 张，合计不超过 100 MB；网络慢时请少选几张。原图会原样保存作为证据，请不要修图；办案人员看到的是去掉附带信息的副本。"
        ),
        Lang::En => format!(
            "Up to {MAX_PHOTOS}, together at most 100 MB; over a slow line choose fewer. The originals are kept unaltered as evidence: please do not edit them. Officers see copies without what the phone wrote into the files."
        ),
    };
    let more = lang.pick("＋ 更多照片", "+ More photos");
    let other = lang.pick("其他照片", "Another photo");
    html! {
        fieldset #photo aria-describedby="photo-hint" {
            legend { (Section::Photos.legend(lang)) " " span.optional { (lang.pick("选填", "optional")) } }
            p.hint #photo-hint { (hint) }
            @if let Some(message) = error { p.error #photo-error { (message) } }
            @for (number, kept) in (1..).zip(&view.kept) { (kept_photo(number, kept, lang)) }
            @for (number, what) in (1..).zip(asked).skip(view.kept.len()) { (photo(number, what, error)) }
            details {
                summary.touch { (more) }
                @for number in asked.len().max(view.kept.len()) + 1..=MAX_PHOTOS { (photo(number, other, error)) }
            }
            @for question in QUESTIONS.iter().filter(|it| it.section == Section::Photos) {
                (answered(question, view, lang))
            }
        }
    }
}

/// A photo that came with an earlier sending; the reader may still leave it out.
pub(in crate::pages) fn kept_photo(number: usize, kept: &KeptPhoto, lang: Lang) -> Markup {
    let name = part::kept_photo(number);
    let kilobytes = kept.size_bytes.div_ceil(1000);
    html! {
        div.field {
            div.tick {
                input type="hidden" name=(part::shown_photo(number)) value=(kept.value);
                input type="checkbox" id=(name) name=(name) value=(kept.value) checked;
                label for=(name) {
                    (lang.pick("照片 ", "Photo ")) (number) (lang.pick(" 已收到（", " has arrived (")) (kilobytes)
                    (lang.pick(" kB），不用再选", " kB): no need to choose it again"))
                }
            }
        }
    }
}

fn photo(number: usize, what: &str, error: Option<&str>) -> Markup {
    html! {
        div.field.file {
            label for={ "photo-" (number) } { (number) ". " (what) }
            input type="file" id={ "photo-" (number) } name=(part::PHOTO) accept="image/*"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| "photo-error")];
        }
    }
}

/// The box with which the reader agrees to send what looks personal.
pub(super) fn consent(warning: &Warning, lang: Lang) -> Markup {
    html! {
        div.field {
            div.tick {
                input type="checkbox" id=(part::SEND_PERSONAL) name=(part::SEND_PERSONAL) value=(warning.consent)
                    checked[warning.is_accepted];
                label for=(part::SEND_PERSONAL) {
                    (lang.pick("我知道里面可能有个人信息，仍要这样提交", "I know that it may say who I am, and I want to send it like this"))
                }
            }
        }
    }
}

fn error<'a>(view: &'a ReportFormView, name: &str) -> Option<&'a str> {
    let warned = view.warning.iter().filter(|found| !found.is_accepted);
    let warned = warned.flat_map(|found| &found.told);
    let mut told = view.errors.iter().chain(warned);
    let refused = told.find(|error| error.field == name);
    refused.map(|error| error.message.as_str())
}
