//! The code that officers show at the door: the form that asks for it, and what it says to the merchant, who has neither
//! account nor script. The code goes in the body of a request, never in an address that reaches us, so that no log keeps it; a
//! square code brings it behind the `#`, which stays in the browser. Nothing here knows what led to a visit but the word that
//! is told.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use liangxin_app::{
    app::App,
    error::AppError,
    store::places::Bureau,
    usecase::inspections::{self, Reading, Shown},
};
use liangxin_domain::{
    accounts::{account::Account, role::Role},
    inspections::passport::{Cause, PassportOver},
    refusal::Lang,
};
use maud::{Markup, html};

use super::answer::{answered, html as send};
use super::layout::control::{Field, Keyboard, Need};
use super::layout::{Switch, date, link, page, telephone};
use super::opinion::{self, OpinionView};
use super::track_request::{part_of, sent};
use crate::request;

/// Where the code is typed, and sent by POST.
pub(super) const ACTION: &str = "/v";
/// The name under which it arrives.
pub(super) const CODE_PART: &str = "passport";
/// The name under which the merchant's own code arrives.
const WALL_PART: &str = "wall";

/// The form.
#[derive(Debug, Clone, Default)]
pub(super) struct PassportFormView {
    /// What was typed.
    code: String,
    wall: String,
    /// Why it was refused, in the reader's language.
    code_error: Option<&'static str>,
    wall_error: Option<&'static str>,
}

/// What a code says that somebody was shown.
pub(super) async fn read(
    request: HttpRequest,
    app: web::Data<App>,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    answered(&request, answer(&request, &app, body)).await
}

