// The office's pages beside the lanes: a letter filed for somebody on the phone, calls by lot, the library of reasons
// and the form that uses it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { resident, staff, write } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, choose } from "../support/people.mjs";
import { begin, fill, openLetter, send } from "../support/staff.mjs";
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

async function open(page, address, heading) {
  await page.goto(address);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** The words beside the fields that are wrong, by the fields' names. */
const wrongFields = (page) =>
  page.locator(".field--error").evaluateAll((all) => all.map((field) => field.querySelector("[name]").name));

test("filed for somebody on the phone: everything missing is said at once, half a letter survives a reload, the resident finds it", async () => {
  const office = await clerk("小棠", "phone");
  const journey = new Journey(office, "file", { axe: false });
  await journey.step("打开", async () => {
    await open(office, "/desk/file", "代为登记");
    await office.waitForFunction(() => document.querySelector("#station").value !== "");
    assert.match(await office.locator("#station option:checked").innerText(), /云帆/, "one's own station is chosen");
  });
  await journey.step("空着就登记", async () => {
    await office.getByRole("button", { name: "登记", exact: true }).click();
    await office.locator("#phone-error").waitFor();
    assert.deepEqual(await wrongFields(office), ["phone", "via", "consent", "body", "kind"]);
    await office.waitForFunction(() => document.activeElement?.id === "phone");
  });
  await journey.step("填得不对", async () => {
    await office.locator("#phone").fill("1234");
    await choose(office.locator("#via"), "打电话");
    await office.locator("#consent").fill("电话里口头同意，已把内容念给她听");
    await office.locator("#body").fill("太短");
    await choose(office.locator("#kind"), "求助");
    await office.getByRole("button", { name: "登记", exact: true }).click();
    await office.locator("#body-error").waitFor();
    assert.deepEqual(await wrongFields(office), ["phone", "body"], "what the server alone knows comes at once too");
  }, { axe: true });
  await journey.step("写到一半刷新", async () => {
    await office.locator("#phone").fill("199 0000 0510");
    await office.locator("#body").fill("家门口的窨井盖松了，车一过就响，夜里睡不着，请来看一下。");
    await office.locator("#name").fill("何阿婆");
    await choose(office.locator("#area"), "船坞里");
    await office.reload();
    await office.getByText("已接着上次没写完的内容").waitFor();
    assert.equal(await office.locator("#phone").inputValue(), "199 0000 0510");
    assert.match(await office.locator("#body").inputValue(), /窨井盖松了/);
    assert.match(await office.locator("#area option:checked").innerText(), /船坞里/);
  });
  let no;
  await journey.step("登记", async () => {
    await office.getByRole("button", { name: "登记", exact: true }).click();
    await office.getByRole("heading", { level: 1, name: "已登记" }).waitFor();
    no = await office.locator(".receipt__no").innerText();
    assert.match(await office.locator(".receipt__code").innerText(), /^[0-9A-Z]{3,4}(-[0-9A-Z]{3,4}){2}$/);
    assert.ok(await office.locator("h1").evaluate((it) => it === document.activeElement), "focus is on the heading");
  }, { axe: true });
  await journey.step("再登记一件", async () => {
    await office.getByRole("button", { name: "再登记一件" }).click();
    await office.getByRole("heading", { level: 1, name: "代为登记" }).waitFor();
    await office.waitForFunction(() => document.querySelector("#station").value !== "");
    for (const name of ["phone", "body", "name", "via"]) assert.equal(await office.locator(`#${name}`).inputValue(), "");
    assert.equal(await office.getByText("已接着上次没写完的内容").count(), 0);
  });
  await journey.step("这件来信写着怎么来的", async () => {
    await openLetter(office, "office", "new", no);
    await office.getByText("工作人员登记：打电话").waitFor();
    await office.getByText("已把内容念给她听").first().waitFor();
  });

  const granny = await visit(browser, "phone", server.url);
  await (await resident(server.url, "19900000510")).enter(granny);
  await openReady(granny, "/mine");
  await granny.getByRole("link", { name: /窨井盖松了/ }).click();
  // The number stands in the list as well: what only the letter's own page says is waited for.
  await granny.getByText(/由工作人员登记。怎样同意的：电话里口头同意/).waitFor();
  await granny.locator("main").getByText(no).first().waitFor();
  await expectNoAxeViolations(granny);
  expectQuiet(granny);
  // The browser logs every 422.
  expectQuiet(office, [LOGGED_OUT, /422/]);
});

test("calls by lot: drawn, one noted while another is half written, nobody drawn twice", async () => {
  const office = await clerk("程主任");
  const journey = new Journey(office, "calls", { axe: false });
  await journey.step("打开", async () => {
    await open(office, "/desk/calls", "抽查回访");
  });
  const rows = office.locator(".calls__row");
  const before = await rows.count();
  await journey.step("抽零件", async () => {
    await office.locator("#count").fill("0");
    await office.getByRole("button", { name: "抽取", exact: true }).click();
    await office.locator("#count-error", { hasText: "1 到 50" }).waitFor();
  });
  await journey.step("抽三件", async () => {
    await office.locator("#count").fill("3");
    await office.getByRole("button", { name: "抽取", exact: true }).click();
    await office.locator(".toast", { hasText: "抽到 3 件" }).waitFor();
    assert.equal(await rows.count(), before + 3);
  });
  const open3 = rows.filter({ has: office.locator(".calls__report") });
  const drawn = await open3.locator("a").evaluateAll((links) => links.map((link) => link.href));
  await journey.step("没选结果", async () => {
    await open3.nth(0).getByRole("button", { name: "记下" }).click();
    await open3.nth(0).locator(".field__error").waitFor();
    assert.equal(await office.locator(".calls__report .field__error").count(), 1, "beside that call alone");
  }, { axe: true });
  await journey.step("记下一件，另一件写到一半", async () => {
    await open3.nth(1).locator("textarea").fill("说路灯亮了，还想问");
    const half = await open3.nth(1).locator("a").getAttribute("href");
    await open3.nth(0).locator("select").selectOption("confirmed");
    await open3.nth(0).locator("textarea").fill("和答复说的一样");
    const noted = await open3.nth(0).locator("a").getAttribute("href");
    await open3.nth(0).getByRole("button", { name: "记下" }).click();
    const row = rows.filter({ has: office.locator(`a[href="${noted}"]`) });
    await row.locator(".calls__outcome").waitFor();
    await row.getByText("和答复说的一样").waitFor();
    const beside = rows.filter({ has: office.locator(`a[href="${half}"]`) });
    assert.equal(await beside.locator("textarea").inputValue(), "说路灯亮了，还想问", "half a note stays with its call");
  });
  await journey.step("都抽过了", async () => {
    await office.locator("#count").fill("50");
    await office.locator("#days").fill("1");
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = office.waitForResponse((it) => it.url().endsWith("/office/call-backs") && it.request().method() === "POST");
      await office.getByRole("button", { name: "抽取", exact: true }).click();
      await answer;
      const said = office.locator(".toast", { hasText: /抽到|没有可抽的/ });
      await said.waitFor();
      if ((await said.innerText()).includes("没有可抽的")) break;
    }
    await office.locator(".toast", { hasText: "没有可抽的" }).waitFor();
    const all = await rows.locator("a").evaluateAll((links) => links.map((link) => link.href));
    assert.equal(new Set(all).size, all.length, "nobody is drawn twice");
    assert.ok(drawn.every((link) => all.includes(link)));
  });
  const looker = await clerk("老季", "small");
  await open(looker, "/desk/calls", "抽查回访");
  await looker.locator(".calls__row").first().waitFor();
  assert.equal(await looker.getByRole("button", { name: /抽取|记下/ }).count(), 0, "who only looks is offered nothing");
  await expectNoAxeViolations(looker);
  await expectNoSidewaysScroll(looker);
  expectQuiet(looker, [LOGGED_OUT]);
  expectQuiet(office, [LOGGED_OUT, /422/]);
});

