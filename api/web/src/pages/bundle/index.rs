//! The page with which people read the file of a case: without a network, without a script, in both languages.

use chrono::{DateTime, Utc};
use liangxin_app::{
    app::App,
    usecase::bundles::{Bundle, Exhibit, Sight},
};
use liangxin_domain::{
    evidence::photo::{PhotoFormat, PhotoOwner},
    id::UserId,
    law::calendar::shanghai_date,
    refusal::Lang,
};
use maud::{DOCTYPE, Markup, html};

use super::{files, sheets, visit, words};
use crate::pages::{
    layout::{Bilingual, date, tag, time},
    notice::words as paper_words,
};

/// The page.
pub(super) fn render(app: &App, bundle: &Bundle, lang: Lang) -> Markup {
    let number = &bundle.case.number;
    let other = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    html! {
        (DOCTYPE)
        html lang=(tag(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="format-detection" content="telephone=no";
                title { (number) }
                link rel="stylesheet" href=(files::STYLE);
                link rel="icon" href="data:,";
            }
            body {
                header {
                    p.bureau { (Bilingual::new(bundle.bureau.0.clone(), bundle.bureau.1.clone()).text(lang)) }
                    h1 { (lang.pick("案件材料", "Case file")) }
                    p.number { (number) }
                    p.switch { a href=(files::index(other)) lang=(tag(other)) { (other.pick("中文", "English")) } }
                }
                main {
                    (summary(bundle, lang))
                    @for recorded in &bundle.visits { (visit::render(bundle, recorded, lang)) }
                    (photos(bundle, lang))
                    (papers(app, bundle, lang))
                    (to_be_signed(app, bundle, lang))
                    (receipts(bundle, lang))
                    (history(bundle, lang))
                    (checking(lang))
                }
            }
        }
    }
}

pub(super) type Row<'a> = (&'a str, Markup);

pub(super) fn rows(rows: &[Row<'_>]) -> Markup {
    html! { dl { @for (name, words) in rows { div { dt { (name) } dd { (words) } } } } }
}

fn summary(bundle: &Bundle, lang: Lang) -> Markup {
    let (case, merchant) = (&bundle.case, &bundle.merchant);
    let party = Bilingual::new(merchant.name_zh.clone(), merchant.name_en.clone());
    let mut facts: Vec<Row<'_>> = vec![
        (lang.pick("当事人", "Party"), html! { (party.text(lang)) }),
        (lang.pick("地址", "Address"), html! { (merchant.address) }),
    ];
    if let Some(code) = &merchant.credit_code {
        facts.push((
            lang.pick("统一社会信用代码", "Credit code"),
            html! { (code) },
        ));
    }
    facts.extend([
        (
            lang.pick("行为发生日", "Conduct on"),
            date(case.basis.told.conduct_on),
        ),
        (lang.pick("立案时间", "Filed"), time(case.filed_at)),
        (
            lang.pick("办理状态", "State"),
            html! { (words::state(case.state_kind()).text(lang)) },
        ),
        (
            lang.pick("调查人员", "Investigators"),
            people(bundle, case.investigators.iter(), lang),
        ),
    ]);
    section(lang.pick("案件", "The case"), &rows(&facts))
}

pub(super) fn section(title: &str, body: &Markup) -> Markup {
    html! { section { h2 { (title) } (body) } }
}

pub(super) fn person(bundle: &Bundle, user: UserId, lang: Lang) -> String {
    match bundle.people.get(&user) {
        Some(named) => lang.pick(&named.name_zh, &named.name_en).to_owned(),
        None => user.to_string(),
    }
}

pub(super) fn people(bundle: &Bundle, people: impl Iterator<Item = UserId>, lang: Lang) -> Markup {
    let named = people.map(|user| {
        let certificate = bundle.people.get(&user);
        let certificate = certificate.and_then(|named| named.certificate_no.clone());
        (person(bundle, user, lang), certificate)
    });
    html! {
        ul.people {
            @for (name, certificate) in named {
                li { (name) @if let Some(number) = certificate { " " small { (number) } } }
            }
        }
    }
}

