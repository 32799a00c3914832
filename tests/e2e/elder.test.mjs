// The elder mode and what the law asks of pages for everybody: measured, not only by axe-core's rules, and in the states
// in which pages break: with errors, at the largest text, dark, with other spacing, in forced colours.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { complaints, expectNoSidewaysScroll, launch, openReady, ready, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { expectFocusOrder, faintText, smallTargets, smallText } from "../support/measure.mjs";
import { goOn } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

let server;
let browser;
let pages;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  const cases = await (await fetch(`${server.url}/api/v1/cases`)).json();
  pages = ["/", "/stations", "/deputies", "/cases", `/cases/${cases.items[0].no}`, "/write", "/track", "/mine", "/help", "/receptions", "/stations/yunfan", "/deputies/luzhiyao", "/events"];
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Pages that the server draws alone have no app to wait for. */
async function open(page, address) {
  await page.goto(address);
  if (await page.locator("script[data-bundle]").count()) await ready(page);
}

/** Leaves an error behind on the page. */
async function withErrors(page) {
  await openReady(page, "/write");
  await page.getByRole("button", { name: "继续" }).click();
  await page.locator("#error-summary").waitFor();
}

const SIZES = [
  ["elder", 22],
  ["elder-26", 26],
  ["elder-30", 30],
];

for (const [mode, size] of SIZES) {
  test(`in the elder mode at ${size} px text is as large as it says, targets are 60 px, nothing is wider than 320 px`, async () => {
    const page = await visit(browser, "small", server.url, { mode });
    for (const address of pages) {
      await open(page, address);
      const text = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector("main")).fontSize));
      assert.equal(text, size, address);
      assert.deepEqual(await smallText(page, size), [], `${address}: text`);
      assert.deepEqual(await smallTargets(page, 60), [], `${address}: targets`);
      await expectNoSidewaysScroll(page);
      if (size === 30) await picture(page, `elder-30-${address}`);
    }
    await withErrors(page);
    assert.deepEqual(await smallText(page, size), []);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`in the elder mode every text stands out at 7 to 1, ${colorScheme}`, async () => {
    const page = await visit(browser, "elder", server.url, { colorScheme });
    for (const address of pages) {
      await open(page, address);
      assert.deepEqual(await faintText(page, 7), [], address);
    }
    await withErrors(page);
    assert.deepEqual(await faintText(page, 7), [], "with errors");
  });
}

test("the elder mode puts the phone first, offers less, and goes a size up and down without loading the page", async () => {
  const page = await visit(browser, "elder", server.url);
  await openReady(page, "/");
  const call = page.getByRole("link", { name: "打电话", exact: true });
  assert.match(await call.getAttribute("href"), /^tel:\d/);
  assert.equal(await page.getByRole("heading", { name: "说到做到" }).or(page.locator("#figures-title")).isVisible(), false);
  const opened = await page.evaluate(() => performance.timeOrigin);
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector("main")).fontSize));
  await page.waitForFunction(() => window.liaisonElder);
  await page.getByRole("link", { name: "字大些" }).click();
  assert.equal(await size(), 26);
  await page.getByRole("link", { name: "字大些" }).click();
  assert.equal(await size(), 30);
  await page.getByRole("link", { name: "已最大" }).click();
  assert.equal(await size(), 30);
  await picture(page, "elder-30-home");
  await page.getByRole("link", { name: "字小些" }).click();
  assert.equal(await size(), 26);
  assert.equal(await page.evaluate(() => performance.timeOrigin), opened);
  // Remembered, by a page that the server draws alone, too.
  await open(page, "/receptions");
  assert.equal(await size(), 26);
  // Leaving and coming back begins with 22 px.
  await openReady(page, "/");
  await page.getByRole("link", { name: "标准版" }).click();
  assert.equal(await size(), 18);
  await page.getByRole("link", { name: "大字版" }).click();
  assert.equal(await size(), 22);
  await page.getByRole("link", { name: "已最小" }).waitFor();
  assert.deepEqual(complaints(page), []);
});

for (const [mode] of SIZES) {
  test(`what stands above the page leaves more than half of a small screen to it (${mode})`, async () => {
    const page = await visit(browser, "small", server.url, { mode });
    for (const address of ["/", "/write", "/help"]) {
      await openReady(page, address);
      const { y } = await page.locator("main").boundingBox();
      assert.ok(y < 568 / 2, `${address}: the page begins at ${y} of 568 px`);
    }
  });
}

test("sizes work without scripts, and no button promises a voice there", async () => {
  const page = await visit(browser, "noscript", server.url);
  await page.goto("/help");
  await page.getByRole("link", { name: "大字版" }).click();
  await page.getByRole("link", { name: "字大些" }).click();
  await page.waitForURL("**/help");
  assert.equal(await page.getAttribute("html", "data-size"), "26");
  assert.equal(await page.getByRole("button", { name: "朗读", exact: true }).isVisible(), false);
});

