//! The receipt in a browser that goes back, reloads and changes the language.

use chrono::TimeDelta;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::Response;
use reqwest::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE};

use super::{ANSWERS, form, page, receipt_code, reported};

/// A browser that keeps what it is told to.
struct Browser<'a> {
    server: &'a Server,
    /// Where each is sent, its name and its value.
    cookies: Vec<(String, String, String)>,
}

impl<'a> Browser<'a> {
    /// One that looks at the empty form.
    async fn at_the_form(server: &'a Server) -> (Self, String) {
        let mut browser = Self {
            server,
            cookies: Vec::new(),
        };
        let answer = server.get(&form_path()).header("Accept-Language", "en");
        let answer = answer.send().await.unwrap();
        browser.keep(&answer);
        (browser, answer.text().await.unwrap())
    }

    /// Sends the form and keeps what the answer says.
    async fn send(&mut self, shown: &str) -> Response {
        let sent = form(shown, &ANSWERS, &[pictures::scale()]);
        let sent = self.server.post("/report").multipart(sent);
        let sent = sent.header("Accept-Language", "en");
        let answer = sent
            .header(COOKIE, self.kept("/report"))
            .send()
            .await
            .unwrap();
        self.keep(&answer);
        answer
    }

    async fn open(&self, path: &str) -> Response {
        let asked = self.server.get(path).header("Accept-Language", "en");
        asked.header(COOKIE, self.kept(path)).send().await.unwrap()
    }

    /// Presses the button that takes the receipt away.
    async fn forget(&mut self, path: &str) -> Response {
        let pressed = self.server.post(path).header(COOKIE, self.kept(path));
        let answer = pressed.send().await.unwrap();
        self.keep(&answer);
        answer
    }

