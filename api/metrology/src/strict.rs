//! JSON text in which no key stands twice: of two values one would be dropped without a word.

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Why a text is refused.
pub(crate) struct Malformed {
    /// The path of the key that stands twice, where that is why.
    pub field: Option<String>,
    pub told: String,
}

/// Stands before and after the path in the text of a refusal.
const MARK: char = '\u{1}';

/// Parses JSON, refusing a key that stands twice.
pub(crate) fn parse(text: &str) -> Result<Value, Malformed> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Node(&Place::Root)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| {
        let told = error.to_string();
        match told.split(MARK).collect::<Vec<_>>().as_slice() {
            ["", path, rest] => Malformed {
                field: Some((*path).to_owned()),
                told: (*rest).to_owned(),
            },
            _ => Malformed { field: None, told },
        }
    })
}

/// Where a value stands; written out only where something is refused.
pub(crate) enum Place<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    Row(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => f.write_str(name),
            Self::Field(above, name) => write!(f, "{above}.{name}"),
            Self::Row(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

struct Node<'a>(&'a Place<'a>);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        loop {
            let place = Place::Row(self.0, read.len());
            match rows.next_element_seed(Node(&place))? {
                Some(row) => read.push(row),
                None => return Ok(Value::Array(read)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let place = Place::Field(self.0, &name);
            if read.contains_key(&name) {
                let told = format_args!("{MARK}{place}{MARK}the key stands twice");
                return Err(A::Error::custom(told));
            }
            let field = fields.next_value_seed(Node(&place))?;
            read.insert(name, field);
        }
        Ok(Value::Object(read))
    }
}
