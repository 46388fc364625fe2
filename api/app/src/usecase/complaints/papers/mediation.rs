//! Papers of a mediation that goes on.

use super::Matter;
use liangxin_domain::{
    complaints::consent::Side,
    complaints::mediation::{
        ChosenBy, CostBearer, Entrusted, Mediating, MediatingBy, RecusalRuling, Suspended,
        TestOrder, Testing,
    },
    law::calendar::shanghai_date,
    notices::{
        draft::{Draft, MayRead, Written},
        field::OpenField,
    },
    text::Line,
};

pub(super) fn names(mediators: &[Line]) -> String {
    let names: Vec<_> = mediators.iter().map(Line::as_str).collect();
    names.join("、")
}

/// Form 7, to both sides.
pub(super) fn session(matter: &Matter<'_>) -> Vec<Written> {
    let mediation = matter.complaint.state.mediation();
    let Some(announced) = mediation.and_then(|mediation| mediation.announced.as_ref()) else {
        return Vec::new();
    };
    let days = (announced.recusal_until - shanghai_date(announced.at)).num_days();
    let (at, place) = (announced.meets_at, &announced.place);
    let (mediators, days) = (names(&announced.mediators), days.to_string());
    let complainant = matter
        .dispute(matter.to_complainant())
        .say(OpenField::MediationAt, at)
        .say(OpenField::MediationPlace, place)
        .say(OpenField::Mediators, mediators.as_str())
        .say(OpenField::RecusalDays, days.as_str())
        .say(OpenField::BureauContact, matter.contact.as_str());
    let respondent = matter
        .dispute(matter.to_respondent())
        .say(OpenField::MediationAt, at)
        .say(OpenField::MediationPlace, place)
        .say(OpenField::Mediators, mediators.as_str())
        .say(OpenField::RecusalDays, days.as_str())
        .say(OpenField::BureauContact, matter.contact.as_str());
    vec![complainant.finish(), respondent.finish()]
}

/// What made the mediation go on.
pub(super) fn goes_on(matter: &Matter<'_>, mediating: &Mediating) -> Vec<Written> {
    match mediating.by {
        MediatingBy::Consents => {
            let consents = mediating.mediation.consents;
            let day =
                |consent: liangxin_domain::complaints::consent::Consent| shanghai_date(consent.at);
            vec![
                matter
                    .about(matter.on_file())
                    .say(OpenField::ComplainantConsentOn, day(consents.complainant))
                    .say(OpenField::RespondentConsentOn, day(consents.respondent))
                    .say(OpenField::ConsentsGiven, "双方同意由本机关调解")
                    .finish(),
            ]
        }
        MediatingBy::TakenBack => vec![
            matter
                .on_file()
                .say(OpenField::BodyName, "受委托的调解组织")
                .say(OpenField::Result, "退回本机关继续调解")
                .say(OpenField::RecordedOn, matter.today)
                .finish(),
        ],
        MediatingBy::RecusalDecision => recusal_decided(matter, mediating),
        MediatingBy::TestResult => test_done(matter, mediating),
    }
}

/// The letter to the body, and to both sides.
pub(super) fn entrusted(matter: &Matter<'_>, entrusted: &Entrusted) -> Vec<Written> {
    let given = "双方同意委托调解";
    let demand = matter.demand();
    let body = matter
        .dispute(matter.to_body())
        .say(OpenField::Facts, &matter.particulars.basis.content);
    let (complainant, respondent) = (matter.to_complainant(), matter.to_respondent());
    vec![
        letter(body, entrusted, given)
            .say(OpenField::RecordedOn, matter.today)
            .finish(),
        letter(matter.about(complainant), entrusted, given)
            .say(OpenField::Demand, demand.as_str())
            .say(OpenField::RecordedOn, matter.today)
            .finish(),
        letter(matter.about(respondent), entrusted, given)
            .say(OpenField::Demand, demand.as_str())
            .say(OpenField::RecordedOn, matter.today)
            .finish(),
    ]
}

