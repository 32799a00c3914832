// Nothing is lost: the draft survives reload, back and closing the tab; photos survive a mistake elsewhere.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { anotherTab, expectQuiet, launch, openReady, ready, visit } from "../support/browser.mjs";
import { LETTER, choose, goOn, photo, question, receipt, shownCode } from "../support/people.mjs";
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

async function upToPhotos(page) {
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill(LETTER.body);
  await goOn(page);
  await question(page, "事情在哪里");
  await choose(page.getByLabel("街道或社区"), "船坞里");
  await page.getByLabel(/具体位置/).fill(LETTER.place);
  await goOn(page);
  await question(page, "想写给谁");
  await goOn(page);
  await question(page, "有照片吗");
}

const photosShown = (page) => page.locator(".photos > li").count();

test("text, choices and photos come back after reload, back, and a closed tab", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToPhotos(page);
  await page.locator("input[type=file]").first().setInputFiles([photo("一.png", 90), photo("二.png", 160)]);
  await page.getByText("已传好").nth(1).waitFor();
  const before = await photosShown(page);
  assert.ok(before >= 2, "both photos are listed");

  await page.reload();
  await ready(page);
  await page.getByText("已传好").nth(1).waitFor();
  assert.equal(await photosShown(page), before, "photos are there after a reload");

  await page.goBack();
  await question(page, "想写给谁");
  await page.goBack();
  await question(page, "事情在哪里");
  assert.equal(await page.getByLabel(/具体位置/).inputValue(), LETTER.place);

  const later = await anotherTab(page);
  await page.close();
  await openReady(later, "/write");
  await later.getByText(/写到一半的意见还在/).waitFor();
  await later.getByRole("button", { name: "继续写" }).click();
  await later.goto("/write?step=check");
  await ready(later);
  await question(later, "检查一下再提交");
  const text = await later.locator("main").innerText();
  assert.match(text, /排水沟堵了/);
  assert.match(text, /船坞里/);
  assert.equal(await later.locator(".check img").count(), 2, "both photos are on the check page");
  expectQuiet(later);
});

test("a mistake elsewhere costs neither photo nor text", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToPhotos(page);
  await page.locator("input[type=file]").first().setInputFiles([photo()]);
  await page.getByText("已传好").waitFor();
  await page.locator("input[type=file]").first().setInputFiles([
    { name: "不是照片.png", mimeType: "image/png", buffer: Buffer.from("这不是图片") },
  ]);
  await page.getByText(/不是照片，请选/).first().waitFor();
  assert.equal(await page.getByText("已传好").count(), 1, "the good photo stays");
  await page.getByRole("button", { name: /移除/ }).last().click();
  await goOn(page);
  await question(page, "再确认几样");
  await page.getByLabel("怎么称呼您").fill("");
  await page.getByLabel("公开稿上也写").check();
  await goOn(page);
  await page.getByRole("heading", { name: /需要修改/ }).waitFor();
  await page.getByLabel("谁也不给看，只写“居民”").check();
  await goOn(page);
  await question(page, "检查一下再提交");
  assert.equal(await page.locator(".check img").count(), 1, "the photo is still there");
});

test("an answer lost on the way and a second press make one letter", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToPhotos(page);
  await goOn(page);
  await question(page, "再确认几样");
  await goOn(page);
  await question(page, "检查一下再提交");
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByLabel("手机号").fill("19900000073");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  // The server gets the letter; the answer never arrives.
  let lost = 0;
  await page.route("**/api/v1/messages", async (route) => {
    if (lost === 0) {
      lost += 1;
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByText(/不会变成两份|网络/).first().waitFor();
  await page.getByRole("button", { name: "提交意见" }).click();
  const kept = await receipt(page);
  await openReady(page, "/mine");
  await page.getByText(kept.no).first().waitFor();
  assert.equal(await page.locator("main").getByText(/TH-\d{4}-\d{6}/).count(), 1, "exactly one letter");

  await page.goBack();
  await page.goBack();
  assert.equal(await page.getByRole("button", { name: "提交意见" }).count(), 0, "Back does not offer to send again");
});
