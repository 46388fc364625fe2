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
    assert!(Gram::parse("400000000.0000").is_ok());
    assert!(Gram::read("400 t").is_ok());
    assert_eq!(
        Gram::read("400.0000000001 t").unwrap_err().code(),
        "QUANTITY_TOO_LARGE"
    );
    assert_eq!(
        Gram::parse("400000000.0001"),
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
        ("3元/钱", "600"),
        ("¥26/Kg", "26"),
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
    assert_eq!(Piece::read("120抽"), Piece::parse("120"));
    assert_eq!(Celsius::read("24.6℃"), Celsius::parse("24.6"));
    assert_eq!(
        SignedMillimetre::read("-2 毫米"),
        SignedMillimetre::parse("-2")
    );
    assert_eq!(
        SquareCentimetre::read("2平方米"),
        SquareCentimetre::parse("20000")
    );
    assert_eq!(YuanPerPiece::read("¥35/只"), YuanPerPiece::parse("35"));
    assert_eq!(Gram::read("7.6 斤").unwrap().to_string(), "7.6 斤");
}

#[test]
fn a_quantity_is_written_back_as_it_was_seen() {
    for text in [
        "7.6 斤",
        "2.80 kg",
        "2.8kg",
        "２．８　ｋｇ",
        "500  g",
        "007 g",
        "7斤6两",
    ] {
        let mass = Gram::read(text).unwrap();
        assert_eq!(mass.to_string(), text);
        assert_eq!(Gram::read(&mass.to_string()), Ok(mass), "{text}");
    }
    for text in [
        "¥27.8/斤",
        "￥ 55.6 / 千克",
        "27.8元/500克",
        "２７.８０元/５００克",
    ] {
        assert_eq!(YuanPerKg::read(text).unwrap().to_string(), text);
    }
    for (text, written) in [("+0.25 D", "+0.25 D"), ("−0.25 D", "−0.25 D")] {
        assert_eq!(Dioptre::read(text).unwrap().to_string(), written);
    }
    // Blanks around it are no part of it; what cannot be seen, or is too long to hold, is written plainly.
    for (text, written) in [(" 2.8kg ", "2.8kg"), ("2.8\tkg", "2.8 kg")] {
        assert_eq!(Gram::read(text).unwrap().to_string(), written);
    }
    let long = format!("2{}kg", " ".repeat(40));
    assert_eq!(Gram::read(&long).unwrap().to_string(), "2 kg");
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
    for text in [
        "1e3 g", "1,000 g", "1_000 g", "1٠ g", "g", "--1 g", "10 .00g", "97 .10g", "1 0 g",
    ] {
        assert_eq!(Gram::read(text), Err(QuantityError::NotDecimal), "{text}");
    }
}

#[test]
fn a_quantity_said_in_several_parts_is_read_and_kept_as_it_was_said() {
    for (text, grams) in [
        ("7斤6两", "3800"),
        ("7 斤 6 两", "3800"),
        ("７斤６两", "3800"),
        ("2斤半", "1250"),
        ("两斤半", "1250"),
        ("一斤二两", "600"),
        ("1斤两钱", "510"),
        ("二两", "100"),
        ("二两半", "125"),
        ("两斤", "1000"),
        ("两千克", "2000"),
        ("半斤", "250"),
        ("半公斤", "500"),
        ("十斤", "5000"),
        ("1斤5钱", "525"),
        ("三斤四两五钱", "1725"),
        ("2斤3两半", "1175"),
        ("2斤半两", "1025"),
        ("3公斤200克", "3200"),
        ("3kg200g", "3200"),
        ("1公斤1斤", "1500"),
        ("1吨半", "1500000"),
        ("7斤6.5两", "3825"),
        ("7斤0两", "3500"),
    ] {
        let read = Gram::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(Ok(read), Gram::parse(grams), "{text}");
        let kept = text.replace(' ', "").replace('７', "7").replace('６', "6");
        assert_eq!(read.to_string(), kept);
        assert_eq!(Gram::read(&kept), Ok(read), "{kept} reads back");
    }
    assert_eq!(Millilitre::read("1升200毫升"), Millilitre::parse("1200"));
    assert_eq!(Millimetre::read("1米20厘米"), Millimetre::parse("1200"));
    assert_eq!(Yuan::read("72元8角"), Yuan::parse("72.80"));
    assert_eq!(Yuan::read("1元5分"), Yuan::parse("1.05"));
    assert_eq!(Second::read("1min20s"), Second::parse("80"));
    assert_eq!(YuanPerKg::read("五元/斤"), YuanPerKg::parse("10"));
    assert_eq!(YuanPerKg::read("五元/两"), YuanPerKg::parse("100"));
    assert_eq!(Piece::read("两只"), Piece::parse("2"));
}

