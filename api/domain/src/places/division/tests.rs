use super::*;

/// Every line of the fixture is one flat object, so that a few splits read it.
fn fixture() -> Vec<DivisionRow<'static>> {
    fn value(line: &'static str, key: &str) -> Option<&'static str> {
        let (_, rest) = line.split_once(&format!("\"{key}\": "))?;
        rest.strip_prefix('"')?.split('"').next()
    }
    include_str!("../../../../../fixtures/hunan-divisions.json")
        .lines()
        .filter(|line| line.contains("\"code\""))
        .map(|line| DivisionRow {
            code: value(line, "code").unwrap(),
            name: value(line, "name").unwrap(),
            parent: value(line, "parent"),
            level: value(line, "level").unwrap(),
        })
        .collect()
}

fn code(text: &str) -> DivisionCode {
    text.parse().unwrap()
}

const PROVINCE_ROW: DivisionRow<'static> = DivisionRow {
    code: "430000",
    name: "湖南省",
    parent: None,
    level: "province",
};
const CITY_ROW: DivisionRow<'static> = DivisionRow {
    code: "430100",
    name: "长沙市",
    parent: Some("430000"),
    level: "city",
};

#[test]
fn all_divisions_of_hunan_load() {
    let divisions = Divisions::from_rows(fixture()).unwrap();
    assert_eq!(divisions.iter().count(), 149);
    assert_eq!(divisions.children(code("430000")).count(), 14);
    assert_eq!(divisions.find(code("430100")).unwrap().name, "长沙市");
    assert_eq!(divisions.find(code("433199")), None);
}

#[test]
fn a_division_contains_itself_and_what_shares_its_prefix() {
    let (province, city, county) = (code("430000"), code("430100"), code("430102"));
    assert!(province.contains(&county) && city.contains(&county) && county.contains(&county));
    assert!(!city.contains(&province) && !county.contains(&city));
    assert!(!city.contains(&code("430202")));
    assert_eq!(
        [province.prefix(), city.prefix(), county.prefix()],
        ["43", "4301", "430102"]
    );
}

#[test]
fn only_six_digits_of_hunan_are_a_code() {
    for wrong in [
        "",
        "43010",
        "4301022",
        "43o102",
        "110000",
        "430002",
        "４３０１０２",
    ] {
        assert_eq!(
            wrong.parse::<DivisionCode>(),
            Err(DivisionError::Code(wrong.to_owned())),
            "{wrong}"
        );
    }
}

#[test]
fn a_row_listed_twice_is_refused() {
    let rows = [PROVINCE_ROW, CITY_ROW, CITY_ROW];
    assert_eq!(
        Divisions::from_rows(rows),
        Err(DivisionError::Duplicate(code("430100")))
    );
}

#[test]
fn a_parent_that_is_not_listed_is_refused() {
    assert_eq!(
        Divisions::from_rows([CITY_ROW]),
        Err(DivisionError::UnknownParent(code("430100")))
    );
    let orphan = DivisionRow {
        parent: None,
        ..CITY_ROW
    };
    assert_eq!(
        Divisions::from_rows([PROVINCE_ROW, orphan]),
        Err(DivisionError::UnknownParent(code("430100")))
    );
}

#[test]
fn a_parent_of_another_branch_is_refused() {
    let stray = DivisionRow {
        parent: Some("430200"),
        ..CITY_ROW
    };
    assert_eq!(
        Divisions::from_rows([PROVINCE_ROW, stray]),
        Err(DivisionError::WrongParent {
            code: code("430100"),
            parent: code("430200")
        })
    );
}

#[test]
fn a_level_that_does_not_fit_the_code_is_refused() {
    let county = DivisionRow {
        level: "county",
        ..CITY_ROW
    };
    assert_eq!(
        Divisions::from_rows([PROVINCE_ROW, county]),
        Err(DivisionError::LevelMismatch(code("430100")))
    );
    let village = DivisionRow {
        level: "village",
        ..CITY_ROW
    };
    assert_eq!(
        Divisions::from_rows([village]),
        Err(DivisionError::Level {
            code: code("430100"),
            level: "village".into()
        })
    );
}
