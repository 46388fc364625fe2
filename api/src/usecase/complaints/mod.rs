//! Complaints: filing, dispatching, deciding, mediating, ending; coming back with the receipt code.

mod accept;
mod agree;
mod announce_session;
mod approve_refusal;
mod archive;
mod assign;
mod close;
mod consent;
mod decide_recusal;
mod dispatch;
mod entrust;
mod file;
mod give_back;
mod hold_session;
mod note_told;
mod open_receipt;
mod papers;
mod particulars;
mod propose_refusal;
mod propose_termination;
mod prove_identity;
mod record_test_result;
mod refer_to_police;
mod report_lead;
mod request_identity_proof;
mod request_recusal;
mod send_for_testing;
mod settle_lead;
mod step;
mod take_back;
mod take_in;
mod terminate;
mod withdraw;

pub use accept::accept;
pub use agree::agree;
pub use announce_session::{SessionPlan, announce_session};
pub use approve_refusal::approve_refusal;
pub use archive::archive;
pub use assign::assign;
pub use close::close;
pub use consent::{consent, withdraw_publication};
pub use decide_recusal::decide_recusal;
pub use dispatch::dispatch;
pub use entrust::entrust;
pub use file::{FiledComplaint, Timeliness, file};
pub(crate) use file::{Ready, command, filed, prepare, register, settle};
pub use give_back::give_back;
pub use hold_session::{HeldSession, hold_session};
pub use note_told::note_told;
pub use open_receipt::{Returned, come_back, open_receipt};
pub use particulars::{Shown, particulars, shown};
pub use propose_refusal::propose_refusal;
pub use propose_termination::propose_termination;
pub use prove_identity::prove_identity;
pub use record_test_result::record_test_result;
pub use refer_to_police::refer_to_police;
pub use report_lead::report_lead;
pub use request_identity_proof::request_identity_proof;
pub use request_recusal::request_recusal;
pub use send_for_testing::{NewTest, send_for_testing};
pub use settle_lead::settle_lead;
pub use take_back::take_back;
pub use take_in::take_in;
pub use terminate::terminate;
pub use withdraw::withdraw;

use liangxin_domain::{canonical::Canonical, complaints::consent::RepresentedConsent};

/// Adds the consent of the persons who are represented to what was sent.
fn represented(content: Canonical, consent: Option<RepresentedConsent>) -> Canonical {
    content
        .optional("represented_on", consent.map(|consent| consent.on))
        .optional("represented_way", consent.map(|consent| consent.way))
}
