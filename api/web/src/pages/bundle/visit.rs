//! What the page of a case's file says of a visit: who was there, what was recorded, what is void of it, and what was signed.

use liangxin_app::usecase::bundles::{Bundle, Recorded};
use liangxin_domain::{
    inspections::{
        amend::Void,
        reopen::Reopening,
        signing::{Signature, Signing},
        visit::{Visit, VisitState},
    },
    refusal::Lang,
};
use maud::{Markup, html};

use super::{
    index::{Row, people, person, rows, section},
    words,
};
use crate::pages::layout::{Bilingual, time};

/// Who was sent, who before them, and who arrived.
fn officers(bundle: &Bundle, visit: &Visit, lang: Lang) -> Vec<Row<'static>> {
    let mut facts: Vec<Row<'_>> = vec![
        (lang.pick("派出时间", "Sent"), time(visit.dispatched_at)),
        (
            lang.pick("检查人员", "Inspectors"),
            people(bundle, visit.team.iter(), lang),
        ),
    ];
    for former in &visit.former_teams {
        facts.push((
            lang.pick("此前派出", "Sent before"),
            html! {
                (people(bundle, former.officers.iter(), lang))
                (time(former.made.at)) " " (former.reason.as_str())
            },
        ));
    }
    for arrival in &visit.arrivals {
        facts.push((
            lang.pick("到达", "Arrived"),
            html! {
                (person(bundle, arrival.by, lang)) " " (time(arrival.at))
                " " small { (words::place(&arrival.place).text(lang)) }
            },
        ));
    }
    facts
}

/// The section of a visit.
pub(super) fn render(bundle: &Bundle, recorded: &Recorded, lang: Lang) -> Markup {
    let Recorded {
        visit,
        measurements,
        checks,
    } = recorded;
    let mut facts = officers(bundle, visit, lang);
    if let VisitState::Submitted { at } = visit.state {
        facts.push((lang.pick("完成时间", "Closed"), time(at)));
    }
    facts.extend(visit.reopenings.iter().map(|it| reopened(bundle, it, lang)));
    facts.extend(visit.signings.iter().map(|signing| signed(signing, lang)));
    facts.push((
        lang.pick("查看器具", "Instruments seen"),
        html! { (checks.iter().filter(|check| check.void.is_none()).count()) },
    ));
    let void_checks = checks.iter().filter_map(|check| check.void.as_ref());
    facts.extend(void_checks.map(|it| {
        (
            lang.pick("作废的器具查看", "Look at an instrument, void"),
            void(bundle, it, lang),
        )
    }));
    let body = html! {
        (rows(&facts))
        @for measured in measurements {
            @let verdict = &measured.judgement.verdict;
            @let summary = Bilingual::new(verdict.summary.zh.clone(), verdict.summary.en.clone());
            div.verdict.fails[measured.fails()] {
                @match &measured.void {
                    Some(it) => {
                        p { s { (summary.text(lang)) } }
                        p { (void(bundle, it, lang)) }
                    }
                    None => p { (summary.text(lang)) },
                }
                p { small { (time(measured.made_at())) " · " (person(bundle, measured.by, lang)) } }
            }
        }
    };
    section(lang.pick("现场检查", "On-site inspection"), &body)
}

/// Who made an entry void, when and why.
fn void(bundle: &Bundle, void: &Void, lang: Lang) -> Markup {
    let words = match void.replaced_by {
        Some(_) => lang.pick("已作废，另有更正", "Void, corrected"),
        None => lang.pick("已作废", "Void"),
    };
    html! {
        strong { (words) } " " (void.reason.as_str()) " "
        small { (time(void.made.at)) " · " (person(bundle, void.made.by, lang)) }
    }
}

/// When the visit was opened again, by whom and why.
fn reopened(bundle: &Bundle, reopening: &Reopening, lang: Lang) -> Row<'static> {
    let said = html! {
        (person(bundle, reopening.made.by, lang)) " " (time(reopening.made.at)) " " (reopening.reason.as_str())
    };
    (lang.pick("重新打开", "Opened again"), said)
}

/// A signature, or why there is none, and under which record.
fn signed(signing: &Signing, lang: Lang) -> Row<'static> {
    let (label, said) = match &signing.signature {
        Signature::Signed { name, .. } => (lang.pick("当事人签名", "Signed by"), name.as_str()),
        Signature::Refused { reason } => (lang.pick("未签名的原因", "Not signed"), reason.as_str()),
    };
    let said = html! {
        (said)
        @if let Some(taken) = signing.taken { " " small { (time(taken.at)) } }
        @if let Some(under) = signing.under { " " small { "SHA-256 " (under) } }
    };
    (label, said)
}
