//! Characters of GBK that Unicode took in later. Old systems, and names that were typed in them, write
//! them at private code points, which show as a box everywhere else.

/// Where GBK's row FE begins among the private code points of Unicode.
const FIRST: u32 = 0xE815;

/// What the code points from [`FIRST`] on stand for: bytes FE50 to FE7E and FE80 to FEA0 in GB 18030
/// (annex E of 2005; 2022 for those that stayed private until then), as glibc's converter for GB18030
/// reads them.
#[rustfmt::skip] // Ten a line, as the standard prints them.
const KNOWN: [u32; 80] = [
    0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84, 0x3473, 0x3447, 0x2E88, 0x2E8B, 0x9FB4,
    0x359E, 0x361A, 0x360E, 0x2E8C, 0x2E97, 0x396E, 0x3918, 0x9FB5, 0x39CF, 0x39DF,
    0x3A73, 0x39D0, 0x9FB6, 0x9FB7, 0x3B4E, 0x3C6E, 0x3CE0, 0x2EA7, 0x215D7, 0x9FB8,
    0x2EAA, 0x4056, 0x415F, 0x2EAE, 0x4337, 0x2EB3, 0x2EB6, 0x2EB7, 0x2298F, 0x43B1,
    0x43AC, 0x2EBB, 0x43DD, 0x44D6, 0x4661, 0x464C, 0x9FB9, 0x4723, 0x4729, 0x477C,
    0x478D, 0x2ECA, 0x4947, 0x497A, 0x497D, 0x4982, 0x4983, 0x4985, 0x4986, 0x499F,
    0x499B, 0x49B7, 0x49B6, 0x9FBA, 0x241FE, 0x4CA3, 0x4C9F, 0x4CA0, 0x4CA1, 0x4C77,
    0x4CA2, 0x4D13, 0x4D14, 0x4D15, 0x4D16, 0x4D17, 0x4D18, 0x4D19, 0x4DAE, 0x9FBB,
];

/// The character that a private code point of GBK stands for; every other character as it is.
pub(super) fn known(c: char) -> char {
    let place = u32::from(c).checked_sub(FIRST);
    let found = place
        .and_then(|place| usize::try_from(place).ok())
        .and_then(|place| KNOWN.get(place));
    found.and_then(|code| char::from_u32(*code)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_characters_of_gbk_are_known_and_no_others() {
        assert_eq!(known('\u{E863}'), '\u{4DAE}');
        assert_eq!(known('\u{E815}'), '\u{2E81}');
        assert_eq!(known('\u{E864}'), '\u{9FBB}');
        for c in ['\u{E814}', '\u{E865}', '\u{E000}', '肉', 'a'] {
            assert_eq!(known(c), c);
        }
    }
}
