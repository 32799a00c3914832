// What the pages of stations and deputies say, kept at the desk: a station's picture and the way there, a deputy's own
// page. Plain forms that the server draws.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, png, question } from "../support/people.mjs";
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

/** A page as it is now: accessible, not wider than its screen, kept as a picture. */
async function inspect(page, name) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await picture(page, name);
}

test("a clerk tells the way to a station and shows its door; a resident sees both on a phone", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "程主任");
  await page.goto("/desk/stations");
  await question(page, "站点资料");
  await inspect(page, "places-list");
  await page.getByRole("link", { name: "青屿街道人大代表联络站" }).click();
  await question(page, "青屿街道人大代表联络站");

  const [lng, lat] = [await page.getByLabel("经度").inputValue(), await page.getByLabel("纬度").inputValue()];
  await page.getByLabel("地铁").fill("4 号线青屿站 2 号口，走 9 分钟");
  await page.getByLabel("纬度").fill("127.5");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  assert.equal(await page.getByLabel("地铁").inputValue(), "4 号线青屿站 2 号口，走 9 分钟");
  await inspect(page, "places-wrong");
  await page.getByLabel("纬度").fill(lat);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("已保存，居民现在就能看到。").waitFor();
  assert.deepEqual([await page.getByLabel("经度").inputValue(), await page.getByLabel("纬度").inputValue()], [lng, lat]);

  const file = { name: "door.png", mimeType: "image/png", buffer: png(1200, 900) };
  await page.getByLabel("加一张照片").setInputFiles(file);
  await page.getByRole("button", { name: "保存照片" }).last().click();
  await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  await inspect(page, "places-no-description");
  await page.locator("#alt-0").fill("石阶巷口的站门，右边是慢坡");
  await page.getByRole("button", { name: "保存照片" }).last().click();
  await page.getByText("已保存，居民现在就能看到。").waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await inspect(page, "places-form-phone");

  const resident = await visit(browser, "phone", server.url);
  await resident.goto("/stations/qingyu");
  await question(resident, "青屿街道人大代表联络站");
  const shown = resident.getByRole("img", { name: "石阶巷口的站门，右边是慢坡" });
  await shown.scrollIntoViewIfNeeded();
  await resident.waitForFunction(
    (image) => image.complete && image.naturalWidth > 0,
    await shown.elementHandle(),
  );
  assert.equal(await shown.getAttribute("loading"), "lazy");
  assert.deepEqual([await shown.getAttribute("width"), await shown.getAttribute("height")], ["1200", "900"]);
  await resident.getByText("4 号线青屿站 2 号口，走 9 分钟").waitFor();
  await inspect(resident, "places-public");

  // Somebody else's change in between is told, and what was typed is still there.
  await page.getByLabel("停车").fill("巷口停车场，第一小时不收费");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByLabel("开放时间").fill("周一至周六 8:30–17:30");
  await other.getByRole("button", { name: "保存", exact: true }).click();
  await other.getByText("已保存，居民现在就能看到。").waitFor();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("您打开以后，程主任改了开放时间").waitFor();
  assert.equal(await page.getByLabel("停车").inputValue(), "巷口停车场，第一小时不收费");
  await inspect(page, "places-overtaken");

  await page.getByRole("button", { name: /^删除/ }).click();
  await page.getByText("删掉就找不回来了").waitFor();
  await inspect(page, "places-remove");
  await page.getByRole("button", { name: /^确定删除/ }).click();
  await page.getByText("还没有照片").waitFor();
  await resident.reload();
  assert.equal(await resident.getByRole("img", { name: "石阶巷口的站门，右边是慢坡" }).count(), 0);
  expectQuiet(page, [LOGGED_OUT, /4(09|22)/]);
  expectQuiet(resident);
});

test("a deputy changes the own page on a phone, and the card shows the new face", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "陆知遥");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/desk/my-profile");
  await question(page, "我的公开资料");
  await page.getByLabel("自我介绍").fill("教了十九年语文，每天早上站在校门口。");
  await page.getByLabel("熟悉的事").fill("教育、托管、校门口");
  const file = { name: "me.png", mimeType: "image/png", buffer: png(600, 800) };
  await page.getByLabel("换一张照片").setInputFiles(file);
  await page.getByRole("button", { name: "保存", exact: true }).last().click();
  await page.getByText("已保存，居民现在就能看到。").waitFor();
  await inspect(page, "places-profile");
  const portrait = await page.locator("main img.face").getAttribute("src");

  const resident = await visit(browser, "phone", server.url);
  await resident.goto("/deputies?q=陆知遥");
  assert.equal(await resident.locator(".deputy img.face").getAttribute("src"), portrait);
  await resident.goto("/deputies/luzhiyao");
  await question(resident, "陆知遥");
  await resident.getByText("每天早上站在校门口").waitFor();
  await inspect(resident, "places-deputy");
  expectQuiet(page, [LOGGED_OUT]);
});
