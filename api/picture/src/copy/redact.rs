//! Parts of a picture that nobody may see: faces, plates, papers.

use crate::picture::Picture;

/// A rectangle of the upright picture, in fractions of its width and height, so that it fits every copy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redaction {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Redaction {
    /// From its left upper corner and its size; `None` if it has no area or leaves the picture.
    #[must_use]
    pub fn of(left: f64, top: f64, width: f64, height: f64) -> Option<Self> {
        let (right, bottom) = (left + width, top + height);
        let lies_within = left >= 0.0
            && top >= 0.0
            && width > 0.0
            && height > 0.0
            && right <= 1.0
            && bottom <= 1.0;
        lies_within.then_some(Self {
            left,
            top,
            right,
            bottom,
        })
    }
}

/// Paints the rectangles black, out to whole pixels of each plane.
pub(super) fn paint(picture: &mut Picture, redactions: &[Redaction]) {
    for (number, plane) in picture.planes.iter_mut().enumerate() {
        // Black: no brightness, and of colours the middle.
        let value = if number == 0 { 0 } else { 128 };
        for redaction in redactions {
            let from = |part: f64, size: usize| (part * size as f64).floor() as usize;
            let to = |part: f64, size: usize| ((part * size as f64).ceil() as usize).min(size);
            let columns = from(redaction.left, plane.width)..to(redaction.right, plane.width);
            let rows = from(redaction.top, plane.height)..to(redaction.bottom, plane.height);
            for line in plane
                .samples
                .chunks_exact_mut(plane.width.max(1))
                .take(rows.end)
                .skip(rows.start)
            {
                if let Some(part) = line.get_mut(columns.clone()) {
                    part.fill(value);
                }
            }
        }
    }
}
