//! What signing in takes.

use async_graphql::InputObject;
use liangxin_app::usecase::accounts::Credentials;
use liangxin_domain::{
    limits::PASSWORD_MAX_BYTES,
    refusal::{Code, Refusal},
    text::{Email, Line},
};

/// Sign in on a device.
#[derive(InputObject)]
pub(super) struct SignInInput {
    /// Sign-in name.
    email: String,
    /// Password.
    #[graphql(secret)]
    password: String,
    /// What this device is called in the list of devices, such as `Zhou's phone`.
    device_name: String,
}

impl SignInInput {
    pub(super) fn parse(self, address: String) -> Result<Credentials, Refusal> {
        if self.password.len() > PASSWORD_MAX_BYTES {
            return Err(
                Refusal::on(Code::FieldTooLong, "password").with(PASSWORD_MAX_BYTES.to_string())
            );
        }
        Ok(Credentials {
            email: Email::parse(&self.email, "email")?,
            password: self.password,
            device_name: Line::parse(&self.device_name, "deviceName")?,
            address,
        })
    }
}
