// A unit's work: signed, handed one level down, noted and begun there with a picture, replied to in parts from a kept
// text; the office reads each warning before the answer goes out, and the resident reads it with its picture.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { LOGGED_OUT, atDesk, photo } from "../support/people.mjs";
import { accept, act, begin, fill, openLetter, send } from "../support/staff.mjs";
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

/** A resident, logged in, who has handed a letter in; answers its number. */
async function handIn(page, phone, body) {
  const headers = { "X-Requested-With": "liaison", Origin: server.url };
  const post = async (path, data, more = {}) => {
    const answer = await page.request.post(`/api/v1${path}`, { headers: { ...headers, ...more }, data });
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return answer.json();
  };
  const challenge = await post("/auth/otp", { phone });
  await post("/auth/otp/verify", { challenge_id: challenge.challenge_id, code: challenge.demo_code });
  const letter = { body, kind: "help", station: "yunfan", name_shown: "hidden", consent_publish: false };
  const receipt = await post("/messages", letter, { "Idempotency-Key": `units-${phone}` });
  return receipt.no;
}

/** A letter that lies with the housing bureau. */
async function assigned(resident, office, phone, body, kind = "normal") {
  const no = await handIn(resident, phone, body);
  await accept(office, no, { class: kind });
  await act(office, "assign", { lead: "住房和城乡建设局" });
  return no;
}

/** Waits until a picture of the open form has arrived. */
const arrived = (page) => page.locator("#desk-form .attach__one").first().waitFor();

const DONE = "9月2日上午已经更换三号楼电梯的控制柜和钢丝绳，下午检验合格，傍晚恢复运行。";

test("a unit hands work down, replies in parts with a picture, and the office reads the warning first", async () => {
  const resident = await visit(browser, "phone", server.url);
  const office = await visit(browser, "desktop", server.url);
  const unit = await visit(browser, "desktop", server.url);
  const street = await visit(browser, "phone", server.url);
  await atDesk(office, "程主任");
  await atDesk(unit, "贺工");
  await atDesk(street, "小葛");

  const earlier = await assigned(resident, office, "19900000091", "三号楼的电梯停了三天，老人下不了楼，请尽快修好。");
  await openLetter(unit, "unit", "to_sign", earlier);
  await act(unit, "sign", { section: "物业管理科", officer: "贺工" });
  await act(unit, "submit_reply", { outcome: "A", done: DONE, contact: "物业管理科 0590-555-0101", signed_off_by: "崔副局长" });
  await openLetter(office, "office", "review", earlier);
  await act(office, "release");

  const no = await assigned(resident, office, "19900000092", "五号楼的电梯也停了，按了没有反应，家里有老人和孩子。");
  await openLetter(unit, "unit", "to_sign", no);
  await act(unit, "sign", { section: "物业管理科", officer: "贺工" });
  await act(unit, "contacted", { stage: "before", text: "问清了是五号楼二单元。" });
  await unit.getByText(/三次沟通 1\/3/).first().waitFor();
  await act(unit, "delegate", { unit_id: "云帆街道", text: "请先到现场看一下。" });
  await unit.locator(".tasks").getByText("具体办理").waitFor();

  await openLetter(street, "unit", "working", no);
  await street.getByText("转到我单位办").first().waitFor();
  await begin(street, "progress_note");
  await fill(street, { text: "今天已到现场，控制柜烧了。", public: "yes" });
  await street.locator("#desk-form input[type=file]").setInputFiles([photo("现场.png", 100)]);
  await arrived(street);
  await expectNoAxeViolations(street);
  await expectNoSidewaysScroll(street);
  await send(street);
  await begin(street, "draft_begun");
  await fill(street, { found: "9月2日到五号楼看过，控制柜进水烧坏。" });
  await street.getByText(/已保存/).waitFor();
  await send(street);
  assert.equal(await street.locator("#act-submit_reply").count(), 0, "the reply stays the unit's");

  await unit.reload();
  await begin(unit, "submit_reply");
  assert.match(await unit.locator('#desk-form [name="found"]').inputValue(), /控制柜进水/, "the street's draft");
  await unit.locator("#f-template").selectOption({ label: "A 已经办好" });
  await unit.locator(".templates__said", { hasText: "已填入模板" }).waitFor();
  assert.match(await unit.locator('#desk-form [name="plan"]').inputValue(), /【/, "an empty part is filled");
  assert.match(await unit.locator('#desk-form [name="found"]').inputValue(), /控制柜进水/, "a written one stays");
  await fill(unit, { outcome: "A", found: "", done: DONE, plan: "", contact: "物业管理科 0590-555-0101", signed_off_by: "崔副局长" });
  await unit.locator("#desk-form input[type=file]").setInputFiles([photo("修好.png", 160)]);
  await arrived(unit);
  await unit.locator(".lint").getByText(new RegExp(`和 ${earlier} 的答复有`)).waitFor();
  await unit.locator(".lint").getByText("发出前要确认").first().waitFor();
  await expectNoAxeViolations(unit);
  await unit.getByRole("button", { name: "预览" }).click();
  await unit.locator("dialog[open] .answer .pictures img").waitFor();
  await unit.keyboard.press("Escape");
  await send(unit);

  await openLetter(office, "office", "review", no);
  await office.locator(".part .lint__list").getByText("发出前要确认").waitFor();
  await begin(office, "release");
  await office.locator("#desk-form button[type=submit]").click();
  await office.locator("#desk-form .errors").getByText("答复检查的提醒").waitFor();
  await expectNoAxeViolations(office);
  await office.locator('#desk-form [name="acknowledged"]').first().check({ force: true });
  await send(office);

  await openReady(resident, `/mine/${no}`);
  const answer = resident.locator(".answer");
  await answer.getByText("傍晚恢复运行").waitFor();
  await answer.locator(".pictures img").scrollIntoViewIfNeeded();
  const seen = await answer.locator(".pictures img").evaluate((image) => image.decode().then(() => image.naturalWidth));
  assert.ok(seen > 0, "the picture is there to be seen");
  await expectNoAxeViolations(resident);
  await expectNoSidewaysScroll(resident);
  for (const page of [resident, office, unit, street]) expectQuiet(page, [LOGGED_OUT]);
});

