//! Faces of people who do not exist.

use super::{DARK, HEIGHT, RED, WHITE, WIDTH};
use crate::demo::canvas::{Canvas, Colour};

const SKIN: Colour = 0xE8C4A4;
const SHADE: Colour = 0xD9AF8C;
const BLACK: Colour = 0x2A2624;
const GREY: Colour = 0xA9A7A3;

/// A person, head and shoulders.
struct Look {
    ground: Colour,
    coat: Colour,
    hair: Colour,
    /// How far down the hair comes at the sides.
    sides: i32,
    glasses: bool,
}

/// Draws a face by its name.
pub(super) fn draw(name: &str) -> Option<Canvas> {
    let look = |ground, coat, hair, sides, glasses| Look {
        ground,
        coat,
        hair,
        sides,
        glasses,
    };
    let look = match name {
        "bun" => look(0xC9D3C4, 0x6B4F3A, BLACK, 300, false),
        "long" => look(0xD6CBBF, 0x2F5D5D, BLACK, 440, false),
        "short" => look(0xC4CFD8, 0x3D4A5C, BLACK, 250, true),
        "bob" => look(0xDAD2DC, WHITE, 0x3B2C26, 360, true),
        "cap" => look(0xCBD6D9, 0x34506B, BLACK, 240, false),
        "grey" => look(0xD9D6C8, 0x5A5148, GREY, 240, true),
        _ => return None,
    };
    let mut canvas = Canvas::new(look.ground);
    paint(&mut canvas, name, &look);
    Some(canvas)
}

fn paint(c: &mut Canvas, name: &str, look: &Look) {
    let middle = WIDTH / 2;
    if name == "bun" {
        c.disc(middle, 78, 46, look.hair);
    }
    // Hair behind, shoulders, neck, head.
    c.oval(middle, 240, 136, 156, look.hair);
    if look.sides > 300 {
        c.rect(middle - 136, 240, 272, look.sides - 240, look.hair);
    }
    c.oval(middle, HEIGHT + 40, 250, 190, look.coat);
    c.rect(middle - 42, 350, 84, 90, SHADE);
    c.area(
        &[
            (middle - 70, 424),
            (middle + 70, 424),
            (middle + 8, 520),
            (middle - 8, 520),
        ],
        if look.coat == WHITE { 0x9FB6C4 } else { WHITE },
    );
    c.oval(middle, 444, 60, 26, SHADE);
    c.oval(middle, 260, 112, 138, SKIN);
    for side in [-1, 1] {
        c.oval(middle + side * 112, 268, 14, 26, SKIN);
    }
    // Hair before the forehead.
    if name == "cap" {
        c.oval(middle, 160, 128, 62, 0x34506B)
            .rect(middle - 128, 160, 256, 22, 0x263C52);
        c.disc(middle, 142, 14, RED);
    } else {
        c.oval(middle - 44, 150, 92, 52, look.hair)
            .oval(middle + 50, 148, 84, 46, look.hair);
    }
    if look.sides > 250 {
        for side in [-1, 1] {
            c.oval(middle + side * 118, 250, 22, (look.sides - 190) / 2, look.hair);
        }
    }
    for side in [-1, 1] {
        c.disc(middle + side * 44, 262, 8, DARK);
        c.line((middle + side * 60, 236), (middle + side * 28, 232), 7, look.hair);
        if look.glasses {
            for width in 0..5 {
                ring(c, (middle + side * 44, 262), 31 + width);
            }
        }
    }
    if look.glasses {
        c.line((middle - 13, 260), (middle + 13, 260), 5, DARK);
    }
    c.line((middle, 276), (middle - 6, 306), 6, SHADE);
    // A quiet smile.
    for x in -34..=34 {
        c.disc(middle + x, 344 - x * x / 110, 3, 0xA65A4E);
    }
}

/// A thin circle.
fn ring(c: &mut Canvas, (x, y): (i32, i32), radius: i32) {
    for step in 0..240 {
        let angle = f64::from(step) * std::f64::consts::TAU / 240.0;
        let (dx, dy) = (f64::from(radius) * angle.cos(), f64::from(radius) * angle.sin());
        c.disc(x + dx as i32, y + dy as i32, 1, DARK);
    }
}
