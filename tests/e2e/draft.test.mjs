// Nothing is lost: drafts survive reload, back, a closed tab and an emptied browser; photos survive a mistake elsewhere.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { anotherTab, expectQuiet, launch, openReady, ready, visit } from "../support/browser.mjs";
import { LETTER, goOn, photo, question, receipt, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";
import { FOUND, emptyBrowser, kept, keptByServer, photosShown, startLetter, upToCheck, upToPhotos } from "../support/drafts.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

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
  await later.getByText(FOUND).waitFor();
  await later.getByRole("button", { name: "接着写" }).click();
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
  await goOn(page);
  await page.getByRole("heading", { name: /需要修改/ }).waitFor();
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

test("several letters lie beside each other: continued, thrown away, and the one in hand stays", async () => {
  const page = await visit(browser, "phone", server.url);
  await startLetter(page, "第一封：路灯坏了三天，晚上看不清路。");
  await page.reload();
  await ready(page);
  await page.getByText(FOUND).waitFor();
  await page.getByRole("button", { name: "另写一封" }).click();
  const body = page.getByLabel("发生了什么事");
  await page.waitForFunction(() => document.querySelector("textarea[name=body]")?.value === "");
  await body.fill("第二封：电梯又停了，老人下不了楼。");
  await kept(page, "第二封");

  const list = page.locator("section.shelf").filter({ hasText: "没写完的意见（1份）" });
  await list.getByText("第一封").first().waitFor();
  assert.match(await list.innerText(), /\d+月\d+日 .午\d+:\d\d|\d+月\d+日 (凌晨|晚上)\d+:\d\d/);
  assert.match(await list.innerText(), /30天没动过的会自动删除/);
  await list.getByRole("button", { name: /接着写/ }).click();
  await page.waitForFunction(() => document.querySelector("textarea[name=body]")?.value.startsWith("第一封"));
  await page.locator("section.shelf").getByText("第二封").first().waitFor();

  await openReady(page, "/mine");
  const mine = page.locator("section.shelf").filter({ hasText: "没写完的意见（2份）" });
  await mine.waitFor();
  page.once("dialog", (dialog) => dialog.accept());
  await mine.locator("li").filter({ hasText: "第二封" }).getByRole("button", { name: /删掉/ }).click();
  await page.getByText("没写完的意见（1份）").waitFor();
  await page.locator("section.shelf").getByRole("button", { name: /接着写/ }).click();
  await page.waitForFunction(() => document.querySelector("textarea[name=body]")?.value.startsWith("第一封"));
  expectQuiet(page, [/401.*\/api\/v1\/me\)/]);
});

test("two tabs on one draft: what was typed in either is kept", async () => {
  const page = await visit(browser, "phone", server.url);
  await startLetter(page, "共同的开头，写到这里。");
  const other = await anotherTab(page);
  await openReady(other, "/write");
  await other.getByText(FOUND).waitFor();
  await other.getByLabel("发生了什么事").fill("共同的开头，这边接着写电梯。");
  await kept(other, "电梯");
  await page.getByLabel("发生了什么事").fill("共同的开头，那边接着写路灯。");
  await kept(page, "路灯");
  const texts = await page.evaluate(readDrafts);
  assert.ok(texts.some((text) => text.includes("接着写电梯")), `${texts}`);
  assert.ok(texts.some((text) => text.includes("接着写路灯")), `${texts}`);
  await page.getByText("两份都留着").waitFor();
});

test("words of the moment before a reload belong to the letter they were written in", async () => {
  const page = await visit(browser, "phone", server.url);
  await startLetter(page, "楼道里的灯坏了。");
  await kept(page, "坏了");
  // The page goes away before its last write is done.
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = function () {
      return this.get("nothing");
    };
  });
  const words = page.getByLabel("发生了什么事");
  await words.press("End");
  await page.keyboard.type("已经一个月了，");
  await page.reload();
  await ready(page);
  assert.equal(await words.inputValue(), "楼道里的灯坏了。已经一个月了，");
  await words.press("End");
  await page.keyboard.type("请派人来修。");
  await kept(page, "派人来修");
  const drafts = await page.evaluate(readDrafts);
  const bodies = drafts.map((draft) => JSON.parse(draft).body);
  assert.deepEqual(bodies, ["楼道里的灯坏了。已经一个月了，请派人来修。"], "one letter");
  assert.equal(await page.getByText("两份都留着").count(), 0);
});

