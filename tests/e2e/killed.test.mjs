// Scenario 15: a photo survives whatever is wrong elsewhere, and a letter survives the death of its tab and of the whole
// browser in the middle of a word.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { resident, staff, write } from "../support/api.mjs";
import { expectQuiet, launch, launchKept, openReady, ready, visit } from "../support/browser.mjs";
import { FOUND, kept, photosShown, upToPhotos } from "../support/drafts.mjs";
import { LOGGED_OUT, goOn, goOnToCheck, goOnToPhotos, photo, question, receipt, shownCode } from "../support/people.mjs";
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

const NOT_A_PHOTO = { name: "不是照片.png", mimeType: "image/png", buffer: Buffer.from("这不是图片") };
const wrong = (page) => page.locator("#error-summary").waitFor();

test("scenario 15: one photo goes through every mistake there is and arrives with the letter", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToPhotos(page);
  const input = page.locator("input[type=file]").first();
  await input.setInputFiles([photo()]);
  await page.getByText("已传好").waitFor();
  // On its own page: another file that is none.
  await input.setInputFiles([NOT_A_PHOTO]);
  await page.getByText(/不是照片，请选/).first().waitFor();
  await goOn(page);
  await wrong(page);
  assert.equal(await photosShown(page), 2);
  await page.getByRole("button", { name: /移除/ }).last().click();
  assert.equal(await photosShown(page), 1);
  await goOn(page);
  // On the next page: a name that was promised.
  await question(page, "再确认几样");
  await page.getByLabel("公开稿上也写").check();
  await goOn(page);
  await wrong(page);
  await page.getByLabel("怎么称呼您").fill("李女士");
  await goOn(page);
  await question(page, "检查一下再提交");
  assert.equal(await page.locator(".check img").count(), 1);
  // On an earlier page, gone back to: no words left.
  await page.locator("button[value='goto:what']").first().click();
  await question(page, "发生了什么事");
  const words = await page.getByLabel("发生了什么事").inputValue();
  await page.getByLabel("发生了什么事").fill("");
  await goOn(page);
  await wrong(page);
  await page.getByLabel("发生了什么事").fill(words);
  await goOn(page);
  await question(page, "检查一下再提交");
  assert.equal(await page.locator(".check img").count(), 1);
  // A wrong number, a wrong code.
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByLabel("手机号").fill("12345");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await wrong(page);
  await page.getByLabel("手机号").fill("19900000301");
  await page.getByRole("button", { name: "获取验证码" }).click();
  const code = await shownCode(page);
  await page.getByLabel("短信验证码").fill(code === "000000" ? "111111" : "000000");
  await page.getByRole("button", { name: "提交意见" }).click();
  await wrong(page);
  await page.getByLabel("短信验证码").fill(code);
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  const letter = await (await page.request.get(`/api/v1/messages/${no}`)).json();
  assert.equal(letter.pictures.length, 1, "the photo is with the letter");
  expectQuiet(page, [LOGGED_OUT, /422/, /401.*\/otp\/verify\)/]);
});

test("scenario 15: without scripts the photo stays as well", async () => {
  const page = await visit(browser, "noscript", server.url);
  await page.goto("/write");
  await page.getByLabel("发生了什么事").fill("楼道的灯不亮，老人摔了一跤，请尽快修好。");
  await goOnToPhotos(page);
  // A good one and a bad one at once: the good one stays.
  await page.locator("input[type=file]").first().setInputFiles([photo(), NOT_A_PHOTO]);
  await goOn(page);
  await wrong(page);
  assert.equal(await photosShown(page), 1);
  await goOn(page);
  await question(page, "再确认几样");
  await page.getByLabel("公开稿上也写").check();
  await goOn(page);
  await wrong(page);
  await page.getByLabel("怎么称呼您").fill("李女士");
  await goOn(page);
  await question(page, "检查一下再提交");
  assert.equal(await page.locator(".check img").count(), 1);
});

