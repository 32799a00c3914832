//! The street sketches of the demo's letters. Drawn, because no photo of a real place belongs here.

use super::canvas::{Canvas, Colour, HEIGHT, WIDTH};

const SKY: Colour = 0xDCE6EA;
const DUSK: Colour = 0x2B3446;
const WALL: Colour = 0xD9CDBD;
const BRICK: Colour = 0xB98F76;
const ROAD: Colour = 0x6E7276;
const PATH: Colour = 0xB9B5AC;
const DARK: Colour = 0x3A3F45;
const WATER: Colour = 0x7FA6B5;
const MURK: Colour = 0x4E5A4B;
const WHITE: Colour = 0xF4F1EA;
const RED: Colour = 0xB4483C;
const YELLOW: Colour = 0xE0B04A;
const GREEN: Colour = 0x7C9A6B;

/// What a picture shows, for those who cannot see it.
pub fn alt(name: &str) -> &'static str {
    match name {
        "garage" => "地下车库，地面积着一层水，车轮泡在水里",
        "garage-drain" => "车库的地沟，沟口被碎石和泥沙堵住",
        "lift" => "电梯门半开着，门边贴着停用的纸",
        "leak" => "天花板上一片水渍，水滴进地上的脸盆",
        "wall" => "楼的外墙，瓷砖掉了几块，裂缝从上到下",
        "stairs" => "一段很陡的楼梯，旁边没有电梯",
        "lamp" => "夜里的马路，路灯没有亮",
        "pothole" => "路面上一个积水的坑",
        "bus-stop" => "只有一根站牌的公交站，没有凳子和雨棚",
        "crossing" => "路口的斑马线，路上停满了车",
        "bikes" => "人行道上挤成一堆的共享单车",
        "kerb" => "路口的台阶，没有坡道，盲道断在电线杆前",
        "ebike" => "居民楼窗口垂下来的几根充电线，连到楼下的电瓶车",
        "fumes" => "楼下的排烟管朝着三楼的窗户冒烟",
        "river" => "小河边一根管子往河里排白色的水",
        "beach" => "海滩上散着许多白色泡沫碎块",
        "manhole" => "路面上的井盖翘起一角，旁边放着一根树枝",
        _ => "",
    }
}

/// Draws a scene by its name.
pub fn draw(name: &str) -> Option<Canvas> {
    let mut canvas = Canvas::new(SKY);
    let paint: fn(&mut Canvas) = match name {
        "garage" => garage,
        "garage-drain" => drain,
        "lift" => lift,
        "leak" => leak,
        "wall" => wall,
        "stairs" => stairs,
        "lamp" => lamp,
        "pothole" => pothole,
        "bus-stop" => bus_stop,
        "crossing" => crossing,
        "bikes" => bikes,
        "kerb" => kerb,
        "ebike" => ebike,
        "fumes" => fumes,
        "river" => river,
        "beach" => beach,
        "manhole" => manhole,
        _ => return None,
    };
    paint(&mut canvas);
    Some(canvas)
}

/// A road with its kerb, from a height downwards.
fn street(c: &mut Canvas, top: i32) -> &mut Canvas {
    c.rect(0, top - 60, WIDTH, 60, PATH).rect(0, top - 6, WIDTH, 10, WHITE).rect(0, top + 4, WIDTH, HEIGHT - top, ROAD)
}

/// A block of flats with windows.
fn house(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32, colour: Colour) {
    c.rect(x, y, width, height, colour);
    for row in 0..height / 110 {
        for column in 0..width / 100 {
            let (left, top) = (x + 22 + column * 100, y + 24 + row * 110);
            c.rect(left, top, 56, 66, DARK).rect(left + 4, top + 4, 22, 58, SKY).rect(left + 30, top + 4, 22, 58, SKY);
        }
    }
}

fn car(c: &mut Canvas, x: i32, y: i32, colour: Colour) {
    c.area(&[(x + 40, y), (x + 150, y), (x + 185, y + 42), (x + 10, y + 42)], DARK)
        .area(&[(x + 48, y + 6), (x + 144, y + 6), (x + 168, y + 40), (x + 30, y + 40)], SKY)
        .rect(x, y + 40, 210, 48, colour)
        .wheel(x + 46, y + 90, 24, DARK, PATH)
        .wheel(x + 164, y + 90, 24, DARK, PATH);
}

