//! The public page of a merchant: fetches what is published about it and words it. It computes
//! nothing; the grade is shown as it was stored.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use chrono::NaiveDate;
use liangxin_domain::{
    law::{calendar::shanghai_date, provenance::Provenance},
    merchants::{code::MerchantCode, instrument::Instrument, merchant::Merchant},
    ratings::{self, grade::Grade, indicator::Venue},
    refusal::{Code, Lang, Refusal},
};

use super::answer::{answered, html, or_refusal};
use super::decisions;
use super::former::{self, FormerView};
use super::home::CHECK_PART;
use super::layout::{Bilingual, link};
use super::rating::{
    self, BureauContact, CommitmentStatus, GradeLetter, InstrumentRow, RatingView, Reason,
    ReasonPoints, SentenceRow, Verification, WeightStatus,
};
use crate::request;
use liangxin_app::{
    app::{App, Law},
    error::AppError,
    store::{self, places::Bureau, ratings::Rating},
};

/// The page of the merchant whose code is in the address.
pub(super) async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    code: web::Path<String>,
) -> HttpResponse {
    answered(&request, page(&request, &app, &code)).await
}

/// Leads from the code that somebody typed to the merchant's page.
pub(super) async fn find(request: HttpRequest) -> HttpResponse {
    let typed = request::parameter(&request, CHECK_PART).unwrap_or_default();
    let found = MerchantCode::parse(&typed)
        .ok()
        .ok_or_else(unknown)
        .map(|code| {
            let target = link(request::lang(&request), &rating::path(code.as_str()), &[]);
            HttpResponse::SeeOther()
                .insert_header((header::LOCATION, target))
                .finish()
        });
    or_refusal(&request, found)
}

/// The merchant behind a code as it was typed or scanned.
pub(super) async fn find_merchant(app: &App, code: &str) -> Result<Option<Merchant>, AppError> {
    match MerchantCode::parse(code) {
        Ok(code) => store::merchants::find_by_code(&app.db, &code).await,
        Err(_) => Ok(None),
    }
}

fn unknown() -> AppError {
    Refusal::of(Code::MerchantUnknown).into()
}

async fn page(request: &HttpRequest, app: &App, code: &str) -> Result<HttpResponse, AppError> {
    let merchant = find_merchant(app, code).await?.ok_or_else(unknown)?;
    if let Some(ended) = &merchant.ended {
        let view = FormerView::of(&merchant, ended);
        let page = former::render(&view, request::lang(request));
        return Ok(html(StatusCode::OK, page));
    }
    let today = shanghai_date(app.now());
    let instruments = store::merchants::instruments_of(&app.db, merchant.id).await?;
    let decided = decisions::shown(app, merchant.id, today).await?;
    let bureau = store::places::competent_bureau(&app.db, merchant.division).await?;
    let formula = app.law.formulas.on(today);
    let shown = app.law.formulas.shown();
    let grade = match store::ratings::find_newest(&app.db, merchant.id).await? {
        Some(rating) if !shown.is_public(rating.grade, &merchant, today) => {
            Published::of(rating, today).withheld()
        }
        Some(rating) => Published::of(rating, today),
        None => Published::not_yet(formula.version(), today),
    };
    let view = RatingView {
        code: merchant.code.to_string(),
        page_url: format!("{}{}", app.public_url, rating::path(merchant.code.as_str())),
        commitment: commitment(&merchant, today),
        kind: venue(merchant.venue),
        name: Bilingual::new(merchant.name_zh, merchant.name_en),
        address: merchant.address,
        stall_no: merchant.stall_no,
        grade: grade.letter,
        points: grade.points,
        computed_on: grade.computed_on,
        formula_version: grade.formula_version,
        weights: weights(formula.provenance()),
        sentences: grade.sentences,
        interval: grade.interval,
        finding_count: grade.findings,
        notice: None,
        reasons: grade.reasons,
        remarks: grade.remarks,
        instruments: instruments
            .into_iter()
            .map(|found| instrument(found, &app.law, today))
            .collect(),
        decisions: decided,
        bureau: bureau.map_or_else(any_bureau, contact),
    };
    Ok(html(
        StatusCode::OK,
        rating::render(&view, request::lang(request)),
    ))
}

