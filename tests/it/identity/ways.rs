//! The ways by which somebody files over the wire, and what is entered on them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_demo::fixtures::merchant_code;
use liangxin_tests::contract::operation;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_tests::tus::Tus;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use uuid::Uuid;

use super::forms::Search;
use super::kept::Kept;

/// What a phone calls a photo.
pub(super) const FILE_NAME: &str = "尉迟无痕的照片.jpg";

/// From where a reporter comes back (RFC 5737).
const ADDRESS: &str = "198.51.100.177";
/// What he says then, and what he tries.
const ANSWER: &str = "那天穿墨绿雨衣的是我表妹。";
const WRONG_PASSWORD: &str = "not-the-password-of-zhou";

/// What somebody types into a form that comes back, and what the next one types into a form that is taken.
const TYPED: [[(&str, &str); 5]; 2] = [
    [
        ("settled_weight", "不知道"),
        ("story", "买了四斤五花肉，穿紫围裙的金丝雀都看见了。"),
        ("email", "canary8@mail.example"),
        ("name", "尉迟无8痕"),
        ("phone", "13900139018"),
    ],
    [
        ("settled_weight", "4"),
        ("story", "买了四斤五花肉，复称只有1850克。"),
        ("email", "canary9@mail.example"),
        ("name", "尉迟无9痕"),
        ("phone", "13900139019"),
    ],
];

/// What somebody entered, or was given.
#[derive(Default)]
pub(super) struct Secrets {
    /// What nobody else may have.
    secret: Vec<String>,
    /// What of it somebody could try: names, numbers, addresses, passwords. What a machine drew is not among it: its keyed hash
    /// is how it is known again.
    guessable: Vec<String>,
    /// What the database tells whoever may read it, and nothing else does.
    told: Vec<String>,
}

impl Secrets {
    pub(super) fn add(&mut self, secret: &str) {
        self.secret.push(secret.to_owned());
    }

    /// A secret of a space so small that somebody with the key tries all of it.
    pub(super) fn add_guessable(&mut self, secret: &str) {
        self.guessable.push(secret.to_owned());
        self.add(secret);
    }

    /// Words for whoever reads the matter, or one's own account.
    pub(super) fn add_told(&mut self, words: &str) {
        self.told.push(words.to_owned());
    }

    /// A receipt code, with and without the marks between its groups.
    pub(super) fn add_code(&mut self, code: &str) {
        self.add(code);
        self.add(&code.replace('-', ""));
    }

    pub(super) fn add_receipt(&mut self, receipt: &Value) {
        self.add_code(receipt["receiptCode"].as_str().unwrap());
        if let Some(token) = receipt["uploadToken"].as_str() {
            self.add(token);
        }
    }

    pub(super) fn add_person(&mut self, person: &Value) {
        for value in person.as_object().unwrap().values() {
            self.add_guessable(value.as_str().unwrap());
        }
    }

    pub(super) fn all(&self) -> Vec<&str> {
        self.secret.iter().map(String::as_str).collect()
    }

    pub(super) fn guessable(&self) -> Vec<&str> {
        self.guessable.iter().map(String::as_str).collect()
    }

    /// Nothing of it stands where it may not.
    pub(super) fn assert_kept(&self, kept: &Kept) {
        let told: Vec<_> = self.told.iter().map(String::as_str).collect();
        let (secret, told) = (Search::of(&self.all()), Search::of(&told));
        for (place, bytes) in kept {
            assert_eq!(secret.find(bytes), None, "in {place}");
            if !is_database(place) {
                assert_eq!(told.find(bytes), None, "in {place}");
            }
        }
    }
}

/// Whether a place is the database: its dump, or one of its files.
fn is_database(place: &str) -> bool {
    place == "the dump" || place.starts_with('/')
}