fn photos(bundle: &Bundle, lang: Lang) -> Markup {
    let body = html! {
        div.photos { @for (place, exhibit) in files::photos(bundle) { (photo(place, exhibit, lang)) } }
    };
    section(lang.pick("照片", "Photos"), &body)
}

fn photo(place: usize, exhibit: &Exhibit, lang: Lang) -> Markup {
    let photo = &exhibit.photo;
    let title = words::kind(photo.declared.kind);
    let file = files::original(place, exhibit).or_else(|| files::copy(place, exhibit));
    let format = photo.facts.as_ref().map(|facts| facts.format);
    let is_shown = matches!(
        format,
        Some(PhotoFormat::Jpeg | PhotoFormat::Png | PhotoFormat::Webp)
    ) || files::copy(place, exhibit).is_some();
    let original = match (photo.stored_at, photo.owner) {
        (None, _) => Some(lang.pick("原件尚未送达", "The original is missing")),
        (Some(_), PhotoOwner::Report(_)) => Some(lang.pick(
            "此处为副本；原件含有手机写入的信息，可能指向举报人，留存于本机关，须写明用途方可打开",
            "This is a copy. The original holds what the phone wrote into it, which may point at the reporter; it is kept by the bureau and opened for a purpose",
        )),
        (Some(_), PhotoOwner::Visit(_)) => None,
    };
    html! {
        figure {
            @match &file {
                Some(file) if is_shown => a href=(file) { img src=(file) alt=(title.text(lang)) loading="lazy"; },
                Some(file) => p.none { a href=(file) { (file) } },
                None => p.none { (lang.pick("没有图片", "No picture")) },
            }
            figcaption {
                strong { (place + 1) ". " (title.text(lang)) }
                @if let Some(at) = photo.stored_at { p { (lang.pick("入库 ", "Stored ")) (stored(at, exhibit.sight)) } }
                @if let Some(note) = original { p { (note) } }
                @if exhibit.sight == Sight::Original {
                    p.digest { "SHA-256 " code { (photo.declared.sha256) } }
                    @if let Some(sm3) = exhibit.sm3 { p.digest { "SM3 " code { (sm3) } } }
                    p { (photo.declared.size_bytes) (lang.pick(" 字节", " bytes")) }
                }
            }
        }
    }
}

fn stored(at: DateTime<Utc>, sight: Sight) -> Markup {
    match sight {
        Sight::Original => time(at),
        Sight::Copy => date(shanghai_date(at)),
    }
}

fn papers(app: &App, bundle: &Bundle, lang: Lang) -> Markup {
    let body = html! {
        @if bundle.papers.is_empty() { p { (lang.pick("没有文书。", "There are no papers.")) } } @else {
            table {
                thead { tr {
                    th scope="col" { (lang.pick("文书", "Paper")) }
                    th scope="col" { (lang.pick("编号", "Number")) }
                    th scope="col" { (lang.pick("对象", "For")) }
                    th scope="col" { (lang.pick("制作", "Issued")) }
                    th scope="col" { (lang.pick("送达", "Served")) }
                } }
                tbody {
                    @for (place, paper) in bundle.papers.iter().enumerate() {
                        tr {
                            td { a href=(files::paper(place, paper, lang)) { (paper_words::title(app, &paper.notice).text(lang)) } }
                            td { (paper.notice.number) }
                            td { (paper_words::recipient(paper.notice.recipient.kind()).text(lang)) }
                            td { (date(shanghai_date(paper.notice.issued_at))) }
                            td { @if let Some(at) = paper.notice.served_at() { (date(shanghai_date(at))) } }
                        }
                    }
                }
            }
        }
    };
    section(lang.pick("文书", "Papers"), &body)
}

