//! Writing a paper as PDF. The same words make the same bytes: nothing in it says when it was made, its ids follow from what is
//! in it, and it holds the characters that stand on it in the order in which they come.

use std::sync::Arc;

use actix_web::web;
use krilla::{
    Data, Document, SerializeSettings,
    geom::{Path, PathBuilder, Point, Rect},
    metadata::Metadata,
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use liangxin_app::{app::App, error::AppError, turns::Heavy};
use liangxin_domain::refusal::{Code, Lang, Refusal};
use skrifa::{
    FontRef, MetadataProvider as _,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

use super::{
    PaperView,
    flow::{self, Mark, PAGE},
};
use crate::{face::Face, pages::layout::tag};

/// What is being done, for whoever reads the log.
const WHAT: &str = "write a PDF";

/// How thick lines are, in points.
const LINE: f32 = 0.6;

/// A paper as PDF, written in a lane of its own, which no slow reader of a file holds: the pages are bounded, and with them
/// what it takes.
pub async fn pdf(
    app: &App,
    face: &web::Data<Face>,
    (view, lang): (PaperView, Lang),
) -> Result<Vec<u8>, AppError> {
    let face = face.clone().into_inner();
    let work = move || write(&face, &view, lang);
    app.in_turn(Heavy::Sheet, WHAT, work).await?
}

fn write(face: &Face, view: &PaperView, lang: Lang) -> Result<Vec<u8>, AppError> {
    let unfit = || Refusal::of(Code::PaperFontMissing);
    let read = face.get()?;
    let known = FontRef::from_index(&read.bytes, read.index).map_err(|_| unfit())?;
    let font = Font::new(Data::from(Arc::clone(&read.bytes)), read.index).ok_or_else(unfit)?;
    let letters = Letters::of(&known, font);
    let pages = flow::pages(view, lang, &|sign| letters.width(sign))?;
    let mut document = Document::new_with(SerializeSettings {
        // Nothing marks yet which words are a heading and which a row.
        enable_tagging: false,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(view.title.text(lang).to_owned())
            .language(tag(lang).to_owned()),
    );
    let of_a4 = PageSettings::from_wh(PAGE.0, PAGE.1);
    for marks in &pages {
        let mut page = document.start_page_with(of_a4.clone().unwrap_or_default());
        let mut surface = page.surface();
        for mark in marks {
            letters.draw(&mut surface, mark);
        }
        surface.finish();
        page.finish();
    }
    let written = document.finish();
    written.map_err(|error| AppError::internal(WHAT, error.to_string()))
}

/// A face with its characters.
struct Letters<'a> {
    font: Font,
    known: Charmap<'a>,
    widths: GlyphMetrics<'a>,
}

impl<'a> Letters<'a> {
    fn of(face: &FontRef<'a>, font: Font) -> Self {
        Self {
            font,
            known: face.charmap(),
            widths: face.glyph_metrics(Size::unscaled(), LocationRef::default()),
        }
    }

    /// The glyph of a character; the first one, a box, where the face has none.
    fn glyph(&self, sign: char) -> skrifa::GlyphId {
        self.known.map(sign).unwrap_or(skrifa::GlyphId::NOTDEF)
    }

    /// How wide a character is, in parts of its size.
    fn width(&self, sign: char) -> f32 {
        let wide = self.widths.advance_width(self.glyph(sign));
        wide.unwrap_or_default() / self.font.units_per_em()
    }

    fn draw(&self, surface: &mut Surface<'_>, mark: &Mark) {
        match mark {
            Mark::Words { at, size, text } => {
                surface.set_stroke(None);
                surface.set_fill(Some(Fill::default()));
                let glyphs: Vec<_> = text
                    .char_indices()
                    .map(|(place, sign)| self.set(place, sign))
                    .collect();
                let start = Point::from_xy(at.0, at.1);
                surface.draw_glyphs(start, &glyphs, self.font.clone(), text, *size, false);
            }
            Mark::Rule { from, to } => {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    width: LINE,
                    ..Stroke::default()
                }));
                let mut line = PathBuilder::new();
                line.move_to(from.0, from.1);
                line.line_to(to.0, to.1);
                draw(surface, line.finish());
            }
            Mark::Dark(rectangles) => {
                surface.set_stroke(None);
                surface.set_fill(Some(Fill::default()));
                let mut dark = PathBuilder::new();
                for [x, y, width, height] in rectangles {
                    if let Some(rectangle) = Rect::from_xywh(*x, *y, *width, *height) {
                        dark.push_rect(rectangle);
                    }
                }
                draw(surface, dark.finish());
            }
        }
    }

    /// A character with its place in the text, which whoever searches or copies finds again.
    fn set(&self, place: usize, sign: char) -> KrillaGlyph {
        let glyph = GlyphId::new(self.glyph(sign).to_u32());
        let text = place..place + sign.len_utf8();
        KrillaGlyph::new(glyph, self.width(sign), 0.0, 0.0, 0.0, text, None)
    }
}

fn draw(surface: &mut Surface<'_>, path: Option<Path>) {
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}
