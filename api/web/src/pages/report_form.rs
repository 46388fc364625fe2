//! The form by which anybody reports short weight, without account and without script. It owns the
//! names of the form's parts and their questions; it decides nothing about what a report needs.

mod promise;
pub mod questions;
mod sections;

use std::{collections::BTreeMap, fmt};

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::layout::control::Choice;
use super::layout::{Switch, link, page};
use questions::{Control, QUESTIONS, Question, Section};
pub(super) use sections::kept_photo;

/// The id of the form in its page.
const FORM: &str = "report-form";

/// Where the form is sent, as `multipart/form-data`.
pub const ACTION: &str = "/report";

/// The names under which the parts of the form arrive.
pub mod part {
    /// The report's id, made by the server when the form was shown; the same id sent twice is one report.
    pub const ID: &str = "id";
    /// The secret from which the receipt code comes.
    pub const SECRET: &str = "secret";
    /// The code of a known merchant; absent if the form did not start from one.
    pub const MERCHANT: &str = "merchant";
    /// Words that lead to the stall or shop.
    pub const STALL: &str = "stall";
    /// Division code (GB/T 2260); always present.
    pub const DIVISION: &str = "division";
    /// What was bought, in the buyer's words.
    pub const GOODS: &str = "goods";
    /// Price in yuan for the amount that `PRICE_UNIT` names.
    pub const UNIT_PRICE: &str = "unit_price";
    /// `kg` or `jin` (500 g): what the price is for.
    pub const PRICE_UNIT: &str = "price_unit";
    /// The weight that was paid for.
    pub const SETTLED_WEIGHT: &str = "settled_weight";
    /// `kg`, `g` or `jin` (500 g).
    pub const SETTLED_UNIT: &str = "settled_unit";
    /// The weight that the fair-check scale showed.
    pub const CHECKED_WEIGHT: &str = "checked_weight";
    /// `kg`, `g` or `jin` (500 g).
    pub const CHECKED_UNIT: &str = "checked_unit";
    /// `2026-11-23T09:12`, in Asia/Shanghai; browsers without the input type send free text.
    pub const HAPPENED_AT: &str = "happened_at";
    /// Where it happened, in words.
    pub const PLACE: &str = "place";
    /// `28.19312, 112.98765`: degrees north and east, WGS-84, and perhaps a radius in metres.
    pub const POSITION: &str = "position";
    /// The receipt code of an earlier report; may be empty.
    pub const EARLIER_CODE: &str = "earlier_code";
    /// The name of whoever reports under it; may be empty.
    pub const NAME: &str = "name";
    /// That person's telephone number.
    pub const PHONE: &str = "phone";
    /// That person's postal address.
    pub const ADDRESS: &str = "address";
    /// The number of that person's identity document.
    pub const ID_NUMBER: &str = "id_number";
    /// What happened.
    pub const STORY: &str = "story";
    /// A photo; several parts have this name, those left empty arrive without file name and bytes.
    pub const PHOTO: &str = "photo";
    /// `yes` if the place of the photos may be told.
    pub const PHOTO_PLACE: &str = "photo_place";
    /// What says that a photo of an earlier sending is here already; each has a number from 1.
    pub fn kept_photo(number: usize) -> String {
        format!("kept_photo_{number}")
    }
    /// What says that a photo of an earlier sending was shown; one that is not [`kept_photo`] too is to be left out.
    pub fn shown_photo(number: usize) -> String {
        format!("shown_photo_{number}")
    }
    /// Address for news; may be empty.
    pub const EMAIL: &str = "email";
    /// `yes` if the address may be used.
    pub const EMAIL_CONSENT: &str = "email_consent";
    /// The claim password (举报密码); may be empty.
    pub const CLAIM_PASSWORD: &str = "claim_password";
    /// Not empty if the form is only to be shown in another language.
    pub const SWITCH: &str = "switch";
    /// What the reader was warned of and sends all the same: the text of [`super::Warning::consent`].
    pub const SEND_PERSONAL: &str = "send_personal";
}

