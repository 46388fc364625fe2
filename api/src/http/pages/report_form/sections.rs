//! The questions of the report form, section by section, in the words of somebody who stands at
//! the stall.

use liangxin_domain::{limits::CLAIM_PASSWORD_MIN_CHARS, refusal::Lang};
use maud::{Markup, html};

use super::super::layout::control::{Choice, Field, Keyboard, Need, options};
use super::super::layout::link;
use super::{MAX_LINE, MAX_PHOTOS, MAX_STORY, ReportFormView, Warning, part};

pub(super) fn place(view: &ReportFormView, lang: Lang) -> Markup {
    let legend = lang.pick("1. 哪个摊位或店铺", "1. Which stall or shop");
    let stall = Field {
        hint: lang.pick(
            "例如：南门市场 17 号，卖猪肉的",
            "For example: South Gate market, no. 17, pork",
        ),
        ..field(view, part::STALL, lang, &view.values.stall)
    };
    html! {
        fieldset {
            legend { (legend) }
            @if let Some(merchant) = &view.merchant {
                input type="hidden" name=(part::MERCHANT) value=(merchant.code);
                input type="hidden" name=(part::DIVISION) value=(merchant.division);
                p.known { strong { (merchant.name) } br; span lang="zh-CN" { (merchant.address) } }
                p { a.touch href=(link(lang, super::ACTION, &[])) { (lang.pick("不是这一家", "Not this one")) } }
                (Field { label: lang.pick("补充说明（如几号秤）", "Anything to add (such as which scale)"), hint: "", ..stall }
                    .input(Keyboard::Text(MAX_LINE), lang))
            } @else {
                (Field { need: Need::Required, ..stall }.input(Keyboard::Text(MAX_LINE), lang))
                (division(view, lang))
            }
        }
    }
}

fn division(view: &ReportFormView, lang: Lang) -> Markup {
    let choices = html! {
        option value="" { (lang.pick("请选择", "Please choose")) }
        @for city in &view.cities {
            optgroup label=(city.name) { (options(&city.divisions, &view.values.division)) }
        }
    };
    Field {
        need: Need::Required,
        ..field(view, part::DIVISION, lang, &view.values.division)
    }
    .select(&choices, lang)
}

pub(super) fn goods(view: &ReportFormView, lang: Lang) -> Markup {
    let values = &view.values;
    let per = [
        choice("kg", lang.pick("元/公斤", "yuan/kg")),
        choice("jin", lang.pick("元/500克（一斤）", "yuan/500 g (jin)")),
    ];
    html! {
        fieldset {
            legend { (lang.pick("2. 买了什么", "2. What you bought")) }
            (Field { need: Need::Required, hint: lang.pick("例如：五花肉", "For example: pork belly"), ..field(view, part::GOODS, lang, &values.goods) }
                .input(Keyboard::Text(MAX_LINE), lang))
            (Field { need: Need::Required, ..field(view, part::UNIT_PRICE, lang, &values.unit_price) }
                .quantity(&field(view, part::PRICE_UNIT, lang, &values.price_unit), &per, lang))
        }
    }
}

pub(super) fn weights(view: &ReportFormView, lang: Lang) -> Markup {
    let values = &view.values;
    let units = [
        choice("kg", lang.pick("公斤", "kg")),
        choice("g", lang.pick("克", "g")),
        choice("jin", lang.pick("斤（500克）", "jin (500 g)")),
    ];
    let settled = Field {
        need: Need::Required,
        hint: lang.pick(
            "摊位的秤显示、按它付钱的重量",
            "What the stall's scale showed and you paid for",
        ),
        ..field(view, part::SETTLED_WEIGHT, lang, &values.settled_weight)
    };
    let checked = Field {
        need: Need::Required,
        hint: lang.pick(
            "没有公平秤，就填复称用的秤显示的重量，并在经过中写明",
            "Without one: what another scale showed; say which below",
        ),
        ..field(view, part::CHECKED_WEIGHT, lang, &values.checked_weight)
    };
    html! {
        fieldset {
            legend { (lang.pick("3. 秤怎么说", "3. What the scales said")) }
            (settled.quantity(&field(view, part::SETTLED_UNIT, lang, &values.settled_unit), &units, lang))
            (checked.quantity(&field(view, part::CHECKED_UNIT, lang, &values.checked_unit), &units, lang))
        }
    }
}

pub(super) fn events(view: &ReportFormView, lang: Lang) -> Markup {
    let values = &view.values;
    let happened_at = Field {
        need: Need::Required,
        ..field(view, part::HAPPENED_AT, lang, &values.happened_at)
    };
    let story = Field {
        need: Need::Required,
        hint: lang.pick(
            "谁说了什么、少了多少、您怎么发现的",
            "Who said what, how much was missing, how you noticed",
        ),
        ..field(view, part::STORY, lang, &values.story)
    };
    html! {
        fieldset {
            legend { (lang.pick("4. 什么时候，发生了什么", "4. When, and what happened")) }
            (happened_at.input(Keyboard::DateTime, lang))
            (field(view, part::PLACE, lang, &values.place).input(Keyboard::Text(MAX_LINE), lang))
            (story.area(MAX_STORY, lang))
        }
    }
}