#[test]
fn a_quantity_that_is_not_clear_is_refused_with_its_place() {
    for (text, why, place) in [
        ("2公斤3", "a number without its unit", 4),
        ("一斤二", "a number without its unit", 3),
        ("三五斤", "a number without its unit", 1),
        ("十二斤", "a number without its unit", 1),
        ("7斤两", "a number without its unit", 3),
        (" 2公斤3", "a number without its unit", 5),
        ("两两", "两 as a number and as a unit", 1),
        (
            "7斤12两",
            "as much as one of the unit before it, or more",
            3,
        ),
        (
            "7斤10两",
            "as much as one of the unit before it, or more",
            3,
        ),
        ("6两7斤", "as much as one of the unit before it, or more", 3),
        ("2斤3斤", "as much as one of the unit before it, or more", 3),
        (
            "7斤500克",
            "as much as one of the unit before it, or more",
            3,
        ),
        (
            "4kg 8斤",
            "as much as one of the unit before it, or more",
            5,
        ),
        ("7.6斤3两", "something behind a number with decimals", 5),
        ("半斤八两", "something behind a number with decimals", 3),
        ("2.5斤半", "a half behind a number with decimals", 5),
        ("7斤1 0钱", "a blank within a number", 5),
        ("7斤1 .5两", "a blank within a number", 5),
    ] {
        let refused = Gram::read(text).unwrap_err();
        assert_eq!(refused, QuantityError::Unclear { why, place }, "{text}");
        assert_eq!(refused.code(), "QUANTITY_UNCLEAR");
    }
    let told = Gram::read("2公斤3").unwrap_err().to_string();
    assert_eq!(told, "not clear: a number without its unit, at character 4");
}

#[test]
fn a_part_that_is_no_quantity_here_is_refused_by_name() {
    for (text, code) in [
        ("7斤6盎司", "UNIT_NOT_LEGAL"),
        ("7斤6磅", "UNIT_NOT_LEGAL"),
        ("7斤6毫升", "UNIT_MISMATCH"),
        ("2斤3个", "UNIT_MISMATCH"),
        ("7斤6两左右", "UNIT_UNKNOWN"),
        ("一筐", "UNIT_UNKNOWN"),
        ("两百克", "UNIT_UNKNOWN"),
        ("一", "UNIT_MISSING"),
        ("半", "UNIT_MISSING"),
        ("约7斤", "QUANTITY_NOT_DECIMAL"),
        ("斤半", "QUANTITY_NOT_DECIMAL"),
        ("-7斤6两", "QUANTITY_NOT_DECIMAL"),
        ("壹斤", "QUANTITY_NOT_DECIMAL"),
        ("400吨1斤", "QUANTITY_TOO_LARGE"),
    ] {
        let refused = Gram::read(text).unwrap_err();
        assert_eq!(refused.code(), code, "{text}: {refused}");
    }
    assert_eq!(
        Piece::read("一个半").unwrap_err().code(),
        "QUANTITY_TOO_PRECISE"
    );
    let two_prices = YuanPerKg::read("5元/克3元/斤").unwrap_err();
    assert_eq!(two_prices.code(), "UNIT_UNKNOWN");
}

proptest::proptest! {
    #[test]
    fn a_decimal_is_written_as_the_decimal_writes_itself(
        digits in proptest::prelude::any::<i128>(), shift in 32_u32..128, decimals in 0..=28_u32,
    ) {
        let Ok(value) = Decimal::try_from_i128_with_scale(digits >> shift, decimals) else {
            return Ok(());
        };
        proptest::prop_assert_eq!(as_written(value), value.to_string());
        proptest::prop_assert_eq!(as_written(-value), (-value).to_string());
        proptest::prop_assert_eq!(plain(value), value.normalize().to_string());
    }
}