fn to_be_signed(app: &App, bundle: &Bundle, lang: Lang) -> Markup {
    let body = html! {
        p { (lang.pick(
            "由所存材料填写，打印后签名；没有记录的事项留空。",
            "Filled from what is kept, to be printed and signed; what nobody kept is left empty.",
        )) }
        ul.files {
            @for sheet in sheets::sheets(app, bundle) {
                li { a href=(files::sheet(&sheet.stem, lang)) { (sheet.view.title.text(lang)) } " " small { (sheet.stem) } }
            }
        }
    };
    section(lang.pick("待签文书", "Sheets to be signed"), &body)
}

fn receipts(bundle: &Bundle, lang: Lang) -> Markup {
    let body = html! {
        p { (lang.pick(
            "本机关签名声明：所列照片均已完整保存（Ed25519，JWS）。",
            "Signed by the bureau: every photo that is named in them is durably held (Ed25519, JWS).",
        )) }
        ul.files {
            @for receipt in &bundle.receipts {
                @let file = files::receipt(receipt);
                li { a href=(file) { (file) } }
            }
        }
    };
    section(lang.pick("存证回执", "Holding receipts"), &body)
}

fn history(bundle: &Bundle, lang: Lang) -> Markup {
    let body = html! {
        table {
            thead { tr {
                th scope="col" { (lang.pick("时间", "When")) }
                th scope="col" { (lang.pick("事项", "What")) }
                th scope="col" { (lang.pick("经办", "Who")) }
                th scope="col" { (lang.pick("封存", "Seal")) }
            } }
            tbody {
                @for proved in &bundle.history.events {
                    @let event = &proved.event;
                    @let seal = files::seal(proved.seal);
                    tr {
                        td { (moment(&event.at)) }
                        td { (words::event(&event.kind).text(lang)) }
                        td { (actor(bundle, (&event.actor_kind, event.actor_user), lang)) }
                        td { a href=(seal) { (proved.seal) } }
                    }
                }
            }
        }
        p { small { (lang.pick(
            "时间为北京时间。取出本材料的记录在本机关的日志中，不在此处，因此同一状态的案件得到同样的文件。",
            "In the time of Beijing. That this file was taken out stands in the bureau's log and not here, so that the same state of a case makes the same file.",
        )) } }
    };
    section(lang.pick("办理经过", "History"), &body)
}

fn moment(at: &str) -> Markup {
    match at.parse() {
        Ok(at) => time(at),
        Err(_) => html! { (at) },
    }
}

fn actor(bundle: &Bundle, (kind, user): (&str, Option<uuid::Uuid>), lang: Lang) -> String {
    match (user, kind) {
        (Some(user), _) => person(bundle, UserId::new(user), lang),
        (None, "system") => lang.pick("系统", "System").to_owned(),
        (None, "reporter") => lang.pick("举报人", "Reporter").to_owned(),
        (None, _) => lang.pick("群众", "A citizen").to_owned(),
    }
}

fn checking(lang: Lang) -> Markup {
    let body = html! {
        p { (lang.pick(
            "manifest.json 列出每个文件的校验值；history.json 列出每个事件及其到封存根值的路径；seals 和 receipts 由 keys.json 中的公钥签名。把 keys.json 与本机关公布的公钥（/.well-known/liangxin-keys.json）对照，然后运行：",
            "manifest.json lists the digest of every file; history.json lists every event with its way to the root of its seal; seals and receipts are signed by the public keys in keys.json. Compare keys.json with what the bureau publishes (/.well-known/liangxin-keys.json), then run:",
        )) }
        pre { "python3 check.py BUNDLE.zip" }
        ul.files {
            @for file in [files::MANIFEST, files::HISTORY, files::VERDICTS, files::KEYS, files::CHECK] {
                li { a href=(file) { (file) } }
            }
        }
    };
    section(lang.pick("如何核对", "How to check it"), &body)
}
