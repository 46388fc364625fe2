//! `liangxin keys`: which keys the database was filled with, and their successors.

use super::Place;
use crate::{boot, config::Config};
use clap::{Subcommand, ValueEnum};
use liangxin_app::{
    store::server_keys,
    usecase::keys::{Present, Rotated},
};

#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Show the keys that the database was filled with, and since when each is the one.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Put another key in the place of one. Stop the servers first, and start them after it.
    Rotate {
        /// The key
        which: Which,
        /// The public key of a pair that was made elsewhere, for LIANGXIN_IDENTITY_KEY
        #[arg(long, value_name = "age1…")]
        recipient: Option<String>,
        /// The key is lost for good, and so is what hangs on it
        #[arg(long)]
        lost: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// A key that gets a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Which {
    /// The one that signs tokens: token-signing.key
    TokenSigning,
    /// The one that signs receipts of photos: evidence-signing.key
    EvidenceSigning,
    /// The one on which codes and what is sealed hang: secret.key
    Secret,
    /// The one to which real names are sealed
    Identity,
}

/// Works on the database and the directory of the keys.
pub(super) async fn run(what: KeysCommand) -> anyhow::Result<()> {
    match what {
        KeysCommand::List { place } => list(&place.settings()?.check()?).await,
        KeysCommand::Rotate {
            which,
            recipient,
            lost,
            place,
        } => {
            let config = place.settings()?.check()?;
            let present = if lost { Present::Lost } else { Present::Held };
            let rotated = rotated(&config, which, recipient.as_deref())?;
            boot::rotate(&config, rotated, present).await?;
            println!("{}", what_next(rotated, present));
            Ok(())
        }
    }
}

async fn list(config: &Config) -> anyhow::Result<()> {
    let db = boot::look(config).await?;
    for (name, since, _) in server_keys::list(&db).await? {
        println!("{name:20}  since {}", since.format("%Y-%m-%d %H:%M UTC"));
    }
    println!("{}", boot::sealed(config, &db).await?);
    Ok(())
}

fn rotated<'a>(
    config: &Config,
    which: Which,
    recipient: Option<&'a str>,
) -> anyhow::Result<Rotated<'a>> {
    anyhow::ensure!(
        which == Which::Identity || recipient.is_none(),
        "--recipient is for the identity key"
    );
    match (which, recipient) {
        (Which::TokenSigning, _) => Ok(Rotated::Signing),
        (Which::EvidenceSigning, _) => Ok(Rotated::Evidence),
        (Which::Secret, _) => Ok(Rotated::Secret),
        (Which::Identity, Some(recipient)) => Ok(Rotated::Recipient(recipient)),
        (Which::Identity, None) if boot::makes_its_identity_key(config) => Ok(Rotated::OwnIdentity),
        (Which::Identity, None) => anyhow::bail!(
            "make a pair with age-keygen where the private half shall lie, and name its public half with --recipient"
        ),
    }
}

const fn what_next(rotated: Rotated<'_>, present: Present) -> &'static str {
    match (rotated, present) {
        (Rotated::Signing, Present::Held) => {
            "rotated; tokens of before work until they end. Start the servers, and save the new key"
        }
        (Rotated::Secret, Present::Held) => {
            "rotated; every code and everything sealed goes on. Start the servers, and save the new key with the database"
        }
        (Rotated::Evidence, _) => {
            "rotated; what was signed before stays proved, its public half is published on. Start the servers, and save the new key"
        }
        (Rotated::Signing, Present::Lost) => {
            "a new key; tokens of before are void, phones fetch new ones by themselves. Save it"
        }
        (Rotated::Secret, Present::Lost) => {
            "a new key; receipt codes, refresh tokens, second factors and sealed addresses and parties of before are lost. Save it"
        }
        (Rotated::OwnIdentity, _) => {
            "rotated; real names are sealed to the new pair, and those of before open with identity-*.key. Save both"
        }
        (Rotated::Recipient(_), _) => {
            "rotated; now set LIANGXIN_IDENTITY_KEY to the new one and start the servers. What was sealed before opens with \
             the private half of before"
        }
    }
}