fn bike(c: &mut Canvas, x: i32, y: i32, colour: Colour) {
    c.wheel(x, y, 42, DARK, PATH).wheel(x + 110, y, 42, DARK, PATH);
    c.line((x, y), (x + 45, y - 55), 9, colour)
        .line((x + 45, y - 55), (x + 100, y - 55), 9, colour)
        .line((x + 45, y - 55), (x + 60, y), 9, colour)
        .line((x + 60, y), (x + 100, y - 55), 9, colour)
        .line((x + 110, y), (x + 96, y - 80), 9, colour)
        .line((x + 80, y - 84), (x + 116, y - 84), 8, DARK)
        .line((x + 30, y - 66), (x + 60, y - 66), 10, DARK);
}

fn garage(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, 0xA9ABA8).rect(0, 0, WIDTH, 70, 0x8D908E);
    for x in [90, 400, 710] {
        c.rect(x - 32, 70, 64, 330, 0xC9C8C2).rect(x - 32, 250, 64, 40, YELLOW).rect(x - 32, 300, 64, 40, DARK);
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

fn drain(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, 0xB4B4AF);
    c.area(&[(300, 0), (500, 0), (640, HEIGHT), (160, HEIGHT)], 0x83857F);
    for row in 0..9 {
        let y = row * 68;
        c.area(&[(310 - y / 5, y), (490 + y / 5, y), (494 + y / 5, y + 18), (306 - y / 5, y + 18)], DARK);
    }
    c.oval(400, 380, 170, 70, 0x8A7458).oval(360, 360, 90, 40, 0xA18A6B);
    for (x, y, r) in [(290, 390, 22), (350, 340, 16), (420, 400, 26), (480, 350, 18), (520, 390, 20), (400, 330, 14)] {
        c.disc(x, y, r, 0x6E6A63).disc(x - 4, y - 4, r - 6, 0x8F8B83);
    }
    c.oval(400, 520, 240, 36, WATER);
}

fn lift(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL).rect(0, 500, WIDTH, 100, PATH);
    c.rect(220, 80, 360, 420, DARK).rect(236, 96, 328, 404, 0x55504A);
    c.rect(236, 96, 120, 404, 0xA9AEB2).rect(470, 96, 94, 404, 0xA9AEB2);
    c.rect(350, 96, 6, 404, 0x7E8387).rect(470, 96, 6, 404, 0x7E8387);
    c.rect(340, 40, 120, 30, DARK).rect(384, 46, 12, 18, RED).rect(404, 46, 12, 18, RED);
    c.rect(620, 250, 46, 96, 0xA9AEB2).disc(643, 275, 12, YELLOW).disc(643, 318, 12, WHITE);
    c.rect(256, 200, 84, 110, WHITE).rect(268, 218, 60, 8, RED).rect(268, 240, 60, 6, DARK).rect(268, 256, 60, 6, DARK);
}

fn leak(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL).rect(0, 0, WIDTH, 150, WHITE).rect(0, 480, WIDTH, 120, BRICK);
    c.oval(400, 90, 190, 52, 0xC7B899).oval(420, 96, 120, 34, 0xAE9C78);
    c.area(&[(360, 130), (470, 130), (440, 210), (390, 190)], 0xC7B899);
    for (x, y) in [(410, 240), (412, 330), (408, 420)] {
        c.disc(x, y, 12, WATER).area(&[(x - 9, y - 6), (x + 9, y - 6), (x, y - 32)], WATER);
    }
    c.oval(410, 500, 110, 26, RED).oval(410, 496, 96, 18, WATER);
    c.area(&[(300, 500), (520, 500), (490, 570), (330, 570)], RED).oval(410, 496, 96, 18, WATER);
}

fn wall(c: &mut Canvas) {
    house(c, 80, 40, 640, 560, BRICK);
    for (x, y) in [(290, 150), (330, 190), (300, 230), (420, 320), (460, 290), (380, 360)] {
        c.rect(x, y, 44, 40, WHITE).rect(x + 3, y + 3, 38, 34, 0x9A938A);
    }
    let crack = [(392, 40), (372, 130), (404, 220), (380, 310), (412, 400), (388, 500), (404, 600)];
    for pair in crack.windows(2) {
        c.line(pair[0], pair[1], 10, DARK);
    }
    c.rect(0, 560, WIDTH, 40, PATH);
    for x in [120, 340, 610] {
        c.area(&[(x, 560), (x + 30, 548), (x + 52, 562)], WHITE);
    }
    c.rect(0, 520, WIDTH, 8, RED);
}

