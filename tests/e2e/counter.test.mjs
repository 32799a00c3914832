// The counter of a reception on a tablet and a phone, by touch and by keyboard: walk-ins, those who booked, the next in
// line, slips of paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk } from "../support/people.mjs";
import { bookedReception } from "../support/reception.mjs";
import { startServer } from "../support/server.mjs";

const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };
/** What a form that was sent back costs in the console. */
const SENT_BACK = /status of 422/;

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The counter of a reception. */
async function atCounter(page, id) {
  await page.goto(`/desk/receptions/${id}/counter`);
  await page.getByRole("heading", { level: 1, name: /接待现场/ }).waitFor();
}

/** Somebody without a booking takes a number. */
async function takeNumber(page, topic, name) {
  await page.locator("#topic").fill(topic);
  await page.locator("#name").fill(name);
  await page.getByRole("button", { name: "取号" }).click();
  await page.locator(".counter__said", { hasText: `${name} 登记好了` }).waitFor();
}

/** Everything to be touched is large enough for a finger. */
async function expectLargeTargets(page) {
  const small = await page.locator(".counter .button, .counter .field__control").evaluateAll((all) =>
    all
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 60)
      .map((one) => `${one.innerText || one.id}: ${one.getBoundingClientRect().height}`),
  );
  assert.deepEqual(small, [], "smaller than 60 px");
}

test("a tablet at the counter: walk-ins, a booking, the next in line, slips", async () => {
  const office = await visit(browser, "desktop", server.url, TABLET);
  await atDesk(office, "小棠");
  const { id, code } = await bookedReception(server, "李听澜", "19900000071");
  await atCounter(office, id);
  await office.locator("#booked .queue-card", { hasText: "坐轮椅" }).waitFor();
  await picture(office, "counter-empty-tablet");
  await expectLargeTargets(office);
  await expectNoAxeViolations(office);
  await expectNoSidewaysScroll(office);

  await office.locator("#code").fill("00 00 00");
  await office.locator('button[value="code"]').tap();
  await office.locator("#error-summary").getByText("没有这个签到码").waitFor();
  assert.equal(await office.locator("#code").inputValue(), "00 00 00", "what was typed stands");
  await expectNoAxeViolations(office);

  await takeNumber(office, "27路公交能不能延伸", "王桂芳");
  const slip = office.locator(".counter__said").getByRole("link", { name: "打印排队号" });
  await slip.click();
  await office.locator(".slip__number").getByText("1 号").waitFor();
  await office.getByRole("button", { name: "打印" }).waitFor();
  await picture(office, "slip-number");
  await expectNoAxeViolations(office);
  await office.goBack();

  await office.locator("#code").fill(code);
  await office.locator('button[value="code"]').tap();
  await office.locator(".counter__said", { hasText: "2 号 李听澜 签到好了" }).waitFor();
  await office.getByRole("button", { name: "叫下一位" }).tap();
  await office.locator(".counter__said", { hasText: "请 1 号 王桂芳 进来" }).waitFor();
  await picture(office, "counter-tablet");
  await office.getByRole("button", { name: /没应答，放回去等 1 号/ }).tap();
  await office.locator(".counter__counts", { hasText: "正在接待 0 位" }).waitFor();
  await office.getByRole("button", { name: /^叫他 1 号/ }).tap();
  await office.getByRole("button", { name: /谈完了，不用记 1 号/ }).tap();
  await office.locator(".counter__counts", { hasText: "已接待 1 位" }).waitFor();
  expectQuiet(office, [LOGGED_OUT, SENT_BACK]);
});

test("the list keeps itself true and leaves alone what is being typed", async () => {
  const office = await visit(browser, "desktop", server.url, TABLET);
  const door = await visit(browser, "phone", server.url);
  await atDesk(office, "小棠");
  await atDesk(door, "小棠");
  const { id } = await bookedReception(server, "先约的人", "19900000073");
  await atCounter(office, id);
  await atCounter(door, id);
  await office.locator("#topic").fill("还没写完");
  await takeNumber(door, "路灯不亮", "后来的人");
  await picture(door, "counter-phone");
  await expectNoAxeViolations(door);
  await expectNoSidewaysScroll(door);
  await office.locator("#queue .queue-card", { hasText: "后来的人" }).waitFor();
  assert.equal(await office.locator("#topic").inputValue(), "还没写完");
  expectQuiet(office, [LOGGED_OUT]);
});

test("by keyboard alone, without scripts on a phone", async () => {
  const phone = await visit(browser, "phone", server.url);
  await atDesk(phone, "小棠");
  const { id } = await bookedReception(server, "用手机的人", "19900000074");
  await atCounter(phone, id);
  const address = phone.url();
  await phone.locator("#topic").focus();
  await phone.keyboard.type("楼道堆物");
  await phone.keyboard.press("Tab");
  await phone.keyboard.type("键盘来的");
  await phone.keyboard.press("Enter");
  await phone.locator(".errors, .counter__said").first().waitFor();

  const cookies = await phone.context().cookies();
  const plain = await visit(browser, "noscript", server.url);
  await plain.context().addCookies(cookies);
  await plain.goto(address);
  await takeNumber(plain, "没有脚本也行", "旧平板");
  await expectNoAxeViolations(plain);
});
