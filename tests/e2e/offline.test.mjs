// Reading without a network: one's own letters stay readable, for this login alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { launch, openReady, ready, until, visit } from "../support/browser.mjs";
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

/** Until every one of `addresses` can be read without a network. */
const untilKept = (page, addresses) =>
  until(
    page,
    async (wanted) => (await Promise.all(wanted.map((path) => caches.match(path, { ignoreVary: true })))).every(Boolean),
    addresses,
  );

const firstLetter = (page) => page.locator("main a[href^='/mine/TH-']").first().getAttribute("href");

/** A phone that has met the keeper. */
async function visitKept(url) {
  const page = await visit(browser, "phone", url, { serviceWorkers: "allow" });
  await openReady(page, "/help");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return page;
}

async function logIn(page) {
  const logged = await page.request.post("/api/v1/auth/demo", {
    headers: { "X-Requested-With": "liaison" },
    data: { username: "litinglan" },
  });
  assert.equal(logged.status(), 200);
}

test("what was read of one's own is there without a network, and gone after logging out", async () => {
  const page = await visitKept(server.url);
  await logIn(page);
  await openReady(page, "/mine");
  const letter = await firstLetter(page);
  await openReady(page, letter);
  const title = await page.locator("h1").first().innerText();
  const files = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map((entry) => entry.name)
      .filter((name) => name.includes("/a/")),
  );
  assert.ok(files.some((name) => name.endsWith("_case.wasm")), "the letter's own part is among them");
  await untilKept(page, [letter, ...files]);

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
  // Time for whatever was still to be written down.
  await page.waitForTimeout(2500);
  await until(page, async () => !(await caches.keys()).some((name) => name.startsWith("own-")));
  await page.context().setOffline(true);
  await page.goto(letter);
  await page.getByRole("heading", { name: "现在没有网络" }).waitFor();
});

test("a letter read just before the login ended by itself is not written down after the next page", async () => {
  const page = await visitKept(server.url);
  await logIn(page);
  await page.goto("/mine");
  const letter = await firstLetter(page);
  await page.goto(letter);
  await page.context().clearCookies();
  await page.goto("/cases");
  await untilKept(page, ["/cases"]);
  // Time for whatever was still to be written down.
  await page.waitForTimeout(1000);
  assert.deepEqual((await kept(page)).filter((name) => name.startsWith("own-")), []);
  await page.context().setOffline(true);
  await page.goto(letter);
  await page.getByRole("heading", { name: "现在没有网络" }).waitFor();
});

test("with a network files go past the keeper; without the server, though the device is online, what was read is there", async () => {
  const own = await startServer();
  const page = await visitKept(own.url);

  const files = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/a/")) files.push(response);
  });
  await openReady(page, "/cases");
  const names = files.map((file) => file.url());
  assert.ok(names.length > 3);
  assert.deepEqual(names.filter((_, at) => files[at].fromServiceWorker()), []);
  const title = await page.title();
  await untilKept(page, ["/cases", ...names]);

  await own.stop();
  await openReady(page, "/cases");
  assert.equal(await page.title(), title);
});

test("a browser that keeps nothing loses nothing", async () => {
  const page = await visit(browser, "wechat", server.url);
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined });
  });
  await openReady(page, "/help");
  assert.deepEqual(await kept(page), []);
});