fn letter<A: MayRead<OpenField>>(draft: Draft<A>, entrusted: &Entrusted, given: &str) -> Draft<A> {
    draft
        .say(OpenField::BodyName, &entrusted.body)
        .say(OpenField::ConsentsGiven, given)
}

/// A side asks that a mediator steps back.
pub(super) fn recusal_asked(matter: &Matter<'_>, waiting: &Suspended) -> Written {
    let request = &waiting.request;
    matter
        .on_file()
        .say(OpenField::AskedBy, side(request.side))
        .say(OpenField::Mediators, &request.mediator)
        .say(OpenField::Reason, &request.words)
        .say(OpenField::RecordedOn, matter.today)
        .finish()
}

fn recusal_decided(matter: &Matter<'_>, mediating: &Mediating) -> Vec<Written> {
    let Some(decided) = mediating.recusals.last() else {
        return Vec::new();
    };
    let ruling = match decided.ruling {
        RecusalRuling::Granted => "同意回避",
        RecusalRuling::Rejected => "不予回避",
    };
    let (mediator, reason) = (&decided.request.mediator, decided.request.words.as_str());
    vec![
        decision(matter.to_complainant(), mediator, (ruling, reason))
            .say(OpenField::DecidedOn, matter.today)
            .finish(),
        decision(
            matter.about(matter.to_respondent()),
            mediator,
            (ruling, reason),
        )
        .say(OpenField::DecidedOn, matter.today)
        .finish(),
    ]
}

fn decision<A: MayRead<OpenField>>(
    draft: Draft<A>,
    mediator: &Line,
    (ruling, reason): (&str, &str),
) -> Draft<A> {
    draft
        .say(OpenField::Mediators, mediator)
        .say(OpenField::Decision, ruling)
        .say(OpenField::Reason, reason)
}

/// The order to the testing body, and a copy for the file.
pub(super) fn test_ordered(matter: &Matter<'_>, testing: &Testing) -> Vec<Written> {
    let order = &testing.order;
    vec![
        ordered(matter.to_body(), order)
            .say(OpenField::RecordedOn, matter.today)
            .finish(),
        ordered(matter.on_file(), order)
            .say(OpenField::RecordedOn, matter.today)
            .finish(),
    ]
}

fn ordered<A: MayRead<OpenField>>(draft: Draft<A>, order: &TestOrder) -> Draft<A> {
    let cost = match order.cost {
        CostBearer::Complainant => "投诉人",
        CostBearer::Respondent => "被投诉人",
        CostBearer::Shared => "双方共同承担",
    };
    let chosen = match order.chosen_by {
        ChosenBy::Parties => "双方协商一致",
        ChosenBy::Bureau => "双方不能协商一致，由本机关指定",
    };
    draft
        .say(OpenField::BodyName, &order.body)
        .say(OpenField::Sample, &order.sample)
        .say(OpenField::Question, "对样品进行检测、检验、检疫或者鉴定")
        .say(OpenField::CostBearer, cost)
        .say(OpenField::ChosenBy, chosen)
}

fn test_done(matter: &Matter<'_>, mediating: &Mediating) -> Vec<Written> {
    let Some(test) = mediating.tests.last() else {
        return Vec::new();
    };
    let result = |order: &TestOrder| (order.body.to_string(), order.sample.to_string());
    let (body, sample) = result(&test.order);
    vec![
        matter
            .to_complainant()
            .say(OpenField::BodyName, body.as_str())
            .say(OpenField::Sample, sample.as_str())
            .say(OpenField::Result, &test.result)
            .say(OpenField::ReceivedOn, test.ended_on)
            .finish(),
        matter
            .to_respondent()
            .say(OpenField::BodyName, body)
            .say(OpenField::Sample, sample)
            .say(OpenField::Result, &test.result)
            .say(OpenField::ReceivedOn, test.ended_on)
            .finish(),
    ]
}

const fn side(side: Side) -> &'static str {
    match side {
        Side::Complainant => "投诉人",
        Side::Respondent => "被投诉人",
    }
}
