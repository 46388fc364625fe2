//! From the answers of the form to a report: units, local time, decimals. Every problem is found
//! at once, so that nobody has to send the form five times.

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use liangxin_app::app::sha256;
use liangxin_domain::{
    evidence::photo::DeclaredPhoto,
    id::ReportId,
    merchants::merchant::Merchant,
    metrology::{
        quantity::{Gram, QuantityError, YuanPerKg},
        retail::goods_mass,
    },
    place::Position,
    places::division::{DivisionCode, Divisions},
    privacy::identity::{NewIdentity, TypedIdentity},
    refusal::{Code, Refusal},
    reports::{
        receipt::ReceiptCode,
        report::{NewReport, SenderSecret},
    },
    rewards::payout::ClaimPassword,
    text::{Email, Line, Narrative},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::layout::BEIJING;
use super::super::report_form::{Answers, part, questions};
use super::parts::Parts;
use super::photos::PhotoForm;

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

    /// The form with its photos.
    pub(super) fn form(&self) -> PhotoForm {
        PhotoForm {
            id: self.id.uuid(),
            waits_as: sha256(format!("{} {}", self.id, self.secret.expose()).as_bytes()),
        }
    }
}

/// The report that the answers make. The refusals name parts of the form.
pub(super) fn read(
    answers: &Answers,
    ticket: &Ticket,
    known: &Known<'_>,
    mut photos: Vec<DeclaredPhoto>,
) -> Result<NewReport, Vec<Refusal>> {
    let mut problems = Vec::new();
    let tells_place = !answers.get(part::PHOTO_PLACE).is_empty();
    for photo in &mut photos {
        photo.tells_place = tells_place;
    }
    let party = keep(party(answers, known), &mut problems);
    let division = keep(division(answers, known), &mut problems);
    let goods = Line::parse(answers.get(part::GOODS), part::GOODS);
    let goods = keep(goods, &mut problems);
    let unit_price = keep(price(answers), &mut problems);
    let settled = keep(weight(answers, part::SETTLED_WEIGHT), &mut problems);
    let checked = keep(weight(answers, part::CHECKED_WEIGHT), &mut problems);
    let occurred_at = keep(local_time(answers.get(part::HAPPENED_AT)), &mut problems);
    let place = keep(place(answers, known), &mut problems)
        .flatten()
        .or_else(|| party.clone());
    let position = keep(position(answers.get(part::POSITION)), &mut problems);
    let narrative = Narrative::parse(answers.get(part::STORY), part::STORY);
    let narrative = keep(narrative, &mut problems);
    let follows = given(answers, part::EARLIER_CODE, ReceiptCode::parse);
    let follows = keep(follows, &mut problems);
    let contact = keep(contact(answers), &mut problems);
    let claim_password = given(answers, part::CLAIM_PASSWORD, |text| {
        ClaimPassword::parse(text, part::CLAIM_PASSWORD)
    });
    let claim_password = keep(claim_password, &mut problems);
    let identity = keep(identity(answers), &mut problems);
    let whole = (|| {
        Some(NewReport {
            id: ticket.id,
            secret: ticket.secret.clone(),
            merchant: known.merchant.map(|merchant| merchant.id),
            party: party?,
            division: division?,
            place: place?,
            position: position?,
            occurred_at: occurred_at?,
            goods: goods?,
            unit_price: unit_price?,
            settled: settled?,
            checked: checked?,
            narrative: narrative?,
            contact: contact?,
            photos,
            claim_password: claim_password?,
            identity: identity?,
            follows: follows?,
        })
    })();
    whole.filter(|_| problems.is_empty()).ok_or(problems)
}

fn keep<T>(parsed: Result<T, Refusal>, problems: &mut Vec<Refusal>) -> Option<T> {
    parsed.map_err(|problem| problems.push(problem)).ok()
}

/// An answer that may be left out, read if it was given; a refusal stands beside its question.
fn given<T>(
    answers: &Answers,
    name: &'static str,
    parse: impl Fn(&str) -> Result<T, Refusal>,
) -> Result<Option<T>, Refusal> {
    match answers.get(name) {
        text if text.trim().is_empty() => Ok(None),
        text => parse(text).map(Some).map_err(|refusal| Refusal {
            field: Some(name),
            ..refusal
        }),
    }
}

/// Whose scale it was. Whoever came from a merchant's page need not say it again.
fn party(answers: &Answers, known: &Known<'_>) -> Result<Line, Refusal> {
    let typed = answers.get(part::STALL);
    match known.merchant {
        Some(merchant) => Ok(Line::parse_optional(Some(typed), part::STALL)?
            .unwrap_or_else(|| Line::stored(merchant.name_zh.clone()))),
        None => Line::parse(typed, part::STALL),
    }
}