/** Presses Tab until the wanted element has focus. */
async function tabTo(page, locator, what) {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${what} is not reached by Tab`);
}

test("a reply by keyboard alone, found on the board", async () => {
  const resident = await visit(browser, "phone", server.url);
  const office = await visit(browser, "desktop", server.url);
  const unit = await visit(browser, "desktop", server.url);
  await atDesk(office, "程主任");
  await atDesk(unit, "贺工");
  const no = await assigned(resident, office, "19900000093", "七号楼楼道里的灯坏了两个星期，晚上看不见台阶。", "urgent");
  await openLetter(unit, "unit", "to_sign", no);
  await act(unit, "sign", { section: "物业管理科", officer: "贺工" });
  const title = await unit.locator(".pane__title").innerText();

  await unit.goto("/desk/unit/board");
  await unit.getByRole("heading", { level: 1, name: "任务看板" }).waitFor();
  const link = unit.locator("table.unit-board").getByRole("link", { name: title });
  await link.first().waitFor();
  await expectNoAxeViolations(unit);
  await expectNoSidewaysScroll(unit);
  await tabTo(unit, link.first(), "the letter on the board");
  await unit.keyboard.press("Enter");
  await unit.locator(".pane__no", { hasText: no }).waitFor();

  await unit.keyboard.press("r");
  await unit.locator("#desk-form").waitFor();
  await unit.waitForFunction(() => document.activeElement?.id === "desk-form-title");
  await tabTo(unit, unit.locator('#desk-form [name="outcome"]').first(), "the outcome");
  await unit.keyboard.press("Space");
  await tabTo(unit, unit.locator('#desk-form [name="done"]'), "what was done");
  await unit.keyboard.type("七号楼楼道的灯昨天全部换成声控灯，夜里复查都亮。");
  await tabTo(unit, unit.locator('#desk-form [name="contact"]'), "whom to call");
  await unit.keyboard.type("物业管理科 0590-555-0101");
  await tabTo(unit, unit.locator("#desk-form button[type=submit]"), "the button");
  await unit.keyboard.press("Enter");
  await unit.locator("#desk-form .errors").getByText("签发人").waitFor();
  await tabTo(unit, unit.locator('#desk-form [name="signed_off_by"]'), "who signs");
  await unit.keyboard.type("崔副局长");
  await unit.keyboard.press("Enter");
  await unit.locator("#desk-form").waitFor({ state: "detached" });
  await unit.locator(".pane__chips", { hasText: "答复待审" }).waitFor();

  const phone = await visit(browser, "phone", server.url);
  await atDesk(phone, "贺工");
  await phone.goto("/desk/unit/board");
  await phone.locator(".unit-board-list").getByRole("link", { name: title }).first().waitFor();
  await expectNoAxeViolations(phone);
  await expectNoSidewaysScroll(phone);
  // The note that writing has begun may come in between: the page sends the reply once more.
  for (const page of [unit, phone]) expectQuiet(page, [LOGGED_OUT, /409.*\/events\)/]);
});
