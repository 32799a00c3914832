// From a talk at a reception to a letter in the visitor's words, seen in the ledger, printed and taken along; and paper
// ledgers taken over.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk } from "../support/people.mjs";
import { bookedReception } from "../support/reception.mjs";
import { startServer } from "../support/server.mjs";

const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };
const SENT_BACK = /status of 422/;
const WORDS = "学府路从菜场到小学这一段的路灯坏了三个星期，晚上接孩子的老人摔过两次。";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("called, written down by two deputies, a letter in the visitor's words, in the ledger, in Excel", async () => {
  const office = await visit(browser, "desktop", server.url, TABLET);
  await atDesk(office, "小棠");
  const { id, code, deputies, person } = await bookedReception(server, "王桂芳", "19900000072");
  await office.goto(`/desk/receptions/${id}/counter`);
  await office.locator("#code").fill(code);
  await office.locator('button[value="code"]').click();
  await office.locator(".counter__said").waitFor();
  await office.getByRole("button", { name: "叫下一位" }).click();
  await office.getByRole("link", { name: /^写接待记录 1 号/ }).click();

  // Prefilled from the queue; what is missing is said and nothing is lost.
  assert.equal(await office.locator("#visitor").inputValue(), "王桂芳");
  assert.equal(await office.locator("#topic").inputValue(), "学府路的路灯");
  for (const one of deputies) await office.locator(`[name="deputies"][value="${one.id}"]`).check({ force: true });
  await office.locator("#words").fill(WORDS);
  await office.locator('[name="outcome"][value="letter"]').check({ force: true });
  await office.getByRole("button", { name: "保存" }).click();
  await office.locator("#error-summary").getByText("怎样同意").waitFor();
  assert.equal(await office.locator("#words").inputValue(), WORDS);
  await expectNoAxeViolations(office);
  await expectNoSidewaysScroll(office);
  await picture(office, "notes-tablet-error");
  await office.locator("#consent").fill("念给她听过，口头同意");
  await office.getByRole("button", { name: "保存" }).click();
  await office.getByRole("heading", { name: "您的意见已经提交" }).waitFor();
  const codes = await office.locator(".slip__code").allInnerTexts();
  assert.match(codes[0], /^TH-\d{4}-\d{6}$/);
  await expectNoAxeViolations(office);
  await picture(office, "slip-letter");
  const paper = await expectPrinted(office, "slip-letter");
  assert.ok(paper.width < 240, `as narrow as a receipt: ${paper.width} points`);

  // Whoever booked finds it with their letters, in their own words.
  const letter = await person.get(`/messages/${codes[0]}`);
  assert.equal(letter.body, WORDS);

  await office.goto("/desk/ledger");
  await office.locator("#q").fill("路灯 王桂芳");
  await office.getByRole("button", { name: "查找", exact: true }).click();
  await office.waitForURL(/q=/);
  const row = office.locator(".row", { hasText: codes[0] });
  await row.waitFor();
  await expectNoAxeViolations(office);
  await expectNoSidewaysScroll(office);
  await picture(office, "ledger-tablet");
  const [file] = await Promise.all([
    office.waitForEvent("download"),
    office.getByRole("link", { name: "导出 Excel" }).click(),
  ]);
  const bytes = await readFile(await file.path());
  assert.equal(bytes.subarray(0, 2).toString(), "PK", "an Excel file");
  await office.getByRole("link", { name: "打印用的表" }).click();
  await office.locator(".ledger-table tbody tr", { hasText: codes[0] }).waitFor();
  await expectNoAxeViolations(office);
  const sheet = await expectPrinted(office, "ledger");
  assert.ok(sheet.width > sheet.height, "A4 across");

  // One record, on a phone.
  const phone = await visit(browser, "phone", server.url);
  await atDesk(phone, "小棠");
  await phone.goto("/desk/ledger");
  await expectNoAxeViolations(phone);
  await expectNoSidewaysScroll(phone);
  await picture(phone, "ledger-phone");
  await phone.getByRole("link", { name: "学府路的路灯" }).first().click();
  await phone.getByText("JD-").first().waitFor();
  await expectNoAxeViolations(phone);
  await expectNoSidewaysScroll(phone);
  await picture(phone, "record-phone");
  await phone.getByRole("link", { name: "修改" }).click();
  await phone.locator("#notes").fill("去年也坏过一次。");
  await phone.getByRole("button", { name: "保存" }).click();
  await phone.getByText("改好了").waitFor();
  for (const page of [office, phone]) expectQuiet(page, [LOGGED_OUT, SENT_BACK]);
});

