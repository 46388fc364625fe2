//! The stylesheets: one for the pages, one for papers that are printed. It owns the addresses under
//! which browsers fetch and keep them, and refuses to know what anything looks like: that is in
//! `assets/site.css` and `assets/paper.css`.

/// The stylesheet's text, UTF-8 CSS. It names no other resource, so the pages need nothing else.
pub const STYLESHEET: &str = include_str!("../../assets/site.css");

/// The path under which the stylesheet is served as `text/css; charset=utf-8`.
pub const STYLESHEET_PATH: &str = "/assets/site.css";

/// The stylesheet of papers: A4, black on white.
pub const PAPER_STYLESHEET: &str = include_str!("../../assets/paper.css");

/// The path of the stylesheet of papers.
pub const PAPER_STYLESHEET_PATH: &str = "/assets/paper.css";

/// The address that pages link to: the path and a mark of the content. The mark changes with the
/// text, so the answer may be kept by browsers for a year and marked immutable.
pub fn stylesheet_href() -> String {
    format!("{STYLESHEET_PATH}?v={CONTENT_MARK:016x}")
}

/// The address that papers link to.
pub fn paper_stylesheet_href() -> String {
    format!("{PAPER_STYLESHEET_PATH}?v={PAPER_MARK:016x}")
}

const CONTENT_MARK: u64 = fnv1a(STYLESHEET.as_bytes());
const PAPER_MARK: u64 = fnv1a(PAPER_STYLESHEET.as_bytes());

/// FNV-1a, 64 bits. It tells two versions of a file apart; it protects against nobody.
const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut mark = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        mark = (mark ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_follows_the_published_test_values() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn the_stylesheets_fetch_nothing() {
        for sheet in [STYLESHEET, PAPER_STYLESHEET] {
            assert!(!sheet.contains("url("));
            assert!(!sheet.contains("@import"));
        }
    }
}
