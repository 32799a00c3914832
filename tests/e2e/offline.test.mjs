// Reading without a network: one's own letters stay readable, for this login alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { launch, openReady, ready, visit } from "../support/browser.mjs";
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

/** Names of what the browser has kept. */
const kept = (page) => page.evaluate(() => caches.keys());

test("what was read of one's own is there without a network, and gone after logging out", async () => {
  const page = await visit(browser, "phone", server.url, { serviceWorkers: "allow" });
  const logged = await page.request.post("/api/v1/auth/demo", {
    headers: { "X-Requested-With": "liaison" },
    data: { username: "litinglan" },
  });
  assert.equal(logged.status(), 200);
  await openReady(page, "/help");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await openReady(page, "/mine");
  const letter = await page.locator("main a[href^='/mine/TH-']").first().getAttribute("href");
  await openReady(page, letter);
  const title = await page.locator("h1").first().innerText();
  await page.waitForFunction(
    async (path) => (await caches.match(path, { ignoreVary: true })) !== undefined,
    letter,
  );

  await page.context().setOffline(true);
  await page.goto(letter);
  await ready(page);
  assert.equal(await page.locator("h1").first().innerText(), title);
  await page.goto("/stations");
  await page.getByRole("heading", { name: "现在没有网络" }).waitFor();
  await expectNoAxeViolations(page);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgba(0, 0, 0, 0)");

  await page.context().setOffline(false);
  await openReady(page, "/mine");
  assert.ok((await kept(page)).some((name) => name.startsWith("own-")));
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await page.waitForFunction(async () => !(await caches.keys()).some((name) => name.startsWith("own-")));
  await page.context().setOffline(true);
  await page.goto(letter);
  await page.getByRole("heading", { name: "现在没有网络" }).waitFor();
});

test("a browser that keeps nothing loses nothing", async () => {
  const page = await visit(browser, "wechat", server.url);
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined });
  });
  await openReady(page, "/help");
  assert.deepEqual(await kept(page), []);
});
