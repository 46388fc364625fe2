//! `liangxin accounts`: who signs in, and the way back in for whoever nobody else can help.

use super::Place;
use crate::boot::{self, Opening};
use anyhow::Context as _;
use clap::Subcommand;
use liangxin_app::{
    app::App,
    ports::clock::Clock,
    store::{self, page::Page},
    usecase::accounts::{Promotion, unlock},
};
use liangxin_domain::{
    accounts::account::Account,
    actor::Seat,
    refusal::{Lang, Refusal},
    text::Email,
};

/// The province, in which every account lies.
const EVERYWHERE: &str = "430000";
/// How many accounts are read at once.
const AT_ONCE: u64 = 100;

#[derive(Subcommand)]
pub(super) enum AccountsCommand {
    /// List the accounts with their roles, and what keeps them from signing in.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Let somebody in again: enable the account, forget its second factor, print a code for a new password.
    Unlock {
        /// Sign-in name
        email: String,
        /// Make it an administrator's too, if none is left
        #[arg(long)]
        administrator: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// Works on the database beside a server that runs.
pub(super) async fn run(what: AccountsCommand) -> anyhow::Result<()> {
    match what {
        AccountsCommand::List { place } => list(&open(place, Opening::Look).await?).await,
        AccountsCommand::Unlock {
            email,
            administrator,
            place,
        } => {
            let promotion = if administrator {
                Promotion::Administrator
            } else {
                Promotion::No
            };
            let told = |refusal: Refusal| anyhow::anyhow!(refusal.message(Lang::En));
            let email = Email::parse(&email, "email").map_err(told)?;
            // Its code has to work for the server too: not with a key that ends with this process.
            let app = open(place, Opening::Work).await?;
            let made = unlock(&app, &email, promotion).await;
            let made = made.map_err(|error| told(error.refusal()).context(error))?;
            println!("{}", made.code);
            println!(
                "works once, until {}: choose a password with it by UsePasswordCode",
                made.expires_at.format("%Y-%m-%d %H:%M UTC")
            );
            Ok(())
        }
    }
}

async fn open(place: Place, opening: Opening) -> anyhow::Result<App> {
    let config = place.settings()?.check()?;
    boot::open(&config, Clock::System, String::new(), opening).await
}

async fn list(app: &App) -> anyhow::Result<()> {
    let everywhere = EVERYWHERE.parse().context("cannot name the province")?;
    let mut page = Page {
        after: None,
        first: AT_ONCE,
    };
    loop {
        let found = store::accounts::page(&app.db, (everywhere, None), page).await?;
        for (_, account) in &found.rows {
            print(account);
        }
        if !found.has_more {
            return Ok(());
        }
        page.after = found.end;
    }
}

fn print(account: &Account) {
    let at = match &account.seat {
        Seat::Bureau { division, .. } => division.to_string(),
        Seat::Merchant(_) => "merchant".to_owned(),
    };
    let roles: Vec<_> = account.roles.iter().map(|role| role.to_string()).collect();
    let disabled = account.disabled_at.map_or("", |_| "  disabled");
    let factor = account.second_factor_at.map_or("", |_| "  second factor");
    println!(
        "{}  {at}  {}{disabled}{factor}",
        account.email.as_str(),
        roles.join(",")
    );
}
