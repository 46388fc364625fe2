//! JSON Schemas of measurements and verdicts, generated from the types that read and write them.
//!
//! A schema says what can be read at all: names, words, which fields there are and which are needed.
//! What a family refuses besides (a mass of zero, a contradiction) it says with a code when it judges.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::measurement::Measurement;
use crate::prepackaged::Content;
use crate::quantity::{
    Amount, Gram, Kind, Millilitre, Millimetre, Piece, Quantity, SquareCentimetre,
};
use crate::text::Text;
use crate::verdict::Verdict;

/// A number as people write it, full-width digits too, or a numeral of one sign.
const NUMBER: &str = r"([+\-−＋－]?[0-9０-９]+([.．][0-9０-９]+)?|[一二两三四五六七八九十半])";

/// The schema of the measurements of each family, by the name of the family.
pub fn measurements() -> Vec<(&'static str, Value)> {
    let schemas = Measurement::schemas().into_iter();
    schemas
        .map(|(family, schema)| (family, with_family(family, schema)))
        .collect()
}

/// The schema of a verdict as it is handed out: without its measurement, which has that of its family.
pub fn verdict() -> Value {
    of::<Verdict>().to_value()
}

/// The schema of what is read and written as `T`.
pub(crate) fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with_transform(Plain);
    settings.into_generator().into_root_schema_for::<T>()
}

/// Adds the field that names the family to the schema of its input.
fn with_family(family: &str, schema: Schema) -> Value {
    let mut schema = schema.to_value();
    let mut fields = Map::new();
    fields.insert(
        "family".to_owned(),
        json!({ "type": "string", "const": family }),
    );
    if let Some(Value::Object(known)) = schema.get_mut("properties") {
        fields.append(known);
        *known = fields;
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.insert(0, "family".into());
    }
    schema
}

/// Takes from the descriptions what only the documentation of Rust understands.
#[derive(Debug, Clone)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace("[`", "`").replace("`]", "`");
        }
        transform_subschemas(self, schema);
    }
}

fn quantity<K: Kind>() -> (&'static str, Vec<&'static str>) {
    let units = K::UNITS.iter().map(|(symbol, _)| *symbol);
    (K::NAME, units.collect())
}

fn with_units(name: &str, units: &[&str]) -> Schema {
    let example = format!("1 {}", units.first().copied().unwrap_or_default());
    let mut pattern = format!(r"{NUMBER}\s*[^0-9\s].*");
    // A sign of money stands before its number.
    if units.iter().any(|unit| unit.starts_with('元')) {
        pattern = format!(r"([¥￥]\s*{NUMBER}.*|{pattern})");
    }
    json_schema!({
        "type": "string",
        "description": format!("{}: a number with its unit, such as \"{example}\".", capitalised(name)),
        "pattern": format!(r"^\s*{pattern}$"),
        "x-units": units,
    })
}

impl<K: Kind> JsonSchema for Quantity<K> {
    fn schema_name() -> Cow<'static, str> {
        let words = K::NAME.split(' ').map(capitalised);
        Cow::Owned(words.collect())
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Owned(format!("Quantity<{}>", K::NAME))
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let (name, units) = quantity::<K>();
        with_units(name, &units)
    }
}

fn capitalised(word: &str) -> String {
    let mut signs = word.chars();
    let first = signs.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(signs).collect()
}

impl JsonSchema for Content {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Content")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        fn units<K: Kind>(_: Quantity<K>) -> Vec<&'static str> {
            quantity::<K>().1
        }
        let all = [
            units(Gram::ZERO),
            units(Millilitre::ZERO),
            units(Millimetre::ZERO),
            units(SquareCentimetre::ZERO),
            units(Piece::ZERO),
        ];
        with_units("mass, volume, length, area or count", &all.concat())
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Amount")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A number with the symbol of its unit; a pure number stands alone.",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?( .+)?$",
        })
    }
}

impl<const MOST: usize, L> JsonSchema for Text<MOST, L> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Text{MOST}"))
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": MOST })
    }
}
