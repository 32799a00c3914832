// Whoever is quicker than the app goes on by plain forms, and the app goes on from wherever they are by then: with every
// answer, what is being typed, and a draft on the device.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints, expectNoSidewaysScroll, expectQuiet, holdBack, launch, openReady, ready, visit } from "../support/browser.mjs";
import { LETTER, choose, goOn, goOnToCheck, goOnToPhotos, photo, question, receipt, shownCode } from "../support/people.mjs";
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

/** The first question, written to a deputy, while the app's code is held back. Returns what lets it come. */
async function beginPlain(page) {
  const release = await holdBack(page, /\.wasm$/);
  await page.goto("/write?deputy=guchengyuan");
  await page.getByLabel("发生了什么事").fill(LETTER.body);
  return release;
}

const isPlain = async (page) => !(await page.locator("html[data-app=ready]").count());
const place = (page) => page.getByLabel(/具体位置/);

async function submit(page, phone) {
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await question(page, "留一个手机号");
  await page.getByLabel("手机号").fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "提交意见" }).click();
  return receipt(page);
}

test("the app goes on with a letter that was begun on plain forms, and keeps it on the device", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await beginPlain(page);
  await goOn(page);
  await question(page, "事情在哪里");
  assert.ok(await isPlain(page), "the first question was sent before the app was there");
  await choose(page.getByLabel("街道或社区"), "船坞里");
  await place(page).fill("船坞里3幢");
  const opened = await page.evaluate(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifts += entry.value;
    }).observe({ type: "layout-shift" });
    return performance.timeOrigin;
  });
  release();
  await ready(page);
  await question(page, "事情在哪里");
  assert.match(page.url(), /\/write\?step=where$/);
  assert.equal(await page.evaluate(() => performance.timeOrigin), opened, "no other page was loaded for it");
  assert.equal(await place(page).inputValue(), "船坞里3幢");
  await place(page).press("End");
  await page.keyboard.type("地下车库");
  await page.getByText("草稿已保存").waitFor();
  assert.equal(await page.evaluate(() => globalThis.shifts), 0, "nothing moves under the hands");
  await expectNoSidewaysScroll(page);

  assert.equal(await page.locator(".map").count(), 0, "the map would push away what is being filled in");

  // A reload, and whatever was written before the app was there is there.
  await page.reload();
  await ready(page);
  await question(page, "事情在哪里");
  assert.equal(await place(page).inputValue(), "船坞里3幢地下车库");
  await page.locator(".map").first().waitFor();
  await page.getByRole("button", { name: "上一步" }).click();
  await question(page, "发生了什么事");
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), LETTER.body);
  assert.equal(await page.getByText("没写完的").count(), 0, "it is one letter, and in hand");

  await goOn(page);
  await question(page, "事情在哪里");
  await goOn(page);
  await question(page, "想写给谁");
  assert.ok(await page.getByLabel(/顾承远/).first().isChecked());
  await goOn(page);
  await question(page, "有照片吗");
  await goOnToCheck(page);
  const check = await page.locator("main").innerText();
  assert.match(check, /排水沟堵了/);
  assert.match(check, /船坞里3幢地下车库/);
  await submit(page, "19900000091");
  expectQuiet(page);
});

test("photos and choices of plain forms come along, and nothing is asked for again", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await beginPlain(page);
  await goOnToPhotos(page);
  await page.locator("input[type=file]").first().setInputFiles([photo("一.png", 90), photo("二.png", 160)]);
  await page.getByRole("button", { name: /上传/ }).first().click();
  await page.locator("input[name=photo]").nth(1).waitFor({ state: "attached" });
  await goOn(page);
  await question(page, "再确认几样");
  assert.ok(await isPlain(page));
  await page.getByLabel("怎么称呼您").fill(LETTER.name);
  release();
  await ready(page);
  assert.equal(await page.getByLabel("怎么称呼您").inputValue(), LETTER.name);
  await goOn(page);
  await question(page, "检查一下再提交");
  await page.getByRole("button", { name: /修改.*照片/ }).click();
  await question(page, "有照片吗");
  await page.getByText("已传好").nth(1).waitFor();
  await goOn(page);
  await question(page, "检查一下再提交");
  const { no } = await submit(page, "19900000092");
  await openReady(page, `/mine/${no}`);
  await page.locator("main img").nth(1).waitFor();
  expectQuiet(page);
});

