//! The kinds of venue that are inspected by a checklist and rated.

use serde::{Deserialize, Serialize};

/// The kind of a venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[derive(strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Venue {
    /// Organiser of a farmers' market (集市主办者).
    MarketOrganiser,
    /// Stallholder in a market (入场经营者).
    Stall,
    /// Shop or supermarket (商店).
    Shop,
    /// Filling station (加油站).
    FillingStation,
    /// Catering (餐饮).
    Catering,
    /// Maker or fitter of spectacles (眼镜制配).
    Optician,
    /// Packer of prepackaged goods (定量包装商品生产者). No source groups its indicators for a
    /// rating; the choice is ours.
    Packer,
}

/// How checklists and their templates spell a venue. Kept verdicts hold these words, so they stay
/// beside those of the register.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(remote = "Venue", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ChecklistWord {
    MarketOrganiser,
    Stall,
    Shop,
    #[serde(rename = "GAS_STATION")]
    FillingStation,
    #[serde(rename = "RESTAURANT")]
    Catering,
    Optician,
    Packer,
}

impl Venue {
    /// Its name, as checklists spell it.
    pub fn checklist_word(self) -> &'static str {
        match self {
            Self::MarketOrganiser => "MARKET_ORGANISER",
            Self::Stall => "STALL",
            Self::Shop => "SHOP",
            Self::Catering => "RESTAURANT",
            Self::FillingStation => "GAS_STATION",
            Self::Optician => "OPTICIAN",
            Self::Packer => "PACKER",
        }
    }
}
