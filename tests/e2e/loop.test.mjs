// The closed loop on its screens: two co-units and a second handling, units that return a letter until one cannot,
// letters joined and taken apart, a promise kept, a number looked at. What a screen is not about goes through the API.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { resident, staff, write } from "../support/api.mjs";
import { expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, question } from "../support/people.mjs";
import { REPLY, accept, act, dayFromNow, openLetter } from "../support/staff.mjs";
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

/** A resident with a login, and a phone that has it. */
async function someone(phone) {
  const person = await resident(server.url, phone);
  const page = await visit(browser, "phone", server.url);
  await person.enter(page);
  return { person, page };
}

/** Somebody at a desk of their own. */
async function clerk(name) {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, name);
  return page;
}

const HOUSING = "住房和城乡建设局";
const CITY = "综合行政执法局";
const ROADS = "交通运输局";

const text = (page) => page.locator("main").innerText();

async function rate(page, no, level, solved, reason) {
  await openReady(page, `/mine/${no}`);
  await page.getByRole("link", { name: "给办理情况打分" }).click();
  await question(page, "给办理情况打分");
  for (const legend of ["办理态度怎么样", "办理过程怎么样", "办理成效怎么样"]) {
    await page.getByRole("group", { name: legend }).getByLabel(level, { exact: true }).check();
  }
  await page.getByRole("group", { name: "问题解决了吗" }).getByLabel(solved).check();
  if (reason) await page.getByLabel(reason).check();
  await page.getByRole("button", { name: "提交评价" }).click();
  await question(page, "谢谢您的评价");
}

test("two co-units, an unhappy resident, another signatory, an end", async () => {
  const { person, page } = await someone("19900000171");
  const { no } = await write(person, { body: "学府路菜场门口的井盖翘起来了，昨晚电动车绊倒了一位老人，请尽快来看。" });
  const [office, unit, helper] = await Promise.all(["程主任", "贺工", "老冯"].map(clerk));
  const desk = new Journey(office, "loop-office", { axe: false });
  const work = new Journey(unit, "loop-unit", { axe: false });

  await desk.step("受理和交办", async () => {
    await accept(office, no);
    await act(office, "assign", { lead: HOUSING, co: [CITY, ROADS] });
  });
  await work.step("主办签收", async () => {
    await openLetter(unit, "unit", "to_sign", no);
    await act(unit, "sign", { section: "物业管理科", officer: "贺工" });
  });
  await openLetter(helper, "unit", "to_sign", no);
  await act(helper, "sign", { section: "市政科", officer: "老冯" });
  await act(helper, "co_opinion", { text: "井盖归通信公司，已请他们今晚到场。" });
  await work.step("看到协办意见，交答复", async () => {
    await openLetter(unit, "unit", "working", no);
    await unit.getByText("已请他们今晚到场").first().waitFor();
    await act(unit, "submit_reply", { ...REPLY, done: "井盖已由通信公司更换并加固，周边两处松动的也一并处理。" });
  });
  await desk.step("发出", async () => {
    await openLetter(office, "office", "review", no);
    await act(office, "release");
  });
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), /井盖已由通信公司更换/);
  assert.doesNotMatch(await text(page), /已请他们今晚到场/, "an opinion goes to the lead alone");

  await rate(page, no, "不满意", /^没有解决/, "做了但没效果");
  await desk.step("二次办理", async () => {
    await openLetter(office, "office", "disputed", no);
    await act(office, "reopen", { lead: HOUSING, leader: "崔副局长", text: "居民说还是松的，请再看。" });
  });
  await work.step("换人签发", async () => {
    await openLetter(unit, "unit", "to_sign", no);
    await act(unit, "sign", { section: "物业管理科", officer: "小尹" });
    await act(unit, "submit_reply", { ...REPLY, done: "昨天重新浇筑了井圈，今早车辆通行后没有松动。", signed_off_by: "林局长" });
  });
  await openLetter(office, "office", "review", no);
  await act(office, "release");
  await rate(page, no, "满意", /^已解决/);
  await openReady(page, `/mine/${no}`);
  await page.getByText("这件事已经办结。").first().waitFor();
  for (const one of [office, unit, helper]) expectQuiet(one, [LOGGED_OUT]);
  expectQuiet(page);
});

test("two units return it, the meeting names a third, who cannot", async () => {
  const { person } = await someone("19900000172");
  const { no } = await write(person, { body: "环湖西路的护栏断了一截，晚上骑车很危险，找了几家都说不归自己管。" });
  const [office, first, second, third] = await Promise.all(["程主任", "贺工", "老冯", "小武"].map(clerk));
  const desk = new Journey(office, "loop-returns", { axe: false });

  await accept(office, no);
  await act(office, "assign", { lead: HOUSING });
  await openLetter(first, "unit", "to_sign", no);
  await act(first, "return_request", { legal_basis: "护栏不在本局三定职责内。", proposed_unit: CITY });
  await desk.step("同意退回，另行交办", async () => {
    await openLetter(office, "office", "returned", no);
    await act(office, "return_approved");
    await act(office, "assign", { lead: CITY });
  });
  await openLetter(second, "unit", "to_sign", no);
  await act(second, "return_request", { legal_basis: "道路护栏由道路主管部门养护。", proposed_unit: ROADS });
  await desk.step("协商分拨", async () => {
    await openLetter(office, "office", "returned", no);
    await office.locator(".pane__chips", { hasText: "协商" }).waitFor();
    await act(office, "award", { unit_id: ROADS, text: "协商会议定由道路主管部门办理。" });
  });
  await openLetter(third, "unit", "to_sign", no);
  assert.equal(await third.locator("#act-return_request").count(), 0, "the final owner has no way back");
  await act(third, "sign", { section: "设施科", officer: "小武" });
  for (const page of [office, first, second, third]) expectQuiet(page, [LOGGED_OUT]);
});

