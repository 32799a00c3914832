// The map and the doors as the district keeps them: a file of outlines read, seen, corrected and kept, new for a resident at
// once; a door changed and told while somebody writes. Plain forms that the server draws.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { anotherTab, expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, goOn, question } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const SCREENS = [
  ["phone", { width: 390, height: 844 }],
  ["small", { width: 320, height: 568 }],
  ["desktop", { width: 1280, height: 800 }],
];

/** A page as it is now: accessible, not wider than its screen, kept as pictures. */
async function inspect(page, name) {
  for (const [kind, size] of SCREENS) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    await picture(page, `${name}-${kind}`);
  }
}

/** The demo's own map as another program writes it: some names as they stand, one as nobody knows it, one with an island. */
async function file(page, { swap = false } = {}) {
  const { shapes } = await (await page.request.get("/api/v1/write-hints")).json();
  const ring = (text) => {
    const corners = text.split(" ").map((pair) => pair.split(",").map(Number));
    return [...corners, corners[0]].map(([lng, lat]) => (swap ? [lat, lng] : [lng, lat]));
  };
  const island = ring("123.4780,27.5790 123.4860,27.5800 123.4820,27.5860");
  const features = shapes.map((shape, at) => ({
    type: "Feature",
    properties: { SQMC: at === 0 ? "云帆一片" : shape.name, DM: shape.code },
    geometry:
      at === 1
        ? { type: "MultiPolygon", coordinates: [[ring(shape.outline.split(";")[0])], [island]] }
        : { type: "Polygon", coordinates: shape.outline.split(";").map(ring) },
  }));
  const text = JSON.stringify({ type: "FeatureCollection", features });
  return { name: "社区边界.geojson", mimeType: "application/geo+json", buffer: Buffer.from(text) };
}

test("the head station reads a map, corrects a name, keeps it, and a resident taps on it", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "程主任");
  await page.goto("/desk/stations");
  await page.getByRole("link", { name: "社区轮廓" }).click();
  await question(page, "社区轮廓");
  await inspect(page, "outlines");

  await page.getByLabel("GeoJSON 文件").setInputFiles({ name: "x.kml", mimeType: "text/xml", buffer: Buffer.from("<kml/>") });
  await page.getByRole("button", { name: "看看读到什么" }).click();
  await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  await inspect(page, "outlines-wrong");

  await page.getByLabel("GeoJSON 文件").setInputFiles(await file(page, { swap: true }));
  await page.getByRole("button", { name: "看看读到什么" }).click();
  await page.getByText("像是写反了").first().waitFor();
  await inspect(page, "outlines-swapped");
  await page.getByRole("link", { name: "不要了，换一个文件" }).click();

  await page.getByLabel("GeoJSON 文件").setInputFiles(await file(page));
  await page.getByRole("button", { name: "看看读到什么" }).click();
  await question(page, "先看样子");
  await page.getByText(/1 块没有/).waitFor();
  await inspect(page, "outlines-look");
  await page.getByLabel("云帆一片").selectOption({ label: "银杏社区" });
  await page.getByRole("button", { name: "看看改过的样子" }).click();
  await page.getByText("全都对上了社区。").waitFor();
  await page.getByRole("button", { name: "确认，换成这张地图" }).click();
  await page.getByText("地图已经换好").waitFor();
  await inspect(page, "outlines-kept");

  const resident = await visit(browser, "phone", server.url);
  await openReady(resident, "/write");
  await resident.getByLabel("发生了什么事").fill("小岛上的栈道木板松了，走路不放心，请修一修。");
  await goOn(resident);
  await question(resident, "事情在哪里");
  const map = resident.locator("#map");
  await map.waitFor();
  const lines = await map.locator("path.map__area").evaluateAll((all) => all.map((one) => one.getAttribute("d")));
  const line = lines.find((line) => line.split("M").length === 3);
  assert.ok(line, "the island is on the map");
  await map.scrollIntoViewIfNeeded();
  await picture(resident, "outlines-resident");
  // A tap on the island is a tap on its community.
  const { shapes } = await (await resident.request.get("/api/v1/write-hints")).json();
  const owner = shapes.find((shape) => shape.outline.includes(";"));
  const corners = line.split("M")[2].match(/\d+ \d+/g).map((pair) => pair.split(" ").map(Number));
  const middle = [0, 1].map((n) => corners.reduce((sum, corner) => sum + corner[n], 0) / corners.length);
  const [drawn, frame] = [await map.locator("svg").boundingBox(), await map.boundingBox()];
  const [x, y] = middle.map((units) => (units / 1000) * drawn.width);
  await map.tap({ position: { x: drawn.x - frame.x + x, y: drawn.y - frame.y + y } });
  await resident.getByText(`位置在${owner.name}`).first().waitFor();
  assert.equal(await resident.getByLabel("街道或社区").inputValue(), owner.code);
  expectQuiet(resident, [LOGGED_OUT]);

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "去掉银杏社区的轮廓" }).click();
  await page.getByText("去掉“银杏社区”的轮廓以后").waitFor();
  await inspect(page, "outlines-remove");
  await page.getByRole("button", { name: "确定去掉" }).click();
  await page.getByText("已经去掉").waitFor();
  const left = await (await resident.request.get("/api/v1/write-hints")).json();
  assert.equal(left.shapes.length, shapes.length - 1);
});

test("a door is changed at the desk and told as it stands there", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "小管");
  await page.getByRole("link", { name: "别处的门" }).click();
  await question(page, "别处的门");
  await inspect(page, "doors");
  const other = await anotherTab(page);
  await other.goto(page.url());
  for (const tab of [page, other]) await tab.getByRole("link", { name: "劳动监察和仲裁" }).click();
  await page.getByLabel("电话").fill("打 12333");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  await inspect(page, "doors-wrong");
  await page.getByLabel("电话").fill("0199-12333");
  await page.getByLabel("什么时候打得通").fill("工作日 9 点到 17 点");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("已保存，居民现在写信就是新的。").waitFor();
  await inspect(page, "doors-saved");

  // Whoever opened it before is told of it and overwrites nothing unseen.
  await other.getByLabel("对居民怎么说").fill("工资的事：找劳动监察大队。");
  await other.getByRole("button", { name: "保存" }).click();
  await other.getByText("您打开以后，小管改了“劳动监察和仲裁”：电话、什么时候打得通。您填的还在下面").waitFor();
  assert.equal(await other.getByLabel("对居民怎么说").inputValue(), "工资的事：找劳动监察大队。");
  await inspect(other, "doors-clash");
  await other.close();

  const resident = await visit(browser, "phone", server.url);
  await openReady(resident, "/write");
  await resident.getByLabel("发生了什么事").fill("公司拖欠工资三个月，劳动仲裁还没有结果，想请代表关心一下。");
  const call = resident.getByRole("link", { name: "拨打 0199-12333" });
  await call.waitFor();
  assert.equal(await call.getAttribute("href"), "tel:0199-12333");
  await resident.getByText("什么时候打得通：工作日 9 点到 17 点").waitFor();
  await expectNoAxeViolations(resident);
  await picture(resident, "doors-resident");
  expectQuiet(resident, [LOGGED_OUT]);
});
