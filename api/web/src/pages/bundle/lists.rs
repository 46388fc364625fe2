//! The parts of the file of a case, and the lists in it that machines read. The list of everything comes last: it names the digest
//! of every other part.

use chrono::{DateTime, SecondsFormat, Utc};
use liangxin_app::{
    app::App,
    error::AppError,
    usecase::bundles::{Bundle, Exhibit, Recorded, Sight},
};
use liangxin_domain::{
    evidence::{
        bundle::FORM,
        digest::Sha256,
        photo::PhotoOwner,
        redaction::{Area, Redaction},
    },
    inspections::amend::Void,
    law::calendar::shanghai_date,
    metrology::wire,
    refusal::Lang,
};
use serde_json::{Value, json};

use super::archive::{Content, Entry};
use super::{files, index, sheets};
use crate::pages::{notice::words as paper_words, paper, style::PAPER_STYLESHEET};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// Everything, in the order in which it is written: what people open first comes first.
pub(super) fn entries(app: &App, bundle: &Bundle) -> Result<Vec<Entry>, AppError> {
    let mut entries = Vec::new();
    for lang in LANGS {
        let page = index::render(app, bundle, lang).into_string();
        entries.push(made(files::index(lang), page));
    }
    entries.push(made(
        files::STYLE,
        include_str!("../../../assets/bundle/style.css"),
    ));
    entries.push(made(
        files::CHECK,
        include_str!("../../../assets/bundle/check.py"),
    ));
    entries.push(made(files::KEYS, &bundle.keys));
    entries.push(made(files::VERDICTS, text(&verdicts(bundle)?)?));
    entries.push(made(files::HISTORY, text(&history(bundle))?));
    for seal in &bundle.history.seals {
        entries.push(made(files::seal(seal.number), &seal.line));
    }
    for receipt in &bundle.receipts {
        entries.push(made(files::receipt(receipt), &receipt.line));
    }
    entries.extend(papers(app, bundle));
    for (place, exhibit) in files::photos(bundle) {
        entries.extend(pictures(place, exhibit));
    }
    entries.push(made(files::MANIFEST, text(&manifest(bundle, &entries))?));
    Ok(entries)
}

/// The digest of the list of everything.
pub(super) fn digest(entries: &[Entry]) -> Option<Sha256> {
    let list = entries.iter().find(|entry| entry.name == files::MANIFEST)?;
    Some(list.content.digest())
}

fn made(name: impl Into<String>, text: impl Into<String>) -> Entry {
    Entry {
        name: name.into(),
        content: Content::Made(text.into().into_bytes()),
    }
}

fn text(list: &Value) -> Result<String, AppError> {
    let text = serde_json::to_string_pretty(list);
    text.map_err(|error| AppError::internal("write a list of a bundle", error))
}

fn papers(app: &App, bundle: &Bundle) -> Vec<Entry> {
    let mut entries = Vec::new();
    entries.push(made(files::PAPER_STYLE, PAPER_STYLESHEET));
    for (place, notice) in bundle.papers.iter().enumerate() {
        let view = paper_words::view(app, notice);
        for lang in LANGS {
            let sheet = paper::render_styled(&view, lang, files::PAPER_STYLE_BESIDE);
            entries.push(made(files::paper(place, notice, lang), sheet.into_string()));
        }
    }
    for sheet in sheets::sheets(app, bundle) {
        for lang in LANGS {
            let page = paper::render_styled(&sheet.view, lang, files::PAPER_STYLE_ELSEWHERE);
            entries.push(made(files::sheet(&sheet.stem, lang), page.into_string()));
        }
    }
    entries
}

/// The bytes of a photo that go out.
fn pictures(place: usize, exhibit: &Exhibit) -> impl Iterator<Item = Entry> {
    let declared = &exhibit.photo.declared;
    let original = files::original(place, exhibit).map(|name| Entry {
        name,
        content: Content::Held(declared.sha256, declared.size_bytes),
    });
    let copy = files::copy(place, exhibit).zip(exhibit.copies.as_ref());
    let copy = copy.map(|(name, (_, bytes))| Entry {
        name,
        content: Content::Made(bytes.clone()),
    });
    original.into_iter().chain(copy)
}

fn verdicts(bundle: &Bundle) -> Result<Value, AppError> {
    let mut verdicts = Vec::new();
    let measured = |it: &Recorded| it.measurements.clone();
    for measured in bundle.visits.iter().flat_map(measured) {
        let verdict = wire::write_verdict(&measured.judgement);
        let verdict: Value = serde_json::from_str(&verdict)
            .map_err(|error| AppError::internal("write a verdict", error))?;
        verdicts.push(json!({
            "id": measured.id.uuid(),
            "visit": measured.visit.uuid(),
            "instrument": measured.instrument.map(|it| it.uuid()),
            "recordedAt": moment(measured.recorded_at),
            "by": measured.by.uuid(),
            "replaces": measured.replaces.map(|it| it.uuid()),
            "void": measured.void.as_ref().map(void),
            "verdict": verdict,
        }));
    }
    Ok(json!({ "verdicts": verdicts }))
}