test("the library: no reason without a way out; a new one stands in the declining form at once and reaches the resident", async () => {
  const admin = await clerk("小管");
  const journey = new Journey(admin, "library", { axe: false });
  await journey.step("打开", async () => {
    await open(admin, "/desk/library", "理由与去处");
    await admin.locator(".library details").first().waitFor();
  });
  const declining = admin.locator("section", { has: admin.getByRole("heading", { name: "不予受理的理由" }) });
  const add = declining.locator("details", { hasText: "加一条" });
  await journey.step("没有去处", async () => {
    await add.locator("summary").click();
    await add.getByLabel("理由或名称").fill("宅基地纠纷，由镇里的调解室管");
    await add.getByRole("button", { name: "保存" }).click();
    await add.getByText("请写明来信人可以去哪里").waitFor();
    assert.equal(await add.locator(".field__error").count(), 1);
    await admin.waitForFunction(() => document.activeElement?.name === "way_out");
  }, { axe: true });
  await journey.step("写上去处", async () => {
    const other = declining.locator("details").first();
    await other.locator("summary").click();
    await other.getByLabel("去处或电话").fill("还没写完");
    await add.getByLabel("去处或电话").fill("云帆街道人民调解室，0590-555-0166");
    await add.getByRole("button", { name: "保存" }).click();
    await admin.locator(".toast", { hasText: "已保存" }).waitFor();
    await declining.locator("summary", { hasText: "宅基地纠纷" }).waitFor();
    assert.equal(await other.getByLabel("去处或电话").inputValue(), "还没写完", "what is half typed beside it stays");
    assert.equal(await add.getByLabel("理由或名称").inputValue(), "", "the next new one begins empty");
  });

  const person = await resident(server.url, "19900000520");
  const { no } = await write(person, { body: "邻居把院墙往我家宅基地里砌了半米，说了几次都不听。" });
  const office = await clerk("程主任");
  const desk = new Journey(office, "library-used", { axe: false });
  await desk.step("不予受理用新理由", async () => {
    await openLetter(office, "office", "new", no);
    await begin(office, "decline");
    await office.locator("#desk-form").getByText("云帆街道人民调解室").waitFor();
    await office.locator("#desk-form label", { hasText: "宅基地纠纷" }).click();
    await fill(office, { text: "院墙的界线要先请调解室的同志量一量。" });
    await send(office);
  });
  const reader = await visit(browser, "phone", server.url);
  await person.enter(reader);
  await openReady(reader, `/mine/${no}`);
  const text = await reader.locator("main").innerText();
  assert.match(text, /宅基地纠纷，由镇里的调解室管/);
  assert.match(text, /0590-555-0166/, "the way out reaches the resident");

  await desk.step("主任只看", async () => {
    await open(office, "/desk/library", "理由与去处");
    await office.getByText("宅基地纠纷").waitFor();
    await office.getByText("修改由系统管理员来做").waitFor();
    assert.equal(await office.getByRole("button", { name: "保存" }).count(), 0, "no button that would be refused");
  }, { axe: true });
  await journey.step("停用", async () => {
    const entry = declining.locator("details", { hasText: "宅基地纠纷" });
    await entry.locator("summary").click();
    await entry.locator("label", { hasText: "在用" }).click();
    await entry.getByRole("button", { name: "保存" }).click();
    await declining.locator("summary", { hasText: "宅基地纠纷" }).getByText("停用").waitFor();
  });
  const chief = await staff(server.url, "chief");
  const { decline_reasons: reasons } = await chief.get("/desk/options");
  assert.ok(reasons.every((reason) => !reason.text.includes("宅基地纠纷")), "out of use");
  const small = await clerk("小管", "small");
  await open(small, "/desk/library", "理由与去处");
  await small.locator(".library details summary").last().click();
  await expectNoAxeViolations(small);
  await expectNoSidewaysScroll(small);
  expectQuiet(admin, [LOGGED_OUT, /422/]);
  for (const page of [office, small]) expectQuiet(page, [LOGGED_OUT]);
  expectQuiet(reader);
});
