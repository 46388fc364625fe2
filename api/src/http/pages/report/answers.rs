//! From the answers of the form to a report: units, local time, decimals. Every problem is found
//! at once, so that nobody has to send the form five times.

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use liangxin_domain::{
    evidence::photo::DeclaredPhoto,
    id::ReportId,
    merchants::merchant::Merchant,
    metrology::quantity::{Gram, QuantityError, YuanPerKg},
    places::division::{DivisionCode, Divisions},
    refusal::{Code, Refusal},
    reports::report::{NewReport, SenderSecret},
    rewards::payout::ClaimPassword,
    text::{Email, Line, Narrative},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::layout::BEIJING;
use super::super::report_form::{ReportValues, part};
use super::parts::Parts;

/// Where a report about a merchant or place may belong.
pub(super) struct Known<'a> {
    /// The merchant whose page the reporter came from.
    pub(super) merchant: Option<&'a Merchant>,
    /// The divisions that there are.
    pub(super) divisions: &'a Divisions,
}

/// The id and the secret that the form was shown with. They are no answers: if they are damaged,
/// nobody can correct them.
#[derive(Debug, Clone)]
pub(super) struct Ticket {
    /// The report's id.
    pub(super) id: ReportId,
    /// The secret that goes with it.
    pub(super) secret: SenderSecret,
}

impl Ticket {
    /// Reads what came back with the form.
    pub(super) fn parse(parts: &Parts) -> Result<Self, Refusal> {
        let damaged = || Refusal::of(Code::BadRequest);
        let id = Uuid::try_parse(&parts.text(part::ID))
            .ok()
            .ok_or_else(damaged)?;
        let id = ReportId::parse(id, part::ID).ok().ok_or_else(damaged)?;
        let secret = SenderSecret::parse(&parts.text(part::SECRET))
            .ok()
            .ok_or_else(damaged)?;
        Ok(Self { id, secret })
    }
}

/// The answers as they came, to fill the form again.
pub(super) fn values(parts: &Parts) -> ReportValues {
    ReportValues {
        stall: parts.text(part::STALL),
        division: parts.text(part::DIVISION),
        goods: parts.text(part::GOODS),
        unit_price: parts.text(part::UNIT_PRICE),
        price_unit: parts.text(part::PRICE_UNIT),
        settled_weight: parts.text(part::SETTLED_WEIGHT),
        settled_unit: parts.text(part::SETTLED_UNIT),
        checked_weight: parts.text(part::CHECKED_WEIGHT),
        checked_unit: parts.text(part::CHECKED_UNIT),
        happened_at: parts.text(part::HAPPENED_AT),
        place: parts.text(part::PLACE),
        story: parts.text(part::STORY),
        email: parts.text(part::EMAIL),
        email_consent: parts.text(part::EMAIL_CONSENT),
    }
}

/// The claim password, if one was chosen. It is no value: a page never shows it again.
pub(super) fn claim_password(parts: &Parts) -> Result<Option<ClaimPassword>, Refusal> {
    match parts.text(part::CLAIM_PASSWORD) {
        text if text.is_empty() => Ok(None),
        text => ClaimPassword::parse(&text, "claimPassword").map(Some),
    }
}

/// The report that the answers make. The refusals name parts of the form.
pub(super) fn read(
    values: &ReportValues,
    ticket: &Ticket,
    known: &Known<'_>,
    (photos, claim): (Vec<DeclaredPhoto>, Result<Option<ClaimPassword>, Refusal>),
) -> Result<NewReport, Vec<Refusal>> {
    let mut problems = Vec::new();
    let party = keep(party(values, known), &mut problems);
    let division = keep(division(values, known), &mut problems);
    let goods = keep(Line::parse(&values.goods, part::GOODS), &mut problems);
    let unit_price = keep(price(&values.unit_price, &values.price_unit), &mut problems);
    let settled = weight(
        &values.settled_weight,
        &values.settled_unit,
        part::SETTLED_WEIGHT,
    );
    let settled = keep(settled, &mut problems);
    let checked = weight(
        &values.checked_weight,
        &values.checked_unit,
        part::CHECKED_WEIGHT,
    );
    let checked = keep(checked, &mut problems);
    let occurred_at = keep(local_time(&values.happened_at), &mut problems);
    let place = keep(place(values, known), &mut problems)
        .flatten()
        .or_else(|| party.clone());
    let narrative = keep(Narrative::parse(&values.story, part::STORY), &mut problems);
    let contact = keep(contact(values), &mut problems);
    let claim_password = keep(claim, &mut problems);
    let whole = (|| {
        Some(NewReport {
            id: ticket.id,
            secret: ticket.secret.clone(),
            merchant: known.merchant.map(|merchant| merchant.id),
            party: party?,
            division: division?,
            place: place?,
            position: None,
            occurred_at: occurred_at?,
            goods: goods?,
            unit_price: unit_price?,
            settled: settled?,
            checked: checked?,
            narrative: narrative?,
            contact: contact?,
            photos,
            claim_password: claim_password?,
            identity: None,
            follows: None,
        })
    })();
    whole.filter(|_| problems.is_empty()).ok_or(problems)
}

