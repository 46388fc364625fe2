//! Which table and class hold for the goods, and how their rows are written.

use super::{ClassBy, GoodsClass, LimitSource, PreciousMetal, RetailWeighing};
use crate::input::{InputError, InputProblem};
use crate::quantity::Gram;
use crate::refusal::JudgeError;
use crate::rules::{Band, Bands, Reading, RetailRules};
use crate::verdict::{Grounds, Words};

/// The table that holds for the goods.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub bands: &'a Bands<Gram>,
    source: TableSource,
}

#[derive(Clone, Copy)]
enum TableSource {
    Food(GoodsClass),
    Piece(PreciousMetal),
}

impl<'a> Table<'a> {
    pub(super) fn of_pieces(rules: &'a RetailRules, metal: PreciousMetal) -> Self {
        Self {
            bands: rules.table_2.of(metal),
            source: TableSource::Piece(metal),
        }
    }

    pub(super) fn limit_source(&self) -> LimitSource {
        match self.source {
            TableSource::Food(class) => LimitSource::Table1 { class },
            TableSource::Piece(metal) => LimitSource::Table2 { metal },
        }
    }

    fn label(&self) -> String {
        match self.source {
            TableSource::Food(class) => format!("table 1, class {class}"),
            TableSource::Piece(PreciousMetal::Gold) => "table 2, gold piece".to_owned(),
            TableSource::Piece(PreciousMetal::Silver) => "table 2, silver piece".to_owned(),
        }
    }

    pub(super) fn row(&self, band: &Band<Gram>) -> String {
        format!("{}, {}", self.label(), band.range("m"))
    }

    pub(super) fn row_above(&self) -> String {
        let end = self.bands.end().unwrap_or_default();
        format!("above {}, m > {end}", self.label())
    }
}

/// Puts food into a class and picks the bands of that class.
pub(super) fn food_table<'a>(
    rules: &'a RetailRules,
    class_by: &ClassBy,
    input: &RetailWeighing,
    grounds: &mut Grounds,
) -> Result<Table<'a>, JudgeError> {
    let by_price = rules.class_by_price.of(input.unit_price);
    let (group, class) = match class_by {
        ClassBy::Name { group } => (Some(*group), *rules.class_by_name.of(*group)),
        ClassBy::Price { group, .. } => (*group, by_price),
    };
    let by_name = group.map(|group| *rules.class_by_name.of(group));
    if let Some(by_name) = by_name {
        grounds.number("class_by_name", u8::from(by_name).into(), "");
    }
    grounds.number("class_by_price", u8::from(by_price).into(), "");
    grounds.number("class", u8::from(class).into(), "");
    match class_by {
        ClassBy::Name { .. } => {
            grounds.rely_on("table 1, class by name", rules.class_by_name.provenance);
        }
        ClassBy::Price { .. } => {
            grounds.rely_on("table 1, class by price", rules.class_by_price.provenance);
        }
    }
    if let Some(by_name) = by_name.filter(|by_name| *by_name != by_price) {
        let reading = &rules.readings.class_by_name;
        grounds.rely_on("reading: class by name first", reading.provenance);
        note_choice(reading, class_by, (by_name, by_price), grounds)?;
    }
    Ok(Table {
        bands: rules.table_1.of(class),
        source: TableSource::Food(class),
    })
}

fn note_choice(
    reading: &Reading,
    class_by: &ClassBy,
    (by_name, by_price): (GoodsClass, GoodsClass),
    grounds: &mut Grounds,
) -> Result<(), JudgeError> {
    let (zh, en) = match class_by {
        ClassBy::Name { .. } => (
            format!("取第{by_name}类（按品名）；按价格为第{by_price}类。"),
            format!("Class {by_name} was taken by name; by price it would be class {by_price}."),
        ),
        ClassBy::Price {
            reason: Some(reason),
            ..
        } => (
            format!(
                "执法人员取第{by_price}类（按价格），未取第{by_name}类（按品名）；理由：{reason}。"
            ),
            format!(
                "The officer took class {by_price} by price instead of class {by_name} by name; reason: {reason}."
            ),
        ),
        ClassBy::Price { reason: None, .. } => {
            let field = "category.class_by.reason";
            return Err(InputError::at(field, InputProblem::ReasonRequired).into());
        }
    };
    let zh = format!("{zh}{}", reading.text_zh);
    let en = format!("{en} {}", reading.text_en);
    grounds.note("CLASS_CHOICE", Words::new(zh, en));
    Ok(())
}
