//! Prism of one lens against table 4.

use rust_decimal::Decimal;

use super::finding::{Aspect, Origin, compare, leave, limit_not_known, of_eye, within};
use super::lens::Eye;
use crate::quantity::{Dioptre, PrismDioptre};
use crate::rules::{Bands, PrismLimit};
use crate::verdict::Grounds;

pub(super) const HORIZONTAL: Aspect =
    Aspect::new("PRISM_HORIZONTAL", "水平棱镜度", "horizontal prism");
pub(super) const VERTICAL: Aspect = Aspect::new("PRISM_VERTICAL", "垂直棱镜度", "vertical prism");

/// Prism of one lens in one direction, in prism dioptres, with the sign of its base.
pub(super) struct PrismPair<'a> {
    pub aspect: Aspect,
    pub eye: Eye,
    pub wanted: Option<Decimal>,
    pub found: Option<Decimal>,
    /// The strongest meridian of the lens prescribed.
    pub power: Dioptre,
    pub bands: &'a Bands<PrismDioptre, Bands<Dioptre, PrismLimit>>,
}

impl PrismPair<'_> {
    /// Prism that was not wanted counts as zero. Neither wanted nor found: nothing to say.
    pub(super) fn judge(&self, origin: Origin<'_>, grounds: &mut Grounds) {
        let subject = of_eye(self.eye);
        let Some(found) = self.found else {
            if self.wanted.is_some() {
                let why = ("未测量", "it was not measured");
                leave(grounds, self.aspect, subject, origin, why);
            }
            return;
        };
        let wanted = self.wanted.unwrap_or_default();
        let band = PrismDioptre::from_value(wanted.abs()).and_then(|size| self.bands.at(size));
        let row = band.and_then(|band| Some((band, band.limit.at(self.power)?)));
        let Some((band, row)) = row else {
            return limit_not_known(grounds, self.aspect.zh, self.aspect.en);
        };
        let limit = row.limit.at(self.power);
        let bound = within(found - wanted, limit, PrismDioptre::UNIT);
        let name = self.aspect.en;
        let cite = origin.band(
            format!("{name}, {}, {}", band.range("P"), row.range("|D|")),
            row,
        );
        compare(grounds, self.aspect, subject, &bound, cite);
    }
}
