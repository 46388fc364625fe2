//! Setting a paper on pages of A4: which words stand where. It knows how wide characters are and no typeface, so that what a
//! page holds is known before anything is written down.

use liangxin_domain::refusal::{Code, Lang, Refusal};

use super::{
    PaperView, Signed, check_label, day_to_sign, digest_label, issued_on, number_label, seal,
    service_heading, service_rows, signs, small,
    wrap::{Widths, width, wrap},
};
use crate::pages::{layout::Bilingual, rating::modules};

/// The size of a page, in points.
pub(super) const PAGE: (f32, f32) = (595.276, 841.89);

/// The most pages. Longer papers are printed from a browser: what is written at once is held in memory. A proposal.
const MOST_PAGES: usize = 200;

/// The margins of the printed sheet: 26 mm for the binding, 24 mm, 20 mm, and at the bottom room for what is on each page.
const LEFT: f32 = 73.7;
const RIGHT: f32 = 68.0;
const TOP: f32 = 56.7;
const BOTTOM: f32 = 85.0;
const COLUMN: f32 = PAGE.0 - LEFT - RIGHT;

/// Of a table: the names, and what lies between words and lines.
const NAMES: f32 = 118.0;
const INSET: f32 = 4.0;

/// The sizes of letters.
const TITLE: f32 = 20.0;
const BUREAU: f32 = 16.0;
const BODY: f32 = 12.0;
const TABLE: f32 = 10.5;
const SMALL: f32 = 7.5;
const FOOT: f32 = 8.0;

/// From line to line, in parts of the size.
const LEADING: f32 = 1.6;

/// Rows of no more lines go whole to the next page; longer ones are parted.
const KEPT_LINES: usize = 8;

/// The side of the square code: some 30 mm.
const CODE: f32 = 85.0;

/// What stands on a page, from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// Words, with the left end of their base line.
    Words {
        at: (f32, f32),
        size: f32,
        text: String,
    },
    /// A thin line.
    Rule { from: (f32, f32), to: (f32, f32) },
    /// Black rectangles: corner and size.
    Dark(Vec<[f32; 4]>),
}

/// A page.
pub(super) type Page = Vec<Mark>;

/// Where a line begins.
#[derive(Debug, Clone, Copy)]
enum Side {
    Left,
    Middle,
    Right,
}

/// A paper, page by page; refused if it has too many.
pub(super) fn pages(
    view: &PaperView,
    lang: Lang,
    widths: Widths<'_>,
) -> Result<Vec<Page>, Refusal> {
    let mut flow = Flow {
        widths,
        lang,
        pages: vec![Page::new()],
        y: TOP,
    };
    flow.head(view)?;
    for sentence in &view.sentences {
        flow.paragraphs(sentence)?;
    }
    flow.table(&view.rows)?;
    for part in &view.sections {
        flow.heading(&part.heading)?;
        flow.table(&part.rows)?;
    }
    flow.signatures(&view.signatures)?;
    flow.close(view)?;
    let service = service_rows(&view.service);
    if !service.is_empty() {
        flow.heading(&service_heading())?;
        flow.table(&service)?;
    }
    flow.small(view)?;
    flow.feet(view);
    Ok(flow.pages)
}

struct Flow<'a> {
    widths: Widths<'a>,
    lang: Lang,
    pages: Vec<Page>,
    /// The upper edge of what comes next.
    y: f32,
}

