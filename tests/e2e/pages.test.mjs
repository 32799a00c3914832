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
  await link.click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.ok((await page.title()).includes(name));
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "看答复" }).waitFor();
  await page.waitForFunction((before) => Math.abs(scrollY - before) < 60, place);
  expectQuiet(page);
});
