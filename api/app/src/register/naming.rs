//! Who gives the things of a register their ids and codes.

use crate::ports::ids::Ids;
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::{BureauId, EventId, InstrumentId, MerchantId, UserId},
    merchants::code::MerchantCode,
};

/// Gives out ids and codes. Each is asked for once a row, and kept.
pub trait Naming {
    /// The id of the bureau with that key.
    fn bureau(&self, key: &str) -> BureauId;
    /// The id of the person with that key.
    fn user(&self, key: &str) -> UserId;
    /// The id of the merchant with that key.
    fn merchant(&self, key: &str) -> MerchantId;
    /// The code on the wall of the merchant with that key.
    fn merchant_code(&self, key: &str) -> MerchantCode;
    /// The id of the instrument with that key.
    fn instrument(&self, key: &str) -> InstrumentId;
    /// What the first grade of the merchant with that key names as its cause.
    fn first_grade(&self, key: &str) -> EventId;
}

/// Ids and codes by chance; the keys of the files are forgotten.
#[derive(Debug, Clone)]
pub struct Random {
    ids: Ids,
    now: DateTime<Utc>,
}

impl Random {
    /// Ids of that moment.
    #[must_use]
    pub const fn new(ids: Ids, now: DateTime<Utc>) -> Self {
        Self { ids, now }
    }
}

impl Naming for Random {
    fn bureau(&self, _: &str) -> BureauId {
        BureauId::new(self.ids.uuid(self.now))
    }

    fn user(&self, _: &str) -> UserId {
        UserId::new(self.ids.uuid(self.now))
    }

    fn merchant(&self, _: &str) -> MerchantId {
        MerchantId::new(self.ids.uuid(self.now))
    }

    fn merchant_code(&self, _: &str) -> MerchantCode {
        MerchantCode::from_random(self.ids.bytes())
    }

    fn instrument(&self, _: &str) -> InstrumentId {
        InstrumentId::new(self.ids.uuid(self.now))
    }

    fn first_grade(&self, _: &str) -> EventId {
        EventId::new(self.ids.uuid(self.now))
    }
}
