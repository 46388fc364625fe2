//! `liangxin verify badge`: whether the badge of a merchant is genuine, its own, not stale and not void, by published keys
//! alone.

use super::{keys::Published, receipt::read};
use anyhow::Context as _;
use chrono::NaiveDate;
use liangxin_app::{
    ports::{clock::Clock, evidence_keys::PublicKeys},
    usecase::ratings::{check_badge, open_revoked},
};
use liangxin_domain::{
    law::calendar::shanghai_date,
    merchants::code::MerchantCode,
    ratings::badge::{Badge, Revoked},
};
use std::path::Path;

/// What a badge is checked by.
#[derive(clap::Args)]
pub(in crate::cli) struct By {
    #[command(flatten)]
    published: Published,
    /// The signed list of void badges: a file, or https://…/.well-known/liangxin-revoked-badges. Without it a void badge
    /// is not known
    #[arg(long, value_name = "URL|FILE")]
    revoked: Option<String>,
    /// The code of the merchant where it hangs. Without it a copy is not known
    #[arg(long, value_name = "CODE")]
    merchant: Option<String>,
    /// The day on which it hangs, in China; today if absent
    #[arg(long, value_name = "DAY")]
    on: Option<NaiveDate>,
}

/// Checks a badge: the signed line itself, a file that holds it, or the address in its square code.
pub(super) async fn run(badge: &str, by: By) -> anyhow::Result<()> {
    let keys = by.published.read().await?;
    let token = token(badge)?;
    let merchant = by.merchant.as_deref().map(MerchantCode::parse);
    let merchant = merchant
        .transpose()
        .ok()
        .context("--merchant is no code of a merchant")?;
    let today = by.on.unwrap_or_else(|| shanghai_date(Clock::System.now()));
    let revoked = match &by.revoked {
        Some(named) => Some(list(&keys, &by.published.content(named).await?)?),
        None => None,
    };
    let checked = check_badge(&keys, &token, (merchant.as_ref(), today), revoked.as_ref());
    print(&checked.context("the badge is no good")?, &by);
    Ok(())
}

fn print(badge: &Badge, by: &By) {
    let fact = badge
        .fact
        .map_or_else(|| "none".to_owned(), |fact| fact.to_string());
    println!(
        "proved: the merchant {} has the grade {} since {}, formula {}, worst open fact {fact}, good until {}",
        badge.merchant, badge.grade, badge.since, badge.formula, badge.until
    );
    if by.revoked.is_none() {
        println!("not asked: whether it was revoked (--revoked)");
    }
    if by.merchant.is_none() {
        println!("not asked: whether it hangs where it belongs (--merchant)");
    }
}

fn list(keys: &PublicKeys, line: &[u8]) -> anyhow::Result<Revoked> {
    let line = std::str::from_utf8(line).context("the list of void badges is no text")?;
    open_revoked(keys, line).context("the list of void badges proves nothing")
}

/// The signed line, without what stands before it in an address.
fn token(named: &str) -> anyhow::Result<String> {
    let path = Path::new(named);
    let text = match path.is_file() || named == "-" {
        true => String::from_utf8(read(path)?).context("the badge is no text")?,
        false => named.to_owned(),
    };
    let line = text.rsplit('#').next().unwrap_or_default();
    Ok(line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_is_read_as_a_line_and_as_the_address_in_its_square_code() {
        assert_eq!(token(" a.b.c ").unwrap(), "a.b.c");
        assert_eq!(token("https://example.org/v#a.b.c").unwrap(), "a.b.c");
    }
}
