// A themed reception from the first question to what became of it: residents, the moderator, those at the table, the
// hall's screen. Pages are the server's own; a small script keeps them fresh, and without it they work as plain pages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { shownCode } from "../support/people.mjs";
import { resident, staff } from "../support/api.mjs";
import { startServer } from "../support/server.mjs";

const HOUR = 3_600_000;

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

/** A page as it is now: accessible, not wider than its screen, kept as a picture. */
async function inspect(page, name) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await picture(page, name);
}

/** An event of the demo's head station in the state asked for; answers its id. */
async function event(title, to, more = {}) {
  const options = await office.get("/desk/events/options");
  const draft = {
    kind: "theme_reception",
    title,
    intro: "请住建局和代表一起回答加装电梯的问题。",
    station_id: options.stations[0].id,
    organiser: options.stations[0].name,
    starts_at: Date.now() + 24 * HOUR,
    ends_at: Date.now() + 26 * HOUR,
    place: "银杏路 18 号一楼会议室",
    agenda: [{ text: "主持人介绍" }, { text: "自由提问" }],
    deputies: [options.deputies.find((one) => one.slug === "luzhiyao").id],
    units: [options.units.find((one) => one.name.includes("住房和城乡建设")).id],
    registration: true,
    capacity: 2,
    waiting_list: true,
    premoderated: true,
    category_id: options.categories.find((one) => one.parent_id).id,
    rules: "一次问一件事，不说别人的隐私。",
    ...more,
  };
  let made = await office.send("POST", "/events", draft);
  for (const state of ["announced", "open", "live"]) {
    if (made.state === to) break;
    made = await step(made, state);
  }
  return made.id;
}

async function step(made, to, more = {}) {
  return office.send("POST", `/events/${made.id}/state`, { to, ...more }, { "if-match": `"${made.version}"` });
}

/** Everything a page was told over the network, as text. */
function overheard(page) {
  const all = [];
  page.on("response", async (response) => {
    // A stream has no end; what it says is read from what the page asks for after it.
    if (/event-stream/.test(response.headers()["content-type"] ?? "")) return;
    const text = await response.text().catch(() => "");
    all.push(text);
  });
  return all;
}

/** Verifies the phone in front of what one wants to do. */
async function pass(page, phone) {
  await page.getByRole("textbox", { name: "手机号" }).fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "验证并继续" }).click();
}

async function ask(page, text) {
  await page.getByLabel("您的问题").fill(text);
  await page.getByRole("button", { name: "提交问题" }).click();
}

/** A moderator at the page of an event. */
async function moderator(kind, id, lane = "pending") {
  const page = await visit(browser, kind, server.url);
  await office.enter(page);
  await page.goto(`/desk/events/${id}?lane=${lane}`);
  return page;
}

const entry = (page, text) => page.locator("#desk-queue > li", { hasText: text });
const row = (page, text) => page.locator("#ev-questions > li", { hasText: text });

