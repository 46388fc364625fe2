//! Which tables and classes hold for the goods, and how their rows are written.

use super::{ClassBy, GoodsClass, LimitSource, PreciousMetal, RetailWeighing};
use crate::input::{InputError, InputProblem};
use crate::quantity::Gram;
use crate::refusal::JudgeError;
use crate::rules::{Band, Bands, Reading, RetailRules};
use crate::verdict::{Grounds, Words};

/// A table that holds for the goods by one reading.
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

    fn of_food(rules: &'a RetailRules, class: GoodsClass) -> Self {
        Self {
            bands: rules.table_1.of(class),
            source: TableSource::Food(class),
        }
    }

    pub(super) fn limit_source(&self) -> LimitSource {
        match self.source {
            TableSource::Food(class) => LimitSource::Table1 { class },
            TableSource::Piece(metal) => LimitSource::Table2 { metal },
        }
    }

    fn label(&self) -> &'static str {
        match self.source {
            TableSource::Food(GoodsClass::One) => "table 1, class 1",
            TableSource::Food(GoodsClass::Two) => "table 1, class 2",
            TableSource::Food(GoodsClass::Three) => "table 1, class 3",
            TableSource::Food(GoodsClass::Four) => "table 1, class 4",
            TableSource::Piece(PreciousMetal::Gold) => "table 2, gold piece",
            TableSource::Piece(PreciousMetal::Silver) => "table 2, silver piece",
        }
    }

    /// The table as the sentence on two readings names it.
    pub(super) fn said(&self) -> Words {
        match self.source {
            TableSource::Food(class) => {
                Words::new(format!("第{class}类"), format!("class {class}"))
            }
            TableSource::Piece(_) => Words::new("附表2", "table 2"),
        }
    }

    pub(super) fn row(&self, band: &Band<Gram>) -> String {
        let (label, range) = (self.label(), band.range("m"));
        joined!(label, ", ", &range)
    }

    pub(super) fn row_above(&self) -> String {
        let end = self.bands.end().unwrap_or_default();
        format!("above {}, m > {end}", self.label())
    }
}

/// Puts food into its class; into both classes where name and price differ and neither has priority,
/// with what is to be said of the choice where they do not agree on the weighing.
///
/// Above the highest price of the third class the price decides whatever the goods are called: the row
/// names no goods, and would apply to none if names came first.
pub(super) fn food_tables<'a>(
    rules: &'a RetailRules,
    class_by: &ClassBy,
    input: &RetailWeighing,
    grounds: &mut Grounds,
) -> Result<(Vec<Table<'a>>, Option<Words>), JudgeError> {
    let by_price = rules.class_by_price.of(input.unit_price);
    let group = match class_by {
        ClassBy::Name { group } => Some(*group),
        ClassBy::Price { group, .. } => *group,
    };
    let by_name = group.map(|group| *rules.class_by_name.of(group));
    if let Some(by_name) = by_name {
        grounds.number("class_by_name", u8::from(by_name).into(), "");
    }
    grounds.number("class_by_price", u8::from(by_price).into(), "");
    let differing = by_name.filter(|by_name| *by_name != by_price);
    let Some(by_name) = differing else {
        return Ok((vec![Table::of_food(rules, by_price)], None));
    };
    if matches!(class_by, ClassBy::Price { reason: None, .. }) {
        let field = "category.class_by.reason";
        return Err(InputError::at(field, InputProblem::ReasonRequired).into());
    }
    if by_price == GoodsClass::Four {
        let reading = &rules.readings.class_by_price_above_100;
        grounds.rely_on("reading: price decides in class 4", reading.provenance);
        grounds.note("CLASS_BY_PRICE", said(reading));
        return Ok((vec![Table::of_food(rules, by_price)], None));
    }
    let choice = choice(rules, class_by, (by_name, by_price));
    let mut classes = [by_name, by_price];
    if matches!(class_by, ClassBy::Price { .. }) {
        classes.reverse();
    }
    let tables = classes.map(|class| Table::of_food(rules, class)).to_vec();
    Ok((tables, Some(choice)))
}

fn choice(
    rules: &RetailRules,
    class_by: &ClassBy,
    (by_name, by_price): (GoodsClass, GoodsClass),
) -> Words {
    let both = Words::new(
        format!("按品名为第{by_name}类，按价格为第{by_price}类。"),
        format!("By name the goods are class {by_name}, by price class {by_price}."),
    );
    let chosen = match class_by {
        ClassBy::Price {
            reason: Some(reason),
            ..
        } => Words::new(
            format!("执法人员取第{by_price}类（按价格）；理由：{reason}。"),
            format!(" The officer took class {by_price} by price; reason: {reason}."),
        ),
        ClassBy::Name { .. } | ClassBy::Price { .. } => Words::default(),
    };
    let reading = said(&rules.readings.class_by_name);
    Words::new(
        format!("{}{}{}", both.zh, chosen.zh, reading.zh),
        format!("{}{} {}", both.en, chosen.en, reading.en),
    )
}

/// The text of a reading.
pub(super) fn said(reading: &Reading) -> Words {
    Words::new(reading.text_zh.as_str(), reading.text_en.as_str())
}
