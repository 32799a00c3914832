// Receptions for everybody: list and month, filters in the address, one reception, a deputy's and a station's page,
// what is printed and sent round.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { staff } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { startServer } from "../support/server.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server;
let browser;
/** A reception that can be booked, with its month. */
let one;
let addresses;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  const list = await (await fetch(`${server.url}/api/v1/reception-sessions`)).json();
  one = list.items.find((card) => card.bookable && card.deputies.length > 0);
  assert.ok(one, "the demo has a reception to book");
  addresses = [
    "/receptions",
    "/receptions?view=calendar",
    "/receptions?q=没有这样的主题",
    `/receptions/${one.id}`,
    `/receptions/${one.id}/poster`,
    `/receptions/${one.id}/notice`,
    `/stations/${one.station_slug}`,
    `/deputies/${one.deputies[0].card.slug}`,
  ];
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const kind of ["phone", "small", "elder", "dark", "desktop", "largeText", "noscript"]) {
  test(`the pages of receptions for the visitor "${kind}"`, async () => {
    const page = await visit(browser, kind, server.url);
    for (const address of addresses) {
      await page.goto(address);
      assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, `${address} has one main heading`);
      await expectNoSidewaysScroll(page);
      await expectNoAxeViolations(page);
      await picture(page, `receptions-${kind}-${address.replace(one.id, "one")}`);
    }
    expectQuiet(page);
  });
}

test("list and month show the same receptions; what was chosen survives reload and Back", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/");
  await page.getByRole("link", { name: /约见代表/ }).click();
  await page.getByRole("heading", { level: 1, name: "接待日" }).waitFor();
  const deputy = one.deputies[0].card;
  await page.getByText("按街道、代表、日期找").click();
  await page.getByLabel("代表", { exact: true }).selectOption(deputy.slug);
  await page.getByRole("button", { name: "查找" }).click();
  await page.waitForURL(/deputy=/);
  const shown = () => page.locator("main .row").allInnerTexts();
  const narrowed = await shown();
  assert.ok(narrowed.length > 0 && narrowed.every((text) => text.includes(deputy.name)), narrowed.join("\n"));
  await page.reload();
  assert.deepEqual(await shown(), narrowed);
  assert.equal(await page.getByLabel("代表", { exact: true }).inputValue(), deputy.slug);

  await page.locator("main .row a").first().click();
  await page.getByRole("heading", { name: "谁来接待" }).waitFor();
  await page.goBack();
  await page.waitForURL(/deputy=/);
  assert.deepEqual(await shown(), narrowed);

  const month = one.date.slice(0, 7);
  await page.getByRole("link", { name: "按月历看" }).click();
  await page.getByRole("table").waitFor();
  while (!page.url().includes(`month=${month}`)) {
    const before = page.url();
    await page.getByRole("link", { name: /^下个月/ }).click();
    await page.waitForURL((url) => url.href !== before);
  }
  assert.match(page.url(), /deputy=/, "the month is narrowed the same way");
  await page.locator(`a[href="#d-${one.date}"]`).click();
  const day = page.locator(`#d-${one.date}`);
  await day.getByText(deputy.name).first().waitFor();
  assert.ok(await day.evaluate((section) => section.getBoundingClientRect().top < innerHeight), "its day is in sight");
  await page.getByRole("link", { name: "按列表看" }).click();
  await page.waitForURL((url) => !url.searchParams.has("month"));
  assert.deepEqual(await shown(), narrowed);
  expectQuiet(page);
});

test("a reception leads to its free times, the letter, the calendar, the poster and the words for a group", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.goto(`/receptions/${one.id}`);
  const main = page.locator("main");
  assert.match(await main.innerText(), new RegExp(one.station_name));
  assert.equal(
    await main.getByRole("link", { name: "预约", exact: true }).getAttribute("href"),
    `/receptions/${one.id}/book`,
  );
  const time = main.getByRole("link", { name: /^预约 \d/ }).first();
  const to = new URL(await time.getAttribute("href"), server.url);
  assert.ok(Number(to.searchParams.get("at")) >= one.starts_at, "the link carries the time");
  assert.equal(to.pathname, `/receptions/${one.id}/book`);
  const form = await visit(browser, "phone", server.url);
  await form.goto(to.href);
  const chosen = form.locator("input[name=slot]:checked");
  assert.ok((await chosen.inputValue()).startsWith(to.searchParams.get("at")), "the time that was tapped is chosen");
  assert.ok(await chosen.isVisible());
  const others = form.locator("input[name=slot]:not(:checked)");
  assert.ok((await others.count()) > 0);
  assert.equal(await others.first().isVisible(), false, "the others are a tap away");
  await form.getByText("换个时间").click();
  assert.ok(await others.first().isVisible());
  await expectNoAxeViolations(form);
  to.searchParams.set("at", String(one.starts_at + 60_000));
  await form.goto(to.href);
  await form.getByRole("link", { name: "这个时间刚刚被约走了，请另选一个" }).waitFor();
  assert.equal(await form.locator("input[name=slot]:checked").count(), 0);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    main.getByRole("link", { name: "加到手机日历" }).click(),
  ]);
  assert.match(file.url(), /\.ics$/);
  await main.getByRole("link", { name: "群通知文字" }).click();
  const words = await page.getByLabel("通知文字").inputValue();
  assert.match(words, new RegExp(`${server.url}/receptions/${one.id}`));
  assert.match(words, new RegExp(one.deputies[0].card.name));
  await page.goBack();
  await main.getByRole("link", { name: "打印海报" }).click();
  await page.getByText("怎么预约").waitFor();
  const sheet = await page.pdf({ preferCSSPageSize: true });
  assert.equal(sheet.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1, "the poster is one page");
  expectQuiet(page);
});