test("a question goes its way: asked, looked at, supported, live, a letter; others see each step without reloading", async () => {
  const id = await event("老旧小区加装电梯", "live");
  const TEXT = "电梯井挡了一楼的采光，补偿怎么算？";
  const [author, other, host] = await Promise.all([
    visit(browser, "phone", server.url),
    visit(browser, "desktop", server.url),
    moderator("desktop", id),
  ]);
  const heard = overheard(other);
  await Promise.all([author.goto(`/events/${id}`), other.goto(`/events/${id}`)]);
  await inspect(author, "event-live-phone");

  await ask(author, "短");
  await author.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  assert.equal(await author.getByLabel("您的问题").inputValue(), "短");
  await inspect(author, "event-ask-wrong");
  await author.getByText("显示我写的称呼").click();
  await author.getByLabel("怎么称呼您").fill("学府路刘女士");
  await ask(author, TEXT);
  await author.getByRole("heading", { name: "请先用手机号验证一下" }).waitFor();
  assert.equal(await author.evaluate(() => document.activeElement.id), "gate");
  await inspect(author, "event-gate");
  await pass(author, "19900000601");
  const own = author.locator("#ev-mine li", { hasText: TEXT });
  await own.getByText("等主持人看").waitFor();
  assert.equal(await author.getByLabel("您的问题").inputValue(), "", "the form is empty again");
  assert.equal(new URL(author.url()).pathname, `/events/${id}`, "nobody left the page");
  await inspect(author, "event-own-pending");

  await entry(host, TEXT).waitFor();
  await other.reload();
  assert.ok(!heard.some((text) => text.includes(TEXT)), "a question that waits reaches nobody else");
  await inspect(host, "desk-event-pending");
  await entry(host, TEXT).getByRole("button", { name: /^公开/ }).click();
  await row(other, TEXT).waitFor();
  await own.getByText("已公开").waitFor();
  assert.ok(await row(other, TEXT).getByText("学府路刘女士").isVisible());

  await row(other, TEXT).getByRole("button", { name: "我也想问" }).click();
  await other.getByRole("heading", { name: "请先用手机号验证一下" }).waitFor();
  await pass(other, "19900000602");
  await row(other, TEXT).getByRole("button", { name: /已支持/ }).waitFor();
  await row(author, TEXT).getByText("1 人支持").waitFor();
  await row(other, TEXT).getByRole("button", { name: /已支持/ }).click();
  await row(author, TEXT).getByText("0 人支持").waitFor();
  await row(other, TEXT).getByRole("button", { name: "我也想问" }).click();
  await row(author, TEXT).getByText("1 人支持").waitFor();

  await host.goto(`/desk/events/${id}?lane=all`);
  await entry(host, TEXT).getByRole("button", { name: /^正在回答/ }).click();
  await other.locator("#ev-room", { hasText: TEXT }).waitFor();
  await other.locator("#live-says", { hasText: "正在回答" }).waitFor();
  await inspect(other, "event-answering-desktop");

  await entry(host, TEXT).getByText("转为来信", { exact: false }).first().click();
  await entry(host, TEXT).getByLabel("给单位的话").fill("请四月底前给出指引");
  await entry(host, TEXT).getByRole("button", { name: "转为来信并交办" }).click();
  const number = entry(host, TEXT).locator(".queue-entry__letter a");
  await number.waitFor();
  const no = await number.innerText();
  await inspect(host, "desk-event-letter");
  await row(other, TEXT).getByText("区住建局在跟进：办理中").waitFor();
  await own.getByRole("link", { name: no }).waitFor();
  assert.ok(!(await row(other, TEXT).innerText()).includes(no), "its number is its author's until it is published");
  const letter = await office.get(`/desk/cases/${no}`);
  assert.equal(letter.origin.event_id, id);
  for (const page of [author, other, host]) expectQuiet(page, [/422/]);
});

test("a hidden question reaches nobody else, and its author reads why", async () => {
  const id = await event("托育服务怎么办", "live");
  const TEXT = "我邻居王某某家的孩子为什么能插队？";
  const author = await resident(server.url, "19900000603");
  await author.send("POST", `/events/${id}/questions`, { text: TEXT });
  const page = await visit(browser, "phone", server.url);
  await author.enter(page);
  await page.goto(`/events/${id}`);
  const other = await visit(browser, "phone", server.url);
  const heard = overheard(other);
  await other.goto(`/events/${id}`);
  const host = await moderator("desktop", id);

  const found = entry(host, TEXT);
  await found.locator("details", { hasText: "不公开的原因" }).locator("summary").click();
  await found.getByRole("button", { name: "不公开" }).click();
  await found.locator(".field__error", { hasText: "请写原因" }).waitFor();
  assert.equal(await host.evaluate(() => document.activeElement.name), "reason", "the focus is where it is wrong");
  await inspect(host, "desk-event-no-reason");
  await found.getByLabel("不公开的原因").selectOption("含有个人信息");
  await found.getByRole("button", { name: "不公开" }).click();
  await found.waitFor({ state: "detached" });
  await page.locator("#ev-mine").getByText("没有公开的原因：含有个人信息").waitFor();
  await inspect(page, "event-own-hidden");
  await other.reload();
  const api = await (await other.request.get(`/api/v1/events/${id}/questions`)).text();
  assert.ok(![...heard, api].some((text) => text.includes("插队")), "nobody else was told");
  for (const one of [page, other]) expectQuiet(one, [/422/]);
  expectQuiet(host, [/422/]);
});

