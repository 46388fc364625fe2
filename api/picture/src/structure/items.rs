//! The items of a HEIF and where they stand (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12).

use super::{
    Notes, Turn,
    bmff::{Box, boxes},
};
use crate::number::wide;
use std::ops::Range;

/// Most items, extents and properties together: the largest phone's picture has a hundred tiles.
const MOST: usize = 20_000;

/// One item.
#[derive(Debug, Default)]
struct Item {
    id: usize,
    kind: [u8; 4],
    /// Where its bytes stand in the file.
    extents: Vec<Range<usize>>,
}

/// What one item says of others: `dimg` that it is made of them, `thmb` that it is a smaller one of them.
#[derive(Debug)]
struct Reference {
    kind: [u8; 4],
    from: usize,
    to: Vec<usize>,
}

/// A property that is read here.
#[derive(Debug, Clone, Copy)]
enum Property {
    Size(u32, u32),
    /// Quarter turns against the clock.
    Turned(u8),
    /// Mirrored: top and bottom change places, or left and right.
    Mirrored(u8),
    Other,
}

/// The items of a picture.
#[derive(Debug)]
pub(super) struct Items {
    primary: usize,
    items: Vec<Item>,
    references: Vec<Reference>,
    properties: Vec<Property>,
    /// For each item the places of its properties.
    owned: Vec<(usize, Vec<usize>)>,
}

/// Reads numbers one after the other.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take(&mut self, many: usize) -> Option<usize> {
        let number = wide(self.bytes, self.at, many)?;
        self.at += many;
        Some(number)
    }
}

/// The content of a box with its version; the flags are left out.
fn full<'a>(bytes: &'a [u8], found: &Box) -> Option<(u8, Cursor<'a>)> {
    let content = bytes.get(found.content.clone())?;
    let version = *content.first()?;
    Some((
        version,
        Cursor {
            bytes: content,
            at: 4,
        },
    ))
}

impl Items {
    /// Reads the items; `None` if one of them does not lie within the file.
    pub(super) fn read(bytes: &[u8], meta: Range<usize>) -> Option<Self> {
        let inside = boxes(bytes, meta.start.checked_add(4)?..meta.end)?;
        let find = |kind: &[u8; 4]| inside.iter().find(|found| &found.kind == kind);
        let (version, mut primary) = full(bytes, find(b"pitm")?)?;
        let primary = primary.take(if version == 0 { 2 } else { 4 })?;
        let data = find(b"idat").map_or(0..0, |found| found.content.clone());
        let mut items = kinds(bytes, find(b"iinf")?)?;
        place(bytes, find(b"iloc")?, data, &mut items)?;
        let references = find(b"iref").map_or(Some(Vec::new()), |found| references(bytes, found));
        let parts = boxes(bytes, find(b"iprp")?.content.clone())?;
        let part = |kind: &[u8; 4]| parts.iter().find(|found| &found.kind == kind);
        let properties = boxes(bytes, part(b"ipco")?.content.clone())?;
        let primary_is_there = |item: &Item| item.id == primary && !item.extents.is_empty();
        items.iter().any(primary_is_there).then_some(Self {
            primary,
            references: references?,
            properties: properties
                .iter()
                .map(|found| property(bytes, found))
                .collect(),
            owned: owned(bytes, part(b"ipma")?)?,
            items,
        })
    }

    fn properties(&self) -> impl Iterator<Item = Property> {
        let owned = self.owned.iter().filter(|(item, _)| *item == self.primary);
        let places = owned.flat_map(|(_, places)| places);
        places.filter_map(|place| self.properties.get(place.checked_sub(1)?).copied())
    }

    /// Width and height as the picture is stored.
    pub(super) fn size(&self) -> Option<(u32, u32)> {
        self.properties().find_map(|property| match property {
            Property::Size(width, height) if width > 0 && height > 0 => Some((width, height)),
            _ => None,
        })
    }