/// A grade in the words of the page.
struct Published {
    letter: GradeLetter,
    points: Option<String>,
    computed_on: NaiveDate,
    formula_version: String,
    findings: u32,
    sentences: Vec<SentenceRow>,
    interval: Option<(String, String)>,
    reasons: Vec<Reason>,
    remarks: Vec<Bilingual>,
}

impl Published {
    fn of(rating: Rating, today: NaiveDate) -> Self {
        let sentences = rating.basis.sentences.iter().map(|it| SentenceRow {
            text: Bilingual::new(it.said_on(today, Lang::Zh), it.said_on(today, Lang::En)),
            is_fault: it.is_fault,
        });
        let sentences = sentences.collect();
        let interval = rating
            .basis
            .interval
            .map(|it| (tenths(it.low.into()), tenths(it.high.into())));
        let (about_indicators, others): (Vec<_>, Vec<_>) = rating
            .reasons
            .into_iter()
            .partition(|reason| reason.indicator.is_some());
        Self {
            letter: letter(rating.grade),
            points: rating.points_tenths.map(|points| tenths(points.into())),
            computed_on: rating.as_of,
            formula_version: rating.formula_version,
            findings: rating.findings,
            sentences,
            interval,
            reasons: about_indicators.into_iter().filter_map(row).collect(),
            remarks: others
                .into_iter()
                .map(|it| Bilingual::new(it.zh, it.en))
                .collect(),
        }
    }

    /// What is said where the letter is for the office alone: the facts, and nothing by which it is known.
    fn withheld(self) -> Self {
        Self {
            letter: GradeLetter::Withheld,
            points: None,
            reasons: Vec::new(),
            remarks: Vec::new(),
            ..self
        }
    }