test("name and phone never lie in localStorage, whatever happens to the page", async () => {
  const page = await visit(browser, "phone", server.url);
  // Whatever is ever put there is noted, also what is removed again.
  await page.addInitScript(() => {
    const put = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (this === window.localStorage) {
        const seen = JSON.parse(window.sessionStorage.getItem("seen") ?? "[]");
        put.call(window.sessionStorage, "seen", JSON.stringify([...seen, `${key}=${value}`]));
      }
      return put.call(this, key, value);
    };
  });
  await upToCheck(page, { name: "欧阳某某" });
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByLabel("手机号").fill("19900000074");
  // Killed in the middle of a word, as a phone does.
  const killed = () => page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  await killed();
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await killed();
  await page.goto("/write");
  await ready(page);
  await page.getByLabel("发生了什么事").fill(`${LETTER.body}再补一句。`);
  await killed();
  const seen = await page.evaluate(() => window.sessionStorage.getItem("seen") ?? "");
  assert.match(seen, /再补一句/, "the last words are kept in a hurry, so the test sees what it looks at");
  for (const secret of ["欧阳某某", "19900000074", "199****0074"]) {
    assert.ok(!seen.includes(secret), `${secret} lay in localStorage: ${seen}`);
  }
  // In IndexedDB they are: nobody types them twice.
  await page.reload();
  await ready(page);
  await page.goto("/write?step=more");
  await ready(page);
  assert.equal(await page.getByLabel("怎么称呼您").inputValue(), "欧阳某某");
  assert.match(await page.evaluate(() => JSON.stringify({ ...window.localStorage })), /^(?!.*欧阳).*$/);
});

test("the hurried copy of an older version, which held the phone, is taken over and removed", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/help");
  await page.evaluate(() => {
    const draft = {
      saved_at: Date.now(), step: "what", key: null, body: "旧版本写到一半的话，还没写完。", title: "", kind: null, category: "",
      category_by_resident: false, area: "", place: "", deputy: "", station: "", name: "旧名字", name_shown: "hidden",
      consent: null, phone: "19900000075", photos: [], challenge: null,
    };
    window.localStorage.setItem("liaison.letter", JSON.stringify(draft));
  });
  await openReady(page, "/write");
  await page.getByText(FOUND).waitFor();
  assert.match(await page.getByLabel("发生了什么事").inputValue(), /旧版本写到一半/);
  const left = await page.evaluate(() => JSON.stringify({ ...window.localStorage }));
  assert.ok(!left.includes("旧名字") && !left.includes("19900000075"), left);
});

test("an emptied browser gets text, choices and photos back from the server", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToPhotos(page);
  await page.locator("input[type=file]").first().setInputFiles([photo("一.png", 90)]);
  await page.getByText("已传好").waitFor();
  await keptByServer(page, (draft) => draft.photos.length === 1);
  await emptyBrowser(page);
  await openReady(page, "/write");
  await page.getByText(FOUND).waitFor();
  assert.match(await page.getByLabel("发生了什么事").inputValue(), /排水沟堵了/);
  await page.getByRole("button", { name: "接着写" }).click();
  await question(page, "有照片吗");
  await page.getByText("已传好").waitFor();
  await page.goBack();
  // Thrown away here, it is not found again there.
  await openReady(page, "/mine");
  page.once("dialog", (dialog) => dialog.accept());
  await page.locator("section.shelf").getByRole("button", { name: /删掉/ }).click();
  await page.getByText("已经删掉").first().waitFor();
  await emptyBrowser(page);
  await openReady(page, "/write");
  await page.waitForLoadState("networkidle");
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), "");
});

test("a browser that refuses to store says so, and the letter still goes", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "SecurityError");
    };
  });
  await upToCheck(page);
  await page.getByText(/这台设备不让保存草稿/).waitFor();
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByLabel("手机号").fill("19900000076");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "提交意见" }).click();
  await receipt(page);
  expectQuiet(page);
});

test("a full device says that a photo lies on this page only, and it goes along all the same", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (value instanceof Blob) throw new DOMException("full", "QuotaExceededError");
      return put.call(this, value, key);
    };
  });
  await upToPhotos(page);
  await page.locator("input[type=file]").first().setInputFiles([photo()]);
  await page.getByText(/照片只存在这个页面里/).waitFor();
  await page.getByText("已传好").waitFor();
  await goOn(page);
  await question(page, "再确认几样");
  await goOn(page);
  await question(page, "检查一下再提交");
  assert.equal(await page.locator(".check img").count(), 1);
});

test("a login that ends meanwhile costs no word", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToCheck(page);
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByLabel("手机号").fill("19900000077");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "提交意见" }).click();
  await receipt(page);
  // Another letter, logged in; the session ends before it is sent.
  await upToCheck(page);
  await page.context().clearCookies({ name: "sid" });
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByText(/登录过期了，请再验证一次手机号。您写的内容都在/).first().waitFor();
  await page.getByLabel("手机号").fill("19900000078");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  await page.goBack();
  await page.getByText("这份意见刚才已经提交").waitFor();
  assert.ok((await page.locator("main").innerText()).includes(no), "Back shows the number, not a letter to send");
  assert.equal(await page.getByRole("button", { name: "提交意见" }).count(), 0);
});

/** Every draft on the device, as text. */
function readDrafts() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("liaison");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction("drafts").objectStore("drafts").getAll();
      all.onsuccess = () => resolve(all.result.filter((value) => typeof value === "string"));
    };
  });
}
