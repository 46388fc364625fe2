use super::*;

const TEXT: &str = include_str!("../../../law/rating.toml");

fn formula() -> RatingFormula {
    RatingFormula::embedded().unwrap()
}

fn hundredths(venue: Venue) -> Vec<(String, i64)> {
    let formula = formula();
    let indicators: Vec<_> = formula.indicators_for(venue).collect();
    let weights = formula.weights(&indicators).unwrap();
    indicators
        .iter()
        .zip(weights)
        .map(|(indicator, weight)| (indicator.id.to_string(), weight.nearest_hundredths()))
        .collect()
}

fn reason(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "{from}");
    RatingFormula::parse(&TEXT.replacen(from, to, 1))
        .unwrap_err()
        .to_string()
}

#[test]
fn the_weights_of_a_stall_follow_from_pillars_and_tiers() {
    let due = [
        ("A1", 1_500),
        ("A3", 1_500),
        ("B1", 1_071),
        ("B2", 714),
        ("B3", 1_071),
        ("B4", 357),
        ("B5", 357),
        ("B6", 1_071),
        ("B7", 357),
        ("C1", 444),
        ("C2", 444),
        ("C3", 667),
        ("C4", 222),
        ("C5", 222),
    ]
    .map(|(id, weight)| (id.to_owned(), weight));
    assert_eq!(hundredths(Venue::Stall), due);
}

#[test]
fn the_weights_of_every_venue_add_up_to_a_hundred_exactly() {
    let formula = formula();
    for venue in Venue::iter() {
        let indicators: Vec<_> = formula.indicators_for(venue).collect();
        let sum = formula
            .weights(&indicators)
            .unwrap()
            .into_iter()
            .try_fold(Points::ZERO, Points::plus);
        assert_eq!(sum, Points::quotient(100, 1), "{venue}");
    }
}

#[test]
fn a_packer_is_rated_on_what_a_packer_has() {
    let ids: Vec<_> = hundredths(Venue::Packer)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(ids, ["A1", "A3", "B2", "B6", "C1", "C2", "C3"]);
}

#[test]
fn a_pillar_without_assessed_indicators_leaves_its_points_to_the_others() {
    let formula = formula();
    let find = |id: &str| formula.find_indicator(&id.parse().unwrap()).unwrap();
    let weights = formula.weights(&[find("A1"), find("B2")]).unwrap();
    let tenths: Vec<_> = weights.into_iter().map(Points::tenths).collect();
    assert_eq!(tenths, [375, 625]);
    assert_eq!(formula.weights(&[]), None);
}

#[test]
fn the_formula_says_that_it_is_a_proposal() {
    assert_eq!(formula().provenance(), Provenance::Proposal);
    assert_eq!(formula().version(), "2026-1");
    assert_eq!(formula().citation(), "诚信计量等级评价公式 2026-1 评分");
}

#[test]
fn grades_begin_at_their_bounds() {
    let grades = [1000, 900, 899, 800, 700, 600, 599, 0].map(|tenths| formula().grade_of(tenths));
    let due = [
        Grade::Aaa,
        Grade::Aaa,
        Grade::Aa,
        Grade::Aa,
        Grade::A,
        Grade::B,
        Grade::C,
        Grade::C,
    ];
    assert_eq!(grades, due);
}

#[test]
fn a_formula_that_cannot_be_is_refused_with_its_row() {
    let cases = [
        (
            "points = 30",
            "points = 31",
            "pillar: the points do not add up to 100",
        ),
        (
            "from_points = 80",
            "from_points = 90",
            "bound: expected AAA, AA, A and B, each below the one before",
        ),
        ("tier = 2", "tier = 4", "A1: a tier is 1, 2 or 3"),
        (
            "id = \"A2\"",
            "id = \"A1\"",
            "A1: the indicator is listed twice",
        ),
        (
            "\"obstruction\"",
            "\"forged_mark\"",
            "forged_mark: it is listed twice",
        ),
    ];
    for (from, to, due) in cases {
        assert_eq!(reason(from, to), format!("rating.toml, {due}"));
    }
}

#[test]
fn a_fact_without_words_for_it_is_refused() {
    let end = TEXT.rfind("[[downgrade]]").unwrap();
    assert_eq!(
        RatingFormula::parse(&TEXT[..end]).unwrap_err().to_string(),
        "rating.toml, unresolved_complaints: it is not listed"
    );
}

#[test]
fn a_venue_without_indicators_is_refused() {
    assert_eq!(
        RatingFormula::parse(&TEXT.replace(", \"packer\"", ""))
            .unwrap_err()
            .to_string(),
        "rating.toml, packer: no indicator applies to this kind of venue"
    );
}
