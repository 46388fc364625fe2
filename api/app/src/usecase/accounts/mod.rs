//! Signing in, staying signed in, and ending it.

mod authenticate;
mod password;
mod refresh;
mod revoke_device;
mod sign_in;

pub use authenticate::authenticate;
pub use password::{hash_claim_password, hash_password, verify_claim_password};
pub use refresh::refresh;
pub use revoke_device::revoke_device;
pub use sign_in::{Credentials, Session, sign_in};