/// All that the form shows. Texts are in the reader's language, unescaped.
#[derive(Debug, Clone)]
pub struct ReportFormView {
    /// The report's id, made when the form was first shown.
    pub id: String,
    /// The secret that goes with it.
    pub secret: String,
    /// The merchant, if the reader came from a merchant's page.
    pub merchant: Option<KnownMerchant>,
    /// Where it can have happened; asked only if no merchant is known.
    pub cities: Vec<City>,
    /// Whether the bureau can take a report under a real name.
    pub names: Names,
    /// Why the last sending was refused; empty at first.
    pub errors: Vec<FieldError>,
    /// What looks personal in the answers.
    pub warning: Option<Warning>,
    /// The photos of earlier sendings that need not be sent again.
    pub kept: Vec<KeptPhoto>,
    /// Whether others have to be.
    pub lost: Lost,
    /// What was filled in before.
    pub answers: Answers,
}

impl ReportFormView {
    /// Whether the form has the section.
    fn asks_in(&self, section: Section) -> bool {
        section != Section::Identity || self.names == Names::Sealed
    }

    /// Whether the form asks the question.
    fn asks(&self, question: &Question) -> bool {
        let is_known = question.name == part::DIVISION && self.merchant.is_some();
        self.asks_in(question.section) && !is_known
    }
}

/// A photo that waits for the corrected form.
#[derive(Debug, Clone)]
pub struct KeptPhoto {
    /// What comes back if it is to stay.
    pub value: String,
    /// Its length.
    pub size_bytes: u64,
}

/// What a form that came back could not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// All photos that are pictures wait.
    Nothing,
    /// There was no room for the photos.
    Photos,
}

/// Whether names are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// They are sealed to the bureau's key.
    Sealed,
    /// The bureau has no key: a report is anonymous.
    Refused,
}

/// A merchant that the reader came from.
#[derive(Debug, Clone)]
pub struct KnownMerchant {
    /// The public code on the wall.
    pub code: String,
    /// Name in the reader's language.
    pub name: String,
    /// Address, with the stall number if there is one.
    pub address: String,
    /// Division code (GB/T 2260) of the address.
    pub division: String,
}

/// The divisions of one city.
#[derive(Debug, Clone)]
pub struct City {
    /// Name of the city.
    pub name: String,
    /// Its districts and counties.
    pub divisions: Vec<Choice>,
}

/// A refused answer.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// A name of [`part`]; for any other name the message stands in the summary alone.
    pub field: String,
    /// What to do about it.
    pub message: String,
}

/// Answers that look as if they told who the reporter is.
#[derive(Debug, Clone)]
pub struct Warning {
    /// What was found where.
    pub told: Vec<FieldError>,
    /// What comes back if the reader sends it all the same; it names the findings.
    pub consent: String,
    /// Whether that came back already.
    pub is_accepted: bool,
}

