//! Quantities of several parts, as people write and say them: `7斤6两`, `2斤半`, `一斤二两`, `3公斤200克`.
//!
//! Read only where there is one way to read them: every number has its unit, each unit is smaller than the one
//! before, and there is less of it than would make one of that. Of Chinese numerals those of one sign are
//! read (一 to 十, 两 for two, 半 for a half); 两 stands for two before a unit and is the unit behind a number.

use rust_decimal::Decimal;

use super::{Kind, QuantityError, read_decimal};

/// The numerals of one sign and what they are worth.
const NUMERALS: [(char, u32); 11] = [
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
    ('十', 10),
];

const HALF: char = '半';

/// The text of a quantity that is written otherwise than the program writes it: one in several parts, without its
/// blanks, or as it was seen, such as `¥27.8/斤`. Held in place, so that a quantity stays something to be copied.
#[derive(Clone, Copy)]
pub(super) struct Spoken {
    text: [u8; Self::LONGEST],
    length: u8,
}

impl Spoken {
    /// In bytes; the longest that says something needs 23.
    const LONGEST: usize = 31;
    pub(super) const NONE: Self = Self {
        text: [0; Self::LONGEST],
        length: 0,
    };

    fn of(text: &str) -> Option<Self> {
        let mut kept = Self::NONE;
        kept.text
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        kept.length = u8::try_from(text.len()).ok()?;
        Some(kept)
    }

    /// A text as it was seen, without blanks around it; none where it is longer than is held or has signs that
    /// are not seen.
    pub(super) fn seen(text: &str) -> Self {
        let text = text.trim();
        match text.contains(char::is_control) {
            true => Self::NONE,
            false => Self::of(text).unwrap_or(Self::NONE),
        }
    }

    /// The text; nothing where the quantity was no such one.
    pub(super) fn as_str(&self) -> Option<&str> {
        let text = self.text.get(..usize::from(self.length))?;
        let text = std::str::from_utf8(text).ok()?;
        (!text.is_empty()).then_some(text)
    }
}

/// A sign of the text and its place in it, counted from 1.
type Sign = (usize, char);

/// Reads a quantity in parts: its value in the base unit, and the text to keep.
pub(super) fn read<K: Kind>(text: &str) -> Result<(Decimal, Spoken), QuantityError> {
    let signs = (1..).zip(text.chars()).filter(|(_, sign)| *sign != ' ');
    let signs: Vec<Sign> = signs.collect();
    let (mut rest, mut value) = (signs.as_slice(), Decimal::ZERO);
    let mut before: Option<Part> = None;
    while !rest.is_empty() {
        let part = Part::take::<K>(&mut rest, before.is_some())?;
        if let Some(before) = &before {
            part.follows(before)?;
        }
        value += part.value;
        before = Some(part);
    }
    if value > K::MOST {
        return Err(QuantityError::TooLarge { most: K::MOST });
    }
    if value.normalize().scale() > K::DECIMALS {
        return Err(QuantityError::TooManyDecimals { most: K::DECIMALS });
    }
    let kept: String = signs.iter().map(|(_, sign)| *sign).collect();
    let kept = Spoken::of(&kept).ok_or(QuantityError::NotDecimal)?;
    Ok((value.normalize(), kept))
}

/// One number with its unit.
struct Part {
    place: usize,
    /// In the base unit.
    value: Decimal,
    /// What one of its unit is worth in the base unit.
    factor: Decimal,
    /// Whether it ends within a unit, so that nothing can come after it.
    is_broken: bool,
}

impl Part {
    /// Takes a number, its unit, and a half of the unit where the text ends with one.
    fn take<K: Kind>(rest: &mut &[Sign], goes_on: bool) -> Result<Self, QuantityError> {
        let place = rest.first().map_or(0, |(place, _)| *place);
        let (number, two) = take_number(rest)?;
        let symbol = take_unit(rest);
        if symbol.is_empty() {
            let (wanted, kind) = (K::UNITS[0].0, K::NAME);
            return Err(match goes_on || !rest.is_empty() {
                true => unclear("a number without its unit", place),
                false => QuantityError::UnitMissing { wanted, kind },
            });
        }
        if two && symbol == "两" {
            return Err(unclear("两 as a number and as a unit", place));
        }
        let Some((_, factor)) = K::UNITS.iter().find(|(known, _)| *known == symbol) else {
            return Err(super::Quantity::<K>::refuse_unit(&symbol));
        };
        let mut number = read_decimal::<K>(&number, *factor)?.written;
        let mut is_broken = number.scale() > 0;
        if let [(place, HALF)] = rest {
            if is_broken {
                return Err(unclear("a half behind a number with decimals", *place));
            }
            number += Decimal::new(5, 1);
            (is_broken, *rest) = (true, &[]);
        }
        Ok(Self {
            place,
            value: number * factor,
            factor: *factor,
            is_broken,
        })
    }

    /// Refuses a part that nobody would say after the one before it.
    fn follows(&self, before: &Self) -> Result<(), QuantityError> {
        if before.is_broken {
            let why = "something behind a number with decimals";
            return Err(unclear(why, self.place));
        }
        if self.factor >= before.factor || self.value >= before.factor {
            let why = "as much as one of the unit before it, or more";
            return Err(unclear(why, self.place));
        }
        Ok(())
    }
}

fn unclear(why: &'static str, place: usize) -> QuantityError {
    QuantityError::Unclear { why, place }
}

/// The number as digits, and whether 两 stood for it.
fn take_number(rest: &mut &[Sign]) -> Result<(String, bool), QuantityError> {
    let is_digit = |sign: char| sign.is_ascii_digit() || sign == '.';
    let length = rest.iter().take_while(|(_, sign)| is_digit(*sign)).count();
    if length > 0 {
        let (digits, behind) = rest.split_at(length);
        let apart = digits.windows(2).find(|two| two[1].0 > two[0].0 + 1);
        if let Some(two) = apart {
            return Err(unclear("a blank within a number", two[1].0));
        }
        *rest = behind;
        return Ok((digits.iter().map(|(_, sign)| *sign).collect(), false));
    }
    let Some(((_, sign), behind)) = rest.split_first() else {
        return Err(QuantityError::NotDecimal);
    };
    *rest = behind;
    if *sign == HALF {
        return Ok(("0.5".to_owned(), false));
    }
    let found = NUMERALS.iter().find(|(numeral, _)| numeral == sign);
    let (numeral, worth) = found.ok_or(QuantityError::NotDecimal)?;
    Ok((worth.to_string(), *numeral == '两'))
}

/// What stands before the next number; all that follows a stroke, since prices have no parts.
fn take_unit(rest: &mut &[Sign]) -> String {
    let mut symbol = String::new();
    while let Some(((_, sign), behind)) = rest.split_first() {
        let is_unit = symbol.is_empty() && *sign == '两';
        if is_of_number(*sign) && !is_unit && !symbol.contains('/') {
            break;
        }
        symbol.push(*sign);
        *rest = behind;
    }
    symbol
}

/// Whether a number may begin with a sign.
pub(super) fn is_of_number(sign: char) -> bool {
    sign.is_ascii_digit() || sign == HALF || NUMERALS.iter().any(|(numeral, _)| *numeral == sign)
}
