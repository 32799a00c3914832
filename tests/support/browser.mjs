// A browser and the kinds of visitors that the tests play.
//
//   const browser = await launch();
//   const page = await visit(browser, "phone", server.url);
//   await page.goto("/");
//   await ready(page);
//   …
//   expectQuiet(page);

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  process.env.LIAISON_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a step may take on a slow machine before it counts as stuck. */
const STUCK = 20_000;

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

const HERE = { locale: "zh-CN", timezoneId: "Asia/Shanghai", reducedMotion: "reduce" };

/** Browser settings of each visitor; `mode` and `textSize` are ours, the rest is Playwright's. */
const VISITORS = {
  phone: PHONE,
  desktop: DESKTOP,
  small: { ...PHONE, viewport: { width: 320, height: 568 } },
  noscript: { ...PHONE, javaScriptEnabled: false },
  elder: { ...PHONE, mode: "elder" },
  dark: { ...PHONE, colorScheme: "dark" },
  darkDesktop: { ...DESKTOP, colorScheme: "dark" },
  largeText: { ...PHONE, textSize: 2 },
  wechat: {
    ...PHONE,
    userAgent:
      "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) " +
      "Version/4.0 Chrome/138.0.7204.180 Mobile Safari/537.36 XWEB/1380215 MMWEBSDK/20250101 " +
      "MicroMessenger/8.0.63.2880(0x28003F35) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64",
  },
};

/** `more`: arguments of this test's own. */
export async function launch(more = []) {
  return chromium.launch({ executablePath: program(), args: [...ARGUMENTS, ...more] });
}

function program() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  assert.ok(executablePath, "No Chromium found: install it or set LIAISON_CHROMIUM to its path.");
  return executablePath;
}

/** A phone whose browser keeps everything in `folder`, as one does that is started again: its page, how to kill it, how to close it. */
export async function launchKept(folder, baseURL) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: program(),
    args: ARGUMENTS,
    baseURL,
    ...PHONE,
    ...HERE,
  });
  context.setDefaultTimeout(STUCK);
  const kill = async () => {
    const session = await context.browser().newBrowserCDPSession();
    const gone = new Promise((resolve) => context.once("close", resolve));
    session.send("Browser.crash").catch(() => {});
    await gone;
  };
  return { page: context.pages()[0], kill, close: () => context.close() };
}

/** A fresh visitor: own cookies, own storage. Returns the page; `page.context()` has the rest. */
export async function visit(browser, kind, baseURL, more = {}) {
  const known = VISITORS[kind];
  assert.ok(known, `There is no visitor "${kind}"; there are: ${Object.keys(VISITORS).join(", ")}`);
  const { mode, textSize, ...settings } = { ...known, ...more };
  const context = await browser.newContext({
    baseURL,
    ...HERE,
    // What it answers is not seen by a test's routes; the test that is about it lets it in.
    serviceWorkers: "block",
    ...settings,
  });
  context.setDefaultTimeout(STUCK);
  context.setDefaultNavigationTimeout(STUCK);
  if (mode) await context.addCookies([{ name: "mode", value: mode, url: baseURL }]);
  const page = await context.newPage();
  if (settings.javaScriptEnabled === false) withoutScript.add(context);
  if (textSize) await scaleText(page, textSize);
  listen(page);
  return page;
}

const withoutScript = new WeakSet();

export function hasNoScript(page) {
  return withoutScript.has(page.context());
}

/** Another tab of the same person. */
export async function anotherTab(page) {
  const tab = await page.context().newPage();
  listen(tab);
  return tab;
}

/** What the text-size setting of a phone does: every size in rem or em grows. */
async function scaleText(page, factor) {
  await page.addInitScript((factor) => {
    window.addEventListener("load", () => {
      const root = document.documentElement;
      root.style.fontSize = `${Number.parseFloat(getComputedStyle(root).fontSize) * factor}px`;
    });
  }, factor);
}

/** Keeps what fits the pattern from arriving until the function that it answers with is called. */
export async function holdBack(page, pattern) {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Waits until the app has mounted over the server's page. */
export async function ready(page) {
  await page.waitForSelector("html[data-app=ready]", { state: "attached" });
}

export async function openReady(page, address) {
  const response = await page.goto(address);
  await ready(page);
  return response;
}

/** Waits until `holds`, an asynchronous function of the page, says yes: Playwright's own wait takes its promise for one. */
export async function until(page, holds, argument) {
  const end = Date.now() + STUCK;
  while (!(await page.evaluate(holds, argument))) {
    assert.ok(Date.now() < end, `never came true: ${holds}`);
    await page.waitForTimeout(50);
  }
}

// ---- what went wrong behind the page ----

const troubles = new WeakMap();

function listen(page) {
  const found = [];
  troubles.set(page, found);
  page.on("pageerror", (error) => found.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(`console: ${message.text()} (${message.location().url})`);
  });
}

/** What the page has complained about so far: uncaught errors, failed requests, CSP refusals. */
export function complaints(page) {
  return [...(troubles.get(page) ?? [])];
}

/** No uncaught error, no failed request, no CSP refusal; `except` lists those that a test provokes. */
export function expectQuiet(page, except = []) {
  const unexpected = complaints(page).filter((line) => !except.some((pattern) => pattern.test(line)));
  assert.deepEqual(unexpected, [], `${page.url()} complained:\n${unexpected.join("\n")}`);
}

/** Nothing may be wider than the screen. Names the elements that are. */
export async function expectNoSidewaysScroll(page) {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .slice(0, 5)
      .map((element) => element.cloneNode(false).outerHTML.slice(0, 160));
  });
  assert.deepEqual(wide, [], `${page.url()} scrolls sideways because of:\n${wide.join("\n")}`);
}
