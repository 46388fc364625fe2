//! The files as values of the domain: keys have become ids, every key that is used exists, and every
//! value is one that the domain takes and that the tables have room for.

use super::{
    Naming, RegisterError,
    files::{
        BUREAUS, BureauFile, BureauRow, Files, INSTRUMENTS, InstrumentFile, InstrumentRow,
        MERCHANTS, MerchantFile, MerchantRow, PEOPLE, PeopleFile, PersonRow, STANDARDS,
        StandardFile, StandardRow, read,
    },
    row::{Row, all_differ, unique},
};
use crate::store::places::Bureau;
use liangxin_domain::{
    accounts::{account::Account, role::Roles},
    actor::Seat,
    id::{BureauId, MerchantId},
    inspections::standard::ReferenceStandard,
    merchants::{instrument::Instrument, merchant::Merchant},
    places::division::{DivisionCode, Divisions},
    ratings::indicator::Venue,
    refusal::{Code, Refusal},
    text::Email,
};
use std::collections::BTreeMap;

/// Classes of weighing instruments in trade (JJG 539-2016, as OIML R 76-1: medium and ordinary).
const ACCURACY_CLASSES: [&str; 2] = ["III", "IIII"];

/// Everything that the files say.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The bureaus.
    pub bureaus: Vec<Bureau>,
    /// The merchants by their keys, in the order of the file.
    pub merchants: Vec<(String, Merchant)>,
    /// The instruments.
    pub instruments: Vec<Instrument>,
    /// The reference standards of the bureaus.
    pub standards: Vec<ReferenceStandard>,
    /// The people by their keys, in the order of the file.
    pub people: Vec<(String, Account)>,
}

/// What rows may refer to.
struct Keys<'n, N> {
    naming: &'n N,
    divisions: &'n Divisions,
    bureaus: BTreeMap<String, (BureauId, DivisionCode)>,
    merchants: BTreeMap<String, (MerchantId, Venue)>,
}

impl Register {
    /// Reads the files; the first mistake is told, and nothing is taken from files that have one.
    pub fn read(
        files: &Files,
        naming: &impl Naming,
        divisions: &Divisions,
    ) -> Result<Self, RegisterError> {
        let BureauFile { bureaus } = read(BUREAUS, &files.bureaus)?;
        let PeopleFile { people } = read(PEOPLE, &files.people)?;
        let MerchantFile { merchants } = read(MERCHANTS, &files.merchants)?;
        let InstrumentFile { instruments } = read(INSTRUMENTS, &files.instruments)?;
        let StandardFile { standards } = read(STANDARDS, &files.standards)?;
        unique(BUREAUS, bureaus.iter().map(|row| row.key.clone()))?;
        unique(PEOPLE, people.iter().map(|row| row.key.clone()))?;
        unique(MERCHANTS, merchants.iter().map(|row| row.key.clone()))?;
        unique(INSTRUMENTS, instruments.iter().map(|row| row.key.clone()))?;
        let numbers = standards
            .iter()
            .map(|row| format!("{} {}", row.bureau, row.serial));
        unique(STANDARDS, numbers)?;
        // Without a bureau nobody would be competent, without people nobody could sign in.
        for (file, rows) in [(BUREAUS, bureaus.len()), (PEOPLE, people.len())] {
            if rows == 0 {
                return Err(RegisterError::Empty { file });
            }
        }
        let places = bureaus.iter();
        let places = places.map(|row| (row.key.as_str(), row.division.to_string()));
        all_differ((BUREAUS, "division"), places)?;
        let bureaus = named(bureaus, |row| naming.bureau(&row.key));
        let merchants = named(merchants, |row| naming.merchant(&row.key));
        let keys = Keys {
            naming,
            divisions,
            bureaus: bureaus
                .iter()
                .map(|(id, row)| (row.key.clone(), (*id, row.division)))
                .collect(),
            merchants: merchants
                .iter()
                .map(|(id, row)| (row.key.clone(), (*id, row.kind)))
                .collect(),
        };
        let register = Self {
            bureaus: keys.read_all(bureaus, Keys::bureau)?,
            merchants: keys.read_all(merchants, Keys::merchant)?,
            instruments: keys.read_all(instruments, Keys::instrument)?,
            standards: keys.read_all(standards, Keys::standard)?,
            people: keys.read_all(people, Keys::person)?,
        };
        let addresses = register.people.iter();
        let addresses = addresses.map(|(key, one)| (key.as_str(), one.email.as_str().to_owned()));
        all_differ((PEOPLE, "email"), addresses)?;
        Ok(register)
    }
}

