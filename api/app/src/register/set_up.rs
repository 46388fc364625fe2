//! Setting up an empty database from a register, everything in one unit of work: what is written
//! stays open until the passwords are safe with somebody, because nobody can ask for them again.

use super::{Naming, Register};
use crate::{
    app::App,
    error::AppError,
    ports::ids::Ids,
    store, usecase,
    work::{Source, Work},
};
use futures_util::future::try_join_all;
use liangxin_domain::{
    accounts::{code::typeable, password::ChosenPassword},
    actor::Actor,
    text::Email,
};
use std::fmt;

/// How long a first password is: a hundred bits.
const PASSWORD_CHARS: usize = 20;

/// Why nothing was set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// A bureau is on the register.
    #[error(
        "a bureau is on the register already: this is for the first set-up of an empty database \
         alone, later changes come with the administration"
    )]
    AlreadySetUp,
    /// The database or a part of ours failed.
    #[error(transparent)]
    Failed(#[from] AppError),
}

/// A password in the clear. It does not show in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    fn random(ids: &Ids) -> Self {
        let bytes: [u8; PASSWORD_CHARS] = ids.bytes();
        Self(typeable(&bytes))
    }

    /// The password, for the one who hands it over.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What a person signs in with for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Sign-in name.
    pub email: Email,
    /// The password; only its hash is stored.
    pub password: Password,
}

/// A register that is written and not committed. Dropping it leaves the database empty.
#[derive(Debug)]
pub struct SetUp {
    work: Work,
    credentials: Vec<Credential>,
}

impl SetUp {
    /// Writes a register into a database that has none, each person with a random password.
    pub async fn begin(app: &App, register: &Register) -> Result<Self, SetUpError> {
        let issue = async || {
            let password = Password::random(&app.ids);
            let chosen = ChosenPassword::parse(password.0.clone())?;
            let hash = usecase::accounts::hash_password(app, &chosen).await?;
            Ok::<_, AppError>((password, hash))
        };
        // Before the transaction: hashing is slow on purpose, and nobody should wait for the
        // database meanwhile.
        let issued = try_join_all(register.people.iter().map(|_| issue())).await?;
        let work = app.work(&Actor::System).await?;
        if store::places::has_bureau(&work).await? {
            return Err(SetUpError::AlreadySetUp);
        }
        write(&work, register).await?;
        let mut credentials = Vec::with_capacity(issued.len());
        for ((_, account), (password, hash)) in register.people.iter().zip(issued) {
            store::accounts::insert(&work, account, hash).await?;
            credentials.push(Credential {
                email: account.email.clone(),
                password,
            });
        }
        Ok(Self { work, credentials })
    }

    /// What the people sign in with, in the order of the file.
    #[must_use]
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// Makes it last.
    pub async fn commit(self) -> Result<(), AppError> {
        self.work.commit().await
    }
}

/// Writes the bureaus, the merchants, the instruments and the standards. The people are the caller's, who knows
/// their passwords.
pub async fn write(source: &impl Source, register: &Register) -> Result<(), AppError> {
    for bureau in &register.bureaus {
        store::places::insert_bureau(source, bureau).await?;
    }
    for (_, merchant) in &register.merchants {
        store::merchants::insert_merchant(source, merchant).await?;
    }
    for instrument in &register.instruments {
        store::merchants::insert_instrument(source, instrument).await?;
    }
    for standard in &register.standards {
        store::standards::insert(source, standard).await?;
    }
    Ok(())
}

/// Gives a first grade to every merchant of the register that has none.
pub async fn rate(app: &App, register: &Register, naming: &impl Naming) -> Result<(), AppError> {
    for (key, merchant) in &register.merchants {
        // One read is cheaper than computing a grade that the cause would then keep out.
        let newest = store::ratings::find_newest(&app.db, merchant.id).await?;
        if newest.is_none() {
            usecase::ratings::compute(app, merchant.id, naming.first_grade(key)).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_first_password_is_long_random_and_easy_to_type() {
        let ids = Ids::seeded(1);
        let passwords: Vec<_> = (0..50).map(|_| Password::random(&ids).0).collect();
        assert_eq!(passwords.iter().collect::<BTreeSet<_>>().len(), 50);
        for password in passwords {
            assert_eq!(password.len(), PASSWORD_CHARS);
            assert!(!password.contains(['l', 'o', '0', '1']), "{password}");
        }
    }

    #[test]
    fn a_password_does_not_show_in_debug_output() {
        let password = Password::random(&Ids::seeded(1));
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
