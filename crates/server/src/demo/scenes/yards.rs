//! Between the houses: bins, trees, a fence, a slide, stalls, and the counter where people queue.

use super::{BRICK, DARK, GREEN, MURK, PATH, RED, ROAD, WALL, WATER, WHITE, YELLOW, house, street};
use crate::demo::canvas::{Canvas, HEIGHT, WIDTH};

pub fn bins(c: &mut Canvas) {
    house(c, 0, 0, 800, 330, WALL);
    c.rect(0, 330, WIDTH, HEIGHT - 330, PATH);
    for (x, colour) in [(110, GREEN), (310, 0x5B7FA0), (510, DARK)] {
        c.area(&[(x, 300), (x + 170, 300), (x + 152, 500), (x + 18, 500)], colour)
            .rect(x - 8, 290, 186, 18, ROAD)
            .wheel(x + 40, 506, 16, DARK, PATH)
            .wheel(x + 130, 506, 16, DARK, PATH);
        for (left, top, bag) in [(20, 252, DARK), (70, 238, WHITE), (120, 256, 0x8A7458)] {
            c.oval(x + left, top, 34, 42, bag);
        }
    }
    for (x, y, bag) in [
        (70, 530, DARK),
        (270, 548, WHITE),
        (470, 536, DARK),
        (700, 528, 0x8A7458),
    ] {
        c.oval(x, y, 46, 34, bag);
    }
}

pub fn tree(c: &mut Canvas) {
    house(c, 40, 60, 330, 420, BRICK);
    c.rect(0, 480, WIDTH, HEIGHT - 480, PATH);
    c.area(&[(500, 520), (560, 520), (548, 220), (514, 220)], 0x6B4F3A)
        .line((530, 330), (380, 230), 18, 0x6B4F3A)
        .line((532, 300), (670, 210), 16, 0x6B4F3A);
    for (x, y, r) in [
        (530, 150, 120),
        (420, 210, 90),
        (650, 200, 90),
        (350, 240, 60),
        (560, 250, 80),
    ] {
        c.disc(x, y, r, GREEN).disc(x - 16, y - 14, r * 2 / 3, 0x8FAE7C);
    }
    c.area(&[(440, 540), (500, 500), (580, 500), (650, 546), (540, 566)], 0x8F8B83)
        .line((470, 534), (620, 530), 8, 0x6B4F3A);
}

pub fn hoarding(c: &mut Canvas) {
    house(c, 0, 0, 260, 260, WALL);
    house(c, 540, 0, 260, 260, BRICK);
    street(c, 320);
    c.area(&[(240, 240), (420, 180), (420, 210), (250, 270)], 0x8A7458);
    for panel in 0..6 {
        let x = 20 + panel * 128;
        c.rect(x, 250, 122, 230, 0x4F86A8)
            .rect(x, 250, 122, 22, WHITE)
            .rect(x + 4, 360, 114, 12, 0x6E9DB9)
            .rect(x, 474, 122, 18, DARK);
    }
    c.rect(320, 300, 160, 110, YELLOW)
        .rect(332, 312, 136, 86, WHITE)
        .rect(348, 330, 104, 12, DARK)
        .rect(348, 354, 80, 10, ROAD);
    for x in [80, 680] {
        c.area(&[(x, 580), (x + 60, 580), (x + 38, 500), (x + 22, 500)], RED)
            .rect(x + 14, 538, 32, 12, WHITE);
    }
}

pub fn slide(c: &mut Canvas) {
    house(c, 0, 0, 800, 220, WALL);
    c.rect(0, 220, WIDTH, HEIGHT - 220, 0x9FB58C)
        .oval(420, 520, 360, 60, 0xD8C79A);
    c.rect(190, 200, 18, 320, RED)
        .rect(290, 200, 18, 320, RED)
        .rect(180, 190, 140, 20, YELLOW);
    for y in [260, 320, 380, 440] {
        c.rect(196, y, 106, 12, DARK);
    }
    c.area(&[(310, 200), (350, 200), (650, 500), (600, 512)], 0x5B8BB0)
        .area(&[(350, 196), (362, 190), (664, 490), (650, 500)], YELLOW);
    c.area(
        &[(470, 346), (500, 352), (486, 384), (512, 400), (494, 416), (462, 372)],
        DARK,
    );
}

pub fn stall(c: &mut Canvas) {
    house(c, 0, 0, 800, 240, BRICK);
    street(c, 420);
    for (x, colour) in [(30, RED), (290, GREEN), (550, YELLOW)] {
        c.area(&[(x, 250), (x + 220, 250), (x + 240, 310), (x - 20, 310)], colour);
        for stripe in 0..3 {
            let left = x + 14 + stripe * 76;
            c.area(
                &[(left, 250), (left + 30, 250), (left + 34, 310), (left - 2, 310)],
                WHITE,
            );
        }
        c.rect(x, 310, 10, 150, DARK)
            .rect(x + 210, 310, 10, 150, DARK)
            .rect(x - 6, 390, 232, 70, 0x8A7458);
        for fruit in 0..5 {
            c.disc(x + 24 + fruit * 42, 386, 18, [YELLOW, RED, GREEN][(fruit % 3) as usize]);
        }
    }
    for (x, y) in [(110, 520), (260, 560), (430, 510), (600, 550), (710, 520)] {
        c.area(&[(x, y), (x + 34, y - 10), (x + 50, y + 12)], WHITE);
    }
}

pub fn railing(c: &mut Canvas) {
    c.rect(0, 300, WIDTH, 180, WATER).rect(0, 470, WIDTH, 130, PATH);
    for (x, y) in [(90, 350), (340, 390), (560, 340), (680, 420)] {
        c.oval(x, y, 70, 6, 0xB7D0D8);
    }
    for x in [40, 180, 320, 600, 740] {
        c.rect(x, 250, 20, 250, MURK).disc(x + 10, 246, 16, MURK);
    }
    c.rect(0, 290, 340, 14, MURK)
        .rect(0, 390, 340, 14, MURK)
        .rect(600, 290, 200, 14, MURK)
        .rect(600, 390, 200, 14, MURK);
    c.line((334, 296), (470, 420), 14, MURK)
        .line((334, 396), (430, 492), 14, MURK)
        .area(&[(450, 500), (520, 496), (530, 520), (446, 520)], DARK);
}

pub fn counter(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL).rect(0, 470, WIDTH, 130, PATH);
    c.rect(60, 60, 680, 70, 0x1D4F7C);
    for window in 0..3 {
        let x = 90 + window * 230;
        c.rect(x + 70, 80, 60, 30, WHITE)
            .rect(x, 150, 170, 170, 0xBFD2DA)
            .rect(x, 320, 170, 20, DARK)
            .disc(x + 84, 236, 30, 0xC99A77)
            .area(
                &[(x + 34, 320), (x + 134, 320), (x + 114, 262), (x + 54, 262)],
                0x55627A,
            );
    }
    c.rect(40, 340, 720, 130, 0x8A7458).rect(40, 340, 720, 14, 0xA18A6B);
    for (x, coat) in [(300, RED), (372, GREEN), (444, 0x55627A), (516, YELLOW), (588, DARK)] {
        c.disc(x, 420, 24, 0xC99A77)
            .area(&[(x - 32, 580), (x + 32, 580), (x + 24, 446), (x - 24, 446)], coat);
    }
}
