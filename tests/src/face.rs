//! A typeface for tests: every character of the basic plane has a glyph of its own with nothing in it, Latin letters half as
//! wide as the others. What is written with it cannot be seen and can be read by a program; nobody's outlines are copied.

/// The first and the last character that it has.
const FIRST: u16 = 0x20;
const LAST: u16 = 0xffef;

/// How many glyphs it has, with the one for what it has not.
const GLYPHS: u16 = LAST - FIRST + 2;

/// The glyphs that are named in the table of widths: the first one, those of ASCII, and one that stands for the rest.
const NAMED: u16 = 0x62;

/// The outline of what it has not: a box (contours, bounds, last point, no instructions, flags, steps in x and y).
const BOX: [i16; 7] = [1, 100, 0, 900, 700, 3, 0];
const BOX_FLAGS: [u8; 4] = [1; 4];
const BOX_STEPS: [i16; 8] = [100, 800, 0, -800, 0, 0, 700, 0];

/// A table of the file, as its fields are put there.
#[derive(Default)]
struct Table(Vec<u8>);

impl Table {
    fn u16(mut self, values: &[u16]) -> Self {
        self.0.extend(values.iter().flat_map(|it| it.to_be_bytes()));
        self
    }

    fn i16(mut self, values: &[i16]) -> Self {
        self.0.extend(values.iter().flat_map(|it| it.to_be_bytes()));
        self
    }

    fn u32(mut self, values: &[u32]) -> Self {
        self.0.extend(values.iter().flat_map(|it| it.to_be_bytes()));
        self
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }
}

/// The file (OpenType 1.9, TrueType outlines).
pub fn drawn() -> Vec<u8> {
    let glyf = Table::default().i16(&BOX).bytes(&BOX_FLAGS).i16(&BOX_STEPS);
    let end = u16::try_from(glyf.0.len() / 2).unwrap_or_default();
    let loca = Table::default().u16(&[0]);
    let loca = loca.u16(&vec![end; usize::from(GLYPHS)]);
    // By their tags, as the directory wants them.
    let tables = [
        (b"cmap", cmap()),
        (b"glyf", glyf),
        (b"head", head()),
        (b"hhea", hhea()),
        (b"hmtx", hmtx()),
        (b"loca", loca),
        (b"maxp", maxp()),
        (
            b"post",
            Table::default().u32(&[0x0003_0000, 0, 0, 0, 0, 0, 0, 0]),
        ),
    ];
    let count = u16::try_from(tables.len()).unwrap_or_default();
    let mut directory = Table::default().u32(&[0x0001_0000]).u16(&[count, 0, 0, 0]);
    let mut offset = 12 + 16 * tables.len();
    let mut content = Vec::new();
    for (tag, table) in tables {
        let (at, length) = (place(offset), place(table.0.len()));
        directory = directory.bytes(tag).u32(&[0, at, length]);
        content.extend(table.0);
        content.resize(content.len().next_multiple_of(4), 0);
        offset = 12 + 16 * usize::from(count) + content.len();
    }
    directory.bytes(&content).0
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or_default()
}

/// One run of characters, one run of glyphs (format 12, for all of Unicode).
fn cmap() -> Table {
    let subtable = Table::default()
        .u16(&[0, 1, 3, 10])
        .u32(&[12])
        .u16(&[12, 0]);
    subtable.u32(&[28, 0, 1, u32::from(FIRST), u32::from(LAST), 1])
}

fn head() -> Table {
    Table::default()
        .u32(&[0x0001_0000, 0x0001_0000, 0, 0x5f0f_3cf5])
        .u16(&[0, 1000])
        .u32(&[0; 4])
        .i16(&[0, -120, 1000, 880, 0, 8, 2, 0, 0])
}

fn hhea() -> Table {
    let fields = [880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0];
    Table::default()
        .u32(&[0x0001_0000])
        .i16(&fields)
        .u16(&[NAMED])
}

fn hmtx() -> Table {
    let mut widths = Table::default();
    for glyph in 0..NAMED {
        let is_latin = (1..NAMED - 1).contains(&glyph);
        widths = widths.u16(&[if is_latin { 500 } else { 1000 }, 0]);
    }
    widths.u16(&vec![0; usize::from(GLYPHS - NAMED)])
}

fn maxp() -> Table {
    Table::default()
        .u32(&[0x0001_0000])
        .u16(&[GLYPHS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
}
