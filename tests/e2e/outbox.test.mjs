// A letter that was told to go goes: without a network when there is one again, once, whatever gets lost on the way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { anotherTab, expectNoSidewaysScroll, expectQuiet, launch, openReady, ready, visit } from "../support/browser.mjs";
import { photo, question, receipt, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";
import { ONE_OF_EACH, shelve, upToCheck, upToPhotos } from "../support/drafts.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const NO_NETWORK = [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/, /401.*\/api\/v1\/me\)/];
const WAITS = /等网络恢复后自动提交/;

/** Logs a resident in, as the last question does. */
async function loggedIn(page, phone) {
  await openReady(page, "/mine");
  await page.getByLabel("手机号").fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("button", { name: /^退出/ }).waitFor();
}

/** The numbers of this resident's letters. */
async function numbers(page) {
  const response = await page.request.get("/api/v1/me/messages");
  assert.equal(response.status(), 200);
  return (await response.json()).items.map((item) => item.no);
}

async function upToCode(page, phone, options) {
  await upToCheck(page, options);
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByLabel("手机号").fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
}

test("without a network the letter waits, visibly, and goes by itself: once", async () => {
  const page = await visit(browser, "phone", server.url);
  await loggedIn(page, "19900000081");
  await upToCheck(page, { words: "网断了也要交上去：河边的栏杆断了两根，很危险。" });
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "提交意见" }).click();
  await question(page, "还没交出去，先替您存着");
  await page.getByText(WAITS).waitFor();
  await page.context().setOffline(false);
  const { no } = await receipt(page);
  assert.deepEqual(await numbers(page), [no]);
  await page.goBack();
  assert.equal(await page.getByRole("button", { name: "提交意见" }).count(), 0, "Back does not offer to send again");
  expectQuiet(page, NO_NETWORK);
});

test("it survives a reload and a closed tab, and tells the number when it has gone", async () => {
  const page = await visit(browser, "phone", server.url);
  await loggedIn(page, "19900000082");
  await upToCheck(page, { words: "先断网再关页面：楼道的灯不亮，老人摔了一跤。" });
  await page.route("**/api/v1/messages", (route) => route.abort());
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByText(WAITS).waitFor();
  await page.reload();
  await ready(page);
  await page.getByText(WAITS).waitFor();
  const later = await anotherTab(page);
  await page.close();
  await openReady(later, "/mine");
  const card = later.locator(".shelf__one--out");
  await card.getByText(/已经提交/).waitFor();
  await card.getByRole("button", { name: /看编号和查询码/ }).click();
  const { no } = await receipt(later);
  assert.deepEqual(await numbers(later), [no]);
  await openReady(later, "/mine");
  await later.getByText(no).first().waitFor();
  assert.equal(await later.locator(".shelf__one--out").count(), 0, "what was looked at is put away");
});

test("an answer lost on the way makes one letter", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToCode(page, "19900000083");
  // The server gets the letter; the answer never arrives.
  let sent = 0;
  await page.route("**/api/v1/messages", async (route) => {
    sent += 1;
    if (sent === 1) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  assert.ok(sent >= 2, "it was sent again");
  assert.deepEqual(await numbers(page), [no], "exactly one letter");
});

test("two tabs do not make two letters of one, and the order is kept", async () => {
  const page = await visit(browser, "phone", server.url);
  await loggedIn(page, "19900000084");
  const keys = [];
  const arrived = [];
  let reachable = false;
  // One handler for both times: a try that comes by itself must not slip through between two.
  await page.context().route("**/api/v1/messages", async (route) => {
    const through = reachable;
    (through ? arrived : keys).push(await route.request().headerValue("idempotency-key"));
    await (through ? route.continue() : route.abort());
  });
  for (const words of ["第一件：井盖松了，车一过就响，半夜吵人。", "第二件：垃圾桶少，周末都堆在路边。"]) {
    await upToCheck(page, { words });
    await page.getByRole("button", { name: "提交意见" }).click();
    await page.getByText(WAITS).waitFor();
  }
  const [first, second] = [...new Set(keys)];
  const other = await anotherTab(page);
  for (const tab of [page, other]) await openReady(tab, "/mine");
  reachable = true;
  for (const tab of [page, other]) await tab.evaluate(() => window.dispatchEvent(new Event("online")));
  await other.getByText("已经提交", { exact: true }).nth(1).waitFor();
  const order = [...new Set(arrived)];
  assert.deepEqual(order, [first, second], "in the order they were told to go");
  assert.equal((await numbers(page)).length, 2, "two letters, not four");
});

test("a code that is over when the network returns is asked for anew, and nothing is lost", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToCode(page, "19900000085", { words: "验证码过期也不能丢：公交站的长椅坏了，没地方坐。" });
  await page.context().setOffline(true);
  await page.getByLabel("短信验证码").fill("000000");
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByText(WAITS).waitFor();
  await page.context().setOffline(false);
  await question(page, "请再验证一次手机号");
  await page.getByRole("button", { name: /验证手机号并提交/ }).click();
  await question(page, "留一个手机号");
  assert.equal(await page.getByLabel("手机号").inputValue(), "19900000085", "the number is there");
  // Another number: the same one may ask again only after a minute.
  await page.getByLabel("手机号").fill("19900000086");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  assert.deepEqual(await numbers(page), [no]);
});