    /// How it is turned: EXIF's orientation says nothing here.
    pub(super) fn turn(&self) -> Turn {
        let mut value = Turn::NONE;
        for property in self.properties() {
            value = match property {
                Property::Turned(quarters) => (0..quarters).fold(value, |value, _| turned(value)),
                Property::Mirrored(axis) => mirrored(value, axis),
                _ => value,
            };
        }
        value
    }

    /// How many pictures are shown as such.
    pub(super) fn pictures(&self) -> u32 {
        let is_part = |item: &Item| {
            self.references
                .iter()
                .any(|reference| match &reference.kind {
                    b"dimg" => reference.to.contains(&item.id),
                    b"thmb" | b"auxl" => reference.from == item.id,
                    _ => false,
                })
        };
        let is_picture = |item: &&Item| {
            let kinds = [
                b"hvc1", b"av01", b"grid", b"iovl", b"iden", b"jpeg", b"avc1",
            ];
            kinds.contains(&&item.kind) && !is_part(item)
        };
        let many = self.items.iter().filter(is_picture).count();
        u32::try_from(many).unwrap_or(u32::MAX).max(1)
    }

    /// EXIF, XMP and previews.
    pub(super) fn notes(&self, bytes: &[u8]) -> Notes {
        let content = |kind: &[u8; 4]| {
            let item = self.items.iter().find(|item| &item.kind == kind)?;
            let parts = item
                .extents
                .iter()
                .filter_map(|part| bytes.get(part.clone()));
            Some(parts.flatten().copied().collect::<Vec<u8>>())
        };
        // An offset to the TIFF header stands before it.
        let exif = content(b"Exif").and_then(|exif| {
            let begin = wide(&exif, 0, 4)?.checked_add(4)?;
            exif.get(begin..).map(<[u8]>::to_vec)
        });
        let is_xmp = |text: &Vec<u8>| crate::number::find(text, b"rdf:RDF").is_some();
        let jpegs = self.items.iter().filter(|item| &item.kind == b"jpeg");
        let mut previews: Vec<_> = jpegs
            .filter_map(|item| match item.extents.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            })
            .collect();
        previews.sort_by_key(|range| std::cmp::Reverse(range.len()));
        Notes {
            exif,
            xmp: content(b"mime").filter(is_xmp),
            manifest: None,
            previews,
        }
    }
}

/// A quarter turn against the clock, after what is done already.
const fn turned(before: Turn) -> Turn {
    const TABLE: [u32; 9] = [1, 8, 5, 6, 7, 4, 1, 2, 3];
    Turn::of(TABLE[before.exif() as usize])
}

/// A mirror, after what is done already: 0 changes top and bottom, 1 left and right.
const fn mirrored(before: Turn, axis: u8) -> Turn {
    const ACROSS: [u32; 9] = [1, 4, 3, 2, 1, 8, 7, 6, 5];
    const ALONG: [u32; 9] = [1, 2, 1, 4, 3, 6, 5, 8, 7];
    Turn::of(if axis == 0 { ACROSS } else { ALONG }[before.exif() as usize])
}

fn kinds(bytes: &[u8], found: &Box) -> Option<Vec<Item>> {
    let (version, mut cursor) = full(bytes, found)?;
    cursor.take(if version == 0 { 2 } else { 4 })?;
    let entries = boxes(bytes, found.content.start + cursor.at..found.content.end)?;
    let item = |entry: &Box| {
        let (version, mut cursor) = full(bytes, entry)?;
        let id = cursor.take(if version < 3 { 2 } else { 4 })?;
        cursor.take(2)?;
        let kind = *cursor.bytes.get(cursor.at..)?.first_chunk()?;
        (version >= 2).then_some(Item {
            id,
            kind,
            extents: Vec::new(),
        })
    };
    entries.iter().map(item).collect()
}

