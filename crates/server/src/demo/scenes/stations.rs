//! What a station looks like: its door, its room, its board.

use super::{BRICK, DARK, GREEN, HEIGHT, PATH, RED, SKY, WALL, WHITE, WIDTH, YELLOW};
use crate::demo::canvas::{Canvas, Colour};

const WOOD: Colour = 0xA9794F;
const FLOOR: Colour = 0xC9B79C;
const ROOM: Colour = 0xEFE7D9;

fn plant(c: &mut Canvas, x: i32, y: i32) {
    for (dx, dy) in [(-26, -60), (0, -86), (26, -60), (-12, -40), (14, -42)] {
        c.oval(x + dx, y + dy, 20, 30, GREEN);
    }
    c.area(
        &[(x - 34, y - 20), (x + 34, y - 20), (x + 24, y + 36), (x - 24, y + 36)],
        BRICK,
    );
}

/// Lines of writing nobody can read.
fn writing(c: &mut Canvas, (x, y): (i32, i32), widths: &[i32], colour: Colour) {
    for (row, width) in (0..).zip(widths) {
        c.rect(x, y + row * 18, *width, 7, colour);
    }
}

pub(super) fn door(c: &mut Canvas) {
    c.rect(0, 60, WIDTH, 420, WALL).rect(0, 60, WIDTH, 26, BRICK);
    for x in [60, 610] {
        c.rect(x, 170, 130, 150, DARK)
            .rect(x + 8, 178, 53, 134, SKY)
            .rect(x + 69, 178, 53, 134, SKY);
    }
    // The sign over the door.
    c.rect(250, 116, 300, 54, RED);
    for x in (276..520).step_by(42) {
        c.rect(x, 130, 28, 26, WHITE);
    }
    c.rect(290, 190, 220, 290, DARK)
        .rect(300, 200, 96, 280, SKY)
        .rect(404, 200, 96, 280, SKY)
        .rect(382, 330, 8, 60, YELLOW)
        .rect(410, 330, 8, 60, YELLOW);
    // The plate beside it.
    c.rect(530, 240, 48, 150, WHITE).frame(530, 240, 48, 150, 4, WOOD);
    writing(c, (544, 256), &[20, 20, 20, 20, 20, 20, 20], DARK);
    c.rect(0, 480, WIDTH, HEIGHT - 480, PATH);
    // One step before the door, a ramp with a rail left of it.
    c.rect(270, 480, 260, 30, WHITE);
    c.area(&[(40, 510), (270, 480), (270, 510)], WHITE);
    c.line((60, 452), (270, 420), 9, DARK);
    for x in [60, 130, 200, 268] {
        c.line((x, 452 - (x - 60) * 32 / 210), (x, 506 - (x - 60) * 26 / 210), 7, DARK);
    }
    plant(c, 590, 470);
}

pub(super) fn room(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, 400, ROOM).rect(0, 400, WIDTH, HEIGHT - 400, FLOOR);
    c.rect(80, 70, 250, 200, WOOD)
        .rect(92, 82, 106, 176, SKY)
        .rect(212, 82, 106, 176, SKY);
    c.rect(70, 268, 270, 14, WOOD);
    plant(c, 130, 246);
    plant(c, 280, 246);
    c.rect(470, 80, 240, 150, WHITE).frame(470, 80, 240, 150, 8, RED);
    writing(c, (500, 112), &[180, 150, 170, 120, 160], DARK);
    // Chairs behind, the table, chairs before.
    for x in [250, 470] {
        c.rect(x, 300, 100, 110, BRICK).rect(x + 8, 308, 84, 70, WALL);
    }
    c.oval(400, 430, 220, 62, WOOD).oval(400, 422, 220, 60, 0xC08E60);
    c.rect(386, 480, 28, 90, WOOD).oval(400, 570, 90, 16, WOOD);
    c.rect(330, 400, 60, 34, WHITE)
        .oval(470, 420, 18, 10, WHITE)
        .rect(454, 406, 32, 14, WHITE);
    for x in [110, 590] {
        c.rect(x, 400, 100, 90, BRICK)
            .rect(x + 6, 490, 12, 80, DARK)
            .rect(x + 82, 490, 12, 80, DARK);
    }
}

pub(super) fn board(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, 470, ROOM).rect(0, 470, WIDTH, HEIGHT - 470, FLOOR);
    c.rect(90, 60, 620, 350, WOOD).rect(104, 74, 592, 322, 0xF3EAD7);
    c.rect(104, 74, 592, 48, RED);
    for x in (250..540).step_by(42) {
        c.rect(x, 86, 28, 24, WHITE);
    }
    // The year's days, and those who receive.
    c.rect(130, 144, 270, 230, WHITE);
    for row in 0..6 {
        for column in 0..6 {
            let marked = (row * 5 + column * 3) % 7 == 0;
            let colour = if marked { RED } else { PATH };
            c.rect(144 + column * 42, 158 + row * 35, 32, 24, colour);
        }
    }
    for at in 0..6 {
        let (x, y) = (430 + at % 3 * 84, 144 + at / 3 * 120);
        c.rect(x, y, 66, 76, SKY)
            .oval(x + 33, y + 62, 26, 22, DARK)
            .disc(x + 33, y + 30, 17, 0xE6C3A5)
            .rect(x + 6, y + 76, 54, 8, DARK);
    }
    plant(c, 60, 480);
    plant(c, 745, 480);
}
