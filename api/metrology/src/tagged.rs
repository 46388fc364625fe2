//! Enums whose variant a field names (`{"kind": "FOOD", "class_by": {…}}`), read so that a field that
//! the variant does not have is refused, whatever the variant, and a refusal knows its whole path.

use serde::Deserialize as _;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::{Map, Value};

/// Stands before and after the path in the text of a refusal on its way out of nested enums; no text
/// that is read holds it.
const MARK: char = '\u{1}';

/// Declares such an enum, with the name of the field that names the variant.
macro_rules! tagged {
    (
        by $tag:literal
        $(#[$attribute:meta])*
        pub enum $Name:ident {
            $(
                $(#[$about:meta])*
                $Variant:ident $({ $( $(#[$of_field:meta])* $field:ident: $Type:ty, )* })?,
            )*
        }
    ) => {
        $(#[$attribute])*
        #[derive(serde::Serialize)]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            schemars(deny_unknown_fields)
        )]
        #[serde(tag = $tag, rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $Name {
            $( $(#[$about])* $Variant $({ $( $(#[$of_field])* $field: $Type, )* })?, )*
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                #[serde(rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
                enum Fields {
                    $( $Variant { $( $( $field: $Type, )* )? }, )*
                }
                Ok(match $crate::tagged::read(from, $tag)? {
                    $(
                        Fields::$Variant { $( $( $field, )* )? } => {
                            Self::$Variant $({ $( $field, )* })?
                        }
                    )*
                })
            }
        }
    };
}

/// Reads the variant that `tag` names with the fields beside it.
pub(crate) fn read<'de, D, T>(from: D, tag: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let Value::Object(mut fields) = Value::deserialize(from)? else {
        return Err(D::Error::custom("a map is wanted"));
    };
    let word = match fields.remove(tag) {
        Some(Value::String(word)) => word,
        Some(_) => return Err(refusal(tag, "a text is wanted")),
        None => return Err(D::Error::missing_field(tag)),
    };
    let variant = Map::from_iter([(word, Value::Object(fields))]);
    serde_path_to_error::deserialize(Value::Object(variant)).map_err(|error| {
        let path = error.path().to_string();
        let told = error.into_inner().to_string();
        // The first step of the path is the variant, which is no field.
        let within = path.split_once('.').map_or("", |(_, within)| within);
        let at = match told.starts_with("unknown variant") && within.is_empty() {
            true => tag,
            false => within,
        };
        refusal(at, &told)
    })
}

fn refusal<E: Error>(at: &str, told: &str) -> E {
    E::custom(format_args!("{MARK}{at}{MARK}{told}"))
}

/// The path of a refusal from `outer` on, and what is told there.
pub(crate) fn resolve(outer: String, told: &str) -> (String, &str) {
    let (mut path, mut told) = (outer, told);
    while let Some((within, rest)) = told
        .strip_prefix(MARK)
        .and_then(|inner| inner.split_once(MARK))
    {
        path = match (path.as_str(), within) {
            (_, "") => path,
            (".", within) => within.to_owned(),
            (outer, within) => format!("{outer}.{within}"),
        };
        told = rest;
    }
    (path, told)
}
