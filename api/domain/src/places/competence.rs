//! Which bureau is competent (Order 121, articles 13, 14 and 29 to 33), as far as addresses decide
//! it. Pure: knows divisions, not bureaus.

use super::division::{DivisionCode, Level};

/// The procedure that a bureau must be competent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// A consumer dispute.
    Complaint,
    /// A tip-off.
    Report,
}

/// Where the trade took place, as far as competence asks. Addresses outside the loaded divisions
/// are absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// A shop, a stall, a workshop.
    Ordinary {
        /// Where it does business, and where the act happened.
        business: DivisionCode,
        /// Where it is registered, if elsewhere.
        domicile: Option<DivisionCode>,
    },
    /// A platform operator, or a trader with a website of its own.
    PlatformOperator {
        /// Where it is registered.
        domicile: DivisionCode,
    },
    /// A shop on a platform.
    PlatformShop {
        /// Where it really does business, if known.
        business: Option<DivisionCode>,
        /// The address that the platform shows, if it shows one at which the shop can be reached.
        shown: Option<DivisionCode>,
        /// Where the platform operator is registered.
        platform: DivisionCode,
    },
    /// An advertisement.
    Advert {
        /// Where its publisher is.
        publisher: DivisionCode,
        /// Where the advertiser and the agency are; they count for adverts on the internet alone.
        online: Option<Advertisers>,
    },
}

/// Who stands behind an advert on the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advertisers {
    /// Where the advertiser is.
    pub advertiser: Option<DivisionCode>,
    /// Where the agency is.
    pub agency: Option<DivisionCode>,
}

/// How a division comes to be competent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// By itself.
    Own,
    /// Only if it received the matter first.
    IfFirst,
}

/// The competent divisions, the one that need not be first in front, each once.
#[must_use]
pub fn competent(track: Track, setting: Setting) -> Vec<(DivisionCode, Title)> {
    let own = |division| Some((division, Title::Own));
    let if_first = |division: Option<DivisionCode>| division.map(|code| (code, Title::IfFirst));
    let found = match (track, setting) {
        // Article 13: actual place of business or domicile.
        (Track::Complaint, Setting::Ordinary { business, domicile }) => {
            vec![own(business), domicile.and_then(own)]
        }
        // Article 29: where the act happened.
        (Track::Report, Setting::Ordinary { business, .. }) => vec![own(business)],
        // Article 13, and 31 for reports: the operator's domicile.
        (_, Setting::PlatformOperator { domicile }) => vec![own(domicile)],
        // Article 13: the address shown on the platform or the platform's domicile.
        (
            Track::Complaint,
            Setting::PlatformShop {
                shown, platform, ..
            },
        ) => {
            vec![shown.and_then(own), own(platform)]
        }
        // Article 31: the shop's actual place; the platform's place if it received it first, and by
        // itself where no place of the shop is known.
        (
            Track::Report,
            Setting::PlatformShop {
                business: Some(business),
                platform,
                ..
            },
        ) => vec![own(business), if_first(Some(platform))],
        (
            Track::Report,
            Setting::PlatformShop {
                business: None,
                platform,
                ..
            },
        ) => vec![own(platform)],
        // Article 32: the publisher's place; on the internet also the others' if first. The order
        // gives complaints no rule of their own for adverts; the same places stand in.
        (_, Setting::Advert { publisher, online }) => vec![
            own(publisher),
            if_first(online.and_then(|who| who.advertiser)),
            if_first(online.and_then(|who| who.agency)),
        ],
    };
    let mut each: Vec<(DivisionCode, Title)> = Vec::new();
    for (division, title) in found.into_iter().flatten() {
        if !each.iter().any(|(before, _)| *before == division) {
            each.push((division, title));
        }
    }
    each
}

/// Whether a division stands above both, so that it may designate (article 33: the common superior,
/// or a superior directly).
#[must_use]
pub fn is_superior_of(division: DivisionCode, a: DivisionCode, b: DivisionCode) -> bool {
    division.level() != Level::County
        && [a, b]
            .iter()
            .all(|lower| division.contains(lower) && division != *lower)
}

#[cfg(test)]
mod tests;
