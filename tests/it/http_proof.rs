//! The brake on receipt codes as a browser meets it: the page with the script, and the form as the script sends it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_app::app::sha256;
use liangxin_domain::receipts::proof::leading_zero_bits;
use liangxin_domain::reports::receipt::ReceiptCode;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;

/// Crockford's base 32, as receipt codes are written.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A page as it came: status, policy, text.
struct Page {
    status: u16,
    policy: String,
    html: String,
}

async fn track(server: &Server, form: &[(&str, &str)]) -> Page {
    let pairs: Vec<_> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let sent = server
        .post("/track?lang=en")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(pairs.join("&"));
    let answer = sent.send().await.unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    Page {
        status: answer.status().as_u16(),
        policy,
        html: answer.text().await.unwrap(),
    }
}

/// A well-formed code that nobody has and that begins like another.
fn neighbour(code: &str, n: u8) -> String {
    let mut bytes = [n; 18];
    for (byte, c) in bytes.iter_mut().zip(code.chars().take(4)) {
        *byte = u8::try_from(ALPHABET.find(c).unwrap()).unwrap();
    }
    ReceiptCode::from_bytes(bytes).plain()
}

/// What stands between two marks of a page.
fn between<'a>(html: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = html
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before}: {html}"));
    rest.split_once(after).unwrap().0
}

/// Does what the script of the page does.
fn solve(html: &str) -> (String, String) {
    let challenge = between(html, "name=\"challenge\" value=\"", "\"").to_owned();
    let bits: u64 = between(html, "data-bits=\"", "\"").parse().unwrap();
    let is_enough = |nonce: &u64| {
        let digest = sha256(format!("{challenge}:{nonce}").as_bytes());
        u64::from(leading_zero_bits(&digest.bytes()[..])) >= bits
    };
    let nonce = (0..).find(is_enough).unwrap();
    (challenge, nonce.to_string())
}

#[tokio::test]
async fn behind_the_brake_the_page_brings_its_script_and_a_solved_form_opens_the_report() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let server = Server::start(&app, Mode::Production).await;
        let calm = server.get("/track?lang=en").send().await.unwrap();
        let policy = calm.headers()["content-security-policy"].to_str().unwrap();
        assert!(!policy.contains("script-src"), "{policy}");
        for n in 0..5 {
            let wrong = neighbour(&code, n);
            assert_eq!(track(&server, &[("code", &wrong)]).await.status, 404);
        }
        let braked = track(&server, &[("code", &code)]).await;
        assert_eq!(braked.status, 429);
        let script = between(&braked.html, "<script>", "</script>");
        let digest = STANDARD.encode(sha256(script.as_bytes()).bytes());
        assert!(
            braked
                .policy
                .contains(&format!("script-src 'sha256-{digest}'")),
            "{}",
            braked.policy
        );
        assert!(!braked.policy.contains("unsafe"));
        assert_eq!(braked.html.matches("<script").count(), 1);
        assert!(braked.html.contains("<noscript>"));
        let (challenge, nonce) = solve(&braked.html);
        let solved = [
            ("challenge", &*challenge),
            ("nonce", &nonce),
            ("code", &code),
        ];
        let opened = track(&server, &solved).await;
        assert_eq!(opened.status, 200, "{}", opened.html);
        assert!(opened.html.contains("Report number") && !opened.html.contains("<script"));
        let again = track(&server, &solved).await;
        assert_ne!(again.status, 200, "a proof is good once");
        app.drain_jobs().await;
    })
    .await;
}