test("what is wrong stays on the plain page until it is right, and then the app comes", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await holdBack(page, /\.wasm$/);
  await page.goto("/write");
  await page.getByLabel("发生了什么事").fill("灯坏了");
  await goOn(page);
  await page.getByRole("alert").first().waitFor();
  release();
  assert.equal(await page.locator("script[data-bundle]").count(), 0, "an app would take away what is said to be wrong");
  await page.getByLabel("发生了什么事").fill(LETTER.body);
  await goOn(page);
  await question(page, "事情在哪里");
  await ready(page);
  await question(page, "事情在哪里");
  expectQuiet(page, [/422/]);
});

test("an app whose code stays away leaves the plain form as it is, with its address", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await beginPlain(page);
  await page.route(/station_later\.wasm$/, (route) => route.abort());
  await goOn(page);
  await question(page, "事情在哪里");
  let failed = 0;
  page.on("requestfailed", (request) => {
    if (request.url().endsWith("station_later.wasm")) failed += 1;
  });
  release();
  // Asked for once more after a moment, and given up.
  while (failed < 2) await page.waitForTimeout(50);
  await page.waitForTimeout(500);
  assert.ok(await isPlain(page));
  assert.match(page.url(), /\/write$/, "a reload posts the form again and loses nothing");
  assert.equal(await page.locator(".boot-notice").count(), 0, "the form works, nothing has to be said");
  await place(page).fill("船坞里3幢");
  await goOn(page);
  await question(page, "想写给谁");
  assert.ok(complaints(page).every((line) => /station_later|Failed to load/.test(line)), complaints(page).join("\n"));
});

test("going back to the first question after the app has come finds the letter", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await beginPlain(page);
  await goOn(page);
  await question(page, "事情在哪里");
  release();
  await ready(page);
  await page.getByText("草稿已保存").waitFor();
  await page.goBack();
  await ready(page);
  await question(page, "发生了什么事");
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), LETTER.body);
  assert.equal(await page.getByText("没写完的").count(), 0, "it is one letter, and in hand");
});

test("a button of the plain page that is pressed while the app waits unseen is the plain page's", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await beginPlain(page);
  const releaseLater = await holdBack(page, /station_later\.wasm$/);
  const arrived = page.waitForResponse(/station_write\.wasm$/);
  await goOn(page);
  await question(page, "事情在哪里");
  release();
  await arrived;
  await place(page).fill("船坞里3幢");
  await goOn(page);
  await question(page, "想写给谁");
  assert.ok(await isPlain(page));
  releaseLater();
  await ready(page);
  await question(page, "想写给谁");
  await page.getByRole("button", { name: "上一步" }).click();
  await question(page, "事情在哪里");
  assert.equal(await place(page).inputValue(), "船坞里3幢");
  await page.getByRole("button", { name: "上一步" }).click();
  await question(page, "发生了什么事");
  assert.equal(await page.getByText("没写完的").count(), 0, "it is one letter, and in hand");
  expectQuiet(page);
});

test("a device whose store never answers does not keep the app away", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget();
  });
  const release = await beginPlain(page);
  await goOn(page);
  await question(page, "事情在哪里");
  await place(page).fill("船坞里3幢");
  release();
  await ready(page);
  await question(page, "事情在哪里");
  assert.equal(await place(page).inputValue(), "船坞里3幢");
  await page.getByRole("button", { name: "上一步" }).click();
  await question(page, "发生了什么事");
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), LETTER.body);
});

test("a letter that was sent already is said to be, and never sent under another key", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await beginPlain(page);
  release();
  await goOnToPhotos(page);
  await ready(page);
  await goOnToCheck(page);
  const keys = [];
  await page.route("**/api/v1/messages", (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const problem = { type: "about:blank", title: "", status: 422, code: "idempotency_mismatch", detail: "", request_id: "r" };
    return route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify(problem) });
  });
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await question(page, "留一个手机号");
  await page.getByLabel("手机号").fill("19900000093");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByText("已经提交过了").first().waitFor();
  await page.getByRole("button", { name: "提交意见" }).click();
  while (keys.length < 2) await page.waitForTimeout(50);
  assert.ok(keys[0] && keys[0] === keys[1], keys.join());
  expectQuiet(page, [/422/]);
});
