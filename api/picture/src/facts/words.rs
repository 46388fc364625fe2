//! Short texts: makers, models, programs.

use super::{Fact, xmp::Xmp};
use exif::{Exif, In, Tag, Value};

/// Most characters of a text: some phones write kilobytes of settings. A proposal.
const MOST: usize = 120;

/// A text of EXIF.
pub(super) fn exif(exif: Option<&Exif>, tag: Tag, name: &str) -> Option<Fact<String>> {
    Some(Fact {
        value: clean(text(exif?, tag)?)?,
        source: format!("exif:{name}"),
    })
}

/// A text of XMP.
pub(super) fn xmp(xmp: Option<&Xmp>, name: &str) -> Option<Fact<String>> {
    Some(Fact {
        value: clean(xmp?.get(name)?)?,
        source: format!("xmp:{}", name.split(':').next_back().unwrap_or(name)),
    })
}

/// The first line of a field, if it is text.
pub(super) fn text(exif: &Exif, tag: Tag) -> Option<&str> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    std::str::from_utf8(lines.first()?).ok().map(str::trim)
}

/// A text without what nobody sees, cut to its length; `None` if nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let seen = text.chars().filter(|c| !c.is_control());
    let text: String = seen.take(MOST).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