test("a code typed without a network is used when there is one", async () => {
  const page = await visit(browser, "phone", server.url);
  await upToCode(page, "19900000087", { words: "码对了只是断网：小区门口的减速带翘起来了。" });
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByText(WAITS).waitFor();
  await page.context().setOffline(false);
  await receipt(page);
});

test("what waits can be taken back and changed", async () => {
  const page = await visit(browser, "phone", server.url);
  await loggedIn(page, "19900000088");
  await upToCheck(page, { words: "先写错了：东门的灯坏了，晚上黑得很。" });
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "提交意见" }).click();
  await page.getByRole("button", { name: /现在重试/ }).click();
  await page.getByText("还没有通，先存着，会接着自动重试").waitFor();
  await page.getByRole("button", { name: /撤回继续改/ }).click();
  await question(page, "检查一下再提交");
  await page.locator(".check__row").first().getByRole("button", { name: /修改/ }).click();
  await page.getByLabel("发生了什么事").fill("改对了：西门的灯坏了，晚上黑得很。");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "继续", exact: true }).click();
  await question(page, "检查一下再提交");
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  const letter = await (await page.request.get(`/api/v1/messages/${no}`)).json();
  assert.match(JSON.stringify(letter), /改对了/);
  assert.equal((await numbers(page)).length, 1);
});

test("the text goes first; photos that could not be sent follow by themselves", async () => {
  const page = await visit(browser, "phone", server.url);
  await loggedIn(page, "19900000089");
  await page.route("**/api/v1/uploads", (route) => route.abort());
  await upToPhotos(page, "照片随后补：河道里漂着一层油，味道很大。");
  await page.locator("input[type=file]").first().setInputFiles([photo("一.png", 90), photo("二.png", 160)]);
  await page.getByText("没传成功，请重试").nth(1).waitFor();
  await page.getByRole("button", { name: "继续", exact: true }).click();
  await question(page, "再确认几样");
  await page.getByRole("button", { name: "继续", exact: true }).click();
  await question(page, "检查一下再提交");
  await page.getByText(/文字先交，没传完的照片、录音和视频随后自动补上/).waitFor();
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  await openReady(page, "/mine");
  await page.getByText("还有2张照片，会自动补上。").waitFor();
  await page.unroute("**/api/v1/uploads");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.locator(".shelf__one--out").waitFor({ state: "detached" });
  const letter = await (await page.request.get(`/api/v1/messages/${no}`)).json();
  assert.match(JSON.stringify(letter), /补上提交时没来得及传的照片/);
  await openReady(page, `/mine/${no}`);
  assert.equal(await page.locator("main .pictures img").count(), 2, "both photos stand with the letter");
});

test("a server that stumbles is no reason to press again", async () => {
  const page = await visit(browser, "phone", server.url);
  await loggedIn(page, "19900000090");
  await upToCheck(page, { words: "服务器打盹：菜场门口的红绿灯不亮了。" });
  let stumbled = false;
  await page.route("**/api/v1/messages", async (route) => {
    if (stumbled) return route.continue();
    stumbled = true;
    await route.fulfill({ status: 503, contentType: "text/html", body: "<h1>Bad gateway</h1>" });
  });
  await page.getByRole("button", { name: "提交意见" }).click();
  await receipt(page);
  assert.equal((await numbers(page)).length, 1);
});

for (const kind of ["phone", "small", "desktop", "elder", "dark", "largeText"]) {
  test(`what lies on the device reads well: ${kind}`, async () => {
    const page = await visit(browser, kind, server.url);
    await shelve(page, ONE_OF_EACH);
    for (const address of ["/write", "/mine", "/write?step=done"]) {
      await openReady(page, address);
      await page.locator(".shelf").first().waitFor();
      await expectNoSidewaysScroll(page);
      await expectNoAxeViolations(page);
    }
  });
}