/** The page comes out of a printer without the desk around it. */
async function expectPrinted(page, name) {
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".desk-head").isVisible()), "the desk's head is not printed");
  await picture(page, `${name}-print`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString("latin1"));
  await page.emulateMedia({ media: null });
  return { width: Number(width), height: Number(height) };
}

test("a deputy writes down a site visit on a phone, by keyboard", async () => {
  const deputy = await visit(browser, "phone", server.url);
  await atDesk(deputy, "陆知遥");
  await deputy.goto("/desk/ledger/new");
  await deputy.getByRole("heading", { name: "补记一条接待" }).waitFor();
  await deputy.locator("#topic").focus();
  await deputy.keyboard.type("地下车库积水");
  await deputy.locator("#words").focus();
  await deputy.keyboard.type("一下雨就积水，老人推车进不去。");
  await deputy.locator(".note-form__visit summary").focus();
  await deputy.keyboard.press("Enter");
  await deputy.locator("#visit_place").fill("船坞里3幢地下车库");
  await deputy.locator("#visit_seen").fill("积水半尺，排水沟堵了。");
  await deputy.locator("#outcome").focus();
  await deputy.keyboard.press("Space");
  await deputy.locator("#solved").waitFor({ state: "visible" });
  await expectNoAxeViolations(deputy);
  await expectNoSidewaysScroll(deputy);
  await picture(deputy, "notes-phone");
  await deputy.locator("#solved").fill("当场联系物业，下午疏通。");
  await deputy.keyboard.press("Tab");
  await deputy.getByRole("button", { name: "保存" }).press("Enter");
  await deputy.getByText("已保存").waitFor();
  await deputy.getByText("积水半尺").waitFor();
  expectQuiet(deputy, [LOGGED_OUT]);
});

test("a paper ledger is looked at, its good rows are kept, the bad ones are taken along", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "小棠");
  await office.goto("/desk/ledger/import");
  await expectNoAxeViolations(office);
  const text = "接待日期,来访人,接待代表,事由,处理方式\r\n2019-03-05,王桂芳,宋老,旧路灯,仅记录\r\n3月,李,宋老,公交,搁置\r\n";
  const select = office.locator("#station");
  if ((await select.inputValue()) === "") await select.selectOption({ index: 1 });
  await office.locator("#file").setInputFiles([{ name: "台账2019.csv", mimeType: "text/csv", buffer: Buffer.from(text) }]);
  await office.getByRole("button", { name: "先看一看" }).click();
  await office.getByText("1 条可以导入，1 条要改").waitFor();
  await expectNoAxeViolations(office);
  await expectNoSidewaysScroll(office);
  await picture(office, "import-preview");
  const [bad] = await Promise.all([
    office.waitForEvent("download"),
    office.getByRole("button", { name: "把要改的行下载下来" }).click(),
  ]);
  assert.match(await readFile(await bad.path(), "utf8"), /3月,李,宋老,公交,搁置,接待日期：/);
  await office.getByRole("button", { name: "先导入好的 1 条" }).click();
  await office.getByText("导入了 1 条").waitFor();
  await office.getByRole("link", { name: "只看历史台账" }).click();
  await office.locator(".row", { hasText: "旧路灯" }).getByText("历史台账").waitFor();
  await expectNoAxeViolations(office);
  expectQuiet(office, [LOGGED_OUT]);
});
