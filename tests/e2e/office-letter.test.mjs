// What the office does around one letter: cut into parts with one voice to the resident, joined and taken apart, a
// number looked at, supervised, kept closed, awarded after a dispute.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { category, rateBadly, resident, staff, unitAnswers, write } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk } from "../support/people.mjs";
import { accept, act, begin, dayFromNow, fill, openLetter, send } from "../support/staff.mjs";
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

async function clerk(name, kind = "desktop") {
  const page = await visit(browser, kind, server.url);
  await atDesk(page, name);
  return page;
}

async function someone(phone, body) {
  const person = await resident(server.url, phone);
  const { no } = await write(person, { body });
  const page = await visit(browser, "phone", server.url);
  await person.enter(page);
  return { person, page, no };
}

const text = (page) => page.locator("main").innerText();

/** Taken on, through the API. */
async function accepted(chief, no) {
  const category_id = await category(chief, "transport.street-light");
  await chief.act(no, { type: "accept", category_id, class: "normal", urgency: "normal" });
}

test("cut into parts: nothing typed is lost, what is missing is said beside its part, the resident hears one voice", async () => {
  const { page, no } = await someone("19900000610", "学府路三件事：路灯不亮，人行道的砖翘了，护栏断了一截。请分别来修。");
  const office = await clerk("程主任");
  const journey = new Journey(office, "split", { axe: false });
  const form = office.locator("details.split");
  await journey.step("打开", async () => {
    await accept(office, no);
    await form.locator("summary").click();
    await form.getByText("最多 10 件").waitFor();
  });
  await journey.step("最多十部分", async () => {
    const add = form.getByRole("button", { name: "再加一部分" });
    for (let parts = 2; parts < 10; parts += 1) await add.click();
    await form.getByRole("group", { name: "第 10 部分" }).waitFor();
    assert.ok(await add.isHidden(), "no eleventh part is offered");
    for (let parts = 10; parts > 3; parts -= 1) await form.getByRole("button", { name: "去掉这一部分" }).last().click();
  });
  const part = (at) => form.getByRole("group", { name: `第 ${at} 部分` });
  await journey.step("写三部分，中间一部分去掉", async () => {
    for (const [at, title] of [
      [1, "路灯"],
      [2, "写错了"],
      [3, "护栏"],
    ]) {
      await part(at).getByLabel("小标题").fill(title);
      await part(at).getByLabel("这一部分的内容").fill(`${title}要修。`);
    }
    await part(2).getByRole("button", { name: "去掉这一部分" }).click();
    assert.equal(await part(2).getByLabel("小标题").inputValue(), "护栏", "the third part moved up, with its words");
    await part(2).getByLabel("这一部分的内容").fill("");
  });
  await journey.step("少写一处", async () => {
    await form.getByRole("button", { name: "拆开", exact: true }).click();
    await part(2).locator(".field__error").waitFor();
    assert.equal(await form.locator(".field__error").count(), 1);
    await office.waitForFunction(() => document.activeElement?.name?.startsWith("body-"));
  }, { axe: true });
  await journey.step("这时看一眼电话", async () => {
    await office.locator("details.reveal summary").click();
    await office.locator("#reveal-reason").fill("问清是哪一段护栏");
    await office.getByRole("button", { name: "记下原因并显示" }).click();
    await office.locator(".reveal__number a").waitFor();
    assert.equal(await part(1).getByLabel("小标题").inputValue(), "路灯", "half-written parts stay");
  });
  await journey.step("拆开", async () => {
    await part(2).getByLabel("这一部分的内容").fill("护栏断了一截。");
    await form.getByRole("button", { name: "拆开", exact: true }).click();
    await office.locator("#flash", { hasText: "已拆开" }).waitFor();
    await office.locator(".related", { hasText: "拆分的各部分" }).getByRole("link", { name: "护栏" }).waitFor();
    assert.equal(await form.count(), 0, "a letter is cut once");
  });
  const [chief, roads] = await Promise.all(["chief", "jiaotong"].map((name) => staff(server.url, name)));
  const { parts } = await chief.get(`/desk/cases/${no}`);
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), /分成 2 部分办/);
  await unitAnswers(chief, roads, parts[0].no, "交通运输局", "学府路的十一盏路灯昨晚全部换好，复查都亮。");
  await openReady(page, `/mine/${no}`);
  assert.equal(await page.getByRole("link", { name: "给办理情况打分" }).count(), 0, "not before every part is answered");
  await unitAnswers(chief, roads, parts[1].no, "交通运输局", "断了的护栏今天上午焊好，重新刷了漆，推不动了。");
  await openReady(page, `/mine/${no}`);
  await page.getByRole("link", { name: "给办理情况打分" }).waitFor();
  assert.match(await text(page), /路灯昨晚全部换好[\s\S]*护栏今天上午焊好/, "one answer with both");
  await openReady(page, "/mine");
  assert.equal(await page.locator(".rows > li").count(), 1, "to the resident it is one letter");
  expectQuiet(page);
  expectQuiet(office, [LOGGED_OUT, /422/]);
});

