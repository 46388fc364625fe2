//! Under what wrong passwords are counted. Strangers count under the account with their address, under the account wherever
//! they are, and under their address; a device that signed in with the account before, and whoever is signed in, each for
//! itself. So strangers close the door to strangers alone.

use crate::{
    app::App,
    error::AppError,
    ports::keys::Purpose,
    store::{self, accounts::Known},
    tries::Brake,
};
use liangxin_domain::{
    accounts::throttle::{FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS, FREE_FOR_STRANGERS},
    evidence::digest::Sha256,
    id::{DeviceId, UserId},
    text::Email,
};

/// Who tries a password.
pub(super) enum Trying<'a> {
    /// A device that proves that it signed in with this account before.
    Known(DeviceId),
    /// Anybody at an address, with the account's present password, if there is one. The counts of an account begin anew with
    /// a new password, without anybody listing the addresses.
    Stranger(&'a Email, Option<&'a str>, &'a str),
}

/// What a try is counted under; the first is forgiven by a right password.
pub(super) fn of(app: &App, trying: &Trying<'_>) -> Vec<Brake> {
    let brake = |purpose, content: &[u8], free| (hash(app, purpose, content), free);
    match trying {
        Trying::Known(device) => {
            let device = device.uuid();
            vec![brake(
                "throttle device",
                device.as_bytes(),
                FREE_FOR_ACCOUNT,
            )]
        }
        Trying::Stranger(email, password_hash, at) => {
            let account = format!("{}\0{}", email.as_str(), password_hash.unwrap_or_default());
            let here = format!("{account}\0{at}");
            vec![
                brake("throttle account at", here.as_bytes(), FREE_FOR_ACCOUNT),
                brake("throttle account", account.as_bytes(), FREE_FOR_STRANGERS),
                address(app, at),
            ]
        }
    }
}

/// Wrong passwords from a network address, for whatever account.
pub(super) fn address(app: &App, address: &str) -> Brake {
    let key = hash(app, "throttle address", address.as_bytes());
    (key, FREE_FOR_ADDRESS)
}

/// Wrong passwords and codes of somebody who is signed in.
pub(super) fn own(app: &App, user: UserId) -> Brake {
    let key = hash(app, "throttle own", user.uuid().as_bytes());
    (key, FREE_FOR_ACCOUNT)
}

/// The device whose token is shown, if it signed in with this account before and was not ended since. A name or an id that
/// anybody could claim proves nothing.
pub(super) async fn known_device(
    app: &App,
    account: Option<&Known>,
    token: Option<&str>,
) -> Result<Option<DeviceId>, AppError> {
    let (Some(account), Some(token)) = (account, token) else {
        return Ok(None);
    };
    let Some(claims) = app.keys.read(Purpose::Device, token, app.now()) else {
        return Ok(None);
    };
    let (Some(device), true) = (claims.device, claims.sub == account.user.uuid()) else {
        return Ok(None);
    };
    let device = DeviceId::new(device);
    let holder = store::accounts::find_signed_in(&app.db, account.user, device).await?;
    Ok(holder.map(|_| device))
}

fn hash(app: &App, purpose: &str, content: &[u8]) -> Sha256 {
    Sha256::new(app.keys.hash(purpose, content))
}
