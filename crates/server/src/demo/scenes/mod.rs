//! The street sketches of the demo's letters, and what its stations and a few deputies look like. Drawn, because no photo
//! of a real place or person belongs here.

#![allow(clippy::unreadable_literal, reason = "colours are written as everywhere: 0xRRGGBB")]

mod indoors;
mod portraits;
mod stations;
mod streets;
mod yards;

use super::canvas::{Canvas, Colour, HEIGHT, WIDTH};
use indoors::{drain, garage, leak, lift, stairs};
use stations::{board, door, room};
use streets::{beach, bikes, bus_stop, crossing, ebike, fumes, kerb, lamp, manhole, pothole, river, wall};
use yards::{bins, counter, hoarding, railing, slide, stall, tree};

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
        "bins" => "三只装满的垃圾桶，垃圾袋堆到了地上",
        "tree" => "楼前的大树，枝子伸到窗边，树根顶起了地砖",
        "hoarding" => "路边一排施工围挡，占去半条马路",
        "slide" => "小区里的滑梯，滑板上裂了一道口子",
        "stall" => "菜场外的一排地摊，地上散着菜叶",
        "railing" => "河边的栏杆断了一段，斜在水面上",
        "counter" => "办事窗口，前面排着一队人",
        _ => "",
    }
}

/// Draws a scene by its name.
pub fn draw(name: &str) -> Option<Canvas> {
    if let Some(look) = name.strip_prefix("portrait-") {
        return portraits::draw(look);
    }
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
        "bins" => bins,
        "tree" => tree,
        "hoarding" => hoarding,
        "slide" => slide,
        "stall" => stall,
        "railing" => railing,
        "counter" => counter,
        "station-board" => board,
        "station-door" => door,
        "station-room" => room,
        _ => return None,
    };
    paint(&mut canvas);
    Some(canvas)
}

/// A road with its kerb, from a height downwards.
fn street(c: &mut Canvas, top: i32) -> &mut Canvas {
    c.rect(0, top - 60, WIDTH, 60, PATH)
        .rect(0, top - 6, WIDTH, 10, WHITE)
        .rect(0, top + 4, WIDTH, HEIGHT - top, ROAD)
}

/// A block of flats with windows.
fn house(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32, colour: Colour) {
    c.rect(x, y, width, height, colour);
    for row in 0..height / 110 {
        for column in 0..width / 100 {
            let (left, top) = (x + 22 + column * 100, y + 24 + row * 110);
            c.rect(left, top, 56, 66, DARK)
                .rect(left + 4, top + 4, 22, 58, SKY)
                .rect(left + 30, top + 4, 22, 58, SKY);
        }
    }
}

fn car(c: &mut Canvas, x: i32, y: i32, colour: Colour) {
    c.area(&[(x + 40, y), (x + 150, y), (x + 185, y + 42), (x + 10, y + 42)], DARK)
        .area(
            &[(x + 48, y + 6), (x + 144, y + 6), (x + 168, y + 40), (x + 30, y + 40)],
            SKY,
        )
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