    /// What is said of a merchant whose grade was never computed.
    fn not_yet(formula_version: &str, today: NaiveDate) -> Self {
        Self {
            letter: GradeLetter::N,
            points: None,
            computed_on: today,
            formula_version: formula_version.to_owned(),
            findings: 0,
            sentences: Vec::new(),
            interval: None,
            reasons: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

fn row(reason: ratings::score::Reason) -> Option<Reason> {
    let points = reason
        .points_tenths
        .zip(reason.possible_tenths)
        .map(|(gained, possible)| ReasonPoints {
            gained: tenths(gained),
            possible: tenths(possible),
        });
    Some(Reason {
        indicator: reason.indicator?.to_string(),
        text: Bilingual::new(reason.zh, reason.en),
        points,
    })
}

/// Tenths as a decimal number. Points are never negative.
fn tenths(points: i64) -> String {
    format!("{}.{}", points / 10, points % 10)
}

const fn letter(grade: Grade) -> GradeLetter {
    match grade {
        Grade::Aaa => GradeLetter::Aaa,
        Grade::Aa => GradeLetter::Aa,
        Grade::A => GradeLetter::A,
        Grade::B => GradeLetter::B,
        Grade::C => GradeLetter::C,
        Grade::D => GradeLetter::D,
        Grade::N => GradeLetter::N,
    }
}

const fn weights(provenance: Provenance) -> WeightStatus {
    match provenance {
        Provenance::Verified | Provenance::Secondary => WeightStatus::Adopted,
        Provenance::Unverified | Provenance::Proposal => WeightStatus::Proposal,
    }
}

/// What a kind of venue is called.
pub(super) fn venue(venue: Venue) -> Bilingual {
    let (zh, en) = match venue {
        Venue::MarketOrganiser => ("集市主办者", "Market organiser"),
        Venue::Stall => ("摊位", "Stall"),
        Venue::Shop => ("商店", "Shop"),
        Venue::FillingStation => ("加油站", "Filling station"),
        Venue::Catering => ("餐饮", "Catering"),
        Venue::Optician => ("眼镜制配", "Optician"),
        Venue::Packer => ("定量包装商品生产者", "Packer of prepackaged goods"),
    };
    Bilingual::new(zh, en)
}

fn instrument(found: Instrument, law: &Law, today: NaiveDate) -> InstrumentRow {
    let valid_until = found.valid_until(&law.rules, today);
    let name = found.name(&law.rules, today);
    InstrumentRow {
        kind: Bilingual::new(name.zh, name.en),
        model: format!("{} · {}", found.model, found.serial),
        verification: verification(valid_until, today),
    }
}

fn verification(valid_until: Option<NaiveDate>, today: NaiveDate) -> Verification {
    let Some(valid_until) = valid_until else {
        return Verification::Unknown;
    };
    match u32::try_from((today - valid_until).num_days()) {
        Ok(days) if days > 0 => Verification::Overdue { valid_until, days },
        _ => Verification::ValidUntil(valid_until),
    }
}

fn commitment(merchant: &Merchant, today: NaiveDate) -> CommitmentStatus {
    let valid_to = merchant.commitment_valid_to;
    match (merchant.commitment_signed_on, valid_to) {
        (Some(signed_on), Some(valid_to)) if valid_to < today => CommitmentStatus::Expired {
            signed_on,
            valid_to,
        },
        (Some(signed_on), _) if signed_on <= today => CommitmentStatus::InForce {
            signed_on,
            valid_to,
        },
        _ => CommitmentStatus::NotSigned,
    }
}

fn contact(bureau: Bureau) -> BureauContact {
    BureauContact {
        name: Bilingual::new(bureau.name_zh, bureau.name_en),
        hotline: bureau.hotline,
        address: bureau.address,
    }
}

/// Where no bureau is on the register the national line still answers.
fn any_bureau() -> BureauContact {
    BureauContact {
        name: Bilingual::new("当地市场监督管理部门", "The local market regulator"),
        hotline: "12315".to_owned(),
        address: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use liangxin_domain::ratings::score::{self, ReasonCode};

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_scale_is_verified_up_to_and_including_its_last_day() {
        assert_eq!(
            verification(Some(day(23)), day(23)),
            Verification::ValidUntil(day(23))
        );
        assert_eq!(
            verification(Some(day(20)), day(23)),
            Verification::Overdue {
                valid_until: day(20),
                days: 3
            }
        );
        assert_eq!(verification(None, day(23)), Verification::Unknown);
    }

    #[test]
    fn a_reason_about_an_indicator_becomes_a_row_with_points_if_it_has_them() {
        let reason = score::Reason {
            code: ReasonCode::IndicatorPoints,
            indicator: "B2".parse().ok(),
            zh: "检定".to_owned(),
            en: "Verification".to_owned(),
            points_tenths: Some(47),
            possible_tenths: Some(71),
        };
        let points = row(reason.clone()).unwrap().points.unwrap();
        assert_eq!(
            (points.gained.as_str(), points.possible.as_str()),
            ("4.7", "7.1")
        );
        let stored_before = score::Reason {
            possible_tenths: None,
            ..reason.clone()
        };
        assert!(row(stored_before).unwrap().points.is_none());
        assert!(
            row(score::Reason {
                indicator: None,
                ..reason
            })
            .is_none()
        );
    }

    #[actix_web::test]
    async fn a_typed_code_leads_to_the_page_in_its_own_spelling() {
        let typed = TestRequest::get()
            .uri("/m/?lang=en&code=+o123456789")
            .to_http_request();
        let answer = find(typed).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(
            answer.headers().get(header::LOCATION).unwrap(),
            "/m/0123456789?lang=en"
        );
    }

    #[actix_web::test]
    async fn what_is_no_code_is_not_found() {
        for uri in [
            "/m/",
            "/m/?code=",
            "/m/?code=..%2F..%2Fetc",
            "/m/?code=//example.org",
        ] {
            let answer = find(TestRequest::get().uri(uri).to_http_request()).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{uri}");
        }
    }
}