test("a probable double is found, joined and taken apart again", async () => {
  const body = "渡口新村三号楼西侧的路灯坏了三个星期，晚上走路看不清台阶。";
  const one = await someone("19900000620", body);
  const two = await someone("19900000621", `${body}请快来修。`);
  const office = await clerk("程主任");
  const journey = new Journey(office, "merge", { axe: false });
  await journey.step("找相同的来信", async () => {
    await openLetter(office, "office", "new", two.no);
    await office.getByRole("button", { name: "找找有没有相同的来信" }).click();
    await office.locator(".related__row", { hasText: one.no }).getByText(/相近 \d+%/).waitFor();
  }, { axe: true });
  await journey.step("并案", async () => {
    await office.locator(".related__row", { hasText: one.no }).getByRole("button", { name: "并入这一件" }).click();
    await office.locator("#desk-form").waitFor();
    assert.equal(await office.locator('#desk-form [name="into"]').inputValue(), one.no, "the number is filled in");
    await fill(office, { text: "同一盏灯。" });
    await send(office);
    await office.locator(".pane__chips", { hasText: "已并案" }).waitFor();
    await office.locator(".related", { hasText: "已并入" }).getByText(one.no).waitFor();
  });
  await openReady(two.page, `/mine/${two.no}`);
  assert.match(await text(two.page), new RegExp(`已并入 ${one.no}`));
  await journey.step("另一件上看得到", async () => {
    await openLetter(office, "office", "new", one.no);
    await office.locator(".related", { hasText: "并入的来信" }).getByText(two.no).waitFor();
  });
  await journey.step("取消并案", async () => {
    await office.locator(".related__row", { hasText: two.no }).getByRole("link").click();
    await office.locator(".pane__no", { hasText: two.no }).waitFor();
    await act(office, "unmerge");
    await office.locator(".pane__chips", { hasText: "已受理" }).waitFor();
  });
  await openReady(two.page, `/mine/${two.no}`);
  assert.match(await text(two.page), /又分开单独办理/);
  for (const { page } of [one, two]) expectQuiet(page);
  expectQuiet(office, [LOGGED_OUT]);
});

test("a number is shown for a reason, stays while one dials, and its owner reads who looked and why", async () => {
  const { page, no } = await someone("19900000630", "学府路口的红绿灯太短，老人走不完一半就变红了，希望延长几秒。");
  const office = await clerk("程主任", "phone");
  const journey = new Journey(office, "reveal", { axe: false });
  await journey.step("不写原因", async () => {
    await openLetter(office, "office", "new", no);
    await office.locator("details.reveal summary").click();
    await office.getByRole("button", { name: "记下原因并显示" }).click();
    await office.locator("#reveal-error").waitFor();
    assert.doesNotMatch(await text(office), /19900000630|199-?0000-?0630/);
  });
  await journey.step("写明原因", async () => {
    await office.locator("#reveal-reason").fill("约时间到路口看一看");
    await office.getByRole("button", { name: "记下原因并显示" }).click();
    await office.locator(".timeline, .history").getByText("约时间到路口看一看").first().waitFor();
    const number = office.locator(".reveal__number a");
    await number.waitFor();
    assert.match((await number.innerText()).replace(/\D/g, ""), /19900000630/);
    assert.match(await number.getAttribute("href"), /^tel:/);
    assert.ok(await office.getByRole("button", { name: "记下原因并显示" }).isHidden(), "nobody looks twice by mistake");
  }, { axe: true });
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), /程主任查看了来信人的联系电话|查看了/);
  assert.match(await text(page), /约时间到路口看一看/);
  await openReady(page, "/mine");
  await expectNoAxeViolations(page);
  expectQuiet(page);
  expectQuiet(office, [LOGGED_OUT, /422/]);
});