test("what is shown already can be taken away: it leaves its place to a word, and new ones wait to be asked for", async () => {
  const id = await event("电动车充电", "live", { premoderated: false });
  const people = await Promise.all(["19900000611", "19900000612"].map((phone) => resident(server.url, phone)));
  const asked = [];
  for (const text of ["楼道里的充电桩什么时候装？", "飞线充电有没有人管一管？", "充电价格为什么不一样？"]) {
    asked.push(await people[0].send("POST", `/events/${id}/questions`, { text }));
  }
  const page = await visit(browser, "phone", server.url);
  await page.goto(`/events/${id}`);
  const last = row(page, "充电价格");
  await last.scrollIntoViewIfNeeded();
  const top = () => last.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await top();
  await people[1].send("POST", `/events/${id}/questions`, { text: "能不能先装在地下车库的入口处？" });
  const more = page.getByRole("button", { name: "1 条新问题，点这里看" });
  await more.waitFor();
  assert.ok(Math.abs((await top()) - before) <= 1, "the page did not move");
  assert.equal(await row(page, "地下车库").count(), 0);
  await more.click();
  await row(page, "地下车库").waitFor();
  assert.ok(await row(page, "地下车库").evaluate((element) => element === document.activeElement));

  await last.scrollIntoViewIfNeeded();
  const queue = await office.get(`/desk/events/${id}/questions`);
  const gone = queue.items.find((one) => one.id === asked[1].id);
  const change = { state: "hidden", reason: "与已有问题重复" };
  await office.send("PATCH", `/questions/${gone.id}`, change, { "if-match": `"${gone.version}"` });
  await page.locator(`#q-${gone.id}`, { hasText: "这条问题已不公开" }).waitFor();
  assert.equal(await page.getByText("飞线充电").count(), 0);
  expectQuiet(page);
});

test("with the line cut the page asks by itself, and nothing that is being typed is lost", async () => {
  const id = await event("小区停车", "live", { premoderated: false });
  const page = await visit(browser, "phone", server.url);
  await page.route("**/stream", (route) => route.abort());
  await page.goto(`/events/${id}`);
  await page.getByText("每 5 秒看一次有没有新内容").waitFor();
  await page.getByLabel("您的问题").fill("晚上十点以后能不能");
  const other = await resident(server.url, "19900000621");
  await other.send("POST", `/events/${id}/questions`, { text: "医院门口的车位能不能错时共享？" });
  await row(page, "错时共享").or(page.getByRole("button", { name: /条新问题/ })).first().waitFor();
  assert.equal(await page.getByLabel("您的问题").inputValue(), "晚上十点以后能不能");
  assert.equal(await page.evaluate(() => document.activeElement.id), "text", "the focus stays where one types");
  expectQuiet(page, [/stream|ERR_FAILED/]);
});