    /// What is sent to this address.
    fn kept(&self, path: &str) -> String {
        let path = path.split('?').next().unwrap();
        let here = self
            .cookies
            .iter()
            .filter(|(where_to, ..)| where_to == path);
        let pairs = here.map(|(_, name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn keep(&mut self, answer: &Response) {
        for line in answer.headers().get_all(SET_COOKIE) {
            let (pair, how) = line.to_str().unwrap().split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let how: Vec<_> = how.split("; ").collect();
            let path = how
                .iter()
                .find_map(|how| how.strip_prefix("Path="))
                .unwrap();
            self.cookies
                .retain(|(where_to, known, _)| (&**where_to, &**known) != (path, name));
            for part in &how {
                let is_known = ["HttpOnly", "SameSite=Strict", "Secure"].contains(part)
                    || ["Path=", "Max-Age=", "Expires="]
                        .iter()
                        .any(|known| part.starts_with(known));
                assert!(is_known, "{how:?}");
            }
            for part in ["HttpOnly", "SameSite=Strict", "Secure"] {
                assert!(how.contains(&part), "{how:?}");
            }
            let lasts = how.iter().find_map(|how| how.strip_prefix("Max-Age="));
            match (name, lasts) {
                (_, Some("0")) => continue,
                ("liangxin_receipt", lasts) => assert_eq!(lasts, Some("3600")),
                (_, lasts) => assert_eq!(lasts, None),
            }
            let kept = (path.to_owned(), name.to_owned(), value.to_owned());
            self.cookies.push(kept);
        }
    }
}

fn form_path() -> String {
    let stall = liangxin_demo::fixtures::merchant_code("tianxin-stall-17");
    format!("/report?m={stall}")
}

fn location(answer: &Response) -> String {
    let there = answer.headers().get(LOCATION).unwrap();
    there.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_receipt_opens_again_for_an_hour_after_back_reload_and_the_other_language() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (mut browser, shown) = Browser::at_the_form(&server).await;
        let answer = browser.send(&shown).await;
        assert_eq!(answer.status(), 303);
        let there = location(&answer);
        let receipt = format!("/receipt/{}", reported(&app, &shown));
        assert_eq!(there, format!("{receipt}?lang=en"));
        let first = browser.open(&there).await;
        assert_eq!(first.status(), 200);
        assert_eq!(first.headers()[CACHE_CONTROL], "no-store");
        let first = first.text().await.unwrap();
        let code = receipt_code(&first);
        assert!(first.contains("1 of 1 received"), "{first}");
        for path in [&*there, &format!("{receipt}?lang=zh"), &receipt] {
            let again = browser.open(path).await.text().await.unwrap();
            assert_eq!(receipt_code(&again), code);
        }
        // The same form once more, as after Back: the same report, and the way to the same receipt.
        let again = browser.send(&shown).await;
        assert_eq!((again.status().as_u16(), location(&again)), (303, there));
        app.advance(TimeDelta::minutes(59));
        assert_eq!(browser.open(&receipt).await.status(), 200);
        app.advance(TimeDelta::minutes(1));
        let over = browser.open(&receipt).await;
        assert_eq!(over.status(), 410);
        assert!(!over.text().await.unwrap().contains(&code));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_second_report_takes_nothing_from_the_receipt_of_the_first() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (mut browser, shown) = Browser::at_the_form(&server).await;
        let first = location(&browser.send(&shown).await);
        let code = receipt_code(&browser.open(&first).await.text().await.unwrap());
        let empty = browser.open(&form_path()).await;
        browser.keep(&empty);
        let second = location(&browser.send(&empty.text().await.unwrap()).await);
        assert_ne!(first, second);
        let other = receipt_code(&browser.open(&second).await.text().await.unwrap());
        assert_ne!(code, other);
        let again = browser.open(&first).await.text().await.unwrap();
        assert_eq!(receipt_code(&again), code);
        browser.forget(&first).await;
        assert_eq!(browser.open(&first).await.status(), 410);
        assert_eq!(browser.open(&second).await.status(), 200);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_is_shown_to_nobody_else_and_no_more_once_it_was_removed() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (mut browser, shown) = Browser::at_the_form(&server).await;
        browser.send(&shown).await;
        let receipt = format!("/receipt/{}", reported(&app, &shown));
        assert_eq!(page(&server, &receipt).await.0, 410);
        assert_eq!(page(&server, "/receipt/1").await.0, 410);
        let (.., kept) = browser.cookies.last().unwrap().clone();
        let mut other = kept.clone().into_bytes();
        other[20] = if other[20] == b'A' { b'B' } else { b'A' };
        let forged = [
            String::from_utf8(other).unwrap(),
            "1".to_owned(),
            "A".repeat(9_000),
        ];
        for forged in forged {
            let asked = server.get(&receipt);
            let asked = asked.header(COOKIE, format!("liangxin_receipt={forged}"));
            let status = asked.send().await.unwrap().status();
            assert!([410, 431, 400].contains(&status.as_u16()), "{status}");
        }
        // What was kept of one report opens at no other's address.
        let elsewhere = server.get(&format!("/receipt/{}", uuid::Uuid::from_u128(1)));
        let elsewhere = elsewhere.header(COOKIE, format!("liangxin_receipt={kept}"));
        assert_eq!(elsewhere.send().await.unwrap().status(), 410);
        // A form on another site presses the button, and the browser sends nothing of this one with it.
        let pressed = server.post(&receipt).send().await.unwrap();
        assert!(pressed.headers().get(SET_COOKIE).is_none());
        assert_eq!(browser.open(&receipt).await.status(), 200);
        assert_eq!(browser.forget(&receipt).await.status(), 200);
        assert_eq!(browser.open(&receipt).await.status(), 410);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_is_shown_the_code_at_once() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (mut browser, shown) = Browser::at_the_form(&server).await;
        browser.cookies.clear();
        let answer = browser.send(&shown).await;
        assert_eq!(answer.status(), 200);
        assert!(answer.headers().get(SET_COOKIE).is_none());
        let shown = answer.text().await.unwrap();
        assert!(!receipt_code(&shown).is_empty() && shown.contains("it is shown once"));
        app.drain_jobs().await;
    })
    .await;
}