test("joined letters: one is another matter, the others get the answer and rate for themselves", async () => {
  const people = [];
  for (const phone of ["19900000173", "19900000174", "19900000175"]) people.push(await someone(phone));
  const [main, same, other] = await Promise.all(
    people.map(({ person }, at) => write(person, { body: `渡口新村${at + 1}号楼下的路灯坏了三个星期，晚上走路看不清，请来修。` })),
  );
  const office = await clerk("程主任");
  const desk = new Journey(office, "loop-joined", { axe: false });
  await desk.step("并案", async () => {
    for (const { no } of [same, other]) {
      await openLetter(office, "office", "new", no);
      await act(office, "merge", { into: main.no, text: "同一条路的路灯。" });
    }
  });
  const objecting = people[2].page;
  await openReady(objecting, `/mine/${other.no}`);
  await objecting.locator("summary", { hasText: "不是同一件事" }).click();
  await objecting.getByRole("button", { name: "分开单独办" }).click();
  await objecting.getByText("已经分开单独办理").first().waitFor();

  await desk.step("主案由代表答复", async () => {
    await accept(office, main.no);
    await act(office, "to_deputy", { deputy_id: "陆知遥" });
  });
  const deputy = await staff(server.url, "luzhiyao");
  await deputy.act(main.no, {
    type: "deputy_answer",
    reply: { body: "三盏路灯昨晚已经全部修好，我和站里的同志一起去看过。", outcome: "A" },
  });
  await rate(people[1].page, same.no, "满意", /^已解决/);
  await openReady(people[0].page, `/mine/${main.no}`);
  await people[0].page.getByRole("link", { name: "给办理情况打分" }).waitFor();
  await openReady(objecting, `/mine/${other.no}`);
  assert.doesNotMatch(await text(objecting), /三盏路灯昨晚已经全部修好/, "its own matter goes its own way");
  expectQuiet(office, [LOGGED_OUT]);
  for (const { page } of people) expectQuiet(page);
});

test("a promised day is shown, watched and kept; and a number looked at is told", async () => {
  const { person, page } = await someone("19900000176");
  const { no } = await write(person, { body: "望潮小区东门的无障碍坡道太陡，轮椅上不去，希望改缓一些。" });
  const [office, unit] = await Promise.all(["程主任", "贺工"].map(clerk));
  const day = dayFromNow(9);
  await accept(office, no);
  await act(office, "assign", { lead: HOUSING });
  await openLetter(unit, "unit", "to_sign", no);
  await act(unit, "sign", { section: "物业管理科", officer: "贺工" });
  await act(unit, "submit_reply", {
    ...REPLY,
    outcome: "B",
    promise_date: day,
    done: "坡道已经重新设计，坡度按规范放缓，材料到齐后施工，完工后请您来试。",
  });
  await openLetter(office, "office", "review", no);
  await act(office, "release");

  const [, month, date] = day.split("-").map(Number);
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), new RegExp(`${month}月${date}日`), "the promised day stands on the page");
  await openLetter(office, "office", "lookback", no);
  await openLetter(unit, "unit", "working", no);
  await act(unit, "promise_kept", { evidence: "坡道已完工，坡度实测 1:12，附近两位轮椅使用者试过。" });
  await openReady(page, `/mine/${no}`);
  await page.getByRole("link", { name: "给办理情况打分" }).waitFor();

  const chief = await staff(server.url, "chief");
  await chief.act(no, { type: "contact_revealed", reason: "电话回访坡道好不好用" });
  await openReady(page, `/mine/${no}`);
  assert.match(await text(page), /电话回访坡道好不好用/, "who looked at the number says why");
  for (const one of [office, unit]) expectQuiet(one, [LOGGED_OUT]);
  expectQuiet(page);
});

test("several letters at once: chosen by their boxes, joined by nothing but the one step", async () => {
  const people = await Promise.all(["19900000177", "19900000178"].map((phone) => someone(phone)));
  const letters = await Promise.all(
    people.map(({ person }, at) => write(person, { body: `渡口新村${at + 5}号楼的垃圾桶满了三天没有人收，味道很大，请来清。` })),
  );
  const office = await clerk("程主任");
  const journey = new Journey(office, "loop-several");
  await journey.step("勾选", async () => {
    await office.goto("/desk/office?lane=new&q=垃圾桶满了三天");
    for (const { no } of letters) {
      const row = office.locator(".queue-row", { hasText: no });
      await row.getByRole("checkbox").click();
    }
    await office.locator(".bulk", { hasText: "2" }).waitFor();
    assert.equal(await office.locator(".pane__no").count(), 0, "choosing opens nothing");
  });
  expectQuiet(office, [LOGGED_OUT]);
});
