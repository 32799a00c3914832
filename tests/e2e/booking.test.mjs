// A resident books a time with a deputy, gives it up, and the next in line takes it; a reception that is cancelled leads to
// another date or to a letter. Nothing of it needs a script.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { resident, staff } from "../support/api.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { question, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

const MINUTE = 60_000;
const DAY = 86_400_000;
const OFFSET = 8 * 60 * MINUTE;

let server;
let browser;
let office;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  office = await staff(server.url, "chief");
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** So many days from now, at this hour in China. */
const inDays = (days, hour) => Math.floor((Date.now() + OFFSET) / DAY + days) * DAY + hour * 60 * MINUTE - OFFSET;

/** A reception of so many times of twenty minutes. */
async function reception(startsAt, times) {
  const [station] = (await office.get("/stations")).items;
  const [deputy] = (await office.get(`/deputies?station=${station.slug}`)).items;
  const made = await office.send("POST", "/reception-sessions", {
    station_id: station.id,
    kind: "ordinary",
    starts_at: startsAt,
    ends_at: startsAt + times * 20 * MINUTE,
    slot_minutes: 20,
    seats: 1,
    modes: ["onsite", "phone"],
    deputies: [deputy.id],
  });
  return { id: made.row.id, deputy };
}

async function cancel(id, reason) {
  const { row } = await office.get(`/desk/reception-sessions/${id}`);
  await office.send("POST", `/reception-sessions/${id}/cancel`, { reason }, { "if-match": `"${row.version}"` });
}

/** A booking made by somebody else meanwhile. */
function book(person, id, startsAt) {
  const wanted = { slot: startsAt && { starts_at: startsAt }, mode: "onsite", name: "王先生", topic: "路灯", people: 1 };
  const key = { "idempotency-key": randomUUID() };
  return person.send("POST", `/reception-sessions/${id}/appointments`, wanted, key);
}

/** A page as it is now: accessible, not wider than its screen, kept as a picture. */
async function inspect(page, name) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await picture(page, name);
}

/** From the form to the booking, with a phone that is verified on the way. */
async function bookByForm(page, id, phone, name, press) {
  await page.goto(`/receptions/${id}/book`);
  await question(page, "约见代表");
  await page.getByLabel("想谈什么事").fill("电梯停了三天，老人下不了楼");
  await press(page.getByText("坐轮椅", { exact: true }));
  await page.getByLabel("手机号").fill(phone);
  await press(page.getByRole("button", { name: "获取验证码" }));
  // The time and the name are missing: told beside them, and nothing typed is lost.
  await page.getByRole("heading", { name: /需要修改/ }).waitFor();
  assert.equal(await page.getByLabel("想谈什么事").inputValue(), "电梯停了三天，老人下不了楼");
  assert.equal(await page.getByLabel("手机号").inputValue(), phone);
  await inspect(page, `booking-${name}-wrong`);
  await press(page.locator(".slots .radio__label").first());
  await page.getByLabel("怎么称呼您").fill("李女士");
  await press(page.getByRole("button", { name: "获取验证码" }));
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await inspect(page, `booking-${name}-form`);
  await press(page.getByRole("button", { name: "约这个时间" }));
  await page.getByText("约好了").waitFor();
}

/** A finger. */
const tap = (target) => target.tap();
/** A keyboard: the thing is reached and pressed. Labels are chosen by their radio. */
async function key(target) {
  const label = await target.evaluate((element) => element.closest("label")?.htmlFor ?? null);
  if (label) {
    await target.page().locator(`[id="${label}"]`).focus();
    await target.page().keyboard.press("Space");
    return;
  }
  await target.focus();
  await target.page().keyboard.press("Enter");
}

