//! Those who send too much, too little, or what is not what it says.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::{join_all, try_join_all};
use liangxin_demo::fixtures::merchant_code;
use liangxin_tests::pictures;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, StatusCode};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// How long an answer to a form is waited for.
const PATIENCE: Duration = Duration::from_secs(300);

/// After what time a form is reset.
const RESET_AFTER: Duration = Duration::from_millis(120);

/// What a citizen typed into the form.
const ANSWERS: [(&str, &str); 8] = [
    ("goods", "五花肉"),
    ("unit_price", "14"),
    ("price_unit", "jin"),
    ("settled_weight", "4"),
    ("settled_unit", "jin"),
    ("checked_weight", "1850"),
    ("checked_unit", "g"),
    ("story", "买了四斤五花肉，复称只有1850克。"),
];

/// All of them.
pub struct Senders {
    http: Client,
    url: String,
    page: String,
    noise: Vec<u8>,
    deep: Vec<u8>,
    addresses: AtomicU16,
}

impl Senders {
    /// They send to the program at an address.
    pub fn new(url: &str) -> anyhow::Result<Self> {
        Ok(Self {
            http: Client::builder().no_proxy().timeout(PATIENCE).build()?,
            url: url.to_owned(),
            page: format!(
                "{url}/report?m={}",
                merchant_code("tianxin-stall-17").as_str()
            ),
            noise: pictures::noise()?,
            deep: pictures::deep()?,
            addresses: AtomicU16::new(0),
        })
    }

    /// Bodies that are small and packed, four at once on two routes.
    pub async fn packed(&self) -> anyhow::Result<String> {
        let bomb = include_bytes!("../../../bombs/spaces.br");
        let routes = ["/graphql", "/track"].into_iter().cycle().take(8);
        let sent = routes.map(async |route| {
            let request = self.http.post(format!("{}{route}", self.url));
            let request = request
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "br")
                .body(bomb.as_slice());
            said(request.send().await)
        });
        Ok(tally(join_all(sent).await))
    }

    /// Pictures of a few bytes that claim to be large, ten a form.
    pub async fn claims(&self) -> anyhow::Result<String> {
        let claim = pictures::claims_99_megapixels();
        let sent = (0..10).map(|_| self.send(&claim, 10));
        Ok(tally(try_join_all(sent).await?))
    }

    /// Pictures that are packed well and want a lot.
    pub async fn deep(&self) -> anyhow::Result<String> {
        let sent = (0..10).map(|_| self.send(&self.deep, 1));
        Ok(tally(try_join_all(sent).await?))
    }

    /// Forms whose sender is gone before the answer.
    pub async fn resets(&self) -> anyhow::Result<String> {
        let sent = (0..8).map(async |_| {
            let form = self.form(&self.deep, 4).await?;
            let request = self.post().multipart(form);
            let sent = request.timeout(RESET_AFTER).send().await;
            Ok::<_, anyhow::Error>(said(sent))
        });
        let answers = tally(try_join_all(sent).await?);
        // What was begun for them may go on for a while.
        tokio::time::sleep(Duration::from_secs(3)).await;
        Ok(answers)
    }

    /// Forms as large as they may be.
    pub async fn forms(&self) -> anyhow::Result<String> {
        let sent = (0..20).map(|_| self.send(&self.noise, 4));
        Ok(tally(try_join_all(sent).await?))
    }

    /// Forms that bring most of their photos and then nothing; they are held until they are dropped.
    pub async fn stall(&self) -> anyhow::Result<Vec<TcpStream>> {
        let address = self.url.trim_start_matches("http://").to_owned();
        let begun = (0..10).map(async |_| {
            let mut stream = TcpStream::connect(&address).await?;
            let head = format!(
                "POST /report HTTP/1.1\r\nHost: {address}\r\nContent-Length: 99000000\r\n\
                 Content-Type: multipart/form-data; boundary=x\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await?;
            let part =
                "--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"1.png\"\r\n\r\n";
            for _ in 0..3 {
                stream.write_all(part.as_bytes()).await?;
                stream.write_all(&self.noise).await?;
                stream.write_all(b"\r\n").await?;
            }
            stream.write_all(part.as_bytes()).await?;
            // Whoever was refused meanwhile is held as well.
            let _ = stream.write_all(&self.noise[..15_000_000]).await;
            Ok::<_, std::io::Error>(stream)
        });
        let begun: Vec<_> = join_all(begun).await.into_iter().flatten().collect();
        tokio::time::sleep(Duration::from_secs(2)).await;
        Ok(begun)
    }

    async fn send(&self, photo: &[u8], photos: usize) -> anyhow::Result<String> {
        let form = self.form(photo, photos).await?;
        let request = self.post();
        let answer = request.header("Accept-Language", "en").multipart(form);
        match answer.send().await {
            Ok(answer) if answer.status() == StatusCode::UNPROCESSABLE_ENTITY => {
                Ok(format!("422 ({})", complaint(&answer.text().await?)))
            }
            answer => Ok(said(answer)),
        }
    }

    /// Begins to send a form, from an address of its own.
    fn post(&self) -> RequestBuilder {
        let [high, low] = self.addresses.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let request = self.http.post(format!("{}/report", self.url));
        request.header("X-Forwarded-For", format!("10.1.{high}.{low}"))
    }

    /// A form as a browser sends it.
    async fn form(&self, photo: &[u8], photos: usize) -> anyhow::Result<Form> {
        let shown = self.http.get(&self.page).send().await?.text().await?;
        let mut form = Form::new();
        for name in ["id", "secret", "merchant", "division"] {
            form = form.text(name, hidden(&shown, name)?);
        }
        for (name, value) in ANSWERS {
            form = form.text(name, value);
        }
        form = form.text("happened_at", "2026-11-23T08:20");
        for _ in 0..photos {
            form = form.part(
                "photo",
                Part::bytes(photo.to_vec()).file_name("IMG_0001.png"),
            );
        }
        Ok(form)
    }
}

/// The value of a hidden input.
fn hidden(html: &str, name: &str) -> anyhow::Result<String> {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .with_context(|| format!("the form has no {name}"))?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

/// What a form is sent back with, in some words.
fn complaint(page: &str) -> String {
    let alert = page
        .split_once("role=\"alert\"")
        .map_or("", |(_, rest)| rest);
    let mut words = String::new();
    for piece in alert.split('<').take(12) {
        if let Some((_, text)) = piece.split_once('>') {
            words.push_str(text.trim());
            words.push(' ');
        }
    }
    let words: Vec<_> = words.split_whitespace().take(20).collect();
    words.join(" ")
}

fn said(answer: Result<reqwest::Response, reqwest::Error>) -> String {
    match answer {
        Ok(answer) => answer.status().as_u16().to_string(),
        Err(error) if error.is_timeout() => "gone".to_owned(),
        Err(_) => "cut".to_owned(),
    }
}

/// How often each answer came.
fn tally(answers: Vec<String>) -> String {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for answer in answers {
        *times.entry(answer).or_default() += 1;
    }
    let times = times
        .iter()
        .map(|(answer, times)| format!("{times} x {answer}"));
    times.collect::<Vec<_>>().join(", ")
}