/// Reads where the items stand (8.11.3); `None` if one does not lie within the file.
fn place(bytes: &[u8], found: &Box, data: Range<usize>, items: &mut [Item]) -> Option<()> {
    let (version, mut cursor) = full(bytes, found)?;
    let sizes = cursor.take(2)?;
    let (offset, length) = (sizes >> 12, sizes >> 8 & 15);
    let (base, index) = (sizes >> 4 & 15, if version > 0 { sizes & 15 } else { 0 });
    let wide = if version < 2 { 2 } else { 4 };
    let mut extents = 0;
    for _ in 0..cursor.take(wide)? {
        let id = cursor.take(wide)?;
        let method = if version > 0 { cursor.take(2)? & 15 } else { 0 };
        cursor.take(2)?;
        let base = cursor.take(base)?;
        let many = cursor.take(2)?;
        extents += many.max(1);
        (extents <= MOST).then_some(())?;
        for _ in 0..many {
            cursor.take(index)?;
            let offset = base.checked_add(cursor.take(offset)?)?;
            let length = cursor.take(length)?;
            let within = match method {
                0 => 0..bytes.len(),
                1 => data.clone(),
                // Made from other items, which are looked at themselves.
                _ => continue,
            };
            let start = within.start.checked_add(offset)?;
            // Without a length it goes to the end.
            let end = if length == 0 {
                within.end
            } else {
                start.checked_add(length)?
            };
            (start <= end && end <= within.end).then_some(())?;
            if let Some(item) = items.iter_mut().find(|item| item.id == id) {
                item.extents.push(start..end);
            }
        }
    }
    Some(())
}

fn references(bytes: &[u8], found: &Box) -> Option<Vec<Reference>> {
    let (version, cursor) = full(bytes, found)?;
    let wide = if version == 0 { 2 } else { 4 };
    let entries = boxes(bytes, found.content.start + cursor.at..found.content.end)?;
    let reference = |entry: &Box| {
        let content = bytes.get(entry.content.clone())?;
        let mut cursor = Cursor {
            bytes: content,
            at: 0,
        };
        let from = cursor.take(wide)?;
        let many = cursor.take(2)?;
        let to = (0..many)
            .map(|_| cursor.take(wide))
            .collect::<Option<_>>()?;
        Some(Reference {
            kind: entry.kind,
            from,
            to,
        })
    };
    entries.iter().map(reference).collect()
}

fn property(bytes: &[u8], found: &Box) -> Property {
    let content = bytes.get(found.content.clone()).unwrap_or_default();
    let size = |at| wide(content, at, 4).and_then(|size| u32::try_from(size).ok());
    let first = content.first().copied().unwrap_or_default();
    match &found.kind {
        b"ispe" => match (size(4), size(8)) {
            (Some(width), Some(height)) => Property::Size(width, height),
            _ => Property::Other,
        },
        b"irot" => Property::Turned(first & 3),
        b"imir" => Property::Mirrored(first & 1),
        _ => Property::Other,
    }
}

/// Reads which properties each item has (ISO/IEC 23008-12, 9.3).
fn owned(bytes: &[u8], found: &Box) -> Option<Vec<(usize, Vec<usize>)>> {
    let (version, mut cursor) = full(bytes, found)?;
    let is_wide = cursor.bytes.get(3)? & 1 == 1;
    let many = cursor.take(4)?;
    (many <= MOST).then_some(())?;
    let mut owned = Vec::new();
    for _ in 0..many {
        let id = cursor.take(if version < 1 { 2 } else { 4 })?;
        let count = cursor.take(1)?;
        let place = |_| {
            Some(if is_wide {
                cursor.take(2)? & 0x7FFF
            } else {
                cursor.take(1)? & 0x7F
            })
        };
        owned.push((id, (0..count).map(place).collect::<Option<_>>()?));
    }
    Some(owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarter_turns_and_two_mirrors_change_nothing() {
        for value in 1..=8 {
            let turn = Turn::of(value);
            assert_eq!((0..4).fold(turn, |turn, _| turned(turn)), turn);
            for axis in [0, 1] {
                assert_eq!(mirrored(mirrored(turn, axis), axis), turn);
            }
        }
        // A phone held upright: three quarters against the clock are one with it.
        assert_eq!((0..3).fold(Turn::NONE, |turn, _| turned(turn)).exif(), 6);
    }
}
