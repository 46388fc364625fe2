//! Signing in, staying signed in, and ending it; passwords; and what administrators do with accounts.

mod add;
mod authenticate;
mod change_password;
mod kept;
mod password;
mod password_code;
mod refresh;
mod revoke_device;
mod sign_in;
mod unlock;

pub use add::add;
pub use authenticate::authenticate;
pub use change_password::{ChangedPassword, change_password};
pub use password::{hash_claim_password, hash_password, verify_claim_password};
pub use password_code::{MadeCode, TriedCode, make_password_code, use_password_code};
pub use refresh::refresh;
pub use revoke_device::revoke_device;
pub use sign_in::{Credentials, Session, sign_in};
pub use unlock::{Promotion, unlock};
