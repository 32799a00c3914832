// Long lists: rows that the app copies from one another are the rows that the server draws.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints, launch, ready, visit } from "../support/browser.mjs";
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

/** What a reader gets of each row of a document: its markup without the comments that keep the app's places. */
const rowsOf = (page) =>
  page.addInitScript(() => {
    window.rowsOf = (root) =>
      [...root.querySelectorAll(".rows > li")].map((row) => row.outerHTML.replace(/<!--.*?-->/gs, "").replace(/=""/g, ""));
  });

const shown = (page) => page.evaluate(() => window.rowsOf(document));

/** The same of a page as the server draws it. */
const drawnByServer = (page, address) =>
  page.evaluate(async (address) => {
    const text = await (await fetch(address)).text();
    return window.rowsOf(new DOMParser().parseFromString(text, "text/html"));
  }, address);

test("every row has its own title, link, answer, place and date, on the first page and on those that follow", async () => {
  const page = await visit(browser, "phone", server.url);
  await rowsOf(page);
  await page.goto("/cases");
  await ready(page);
  let expected = await drawnByServer(page, "/cases");
  assert.ok(expected.length >= 20, `${expected.length} rows`);
  assert.deepEqual(await shown(page), expected);
  assert.ok(new Set(expected).size === expected.length, "no two rows are the same");
  for (let more = 0; more < 2; more += 1) {
    const link = page.locator("a[data-more]");
    expected = [...expected, ...(await drawnByServer(page, await link.getAttribute("href")))];
    await link.click();
    await page.waitForFunction((count) => document.querySelectorAll(".rows > li").length === count, expected.length);
    assert.deepEqual(await shown(page), expected);
  }
  assert.deepEqual(complaints(page), []);
});

test("a list that grew keeps its own words when it is drawn anew", async () => {
  const page = await visit(browser, "phone", server.url);
  await rowsOf(page);
  await page.goto("/cases");
  await ready(page);
  const first = await shown(page);
  await page.getByRole("searchbox").fill("电梯");
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL(/q=/);
  const found = await drawnByServer(page, page.url());
  assert.ok(found.length > 0 && found.length < first.length + 1);
  await page.waitForFunction((count) => document.querySelectorAll(".rows > li").length === count, found.length);
  await page.waitForFunction((title) => document.querySelector(".rows .row__title").textContent.trim() === title, await page.evaluate((html) => {
    const made = document.createElement("ul");
    made.innerHTML = html;
    return made.querySelector(".row__title").textContent.trim();
  }, found[0]));
  assert.deepEqual(await shown(page), found);
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll(".rows > li").length >= count, first.length);
  assert.deepEqual((await shown(page)).slice(0, first.length), first);
});
