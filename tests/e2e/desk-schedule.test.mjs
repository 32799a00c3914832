// The office's side of receptions: a rule with its preview becomes a year of receptions; one is announced and cancelled;
// a deputy asks to be excused on the phone and another one comes. All of it in plain forms, by keyboard and without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { anotherTab, expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { LOGGED_OUT, atDesk, choose } from "../support/people.mjs";
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

/** A form answered with what is wrong with it; the browser logs that by itself. */
const REFUSED = /(422|409).*\/desk\//;

async function good(page) {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

/** The cookies of somebody logged in, for a visitor of another kind. */
async function sameAs(page, other) {
  await other.context().addCookies(await page.context().cookies());
  return other;
}

async function heading(page, name) {
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Ticks exactly these of a group of boxes. */
async function tickOnly(page, name, values) {
  for (const box of await page.locator(`input[name="${name}"]`).all()) {
    const wanted = values.includes(await box.getAttribute("value"));
    if ((await box.isChecked()) !== wanted) await box.setChecked(wanted, { force: true });
  }
}

test("a rule is looked at, saved, announced in its lane and cancelled", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "小棠");
  await office.goto("/desk/receptions");
  await heading(office, "接待安排");
  await office.locator('.desk-nav a[aria-current="page"]', { hasText: "接待安排" }).waitFor();
  await good(office);
  await office.getByRole("link", { name: "接待日规则", exact: true }).click();
  await heading(office, "接待日规则");
  await good(office);
  await office.getByRole("link", { name: "加一条规则：云帆街道人大代表联络站" }).click();
  await heading(office, "新的规则");
  await good(office);

  // The two readings of one phrase show their own days.
  const reading = (value) => office.locator(`.radio:has(input[value="${value}"]) .radio__label`).innerText();
  const [nth, week] = [await reading("nth_weekday"), await reading("week_of_month")];
  assert.match(nth, /每月第二、第四个星期四/);
  assert.match(week, /每月第二、第四周的星期四/);
  assert.match(nth, /接下来：.*月.*日/);
  assert.match(week, /接下来：.*月.*日/);

  // What is missing stands beside its field; what was typed stays.
  await office.locator('input[name="kind"][value="mobile"]').check({ force: true });
  await tickOnly(office, "nth", []);
  await office.locator('[name="title"]').fill("银杏路早市出诊");
  await office.getByRole("button", { name: "先看看未来12个月" }).click();
  await office.locator("#error-summary").getByText("请选第几个，至少选一个").waitFor();
  assert.equal(await office.locator('[name="title"]').inputValue(), "银杏路早市出诊");
  await good(office);

  await tickOnly(office, "nth", ["1", "3"]);
  await office.locator('[name="weekday"]').selectOption("2");
  await office.locator('[name="place"]').fill("银杏路早市南口");
  await choose(office.locator("#deputies-0"), "沈砚秋");
  await choose(office.locator("#deputies-1"), "顾承远");
  await office.locator('[name="each"]').fill("1");
  await office.getByRole("button", { name: "先看看未来12个月" }).click();
  const preview = office.locator(".rule-preview");
  await preview.getByText(/新排 2\d 场/).waitFor();
  assert.ok((await preview.locator(".rule-day").count()) >= 22, "two a month");
  assert.match(await preview.locator(".rule-day--added").first().innerText(), /接待：沈砚秋/);
  assert.match(await preview.locator(".rule-day--added").nth(1).innerText(), /接待：顾承远/);
  assert.equal(await office.locator('[name="place"]').inputValue(), "银杏路早市南口");
  await good(office);

  await office.getByRole("button", { name: "保存并排好" }).click();
  await office.getByText("已保存，全年的场次照新规则排好了。").waitFor();
  await office.getByText(/每月第一、第三个星期二 14:30–17:00/).waitFor();

  await office.goto("/desk/receptions?lane=coming&kind=mobile");
  const rows = office.locator(".rows .row");
  await rows.first().getByText("银杏路早市出诊").waitFor();
  await rows.first().getByRole("link").click();
  await office.getByRole("heading", { level: 2, name: "公告", exact: true }).waitFor();
  assert.match(await office.locator("#announcement").inputValue(), /【代表接待公告】.*银杏路早市南口.*接待人：/s);
  await good(office);
  await office.getByRole("button", { name: "现在公告" }).click();
  await office.getByText(/^已公告。/).waitFor();
  const address = new URL(office.url()).pathname;

  // Another day: the rule learns of it, so that nothing is left to decide.
  await office.getByText("改时间、地点、主题").click();
  await office.locator('[name="end"]').fill("14:35");
  await office.getByRole("button", { name: "保存改动" }).click();
  await office.locator("#error-summary").getByText("一场至少 15 分钟").waitFor();
  assert.equal(await office.locator('[name="end"]').inputValue(), "14:35", "typed text stays");
  await good(office);
  await office.locator('[name="end"]').fill("16:00");
  await office.getByRole("button", { name: "保存改动" }).click();
  await office.getByText(/^已保存。/).waitFor();

  await office.getByText("取消这一场").click();
  await office.getByRole("button", { name: "确认取消" }).click();
  await office.locator("#error-summary").getByText("请写原因").waitFor();
  await office.locator('[name="reason"]').fill("早市整修");
  await office.getByRole("button", { name: "确认取消" }).click();
  await office.getByText(/^已取消。/).waitFor();
  await office.goto("/desk/receptions?lane=cancelled&kind=mobile");
  await rows.locator(`a[href="${address}"]`).waitFor();
  await good(office);
  expectQuiet(office, [LOGGED_OUT, REFUSED]);
});