impl Flow<'_> {
    /// Makes room for something so high, on the next page if there is none here.
    fn room(&mut self, height: f32) -> Result<(), Refusal> {
        if self.left() >= height || self.y <= TOP {
            return Ok(());
        }
        if self.pages.len() >= MOST_PAGES {
            return Err(Refusal::of(Code::PaperTooLong).with(MOST_PAGES.to_string()));
        }
        self.pages.push(Page::new());
        self.y = TOP;
        Ok(())
    }

    fn left(&self) -> f32 {
        PAGE.1 - BOTTOM - self.y
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Puts a line of words at a place, with its upper edge there.
    fn put(&mut self, (x, y): (f32, f32), size: f32, text: &str) {
        if !text.trim().is_empty() {
            self.mark(Mark::Words {
                at: (x, y + size * (LEADING + 0.7) / 2.0),
                size,
                text: text.to_owned(),
            });
        }
    }

    /// Words over the whole width, in as many lines as it takes.
    fn words(&mut self, text: &str, size: f32, side: Side) -> Result<(), Refusal> {
        for line in wrap(text, COLUMN / size, self.widths) {
            self.room(size * LEADING)?;
            let free = COLUMN - width(line, self.widths) * size;
            let x = LEFT
                + match side {
                    Side::Left => 0.0,
                    Side::Middle => free / 2.0,
                    Side::Right => free,
                };
            self.put((x, self.y), size, line);
            self.y += size * LEADING;
        }
        Ok(())
    }

    fn head(&mut self, view: &PaperView) -> Result<(), Refusal> {
        let lang = self.lang;
        self.words(view.bureau.text(lang), BUREAU, Side::Middle)?;
        self.words(view.title.text(lang), TITLE, Side::Middle)?;
        let number = view.number.as_deref().unwrap_or("____________");
        let number = format!("{}{number}", number_label().text(lang));
        self.words(&number, TABLE, Side::Right)?;
        self.mark(Mark::Rule {
            from: (LEFT, self.y + 3.0),
            to: (LEFT + COLUMN, self.y + 3.0),
        });
        self.y += 12.0;
        if let Some(to) = &view.addressee {
            let to = format!("{}{}", to.text(lang), lang.pick("：", ":"));
            self.words(&to, BODY, Side::Left)?;
        }
        Ok(())
    }

    /// Each line of a sentence is a paragraph; in Chinese it begins two characters in.
    fn paragraphs(&mut self, sentence: &Bilingual) -> Result<(), Refusal> {
        let lang = self.lang;
        let lines = sentence.text(lang).lines();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let line = format!("{}{line}", lang.pick("　　", ""));
            self.words(&line, BODY, Side::Left)?;
        }
        Ok(())
    }

    fn heading(&mut self, heading: &Bilingual) -> Result<(), Refusal> {
        // Not alone at the foot of a page.
        self.room(BODY * LEADING * 4.0)?;
        self.y += 8.0;
        self.words(heading.text(self.lang), BODY, Side::Left)?;
        self.y += 2.0;
        Ok(())
    }

    fn table(&mut self, rows: &[(Bilingual, Bilingual)]) -> Result<(), Refusal> {
        if !rows.is_empty() {
            self.y += 4.0;
        }
        for (name, words) in rows {
            self.row(name.text(self.lang), words.text(self.lang))?;
        }
        Ok(())
    }

    /// A row, parted where a page ends.
    fn row(&mut self, name: &str, words: &str) -> Result<(), Refusal> {
        let wide = |column: f32| (column - 2.0 * INSET) / TABLE;
        let name = wrap(name, wide(NAMES), self.widths);
        let words = wrap(words, wide(COLUMN - NAMES), self.widths);
        let (step, whole) = (TABLE * LEADING, name.len().max(words.len()));
        // Where nothing is said there is room to write.
        let whole = if words.concat().trim().is_empty() {
            whole.max(2)
        } else {
            whole
        };
        let kept = whole.min(KEPT_LINES) as f32;
        self.room(kept * step + 2.0 * INSET)?;
        let mut done = 0;
        while done < whole {
            let lines = ((self.left() - 2.0 * INSET) / step).max(1.0) as usize;
            let end = whole.min(done + lines);
            let height = (end - done) as f32 * step + 2.0 * INSET;
            for (column, lines) in [(LEFT, &name), (LEFT + NAMES, &words)] {
                let here = lines.iter().take(end).skip(done);
                for (place, line) in here.enumerate() {
                    let y = self.y + INSET + place as f32 * step;
                    self.put((column + INSET, y), TABLE, line);
                }
            }
            self.frame(height);
            self.y += height;
            done = end;
            if done < whole {
                self.room(f32::MAX)?;
            }
        }
        Ok(())
    }

    /// The lines around a row and between its columns.
    fn frame(&mut self, height: f32) {
        let (top, bottom) = (self.y, self.y + height);
        for x in [LEFT, LEFT + NAMES, LEFT + COLUMN] {
            self.mark(Mark::Rule {
                from: (x, top),
                to: (x, bottom),
            });
        }
        for y in [top, bottom] {
            self.mark(Mark::Rule {
                from: (LEFT, y),
                to: (LEFT + COLUMN, y),
            });
        }
    }

    fn signatures(&mut self, signers: &[Bilingual]) -> Result<(), Refusal> {
        let lang = self.lang;
        for signer in signers {
            let signer = format!("{}{}", signer.text(lang), signs().text(lang));
            let (day, height) = (day_to_sign(), BODY * LEADING * 1.6);
            self.room(height)?;
            let y = self.y + height - BODY * LEADING;
            let day_at = LEFT + COLUMN - width(day.text(lang), self.widths) * BODY;
            let line_at = LEFT + width(&signer, self.widths) * BODY + INSET;
            self.put((LEFT, y), BODY, &signer);
            self.put((day_at, y), BODY, day.text(lang));
            let under = y + BODY * LEADING - 3.0;
            if line_at < day_at - INSET {
                self.mark(Mark::Rule {
                    from: (line_at, under),
                    to: (day_at - INSET, under),
                });
            }
            self.y += height;
        }
        Ok(())
    }

    /// The bureau with the place of its seal, and the day.
    fn close(&mut self, view: &PaperView) -> Result<(), Refusal> {
        let lang = self.lang;
        self.room(BODY * LEADING * 3.0 + 10.0)?;
        self.y += 10.0;
        let bureau = format!("{}{}", view.bureau.text(lang), seal().text(lang));
        self.words(&bureau, BODY, Side::Right)?;
        self.words(issued_on(view.issued_on).text(lang), BODY, Side::Right)
    }

    /// On what it rests, its digest, and where that is checked.
    fn small(&mut self, view: &PaperView) -> Result<(), Refusal> {
        let lang = self.lang;
        self.y += 8.0;
        for line in small(view) {
            self.words(line.text(lang), SMALL, Side::Left)?;
        }
        if let Some(digest) = &view.digest {
            let digest = format!("{}{digest}", digest_label().text(lang));
            self.words(&digest, SMALL, Side::Left)?;
        }
        if let Some(check) = &view.check {
            let told = format!("{}{check}", check_label().text(lang));
            self.words(&told, SMALL, Side::Left)?;
            self.code(check)?;
        }
        Ok(())
    }

    fn code(&mut self, address: &str) -> Result<(), Refusal> {
        let Some((side, dark)) = modules(address) else {
            return Ok(());
        };
        self.room(CODE)?;
        let (module, y) = (CODE / side as f32, self.y);
        let at = |place: usize| place as f32 * module;
        let dark = dark
            .into_iter()
            .map(|(x, row, length)| [LEFT + at(x), y + at(row), at(length), module]);
        self.mark(Mark::Dark(dark.collect()));
        self.y += CODE;
        Ok(())
    }

    /// What stands at the foot of each page: who signs it, its number and of how many it is, and the digest.
    fn feet(&mut self, view: &PaperView) {
        let (lang, of) = (self.lang, self.pages.len());
        let top = PAGE.1 - BOTTOM + 12.0;
        let signs = (view.signed == Signed::OnEachPage).then(|| each_signs(view, lang));
        let digest = view.digest.as_ref();
        let digest = digest.map(|digest| format!("SHA-256 {digest}"));
        let step = FOOT * LEADING;
        for (place, page) in self.pages.iter_mut().enumerate() {
            let number = place + 1;
            let counted = match lang {
                Lang::Zh => format!("第 {number} 页　共 {of} 页"),
                Lang::En => format!("Page {number} of {of}"),
            };
            let lines = [signs.clone(), Some(counted), digest.clone()];
            let mut y = top;
            for text in lines.into_iter().flatten() {
                page.push(Mark::Words {
                    at: (LEFT, y + step),
                    size: FOOT,
                    text,
                });
                y += step * 1.2;
            }
        }
    }
}

/// The line on which everybody signs a page who signs the paper.
fn each_signs(view: &PaperView, lang: Lang) -> String {
    let signers = view.signatures.iter();
    let signers = signers.map(|it| format!("{}{}", it.text(lang), lang.pick("：", ": ")));
    let signers: Vec<_> = signers.map(|it| format!("{it}____________")).collect();
    signers.join("　")
}

#[cfg(test)]
mod tests;
