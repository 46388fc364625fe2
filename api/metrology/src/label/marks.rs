//! The checks on the text of a mark.

use super::judge::SEVERAL_ITEMS;
use super::reader::{Mark, NetQuantity, Read, read, significant_digits};
use super::runs::{Run, disagreement};
use super::{NetContentLabel, PackedItems, QuantityKind, words};
use crate::input::{Checked, InputError, InputProblem};
use crate::legal_units::scan;
use crate::quantity::Millimetre;
use crate::rules::UnitTreatment;
use crate::rules::{Edition, LabelRules, LegalUnitRules, Provenance, SizeUnits, units_for};
use crate::slip::Slips;
use crate::verdict::{Bound, CheckResult, Cite, Comparison, Grounds};

/// It begins with the right words.
const MARK_WORDS: &str = "MARK_WORDS";
/// It has a number.
const NUMBER: &str = "NUMBER";
/// Its unit is one of annex 1.
const UNIT_OF_ANNEX: &str = "UNIT_OF_ANNEX";
/// No unit in it is one that is not legal.
const UNIT_LEGAL: &str = "UNIT_LEGAL";
/// Its unit is rightly spelt.
const UNIT_SPELLING: &str = "UNIT_SPELLING";
/// Its unit is the one for the size.
const UNIT_FOR_SIZE: &str = "UNIT_FOR_SIZE";
/// It gives one definite quantity.
const DEFINITE_QUANTITY: &str = "DEFINITE_QUANTITY";
/// A total agrees with the quantities beside it.
const QUANTITIES_AGREE: &str = "QUANTITIES_AGREE";
/// Its characters are high enough.
const CHARACTER_HEIGHT: &str = "CHARACTER_HEIGHT";

/// The checks on one mark.
pub(super) struct Checks<'a> {
    edition: Edition<'a, LabelRules>,
    legal: Edition<'a, LegalUnitRules>,
    input: &'a NetContentLabel,
    text: &'a str,
    mark: Mark<'a>,
}

/// The least height of characters that a row gives.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeightLimit {
    limit: Millimetre,
    row: String,
    provenance: Provenance,
}

impl<'a> Checks<'a> {
    pub(super) fn new(
        edition: Edition<'a, LabelRules>,
        legal: Edition<'a, LegalUnitRules>,
        input: &'a NetContentLabel,
        text: &'a str,
    ) -> Self {
        let mark = read(edition.rules, input.kind, text);
        Self {
            edition,
            legal,
            input,
            text,
            mark,
        }
    }

    pub(super) fn run(&self, slips: &mut Slips<'_>, grounds: &mut Grounds) -> Checked {
        let kind = self.input.kind;
        let is_of_kind = |read: &Read| read.spelling.unit.kind() == kind;
        let quantities = &self.mark.quantities;
        if kind != QuantityKind::Count
            && !quantities.is_empty()
            && !quantities.iter().any(is_of_kind)
        {
            let why = "the mark gives another kind of quantity";
            return Err(InputError::at("kind", InputProblem::Contradicts { why }));
        }
        self.words(grounds);
        self.legal_units(grounds);
        // Of a range of items no single number is the quantity.
        let has_no_number = quantities.is_empty() || kind == QuantityKind::Count;
        if has_no_number && !self.mark.is_range_of_items {
            self.without_quantity(grounds);
        }
        if kind == QuantityKind::Count {
            self.count_of_all(grounds);
        }
        for (index, read) in quantities.iter().enumerate() {
            self.quantity(index, read, grounds);
        }
        self.several_units(grounds);
        self.single(grounds);
        self.agreement(grounds);
        self.unclear(grounds);
        self.unplaced(grounds);
        self.height(slips, grounds)
    }

