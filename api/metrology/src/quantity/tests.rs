use super::*;

#[test]
fn a_quantity_is_written_back_as_it_was_read() {
    for text in [
        "2800.0 g", "2.80 kg", "0.01 g", "500 mL", "1.5 L", "-2.50 D", "3 dm²", "90 °",
    ] {
        let written = match text.rsplit_once(' ') {
            Some((_, "g" | "kg")) => Gram::read(text).map(|q| q.to_string()),
            Some((_, "mL" | "L")) => Millilitre::read(text).map(|q| q.to_string()),
            Some((_, "D")) => Dioptre::read(text).map(|q| q.to_string()),
            Some((_, "°")) => Degree::read(text).map(|q| q.to_string()),
            _ => SquareCentimetre::read(text).map(|q| q.to_string()),
        };
        assert_eq!(written.as_deref(), Ok(text));
    }
    assert_eq!(Gram::read("2.80 kg"), Gram::parse("2800"));
}

#[test]
fn a_unit_of_another_kind_is_refused_by_name() {
    let error = Gram::read("500 mL").unwrap_err();
    assert_eq!(error.code(), "UNIT_MISMATCH");
    assert_eq!(
        error.to_string(),
        "a mass is wanted, such as one in g, and the unit given is one of volume"
    );
    assert_eq!(Gram::read("500").unwrap_err().code(), "UNIT_MISSING");
    assert_eq!(Gram::read("500 jin").unwrap_err().code(), "UNIT_UNKNOWN");
}

#[test]
fn text_that_is_not_a_plain_decimal_is_refused() {
    for text in [
        "", " 1", "1 ", "+1", ".5", "5.", "1e3", "1_000", "1,5", "1.2.3", "NaN", "١", "--1", "-",
    ] {
        assert_eq!(
            Gram::parse(text),
            Err(QuantityError::NotDecimal),
            "{text:?}"
        );
    }
}

#[test]
fn a_sign_is_refused_where_the_kind_has_none() {
    assert_eq!(Gram::parse("-0.1").unwrap_err().code(), "QUANTITY_NEGATIVE");
    assert_eq!(Dioptre::read("+2.00 D"), Dioptre::read("2.00 D"));
    assert_eq!(
        Dioptre::read("-100.001 D").unwrap_err().code(),
        "QUANTITY_NEGATIVE"
    );
}

#[test]
fn bounds_are_inclusive_in_every_unit() {
    assert!(Gram::parse("200000000.0000").is_ok());
    assert!(Gram::read("200 t").is_ok());
    assert_eq!(
        Gram::read("200.0000000001 t").unwrap_err().code(),
        "QUANTITY_TOO_LARGE"
    );
    assert_eq!(
        Gram::parse("200000000.0001"),
        Err(QuantityError::TooLarge { most: Gram::MOST })
    );
    assert!(Gram::parse(&"9".repeat(5_000)).is_err());
}

#[test]
fn more_decimals_than_the_quantity_has_are_refused() {
    assert_eq!(
        Gram::parse("1.00001"),
        Err(QuantityError::TooManyDecimals { most: 4 })
    );
    assert_eq!(
        Gram::read("0.00000001 kg").unwrap_err().code(),
        "QUANTITY_TOO_PRECISE"
    );
    assert_eq!(
        YuanPerKg::parse("1.001"),
        Err(QuantityError::TooManyDecimals { most: 2 })
    );
}

#[test]
fn a_quantity_is_a_string_in_json_and_a_number_is_refused() {
    let mass: Gram = serde_json::from_str("\"0.01 g\"").unwrap();
    assert_eq!(serde_json::to_string(&mass).unwrap(), "\"0.01 g\"");
    assert!(serde_json::from_str::<Gram>("0.01").is_err());
    assert!(serde_json::from_str::<Gram>("\"-1 g\"").is_err());
}

#[test]
fn a_product_that_is_not_a_mass_is_nothing() {
    let mass = Gram::parse("0.0001").unwrap();
    assert_eq!(mass.times(Decimal::new(5, 1)), None);
    assert_eq!(mass.times(Decimal::new(20, 1)), Gram::parse("0.0002").ok());
}

#[test]
fn a_quantity_is_read_as_the_market_writes_it() {
    for (text, grams) in [
        ("7.6 斤", "3800"),
        ("2两", "100"),
        ("３钱", "15"),
        ("2.8kg", "2800"),
        ("２．８　ｋｇ", "2800"),
        ("1 公斤", "1000"),
        ("500克", "500"),
        ("500  g", "500"),
        ("30 t", "30000000"),
    ] {
        assert_eq!(Gram::read(text), Gram::parse(grams), "{text}");
    }
    for (text, yuan) in [
        ("27.8 元/斤", "55.6"),
        ("27.8元 / 500克", "55.6"),
        ("26 元/公斤", "26"),
        ("5 元/两", "100"),
        ("55600元/吨", "55.6"),
        ("¥27.8/斤", "55.6"),
        ("￥ 55.6 / 千克", "55.6"),
    ] {
        assert_eq!(YuanPerKg::read(text), YuanPerKg::parse(yuan), "{text}");
    }
    assert_eq!(Yuan::read("¥72.80"), Yuan::parse("72.80"));
    assert_eq!(Gram::read("¥72.80").unwrap_err().code(), "UNIT_MISMATCH");
    assert_eq!(Millilitre::read("0.5升"), Millilitre::parse("500"));
    assert_eq!(YuanPerLitre::read("8元/500毫升"), YuanPerLitre::parse("16"));
    assert_eq!(Piece::read("30枚"), Piece::parse("30"));
    assert_eq!(YuanPerPiece::read("¥35/只"), YuanPerPiece::parse("35"));
    assert_eq!(Gram::read("7.6 斤").unwrap().to_string(), "7.6 斤");
}

#[test]
fn a_unit_that_is_none_here_is_refused_with_the_one_to_use() {
    for (text, legal) in [
        ("5 oz", "use g"),
        ("1 LB", "use g"),
        ("2克拉", "use g"),
        ("1担", "use kg"),
        ("6.2 台斤", "use g"),
    ] {
        let error = Gram::read(text).unwrap_err();
        assert_eq!(error.code(), "UNIT_NOT_LEGAL", "{text}");
        assert!(error.to_string().ends_with(legal), "{error}");
    }
    for (text, legal) in [
        ("17 fl oz", "use mL"),
        ("1品脱", "use mL"),
        ("2 gal", "use L"),
    ] {
        let error = Millilitre::read(text).unwrap_err();
        assert_eq!(error.code(), "UNIT_NOT_LEGAL", "{text}");
        assert!(error.to_string().ends_with(legal), "{error}");
    }
    assert_eq!(
        Millimetre::read("1丈").unwrap_err().code(),
        "UNIT_NOT_LEGAL"
    );
}

#[test]
fn a_number_that_goes_on_is_no_number() {
    for text in ["1e3 g", "1,000 g", "1_000 g", "1٠ g", "g", "--1 g"] {
        assert_eq!(Gram::read(text), Err(QuantityError::NotDecimal), "{text}");
    }
}
