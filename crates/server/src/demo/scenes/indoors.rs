//! Under roofs: garage, lift, stairs, a ceiling.

use super::{BRICK, DARK, PATH, RED, WALL, WATER, WHITE, YELLOW, car};
use crate::demo::canvas::{Canvas, HEIGHT, WIDTH};

pub fn garage(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, 0xA9ABA8).rect(0, 0, WIDTH, 70, 0x8D908E);
    for x in [90, 400, 710] {
        c.rect(x - 32, 70, 64, 330, 0xC9C8C2)
            .rect(x - 32, 250, 64, 40, YELLOW)
            .rect(x - 32, 300, 64, 40, DARK);
    }
    for x in [150, 460] {
        c.rect(x, 30, 180, 14, WHITE);
    }
    car(c, 150, 305, 0x6D7F95);
    car(c, 470, 305, RED);
    c.rect(0, 388, WIDTH, HEIGHT - 388, WATER);
    for (x, y) in [(80, 430), (300, 470), (560, 440), (180, 540), (640, 530), (420, 570)] {
        c.oval(x, y, 80, 5, 0xA9C6D0);
    }
}

pub fn drain(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, 0xB4B4AF);
    c.area(&[(300, 0), (500, 0), (640, HEIGHT), (160, HEIGHT)], 0x83857F);
    for row in 0..9 {
        let y = row * 68;
        c.area(
            &[
                (310 - y / 5, y),
                (490 + y / 5, y),
                (494 + y / 5, y + 18),
                (306 - y / 5, y + 18),
            ],
            DARK,
        );
    }
    c.oval(400, 380, 170, 70, 0x8A7458).oval(360, 360, 90, 40, 0xA18A6B);
    for (x, y, r) in [
        (290, 390, 22),
        (350, 340, 16),
        (420, 400, 26),
        (480, 350, 18),
        (520, 390, 20),
        (400, 330, 14),
    ] {
        c.disc(x, y, r, 0x6E6A63).disc(x - 4, y - 4, r - 6, 0x8F8B83);
    }
    c.oval(400, 520, 240, 36, WATER);
}

pub fn lift(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL).rect(0, 500, WIDTH, 100, PATH);
    c.rect(220, 80, 360, 420, DARK).rect(236, 96, 328, 404, 0x55504A);
    c.rect(236, 96, 120, 404, 0xA9AEB2).rect(470, 96, 94, 404, 0xA9AEB2);
    c.rect(350, 96, 6, 404, 0x7E8387).rect(470, 96, 6, 404, 0x7E8387);
    c.rect(340, 40, 120, 30, DARK)
        .rect(384, 46, 12, 18, RED)
        .rect(404, 46, 12, 18, RED);
    c.rect(620, 250, 46, 96, 0xA9AEB2)
        .disc(643, 275, 12, YELLOW)
        .disc(643, 318, 12, WHITE);
    c.rect(256, 200, 84, 110, WHITE)
        .rect(268, 218, 60, 8, RED)
        .rect(268, 240, 60, 6, DARK)
        .rect(268, 256, 60, 6, DARK);
}

pub fn leak(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL)
        .rect(0, 0, WIDTH, 150, WHITE)
        .rect(0, 480, WIDTH, 120, BRICK);
    c.oval(400, 90, 190, 52, 0xC7B899).oval(420, 96, 120, 34, 0xAE9C78);
    c.area(&[(360, 130), (470, 130), (440, 210), (390, 190)], 0xC7B899);
    for (x, y) in [(410, 240), (412, 330), (408, 420)] {
        c.disc(x, y, 12, WATER)
            .area(&[(x - 9, y - 6), (x + 9, y - 6), (x, y - 32)], WATER);
    }
    c.oval(410, 500, 110, 26, RED).oval(410, 496, 96, 18, WATER);
    c.area(&[(300, 500), (520, 500), (490, 570), (330, 570)], RED)
        .oval(410, 496, 96, 18, WATER);
}

pub fn stairs(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL);
    for step in 0..12 {
        let (x, y) = (90 + step * 52, 556 - step * 40);
        c.rect(x, y, WIDTH - x, 44, if step % 2 == 0 { PATH } else { 0xA9A59C })
            .rect(x, y, WIDTH - x, 5, WHITE);
    }
    c.line((80, 430), (700, -46), 12, 0x8A5A3C);
    for step in 0..6 {
        c.line(
            (112 + step * 104, 406 - step * 80),
            (112 + step * 104, 546 - step * 80),
            7,
            0x8A5A3C,
        );
    }
    c.rect(30, 60, 190, 60, WHITE)
        .rect(48, 82, 30, 16, RED)
        .rect(92, 78, 110, 8, DARK)
        .rect(92, 94, 80, 8, DARK);
}
