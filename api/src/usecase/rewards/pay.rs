//! The file that finance pays by, and the payment that it reports back.

use super::{Opened, Order, open, payout, settle, terms_of};
use crate::{
    app::{self, App},
    error::AppError,
    store,
    usecase::cases,
    work::{Begun, Source},
};
use chrono::{Days, NaiveDate};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::CommandId,
    money::Fen,
    policy::{Action, Facts, permit},
    rewards::{
        payout::Payee,
        reward::{Payment, Reward, RewardChange},
    },
    text::Line,
};
use std::fmt::Write as _;

/// What finance reports back.
#[derive(Debug, Clone)]
pub struct Voucher {
    /// The number of the voucher.
    pub number: Line,
    /// When the money went.
    pub paid_on: NaiveDate,
    /// How much.
    pub sum: Fen,
}

/// Records a payment; from now on the bank data is kept for the audit alone.
pub async fn record_payment(
    app: &App,
    actor: &Actor,
    order: Order,
    voucher: Voucher,
) -> Result<(), AppError> {
    let (operation, content) = order.content("RecordPayment");
    let content = voucher.write(content);
    let opened = open(app, actor, order, Action::GradeReward, (operation, content)).await?;
    let Some(Opened {
        work,
        reward,
        permit,
        ..
    }) = opened
    else {
        return Ok(());
    };
    let (_, terms) = terms_of(app, &reward)?;
    let kept = Days::new(u64::from(terms.payout_kept_days));
    let until = voucher
        .paid_on
        .checked_add_days(kept)
        .unwrap_or(NaiveDate::MAX);
    let by = permit.person(Action::GradeReward)?;
    let id = reward.id;
    let moved = reward.pay(&permit, voucher.payment(by, work.now()))?;
    store::rewards::keep_payout(&work, id, until).await?;
    settle(app, &work, moved).await?;
    work.commit().await
}

impl Voucher {
    pub(super) fn write(&self, content: Canonical) -> Canonical {
        content
            .field("voucher", &self.number)
            .field("paid_on", self.paid_on)
            .field("sum", self.sum)
    }

    pub(super) fn payment(
        self,
        by: liangxin_domain::id::UserId,
        at: chrono::DateTime<chrono::Utc>,
    ) -> Payment {
        Payment {
            voucher: self.number,
            paid_on: self.paid_on,
            sum: self.sum,
            by,
            at,
        }
    }
}

/// The claimed rewards that wait for payment, as a file for finance. It names the reward and the
/// payee and neither the report nor the case. Each export is an event that the reporter sees.
pub async fn export(app: &App, actor: &Actor, id: CommandId) -> Result<String, AppError> {
    let content = Canonical::of("ExportPayments");
    let command = app::command(id, "ExportPayments", id.uuid(), &content);
    match app.begin(actor, &command).await? {
        Begun::Repeated => table(app, actor, &app.db).await.map(|(table, _)| table),
        Begun::Fresh(work) => {
            let (table, rewards) = table(app, actor, &work).await?;
            for reward in rewards {
                app.record(
                    &work,
                    Event::RewardChanged {
                        reward: reward.id,
                        report: reward.report,
                        change: RewardChange::PayoutExported,
                    },
                );
            }
            work.commit().await?;
            Ok(table)
        }
    }
}

async fn table(
    app: &App,
    actor: &Actor,
    source: &impl Source,
) -> Result<(String, Vec<Reward>), AppError> {
    let mut table = String::from("reward,part,account_name,bank,account_number,yuan\r\n");
    let mut exported = Vec::new();
    for reward in store::rewards::list_claimed(source, actor).await? {
        let case = store::cases::get(source, &Actor::System, reward.case).await?;
        let facts = Facts::at(actor, &reward.division, cases::stake(actor, &case));
        // Whoever worked on the case does not see who reported it here either.
        if permit(actor, Action::GradeReward, facts).is_err() {
            continue;
        }
        if let Some(payees) = payout::open(app, source, reward.id).await? {
            write_rows(&mut table, &reward, &payees);
            exported.push(reward);
        }
    }
    Ok((table, exported))
}

fn write_rows(table: &mut String, reward: &Reward, payees: &[Payee]) {
    let sharing = reward.state.checked().map(|checked| &checked.check.sharing);
    let parts = match (sharing, reward.amount()) {
        (Some(sharing), Some(sum)) => sharing.split(sum),
        _ => return,
    };
    for (index, (payee, part)) in payees.iter().zip(parts).enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(
            table,
            "{},{},{},{},{},{part}\r\n",
            reward.id,
            index + 1,
            cell(payee.account_name.as_str()),
            cell(payee.bank.as_str()),
            cell(&payee.account_number),
        );
    }
}

/// A quoted cell. A spreadsheet must take none for a formula.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        assert_eq!(cell("陈晚晴"), "\"陈晚晴\"");
        assert_eq!(cell("a\"b,c"), "\"a\"\"b,c\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
    }
}
