//! `liangxin verify`: nothing that is stored may have changed behind our back.

use crate::{
    boot::{self, Opening},
    config::Config,
};
use liangxin_app::{
    app::{self, App},
    ports::{clock::Clock, keys::Column},
    store::{self, check::Damaged},
};
use liangxin_domain::metrology::recompute::{Recomputed, recompute};

/// How many rows are looked at together.
const ROWS: u64 = 200;

/// Reads every row of which lists are made; reads every stored photo back and compares its digest; judges every
/// stored measurement again and compares the verdict.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let app = boot::open(&config, Clock::System, String::new(), Opening::Look).await?;
    let (photos, photo_faults) = photos(&app).await?;
    let (verdicts, verdict_faults) = verdicts(&app).await?;
    let opens = |whose, sealed: &[u8]| {
        app.keys
            .unseal(Column::SecondFactor.of(whose), sealed)
            .is_some()
    };
    let (rows, damaged) = store::check::check_all(&app.db, opens).await?;
    for Damaged { table, key, why } in &damaged {
        println!("{table} {key}: {why}");
    }
    println!("{rows} rows read, {} cannot be", damaged.len());
    println!("{photos} photos checked, {photo_faults} damaged or missing");
    println!("{verdicts} verdicts recomputed, {verdict_faults} differ");
    anyhow::ensure!(
        photo_faults + verdict_faults + damaged.len() == 0,
        "the stored data is not what it was"
    );
    Ok(())
}

async fn photos(app: &App) -> anyhow::Result<(usize, usize)> {
    let (mut seen, mut faults, mut after) = (0, 0, None);
    loop {
        let page = store::evidence::list_stored(&app.db, after, ROWS).await?;
        let Some(last) = page.last() else {
            return Ok((seen, faults));
        };
        after = Some(last.declared.id);
        for photo in &page {
            seen += 1;
            let bytes = app.objects.get(photo.declared.sha256).await?;
            if bytes.is_none_or(|bytes| app::sha256(&bytes) != photo.declared.sha256) {
                faults += 1;
                println!(
                    "photo {}: its bytes are missing or changed",
                    photo.declared.id
                );
            }
        }
    }
}

async fn verdicts(app: &App) -> anyhow::Result<(usize, usize)> {
    let (mut seen, mut faults, mut after) = (0, 0, None);
    loop {
        let page = store::measurements::list_measurements(&app.db, after, ROWS).await?;
        let Some(last) = page.last() else {
            return Ok((seen, faults));
        };
        after = Some(last.id);
        for measurement in &page {
            seen += 1;
            let id = measurement.id;
            match recompute(&app.law.rules, &measurement.judgement) {
                Recomputed::Equal => continue,
                Recomputed::Differs(differences) => {
                    let places: Vec<_> = differences.iter().map(|found| &*found.at).collect();
                    let places = places.join(", ");
                    println!("measurement {id}: the rules of its day differ at {places}");
                }
                Recomputed::OtherRules { ids, .. } => {
                    let ids = ids.join(", ");
                    println!("measurement {id}: not loaded with the text it was judged by: {ids}");
                }
                Recomputed::Refused(error) => println!("measurement {id}: {error}"),
            }
            faults += 1;
        }
    }
}
