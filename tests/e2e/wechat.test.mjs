// Inside WeChat: share cards by its script, the address that is signed, hints beside what it cannot do, and logging in.
// The platform is a small server of our own, its script a stand-in that notes what it is told.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, ready, visit } from "../support/browser.mjs";
import { upToCheck } from "../support/drafts.mjs";
import { LETTER, question, receipt, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

/** How the platform knows the station; the server of the test has a port that nobody knows before. */
const STATION = "http://127.0.0.1";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
  "Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN";

// What the platform's script does, as far as our pages see it.
const SDK = `
  window.told = [];
  window.wx = {
    config: function (given) { window.told.push(["config", given]); window.setTimeout(window.refuse ? window.wx.onerror : window.wx.onready, 0); },
    ready: function (done) { window.wx.onready = done; },
    error: function (done) { window.wx.onerror = done; },
    updateAppMessageShareData: function (card) { window.told.push(["card", card]); },
    updateTimelineShareData: function () {}
  };`;

let platform;
let server;
let browser;
before(async () => {
  platform = await startPlatform();
  [server, browser] = await Promise.all([
    startServer({
      env: {
        LIAISON_SERVER_PUBLIC_URL: STATION,
        LIAISON_WECHAT_APP_ID: "wx-test",
        LIAISON_WECHAT_APP_SECRET: "a-secret",
        LIAISON_WECHAT_LOGIN: "true",
        LIAISON_WECHAT_API: platform.url,
        LIAISON_WECHAT_AUTHORIZE: `${platform.url}/authorize`,
      },
    }),
    launch(),
  ]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  platform?.close();
});

/** The platform's API, as far as the station uses it. */
async function startPlatform() {
  const answers = {
    "/cgi-bin/token": { access_token: "token", expires_in: 7200 },
    "/cgi-bin/ticket/getticket": { errcode: 0, ticket: "ticket", expires_in: 7200 },
    "/sns/oauth2/access_token": { access_token: "x", openid: "openid-of-the-test", scope: "snsapi_base" },
  };
  const made = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://platform");
    if (pathname === "/authorize") {
      // It sends everybody back at once, to the address of this test.
      const back = `${server.url}/auth/wechat/back?code=c&state=${searchParams.get("state")}`;
      response.writeHead(302, { Location: back }).end();
      return;
    }
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(answers[pathname] ?? { errcode: 40001 }));
  }).listen(0, "127.0.0.1");
  await once(made, "listening");
  return { url: `http://127.0.0.1:${made.address().port}`, close: () => made.close() };
}

/**
 * A visitor in WeChat whose script comes from us. The addresses that are to be signed are noted, and signed as the
 * station's.
 */
async function inWechat(more = {}, refuse = 0) {
  const page = await visit(browser, "wechat", server.url, more);
  const signed = [];
  await page.route(/\/wechat\/js-signature/, async (route) => {
    const asked = new URL(route.request().url());
    const url = asked.searchParams.get("url");
    signed.push(url.replace(server.url, ""));
    asked.searchParams.set("url", url.replace(server.url, STATION));
    await route.continue({ url: asked.href });
  });
  let loaded = 0;
  await page.route("https://res.wx.qq.com/**", (route) => {
    loaded += 1;
    const body = loaded <= refuse ? `window.refuse = true;${SDK}` : SDK;
    return route.fulfill({ contentType: "text/javascript", body });
  });
  return [page, signed];
}

const told = (page, what) => page.evaluate((what) => (window.told ?? []).filter(([name]) => name === what).map(([, given]) => given), what);

async function lastCard(page, link) {
  await page.waitForFunction(
    (link) => (window.told ?? []).some(([name, card]) => name === "card" && card.link.endsWith(link)),
    link,
  );
  return (await told(page, "card")).at(-1);
}

test("a page is shared as a card with its own words, and again after the app has drawn another one", async () => {
  const [page, signed] = await inWechat();
  await openReady(page, "/cases");
  const list = await lastCard(page, "/cases");
  assert.match(list.title, /联络站/);
  assert.match(list.imgUrl, /^http:\/\/127\.0\.0\.1\/a\/.+\.png$/);
  const [config] = await told(page, "config");
  assert.equal(config.appId, "wx-test");
  assert.match(config.signature, /^[0-9a-f]{40}$/);

  const link = page.locator("main a[href^='/cases/']").first();
  const href = await link.getAttribute("href");
  await link.click();
  await page.waitForURL(server.url + href);
  const one = await lastCard(page, href);
  assert.notEqual(one.title, list.title);
  assert.deepEqual(signed, ["/cases", href], "each address is signed as it is");
  expectQuiet(page);
});