pub(super) fn photos(view: &ReportFormView, lang: Lang) -> Markup {
    let asked: [&str; MAX_PHOTOS] = match lang {
        Lang::Zh => ["摊位秤的显示", "公平秤的显示", "价格牌或小票", "摊位招牌"],
        Lang::En => [
            "The stall's scale",
            "The fair-check scale",
            "Price sign or receipt",
            "The stall's sign",
        ],
    };
    let error = error(view, part::PHOTO);
    html! {
        fieldset aria-describedby="photo-hint" {
            legend { (lang.pick("5. 照片", "5. Photos")) " " span.optional { (lang.pick("选填", "optional")) } }
            p.hint #photo-hint {
                (lang.pick(
                    "最多 4 张。原图会原样保存作为证据，请不要修图。",
                    "Up to 4. The originals are kept unchanged as evidence: please do not edit them.",
                ))
            }
            @if let Some(message) = error { p.error #photo-error { (message) } }
            @for (number, what) in (1..).zip(asked) {
                div.field.file {
                    label for={ "photo-" (number) } { (number) ". " (what) }
                    input type="file" id={ "photo-" (number) } name=(part::PHOTO) accept="image/*"
                        aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| "photo-error")];
                }
            }
        }
    }
}

pub(super) fn contact(view: &ReportFormView, lang: Lang) -> Markup {
    let values = &view.values;
    let email = Field {
        hint: lang.pick(
            "不填就是匿名举报，只能用查询码查进度。",
            "Without it the report is anonymous and only the code leads back to it.",
        ),
        ..field(view, part::EMAIL, lang, &values.email)
    };
    html! {
        fieldset {
            legend { (lang.pick("6. 怎么联系您", "6. How to reach you")) }
            (email.input(Keyboard::Email, lang))
            (field(view, part::EMAIL_CONSENT, lang, &values.email_consent).tick())
        }
    }
}

/// The password with which a reporter, also an anonymous one, claims a reward.
pub(super) fn claim_password(view: &ReportFormView, lang: Lang) -> Markup {
    let hint = match lang {
        Lang::Zh => format!(
            "至少 {CLAIM_PASSWORD_MIN_CHARS} 个字符。以后凭查询码和这个密码领取举报奖励，匿名也可以；请自己记好，忘了无法找回。"
        ),
        Lang::En => format!(
            "At least {CLAIM_PASSWORD_MIN_CHARS} characters. With the code and this password a reward can be claimed later, also anonymously; it cannot be recovered."
        ),
    };
    let password = Field {
        hint: &hint,
        ..field(view, part::CLAIM_PASSWORD, lang, "")
    };
    html! {
        fieldset {
            legend { (lang.pick("7. 以后怎么领奖励", "7. Claiming a reward later")) }
            (password.input(Keyboard::NewPassword, lang))
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

/// The question of a part of the form; empty for parts that have none of their own.
pub(super) fn label(name: &str, lang: Lang) -> &'static str {
    match name {
        part::STALL => lang.pick("摊位或店铺", "Stall or shop"),
        part::DIVISION => lang.pick("所在区县", "District or county"),
        part::GOODS => lang.pick("商品", "Goods"),
        part::UNIT_PRICE => lang.pick("单价", "Unit price"),
        part::PRICE_UNIT => lang.pick("计价单位", "Price unit"),
        part::SETTLED_WEIGHT => lang.pick("付钱的重量", "Weight you paid for"),
        part::CHECKED_WEIGHT => lang.pick("公平秤上的重量", "Weight on the fair-check scale"),
        part::HAPPENED_AT => lang.pick("时间", "Time"),
        part::STORY => lang.pick("经过", "What happened"),
        part::PLACE => lang.pick("地点", "Place"),
        part::CLAIM_PASSWORD => lang.pick("举报密码", "Claim password"),
        part::EMAIL => lang.pick("电子邮箱", "E-mail"),
        part::SETTLED_UNIT | part::CHECKED_UNIT => lang.pick("重量单位", "Weight unit"),
        part::EMAIL_CONSENT => lang.pick(
            "同意用这个邮箱告知进度，不用于其他目的",
            "This address may be used to send me news of the report, and for nothing else",
        ),
        _ => "",
    }
}

fn field<'a>(view: &'a ReportFormView, name: &'a str, lang: Lang, value: &'a str) -> Field<'a> {
    Field {
        name,
        label: label(name, lang),
        hint: "",
        error: error(view, name),
        value,
        need: Need::Optional,
    }
}

fn error<'a>(view: &'a ReportFormView, name: &str) -> Option<&'a str> {
    let warned = view.warning.iter().filter(|found| !found.is_accepted);
    let warned = warned.flat_map(|found| &found.told);
    let mut told = view.errors.iter().chain(warned);
    let refused = told.find(|error| error.field == name);
    refused.map(|error| error.message.as_str())
}

fn choice(code: &str, name: &str) -> Choice {
    Choice {
        code: code.to_owned(),
        name: name.to_owned(),
    }
}
