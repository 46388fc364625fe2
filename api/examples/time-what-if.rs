//! Times what a change of law costs: opens periods in an embedded database, asks what they would be
//! under other rows, and prints the seconds: `cargo run --release --example time-what-if -- 10000`.

use std::time::Instant;

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use liangxin::{
    boot::{self, Opening},
    config::Settings,
};
use liangxin_app::{
    ports::clock::Clock,
    store::law::RunsOn,
    usecase::law::{apply, retime},
};
use liangxin_domain::{actor::Actor, id::CaseId, law::effect::ClockEffect};

/// How many periods one transaction opens.
const BATCH: usize = 500;

#[expect(clippy::print_stdout, reason = "it is there to print")]
#[actix_web::main]
async fn main() -> Result<()> {
    let clocks: usize = match std::env::args().nth(1) {
        Some(number) => number.parse().context("how many periods")?,
        None => 10_000,
    };
    let data = std::env::temp_dir().join(format!("liangxin-what-if-{}", std::process::id()));
    let settings = Settings {
        data: Some(data.clone()),
        ..Settings::default()
    };
    let config = settings.check()?;
    let app = boot::open(&config, Clock::System, String::new(), Opening::Migrate).await?;
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).context("a day of the calendar")?;
    let began = Instant::now();
    for batch in 0..clocks.div_ceil(BATCH) {
        let work = app.work(&Actor::System).await?;
        for n in (batch * BATCH..clocks).take(BATCH) {
            let on = RunsOn::Case(CaseId::new(app.ids.uuid(app.now())));
            let opened_on = first + Days::new(u64::try_from(n % 240)?);
            let rule = "P-DECIDE";
            let start = ClockEffect::Start { rule, opened_on };
            apply(&app, &work, on, &[start]).await?;
        }
        work.commit().await?;
    }
    println!("{clocks} periods opened in {:.2?}", began.elapsed());
    let part = include_str!("../domain/law/deadlines.toml").replace("length = 90", "length = 60");
    let edition = app.law.deadlines.with_part(&part)?;
    let began = Instant::now();
    let found = retime(&app, &edition).await?;
    println!(
        "{} periods timed anew in {:.2?}, {} of them change",
        found.open,
        began.elapsed(),
        found.changed.len()
    );
    std::fs::remove_dir_all(data)?;
    Ok(())
}