    fn words(&self, grounds: &mut Grounds) {
        let row = &self.edition.rules.mark;
        let has_words = self.mark.plain.contains(row.words.as_str());
        let has_wrong = self.mark.plain.contains(row.wrong_words.as_str());
        let may_omit = row.may_omit.contains(&self.input.kind);
        let is_met = has_words || (may_omit && !has_wrong);
        let cite = self.cite(row.article.as_str(), "words of the mark", row.provenance);
        let words = words::mark_words(row.words.as_str(), is_met, has_words);
        grounds.require(MARK_WORDS, None, CheckResult::of(is_met), cite, words);
    }

    fn legal_units(&self, grounds: &mut Grounds) {
        for hit in scan(self.legal.rules, self.text) {
            if hit.row.treatment != UnitTreatment::NotLegal {
                continue;
            }
            grounds.apply(self.legal);
            let cite = Cite {
                head: self.legal.head,
                article: self.legal.rules.article.as_str(),
                row: format!("unit: {}", hit.row.name),
                provenance: hit.row.provenance,
                suggests: Some(&self.edition.rules.violation)
                    .filter(|_| !hit.row.provenance.is_provisional()),
            };
            let subject = format!("{} at character {}", hit.written, hit.place);
            let words = words::not_legal(&hit.written, hit.row);
            grounds.require(UNIT_LEGAL, Some(subject), CheckResult::Fails, cite, words);
        }
    }

    /// What the numbers of counted goods come to, where × joins them.
    fn count_of_all(&self, grounds: &mut Grounds) {
        let of_items = |run: &&Run| run.is_product() && run.kind().is_none();
        let Some(run) = self.mark.runs.iter().find(of_items) else {
            return;
        };
        if let Some(total) = run.value() {
            grounds.note("COUNT_OF_ALL", words::count_of_all(&run.text(), total));
        }
    }

    /// No number has a unit of annex 1: a count, or a mark that lacks something.
    fn without_quantity(&self, grounds: &mut Grounds) {
        let number = &self.edition.rules.number;
        let cite = self.cite(
            number.article.as_str(),
            "number of the mark",
            number.provenance,
        );
        // Of counted goods the number of items is the quantity; of others it is a number without a unit.
        let is_count = self.input.kind == QuantityKind::Count;
        let other = self.mark.others.first().or(self.mark.items.first());
        let result = match other {
            Some(other) if other.number.contains(',') => CheckResult::NotAssessed,
            Some(other) => {
                CheckResult::of(!other.number.chars().all(|sign| matches!(sign, '0' | '.')))
            }
            None if self.mark.has_chinese_number => CheckResult::NotAssessed,
            // Counted goods whose mark gives another quantity and no number.
            None if !self.mark.quantities.is_empty() => CheckResult::NotAssessed,
            None => CheckResult::Fails,
        };
        let shown = other.map_or("", |other| other.number.as_str());
        let is_beside = is_count && !self.mark.quantities.is_empty();
        let subject = is_beside.then(|| "items".to_owned());
        let said = match (other, is_beside) {
            (None, true) => words::no_items(),
            _ => words::number(shown, result),
        };
        grounds.require(NUMBER, subject, result, cite, said);
        let Some(other) = other.filter(|_| self.input.kind != QuantityKind::Count) else {
            return;
        };
        let units = &self.edition.rules.units;
        let cite = self.cite(
            units.article.as_str(),
            "units of annex 1",
            number.provenance,
        );
        let words = words::no_unit(&other.number, &other.unit);
        grounds.require(UNIT_OF_ANNEX, None, CheckResult::Fails, cite, words);
    }

