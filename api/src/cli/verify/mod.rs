//! `liangxin verify`: nothing that is stored may have changed behind our back.

mod badge;
mod keys;
mod log;
mod objects;
mod receipt;

use super::{Place, Rules, judge};
use crate::{
    boot::{self, Opening},
    config::Config,
};
use clap::Subcommand;
use keys::Published;
use liangxin_app::{
    app::App,
    ports::{clock::Clock, keys::Column},
    store::{self, check::Damaged},
    usecase::keys::sealed,
};
use liangxin_domain::metrology::recompute::{Recomputed, recompute};
use std::path::PathBuf;

/// How many rows are looked at together.
const ROWS: u64 = 200;

#[derive(Subcommand)]
pub(super) enum VerifyOne {
    /// Judge the measurement of one verdict again and say whether the verdict is the same.
    Verdict {
        /// The verdict as JSON, as the server or a phone gave it
        file: PathBuf,
        #[command(flatten)]
        rules: Rules,
    },
    /// Read the log of events against its seals, and name each event that was changed, removed, inserted or moved.
    Log {
        /// Seals that were deposited elsewhere, as `liangxin log seals` printed them; `-` for standard input
        #[arg(long, value_name = "FILE")]
        seals: Option<PathBuf>,
        /// Believe these published keys instead of those that belong to the database: a file, `-` for standard input, or
        /// https://…/.well-known/liangxin-keys.json
        #[arg(long, value_name = "URL|FILE")]
        keys: Option<String>,
        /// Believe servers that this authority vouches for, and no others: its certificates in PEM
        #[arg(long, value_name = "FILE", requires = "keys")]
        ca: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
    /// Compare what the database says is held with what lies in the store, and with the receipts that were signed: what is
    /// missing, altered, orphaned or swapped. It mends nothing, and fails if something is missing, altered or swapped.
    Objects {
        #[command(flatten)]
        place: Place,
    },
    /// Check offline the badge of a merchant: forged, copied to another merchant, stale and revoked ones fail with their
    /// reason.
    Badge {
        /// The badge: its signed line, a file that holds it (`-` for standard input), or the address in its square code
        #[arg(value_name = "TOKEN|FILE")]
        badge: String,
        #[command(flatten)]
        by: badge::By,
    },
    /// Check offline a receipt that the server signed when it held all photos of a record.
    Receipt {
        /// The receipt, one line; `-` for standard input
        file: PathBuf,
        #[command(flatten)]
        keys: Published,
    },
}

/// Verifies one thing, or everything that is stored.
pub(super) async fn run(place: Place, one: Option<VerifyOne>) -> anyhow::Result<()> {
    match one {
        None => everything(place.settings()?.check()?).await,
        Some(VerifyOne::Verdict { file, rules }) => judge::again(&file, &rules.read()?),
        Some(VerifyOne::Receipt { file, keys }) => receipt::run(&file, &keys).await,
        Some(VerifyOne::Badge { badge, by }) => badge::run(&badge, by).await,
        Some(VerifyOne::Objects { place }) => objects::run(place.settings()?.check()?).await,
        Some(VerifyOne::Log {
            seals,
            keys,
            ca,
            place,
        }) => {
            let config = place.settings()?.check()?;
            let keys = keys.map(|keys| Published { keys, ca });
            log::run(config, seals.as_deref(), keys.as_ref()).await
        }
    }
}

/// Reads every row of which lists are made; reads every stored object back and compares its digest, and each receipt with
/// the photos that it names; judges every stored measurement again and compares the verdict.
async fn everything(config: Config) -> anyhow::Result<()> {
    let app = boot::open(&config, Clock::System, String::new(), Opening::Look).await?;
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
    // Each row that cannot be read was named by now, and is left out of what follows.
    let objects = objects::compare(&app).await?;
    objects.print();
    let (verdicts, verdict_faults) = verdicts(&app).await?;
    println!("{verdicts} verdicts recomputed, {verdict_faults} differ");
    // No fault: a private key may lie in a safe.
    println!("{}", sealed(&app.db, &app.identity_keys).await?);
    anyhow::ensure!(
        objects.lost + objects.contradicted + verdict_faults + damaged.len() == 0,
        "the stored data is not what it was"
    );
    Ok(())
}

async fn verdicts(app: &App) -> anyhow::Result<(usize, usize)> {
    let (mut seen, mut faults, mut after) = (0, 0, None);
    loop {
        let (page, last) = store::measurements::list_measurements(&app.db, after, ROWS).await?;
        if last.is_none() {
            return Ok((seen, faults));
        }
        after = last;
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