fn division(answers: &Answers, known: &Known<'_>) -> Result<DivisionCode, Refusal> {
    if let Some(merchant) = known.merchant {
        return Ok(merchant.division);
    }
    let typed = answers.get(part::DIVISION).trim();
    if typed.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, part::DIVISION));
    }
    let code = typed.parse::<DivisionCode>().ok();
    code.filter(|code| known.divisions.find(*code).is_some())
        .ok_or(Refusal::on(Code::DivisionUnknown, part::DIVISION))
}

/// The place in words; a known merchant's address stands for it.
fn place(answers: &Answers, known: &Known<'_>) -> Result<Option<Line>, Refusal> {
    let typed = Line::parse_optional(Some(answers.get(part::PLACE)), part::PLACE)?;
    Ok(typed.or_else(|| {
        known
            .merchant
            .map(|merchant| Line::stored(merchant.address.clone()))
    }))
}

/// Degrees north and east and perhaps a radius in metres, set apart by commas or blanks.
fn position(text: &str) -> Result<Option<Position>, Refusal> {
    let text = plain_digits(text);
    if text.is_empty() {
        return Ok(None);
    }
    let numbers: Option<Vec<f64>> = text
        .split([',', '，', '、', ' '])
        .filter(|number| !number.is_empty())
        .map(|number| number.parse().ok())
        .collect();
    let (latitude, longitude, accuracy) = match numbers.as_deref() {
        Some([latitude, longitude]) => (*latitude, *longitude, None),
        Some([latitude, longitude, accuracy]) => (*latitude, *longitude, Some(*accuracy)),
        _ => return Err(Refusal::on(Code::FieldFormat, part::POSITION)),
    };
    Position::parse(latitude, longitude, accuracy, part::POSITION).map(Some)
}

/// A price: a number for the unit beside it, also as a sum of money (`26元`), or a price with a unit of its own (`¥13/斤`).
fn price(answers: &Answers) -> Result<YuanPerKg, Refusal> {
    let refuse = |problem: QuantityError| Refusal::on(code_of(&problem), part::UNIT_PRICE);
    let typed = plain_digits(answers.get(part::UNIT_PRICE));
    let sum = typed.strip_prefix(['¥', '￥']).unwrap_or(&typed);
    let sum = ["块钱", "块", "元", "yuan"]
        .iter()
        .find_map(|money| sum.strip_suffix(money))
        .unwrap_or(sum)
        .trim();
    if names_unit(sum) {
        return YuanPerKg::read(&typed).map_err(refuse);
    }
    YuanPerKg::parse(&quantity(sum, answers, part::UNIT_PRICE)?).map_err(refuse)
}

/// A weight: a number in the unit beside it, or one with a unit of its own (`2.8公斤`), which then counts.
fn weight(answers: &Answers, name: &'static str) -> Result<Gram, Refusal> {
    let refuse = |problem: QuantityError| Refusal::on(code_of(&problem), name);
    let typed = plain_digits(answers.get(name));
    let mass = match names_unit(&typed) {
        true => Gram::read(&typed),
        false => Gram::parse(&quantity(&typed, answers, name)?),
    };
    mass.and_then(goods_mass).map_err(refuse)
}

/// Whether more than a number was typed.
fn names_unit(typed: &str) -> bool {
    typed
        .chars()
        .any(|sign| !sign.is_ascii_digit() && !matches!(sign, '.' | '-' | '+'))
}

/// The text of a number in the unit in which a report keeps it.
fn quantity(text: &str, answers: &Answers, name: &'static str) -> Result<String, Refusal> {
    if text.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, name));
    }
    let refuse = |name| Refusal::on(Code::FieldFormat, name);
    let unit = questions::unit_of(name).ok_or_else(|| refuse(name))?;
    match unit.factor(answers.get(unit.name)) {
        None => Err(refuse(unit.name)),
        Some(1) => Ok(text.to_owned()),
        Some(factor) => product(text, factor.into()).ok_or_else(|| refuse(name)),
    }
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
fn contact(answers: &Answers) -> Result<Option<Email>, Refusal> {
    if answers.get(part::EMAIL_CONSENT).is_empty() {
        return Ok(None);
    }
    given(answers, part::EMAIL, |text| Email::parse(text, part::EMAIL))
}

/// Who reports; nobody if nothing about the person was filled in.
fn identity(answers: &Answers) -> Result<Option<NewIdentity>, Refusal> {
    let typed = TypedIdentity {
        name: answers.get(part::NAME),
        phone: answers.get(part::PHONE),
        address: Some(answers.get(part::ADDRESS)),
        id_number: Some(answers.get(part::ID_NUMBER)),
    };
    let all = [
        Some(typed.name),
        Some(typed.phone),
        typed.address,
        typed.id_number,
    ];
    if all.into_iter().flatten().all(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    NewIdentity::parse(typed).map(Some)
}

#[cfg(test)]
mod tests;
