//! Out of doors: roads, houses, river and beach.

use super::{BRICK, DARK, DUSK, GREEN, MURK, PATH, RED, ROAD, WALL, WATER, WHITE, YELLOW, bike, car, house, street};
use crate::demo::canvas::{Canvas, HEIGHT, WIDTH};

pub fn wall(c: &mut Canvas) {
    house(c, 80, 40, 640, 560, BRICK);
    for (x, y) in [(290, 150), (330, 190), (300, 230), (420, 320), (460, 290), (380, 360)] {
        c.rect(x, y, 44, 40, WHITE).rect(x + 3, y + 3, 38, 34, 0x9A938A);
    }
    let crack = [
        (392, 40),
        (372, 130),
        (404, 220),
        (380, 310),
        (412, 400),
        (388, 500),
        (404, 600),
    ];
    for pair in crack.windows(2) {
        c.line(pair[0], pair[1], 10, DARK);
    }
    c.rect(0, 560, WIDTH, 40, PATH);
    for x in [120, 340, 610] {
        c.area(&[(x, 560), (x + 30, 548), (x + 52, 562)], WHITE);
    }
    c.rect(0, 520, WIDTH, 8, RED);
}

pub fn lamp(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, DUSK)
        .disc(660, 90, 40, 0xE6E2D0)
        .disc(644, 82, 38, DUSK);
    c.rect(0, 440, WIDTH, 160, 0x1F242E).rect(0, 430, WIDTH, 12, 0x4A5160);
    for (x, height) in [(60, 250), (230, 190), (560, 230)] {
        c.rect(x, 430 - height, 130, height, 0x343D50);
    }
    for (x, y) in [(90, 220), (140, 290), (600, 260)] {
        c.rect(x, y, 26, 32, YELLOW);
    }
    c.rect(404, 120, 14, 316, 0x8C929B)
        .line((411, 124), (520, 100), 12, 0x8C929B)
        .oval(530, 104, 40, 16, 0x5A606A);
    c.area(&[(380, 436), (442, 436), (430, 410), (392, 410)], 0x8C929B);
    for x in [40, 240, 440, 640] {
        c.rect(x, 520, 110, 10, 0x6A6F78);
    }
}

pub fn pothole(c: &mut Canvas) {
    street(c, 210);
    house(c, 40, 0, 320, 150, WALL);
    house(c, 470, 0, 300, 150, BRICK);
    for x in [40, 560] {
        c.rect(x, 300, 170, 12, WHITE);
    }
    c.oval(400, 430, 210, 96, 0x55585B)
        .oval(400, 436, 180, 78, DARK)
        .oval(410, 446, 140, 54, WATER)
        .oval(380, 436, 60, 12, 0xB7D0D8);
    for (x, y) in [(180, 400), (220, 520), (600, 380), (630, 490)] {
        c.area(&[(x, y), (x + 34, y - 10), (x + 50, y + 14), (x + 12, y + 20)], DARK);
    }
}

pub fn bus_stop(c: &mut Canvas) {
    house(c, 0, 60, 300, 380, WALL);
    house(c, 520, 100, 280, 340, BRICK);
    street(c, 470);
    c.rect(400, 130, 12, 300, DARK)
        .rect(352, 96, 108, 70, 0x1D4F7C)
        .rect(366, 112, 80, 10, WHITE)
        .rect(366, 132, 50, 8, WHITE);
    c.rect(362, 190, 88, 120, WHITE)
        .rect(374, 206, 62, 8, DARK)
        .rect(374, 226, 62, 6, ROAD)
        .rect(374, 242, 62, 6, ROAD);
    for x in [250, 500, 580] {
        c.disc(x, 320, 20, 0xC99A77)
            .area(&[(x - 26, 430), (x + 26, 430), (x + 18, 342), (x - 18, 342)], 0x55627A);
    }
}

pub fn crossing(c: &mut Canvas) {
    house(c, 0, 0, 800, 220, WALL);
    street(c, 290);
    for stripe in 0..8 {
        let x = 220 + stripe * 48;
        c.area(&[(x, 310), (x + 26, 310), (x + 44, 590), (x, 590)], WHITE);
    }
    car(c, -30, 330, 0x6D7F95);
    car(c, 590, 320, YELLOW);
    car(c, 560, 460, RED);
    c.rect(130, 90, 12, 210, DARK)
        .rect(112, 70, 48, 110, DARK)
        .disc(136, 96, 16, RED)
        .disc(136, 150, 16, GREEN);
}

pub fn bikes(c: &mut Canvas) {
    house(c, 0, 0, 800, 230, BRICK);
    c.rect(0, 230, WIDTH, HEIGHT - 230, PATH)
        .rect(0, 540, WIDTH, 60, ROAD)
        .rect(0, 534, WIDTH, 8, WHITE);
    for (row, y) in [(0, 330), (1, 410), (2, 490)] {
        for number in 0..7 {
            let colour = [GREEN, YELLOW, 0x5B8BB0][((number + row) % 3) as usize];
            bike(c, 20 + number * 112 + row * 26, y, colour);
        }
    }
}