/// A reporter comes back from a network address that a proxy tells: answers, sends another photo by a new token, and mistypes
/// the password of an account that is not his own.
pub(super) async fn come_back(
    server: &Server,
    secrets: &mut Secrets,
    (code, ids): (&str, [Uuid; 4]),
) {
    let [question, answer, more, photo] = ids;
    let ask = async |name: &str, variables: Value| {
        let sent = server.graphql(&operation(name), &variables);
        let sent = sent.header("X-Forwarded-For", ADDRESS).send().await;
        sent.unwrap().json::<Value>().await.unwrap()["data"].clone()
    };
    let said = json!({ "input": { "id": answer, "receiptCode": code, "questionId": question, "text": ANSWER } });
    let said = ask("AnswerQuestion", said).await;
    assert_eq!(said["answerQuestion"]["problems"], json!([]));
    let photos = json!([pictures::declared(photo, pictures::stall())]);
    let more = json!({ "input": { "id": more, "receiptCode": code, "photos": photos } });
    let added = ask("AddReportPhotos", more).await;
    let token = added["addReportPhotos"]["uploadToken"].as_str().unwrap();
    Tus::new(&server.url, token)
        .send(photo, pictures::stall())
        .await
        .unwrap();
    let wrong = json!({ "input": { "email": "zhou@tianxin.example", "password": WRONG_PASSWORD,
        "deviceName": "phone" } });
    let wrong = ask("SignIn", wrong).await;
    assert_eq!(wrong["signIn"]["problems"][0]["code"], "BAD_CREDENTIALS");
    secrets.add(token);
    secrets.add_guessable(ADDRESS);
    secrets.add_guessable(WRONG_PASSWORD);
    secrets.add_told(ANSWER);
}

/// Sends one photo, and half of another one under a name that tells who sends it, by tus.
pub(super) async fn send_photos(server: &Server, token: &str, (whole, half): (Uuid, Uuid)) {
    let phone = Tus::new(&server.url, token);
    phone.send(whole, pictures::scale()).await.unwrap();
    let bytes = pictures::stall();
    let names = format!(
        "id {},filename {}",
        STANDARD.encode(half.to_string()),
        STANDARD.encode(FILE_NAME)
    );
    let begun = server
        .post("/uploads")
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", bytes.len())
        .header("Upload-Metadata", names)
        .bearer_auth(token);
    let begun = begun.send().await.unwrap();
    assert_eq!(begun.status(), 201);
    let path = begun.headers()["location"].to_str().unwrap();
    let sent = phone.patch(path, 0, &bytes[..bytes.len() / 2]).await;
    assert_eq!(sent.unwrap().offset, Some(bytes.len() / 2));
}

/// The value of a hidden input.
fn hidden(html: &str, name: &str) -> String {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}: {html}"));
    rest.split('"').next().unwrap().to_owned()
}

/// A browser without script sends a form with a photo and a wrong answer, so that the photo waits; and then one that is
/// taken.
pub(super) async fn by_page(server: &Server, secrets: &mut Secrets) {
    for (typed, status) in TYPED.iter().zip([422, 200]) {
        let answer = send_form(server, typed, secrets).await;
        assert_eq!(answer.status(), status);
        let answer = answer.text().await.unwrap();
        for (_, secret) in &typed[2..] {
            secrets.add_guessable(secret);
        }
        if status == 422 {
            secrets.add(typed[1].1);
            continue;
        }
        let (_, code) = answer.split_once("<p class=\"code\">").unwrap();
        let (code, _) = code.split_once("</p>").unwrap();
        let code = code.replace("<span>", "").replace("</span>", "");
        secrets.add_code(&code.replace(' ', ""));
    }
}

async fn send_form(
    server: &Server,
    typed: &'static [(&str, &str)],
    secrets: &mut Secrets,
) -> reqwest::Response {
    let path = format!("/report?m={}", merchant_code("tianxin-stall-17"));
    let shown = server.get(&path).send().await.unwrap();
    let shown = shown.text().await.unwrap();
    secrets.add(&hidden(&shown, "secret"));
    let mut form = Form::new();
    for name in ["id", "secret", "merchant", "division"] {
        form = form.text(name, hidden(&shown, name));
    }
    let same = [
        ("goods", "五花肉"),
        ("unit_price", "14"),
        ("price_unit", "jin"),
        ("settled_unit", "jin"),
        ("checked_weight", "1850"),
        ("checked_unit", "g"),
        ("happened_at", "2026-11-23T08:20"),
    ];
    for (name, value) in same.iter().chain(typed) {
        form = form.text(*name, *value);
    }
    let photo = Part::bytes(pictures::scale().to_vec()).file_name(FILE_NAME);
    let sent = server.post("/report").multipart(form.part("photo", photo));
    sent.send().await.unwrap()
}

/// The search finds what is there: a number of a report in the dump, and a photo among the objects.
pub(super) fn assert_searched(kept: &Kept) {
    for (place, there) in [
        ("the dump", b"JB-430103-2026-".as_slice()),
        ("the object", &pictures::stall()[..64]),
        ("the log", b"FileReport"),
    ] {
        let found = kept.iter().any(|(name, bytes)| {
            name.starts_with(place) && bytes.windows(there.len()).any(|found| found == there)
        });
        assert!(found, "nothing was looked for in {place}");
    }
}
