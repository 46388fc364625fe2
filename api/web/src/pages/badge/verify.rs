//! The page on which anybody checks a badge, and a merchant the code of a visit. Keys and the list of void badges stand in it,
//! so that a badge is checked offline once it is there; the square code brings what is checked behind the `#`, which no
//! browser sends to a server.

use liangxin_domain::{ratings::badge::OpenFact, refusal::Lang};
use maud::{Markup, html};
use strum::IntoEnumIterator as _;

use super::super::layout::{Bilingual, Switch, page};
use super::super::passport::{self, PassportFormView};
use super::view::words;

/// What checks it.
pub(super) const SCRIPT: &str = include_str!("../../../assets/verify.js");

/// What the script finds, and how it is said.
const FOUND: [(&str, &str, &str); 12] = [
    (
        "GOOD",
        "✓ 真实有效。请核对编码与墙上的编码一致。",
        "✓ Genuine and good. Compare the code with the one on the wall.",
    ),
    (
        "OTHER",
        "✗ 冒用：这是另一家商户的标志。",
        "✗ Copied: it is the badge of another merchant.",
    ),
    ("STALE", "✗ 已过有效期。", "✗ Stale: its last day is over."),
    (
        "REVOKED_WORSE_GRADE",
        "✗ 已作废：此后等级变差。",
        "✗ Revoked: the grade is worse since.",
    ),
    (
        "REVOKED_DECISION",
        "✗ 已作废：此后有处罚决定。",
        "✗ Revoked: a penalty was decided since.",
    ),
    (
        "REVOKED_CLOSED",
        "✗ 已作废：商户已停业。",
        "✗ Revoked: the merchant does no business any more.",
    ),
    (
        "FORM",
        "✗ 伪造或者不完整：不是本系统的标志。",
        "✗ Forged or broken: it is no badge of this service.",
    ),
    (
        "KIND",
        "✗ 伪造：签名的是另一种文件。",
        "✗ Forged: it is a signed statement of another kind.",
    ),
    (
        "KEY",
        "✗ 伪造：不是本系统的密钥签的。",
        "✗ Forged: no key of this service signed it.",
    ),
    (
        "SIGNATURE",
        "✗ 伪造：内容被改过，签名不符。",
        "✗ Forged: it was changed, the signature does not fit.",
    ),
    (
        "TIME",
        "✗ 伪造：签名时该密钥没有使用。",
        "✗ Forged: the key was not in use when it says that it was signed.",
    ),
    (
        "BROWSER",
        "您的浏览器不能核验签名（Ed25519）。请换新的浏览器，或者查看商户页面。",
        "Your browser cannot check signatures (Ed25519). Use a newer one, or look at the merchant's page.",
    ),
];

/// The page.
pub(super) fn render(keys: &str, revoked: &str, script: &str, lang: Lang) -> Markup {
    let title = lang.pick("核验检查码或者诚信计量标志", "Check a visit or a badge");
    let body = html! {
        h1 { (title) }
        section #visit aria-labelledby="comes" {
            h2 #comes { (lang.pick("有人来检查", "Somebody comes to inspect")) }
            (passport::form(&PassportFormView::default(), lang))
        }
        h2 { (lang.pick("诚信计量标志", "A badge")) }
        p.lead {
            (lang.pick(
                "扫描门上或者柜台上的标志，就会打开本页。核验在您的手机上进行，不用联网。",
                "The square code on a door or a counter opens this page. The check runs on your phone and asks nobody.",
            ))
        }
        noscript { p { (lang.pick("核验需要脚本；不用脚本请直接查看商户页面。", "The check needs a script; without one look at the merchant's page.")) } }
        form #verify hidden data-keys=(keys) data-revoked=(revoked) {
            p { label for="token" { (lang.pick("标志内容", "The badge")) } }
            p { textarea #token name="token" rows="4" required {} }
            p { label for="code" { (lang.pick("墙上的商户编码（可不填）", "The code on the wall (optional)")) } }
            p { input #code name="code" autocomplete="off" maxlength="10"; }
            p { button type="submit" { (lang.pick("核验", "Check")) } }
        }
        div role="status" {
            @for (word, zh, en) in FOUND {
                p.lead data-word=(word) hidden { (lang.pick(zh, en)) }
            }
        }
        (told(lang))
        script src=(script) defer {}
    };
    page(title, lang, Switch::Absent, &body)
}

/// What the badge says.
fn told(lang: Lang) -> Markup {
    let rows = [
        ("m", "商户编码", "Code"),
        ("g", "等级", "Grade"),
        ("d", "做出日期", "Made on"),
        ("v", "公式", "Formula"),
        ("e", "有效至", "Good until"),
    ];
    html! {
        dl #told hidden {
            dt { (lang.pick("最重的事实", "Worst fact")) }
            dd data-says="f" {
                span data-named="none" hidden { (lang.pick("没有", "none")) }
                @for fact in OpenFact::iter() {
                    span data-named=(fact.to_string()) hidden { (fact_words(fact).text(lang)) }
                }
            }
            @for (name, zh, en) in rows {
                dt { (lang.pick(zh, en)) }
                dd data-says=(name) {}
            }
        }
    }
}

fn fact_words(fact: OpenFact) -> Bilingual {
    let en = match fact {
        OpenFact::Penalty => "a penalty for a breach of metrology law is public",
        OpenFact::OverdueInstrument => "a scale or instrument in use is overdue for verification",
        OpenFact::OverdueCorrection => "a correction is overdue",
    };
    Bilingual::new(words(fact), en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::ratings::badge::VoidedBy;

    #[test]
    fn every_reason_has_its_words_and_the_script_names_no_other() {
        for word in SCRIPT.split("throw \"").skip(1) {
            let word = word.split('"').next().unwrap();
            assert!(FOUND.iter().any(|(known, ..)| *known == word), "{word}");
        }
        for why in VoidedBy::iter() {
            let word = format!("REVOKED_{}", why.to_string().to_uppercase());
            assert!(FOUND.iter().any(|(known, ..)| *known == word), "{word}");
        }
    }

    #[test]
    fn the_page_holds_what_the_check_needs_and_no_script_of_its_own() {
        for lang in [Lang::Zh, Lang::En] {
            let html = render("{\"keys\":[]}", "a.b.c", "/assets/verify.js", lang).into_string();
            assert!(
                html.contains("data-keys=\"{&quot;keys&quot;:[]}\""),
                "{html}"
            );
            assert!(html.contains("data-revoked=\"a.b.c\""));
            assert!(html.contains("<script src=\"/assets/verify.js\" defer></script>"));
            assert_eq!(html.matches("<script").count(), 1);
        }
    }
}
