//! Flat shapes on a picture: what the demo's street sketches are made of.

use image::{ImageError, ImageFormat, RgbImage};
use std::io::Cursor;

/// Size of a sketch, in pixels.
pub const WIDTH: i32 = 800;
/// Size of a sketch, in pixels.
pub const HEIGHT: i32 = 600;

/// A colour as `0xRRGGBB`.
pub type Colour = u32;

/// A sketch in the making.
pub struct Canvas(Vec<u8>);

impl Canvas {
    /// One colour all over.
    pub fn new(ground: Colour) -> Self {
        let [_, r, g, b] = ground.to_be_bytes();
        Self([r, g, b].repeat((WIDTH * HEIGHT) as usize))
    }

    /// From a corner, so wide and so high.
    pub fn rect(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Colour) -> &mut Self {
        for row in y..y + height {
            self.row(row, x, x + width, colour);
        }
        self
    }

    /// A rectangle's outline of a thickness.
    pub fn frame(&mut self, x: i32, y: i32, width: i32, height: i32, thick: i32, colour: Colour) -> &mut Self {
        self.rect(x, y, width, thick, colour)
            .rect(x, y + height - thick, width, thick, colour)
            .rect(x, y, thick, height, colour)
            .rect(x + width - thick, y, thick, height, colour)
    }

    /// An ellipse around a middle.
    pub fn oval(&mut self, x: i32, y: i32, across: i32, down: i32, colour: Colour) -> &mut Self {
        for row in -down..=down {
            let share = 1.0 - (f64::from(row) / f64::from(down.max(1))).powi(2);
            let half = (f64::from(across) * share.max(0.0).sqrt()) as i32;
            self.row(y + row, x - half, x + half, colour);
        }
        self
    }

    /// A disc around a middle.
    pub fn disc(&mut self, x: i32, y: i32, radius: i32, colour: Colour) -> &mut Self {
        self.oval(x, y, radius, radius, colour)
    }

    /// A ring around a middle, filled with another colour.
    pub fn wheel(&mut self, x: i32, y: i32, radius: i32, colour: Colour, inside: Colour) -> &mut Self {
        self.disc(x, y, radius, colour)
            .disc(x, y, radius - 7, inside)
            .disc(x, y, 5, colour)
    }

    /// A polygon of corners.
    pub fn area(&mut self, corners: &[(i32, i32)], colour: Colour) -> &mut Self {
        let top = corners.iter().map(|corner| corner.1).min().unwrap_or(0).max(0);
        let bottom = corners.iter().map(|corner| corner.1).max().unwrap_or(0).min(HEIGHT);
        for row in top..bottom {
            let mut crossings: Vec<i32> = (0..corners.len())
                .filter_map(|at| {
                    let ((x1, y1), (x2, y2)) = (corners[at], corners[(at + 1) % corners.len()]);
                    let crosses = (y1 <= row) != (y2 <= row);
                    crosses.then(|| x1 + (row - y1) * (x2 - x1) / (y2 - y1))
                })
                .collect();
            crossings.sort_unstable();
            for pair in crossings.chunks_exact(2) {
                self.row(row, pair[0], pair[1], colour);
            }
        }
        self
    }

    /// A line of a thickness, with round ends.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), thick: i32, colour: Colour) -> &mut Self {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1);
        for step in (0..=steps).step_by((thick / 3).max(1) as usize) {
            self.disc(
                from.0 + (to.0 - from.0) * step / steps,
                from.1 + (to.1 - from.1) * step / steps,
                thick / 2,
                colour,
            );
        }
        self
    }

    /// The picture as a PNG file.
    pub fn png(self) -> Result<Vec<u8>, ImageError> {
        let mut out = Cursor::new(Vec::new());
        // The buffer has exactly the picture's size, so there is always a picture.
        if let Some(picture) = RgbImage::from_raw(WIDTH as u32, HEIGHT as u32, self.0) {
            picture.write_to(&mut out, ImageFormat::Png)?;
        }
        Ok(out.into_inner())
    }

    fn row(&mut self, y: i32, from: i32, to: i32, colour: Colour) {
        let (from, to) = (from.clamp(0, WIDTH), to.clamp(0, WIDTH));
        if !(0..HEIGHT).contains(&y) || from >= to {
            return;
        }
        let [_, r, g, b] = colour.to_be_bytes();
        let begin = ((y * WIDTH + from) * 3) as usize;
        let end = ((y * WIDTH + to) * 3) as usize;
        for pixel in self.0[begin..end].chunks_exact_mut(3) {
            pixel.copy_from_slice(&[r, g, b]);
        }
    }
}
