//! The few fields of XMP that are read here. They stand as attributes or as elements of RDF; what is read is found by
//! its name, and nothing else of the text is understood.

/// Most bytes of XMP that are looked at.
const MOST: usize = 1 << 20;

/// The text of XMP.
pub(super) struct Xmp(String);

impl Xmp {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.get(..MOST).unwrap_or(bytes);
        Some(Self(std::str::from_utf8(bytes).ok()?.to_owned()))
    }

    /// The value of a field with its usual prefix: `exif:DateTimeOriginal="..."` or `<exif:DateTimeOriginal>...<`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let text = self.0.as_str();
        text.match_indices(name).find_map(|(at, _)| {
            let begins = text.get(..at)?.chars().next_back()?;
            let rest = text.get(at + name.len()..)?;
            let is_element = begins == '<' && rest.starts_with('>');
            let value = if is_element {
                rest.get(1..)?.split('<').next()
            } else if begins.is_whitespace() {
                let rest = rest.trim_start().strip_prefix('=')?.trim_start();
                let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
                rest.get(1..)?.split(quote).next()
            } else {
                None
            };
            value.map(str::trim).filter(|value| !value.is_empty())
        })
    }
}