for (const [kind, press, phone] of [
  ["phone", tap, "19900000411"],
  ["desktop", key, "19900000412"],
]) {
  test(`a time is booked, given up, offered to the next in line and taken (${kind})`, async () => {
    const startsAt = inDays(5, 14);
    const { id, deputy } = await reception(startsAt, 1);
    const page = await visit(browser, kind, server.url);
    await bookByForm(page, id, phone, kind, press);
    const main = page.locator("main");
    for (const shown of [deputy.name, "签到码", "坐轮椅", "14:00"]) {
      assert.match(await main.innerText(), new RegExp(shown));
    }
    await inspect(page, `booking-${kind}-booked`);

    // Somebody waits meanwhile; the page says honestly how it stands.
    const next = await resident(server.url, phone.replace("199000004", "199000005"));
    const waiter = await visit(browser, kind, server.url);
    await next.enter(waiter);
    await waiter.goto(`/receptions/${id}/book`);
    await waiter.getByText("还没有人排队").waitFor();
    await waiter.getByLabel("想谈什么事").fill("路灯不亮");
    await waiter.getByLabel("怎么称呼您").fill("王先生");
    await inspect(waiter, `booking-${kind}-full`);
    await press(waiter.getByRole("button", { name: "排队等候" }));
    await waiter.getByText("您排在第一位").waitFor();

    await press(page.getByRole("button", { name: "取消预约" }));
    await page.getByText("已经取消").waitFor();
    await waiter.goto("/mine/notices");
    await press(waiter.getByRole("link", { name: /有了空位/ }).first());
    await waiter.getByText("给您留到").waitFor();
    await inspect(waiter, `booking-${kind}-offer`);
    await press(waiter.getByRole("button", { name: "要这个时间" }));
    await waiter.getByText("这个时间是您的了").waitFor();
    await waiter.goto("/mine/bookings");
    await waiter.getByText("已约好").waitFor();
    await inspect(waiter, `booking-${kind}-list`);
    expectQuiet(page, [/422/]);
    expectQuiet(waiter);
  });
}

test("a cancelled reception leads to another date or to a letter", async () => {
  const { id } = await reception(inDays(6, 9), 2);
  const other = await reception(inDays(8, 9), 2);
  const people = [];
  for (const [n, phone] of ["19900000421", "19900000422"].entries()) {
    const person = await resident(server.url, phone);
    people.push({ person, booking: await book(person, id, inDays(6, 9) + n * 20 * MINUTE) });
  }
  await cancel(id, "代表出差");
  const pages = [];
  for (const { person, booking } of people) {
    const page = await visit(browser, "phone", server.url);
    await person.enter(page);
    await page.goto(`/mine/bookings/${booking.id}`);
    await page.getByText("原因：代表出差").waitFor();
    pages.push(page);
  }
  await inspect(pages[0], "booking-cancelled");
  await pages[0].locator(`a[href^="/receptions/${other.id}/book"]`).tap();
  await question(pages[0], "约见代表");
  assert.equal(await pages[0].getByLabel("怎么称呼您").inputValue(), "王先生");
  await pages[0].locator(".slots .radio__label").first().tap();
  await pages[0].getByRole("button", { name: "约这个时间" }).tap();
  await pages[0].getByText("约好了").waitFor();

  const undecided = pages[1].url();
  await pages[1].getByRole("link", { name: "改成给代表写信" }).tap();
  await question(pages[1], "发生了什么事");
  assert.equal(await pages[1].locator("textarea").inputValue(), "路灯");
  // Left in the middle: the other ways are still open.
  await pages[1].goto(undecided);
  await pages[1].locator(`a[href^="/receptions/${other.id}/book"]`).waitFor();
  await pages[1].getByRole("link", { name: "改成给代表写信" }).tap();
  await question(pages[1], "发生了什么事");
  await pages[1].locator("textarea").fill("巷口的路灯不亮，晚上接孩子不放心。");
  for (let step = 0; step < 5; step += 1) await pages[1].locator("main button[name=do][value=next]").tap();
  await pages[1].locator("main button[name=do][value=submit]").tap();
  await pages[1].waitForURL(/step=done/);
  await pages[1].goto(undecided);
  await pages[1].getByText("已经改成写信").waitFor();
  await inspect(pages[1], "booking-became-letter");
  for (const page of pages) expectQuiet(page);
});

for (const kind of ["small", "elder", "dark", "largeText", "noscript"]) {
  test(`booking fits the screen (${kind})`, async () => {
    const { id } = await reception(inDays(7, 14), 4);
    const first = await resident(server.url, `1990000043${["small", "elder", "dark", "largeText", "noscript"].indexOf(kind)}`);
    const { id: booking } = await book(first, id, inDays(7, 14));
    const page = await visit(browser, kind, server.url);
    await first.enter(page);
    await page.goto(`/receptions/${id}/book`);
    await page.getByText("已约满").waitFor();
    await inspect(page, `booking-${kind}-times`);
    await page.goto(`/mine/bookings/${booking}`);
    await page.getByText("签到码").first().waitFor();
    await inspect(page, `booking-${kind}-mine`);
    expectQuiet(page);
  });
}