test("a poster with a long title, address, notice and three deputies is one sheet, and a camera finds its code", async () => {
  const office = await staff(server.url, "chief");
  const station = (await office.get("/stations")).items.find((one) => one.slug === "yunfan");
  const deputies = (await office.get("/deputies?station=yunfan")).items.slice(0, 3);
  const startsAt = Math.ceil(Date.now() / DAY) * DAY + 9 * DAY + 6.5 * HOUR;
  const made = await office.send("POST", "/reception-sessions", {
    station_id: station.id,
    kind: "themed",
    title: "老旧小区改造和加装电梯专题接待（全年第三场，上半场）",
    topic: "老旧小区既有住宅加装电梯资金怎么分摊、低楼层住户意见怎么协调",
    place: "云帆街道银杏路 118 号船坞里社区党群服务中心三楼东侧 302 民情会客厅（从北门进，电梯右手边）",
    notice: "请带上房产证复印件和楼栋住户签名表；行动不便的可以提前打电话，安排工作人员到北门接。".repeat(6),
    starts_at: startsAt,
    ends_at: startsAt + 2.5 * HOUR,
    slot_minutes: 20,
    seats: 1,
    modes: ["onsite"],
    deputies: deputies.map((one) => one.id),
  });
  const page = await visit(browser, "desktop", server.url);
  for (const id of [one.id, made.row.id]) {
    await page.goto(`/receptions/${id}/poster`);
    const sheet = await page.pdf({ preferCSSPageSize: true });
    assert.equal(sheet.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1, "one page");
    await page.emulateMedia({ media: "print" });
    const wide = await page.locator(".poster .qr").evaluate((code) => (code.getBoundingClientRect().width / 96) * 25.4);
    assert.ok(wide >= 30, `the code is ${wide} mm wide`);
    const cut = await page.locator(".poster *").evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0).map((it) => it.className));
    assert.deepEqual(cut, [], "nothing is cut off");
    await page.emulateMedia({ media: null });
  }
  expectQuiet(page);
});

test("days of this month that are over are folded away below those to come", async () => {
  const page = await visit(browser, "small", server.url);
  await page.goto("/receptions?view=calendar");
  const past = page.locator("#past");
  // On the first days of a month, or on its last, there may be nothing to fold.
  if ((await past.count()) > 0) {
    assert.equal(await past.locator(".row").first().isVisible(), false, "folded");
    const folded = Number(/(\d+)/.exec(await past.locator("summary").innerText())[1]);
    await page.locator('.month a[href="#past"]').first().tap();
    await past.locator("summary").tap();
    assert.equal(await past.locator(".row").count(), folded);
    assert.equal(await past.locator(".row").first().isVisible(), true);
  }
  expectQuiet(page);
});

test("on a phone the navigation is one line, in the elder mode too, and leads to the receptions", async () => {
  for (const kind of ["phone", "small", "elder"]) {
    const page = await visit(browser, kind, server.url);
    await openReady(page, "/");
    const links = page.locator(".nav__link:visible");
    const tops = await links.evaluateAll((all) => [...new Set(all.map((link) => Math.round(link.getBoundingClientRect().top)))]);
    assert.equal(tops.length, 1, `${kind}: ${tops}`);
    await page.locator(".nav").getByRole("link", { name: "接待", exact: true }).tap();
    await page.getByRole("heading", { level: 1, name: "接待日" }).waitFor();
    assert.equal(await page.locator('.nav__link[aria-current="page"]').innerText(), "接待");
    expectQuiet(page);
  }
});

test("a deputy's page is reached from the app and by keyboard, and has one main action", async () => {
  const page = await visit(browser, "desktop", server.url);
  const { slug, name } = one.deputies[0].card;
  await openReady(page, `/deputies?q=${encodeURIComponent(name)}`);
  const link = page.locator(`main a[href="/deputies/${slug}"]`);
  await link.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();
  assert.equal(await page.locator("main .button:not(.button--second)").count(), 1, "one main action");
  const next = page.getByRole("region", { name: "接下来的接待" }).getByRole("link").first();
  await tabTo(page, next);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "谁来接待" }).waitFor();
  await page.goBack();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "找代表" }).waitFor();
  expectQuiet(page);
});

test("a station's page tells the year, the way a matter goes, and where it is", async () => {
  const page = await visit(browser, "desktop", server.url);
  await page.goto(`/stations/${one.station_slug}`);
  const main = page.locator("main");
  const year = main.getByRole("table", { name: "全年接待安排" });
  assert.ok((await year.getByRole("row").count()) > 6, "months in rows");
  assert.ok((await year.locator(`a[href="/receptions/${one.id}"]`).count()) === 1);
  const steps = await main.getByRole("region", { name: "一件事怎么办" }).getByRole("list").first().innerText();
  for (const step of ["来站里说", "编号登记", "代表答复", "单位办理", "您来打分"]) assert.match(steps, new RegExp(step));
  assert.match(await main.getByRole("link", { name: "在手机地图里打开" }).getAttribute("href"), /^geo:\d/);
  expectQuiet(page);
});

/** Presses Tab until the wanted element has focus; fails when it is not reached. */
async function tabTo(page, wanted) {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail("Tab never reached the element");
}