test("supervised: by a leader, with a day of its own; the unit sees what is asked; taken back at once when wrong", async () => {
  const { no } = await someone("19900000640", "北汀路的坑越来越大，昨天又摔了一个骑车的，催了两次没有人来。");
  const [chief, office, unit] = await Promise.all([staff(server.url, "chief"), clerk("程主任"), clerk("小武")]);
  await accepted(chief, no);
  const { units } = await chief.get("/desk/options");
  await chief.act(no, { type: "assign", lead: units.find((one) => one.name.includes("交通运输局")).id });
  const journey = new Journey(office, "supervise", { axe: false });
  await journey.step("空着就督办", async () => {
    await office.goto(`/desk/office?case=${no}`);
    await begin(office, "supervise");
    await office.locator("#desk-form button[type=submit]").click();
    const errors = office.locator("#desk-form .errors");
    for (const words of ["签发督办的领导", "督办期限", "督办要求"]) await errors.getByText(words).waitFor();
  });
  await journey.step("昨天的期限", async () => {
    await fill(office, { leader: "周启明 副主任", due_at: dayFromNow(-1), text: "请在三天内补好并拍照。" });
    await office.locator("#desk-form button[type=submit]").click();
    await office.locator("#desk-form .errors").getByText("日期要在今天之后").waitFor();
  }, { axe: true });
  await journey.step("督办", async () => {
    await fill(office, { due_at: dayFromNow(3) });
    await send(office);
    await office.locator(".pane__chips", { hasText: "督办" }).waitFor();
  });
  const [, month, date] = dayFromNow(3).split("-").map(Number);
  const works = new Journey(unit, "supervise-unit", { axe: false });
  await works.step("单位看得到督办要求", async () => {
    await openLetter(unit, "unit", "to_sign", no);
    await unit.locator(".pane__chips", { hasText: "督办" }).waitFor();
    const words = await unit.locator(".spotlight").innerText();
    assert.match(words, /周启明 副主任签发/);
    assert.match(words, /请在三天内补好并拍照/);
    assert.ok(words.includes(`${month}月${date}日`), "until when");
  });
  await journey.step("撤销", async () => {
    await office.locator("#act-undo").click();
    await office.locator("#flash", { hasText: "已撤销" }).waitFor();
    assert.equal(await office.locator(".pane__chips", { hasText: "督办" }).count(), 0);
  });
  for (const page of [office, unit]) expectQuiet(page, [LOGGED_OUT]);
});

test("a step that cannot be taken back any more says so", async () => {
  const { no } = await someone("19900000645", "菜场门口的遮雨棚漏水，下雨天摊位前全是水，请修一修。");
  const office = await clerk("程主任");
  await accept(office, no);
  await office.getByRole("button", { name: "撤销刚才这一步：受理" }).waitFor();
  const other = await staff(server.url, "admin");
  await other.act(no, { type: "contact_revealed", reason: "到菜场门口量一量漏水的地方" });
  await office.locator("#act-undo").click();
  await office.locator("#flash", { hasText: "刚刚有人动过" }).waitFor();
  // Focus is on the words.
  await office.locator("#flash:focus").waitFor();
  assert.equal(await office.locator("#act-undo").count(), 0, "what is on the screen is the newest state");
  await office.getByText("到菜场门口量一量漏水的地方").first().waitFor();
  await expectNoAxeViolations(office);
  // The browser logs every 409.
  expectQuiet(office, [LOGGED_OUT, /409/]);
});

