//! What signing in takes.

use async_graphql::InputObject;
use liangxin_app::usecase::accounts::{Credentials, SecondFactor};
use liangxin_domain::{
    accounts::second_factor::Proof,
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
    /// The code of the second factor or a recovery code, for whoever set one up.
    #[graphql(secret)]
    second_factor: Option<String>,
    /// What this device is called in the list of devices, such as `Zhou's phone`.
    device_name: String,
    /// The device token of the last session on this device, if it is kept: wrong passwords of strangers do not count then.
    #[graphql(secret)]
    device_token: Option<String>,
}

/// More than any token of ours has, in bytes: longer texts are not looked at.
const DEVICE_TOKEN_MAX_BYTES: usize = 1_024;

impl SignInInput {
    pub(super) fn parse(self) -> Result<Credentials, Refusal> {
        Ok(Credentials {
            password: within_bounds(self.password, "password")?,
            email: Email::parse(&self.email, "email")?,
            second_factor: match &self.second_factor {
                Some(shown) => SecondFactor::Shown(Proof::parse(shown)),
                None => SecondFactor::NotShown,
            },
            device_name: Line::parse(&self.device_name, "deviceName")?,
            // One that is none is no reason to refuse whoever knows the password.
            device_token: self
                .device_token
                .filter(|token| token.len() <= DEVICE_TOKEN_MAX_BYTES),
        })
    }
}

/// A password that is tried, if it is not absurdly long.
pub(super) fn within_bounds(password: String, field: &'static str) -> Result<String, Refusal> {
    if password.len() > PASSWORD_MAX_BYTES {
        let most = PASSWORD_MAX_BYTES.to_string();
        return Err(Refusal::on(Code::FieldTooLong, field).with(most));
    }
    Ok(password)
}
