//! Whether the private halves that lie here open what is sealed in the database. That one is missing is no fault where it lies in
//! a safe, and a loss where it was the only one: so it is told, and not first when a name has to be opened.

use crate::{error::AppError, ports::identity_keys::IdentityKeys, store, work::Source};
use std::fmt;

/// How many sealed fields of identities there are, and how many of them no private half opens that is held here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// All of them.
    pub fields: u64,
    /// Those that need a private half from elsewhere.
    pub unopened: u64,
}

impl fmt::Display for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fields, unopened } = self;
        write!(
            f,
            "{fields} sealed fields of identities, {unopened} open with no private key that lies here"
        )
    }
}

/// Counts the sealed fields by what opens them.
pub async fn sealed(source: &impl Source, keys: &IdentityKeys) -> Result<Sealed, AppError> {
    let counted = store::identities::count_by_recipient(source).await?;
    let unopened = counted.iter().filter(|(to, _)| !keys.opens(to));
    Ok(Sealed {
        fields: counted.iter().map(|(_, fields)| fields).sum(),
        unopened: unopened.map(|(_, fields)| fields).sum(),
    })
}