pub fn kerb(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, 330, PATH);
    for row in 0..5 {
        for column in 0..11 {
            c.frame(column * 80 - (row % 2) * 40, row * 66, 80, 66, 2, 0xA39F95);
        }
    }
    c.rect(330, 0, 90, 210, YELLOW);
    for x in [348, 374, 400] {
        c.rect(x - 6, 0, 8, 206, 0xC39434);
    }
    c.rect(356, 120, 40, 150, 0x8C8478)
        .oval(376, 270, 34, 12, 0x6F685E)
        .oval(376, 120, 20, 8, 0xA69E92);
    c.rect(0, 330, WIDTH, 70, 0x8F8B82)
        .rect(0, 330, WIDTH, 10, WHITE)
        .rect(0, 400, WIDTH, 200, ROAD);
    for x in [80, 300, 520, 740] {
        c.rect(x, 500, 130, 12, WHITE);
    }
}

pub fn ebike(c: &mut Canvas) {
    house(c, 60, 0, 680, 450, WALL);
    c.rect(0, 450, WIDTH, 150, PATH);
    for (x, y, to) in [(112, 90, 170), (214, 200, 300), (412, 90, 430), (512, 310, 560)] {
        c.line((x, y), (x + 18, y + 140), 6, RED)
            .line((x + 18, y + 140), (to, 470), 6, RED);
    }
    for (x, colour) in [(110, 0x5B8BB0), (290, GREEN), (470, YELLOW)] {
        bike(c, x, 520, colour);
        c.rect(x + 34, 480, 46, 30, DARK);
    }
    c.oval(590, 380, 30, 18, 0xBDBAB4)
        .oval(612, 350, 24, 14, 0xCFCCC6)
        .oval(628, 322, 18, 10, 0xDAD7D1);
}

pub fn fumes(c: &mut Canvas) {
    house(c, 120, 0, 560, 380, WALL);
    c.rect(120, 380, 560, 150, BRICK)
        .rect(160, 410, 200, 120, DARK)
        .rect(400, 410, 240, 90, YELLOW)
        .rect(420, 430, 90, 12, RED);
    c.rect(0, 530, WIDTH, 70, PATH);
    c.rect(600, 260, 44, 170, 0x8C929B).rect(560, 250, 84, 34, 0x8C929B);
    for (x, y, r) in [
        (540, 250, 34),
        (500, 216, 44),
        (450, 180, 52),
        (396, 140, 60),
        (470, 110, 44),
        (350, 90, 48),
    ] {
        c.disc(x, y, r, 0xB5AFA6);
    }
}

pub fn river(c: &mut Canvas) {
    c.rect(0, 180, WIDTH, 90, GREEN).rect(0, 150, WIDTH, 36, 0x8FA981);
    c.area(&[(0, 270), (WIDTH, 250), (WIDTH, HEIGHT), (0, HEIGHT)], MURK);
    for (x, y) in [(90, 360), (340, 330), (520, 450), (680, 380), (230, 520), (600, 560)] {
        c.oval(x, y, 70, 5, 0x66745F);
    }
    c.rect(120, 190, 150, 60, 0x8C8478)
        .disc(270, 220, 34, DARK)
        .disc(270, 220, 26, 0x23272B);
    c.area(&[(252, 226), (290, 226), (330, 330), (240, 330)], WHITE)
        .oval(300, 360, 140, 36, 0xC9D2C6)
        .oval(330, 366, 80, 18, WHITE);
    for x in [480, 560, 640] {
        c.rect(x, 80, 12, 100, 0x6B5B45).disc(x + 6, 70, 46, GREEN);
    }
}

pub fn beach(c: &mut Canvas) {
    c.rect(0, 200, WIDTH, 120, WATER)
        .rect(0, 190, WIDTH, 14, 0x6B93A3)
        .rect(0, 320, WIDTH, 280, 0xDCC9A0);
    for y in [240, 280, 318] {
        for x in 0..6 {
            c.oval(70 + x * 140 - (y % 60), y, 60, 5, 0xC4DAE0);
        }
    }
    for number in 0..60 {
        let (x, y) = ((number * 137) % 780 + 10, 350 + (number * 89) % 230);
        c.oval(x, y, 6 + number % 11, 4 + number % 7, WHITE);
    }
    c.oval(560, 430, 60, 30, 0xF7F5F0)
        .oval(540, 424, 24, 12, 0xDDD9D0)
        .oval(230, 500, 70, 32, 0xF7F5F0);
    c.line((500, 400), (620, 470), 8, 0x5B8BB0);
}

pub fn manhole(c: &mut Canvas) {
    street(c, 130);
    c.rect(60, 0, 12, 130, 0x6B5B45).disc(66, -10, 60, GREEN);
    c.oval(400, 400, 180, 90, 0x4B4F53).oval(400, 396, 160, 78, 0x23272B);
    c.area(&[(240, 396), (560, 330), (560, 356), (250, 424)], 0x8C8F92)
        .oval(400, 368, 160, 70, 0x7B7F83);
    for row in 0..4 {
        for column in 0..6 {
            c.rect(290 + column * 38, 330 + row * 22 - column * 3, 20, 9, 0x5C6064);
        }
    }
    c.line((560, 470), (660, 300), 10, 0x6B5B45)
        .line((640, 340), (690, 322), 7, 0x6B5B45)
        .oval(700, 318, 20, 12, GREEN)
        .oval(666, 290, 22, 14, GREEN);
}
