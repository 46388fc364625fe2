//! The square code: which modules are dark, and as inline SVG. That is drawn as one path of attributes, so that it needs
//! neither an image request nor a style that the content security policy would block.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Quiet zone on each side, in modules (ISO/IEC 18004, 9.1: four).
const QUIET: usize = 4;

/// A horizontal run of dark modules: column, row and length.
pub(in super::super) type Run = (usize, usize, usize);

/// How many modules the side of the code of `text` has, with its quiet zone, and the dark ones; nothing if the text is too
/// long for one. Quartile correction, because a sheet on a market's wall gets stained.
pub(in super::super) fn modules(text: &str) -> Option<(usize, Vec<Run>)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    Some((code.width() + 2 * QUIET, dark_runs(&code)))
}

/// The code of `text`, or nothing if the text is too long for one: the address stands below
/// it in letters anyway.
pub(in super::super) fn square_code(text: &str, name: &str) -> Markup {
    let Some((side, dark)) = modules(text) else {
        return html! {};
    };
    let path = dark
        .iter()
        .map(|(x, y, length)| format!("M{x} {y}h{length}v1h-{length}z"));
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(name) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path.collect::<String>()) fill="#000" {}
        }
    }
}

fn dark_runs(code: &QrCode) -> Vec<Run> {
    let colors = code.to_colors();
    let mut runs = Vec::new();
    for (y, row) in colors.chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                runs.push((x + QUIET, y + QUIET, run.len()));
            }
            x += run.len();
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_covers_exactly_the_dark_modules() {
        let code = QrCode::new("https://example.org/m/M7K2Q").unwrap();
        let dark = code
            .to_colors()
            .iter()
            .filter(|c| **c == Color::Dark)
            .count();
        let drawn: usize = dark_runs(&code).iter().map(|(_, _, length)| length).sum();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn a_text_too_long_for_a_code_draws_nothing() {
        assert_eq!(square_code(&"x".repeat(5000), "code").into_string(), "");
    }
}
