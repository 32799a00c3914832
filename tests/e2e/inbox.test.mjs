// News: the office's bell and the resident's count rise by themselves, by the open line and, where it is cut, by asking.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LETTER, LOGGED_OUT, atDesk, question, shownCode } from "../support/people.mjs";
import { act } from "../support/staff.mjs";
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

/** A resident logs in on the page of their letters. */
async function logIn(page, phone) {
  await openReady(page, "/mine");
  await page.getByLabel("手机号").fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "登录" }).click();
  await question(page, "我的意见");
}

/** Writes a letter to the station at 云帆街道, past the form; answers its number. */
async function write(page, key) {
  const answer = await page.request.post("/api/v1/messages", {
    headers: { "X-Requested-With": "liaison", "Idempotency-Key": key },
    data: {
      body: `${LETTER.body}（${key}）`,
      kind: "help",
      place: LETTER.place,
      station: "yunfan",
      name_shown: "hidden",
      consent_publish: false,
    },
  });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).no;
}

const bell = (page) => page.locator('.desk-head a[href="/desk/inbox"]');
const mine = (page) => page.locator('.nav a[href="/mine"]');

/** The number beside a link; 0 when there is none. */
async function countAt(link) {
  await link.waitFor();
  const badge = link.locator(".badge");
  return (await badge.count()) === 0 ? 0 : Number(await badge.innerText());
}

/** Waits until the number beside a link is this one. */
async function counts(link, number) {
  if (number === 0) await link.locator(".badge").waitFor({ state: "detached" });
  else await link.locator(".badge", { hasText: new RegExp(`^${number}$`) }).waitFor();
}

test("a letter rings the office's bell, and what the office does reaches the resident, without reloading", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "小棠");
  await office.locator(".lane__total", { hasText: "共" }).waitFor();
  const resident = await visit(browser, "phone", server.url);
  await logIn(resident, "19900000201");
  assert.equal(await countAt(mine(resident)), 0);
  const lane = office.locator(".lane-link", { hasText: "新来信" }).locator(".lane-link__count");
  const newBefore = Number.parseInt(await lane.innerText(), 10);

  const no = await write(resident, "inbox-1");
  await counts(mine(resident), 1);
  const lines = await resident
    .locator(".nav__link")
    .evaluateAll((links) => new Set(links.filter((link) => link.offsetParent).map((link) => link.offsetTop)).size);
  assert.equal(lines, 1, "the sections stay in one line beside the count");
  await lane.filter({ hasText: new RegExp(`^${newBefore + 1}`) }).waitFor();
  const rung = await countAt(bell(office));
  assert.ok(rung > 0, "the bell counts");
  await picture(office, "inbox-bell");

  // By keyboard alone: to the inbox, to the newest entry, into the letter.
  await bell(office).focus();
  await office.keyboard.press("Enter");
  await question(office, "消息");
  const first = office.locator(".rows > li").first();
  await first.filter({ hasText: no }).filter({ hasText: "有新来信" }).filter({ hasText: "未读" }).waitFor();
  await expectNoAxeViolations(office);
  await expectNoSidewaysScroll(office);
  await picture(office, "inbox-desk");
  await first.getByRole("link").focus();
  await office.keyboard.press("Enter");
  await office.locator(".pane__no", { hasText: no }).waitFor();
  await counts(bell(office), rung - 1);

  await act(office, "accept", { category_id: "漏水" });
  await counts(mine(resident), 2);
  await resident.locator('.inbox-link[href="/mine/notices"]').click();
  await question(resident, "消息");
  const told = await resident.locator("main").innerText();
  assert.match(told, /联络站受理了这件事/);
  assert.match(told, /您提交了意见/);
  await expectNoAxeViolations(resident);
  await expectNoSidewaysScroll(resident);
  await picture(resident, "inbox-resident");
  await resident.getByRole("button", { name: "全部标为已读" }).click();
  await question(resident, "消息");
  assert.equal(await resident.getByText("未读").count(), 0);
  assert.equal(await countAt(mine(resident)), 0);
  await openReady(resident, "/");
  assert.equal(await countAt(mine(resident)), 0);

  await office.goto("/desk/inbox?unread=1");
  await question(office, "消息");
  const unread = office.locator(".rows > li");
  await unread.or(office.getByText("没有未读的消息")).first().waitFor();
  if ((await unread.count()) > 0) {
    await office.getByRole("button", { name: "全部标为已读" }).click();
    await counts(bell(office), 0);
  }
  await office.getByText("没有未读的消息").waitFor();
  expectQuiet(office, [LOGGED_OUT]);
  expectQuiet(resident, [LOGGED_OUT]);
});

test("where the open line is cut, asking now and then does it, and the line is taken up again", async () => {
  const office = await visit(browser, "phone", server.url);
  await office.clock.install();
  let cut = true;
  await office.route("**/api/v1/me/live", (route) => (cut ? route.abort() : route.continue()));
  await atDesk(office, "小棠");
  const resident = await visit(browser, "phone", server.url);
  await logIn(resident, "19900000202");
  const asked = (page) => page.waitForResponse("**/api/v1/me/notices/count");
  let answer = asked(office);
  await office.clock.fastForward(31_000);
  const before = (await (await answer).json()).unread;
  await write(resident, "inbox-2");
  answer = asked(office);
  await office.clock.fastForward(31_000);
  assert.equal((await (await answer).json()).unread, before + 1);
  await counts(bell(office), before + 1);
  await expectNoSidewaysScroll(office);
  await expectNoAxeViolations(office);

  cut = false;
  const taken = office.waitForResponse("**/api/v1/me/live");
  await office.clock.fastForward(31_000);
  assert.equal((await taken).status(), 200);
  const no = await write(resident, "inbox-3");
  await counts(bell(office), before + 2);

  await bell(office).click();
  await office.locator(".rows > li").first().filter({ hasText: no }).waitFor();
  await expectNoSidewaysScroll(office);
  await expectNoAxeViolations(office);
  await picture(office, "inbox-desk-phone");

  // Logged out, nothing is asked any more.
  await openReady(office, "/desk/inbox");
  await question(office, "消息");
  await office.getByRole("button", { name: "退出" }).click();
  await office.getByRole("heading", { name: "工作人员登录" }).waitFor();
  const late = [];
  office.on("request", (request) => {
    if (request.url().includes("/me/")) late.push(request.url());
  });
  await office.clock.fastForward(61_000);
  assert.deepEqual(late, []);
  expectQuiet(office, [LOGGED_OUT, /\/me\/live/]);
});

test("a server that stops lets go of open lines, and they come back to the next one", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "小棠");
  const resident = await visit(browser, "phone", server.url);
  await logIn(resident, "19900000203");
  await write(resident, "inbox-4");
  const before = await (async () => {
    await bell(office).locator(".badge").waitFor();
    return (await office.request.get("/api/v1/me/notices/count")).json();
  })();
  await counts(bell(office), before.unread);
  await server.restart();
  await write(resident, "inbox-5");
  await counts(bell(office), before.unread + 1);
  expectQuiet(office, [LOGGED_OUT, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/]);
});
