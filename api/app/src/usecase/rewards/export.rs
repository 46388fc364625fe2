//! The file that finance pays by.

use super::payout::{self, Found};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::cases,
    work::{Begun, Work},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::CommandId,
    policy::{Action, Facts, permit},
    rewards::{payout::Payee, reward::Reward},
};
use std::fmt::Write as _;

/// How the payees stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayeesForm {
    /// All can be read.
    Open,
    /// At least one is sealed to a key that this server does not hold.
    Sealed,
}

/// The file.
#[derive(Debug)]
pub struct PaymentFile {
    /// Comma-separated.
    pub csv: String,
    /// How the payees stand in it.
    pub payees: PayeesForm,
}

/// The claimed rewards that wait for payment, as a file for finance. It names the reward and the
/// payee and neither the report nor the case. Each export is an event that the reporter sees, also
/// one that repeats another's id: what went out twice went out twice.
pub async fn export(app: &App, caller: &Caller, id: CommandId) -> Result<PaymentFile, AppError> {
    let command = app.write(id, "ExportPayments", id.uuid(), &())?;
    let work = match app.begin(&caller.actor, &command).await? {
        Begun::Fresh(work) => work,
        Begun::Repeated => app.work(&caller.actor).await?,
    };
    let mut file = PaymentFile {
        csv: String::from("reward,part,payee,account_name,bank,account_number,yuan\r\n"),
        payees: PayeesForm::Open,
    };
    for reward in store::rewards::list_claimed(&work, &caller.actor).await? {
        if is_out_of_bounds(&work, &caller.actor, &reward).await? {
            continue;
        }
        if let Some(found) = payout::find(app, &work, &reward).await? {
            file.write(&reward, &found);
            app.record(
                &work,
                Event::PayoutExported {
                    reward: reward.id,
                    report: reward.report,
                },
            );
        }
    }
    work.commit().await?;
    Ok(file)
}

/// Whoever worked on the case does not see who reported it here either.
async fn is_out_of_bounds(work: &Work, actor: &Actor, reward: &Reward) -> Result<bool, AppError> {
    let case = store::cases::get(work, &Actor::System, reward.case).await?;
    let facts = Facts::at(actor, &reward.division, cases::stake(actor, &case));
    Ok(permit(actor, Action::GradeReward, facts).is_err())
}

impl PaymentFile {
    /// One line for each part. Sealed payees of one reward are sealed together: each line has them
    /// all, and its part says which of the lines inside is meant.
    fn write(&mut self, reward: &Reward, found: &Found) {
        let sharing = reward.state.checked().map(|checked| &checked.check.sharing);
        let parts = match (sharing, reward.amount()) {
            (Some(sharing), Some(sum)) => sharing.split(sum),
            _ => return,
        };
        let lines = match found {
            Found::Open(payees) => payees.iter().map(open_cells).collect(),
            Found::Sealed { names, accounts } => {
                self.payees = PayeesForm::Sealed;
                vec![sealed_cells(names, accounts); parts.len()]
            }
        };
        for (index, (cells, yuan)) in lines.iter().zip(parts).enumerate() {
            let (id, part) = (reward.id, index + 1);
            // Writing to a String cannot fail.
            let _ = write!(self.csv, "{id},{part},{cells},{yuan}\r\n");
        }
    }
}

fn open_cells(payee: &Payee) -> String {
    format!(
        "open,{},{},{}",
        cell(payee.account_name.as_str()),
        cell(payee.bank.as_str()),
        cell(&payee.account_number),
    )
}

/// The bank is inside the sealed account.
fn sealed_cells(names: &[u8], accounts: &[u8]) -> String {
    let (names, accounts) = (STANDARD.encode(names), STANDARD.encode(accounts));
    format!("sealed,{},{},{}", cell(&names), cell(""), cell(&accounts))
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