test("a page is read aloud sentence by sentence, stops when asked and when one leaves", async () => {
  const page = await visit(browser, "elder", server.url);
  await page.addInitScript(() => {
    window.__spoken = [];
    window.__cancelled = 0;
    window.SpeechSynthesisUtterance = class {
      constructor(text) {
        this.text = text;
      }
    };
    Object.defineProperty(window, "speechSynthesis", {
      value: {
        speak(spoken) {
          window.__spoken.push(`${spoken.lang} ${spoken.text}`);
          if (window.__spoken.length < 5) setTimeout(() => spoken.onend());
        },
        cancel() {
          window.__cancelled += 1;
        },
      },
    });
  });
  await openReady(page, "/help");
  await page.getByRole("button", { name: "朗读", exact: true }).click();
  await page.waitForFunction(() => window.__spoken.length === 5);
  const [first] = await page.evaluate(() => window.__spoken);
  assert.equal(first, `zh-CN ${(await page.locator("h1").innerText()).trim()}`);
  await page.getByRole("button", { name: "停下来" }).click();
  await page.getByRole("button", { name: "朗读", exact: true }).waitFor();
  await page.getByRole("button", { name: "朗读", exact: true }).click();
  const before = await page.evaluate(() => window.__cancelled);
  await page.locator(".nav__link", { hasText: "代表" }).click();
  await page.getByRole("button", { name: "朗读", exact: true }).waitFor();
  assert.ok((await page.evaluate(() => window.__cancelled)) > before, "leaving ends the reading");
});

test("targets are 48 px for everybody else", async () => {
  const page = await visit(browser, "phone", server.url);
  for (const address of pages) {
    await open(page, address);
    assert.deepEqual(await smallTargets(page, 48), [], address);
  }
});

test("by keyboard every stop can be seen and comes in the order of the page, with an error, too", async () => {
  for (const [kind, addresses] of [["desktop", pages], ["elder", ["/", "/write"]], ["dark", ["/"]]]) {
    const page = await visit(browser, kind, server.url);
    for (const address of addresses) {
      await open(page, address);
      await expectFocusOrder(page);
    }
  }
  const page = await visit(browser, "phone", server.url);
  await withErrors(page);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "error-summary");
  await expectFocusOrder(page);
});

test("with the spacing that WCAG allows readers to set, nothing is cut off or sideways", async () => {
  const page = await visit(browser, "small", server.url);
  for (const address of pages) {
    await open(page, address);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [sheet];
    });
    await expectNoSidewaysScroll(page);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("main *, header *, footer *")]
        .filter((element) => {
          const style = getComputedStyle(element);
          // A row's excerpt is shortened on purpose; the page behind it has all of it.
          if (style.webkitLineClamp !== "none") return false;
          return style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2 && element.clientHeight > 4 && element.innerText?.trim();
        })
        .map((element) => element.cloneNode(false).outerHTML.slice(0, 120)),
    );
    assert.deepEqual(cut, [], address);
  }
});

test("in forced colours the states that colour shows are still told apart, and the focus is seen", async () => {
  const page = await visit(browser, "phone", server.url, { forcedColors: "active" });
  await withErrors(page);
  await expectFocusOrder(page);
  // A field in error has words and a mark, not a red edge alone.
  assert.ok(await page.locator(".field__error .icon").first().isVisible());
  await openReady(page, "/deputies");
  const here = await page.locator(".nav__link[aria-current]").evaluate((link) => {
    const style = getComputedStyle(link);
    const other = getComputedStyle(document.querySelector(".nav__link:not([aria-current])"));
    return style.fontWeight !== other.fontWeight;
  });
  assert.ok(here, "the present place is bold as well as underlined in colour");
});

test("with less motion wished for nothing moves by itself", async () => {
  const page = await visit(browser, "phone", server.url);
  for (const address of ["/", "/write", "/cases"]) {
    await open(page, address);
    const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.effect.getTiming().duration > 1).length);
    assert.equal(moving, 0, address);
  }
});

test("moving to another page tells its name, takes the focus to its heading, and changes the title", async () => {
  const page = await visit(browser, "elder", server.url);
  await openReady(page, "/");
  for (const [name, address] of [["代表", "/deputies"], ["联络站", "/stations"], ["答复", "/cases"]]) {
    await page.locator(".nav__link", { hasText: name }).first().click();
    await page.waitForURL(`**${address}`);
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    const title = await page.title();
    const said = page.locator("[role=status], [aria-live]");
    await page.waitForFunction((title) => [...document.querySelectorAll("[role=status], [aria-live]")].some((live) => live.textContent.trim() === title), title);
    assert.ok((await said.count()) > 0);
  }
  await goOnEmpty(page);
});

/** The first question, sent empty: announced by the summary that takes the focus. */
async function goOnEmpty(page) {
  await openReady(page, "/write");
  await goOn(page);
  await page.waitForFunction(() => document.activeElement?.id === "error-summary");
  assert.match(await page.title(), /^错误：/);
}