test("on iOS the address that was loaded first is signed, and the other one when that is refused", async () => {
  const [page, signed] = await inWechat({ userAgent: IPHONE });
  await openReady(page, "/cases?v=abc");
  await lastCard(page, "/cases");
  const href = await page.locator("main a[href^='/cases/']").first().getAttribute("href");
  await page.locator("main a[href^='/cases/']").first().click();
  await lastCard(page, href);
  assert.deepEqual(signed, ["/cases?v=abc", "/cases?v=abc"]);

  const [refused, tried] = await inWechat({ userAgent: IPHONE }, 1);
  await openReady(refused, "/help?v=abc");
  await refused.waitForFunction(() => (window.told ?? []).filter(([name]) => name === "config").length === 2);
  assert.deepEqual(tried, ["/help?v=abc", "/help"], "the other one, once");
});

test("one's own pages share the front page", async () => {
  const [page] = await inWechat();
  await openReady(page, "/mine");
  const card = await lastCard(page, "/");
  assert.equal(new URL(card.link).pathname, "/");
  assert.doesNotMatch(card.title, /登录/);
});

test("without the platform's script everything goes on", async () => {
  const page = await visit(browser, "wechat", server.url);
  await page.route("https://res.wx.qq.com/**", (route) => route.abort());
  await openReady(page, "/cases");
  await page.locator("main a[href^='/cases/']").first().click();
  await page.waitForURL(/\/cases\/.+/);
});

test("nothing of it is loaded in a browser", async () => {
  const page = await visit(browser, "phone", server.url);
  const foreign = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) foreign.push(request.url());
  });
  await openReady(page, "/mine");
  assert.equal(await page.locator("script[src*='wechat']").count(), 0);
  assert.equal(await page.getByRole("link", { name: "用微信登录" }).count(), 0);
  assert.deepEqual(foreign, []);
});

test("beside what WeChat cannot do stands how it is done", async () => {
  const [page] = await inWechat();
  await page.goto("/stations");
  await page.goto(await page.locator("main a[href^='/stations/']").first().getAttribute("href"));
  const hint = page.getByText("存不了文件").first();
  await hint.waitFor();
  await expectNoAxeViolations(page);
  const small = await visit(browser, "small", server.url, { userAgent: IPHONE });
  await small.goto(page.url());
  await small.getByText("存不了文件").first().waitFor();
  await expectNoSidewaysScroll(small);
  const plain = await visit(browser, "phone", server.url);
  await plain.goto(page.url());
  assert.equal(await plain.getByText("存不了文件").first().isVisible(), false);
});

test("the first login takes a code, the next one none", async () => {
  const [page] = await inWechat();
  await openReady(page, "/mine");
  await page.getByRole("link", { name: "用微信登录" }).click();
  await page.getByRole("heading", { name: "第一次用微信登录" }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByLabel("手机号").fill("19900000077");
  await page.getByRole("button", { name: "获取验证码" }).click();
  const said = await page.locator(".notice", { hasText: "验证码是" }).innerText();
  await page.getByLabel("验证码").fill(/\d{6}/.exec(said)[0]);
  await page.getByRole("button", { name: "绑定并登录" }).click();
  await page.waitForURL(server.url + "/mine");
  await ready(page);
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await page.getByRole("link", { name: "用微信登录" }).click();
  await page.getByRole("button", { name: "退出", exact: true }).waitFor();
  await page.goto("/mine/privacy");
  await page.getByRole("button", { name: "解绑微信" }).click();
  await page.getByText("已经解绑").waitFor();
});

test("the letter waits at its last question while its writer logs in by WeChat", async () => {
  const [page] = await inWechat();
  await upToCheck(page);
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByRole("link", { name: "用微信登录" }).click();
  await page.getByRole("heading", { name: "第一次用微信登录" }).waitFor();
  await page.getByLabel("手机号").fill("19900090411");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "绑定并登录" }).click();
  await question(page, "检查一下再提交");
  assert.match(await page.locator("main").innerText(), new RegExp(LETTER.body.slice(0, 12)));
  await page.getByRole("button", { name: "提交意见", exact: true }).click();
  await receipt(page);
});
