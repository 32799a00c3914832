//! QR codes as pictures. Dark on white in every theme: that is what cameras read.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// An SVG of a text, with the margin that readers need.
///
/// # Errors
/// None when the text is longer than a code can hold.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    Some(code.render::<svg::Color<'_>>().module_dimensions(8, 8).build())
}