fn stairs(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, WALL);
    for step in 0..12 {
        let (x, y) = (90 + step * 52, 556 - step * 40);
        c.rect(x, y, WIDTH - x, 44, if step % 2 == 0 { PATH } else { 0xA9A59C }).rect(x, y, WIDTH - x, 5, WHITE);
    }
    c.line((80, 430), (700, -46), 12, 0x8A5A3C);
    for step in 0..6 {
        c.line((112 + step * 104, 406 - step * 80), (112 + step * 104, 546 - step * 80), 7, 0x8A5A3C);
    }
    c.rect(30, 60, 190, 60, WHITE).rect(48, 82, 30, 16, RED).rect(92, 78, 110, 8, DARK).rect(92, 94, 80, 8, DARK);
}

fn lamp(c: &mut Canvas) {
    c.rect(0, 0, WIDTH, HEIGHT, DUSK).disc(660, 90, 40, 0xE6E2D0).disc(644, 82, 38, DUSK);
    c.rect(0, 440, WIDTH, 160, 0x1F242E).rect(0, 430, WIDTH, 12, 0x4A5160);
    for (x, height) in [(60, 250), (230, 190), (560, 230)] {
        c.rect(x, 430 - height, 130, height, 0x343D50);
    }
    for (x, y) in [(90, 220), (140, 290), (600, 260)] {
        c.rect(x, y, 26, 32, YELLOW);
    }
    c.rect(404, 120, 14, 316, 0x8C929B).line((411, 124), (520, 100), 12, 0x8C929B).oval(530, 104, 40, 16, 0x5A606A);
    c.area(&[(380, 436), (442, 436), (430, 410), (392, 410)], 0x8C929B);
    for x in [40, 240, 440, 640] {
        c.rect(x, 520, 110, 10, 0x6A6F78);
    }
}

fn pothole(c: &mut Canvas) {
    street(c, 210);
    house(c, 40, 0, 320, 150, WALL);
    house(c, 470, 0, 300, 150, BRICK);
    for x in [40, 560] {
        c.rect(x, 300, 170, 12, WHITE);
    }
    c.oval(400, 430, 210, 96, 0x55585B).oval(400, 436, 180, 78, DARK).oval(410, 446, 140, 54, WATER).oval(380, 436, 60, 12, 0xB7D0D8);
    for (x, y) in [(180, 400), (220, 520), (600, 380), (630, 490)] {
        c.area(&[(x, y), (x + 34, y - 10), (x + 50, y + 14), (x + 12, y + 20)], DARK);
    }
}

fn bus_stop(c: &mut Canvas) {
    house(c, 0, 60, 300, 380, WALL);
    house(c, 520, 100, 280, 340, BRICK);
    street(c, 470);
    c.rect(400, 130, 12, 300, DARK).rect(352, 96, 108, 70, 0x1D4F7C).rect(366, 112, 80, 10, WHITE).rect(366, 132, 50, 8, WHITE);
    c.rect(362, 190, 88, 120, WHITE).rect(374, 206, 62, 8, DARK).rect(374, 226, 62, 6, ROAD).rect(374, 242, 62, 6, ROAD);
    for x in [250, 500, 580] {
        c.disc(x, 320, 20, 0xC99A77).area(&[(x - 26, 430), (x + 26, 430), (x + 18, 342), (x - 18, 342)], 0x55627A);
    }
}

fn crossing(c: &mut Canvas) {
    house(c, 0, 0, 800, 220, WALL);
    street(c, 290);
    for stripe in 0..8 {
        let x = 220 + stripe * 48;
        c.area(&[(x, 310), (x + 26, 310), (x + 44, 590), (x, 590)], WHITE);
    }
    car(c, -30, 330, 0x6D7F95);
    car(c, 590, 320, YELLOW);
    car(c, 560, 460, RED);
    c.rect(130, 90, 12, 210, DARK).rect(112, 70, 48, 110, DARK).disc(136, 96, 16, RED).disc(136, 150, 16, GREEN);
}

fn bikes(c: &mut Canvas) {
    house(c, 0, 0, 800, 230, BRICK);
    c.rect(0, 230, WIDTH, HEIGHT - 230, PATH).rect(0, 540, WIDTH, 60, ROAD).rect(0, 534, WIDTH, 8, WHITE);
    for (row, y) in [(0, 330), (1, 410), (2, 490)] {
        for number in 0..7 {
            let colour = [GREEN, YELLOW, 0x5B8BB0][((number + row) % 3) as usize];
            bike(c, 20 + number * 112 + row * 26, y, colour);
        }
    }
}

fn kerb(c: &mut Canvas) {
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
    c.rect(356, 120, 40, 150, 0x8C8478).oval(376, 270, 34, 12, 0x6F685E).oval(376, 120, 20, 8, 0xA69E92);
    c.rect(0, 330, WIDTH, 70, 0x8F8B82).rect(0, 330, WIDTH, 10, WHITE).rect(0, 400, WIDTH, 200, ROAD);
    for x in [80, 300, 520, 740] {
        c.rect(x, 500, 130, 12, WHITE);
    }
}

