//! Rewards: what is done before there is one (screening), what only a reporter can do (a claim by
//! password), what is no step (the file for finance), and what lies around the steps.

mod claim;
mod export;
mod kept;
mod papers;
mod payout;
mod pursue;
mod screen;
mod sweep;

pub use claim::{Shown, claim};
pub use export::{PaymentFile, export, export_again};
pub use payout::shown as shown_payees;
pub use pursue::{apply, object, object_to_payee};
pub use screen::{Request, screen};
pub use sweep::close_windows;

use crate::app::App;
use liangxin_domain::{
    refusal::{Code, Refusal},
    rewards::reward::{Reward, TermsOf},
};

/// What the scheme of a reward pays, by the edition of the day on which its case was decided.
fn terms_of(app: &App, reward: &Reward) -> Result<TermsOf, Refusal> {
    let schemes = &app.law.schemes;
    let (scheme, terms) = schemes
        .terms_on(&reward.screening.scheme_id, reward.case_decided_on)
        .ok_or(Refusal::of(Code::RewardTermsUnknown))?;
    Ok(TermsOf {
        scheme: scheme.id.clone(),
        terms: terms.clone(),
    })
}
