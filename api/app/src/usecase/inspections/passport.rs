//! The passport of a visit: made for those who go, read by whoever is shown its code. The code follows from the visit and the
//! server's key, so that it is shown again without being stored; the database keeps a keyed hash of it.

use crate::{
    app::App,
    budget::Spending,
    caller::Caller,
    error::AppError,
    store::{self, passports::Passport, places::Bureau},
    work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::account::Account,
    actor::{Actor, Seat},
    evidence::digest::Sha256,
    id::VisitId,
    inspections::{
        passport::{Cause, PassportOver},
        visit::Visit,
    },
    law::calendar::shanghai_date,
    merchants::{code::MerchantCode, merchant::Merchant},
    reports::receipt::ReceiptCode,
};

/// What a passport says.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Whom the visit goes to.
    pub merchant: Merchant,
    /// Who goes, each with the bureau.
    pub officers: Vec<(Account, Option<Bureau>)>,
    /// Why.
    pub cause: Cause,
    /// Since which day they are sent.
    pub sent_on: NaiveDate,
    /// On which day the first of them arrived.
    pub arrived_on: Option<NaiveDate>,
    /// On which day the visit was closed.
    pub closed_on: Option<NaiveDate>,
    /// The last day on which the code says so.
    pub until: NaiveDate,
}

/// What becomes of a code that somebody was shown.
#[derive(Debug, Clone)]
pub enum Reading {
    /// It is no code of this form.
    Mistyped,
    /// It has the form of a code, and nobody here made it.
    Forged,
    /// What was typed beside it is no code of a merchant.
    WallMistyped,
    /// It is good, and of a visit to another merchant.
    OtherMerchant,
    /// It was made here, and is no good any more.
    Over(PassportOver),
    /// It is good.
    Good(Box<Shown>),
}

/// The code of the passport of those who go on a visit, with its last day, if one of them asked for it.
pub async fn made_passport(
    app: &App,
    actor: &Actor,
    visit: VisitId,
) -> Result<Option<(ReceiptCode, NaiveDate)>, AppError> {
    let visit = store::inspections::get(&app.db, actor, visit).await?;
    let code = code_of(app, &visit);
    let found = store::passports::find(&app.db, key_of(app, &code)).await?;
    Ok(found.map(|passport| (code, visit.passport_until(passport.made_on))))
}

/// Keeps the passport of those who go on a visit.
pub(super) async fn keep(app: &App, work: &Work, visit: &Visit) -> Result<(), AppError> {
    let key = key_of(app, &code_of(app, visit));
    store::passports::keep(work, key, (visit.id, visit.passport_number())).await
}

/// What a code says that somebody was shown, to whoever stands at `wall`, if that is said: the code of a merchant. A right
/// code and a wrong one cost the same.
pub async fn read_passport(
    app: &App,
    caller: &Caller,
    (typed, wall): (&str, &str),
) -> Result<Reading, AppError> {
    app.spend(caller, Spending::Look)?;
    let Ok(code) = ReceiptCode::parse(typed) else {
        return Ok(Reading::Mistyped);
    };
    let wall = match wall.trim() {
        "" => None,
        wall => match MerchantCode::parse(wall) {
            Ok(wall) => Some(wall),
            Err(_) => return Ok(Reading::WallMistyped),
        },
    };
    let Some(Opened {
        visit, until, over, ..
    }) = found(app, &code).await?
    else {
        return Ok(Reading::Forged);
    };
    let merchant = store::merchants::get(&app.db, visit.merchant).await?;
    if wall.is_some_and(|wall| wall != merchant.code) {
        return Ok(Reading::OtherMerchant);
    }
    if let Err(over) = over {
        return Ok(Reading::Over(over));
    }
    let shown = shown(app, visit, (merchant, until)).await?;
    Ok(Reading::Good(Box::new(shown)))
}

/// What a code that was made here opens.
pub(super) struct Opened {
    /// What the database keeps of it.
    pub(super) key: Sha256,
    /// The visit.
    pub(super) visit: Visit,
    /// Its last day.
    until: NaiveDate,
    /// Why it is no good any more, if it is not.
    pub(super) over: Result<(), PassportOver>,
}

/// What a typed code opens; nothing where nobody made it.
pub(super) async fn open(app: &App, typed: &str) -> Result<Option<Opened>, AppError> {
    match ReceiptCode::parse(typed) {
        Ok(code) => found(app, &code).await,
        Err(_) => Ok(None),
    }
}

async fn found(app: &App, code: &ReceiptCode) -> Result<Option<Opened>, AppError> {
    let key = key_of(app, code);
    let Some(passport) = store::passports::find(&app.db, key).await? else {
        return Ok(None);
    };
    let Passport {
        visit,
        number,
        made_on,
    } = passport;
    let visit = store::inspections::get(&app.db, &Actor::System, visit).await?;
    let over = visit.check_passport((number, made_on), shanghai_date(app.now()));
    Ok(Some(Opened {
        key,
        until: visit.passport_until(made_on),
        visit,
        over,
    }))
}

async fn shown(
    app: &App,
    visit: Visit,
    (merchant, until): (Merchant, NaiveDate),
) -> Result<Shown, AppError> {
    let team: Vec<_> = visit.team.iter().collect();
    let mut people = store::accounts::list_named(&app.db, &team).await?;
    let mut officers = Vec::with_capacity(team.len());
    for user in team {
        if let Some(account) = people.remove(&user) {
            let bureau = bureau_of(app, &account).await?;
            officers.push((account, bureau));
        }
    }
    let arrivals = visit.arrivals.iter();
    Ok(Shown {
        merchant,
        officers,
        cause: visit.origin.kind().cause(),
        sent_on: shanghai_date(visit.dispatched_at),
        arrived_on: arrivals.map(|arrival| shanghai_date(arrival.at)).min(),
        closed_on: visit.closed_on(),
        until,
    })
}

async fn bureau_of(app: &App, officer: &Account) -> Result<Option<Bureau>, AppError> {
    match officer.seat {
        Seat::Bureau { division, .. } => store::places::competent_bureau(&app.db, division).await,
        Seat::Merchant(_) => Ok(None),
    }
}

/// The code of those who go now. Nobody without the server's key makes it.
fn code_of(app: &App, visit: &Visit) -> ReceiptCode {
    let number = visit.passport_number().to_be_bytes();
    let content = [visit.id.uuid().as_bytes().as_slice(), &number].concat();
    let hash = app.keys.hash("visit passport code", &content);
    let mut bytes = [0; 18];
    bytes.copy_from_slice(&hash[..18]);
    ReceiptCode::from_bytes(bytes)
}

/// What the database keeps of a code, as it does of a receipt's: 90 bits that nobody guesses, under the server's key.
fn key_of(app: &App, code: &ReceiptCode) -> Sha256 {
    let plain = code.plain();
    Sha256::new(app.keys.hash("visit passport", plain.as_bytes()))
}