test("the queue hears of a new question on the desk's own stream; what is being typed and the focus stay", async () => {
  const id = await event("校门口的车", "live");
  const [first, second] = await Promise.all([
    resident(server.url, "19900000681"),
    resident(server.url, "19900000682"),
  ]);
  await first.send("POST", `/events/${id}/questions`, { text: "放学的时候能不能有人指挥？" });
  const page = await visit(browser, "desktop", server.url);
  const streams = [];
  page.on("request", (request) => /\/stream$/.test(request.url()) && streams.push(new URL(request.url()).pathname));
  await office.enter(page);
  await page.goto(`/desk/events/${id}?lane=pending`);
  await page.locator("#live-line[data-state=now]").waitFor();
  assert.deepEqual(streams, [`/api/v1/desk/events/${id}/stream`]);
  await entry(page, "有人指挥").focus();
  await page.keyboard.press("h");
  const other = entry(page, "有人指挥").getByLabel("其他原因");
  await other.fill("同样的问题已经");
  await second.send("POST", `/events/${id}/questions`, { text: "斑马线能不能重画？" });
  await entry(page, "斑马线").waitFor();
  assert.equal(await other.inputValue(), "同样的问题已经");
  assert.ok(await other.evaluate((field) => field === document.activeElement), "the focus stays where one types");
  // The line is cut: it is asked for instead, and said so.
  await page.route("**/stream", (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.locator("#live-line[data-state=often]").waitFor();
  await first.send("POST", `/events/${id}/questions`, { text: "校车停在哪里？" });
  await entry(page, "校车").waitFor();
  assert.equal(await other.inputValue(), "同样的问题已经");
  expectQuiet(page, [/stream|ERR_FAILED/]);
});

test("a phone that slept begins anew when it is looked at again", async () => {
  const id = await event("夜间照明", "live", { premoderated: false });
  const page = await visit(browser, "phone", server.url);
  const first = page.waitForRequest(/\/stream$/);
  await page.goto(`/events/${id}`);
  await first;
  const look = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await look(true);
  const other = await resident(server.url, "19900000623");
  await other.send("POST", `/events/${id}/questions`, { text: "公园的灯能不能晚一点再关？" });
  const second = page.waitForRequest(/\/stream$/);
  await look(false);
  await second;
  await row(page, "公园的灯").waitFor();
  expectQuiet(page);
});

test("everything works without scripts", async () => {
  const id = await event("物业费", "open", { premoderated: true });
  const page = await visit(browser, "noscript", server.url);
  await page.goto("/events?kind=theme_reception&when=upcoming");
  await inspect(page, "events-noscript");
  await page.getByRole("link", { name: "物业费" }).click();
  await ask(page, "短");
  await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  await ask(page, "物业费涨价有没有经过业主大会？");
  await page.getByRole("heading", { name: "请先用手机号验证一下" }).waitFor();
  await pass(page, "19900000631");
  await page.locator("#ev-mine").getByText("物业费涨价有没有经过业主大会？").waitFor();
  await page.getByText("您的问题已提交，主持人看过后公开").waitFor();
  await inspect(page, "event-noscript");
  await page.getByRole("button", { name: "报名参加" }).click();
  await page.getByText("您已报名").waitFor();
  await page.getByRole("link", { name: "刷新" }).click();
  await page.getByRole("button", { name: "不去了，取消报名" }).click();
  await page.getByText("已取消报名").waitFor();
});

test("the moderator works by keyboard and on a phone, is told of a conflict in words and keeps what was typed", async () => {
  const id = await event("社区食堂", "live");
  const people = await Promise.all(["19900000641", "19900000642"].map((phone) => resident(server.url, phone)));
  await people[0].send("POST", `/events/${id}/questions`, { text: "社区食堂周末开不开门？" });
  await people[1].send("POST", `/events/${id}/questions`, { text: "能不能给行动不便的老人送餐？" });
  const page = await moderator("desktop", id);
  await entry(page, "周末开不开门").focus();
  await page.keyboard.press("j");
  assert.ok(await entry(page, "老人送餐").evaluate((element) => element === document.activeElement));
  await page.keyboard.press("k");
  await page.keyboard.press("v");
  await entry(page, "周末开不开门").waitFor({ state: "detached" });
  assert.ok(await entry(page, "老人送餐").evaluate((element) => element === document.activeElement), "the next takes its place");
  await page.keyboard.press("s");
  await entry(page, "老人送餐").waitFor({ state: "detached" });

  await page.goto(`/desk/events/${id}?lane=all`);
  await entry(page, "老人送餐").focus();
  await page.keyboard.press("w");
  await page.keyboard.type("从下月起送餐上门，电话预约。");
  const found = (await office.get(`/desk/events/${id}/questions`)).items.find((one) => one.text.includes("送餐"));
  await office.send("PATCH", `/questions/${found.id}`, { pinned: true }, { "if-match": `"${found.version}"` });
  await entry(page, "老人送餐").getByRole("button", { name: "保存并标为已回答" }).click();
  await page.getByText("刚刚有人改过").first().waitFor();
  const typed = entry(page, "老人送餐").getByLabel("答复", { exact: true });
  assert.equal(await typed.inputValue(), "从下月起送餐上门，电话预约。");
  await inspect(page, "desk-event-conflict");
  await entry(page, "老人送餐").getByRole("button", { name: "保存并标为已回答" }).click();
  await entry(page, "老人送餐").getByText("已回答", { exact: true }).waitFor();
  assert.ok((await office.get(`/events/${id}/questions`)).items.some((one) => one.answer?.text.includes("送餐上门")));

  await page.locator("#desk-say").getByLabel("内容").fill("休息十分钟，四点继续。");
  await page.getByRole("button", { name: "发给大家" }).click();
  await page.locator("#live-says", { hasText: "已发给大家" }).waitFor();
  await page.locator("#desk-polls summary").click();
  await page.getByLabel("请大家表决什么").fill("周末开门您赞成吗");
  await page.getByLabel("选项").fill("赞成\n不赞成");
  await page.locator("#desk-polls form").first().getByRole("button", { name: "开始表决" }).click();
  await page.locator("#desk-polls").getByText("0 人参加表决").waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await inspect(page, "desk-event-phone");

  const voter = await visit(browser, "phone", server.url);
  await people[0].enter(voter);
  await voter.goto(`/events/${id}`);
  await voter.locator("#ev-room").getByRole("button", { name: /^赞成/ }).click();
  await voter.locator("#ev-room").getByText("您的选择").first().waitFor();
  await voter.locator("#ev-room").getByText("1 人，100%").waitFor();
  await inspect(voter, "event-poll");
  expectQuiet(page, [/409|422/]);
});

test("an event from its form to its minutes; a panel member reads and answers; the page tells what came of it", async () => {
  const page = await visit(browser, "desktop", server.url);
  await office.enter(page);
  await page.goto("/desk/events");
  await inspect(page, "desk-events");
  await page.getByRole("link", { name: "新建活动" }).click();
  await page.getByLabel("名称").fill("楼宇企业用工");
  await page.getByRole("button", { name: "存为草稿" }).click();
  await page.locator("#error-summary").waitFor();
  assert.equal(await page.getByLabel("名称").inputValue(), "楼宇企业用工");
  await inspect(page, "desk-event-form-wrong");
  await page.getByLabel("类别").selectOption({ label: "楼宇议企会" });
  const station = await page.getByLabel("哪个联络站办").locator("option").nth(1).getAttribute("value");
  await page.getByLabel("哪个联络站办").selectOption(station);
  await page.getByLabel("主办单位").fill("云帆街道");
  const day = new Date(Date.now() + 8 * HOUR + 24 * HOUR).toISOString().slice(0, 10);
  await page.getByLabel("日期").fill(day);
  await page.getByLabel("几点开始").fill("14:30");
  await page.getByLabel("几点结束").fill("16:30");
  await page.getByLabel("地点").fill("望海大厦 3 层");
  await page.getByLabel("议程").fill("14:30 情况介绍\n自由提问");
  await page.locator("#deputies summary").click();
  await page.locator("#deputies").getByText(/^陆知遥/).click();
  await page.getByRole("button", { name: "存为草稿" }).click();
  await page.getByRole("heading", { level: 1, name: "楼宇企业用工" }).waitFor();
  const id = new URL(page.url()).pathname.split("/").pop();
  // The heading is there before the script is: pressed at once, a button posts as a plain form does.
  await page.waitForLoadState();
  for (const name of ["发布公告", "开放报名和提问", "开始"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator("#live-says").filter({ hasText: /活动已进入/ }).waitFor();
    await page.locator("#desk-state").getByRole("button", { name, exact: true }).waitFor({ state: "detached" });
  }
  const person = await resident(server.url, "19900000651");
  await person.send("POST", `/events/${id}/questions`, { text: "招工补贴怎么申请，找哪个窗口？" });

  const deputy = await staff(server.url, "luzhiyao");
  const table = await visit(browser, "desktop", server.url);
  await deputy.enter(table);
  await table.goto(`/desk/events/${id}`);
  await table.getByText("您是这场活动的答复人").waitFor();
  assert.equal(await table.getByRole("button", { name: /^公开/ }).count(), 0);
  const asked = (await office.get(`/desk/events/${id}/questions`)).items[0];
  await office.send("PATCH", `/questions/${asked.id}`, { state: "visible" }, { "if-match": `"${asked.version}"` });
  await entry(table, "招工补贴").getByText("写答复").waitFor();
  await entry(table, "招工补贴").getByText("写答复").click();
  await entry(table, "招工补贴").getByLabel("答复", { exact: true }).fill("到区政务服务大厅三号窗口，带营业执照就行。");
  await entry(table, "招工补贴").getByRole("button", { name: "保存答复" }).click();
  await table.locator("#live-says", { hasText: "答复已保存" }).waitFor();
  await inspect(table, "desk-event-table");
  assert.ok(!(await (await page.request.get(`/api/v1/events/${id}/questions`)).text()).includes("三号窗口"), "not before the host says so");

  await page.goto(`/desk/events/${id}?lane=all`);
  await entry(page, "招工补贴").getByRole("button", { name: /^已回答/ }).click();
  await page.locator("#live-says", { hasText: "已改为" }).waitFor();
  await page.getByRole("button", { name: "结束现场" }).click();
  await page.getByRole("button", { name: "公开纪要，正式结束" }).waitFor();
  await page.getByRole("button", { name: "公开纪要，正式结束" }).click();
  await page.getByText("请先写好会议纪要").waitFor();
  await page.locator("#desk-minutes").getByLabel("会议纪要").fill("企业提出三件事，当场答复一件。");
  await page.getByLabel("参加人数").fill("56");
  await page.getByRole("button", { name: "保存纪要" }).click();
  await page.locator("#live-says", { hasText: "纪要已保存" }).waitFor();
  await page.locator("#desk-resolutions summary").click();
  await page.getByLabel("定下什么事").fill("下月起补贴窗口周六开放");
  await page.getByLabel("谁负责").selectOption({ label: "代表 陆知遥" });
  await page.getByLabel("期限").fill(day);
  await page.locator("#desk-resolutions").getByRole("button", { name: "加上这件事" }).click();
  await page.locator("#desk-resolutions li", { hasText: "补贴窗口周六开放" }).waitFor();
  await page.getByRole("button", { name: "公开纪要，正式结束" }).click();
  await page.locator("#desk-state").getByText("已结束", { exact: true }).waitFor();
  await inspect(page, "desk-event-finished");

  const reader = await visit(browser, "phone", server.url);
  await reader.goto(`/events/${id}`);
  for (const words of ["企业提出三件事", "补贴窗口周六开放", "三号窗口", "共 56 人", "条，共问了 1 条"]) {
    await reader.getByText(words).first().waitFor();
  }
  await inspect(reader, "event-finished");
  const head = await reader.locator('meta[property="og:title"]').getAttribute("content");
  assert.ok(head.startsWith("楼宇企业用工"));
  for (const one of [page, table, reader]) expectQuiet(one, [/422/]);
});

test("the hall's screen shows what is answered now, by itself", async () => {
  const id = await event("大屏幕上的接待", "live", { premoderated: false });
  const people = await Promise.all(["19900000661", "19900000662"].map((phone) => resident(server.url, phone)));
  const first = await people[0].send("POST", `/events/${id}/questions`, { text: "学校门口的斑马线能不能画宽一点？" });
  await people[1].send("POST", `/events/${id}/questions`, { text: "放学时段能不能多派两个人疏导？" });
  const screen = await visit(browser, "desktop", server.url, { viewport: { width: 1920, height: 1080 } });
  await screen.goto(`/events/${id}/screen`);
  await screen.getByText("等待下一个问题").waitFor();
  await screen.locator("#screen").getByText("斑马线").waitFor();
  assert.match(await screen.locator(".screen__address").innerText(), /\/events$/);
  const found = (await office.get(`/desk/events/${id}/questions`)).items.find((one) => one.id === first.id);
  await office.send("PATCH", `/questions/${first.id}`, { state: "live" }, { "if-match": `"${found.version}"` });
  await screen.locator(".screen__live", { hasText: "斑马线" }).waitFor();
  await office.send("POST", `/events/${id}/polls`, { question: "先画哪一条", options: ["东门", "西门"] });
  await screen.locator(".screen__poll", { hasText: "先画哪一条" }).waitFor();
  await inspect(screen, "event-screen");
  expectQuiet(screen);
});

for (const [at, kind] of ["small", "largeText", "elder", "dark"].entries()) {
  test(`the pages are whole for a visitor with ${kind}`, async () => {
    const id = await event(`给${kind}看的活动`, "open", { premoderated: false });
    const person = await resident(server.url, `1990000067${at}`);
    await person.send("POST", `/events/${id}/questions`, { text: "楼下的路灯不亮，晚上走路看不清，什么时候修？" });
    const page = await visit(browser, kind, server.url);
    for (const [address, name] of [
      ["/events", "events"],
      [`/events/${id}`, "event"],
    ]) {
      await page.goto(address);
      await inspect(page, `${name}-${kind}`);
    }
    await page.getByRole("button", { name: "我也想问" }).click();
    await page.getByRole("heading", { name: "请先用手机号验证一下" }).waitFor();
    await inspect(page, `event-gate-${kind}`);
    expectQuiet(page, [/422/]);
  });
}