fn named<I, R>(rows: Vec<R>, id_of: impl Fn(&R) -> I) -> Vec<(I, R)> {
    rows.into_iter().map(|row| (id_of(&row), row)).collect()
}

/// The address with which the person of that key in the text of `people.toml` signs in.
pub fn email_of(people: &str, key: &str) -> Result<Email, RegisterError> {
    let PeopleFile { people } = read(PEOPLE, people)?;
    let row = people.into_iter().find(|row| row.key == key);
    let row = row.ok_or_else(|| RegisterError::UnknownKey {
        file: PEOPLE,
        key: key.to_owned(),
    })?;
    Row { file: PEOPLE, key }.email("email", &row.email)
}

impl<N: Naming> Keys<'_, N> {
    fn read_all<R, T>(
        &self,
        rows: Vec<R>,
        one: impl Fn(&Self, R) -> Result<T, RegisterError>,
    ) -> Result<Vec<T>, RegisterError> {
        rows.into_iter().map(|row| one(self, row)).collect()
    }

    fn known_bureau(
        &self,
        row: Row<'_>,
        key: &str,
    ) -> Result<(BureauId, DivisionCode), RegisterError> {
        let known = self.bureaus.get(key);
        known
            .copied()
            .ok_or_else(|| row.names("bureau", key, BUREAUS))
    }

    fn known_merchant(
        &self,
        row: Row<'_>,
        field: &'static str,
        key: &str,
    ) -> Result<(MerchantId, Venue), RegisterError> {
        let known = self.merchants.get(key);
        known
            .copied()
            .ok_or_else(|| row.names(field, key, MERCHANTS))
    }

    fn bureau(&self, (id, row): (BureauId, BureauRow)) -> Result<Bureau, RegisterError> {
        let at = Row {
            file: BUREAUS,
            key: &row.key,
        };
        let division = at.listed(row.division, self.divisions)?;
        if row.level != division.level() {
            return Err(RegisterError::Level { key: row.key });
        }
        Ok(Bureau {
            id,
            division,
            level: row.level.to_string(),
            name_zh: at.text::<120>("name_zh", &row.name_zh)?,
            name_en: at.text::<120>("name_en", &row.name_en)?,
            address: at.text::<200>("address", &row.address)?,
            hotline: at.text::<32>("hotline", &row.hotline)?,
        })
    }

    fn merchant(
        &self,
        (id, row): (MerchantId, MerchantRow),
    ) -> Result<(String, Merchant), RegisterError> {
        let at = Row {
            file: MERCHANTS,
            key: &row.key,
        };
        at.period(
            "commitment_valid_to",
            row.commitment_signed_on,
            row.commitment_valid_to,
        )?;
        let merchant = Merchant {
            id,
            code: self.naming.merchant_code(&row.key),
            venue: row.kind,
            name_zh: at.text::<120>("name_zh", &row.name_zh)?,
            name_en: at.text::<120>("name_en", &row.name_en)?,
            credit_code: at.given_text::<18>("credit_code", row.credit_code.as_deref())?,
            division: at.listed(row.division, self.divisions)?,
            address: at.text::<200>("address", &row.address)?,
            position: Some(at.position(row.latitude, row.longitude)?),
            market: row
                .market
                .as_deref()
                .map(|market| self.market(at, market))
                .transpose()?,
            stall_no: at.given_text::<32>("stall_no", row.stall_no.as_deref())?,
            opened_on: row.opened_on,
            commitment_signed_on: row.commitment_signed_on,
            commitment_valid_to: row.commitment_valid_to,
            ended: None,
            version: 1,
        };
        Ok((row.key, merchant))
    }

    fn market(&self, row: Row<'_>, key: &str) -> Result<MerchantId, RegisterError> {
        match self.known_merchant(row, "market", key)? {
            (organiser, Venue::MarketOrganiser) => Ok(organiser),
            _ => Err(RegisterError::Market {
                key: row.key.to_owned(),
                market: key.to_owned(),
            }),
        }
    }

    fn instrument(&self, row: InstrumentRow) -> Result<Instrument, RegisterError> {
        let at = Row {
            file: INSTRUMENTS,
            key: &row.key,
        };
        let (merchant, _) = self.known_merchant(at, "merchant", &row.merchant)?;
        at.period("valid_until", row.verified_on, row.valid_until)?;
        let class = row.accuracy_class.filter(|class| !class.trim().is_empty());
        if class
            .as_ref()
            .is_some_and(|class| !ACCURACY_CLASSES.contains(&class.as_str()))
        {
            return Err(at.refused("accuracy_class", Refusal::of(Code::OutOfRange)));
        }
        Ok(Instrument {
            id: self.naming.instrument(&row.key),
            merchant,
            kind: row.kind,
            // A ledger that does not know them is a finding, not a mistake of the file.
            model: at
                .given_text::<120>("model", Some(&row.model))?
                .unwrap_or_default(),
            serial: at
                .given_text::<120>("serial", Some(&row.serial))?
                .unwrap_or_default(),
            accuracy_class: class,
            e_g: at.grams("e_g", row.e_g)?,
            max_g: at.grams("max_g", row.max_g)?,
            verified_on: row.verified_on,
            valid_until: row.valid_until,
            certificate_no: at.given_text::<64>("certificate_no", row.certificate_no.as_deref())?,
            retired: None,
            version: 1,
        })
    }

    fn standard(&self, row: StandardRow) -> Result<ReferenceStandard, RegisterError> {
        let at = Row {
            file: STANDARDS,
            key: &row.serial,
        };
        let (bureau, division) = self.known_bureau(at, &row.bureau)?;
        Ok(ReferenceStandard {
            bureau,
            division,
            serial: at.text::<60>("serial", &row.serial)?,
            name: at.text::<120>("name", &row.name)?,
            certificate_no: at.text::<60>("certificate_no", &row.certificate_no)?,
            valid_until: row.valid_until,
        })
    }

    fn person(&self, row: PersonRow) -> Result<(String, Account), RegisterError> {
        let at = Row {
            file: PEOPLE,
            key: &row.key,
        };
        let seat = match (&row.bureau, &row.merchant) {
            (Some(key), None) => {
                let (bureau, division) = self.known_bureau(at, key)?;
                Seat::Bureau { bureau, division }
            }
            (None, Some(key)) => Seat::Merchant(self.known_merchant(at, "merchant", key)?.0),
            _ => return Err(RegisterError::Seat { key: row.key }),
        };
        let account = Account {
            id: self.naming.user(&row.key),
            email: at.email("email", &row.email)?,
            name_zh: at.text::<120>("name_zh", &row.name_zh)?,
            name_en: at.text::<120>("name_en", &row.name_en)?,
            roles: fitting(&row.key, row.roles, &seat)?,
            seat,
            certificate_no: at.given_text::<64>("certificate_no", row.certificate_no.as_deref())?,
            disabled_at: None,
            second_factor_at: None,
            given_at: None,
        };
        Ok((row.key, account))
    }
}

/// Roles of an officer in a bureau, the merchant's at a merchant.
fn fitting(key: &str, roles: Roles, seat: &Seat) -> Result<Roles, RegisterError> {
    let key = || key.to_owned();
    if roles.iter().next().is_none() {
        return Err(RegisterError::NoRole { key: key() });
    }
    match roles.stray(seat) {
        Some(role) => Err(RegisterError::Role { key: key(), role }),
        None => Ok(roles),
    }
}

#[cfg(test)]
mod tests;