fn ebike(c: &mut Canvas) {
    house(c, 60, 0, 680, 450, WALL);
    c.rect(0, 450, WIDTH, 150, PATH);
    for (x, y, to) in [(112, 90, 170), (214, 200, 300), (412, 90, 430), (512, 310, 560)] {
        c.line((x, y), (x + 18, y + 140), 6, RED).line((x + 18, y + 140), (to, 470), 6, RED);
    }
    for (x, colour) in [(110, 0x5B8BB0), (290, GREEN), (470, YELLOW)] {
        bike(c, x, 520, colour);
        c.rect(x + 34, 480, 46, 30, DARK);
    }
    c.oval(590, 380, 30, 18, 0xBDBAB4).oval(612, 350, 24, 14, 0xCFCCC6).oval(628, 322, 18, 10, 0xDAD7D1);
}

fn fumes(c: &mut Canvas) {
    house(c, 120, 0, 560, 380, WALL);
    c.rect(120, 380, 560, 150, BRICK).rect(160, 410, 200, 120, DARK).rect(400, 410, 240, 90, YELLOW).rect(420, 430, 90, 12, RED);
    c.rect(0, 530, WIDTH, 70, PATH);
    c.rect(600, 260, 44, 170, 0x8C929B).rect(560, 250, 84, 34, 0x8C929B);
    for (x, y, r) in [(540, 250, 34), (500, 216, 44), (450, 180, 52), (396, 140, 60), (470, 110, 44), (350, 90, 48)] {
        c.disc(x, y, r, 0xB5AFA6);
    }
}

fn river(c: &mut Canvas) {
    c.rect(0, 180, WIDTH, 90, GREEN).rect(0, 150, WIDTH, 36, 0x8FA981);
    c.area(&[(0, 270), (WIDTH, 250), (WIDTH, HEIGHT), (0, HEIGHT)], MURK);
    for (x, y) in [(90, 360), (340, 330), (520, 450), (680, 380), (230, 520), (600, 560)] {
        c.oval(x, y, 70, 5, 0x66745F);
    }
    c.rect(120, 190, 150, 60, 0x8C8478).disc(270, 220, 34, DARK).disc(270, 220, 26, 0x23272B);
    c.area(&[(252, 226), (290, 226), (330, 330), (240, 330)], WHITE).oval(300, 360, 140, 36, 0xC9D2C6).oval(330, 366, 80, 18, WHITE);
    for x in [480, 560, 640] {
        c.rect(x, 80, 12, 100, 0x6B5B45).disc(x + 6, 70, 46, GREEN);
    }
}

fn beach(c: &mut Canvas) {
    c.rect(0, 200, WIDTH, 120, WATER).rect(0, 190, WIDTH, 14, 0x6B93A3).rect(0, 320, WIDTH, 280, 0xDCC9A0);
    for y in [240, 280, 318] {
        for x in 0..6 {
            c.oval(70 + x * 140 - (y % 60), y, 60, 5, 0xC4DAE0);
        }
    }
    for number in 0..60 {
        let (x, y) = ((number * 137) % 780 + 10, 350 + (number * 89) % 230);
        c.oval(x, y, 6 + number % 11, 4 + number % 7, WHITE);
    }
    c.oval(560, 430, 60, 30, 0xF7F5F0).oval(540, 424, 24, 12, 0xDDD9D0).oval(230, 500, 70, 32, 0xF7F5F0);
    c.line((500, 400), (620, 470), 8, 0x5B8BB0);
}

fn manhole(c: &mut Canvas) {
    street(c, 130);
    c.rect(60, 0, 12, 130, 0x6B5B45).disc(66, -10, 60, GREEN);
    c.oval(400, 400, 180, 90, 0x4B4F53).oval(400, 396, 160, 78, 0x23272B);
    c.area(&[(240, 396), (560, 330), (560, 356), (250, 424)], 0x8C8F92).oval(400, 368, 160, 70, 0x7B7F83);
    for row in 0..4 {
        for column in 0..6 {
            c.rect(290 + column * 38, 330 + row * 22 - column * 3, 20, 9, 0x5C6064);
        }
    }
    c.line((560, 470), (660, 300), 10, 0x6B5B45).line((640, 340), (690, 322), 7, 0x6B5B45).oval(700, 318, 20, 12, GREEN).oval(666, 290, 22, 14, GREEN);
}