async fn answer(
    request: &HttpRequest,
    app: &App,
    body: Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse, AppError> {
    let sent = sent(body)?;
    let (code, wall) = (part_of(&sent, CODE_PART), part_of(&sent, WALL_PART));
    let stranger = request::stranger(request);
    let lang = stranger.lang;
    let reading = inspections::read_passport(app, &stranger, (&code, &wall)).await?;
    let mut typed = PassportFormView {
        code,
        wall,
        ..PassportFormView::default()
    };
    Ok(match reading {
        Reading::Good(shown) => {
            let form = app.ids.uuid(app.now()).to_string();
            let opinion = OpinionView::empty(typed.code, form);
            let opinion = shown.closed_on.map(|_| opinion::form(&opinion, lang));
            send(StatusCode::OK, good(&shown, opinion.as_ref(), lang))
        }
        Reading::Mistyped => {
            typed.code_error = Some(lang.pick(
                "检查码有误，请对照检查人员的手机逐位核对。",
                "This is no code of a visit; compare it letter by letter with the officer's phone.",
            ));
            send(StatusCode::UNPROCESSABLE_ENTITY, again(&typed, lang))
        }
        Reading::WallMistyped => {
            typed.wall_error = Some(lang.pick(
                "商户编码有误，请对照墙上的编码核对，或者不填。",
                "This is no code of a merchant; compare it with the one on your wall, or leave it out.",
            ));
            send(StatusCode::UNPROCESSABLE_ENTITY, again(&typed, lang))
        }
        Reading::Forged => send(StatusCode::NOT_FOUND, bad(Bad::Forged, lang)),
        Reading::OtherMerchant => send(StatusCode::NOT_FOUND, bad(Bad::OtherMerchant, lang)),
        Reading::Over(over) => send(StatusCode::GONE, bad(Bad::Over(over), lang)),
    })
}

/// The form, for whichever page it stands on.
pub(super) fn form(view: &PassportFormView, lang: Lang) -> Markup {
    let code = Field {
        name: CODE_PART,
        label: lang.pick("检查码", "Code of the visit"),
        hint: lang.pick(
            "检查人员手机上的字母和数字；空格、大小写不影响",
            "The letters and digits on the officer's phone; spaces and case do not matter",
        ),
        error: view.code_error,
        value: &view.code,
        need: Need::Required,
    };
    let wall = Field {
        name: WALL_PART,
        label: lang.pick("您墙上的商户编码", "The code on your own wall"),
        hint: lang.pick(
            "填了就会核对这次检查是不是来您这里的",
            "With it the visit is checked to be one to you",
        ),
        error: view.wall_error,
        value: &view.wall,
        need: Need::Optional,
    };
    html! {
        form action=(link(lang, ACTION, &[])) method="post" {
            (code.input(Keyboard::Code, lang))
            (wall.input(Keyboard::Code, lang))
            button.main type="submit" { (lang.pick("看看谁来检查", "See who comes")) }
        }
    }
}

fn again(view: &PassportFormView, lang: Lang) -> Markup {
    let title = lang.pick("核验检查码", "Check the code of a visit");
    let body = html! { h1 { (title) } (form(view, lang)) };
    page(title, lang, Switch::Absent, &body)
}

/// A code that lets nobody in.
#[derive(Debug, Clone, Copy)]
enum Bad {
    Forged,
    OtherMerchant,
    Over(PassportOver),
}

fn bad(why: Bad, lang: Lang) -> Markup {
    let (title, text) = match why {
        Bad::Forged => (
            lang.pick("✗ 没有这次检查", "✗ There is no such visit"),
            lang.pick(
                "这个检查码不是本系统的任何机关发出的。出示它的人不是凭它派来的。",
                "No bureau made this code here. Whoever shows it was not sent by it.",
            ),
        ),
        Bad::OtherMerchant => (
            lang.pick(
                "✗ 这是去别家的检查码",
                "✗ This code is of a visit to somebody else",
            ),
            lang.pick(
                "这个检查码属于另一家商户的检查，不能用来检查您。",
                "It belongs to a visit to another merchant and is no good at yours.",
            ),
        ),
        Bad::Over(PassportOver::OthersGo) => (
            lang.pick("✗ 这个检查码已作废", "✗ This code is void"),
            lang.pick(
                "这次检查已经改派其他人。现在来的人有新的检查码，请他们出示新的。",
                "Others are sent on this visit now, who have another code: ask for that.",
            ),
        ),
        Bad::Over(PassportOver::Lapsed { .. }) => (
            lang.pick("✗ 这个检查码已过期", "✗ This code is out of date"),
            lang.pick(
                "这个检查码太久没有更新。真正派来的检查人员可以在手机上重新取码，请他们出示更新后的检查码。",
                "Nobody asked for it again for long. Officers who are sent get it anew on their phones: ask them to do that.",
            ),
        ),
        Bad::Over(PassportOver::Ended { .. }) => (
            lang.pick("✗ 这次检查早已结束", "✗ This visit ended long ago"),
            lang.pick(
                "用这个检查码的检查早已结束，不能凭它再来检查。",
                "The visit of this code is over; nobody comes by it once more.",
            ),
        ),
    };
    let day = match why {
        Bad::Over(PassportOver::Ended { on }) => Some((lang.pick("结束日期 ", "It ended on "), on)),
        Bad::Over(PassportOver::Lapsed { on }) => {
            Some((lang.pick("有效期至 ", "It was good until "), on))
        }
        Bad::Forged | Bad::OtherMerchant | Bad::Over(PassportOver::OthersGo) => None,
    };
    let body = html! {
        h1 { (title) }
        p.lead { (text) }
        @if let Some((what, day)) = day { p { (what) (date(day)) } }
        p { (lang.pick("您可以不让他们进入，并拨打 ", "You need not let them in; call ")) (telephone("12315")) }
        p { a.button href=(link(lang, ACTION, &[])) { (lang.pick("重新核验", "Check another code")) } }
    };
    page(title, lang, Switch::Absent, &body)
}

fn good(shown: &Shown, opinion: Option<&Markup>, lang: Lang) -> Markup {
    let title = match shown.closed_on {
        None => lang.pick("✓ 这次检查是真实的", "✓ This visit is genuine"),
        Some(_) => lang.pick(
            "✓ 这次检查是真实的，已经结束",
            "✓ This visit was genuine, and is over",
        ),
    };
    let body = html! {
        h1 { (title) }
        p.lead {
            (lang.pick(
                "请核对面前的人、证件和下面是不是一致。对不上的，不要让他们进入，请拨打 12315。",
                "Compare the people before you and their certificates with what stands here. If they are others, do not let them in and call 12315.",
            ))
        }
        dl.facts {
            div { dt { (lang.pick("检查对象", "Who is visited")) } dd { (merchant(shown, lang)) } }
            @for (officer, bureau) in &shown.officers {
                div { dt { (lang.pick("检查人员", "Officer")) } dd { (who(officer, bureau.as_ref(), lang)) } }
            }
            div { dt { (lang.pick("检查事由", "Why")) } dd { (cause(shown.cause, lang)) } }
            div { dt { (lang.pick("检查范围", "Scope")) } dd { (scope(lang)) } }
            div { dt { (lang.pick("派出日期", "Sent on")) } dd { (date(shown.sent_on)) } }
            @if let Some(day) = shown.arrived_on {
                div { dt { (lang.pick("到达日期", "Arrived on")) } dd { (date(day)) } }
            }
            @if let Some(day) = shown.closed_on {
                div { dt { (lang.pick("结束日期", "Ended on")) } dd { (date(day)) } }
            }
            div { dt { (lang.pick("检查码有效期至", "The code is good until")) } dd { (date(shown.until)) } }
        }
        @if let Some(opinion) = opinion { (opinion) }
        (rights(lang))
    };
    page(title, lang, Switch::Absent, &body)
}

fn merchant(shown: &Shown, lang: Lang) -> Markup {
    let merchant = &shown.merchant;
    html! {
        strong { (lang.pick(&merchant.name_zh, &merchant.name_en)) }
        br;
        span lang="zh-CN" { (merchant.address) @if let Some(number) = &merchant.stall_no { " · " (number) "号" } }
    }
}

/// Who left the office, or has no certificate, inspects nobody, whatever was said when the visit was sent.
fn who(officer: &Account, bureau: Option<&Bureau>, lang: Lang) -> Markup {
    let is_inspector = officer.disabled_at.is_none() && officer.roles.has(Role::Inspector);
    let certificate = officer.certificate_no.as_deref();
    let certificate = certificate.filter(|_| is_inspector);
    html! {
        strong { (lang.pick(&officer.name_zh, &officer.name_en)) }
        br;
        @if let Some(number) = certificate {
            (lang.pick("执法证件号 ", "Certificate ")) (number)
        } @else {
            span.fault { (lang.pick("现在不是检查人员，不得检查", "No inspector now; may not inspect")) }
        }
        @if let Some(bureau) = bureau { br; (lang.pick(&bureau.name_zh, &bureau.name_en)) }
    }
}

pub(super) const fn cause(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::Duty => lang.pick(
            "本机关依职责开展的监督检查（计划和抽查之外）",
            "A check that the bureau makes as its duty, outside of plans and draws",
        ),
        Cause::Plan => lang.pick("检查计划", "The bureau's plan of inspections"),
        Cause::Draw => lang.pick(
            "双随机抽查：检查对象和检查人员都是随机抽取的",
            "A draw: the merchant and the officers were drawn at random",
        ),
        Cause::Again => lang.pick(
            "复查：核实此前检查或者案件要求的事项",
            "What was found or ordered before is looked at again",
        ),
    }
}

