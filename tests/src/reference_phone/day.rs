//! Days of two officers on two visits: what they do, what happens to their phones, and when there is a line.

use anyhow::ensure;
use liangxin_demo::fixtures::{instrument_id, merchant_id, user_id};
use serde_json::json;
use uuid::Uuid;

use super::clock::seconds;
use super::diary::{Diary, Site};
use super::line::Quality;
use super::{Phone, model};
use crate::app::TestApp;
use crate::chance::Chance;
use crate::flow::{Flow, Step};

/// As much happens before the last evening.
const EVENTS: u64 = 70;

/// As often the phones send on a good line until everything has to be taken.
const EVENINGS: usize = 12;

const OFFICERS: [&str; 2] = ["zhou", "tang"];

/// Plays the days of a seed; an error says what is not as the model has it.
pub async fn play(app: &TestApp, seed: u64) -> anyhow::Result<()> {
    let mut chance = Chance::of(seed);
    let sites = sent(app).await?;
    let mut phones = Vec::new();
    let mut diaries = Vec::new();
    for who in OFFICERS {
        phones.push(Phone::new(app, who, chance.branch()).await?);
        diaries.extend(sites.map(|site| Diary::new(who, site)));
    }
    for _ in 0..EVENTS {
        let which: usize = chance.pick(&[0, 1]);
        let visit: usize = chance.pick(&[0, 1]);
        let phone = &mut phones[which];
        let diary = &mut diaries[2 * which + visit];
        Box::pin(happens(app, phone, diary)).await?;
        app.advance(seconds(chance.between(1, 3_600)));
    }
    Box::pin(evening(app, &mut phones, &mut diaries)).await?;
    Box::pin(model::check(app, &mut phones, &diaries)).await?;
    app.drain_jobs().await;
    Ok(())
}

/// Both are sent: on a report, and on a round.
async fn sent(app: &TestApp) -> anyhow::Result<[Site; 2]> {
    let flow = Box::pin(Flow::after(app, Step::DispatchVisit)).await;
    let input = json!({ "input": {
        "id": app.new_id(),
        "origin": { "patrol": "节前市场秤具巡查" },
        "merchantId": merchant_id("tianxin-stall-05").uuid(),
        "inspectorIds": OFFICERS.map(|who| user_id(who).uuid()),
    } });
    let lin = app.as_("lin");
    let sent = lin.run("DispatchInspection", input).await.ok();
    let round: Uuid = sent.text("dispatchInspection.visit.id").parse()?;
    app.advance(seconds(60));
    app.drain_jobs().await;
    let site = |visit, scale| Site {
        visit,
        scale: instrument_id(scale).uuid(),
    };
    Ok([
        site(flow.visit(), "tianxin-stall-17-scale"),
        site(round, "tianxin-stall-05-scale"),
    ])
}

/// Something happens to a phone or to its officer.
async fn happens(app: &TestApp, phone: &mut Phone, diary: &mut Diary) -> anyhow::Result<()> {
    match phone.chance.between(0, 20) {
        0 => phone.start_anew().await,
        1 => phone.kill().await,
        2 => {
            phone.clocks.set(&mut phone.chance);
            Ok(())
        }
        3 => {
            // Most are back in the evening, some after the days for which the server waits for what is missing.
            let hours = phone.chance.pick(&[6, 6, 12, 30, 24 * 6]);
            let silence = seconds(phone.chance.between(3_600, hours * 3_600 + 1));
            phone.silent_until = app.now() + silence;
            app.advance(silence / 2);
            app.drain_jobs().await;
            Ok(())
        }
        4 => {
            phone.line.deliver_stray().await;
            Ok(())
        }
        5..=9 => phone.sync().await,
        _ => phone.work(diary).await,
    }
}

/// Everything is done and sent, also what was given up on the way.
async fn evening(app: &TestApp, phones: &mut [Phone], diaries: &mut [Diary]) -> anyhow::Result<()> {
    for (which, diary) in diaries.iter_mut().enumerate() {
        phones[which / 2].finish(diary).await?;
    }
    for phone in phones.iter_mut() {
        phone.quality = Quality::Good;
        phone.silent_until = app.now();
    }
    for _ in 0..EVENINGS {
        let mut is_done = true;
        for phone in phones.iter_mut() {
            phone.sync().await?;
        }
        app.drain_jobs().await;
        app.advance(seconds(120));
        for phone in phones.iter() {
            is_done &= phone.outbox.is_empty().await?;
        }
        if is_done {
            break;
        }
    }
    for phone in phones.iter_mut() {
        let left = phone.outbox.unsent().await?;
        let is_empty = phone.outbox.is_empty().await?;
        ensure!(is_empty, "{} still has photos or {left:?}", phone.who);
        while phone.line.deliver_stray().await {}
    }
    app.drain_jobs().await;
    Ok(())
}
