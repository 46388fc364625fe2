//! The square code as inline SVG. Drawn as one path of attributes, so that it needs neither an
//! image request nor a style that the content security policy would block.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Quiet zone on each side, in modules (ISO/IEC 18004, 9.1: four).
const QUIET: usize = 4;

/// The code of `text`, or nothing if the text is too long for one: the address stands below
/// it in letters anyway. Quartile correction, because a sheet on a market's wall gets stained.
pub(in super::super) fn square_code(text: &str, name: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::Q) else {
        return html! {};
    };
    let side = code.width() + 2 * QUIET;
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(name) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(dark_runs(&code)) fill="#000" {}
        }
    }
}

/// A rectangle for each horizontal run of dark modules.
fn dark_runs(code: &QrCode) -> String {
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                path.push_str(&format!(
                    "M{} {}h{length}v1h-{length}z",
                    x + QUIET,
                    y + QUIET
                ));
            }
            x += run.len();
        }
    }
    path
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
        let drawn = dark_runs(&code)
            .split('h')
            .filter_map(|piece| piece.split('v').next()?.parse::<usize>().ok())
            .sum::<usize>();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn a_text_too_long_for_a_code_draws_nothing() {
        assert_eq!(square_code(&"x".repeat(5000), "code").into_string(), "");
    }
}
