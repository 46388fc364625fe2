//! Signing in, staying signed in, and ending it; passwords; and what administrators do with accounts.

mod add;
mod authenticate;
mod brake;
mod change_password;
mod kept;
mod password;
mod password_code;
mod refresh;
mod revoke_device;
mod second_factor;
mod sign_in;
mod unlock;

pub use add::add;
pub(super) use authenticate::{Former, former, in_name_of};
pub use authenticate::{Recognised, Shown, authenticate, holder, recognise, sender};
pub use change_password::{ChangedPassword, change_password};
pub use password::{compare_claim_password, hash_claim_password, hash_password};
pub use password_code::{MadeCode, TriedCode, make_password_code, use_password_code};
pub use refresh::refresh;
pub use revoke_device::revoke_device;
pub use second_factor::{
    BegunFactor, begin_second_factor, confirm_second_factor, end_second_factor,
    renew_recovery_codes,
};
pub use sign_in::{Credentials, SecondFactor, Session, sign_in};
pub use unlock::{Promotion, unlock};