/// The part of the form that a refusal of the report is about.
pub(super) fn part_of(field: Option<&'static str>) -> &'static str {
    match field {
        Some("occurredAt") => part::HAPPENED_AT,
        Some("photos" | "photoId") => part::PHOTO,
        Some("claimPassword") => part::CLAIM_PASSWORD,
        Some("merchantId") => part::MERCHANT,
        Some(field) => field,
        None => part::ID,
    }
}

fn keep<T>(parsed: Result<T, Refusal>, problems: &mut Vec<Refusal>) -> Option<T> {
    parsed.map_err(|problem| problems.push(problem)).ok()
}

/// Whose scale it was. Whoever came from a merchant's page need not say it again.
fn party(values: &ReportValues, known: &Known<'_>) -> Result<Line, Refusal> {
    match known.merchant {
        Some(merchant) => Ok(Line::parse_optional(Some(&values.stall), part::STALL)?
            .unwrap_or_else(|| Line::stored(merchant.name_zh.clone()))),
        None => Line::parse(&values.stall, part::STALL),
    }
}

fn division(values: &ReportValues, known: &Known<'_>) -> Result<DivisionCode, Refusal> {
    if let Some(merchant) = known.merchant {
        return Ok(merchant.division);
    }
    let typed = values.division.trim();
    if typed.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, part::DIVISION));
    }
    let code = typed.parse::<DivisionCode>().ok();
    code.filter(|code| known.divisions.find(*code).is_some())
        .ok_or(Refusal::on(Code::DivisionUnknown, part::DIVISION))
}

/// The place in words; a known merchant's address stands for it.
fn place(values: &ReportValues, known: &Known<'_>) -> Result<Option<Line>, Refusal> {
    let typed = Line::parse_optional(Some(&values.place), part::PLACE)?;
    Ok(typed.or_else(|| {
        known
            .merchant
            .map(|merchant| Line::stored(merchant.address.clone()))
    }))
}

fn price(text: &str, unit: &str) -> Result<YuanPerKg, Refusal> {
    let refuse = |code| Refusal::on(code, part::UNIT_PRICE);
    let text = plain_digits(text);
    if text.is_empty() {
        return Err(refuse(Code::FieldRequired));
    }
    let per_kg = match unit {
        "" | "kg" => text,
        // A jin is half a kilogram.
        "jin" => product(&text, Decimal::TWO).ok_or_else(|| refuse(Code::FieldFormat))?,
        _ => return Err(Refusal::on(Code::FieldFormat, part::PRICE_UNIT)),
    };
    YuanPerKg::parse(&per_kg).map_err(|problem| refuse(code_of(&problem)))
}

fn weight(text: &str, unit: &str, field: &'static str) -> Result<Gram, Refusal> {
    let refuse = |code| Refusal::on(code, field);
    let text = plain_digits(text);
    if text.is_empty() {
        return Err(refuse(Code::FieldRequired));
    }
    let grams = match unit {
        "g" => Some(text),
        "" | "kg" => product(&text, Decimal::ONE_THOUSAND),
        "jin" => product(&text, Decimal::from(500)),
        _ => None,
    };
    let grams = grams.ok_or_else(|| refuse(Code::FieldFormat))?;
    Gram::parse(&grams).map_err(|problem| refuse(code_of(&problem)))
}

/// A decimal text times a factor, exactly; trailing zeros of the product say nothing.
fn product(text: &str, factor: Decimal) -> Option<String> {
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = Decimal::from_str_exact(text).ok().filter(|_| is_plain)?;
    Some(number.checked_mul(factor)?.normalize().to_string())
}

/// What Chinese keyboards write for digits and for the decimal point.
fn plain_digits(text: &str) -> String {
    let plain = |c| match c {
        '。' | '．' => '.',
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        c => c,
    };
    text.trim().chars().map(plain).collect()
}

fn code_of(problem: &QuantityError) -> Code {
    match problem {
        QuantityError::TooLarge { .. } => Code::OutOfRange,
        _ => Code::FieldFormat,
    }
}

/// A time of day in Shanghai, as browsers send `datetime-local` and as people type it where a
/// browser knows no such input.
fn local_time(text: &str) -> Result<DateTime<Utc>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, part::HAPPENED_AT));
    }
    [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    .and_then(|local| BEIJING.from_local_datetime(&local).single())
    .map(|at| at.to_utc())
    .ok_or(Refusal::on(Code::FieldFormat, part::HAPPENED_AT))
}

/// An address counts only with the reporter's consent.
fn contact(values: &ReportValues) -> Result<Option<Email>, Refusal> {
    if values.email_consent.is_empty() || values.email.trim().is_empty() {
        return Ok(None);
    }
    Email::parse(&values.email, part::EMAIL).map(Some)
}

#[cfg(test)]
mod tests;
