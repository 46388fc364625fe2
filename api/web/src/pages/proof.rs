//! A proof of work on the page that asks for the receipt code. The page has no script while the brake
//! is off; while it is on, it carries one small script of ours, allowed by its digest and nothing
//! else, and says to readers without script when to come back.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_domain::{receipts::proof::Proof, refusal::Lang};
use maud::{Markup, PreEscaped, html};

use liangxin_app::{app::sha256, usecase::receipts::Challenge};

/// The name under which the challenge comes back.
pub const CHALLENGE_PART: &str = "challenge";
/// The name under which the answer comes back.
pub const NONCE_PART: &str = "nonce";

const SCRIPT: &str = include_str!("../../assets/proof.js");

/// What a form with a proof of work needs.
#[derive(Debug, Clone)]
pub struct ProofForm {
    challenge: String,
    bits: u8,
    wait_seconds: i64,
}

impl From<Challenge> for ProofForm {
    fn from(challenge: Challenge) -> Self {
        Self {
            challenge: challenge.challenge,
            bits: challenge.bits,
            wait_seconds: challenge.wait_seconds,
        }
    }
}

impl ProofForm {
    /// The zero bits that the script looks for.
    pub(super) const fn bits(&self) -> u8 {
        self.bits
    }

    /// The hidden parts of the form, and what the reader is told.
    pub(super) fn parts(&self, lang: Lang) -> Markup {
        let minutes = (self.wait_seconds + 59) / 60;
        html! {
            input type="hidden" name=(CHALLENGE_PART) value=(self.challenge);
            input type="hidden" name=(NONCE_PART) value="";
            p.hint {
                (lang.pick(
                    "最近有人多次输入错误的查询码。为防止猜码，提交时您的设备会先计算几秒钟。",
                    "Many wrong codes were tried. To keep codes from being guessed, your device calculates for some seconds before sending.",
                ))
            }
            p #proof-working role="status" hidden { (lang.pick("正在计算，请稍候……", "Calculating, one moment…")) }
            noscript {
                p.error {
                    @match lang {
                        Lang::Zh => { "您的浏览器未启用脚本，请在 " (minutes) " 分钟后再试，或拨打 12315。" }
                        Lang::En => { "Your browser runs no script: come back in " (minutes) " minutes, or call 12315." }
                    }
                }
            }
        }
    }

    /// The script, after the form.
    pub(super) fn script(&self) -> Markup {
        html! { script { (PreEscaped(SCRIPT)) } }
    }
}

/// The policy of the page with the script: the page's own, and this one script by its digest.
pub(super) fn policy() -> String {
    let digest = STANDARD.encode(sha256(SCRIPT.as_bytes()).bytes());
    format!(
        "{}; script-src 'sha256-{digest}'",
        crate::security::PAGE_POLICY
    )
}

/// The proof that came with a form, if one did; one that cannot be read counts as none.
pub(super) fn sent(pairs: &[(String, String)]) -> Option<Proof> {
    let part = |name| pairs.iter().find(|(found, _)| found == name);
    let (_, challenge) = part(CHALLENGE_PART)?;
    let (_, nonce) = part(NONCE_PART)?;
    Proof::parse(challenge, nonce).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_the_script_of_the_page_and_no_other() {
        let policy = policy();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
        let page = html! { (ProofForm { challenge: "a.1.16.b".to_owned(), bits: 16, wait_seconds: 61 }.script()) };
        let page = page.into_string();
        let script = page
            .strip_prefix("<script>")
            .and_then(|rest| rest.strip_suffix("</script>"))
            .unwrap();
        let digest = STANDARD.encode(sha256(script.as_bytes()).bytes());
        assert!(policy.contains(&digest));
        assert!(!script.contains("</"), "the script ends where it ends");
    }

    #[test]
    fn readers_without_script_are_told_when_to_come_back() {
        let form = ProofForm {
            challenge: "\"<b>".to_owned(),
            bits: 16,
            wait_seconds: 61,
        };
        let zh = form.parts(Lang::Zh).into_string();
        assert!(zh.contains("2 分钟后") && zh.contains("value=\"&quot;&lt;b&gt;\""));
        assert!(form.parts(Lang::En).into_string().contains("in 2 minutes"));
    }
}
