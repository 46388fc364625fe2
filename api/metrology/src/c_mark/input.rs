//! The input: one package that may bear the C mark, and the declaration behind it.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::seen::Seen;
use crate::tagged;
use crate::text::{GoodsName, Text};

/// One package that may bear the C mark.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CMark {
    /// The day of the inspection; picks the edition of the rules.
    pub inspected_on: NaiveDate,
    /// What the goods are called; compared with the declared names.
    pub goods_name: GoodsName,
    /// Whoever printed the mark.
    pub producer: Text<200>,
    /// What they are.
    pub user: MarkUser,
    /// Whether the package bears the mark.
    pub mark_present: Seen,
    /// The day the goods were made, where it is printed.
    pub produced_on: Option<NaiveDate>,
    /// What the portal says; absent where nobody looked it up.
    pub declaration: Option<DeclarationSearch>,
}

/// What whoever printed the mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MarkUser {
    /// The producer.
    Producer,
    /// A packer on contract.
    Packer,
    /// A seller.
    Seller,
}

/// What a search on the portal gave.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
#[serde(tag = "found", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeclarationSearch {
    /// No declaration of this enterprise.
    Nothing,
    /// A declaration.
    Declared(Declaration),
}

impl<'de> Deserialize<'de> for DeclarationSearch {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
        enum Found {
            Nothing {},
            Declared(Declaration),
        }
        Ok(match tagged::read(from, "found")? {
            Found::Nothing {} => Self::Nothing,
            Found::Declared(declaration) => Self::Declared(declaration),
        })
    }
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The day of the declaration.
    pub declared_on: NaiveDate,
    /// The names of the declared products, at most 200; may be empty where the officer compared them.
    pub products: Vec<Text<200>>,
    /// Whether the officer finds the product among them.
    pub covers_product: Coverage,
    /// Whether the portal says that it was withdrawn: `NO` while it stands. Where nobody looked, and no day is
    /// given, it is taken to stand, and the verdict says so.
    #[serde(default, skip_serializing_if = "Seen::is_not_seen")]
    pub withdrawn: Seen,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Whether a declaration covers a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Coverage {
    /// It does.
    Yes,
    /// It is for other products.
    No,
    /// Not known.
    Unknown,
}

impl Declaration {
    /// The most names of products.
    pub const MOST_PRODUCTS: usize = 200;
}
