//! What the form shows around the answers: the merchant and the divisions.

use liangxin_domain::{
    merchants::merchant::Merchant,
    places::division::{Division, Divisions, Level},
    refusal::Lang,
};

use super::super::layout::{Bilingual, control::Choice};
use super::super::report_form::{
    Answers, City, FieldError, KeptPhoto, KnownMerchant, Lost, Names, ReportFormView, Warning,
};
use super::answers::Ticket;
use super::photos::Photo;
use super::waiting;
use liangxin_app::{app::App, caller::Caller};

/// The merchant that the reader came from.
pub(super) enum CameFrom {
    /// None.
    Nobody,
    /// One that was looked up.
    Known(Box<Merchant>),
    /// One that could not be looked up for now, as the form names it.
    Named {
        /// Its code.
        code: String,
        /// Its division.
        division: String,
    },
}

impl CameFrom {
    /// What was found by a code.
    pub(super) fn of(found: Option<Merchant>) -> Self {
        found.map_or(Self::Nobody, |merchant| Self::Known(Box::new(merchant)))
    }

    /// The merchant, if it was looked up.
    pub(super) fn known(&self) -> Option<&Merchant> {
        match self {
            Self::Known(merchant) => Some(merchant),
            Self::Nobody | Self::Named { .. } => None,
        }
    }

    fn view(self, lang: Lang) -> Option<KnownMerchant> {
        match self {
            Self::Nobody => None,
            Self::Known(merchant) => Some(known(*merchant, lang)),
            Self::Named { code, division } => Some(KnownMerchant {
                name: lang
                    .pick("您扫码的商户", "The merchant whose code you scanned")
                    .to_owned(),
                code,
                address: String::new(),
                division,
            }),
        }
    }
}

/// One showing of the form.
pub(super) struct Shown {
    /// The report that it will be.
    pub(super) ticket: Ticket,
    /// The merchant that the reader came from.
    pub(super) merchant: CameFrom,
    /// What was filled in before.
    pub(super) answers: Answers,
    /// Whether the bureau can take a report under a real name.
    pub(super) names: Names,
    /// Why the last sending was refused.
    pub(super) errors: Vec<FieldError>,
    /// What looks personal in the answers.
    pub(super) warning: Option<Warning>,
    /// The photos that wait for the corrected form.
    pub(super) kept: Vec<KeptPhoto>,
    /// Whether photos have to be chosen again.
    pub(super) lost: Lost,
}

impl Shown {
    /// Whether nothing stands against filing what was sent.
    pub(super) fn may_be_filed(&self) -> bool {
        let is_accepted = self.warning.as_ref().is_none_or(|found| found.is_accepted);
        self.errors.is_empty() && is_accepted
    }

    /// Whether the form comes back because of what was sent.
    pub(super) fn is_refused(&self) -> bool {
        !self.errors.is_empty() || self.warning.is_some()
    }

    /// Lets the photos wait while the form goes back. What is lost already stays lost.
    pub(super) async fn wait(&mut self, app: &App, stranger: &Caller, photos: Vec<Photo>) {
        let (kept, lost) = waiting::let_wait(app, stranger, self.ticket.form(), photos).await;
        self.kept.extend(kept);
        if lost == Lost::Photos {
            self.lost = lost;
        }
    }

    /// The form's view.
    pub(super) fn view(self, divisions: &Divisions, lang: Lang) -> ReportFormView {
        ReportFormView {
            id: self.ticket.id.to_string(),
            secret: self.ticket.secret.expose().to_owned(),
            merchant: self.merchant.view(lang),
            cities: cities(divisions),
            names: self.names,
            errors: self.errors,
            warning: self.warning,
            kept: self.kept,
            lost: self.lost,
            answers: self.answers,
        }
    }
}

fn known(merchant: Merchant, lang: Lang) -> KnownMerchant {
    let address = match &merchant.stall_no {
        Some(stall) => format!("{} {stall} 号", merchant.address),
        None => merchant.address,
    };
    KnownMerchant {
        code: merchant.code.to_string(),
        name: Bilingual::new(merchant.name_zh, merchant.name_en)
            .text(lang)
            .to_owned(),
        address,
        division: merchant.division.to_string(),
    }
}

/// The cities with their counties, in the order of the codes; a city without counties stands for
/// itself.
fn cities(divisions: &Divisions) -> Vec<City> {
    let cities = divisions
        .iter()
        .filter(|division| division.level == Level::City);
    cities
        .map(|city| {
            let counties: Vec<_> = divisions.children(city.code).map(choice).collect();
            City {
                name: city.name.clone(),
                divisions: if counties.is_empty() {
                    vec![choice(city)]
                } else {
                    counties
                },
            }
        })
        .collect()
}

fn choice(division: &Division) -> Choice {
    Choice {
        code: division.code.to_string(),
        name: division.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::places::division::DivisionRow;

    #[test]
    fn cities_hold_their_counties_and_a_city_without_any_stands_for_itself() {
        let row = |code, name, parent, level| DivisionRow {
            code,
            name,
            parent,
            level,
        };
        let divisions = Divisions::from_rows([
            row("430000", "湖南省", None, "province"),
            row("430100", "长沙市", Some("430000"), "city"),
            row("430103", "天心区", Some("430100"), "county"),
            row("430200", "株洲市", Some("430000"), "city"),
        ])
        .unwrap();
        let shown: Vec<_> = cities(&divisions)
            .into_iter()
            .flat_map(|city| {
                let name = city.name;
                city.divisions
                    .into_iter()
                    .map(move |it| (name.clone(), it.code))
            })
            .collect();
        let pair = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        assert_eq!(shown, [pair("长沙市", "430103"), pair("株洲市", "430200")]);
    }
}