    fn quantity(&self, index: usize, read: &Read<'_>, grounds: &mut Grounds) {
        let rules = self.edition.rules;
        let subject = (self.mark.quantities.len() > 1)
            .then(|| format!("quantity {}: {}", index + 1, read.text()));
        let cite = self.cite(
            rules.number.article.as_str(),
            "number of the mark",
            rules.number.provenance,
        );
        let result = read.quantity.map_or(CheckResult::NotAssessed, |quantity| {
            CheckResult::of(!quantity.is_zero())
        });
        let said = words::number(&read.number, result);
        grounds.require(NUMBER, subject.clone(), result, cite, said);
        if significant_digits(&read.number) > rules.number.recommended_digits as usize {
            let said = words::many_digits(&read.number, rules.number.recommended_digits);
            grounds.note("MANY_SIGNIFICANT_DIGITS", said);
        }
        let spelling = read.spelling;
        let row = format!("spelling of {}", spelling.unit.symbol());
        let cite = self.cite(rules.units.article.as_str(), &row, spelling.provenance);
        let said = words::spelling(&read.written, spelling.unit, read.is_right);
        grounds.require(
            UNIT_SPELLING,
            subject.clone(),
            CheckResult::of(read.is_right),
            cite,
            said,
        );
        let Some(sizes) = read.quantity.and_then(|quantity| self.sizes(quantity)) else {
            return;
        };
        let unit = read.spelling.unit;
        let row = format!("annex 1: {}", sizes.range);
        let cite = self.cite(rules.units.article.as_str(), &row, sizes.provenance);
        let is_met = sizes.units.contains(&unit);
        if sizes.is_disputed {
            grounds.note("UNIT_AT_THE_SWITCH", words::at_the_switch(&read.text()));
        }
        let said = words::for_size(&read.text(), &sizes, is_met);
        grounds.require(UNIT_FOR_SIZE, subject, CheckResult::of(is_met), cite, said);
    }

    fn sizes(&self, quantity: NetQuantity) -> Option<SizeUnits> {
        let units = &self.edition.rules.units;
        match quantity {
            NetQuantity::Mass(mass) => units_for(&units.mass, mass),
            NetQuantity::Volume(volume) => units_for(&units.volume, volume),
            NetQuantity::Length(length) => units_for(&units.length, length),
            NetQuantity::Area(area) => units_for(&units.area, area),
        }
    }

    /// What leaves the quantity open is named; whether the law forbids it, nobody has seen.
    fn unclear(&self, grounds: &mut Grounds) {
        let signs = &self.mark.unclear;
        if signs.is_empty() {
            return;
        }
        let row = &self.edition.rules.unclear;
        let cite = self.cite(row.article.as_str(), "definite quantity", row.provenance);
        let words = words::unclear(signs);
        grounds.note("QUANTITY_UNCLEAR", words.clone());
        let result = CheckResult::NotAssessed;
        grounds.require(DEFINITE_QUANTITY, None, result, cite, words);
    }

    /// A quantity times a number is of several items: what was recorded as one item is for a person.
    fn single(&self, grounds: &mut Grounds) {
        let of_quantity = |run: &&Run| run.is_product() && run.kind().is_some();
        let Some(run) = self.mark.runs.iter().find(of_quantity) else {
            return;
        };
        if self.input.items != PackedItems::Single {
            return;
        }
        let row = &self.edition.rules.multi_pack;
        let cite = self.cite(row.article.as_str(), "several equal items", row.provenance);
        let words = words::not_single(&run.text());
        let result = CheckResult::NotAssessed;
        grounds.require(SEVERAL_ITEMS, None, result, cite, words);
    }

    /// A total beside several quantities has to be what they come to; one that is not is for a person.
    fn agreement(&self, grounds: &mut Grounds) {
        let Some(disagreement) = disagreement(&self.mark.runs) else {
            return;
        };
        let row = &self.edition.rules.mark;
        let cite = self.cite(row.article.as_str(), "net content mark", row.provenance);
        let words = words::disagreement(&disagreement);
        let result = CheckResult::NotAssessed;
        grounds.require(QUANTITIES_AGREE, None, result, cite, words);
    }