test("unhappy, and kept closed by the leader with a reason; the clerk at the station cannot", async () => {
  const { person, page, no } = await someone("19900000650", "学府路的隔音屏太短，我家二楼还是听得见，希望再加长五十米。");
  const [chief, roads] = await Promise.all(["chief", "jiaotong"].map((name) => staff(server.url, name)));
  await accepted(chief, no);
  await unitAnswers(chief, roads, no, "交通运输局", "隔音屏按设计标准装完，昼间实测五十八分贝，符合标准，已把检测报告送到您家。");
  await rateBadly(person, no);
  const office = await clerk("程主任");
  const journey = new Journey(office, "keep-closed", { axe: false });
  await journey.step("看不满意的理由", async () => {
    await openLetter(office, "office", "disputed", no);
    await office.locator(".spotlight", { hasText: "做了但没效果" }).waitFor();
  });
  await journey.step("维持办结", async () => {
    await begin(office, "keep_closed");
    await office.locator("#desk-form button[type=submit]").click();
    await office.locator("#desk-form .errors").getByText("理由").first().waitFor();
    await office.locator('#desk-form [name="reason_code"]').first().check({ force: true });
    await fill(office, { text: "检测结果达标，加长要另立项目，已列入明年建议。" });
    await send(office);
    await office.locator(".pane__chips", { hasText: "已办结" }).waitFor();
  }, { axe: true });
  await openReady(page, `/mine/${no}`);
  const told = await text(page);
  assert.match(told, /维持/);
  assert.match(told, /检测结果达标/);
  await page.getByText("对维持办结有异议").first().waitFor();
  await expectNoAxeViolations(page);
  expectQuiet(page);
  expectQuiet(office, [LOGGED_OUT]);
});

test("units disagree: put to arbitration, awarded, and the unit cannot give it back", async () => {
  const { page, no } = await someone("19900000660", "环湖西路和小区之间的挡土墙裂了，两家单位都说不归自己管。");
  const [chief, office, unit] = await Promise.all([staff(server.url, "chief"), clerk("程主任"), clerk("小武")]);
  await accepted(chief, no);
  const { units } = await chief.get("/desk/options");
  await chief.act(no, { type: "assign", lead: units.find((one) => one.name.includes("城管") || one.name.includes("综合行政执法")).id });
  const journey = new Journey(office, "arbitration", { axe: false });
  await journey.step("提请协商", async () => {
    await office.goto(`/desk/office?case=${no}`);
    await begin(office, "dispute");
    await fill(office, { text: "城管说是道路附属，交通说是小区围墙。" });
    await send(office);
    await office.locator(".pane__chips", { hasText: "协商分拨" }).waitFor();
    await office.locator(".spotlight", { hasText: "城管说是道路附属" }).waitFor();
  }, { axe: true });
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), /协商/);
  await journey.step("指定承办单位", async () => {
    await begin(office, "award");
    await office.locator("#desk-form button[type=submit]").click();
    await office.locator("#desk-form .errors").getByText("承办单位").first().waitFor();
    await fill(office, { unit_id: "交通运输局", text: "挡土墙随道路建设，由道路主管部门修。" });
    await send(office);
    await office.locator(".pane__chips", { hasText: "待签收" }).waitFor();
  });
  const works = new Journey(unit, "arbitration-unit", { axe: false });
  await works.step("不能再退", async () => {
    await openLetter(unit, "unit", "to_sign", no);
    await unit.getByText("协商后指定，不能再退").first().waitFor();
    await unit.getByText("由道路主管部门修").first().waitFor();
    assert.equal(await unit.locator("#act-return_request").count(), 0);
  }, { axe: true });
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), /协商确定由/);
  expectQuiet(page);
  for (const one of [office, unit]) expectQuiet(one, [LOGGED_OUT]);
});