/// The answers as they were sent.
#[derive(Clone, Default)]
pub struct Answers(BTreeMap<&'static str, String>);

impl Answers {
    /// Takes the answer of each question out of what was sent.
    pub fn read(sent: impl Fn(&str) -> String) -> Self {
        let names = QUESTIONS.iter().map(|question| question.name);
        Self(names.map(|name| (name, sent(name))).collect())
    }

    /// What was answered; empty if nothing was.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    #[cfg(test)]
    pub(super) fn with(mut self, answers: &[(&'static str, &str)]) -> Self {
        let answers = answers.iter();
        self.0
            .extend(answers.map(|(name, text)| (*name, (*text).to_owned())));
        self
    }
}

/// What stands in for the answers where something is logged: they may say who somebody is.
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answers(…)")
    }
}

/// The page with the form; answer with status 422 if there are errors.
pub fn render(view: &ReportFormView, lang: Lang) -> Markup {
    let title = lang.pick("举报缺斤短两", "Report short weight");
    let switch = Switch::Form {
        form: FORM,
        path: ACTION,
        part: part::SWITCH,
    };
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "不用注册，可以匿名。大约需要三分钟。",
                "No account needed; you may stay anonymous. It takes about three minutes.",
            ))
        }
        (summary(view, lang))
        form id=(FORM) action=(link(lang, ACTION, &[])) method="post" enctype="multipart/form-data" {
            input type="hidden" name=(part::ID) value=(view.id);
            input type="hidden" name=(part::SECRET) value=(view.secret);
            (sections::all(view, lang))
            (promise::panel(view, lang))
            @if let Some(warning) = &view.warning { (sections::consent(warning, lang)) }
            button.main type="submit" { (lang.pick("提交举报", "Send the report")) }
            p.hint {
                (lang.pick(
                    "提交后会显示查询码，请抄下或截图。照片较多时请耐心等待，不要关闭页面。",
                    "Sending shows a code: write it down or take a screenshot. Photos take a while; keep the page open.",
                ))
            }
        }
    };
    page(title, lang, switch, &body)
}

/// Why the form came back, above it.
fn summary(view: &ReportFormView, lang: Lang) -> Markup {
    let asked = view.warning.as_ref().filter(|found| !found.is_accepted);
    let lost = match view.lost {
        Lost::Nothing => lang.pick(
            "您填的内容和已收到的照片都还在。照片保留 24 小时，请在此之前提交。",
            "What you filled in is still here, and so are the photos that arrived: they wait for 24 hours.",
        ),
        Lost::Photos => lang.pick(
            "照片没有保留下来，请重新选择；其他内容都还在。",
            "The photos could not be kept: please choose them again. All else is still here.",
        ),
    };
    html! {
        @if !view.errors.is_empty() {
            div.alert role="alert" {
                h2 { (lang.pick("还没有提交，请先改正", "Not sent yet. Please correct")) }
                (links(&view.errors, view, lang))
                p { (lost) }
            }
        }
        @if let Some(warning) = asked {
            div.alert role="alert" {
                h2 { (lang.pick("还没有提交：可能写了个人信息", "Not sent yet: this may say who you are")) }
                (links(&warning.told, view, lang))
                p {
                    (lang.pick(
                        "您写的内容办案人员能看到；文件名不会保存。如不想被认出，请删去；如确要这样提交，请在",
                        "Officers read what you write; file names are not kept. Take it out if you do not want to be known; to send it as it is, tick ",
                    ))
                    a href={ "#" (part::SEND_PERSONAL) } { (lang.pick("表格最后打勾", "the box at the end of the form")) }
                    (lang.pick("。", "."))
                }
                @if view.errors.is_empty() { p { (lost) } }
            }
        }
        @if view.errors.is_empty() && asked.is_none() && view.lost == Lost::Photos {
            div.alert role="alert" { p { (lost) } }
        }
    }
}

/// What is said about fields, each line leading to its field.
fn links(told: &[FieldError], view: &ReportFormView, lang: Lang) -> Markup {
    html! {
        ul {
            @for error in told {
                li {
                    @match anchor(&error.field, view) {
                        Some(id) => {
                            @let label = questions::find(&error.field).map_or("", |it| it.label(lang));
                            a href={ "#" (id) } {
                                @if error.field != part::PHOTO { (label) (lang.pick("：", ": ")) }
                                (error.message)
                            }
                        }
                        None => { (error.message) }
                    }
                }
            }
        }
    }
}

/// The id in the page that an error of the field leads to.
fn anchor(field: &str, view: &ReportFormView) -> Option<&'static str> {
    let question = questions::find(field).filter(|question| view.asks(question))?;
    Some(match question.control {
        // The first input that is there; those of photos that wait are not.
        Control::Photos => "photo",
        _ => question.name,
    })
}

#[cfg(test)]
mod tests;