/// That an entry is void; it stays in the list as it was written.
fn void(void: &Void) -> Value {
    json!({
        "reason": void.reason.as_str(),
        "at": moment(void.made.at),
        "by": void.made.by.uuid(),
        "replacedBy": void.replaced_by.map(|it| it.uuid()),
    })
}

fn history(bundle: &Bundle) -> Value {
    let events = bundle.history.events.iter().map(|proved| {
        json!({
            "text": proved.text,
            "seal": proved.seal,
            "position": proved.position,
            "path": proved.path,
        })
    });
    json!({
        "hash": "SHA-256; RFC 6962, section 2.1: leaf = H(0x00 || text), node = H(0x01 || left || right)",
        "events": Vec::from_iter(events),
    })
}

fn manifest(bundle: &Bundle, entries: &[Entry]) -> Value {
    let case = &bundle.case;
    let files = entries.iter().map(|entry| {
        let digest = entry.content.digest();
        json!({ "name": entry.name, "sha256": digest, "sizeBytes": entry.content.size() })
    });
    let papers = bundle.papers.iter().enumerate().map(|(place, paper)| {
        json!({
            "id": paper.notice.id.uuid(),
            "paper": paper.notice.paper.to_string(),
            "number": paper.notice.number,
            "issuedAt": moment(paper.notice.issued_at),
            "servedAt": paper.notice.served_at().map(moment),
            "contentSha256": paper.digest,
            "file": files::paper(place, paper, Lang::Zh),
        })
    });
    let seals = bundle.history.seals.iter();
    json!({
        "form": FORM,
        "case": {
            "id": case.id.uuid(),
            "number": case.number,
            "state": case.state_kind().to_string(),
            "basis": case.basis.kind.to_string(),
            "conductOn": case.basis.told.conduct_on,
            "filedAt": moment(case.filed_at),
            "division": case.division.to_string(),
            "bureau": bundle.bureau.0,
            "merchant": { "id": bundle.merchant.id.uuid(), "name": bundle.merchant.name_zh,
                "creditCode": bundle.merchant.credit_code },
            "visits": Vec::from_iter(bundle.visits.iter().map(|it| it.visit.id.uuid())),
        },
        "photos": Vec::from_iter(files::photos(bundle).map(|(place, it)| photo(place, it))),
        "papers": Vec::from_iter(papers),
        "receipts": Vec::from_iter(bundle.receipts.iter().map(files::receipt)),
        "seals": Vec::from_iter(seals.map(|seal| files::seal(seal.number))),
        "files": Vec::from_iter(files),
    })
}

fn photo(place: usize, exhibit: &Exhibit) -> Value {
    let photo = &exhibit.photo;
    let declared = &photo.declared;
    let (record, original_is) = match photo.owner {
        PhotoOwner::Report(_) => (
            "report",
            "held; it is opened for a purpose, of which the reporter learns",
        ),
        PhotoOwner::Visit(_) => ("visit", "here"),
    };
    let copies = exhibit.copies.iter().flat_map(|(copies, _)| {
        [
            copied(copies.large, files::copy(place, exhibit)),
            copied(copies.small, None),
        ]
    });
    let is_seen = exhibit.sight == Sight::Original;
    let told = |at| match exhibit.sight {
        Sight::Original => moment(at),
        Sight::Copy => shanghai_date(at).to_string(),
    };
    json!({
        "id": declared.id.uuid(),
        "record": record,
        "recordId": is_seen.then(|| photo.owner.uuid()),
        "kind": declared.kind.to_string(),
        "sha256": is_seen.then_some(declared.sha256),
        "sm3": exhibit.sm3,
        "sizeBytes": is_seen.then_some(declared.size_bytes),
        "format": photo.facts.as_ref().map(|facts| facts.format.to_string()),
        "storedAt": photo.stored_at.map(told),
        "original": photo.stored_at.map_or("missing", |_| original_is),
        "file": files::original(place, exhibit),
        "copies": Vec::from_iter(copies),
        "redactions": Vec::from_iter(exhibit.redactions.iter().map(redaction)),
    })
}

/// A part of a photo that is covered on its copies, or was: in ten-thousandths of width and height.
fn redaction(it: &Redaction) -> Value {
    let Area {
        left,
        top,
        width,
        height,
    } = it.area;
    json!({
        "id": it.id.uuid(),
        "area": { "left": left, "top": top, "width": width, "height": height },
        "reason": it.reason.as_str(),
        "at": moment(it.at),
        "removed": it.removed.as_ref().map(|removed| {
            json!({ "reason": removed.reason.as_str(), "at": moment(removed.at) })
        }),
    })
}

fn copied(digest: Sha256, file: Option<String>) -> Value {
    json!({ "sha256": digest, "file": file })
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