    /// A number that has no place beside the quantities is said, never dropped.
    fn unplaced(&self, grounds: &mut Grounds) {
        let is_count = self.input.kind == QuantityKind::Count;
        let is_placed = is_count || self.mark.quantities.is_empty();
        let placed = usize::from(is_placed && !self.mark.is_range_of_items);
        let others = self.mark.others.iter().skip(placed);
        let numbers: Vec<&str> = others
            .map(|other| other.number.as_str())
            .chain(self.mark.codes.iter().map(String::as_str))
            .collect();
        if self.mark.has_chinese_number && !self.mark.quantities.is_empty() {
            grounds.note("CHINESE_NUMBER_NOT_READ", words::chinese_number());
        }
        if !numbers.is_empty() {
            grounds.note("NUMBER_NOT_PLACED", words::unplaced(&numbers));
        }
    }

    fn several_units(&self, grounds: &mut Grounds) {
        let mut units: Vec<_> = self
            .mark
            .quantities
            .iter()
            .map(|read| read.spelling.unit.symbol())
            .collect();
        units.sort_unstable();
        units.dedup();
        if units.len() > 1 {
            grounds.note("SEVERAL_UNITS", words::several_units(&units));
        }
    }

    fn height(&self, slips: &mut Slips<'_>, grounds: &mut Grounds) -> Checked {
        let limits: Vec<_> = match self.input.kind {
            QuantityKind::Count => vec![self.plain_height()],
            _ => self
                .mark
                .quantities
                .iter()
                .filter_map(|read| self.height_for(read.quantity?))
                .collect(),
        };
        let article = self.edition.rules.characters.article.as_str();
        let (Some(limit), Some(height)) = (limits.first(), self.input.character_height) else {
            // Where the quantity cannot be read there is no row, and the duty alone is cited.
            let provenance = limits
                .first()
                .map_or(Provenance::Verified, |limit| limit.provenance);
            let cite = self.cite(article, "annex 2", provenance);
            let words = words::height_not_assessed(limits.first().map(|limit| limit.limit));
            grounds.require(
                CHARACTER_HEIGHT,
                None,
                CheckResult::NotAssessed,
                cite,
                words,
            );
            return Ok(());
        };
        let (found, least) = (height.value(), limit.limit.value());
        slips.check(|rules| &rules.size, "character_height", found, least)?;
        if limits.iter().any(|other| other.limit != limit.limit) {
            grounds.rely_on(
                "reading: the first quantity picks the height",
                Provenance::Unverified,
            );
            grounds.note("HEIGHT_BY_FIRST_QUANTITY", words::first_quantity());
        }
        let bound = Bound {
            measured: height.value().into(),
            limit: limit.limit.value().into(),
            unit: Millimetre::UNIT,
            comparison: Comparison::AtLeast,
        };
        let cite = self.cite(article, &limit.row, limit.provenance);
        grounds.compare(CHARACTER_HEIGHT, None, &bound, cite, words::height);
        Ok(())
    }

    fn height_for(&self, quantity: NetQuantity) -> Option<HeightLimit> {
        let characters = &self.edition.rules.characters;
        match quantity {
            NetQuantity::Mass(mass) => characters.mass.at(mass).map(|band| HeightLimit {
                limit: band.limit,
                row: format!("annex 2: {}", band.range("Qn")),
                provenance: band.provenance,
            }),
            NetQuantity::Volume(volume) => characters.volume.at(volume).map(|band| HeightLimit {
                limit: band.limit,
                row: format!("annex 2: {}", band.range("Qn")),
                provenance: band.provenance,
            }),
            NetQuantity::Length(_) | NetQuantity::Area(_) => Some(self.plain_height()),
        }
    }

    fn plain_height(&self) -> HeightLimit {
        let row = &self.edition.rules.characters.length_area_count;
        HeightLimit {
            limit: row.limit,
            row: "annex 2: length, area, count".to_owned(),
            provenance: row.provenance,
        }
    }

    fn cite(&self, article: &'a str, row: &str, provenance: Provenance) -> Cite<'a> {
        Cite {
            head: self.edition.head,
            article,
            row: row.to_owned(),
            provenance,
            suggests: Some(&self.edition.rules.violation),
        }
    }
}
