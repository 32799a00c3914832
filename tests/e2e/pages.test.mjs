// Every public page for every kind of visitor: accessible, nothing sideways, nothing wrong behind it,
// targets large enough, text large enough.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

let server;
let browser;
let pages;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  const cases = await (await fetch(`${server.url}/api/v1/cases`)).json();
  pages = [
    "/",
    "/stations",
    "/deputies",
    "/deputies?tag=教育",
    "/deputies?q=没有这样的人",
    "/cases",
    `/cases/${cases.items[0].no}`,
    "/write",
    "/track",
    "/mine",
    "/help",
    "/no-such-page",
  ];
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const kind of ["phone", "small", "elder", "dark", "desktop", "largeText", "wechat"]) {
  test(`public pages for the visitor "${kind}"`, async () => {
    const page = await visit(browser, kind, server.url);
    for (const address of pages) {
      await openReady(page, address);
      assert.ok((await page.title()).length > 2, `${address} has a title`);
      assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, `${address} has one main heading`);
      await expectNoSidewaysScroll(page);
      await expectNoAxeViolations(page);
      await picture(page, `page-${kind}-${address}`);
    }
    // A page that does not exist answers 404; the browser logs that by itself.
    expectQuiet(page, [/404/, LOGGED_OUT]);
  });
}

for (const [kind, least] of [["phone", 44], ["elder", 58]]) {
  test(`buttons and fields of the visitor "${kind}" are at least ${least} px high`, async () => {
    const page = await visit(browser, kind, server.url);
    for (const address of pages) {
      await openReady(page, address);
      const low = await page.evaluate((limit) => {
        const targets = document.querySelectorAll("main button:not(.link), main .button, main input:not([type=radio]):not([type=checkbox]):not([type=hidden]):not([type=file]), main select");
        return [...targets]
          .filter((element) => element.offsetParent !== null && element.getBoundingClientRect().height < limit)
          .map((element) => `${element.outerHTML.slice(0, 120)} is ${element.getBoundingClientRect().height} px`);
      }, least);
      assert.deepEqual(low, [], `${address}:\n${low.join("\n")}`);
    }
  });
}

test("the elder mode's text is at least 22 px and the switch works without the app", async () => {
  const page = await visit(browser, "noscript", server.url);
  await page.goto("/");
  await page.getByRole("link", { name: "大字版" }).or(page.getByRole("button", { name: "大字版" })).click();
  await page.locator("html[data-mode=elder]").waitFor({ state: "attached" });
  const reader = await visit(browser, "elder", server.url);
  await openReady(reader, "/help");
  const size = await reader.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p")).fontSize));
  assert.ok(size >= 22, `text is ${size} px`);
});

test("moving between pages takes focus to the heading, changes the title, and Back returns to the place in the list", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/cases");
  const link = page.locator("main a[href^='/cases/']").nth(8);
  await link.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  assert.ok(place > 0);
  const name = (await link.innerText()).trim();
  const href = await link.getAttribute("href");
  // Whoever shares or remembers a page by its title takes the address that stands there at that moment.
  await page.evaluate(() => {
    globalThis.named = [];
    new MutationObserver(() => globalThis.named.push([document.title, location.pathname])).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  await link.click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.ok((await page.title()).includes(name));
  const named = (await page.evaluate(() => globalThis.named)).filter(([title]) => title.includes(name));
  assert.ok(named.length > 0);
  for (const [, path] of named) assert.equal(path, href);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "看答复" }).waitFor();
  await page.waitForFunction((before) => Math.abs(scrollY - before) < 60, place);
  expectQuiet(page);
});

const DEPUTIES = ".nav__link[href='/deputies']";

/** Opens the first page, notes what it asks the API for from then on, and each skeleton that is drawn. */
async function openWatched() {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/");
  const asked = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === "/api/v1/deputies") asked.push(request);
  });
  await page.evaluate(() => {
    globalThis.skeletons = 0;
    new MutationObserver(() => {
      if (document.querySelector(".skeleton")) globalThis.skeletons += 1;
    }).observe(document.getElementById("page"), { childList: true, subtree: true });
  });
  return { page, asked, skeletons: () => page.evaluate(() => globalThis.skeletons) };
}

const deputiesOpened = (page) => page.getByRole("heading", { level: 1, name: "找代表" }).waitFor();

test("a link's data are asked for once, while it is being touched, and what is there takes the page's place without a skeleton", async () => {
  const { page, asked, skeletons } = await openWatched();
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/deputies"));
  await page.dispatchEvent(DEPUTIES, "pointerdown");
  await (await answered).finished();
  await page.locator(DEPUTIES).evaluate((link) => link.click());
  await deputiesOpened(page);
  assert.equal(await skeletons(), 0);
  assert.equal(asked.length, 1);
  expectQuiet(page);
});

test("a page whose data take their time: the one before stays for a moment, then the place is held by a skeleton", async () => {
  const { page, skeletons } = await openWatched();
  let go;
  const wanted = new Promise((resolve) => (go = resolve));
  await page.route("**/api/v1/deputies", async (route) => {
    await wanted;
    await route.continue();
  });
  const before = await page.getByRole("heading", { level: 1 }).innerText();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const asked = page.waitForRequest("**/api/v1/deputies");
  await page.locator(DEPUTIES).evaluate((link) => link.click());
  await asked;
  await page.clock.runFor(90);
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), before);
  assert.equal(await skeletons(), 0);
  await page.clock.runFor(20);
  await page.locator(".skeleton").first().waitFor();
  await page.clock.resume();
  go();
  await deputiesOpened(page);
  assert.equal(await page.locator(".skeleton").count(), 0);
  expectQuiet(page);
});

test("a finger that scrolls over a link asks for nothing that is still wanted, and the link opens all the same", async () => {
  const { page, asked } = await openWatched();
  const held = [];
  await page.route("**/api/v1/deputies", (route) => held.push(route));
  await page.dispatchEvent(DEPUTIES, "pointerdown");
  const givenUp = page.waitForEvent("requestfailed");
  await page.dispatchEvent(DEPUTIES, "pointercancel");
  assert.equal(await givenUp, asked[0]);
  await page.unroute("**/api/v1/deputies");
  await page.locator(DEPUTIES).evaluate((link) => link.click());
  await deputiesOpened(page);
  assert.equal(asked.length, 2);
});

test("data that could not be had ahead are asked for anew", async () => {
  const { page, asked } = await openWatched();
  await page.route("**/api/v1/deputies", (route) => route.abort(), { times: 1 });
  const failed = page.waitForEvent("requestfailed");
  await page.dispatchEvent(DEPUTIES, "pointerdown");
  await failed;
  await page.locator(DEPUTIES).evaluate((link) => link.click());
  await deputiesOpened(page);
  assert.equal(asked.length, 2);
});
