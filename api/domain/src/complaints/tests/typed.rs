use super::guards::particulars;
use super::*;
use crate::complaints::filing::{IdDocument, parse_phone};

#[test]
fn telephone_and_identity_numbers_are_read_as_they_are_typed() {
    for (typed, kept) in [
        ("电话：０７３１－０５５０－１２３４。", "0731-0550-1234"),
        ("（0731）0550\u{3000}1234", "(0731)0550 1234"),
    ] {
        let phone = parse_phone(typed, "phone").unwrap();
        assert_eq!(phone.as_str(), kept);
        let mut changed = particulars();
        changed.complainants[0].phone = phone;
        assert_eq!(changed.check(start(), shanghai_date(start())), Ok(()));
    }
    for (typed, code) in [(" ", Code::FieldRequired), ("没有", Code::FieldFormat)] {
        let refusal = parse_phone(typed, "phone").unwrap_err();
        assert_eq!((refusal.code, refusal.field), (code, Some("phone")));
    }
    let document = |kind, number| IdDocument::parse(kind, number);
    let read = document(Some("居民身份证"), Some("11010519491231002x"));
    assert_eq!(read.unwrap().unwrap().number.as_str(), "11010519491231002X");
    assert_eq!(document(None, Some(" ")), Ok(None));
    for (kind, number, code, field) in [
        (
            Some("resident_id"),
            Some("110105194912310021"),
            Code::IdNumberCheck,
            "idNumber",
        ),
        (None, Some("E12345678"), Code::FieldRequired, "idKind"),
        (Some("护照"), None, Code::FieldRequired, "idNumber"),
    ] {
        let refusal = document(kind, number).unwrap_err();
        assert_eq!((refusal.code, refusal.field), (code, Some(field)));
    }
}