/// What a visit of this service can record, and nothing else.
const fn scope(lang: Lang) -> &'static str {
    lang.pick(
        "计量：在用计量器具的检定标志、铅封和示值，商品的量和净含量，计量单位和标识。可以测量、拍照、记录；检测不收费。",
        "Weights and measures: marks, seals and readings of the instruments in use, quantities and net contents of goods, units and labels. They are measured, photographed and recorded; tests cost nothing.",
    )
}

/// SAMR Order 2, articles 4, 21, 22, 28 and 43; Administrative Penalty Law 2021, articles 42, 43 and 55.
fn rights(lang: Lang) -> Markup {
    html! {
        section.panel aria-labelledby="rights" {
            h2 #rights { (lang.pick("您的权利", "Your rights")) }
            ul {
                li {
                    (lang.pick(
                        "检查人员不得少于两人，并应主动出示执法证件；否则您有权拒绝。",
                        "Two officers or more come and show their certificates unasked; else you may refuse.",
                    ))
                }
                li {
                    (lang.pick(
                        "认为检查人员与您有利害关系的，可以申请回避。",
                        "You may ask that an officer steps back who has an interest in it.",
                    ))
                }
                li {
                    (lang.pick(
                        "您可以陈述、申辩；现场笔录请看过再签名，也可以不签并说明理由。",
                        "You may state your case; read the record before you sign it, or say why you do not.",
                    ))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