for (const kind of ["phone", "noscript"]) {
  test(`scenario 15: a photo for the station's question stays when the words are missing (${kind})`, async () => {
    const person = await resident(server.url, kind === "phone" ? "19900000302" : "19900000303");
    const office = await staff(server.url, "chief");
    const { no } = await write(person);
    await office.act(no, { type: "ask_info", text: "是哪一盏灯？请拍一张照片。" });
    const page = await visit(browser, kind, server.url);
    await person.enter(page);
    await page.goto(`/mine/${no}`);
    if (kind === "phone") await ready(page);
    await page.locator("#info-file").setInputFiles([photo()]);
    const send = page.locator("button[name=do][value=info]");
    await send.click();
    await wrong(page);
    if (kind === "noscript") {
      await page.getByRole("img", { name: /照片|图片/ }).first().waitFor();
      // Another one, and it may be taken back.
      await page.locator("#info-file").setInputFiles([photo("二.png", 90)]);
      await send.click();
      await wrong(page);
      assert.equal(await photosShown(page), 2);
      await page.getByRole("button", { name: /移除/ }).last().click();
      await page.waitForLoadState();
      assert.equal(await photosShown(page), 1);
    }
    await page.locator("#info-text").fill("菜场门口左手第二盏，照片里的这一盏。");
    await send.click();
    await page.getByText("菜场门口左手第二盏").first().waitFor();
    const letter = await person.get(`/messages/${no}`);
    const given = letter.timeline.find((event) => event.kind === "info_given");
    assert.equal(given.pictures.length, 1, "the photo is with the answer");
  });
}

test("scenario 15: a tab killed in the middle of a word gives text, photo and answers back", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToPhotos(page);
  await page.locator("input[type=file]").first().setInputFiles([photo("一.png", 90)]);
  await page.getByText("已传好").waitFor();
  // The next one is on its way when the tab dies.
  await page.route("**/api/v1/uploads", () => {});
  await page.locator("input[type=file]").first().setInputFiles([photo("二.png", 160)]);
  await page.getByText(/正在上传/).waitFor();
  await openReady(page, "/write");
  const body = page.getByLabel("发生了什么事");
  await body.focus();
  await page.keyboard.press("Control+End");
  // Without a pause: nothing may wait for the writer to stop.
  const typing = page.keyboard.type("东门那边也是这样，".repeat(40), { delay: 100 }).catch(() => {});
  await kept(page, "东门那边也是这样");
  const later = await page.context().newPage();
  const session = await page.context().newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await page.waitForEvent("crash");
  await typing;
  await openReady(later, "/write");
  await later.getByText(FOUND).waitFor();
  assert.match(await later.getByLabel("发生了什么事").inputValue(), /排水沟堵了.*东门那边也是这样/s);
  await later.goto("/write?step=photos");
  await ready(later);
  await later.getByText("已传好").nth(1).waitFor();
  await goOnToCheck(later);
  const check = await later.locator("main").innerText();
  assert.match(check, /船坞里/);
  assert.equal(await later.locator(".check img").count(), 2, "both photos are there");
});

test("scenario 15: a browser that is killed whole finds the letter when it is started again", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "liaison-profile-"));
  let first;
  let second;
  try {
    first = await launchKept(folder, server.url);
    await upToPhotos(first.page);
    await first.page.locator("input[type=file]").first().setInputFiles([photo()]);
    await first.page.getByText("已传好").waitFor();
    await kept(first.page, "排水沟堵了");
    await first.kill();
    second = await launchKept(folder, server.url);
    await openReady(second.page, "/write");
    await second.page.getByText(FOUND).waitFor();
    await second.page.getByRole("button", { name: "接着写" }).click();
    await question(second.page, "有照片吗");
    await second.page.getByText("已传好").waitFor();
  } finally {
    await (second ?? first)?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
