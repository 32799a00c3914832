// What residents come to behind the login, measured as the public pages are: their list, their letters in every state,
// their bookings and events, what is kept of them, the rating, and what goes wrong on the way there.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { category, deputyAnswers, handToDeputy, resident, staff, write } from "../support/api.mjs";
import { launch, ready, visit } from "../support/browser.mjs";
import { arrived, measure } from "../support/everywhere.mjs";
import { question } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

const MINUTE = 60_000;
const DAY = 86_400_000;

let server;
let browser;
let office;
let deputy;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  [office, deputy] = await Promise.all(["chief", "luzhiyao"].map((name) => staff(server.url, name)));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A resident on the smallest screen, logged in. */
async function someone(phone) {
  const person = await resident(server.url, phone);
  const page = await visit(browser, "small", server.url, { mode: "elder" });
  await person.enter(page);
  return { person, page };
}

async function open(page, address) {
  await page.goto(address);
  if (await page.locator("script[data-bundle]").count()) await ready(page);
}

/** Opens, measures, and adds what is wrong to `found`. */
async function look(page, address, name, found, options) {
  await open(page, address);
  await measure(page, name, found, options);
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));

const clean = (found) => assert.equal(found.length, 0, found.join("\n"));

test("one's own letters: a question to answer, an answer to rate, an end, a no", async () => {
  const { person, page } = await someone("19900000211");
  const found = [];
  const accept = { type: "accept", category_id: await category(office, "transport.street-light"), class: "normal", urgency: "normal" };

  const asked = await write(person);
  await office.act(asked.no, { type: "ask_info", text: "是哪一盏灯不亮？灯杆上有编号，请拍一张照片，或者写下旁边是哪家店。" });
  await look(page, `/mine/${asked.no}`, "等您回答", found);
  await page.getByRole("button", { name: /发送|提交|回答/ }).first().click();
  await page.waitForFunction(() => document.activeElement?.id === "error-summary");
  await arrived(page, "等您回答-空着", found, { title: /^错误：/, focus: "error-summary" });
  await unfold(page);
  await measure(page, "等您回答-空着", found);

  const answered = await write(person);
  await deputyAnswers(office, deputy, answered.no);
  await open(page, `/mine/${answered.no}`);
  await unfold(page);
  await measure(page, "已答复", found);
  await page.getByRole("button", { name: "确定撤回" }).click();
  await page.locator("dialog[open]").waitFor();
  await measure(page, "撤回-再问一次", found, { forced: true, least: 2 });
  await page.getByRole("button", { name: "不撤回" }).or(page.locator("[data-do=withdraw-no]")).first().click();

  const { rate_token: token } = await person.get(`/messages/${answered.no}`);
  await look(page, `/rate/${token}`, "打分", found);
  await page.getByRole("button", { name: "提交评价" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "error-summary");
  for (const legend of ["办理态度怎么样", "办理过程怎么样", "办理成效怎么样"]) {
    await page.getByRole("group", { name: legend }).getByLabel("不满意", { exact: true }).check();
  }
  await page.getByRole("group", { name: "问题解决了吗" }).getByLabel(/^没有解决/).check();
  await measure(page, "打分-空着", found, { forced: true });
  await page.getByLabel("做了但没效果").check();
  await page.getByRole("button", { name: "提交评价" }).click();
  await page.getByText(/决定是否重办/).first().waitFor();
  await measure(page, "打完分", found, { focus: false });

  const parts = await write(person);
  await office.act(parts.no, accept);
  const two = await office.split(parts.no, [
    { title: "菜场门口的路灯不亮", body: "菜场门口的路灯坏了三个星期。", category_id: accept.category_id },
    { title: "小学门口的路灯不亮", body: "小学门口的路灯也坏了，老人摔过两次。", category_id: accept.category_id },
  ]);
  await handToDeputy(office, deputy, two[0].no);
  await look(page, `/mine/${parts.no}`, "分成两部分", found, { focus: false });

  const declined = await write(person);
  await office.act(declined.no, { type: "decline", reason_code: "out_of_scope", text: "请找12345。" });
  await open(page, `/mine/${declined.no}`);
  await unfold(page);
  await measure(page, "不予受理", found, { focus: false });

  const closed = await write(person);
  await person.actOnOwn(closed.no, { type: "withdraw" });
  await look(page, `/mine/${closed.no}`, "已撤回", found, { focus: false });

  await look(page, "/mine", "我的意见", found);
  await look(page, "/mine/notices", "消息", found);
  clean(found);
});

test("what is kept of one, bookings, events, settings", async () => {
  const { person, page } = await someone("19900000212");
  const found = [];
  await write(person, { name: "欧阳某某", consent_publish: true });
  const [station] = (await office.get("/stations")).items;
  const [card] = (await office.get(`/deputies?station=${station.slug}`)).items;
  const startsAt = Math.floor(Date.now() / DAY + 5) * DAY + 6 * 60 * MINUTE;
  const made = await office.send("POST", "/reception-sessions", {
    station_id: station.id,
    kind: "ordinary",
    starts_at: startsAt,
    ends_at: startsAt + 60 * MINUTE,
    slot_minutes: 20,
    seats: 1,
    modes: ["onsite", "phone"],
    deputies: [card.id],
  });
  await look(page, `/receptions/${made.row.id}/book`, "约见", found);
  await page.getByRole("button", { name: "约这个时间" }).click();
  await page.getByRole("heading", { name: /需要修改/ }).waitFor();
  await measure(page, "约见-空着", found);
  const wanted = { slot: { starts_at: startsAt }, mode: "onsite", name: "欧阳某某", topic: "学府路的路灯", people: 2, access_needs: "坐轮椅" };
  const key = { "idempotency-key": randomUUID() };
  const booking = await person.send("POST", `/reception-sessions/${made.row.id}/appointments`, wanted, key);
  await look(page, `/mine/bookings/${booking.id}`, "我的预约", found);
  await look(page, "/mine/bookings", "预约", found);
  await look(page, "/mine/events", "活动", found, { focus: false });
  await look(page, "/mine/privacy", "我的信息", found, { forced: true });
  await look(page, "/mine/privacy/data", "我的信息-全部", found, { focus: false });
  await look(page, "/mine/notifications", "通知设置", found);
  await look(page, "/mine/restriction", "提醒和限制", found, { focus: false });
  await look(page, "/write/urgent", "紧急", found);
  clean(found);
});

test("at the door: a number that is none, a wrong code, a letter that is not found", async () => {
  const page = await visit(browser, "small", server.url, { mode: "elder" });
  const found = [];
  await open(page, "/mine/TH-2026-000001");
  await question(page, "登录");
  await page.getByLabel("手机号").fill("199");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.locator("#error-summary").waitFor();
  await measure(page, "登录-手机号不对", found);
  await page.getByLabel("手机号").fill("19900000213");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill("12");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.locator("#error-summary").waitFor();
  await measure(page, "登录-验证码不对", found);
  await open(page, "/track");
  await page.getByLabel("编号").fill("TH-2026-999999");
  await page.getByLabel("查询码").fill("AAAA-BBBB-CCC");
  await page.locator("main button[type=submit]").first().click();
  await page.locator("#error-summary").waitFor();
  await measure(page, "查进度-查不到", found);
  await look(page, "/rate/nothing", "打分-没有", found, { focus: false });
  clean(found);
});