test("whoever comes second is told, and loses nothing of what was typed", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "程主任");
  await office.goto("/desk/schedule");
  await office.locator(".rows .row__title").first().click();
  await heading(office, "修改");
  const second = await anotherTab(office);
  await second.goto(office.url());
  await office.locator('[name="title"]').fill("先到的名字");
  await office.getByRole("button", { name: "保存并排好" }).click();
  await office.getByText("已保存，全年的场次照新规则排好了。").waitFor();
  await second.locator('[name="title"]').fill("后到的名字");
  await second.getByRole("button", { name: "保存并排好" }).click();
  await second.getByText(/刚刚有人改过这条规则/).waitFor();
  assert.equal(await second.locator('[name="title"]').inputValue(), "后到的名字");
  await good(second);
  await second.getByRole("button", { name: "保存并排好" }).click();
  await second.getByText("后到的名字").first().waitFor();
  expectQuiet(second, [LOGGED_OUT, REFUSED]);
});

test("a deputy asks to be excused on the phone, and the office sends another, without scripts", async () => {
  const withScripts = await visit(browser, "phone", server.url);
  await atDesk(withScripts, "陆知遥");
  const deputy = await sameAs(withScripts, await visit(browser, "noscript", server.url));
  await deputy.goto("/desk/my-receptions");
  await heading(deputy, "我的接待");
  await good(deputy);
  const titles = deputy.locator(".rows .row__title");
  await titles.nth(1).click();
  const id = new URL(deputy.url()).pathname.split("/").at(-1);
  await good(deputy);
  await deputy.getByText("请假", { exact: true }).click();
  await deputy.getByRole("button", { name: "提交请假" }).click();
  await deputy.locator("#error-summary").getByText("请写原因").waitFor();
  await deputy.locator('[name="reason"]').fill("那天去省里开会");
  await choose(deputy.locator("#proposed"), "沈砚秋");
  await deputy.getByRole("button", { name: "提交请假" }).click();
  await deputy.getByText("请假已交给联络站，等站里安排。").waitFor();
  await good(deputy);

  const office = await visit(browser, "phone", server.url);
  await atDesk(office, "程主任");
  await office.goto("/desk/receptions?lane=leave");
  await good(office);
  await office.locator(`a[href="/desk/receptions/${id}"]`).click();
  await office.getByText("那天去省里开会").waitFor();
  await good(office);
  const form = office.locator("details[open] form", { has: office.locator('input[name="deputy"]') });
  assert.match(
    await form.locator('[name="substitute"] option:checked').innerText(),
    /沈砚秋/,
    "whom the deputy proposed is chosen beforehand",
  );
  await form.getByRole("button", { name: "就这样安排" }).click();
  await office.getByText(/^已安排好。/).waitFor();
  await office.getByText("代替陆知遥").waitFor();
  await good(office);
  await deputy.goto("/desk/my-receptions");
  assert.equal(await deputy.locator(`a[href="/desk/my-receptions/${id}"]`).count(), 0);
  expectQuiet(deputy, [REFUSED]);
  expectQuiet(office, [LOGGED_OUT]);
});

/** Presses Tab until the wanted element has focus. */
async function tabTo(page, locator, what) {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${what} is not reached by Tab`);
}

test("a reception of one's own making, by keyboard alone", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "小棠");
  await office.goto("/desk/receptions");
  const add = office.getByRole("link", { name: "加一场接待" });
  await tabTo(office, add, "the way to a new reception");
  await office.keyboard.press("Enter");
  await heading(office, "加一场接待");
  const day = office.locator('[name="day"]');
  await tabTo(office, day, "the day");
  // In a field for dates one types its parts in the order of the language: year, month, day.
  await day.fill("2099-12-05");
  await tabTo(office, office.locator('[name="topic"]'), "the topic");
  await office.keyboard.type("小学入学");
  const button = office.getByRole("button", { name: "加一场接待" });
  await tabTo(office, button, "the button");
  await office.keyboard.press("Enter");
  await office.getByText("已加上这一场。").waitFor();
  await office.getByText("小学入学").first().waitFor();
  const name = office.locator("summary", { hasText: "加一位代表" });
  await tabTo(office, office.locator("#deputy_id"), "whom to name");
  await choose(office.locator("#deputy_id"), "沈砚秋");
  await tabTo(office, office.getByRole("button", { name: "加上", exact: true }), "the button");
  await office.keyboard.press("Enter");
  await office.getByText("已加上这位代表。").waitFor();
  await tabTo(office, name, "the part for one more");
  await office.keyboard.press("Enter");
  await office.locator("#deputy_id").waitFor();
  await good(office);
  expectQuiet(office, [LOGGED_OUT]);

  // Auditors look; nothing is offered to them that they may not do.
  const auditor = await visit(browser, "desktop", server.url);
  await atDesk(auditor, "老季");
  await auditor.goto("/desk/receptions?lane=coming");
  await heading(auditor, "接待安排");
  assert.equal(await auditor.getByRole("link", { name: "加一场接待" }).count(), 0);
  await auditor.locator(".rows .row__title").first().click();
  await auditor.getByRole("heading", { level: 2, name: "接待人" }).waitFor();
  assert.equal(await auditor.locator('main form[method="post"]').count(), 0);
});
