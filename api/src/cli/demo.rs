//! `liangxin demo`.

use super::serve::{self, People, Running};
use crate::config::Settings;
use anyhow::Context as _;
use liangxin_demo::{self as demo, console::Console, fixtures};
use liangxin_domain::refusal::Lang;

/// What happens after the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// The program ends.
    Stop,
    /// The server goes on until somebody stops it.
    Serve,
}

/// Starts a server with the fixtures, plays the story against it over HTTP, and keeps serving.
pub(super) async fn run(settings: Settings, then: Then) -> anyhow::Result<()> {
    let settings = match then {
        // A port that is taken by the demo in another window must not fail a test run.
        Then::Stop => settings.or(Settings {
            listen: Some("127.0.0.1:0".to_owned()),
            ..Settings::default()
        }),
        Then::Serve => settings,
    };
    let config = super::for_fixtures(settings, "liangxin-demo")?;
    let running = serve::start(&config, People::Fixtures).await?;
    println!("listening on {}", running.url);
    let mails = match config.smtp_url {
        None => Some(config.data.join("mail").display().to_string()),
        Some(_) => None,
    };
    let Running {
        app, url, handle, ..
    } = &running;
    let (url, handle) = (url.clone(), handle.clone());
    let seed = u64::from_be_bytes(app.ids.bytes());
    // The server has to answer while the story is played.
    let served = tokio::task::spawn_local(running.wait());
    let mut console = Console::new(std::io::stdout());
    let played = demo::play(&url, seed, Lang::En, mails.as_deref(), &mut console).await;
    if then == Then::Stop || played.is_err() {
        handle.stop(true).await;
        served.await.context("the server was lost")??;
        return played.context("the story failed");
    }
    print_doors(&url);
    served.await.context("the server was lost")?
}

fn print_doors(url: &str) {
    println!("\nStill serving; Ctrl-C stops it.");
    println!("  Home            {url}/");
    println!(
        "  Report          {url}/report?m={}",
        fixtures::merchant_code("tianxin-stall-17")
    );
    println!("  Track           {url}/track");
    println!(
        "  Rating page     {url}/m/{}",
        fixtures::merchant_code("tianxin-stall-17")
    );
    println!("  GraphiQL        {url}/graphiql");
    println!("\nSign in with the password `{}` as", fixtures::PASSWORD);
    for (key, what) in [
        ("lin", "intake officer"),
        ("zhou", "inspector"),
        ("tang", "inspector"),
        ("deng", "case officer"),
        ("xiao", "legal auditor"),
        ("he", "head"),
        ("luo", "reward officer"),
        ("wu", "merchant"),
    ] {
        if let Ok(email) = fixtures::email_of(key) {
            println!("  {what:<15} {}", email.as_str());
        }
    }
}
