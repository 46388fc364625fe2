//! The report form warns of what tells who somebody is, and asks for a claim password.

use liangxin_demo::fixtures::merchant_code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::multipart::{Form, Part};

const ID_NUMBER: &str = "11010519491231002X";

/// A form of which everything is in order but what a test puts in.
async fn send(server: &Server, shown: &str, lang: &str, more: &[(&str, &str)]) -> (u16, String) {
    let mut answers = vec![
        ("goods", "五花肉"),
        ("unit_price", "28"),
        ("price_unit", "kg"),
        ("settled_weight", "2000"),
        ("settled_unit", "g"),
        ("checked_weight", "1850"),
        ("checked_unit", "g"),
        ("happened_at", "2026-11-23T08:20"),
        ("story", "复称只有1850克。"),
    ];
    let mut file_name = "IMG_0001.jpg";
    for (name, value) in more {
        answers.retain(|(found, _)| found != name);
        match *name {
            "file" => file_name = value,
            name => answers.push((name, value)),
        }
    }
    let hidden = ["id", "secret", "merchant", "division"];
    let mut form = Form::new();
    for name in hidden {
        form = form.text(name.to_owned(), value_of(shown, name));
    }
    for (name, value) in answers {
        form = form.text(name.to_owned(), value.to_owned());
    }
    let photo = Part::bytes(pictures::scale().to_vec()).file_name(file_name.to_owned());
    let sent = server
        .post(&format!("/report?lang={lang}"))
        .multipart(form.part("photo", photo));
    let answer = sent.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The value of an input of the form.
fn value_of(html: &str, name: &str) -> String {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}: {html}"));
    rest.split('"').next().unwrap().to_owned()
}

async fn empty_form(server: &Server) -> String {
    let path = format!("/report?m={}", merchant_code("tianxin-stall-17"));
    let asked = server.get(&path).send().await.unwrap();
    asked.text().await.unwrap()
}

async fn nothing_was_filed(app: &TestApp) {
    for table in ["report", "photo", "command", "job"] {
        assert_eq!(count(&app.parts().db, table, "1 = 1").await, 0, "{table}");
    }
    assert_eq!(app.parts().objects.count(), 0);
}

#[tokio::test]
async fn what_tells_who_somebody_is_comes_back_with_field_and_kind_in_both_languages() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let file = format!("{ID_NUMBER}.jpg");
        let more = [
            ("story", "打13800138000找我，复称只有1850克。"),
            ("place", "我的邮箱 chen@mail.example"),
            ("goods", "卡号4111 1111 1111 1111"),
            ("file", &file),
        ];
        for (lang, told) in [
            (
                "zh",
                [
                    "经过：好像含有手机号码",
                    "地点：好像含有电子邮箱",
                    "商品：好像含有银行卡号",
                    "第 1 张的文件名好像含有身份证号码",
                    "仍要这样提交",
                ],
            ),
            (
                "en",
                [
                    "What happened: seems to hold a mobile phone number",
                    "Place: seems to hold an e-mail address",
                    "Goods: seems to hold a bank card number",
                    "the file name of photo 1 seems to hold an ID number",
                    "I want to send it like this",
                ],
            ),
        ] {
            let (status, back) = send(&server, &shown, lang, &more).await;
            assert_eq!(status, 422, "{lang}");
            for words in told {
                assert!(back.contains(words), "{words}: {back}");
            }
            assert!(back.contains("打13800138000找我"), "what was typed is kept");
            assert!(!back.contains(ID_NUMBER), "the file's name is not");
            nothing_was_filed(&app).await;
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_agrees_sends_it_as_it_is_and_is_asked_again_about_something_new() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let story = ("story", "打13800138000找我。");
        let (_, back) = send(&server, &shown, "en", &[story]).await;
        let consent = value_of(&back, "send_personal");
        let agreed = ("send_personal", consent.as_str());
        let more = [("place", "chen@mail.example"), story, agreed];
        let (status, again) = send(&server, &back, "en", &more).await;
        assert_eq!(status, 422);
        assert!(
            !again.contains(
                "name=\"send_personal\" value=\"place:email story:mobile_phone\" checked"
            )
        );
        nothing_was_filed(&app).await;
        // Another mistake does not lose the consent, and the consent does not hide the mistake.
        let wrong = [("unit_price", "many"), story, agreed];
        let (status, again) = send(&server, &back, "en", &wrong).await;
        assert_eq!(status, 422);
        assert!(again.contains("value=\"story:mobile_phone\" checked"));
        nothing_was_filed(&app).await;
        let (status, receipt) = send(&server, &back, "en", &[story, agreed]).await;
        assert_eq!(status, 200, "{receipt}");
        assert_eq!(count(&app.parts().db, "report", "1 = 1").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_claim_password_comes_back_with_the_form_and_is_kept_as_a_hash() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        assert!(
            shown.contains("type=\"password\"") && shown.contains("autocomplete=\"new-password\"")
        );
        let (status, back) = send(&server, &shown, "en", &[("claim_password", "short7")]).await;
        assert_eq!(status, 422);
        assert!(
            back.contains("#claim_password") && back.contains("short7"),
            "{back}"
        );
        nothing_was_filed(&app).await;
        let chosen = ("claim_password", "three blue scales");
        let mistake = [chosen, ("unit_price", "many")];
        let (_, back) = send(&server, &shown, "en", &mistake).await;
        assert!(back.contains("name=\"claim_password\" value=\"three blue scales\""));
        let (status, receipt) = send(&server, &back, "en", &[chosen]).await;
        assert_eq!(status, 200, "{receipt}");
        assert!(!receipt.contains("three blue scales"));
        let hashed = "password_hash LIKE '$argon2id$%'";
        assert_eq!(count(&app.parts().db, "claim_secret", hashed).await, 1);
        app.drain_jobs().await;
    })
    .await;
}
