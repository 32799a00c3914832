// `cargo xtask bench web`: what a visitor waits for, beside the same pages without a framework (floor.mjs), in one
// interleaved run. Prints tables; nothing here asserts a time.
//
//   node tests/bench/web.mjs [--rounds N] [--quick] [--network N] [--pages] [--doc FILE]

import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { launch } from "../support/browser.mjs";
import { startServer } from "../support/server.mjs";
import { startFloor } from "./floor.mjs";
import { table, ratio, median, quantile } from "./report.mjs";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean" },
    network: { type: "string" },
    pages: { type: "boolean" },
    doc: { type: "string" },
  },
});
const ROUNDS = Number(options.rounds ?? (options.quick ? 1 : 5));

/** Bytes a second and milliseconds as Chromium emulates them; `cpu` is how many times slower the processor is. */
const NETWORKS = [
  { name: "no throttle", down: -1, up: -1, latency: 0, cpu: 1 },
  { name: "1.6 Mbit/s, 150 ms, CPU × 4", down: 200_000, up: 96_000, latency: 150, cpu: 4 },
  { name: "400 kbit/s, 400 ms, CPU × 6", down: 50_000, up: 50_000, latency: 400, cpu: 6 },
];
/** One of them only, by its place, to look at it more closely. */
const CHOSEN = options.network ? [NETWORKS[Number(options.network)]] : NETWORKS;
const PAGES = [
  { name: "home", path: "/" },
  { name: "deputies", path: "/deputies" },
  { name: "published letters", path: "/cases" },
  { name: "write", path: "/write" },
];
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
/** Long enough for the slowest network; a visit that takes longer is broken. */
const STUCK = 90_000;
/** How long a page is left alone after it is ready: shifts and late fetches belong to the visit. */
const REST = 700;

/** Where the tables stand in the document. */
const MARKED = /(<!-- web -->)[\s\S]*?(<!-- \/web -->)/;

const station = await startServer();
const floor = await startFloor(station.url);
const browser = await launch();
const sides = [
  { name: "app", url: station.url },
  { name: "floor", url: floor.url },
];

/** Counts, in the page, what the engine reports about painting. */
function watch() {
  const seen = { fcp: 0, lcp: 0, shift: 0, wasm: 0 };
  window.__seen = seen;
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on("paint", (entry) => {
    if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime;
  });
  on("largest-contentful-paint", (entry) => {
    seen.lcp = entry.startTime;
  });
  on("layout-shift", (entry) => {
    if (!entry.hadRecentInput) seen.shift += entry.value;
  });
  // The app's memory is no part of the script heap.
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = (...what) =>
    instantiate(...what).then((made) => {
      const { memory } = (made.instance ?? made).exports;
      if (memory) seen.memory = memory;
      return made;
    });
}

/** The first tap: on the switch to large type, as soon as it can be seen. */
function tapAtOnce() {
  window.__answered = 0;
  const look = () => {
    const link = document.querySelector("a[data-mode-switch]");
    const painted = performance.getEntriesByName("first-contentful-paint").length > 0;
    if (!link || !painted) return requestAnimationFrame(look);
    sessionStorage.setItem("tapped", "1");
    const before = document.documentElement.getAttribute("data-mode");
    const wait = () => {
      if (document.documentElement.getAttribute("data-mode") === before) return requestAnimationFrame(wait);
      requestAnimationFrame(() => (window.__answered = performance.timeOrigin + performance.now() - Number(sessionStorage.getItem("begun"))));
    };
    wait();
    link.click();
  };
  if (!sessionStorage.getItem("tapped")) {
    sessionStorage.setItem("begun", String(performance.timeOrigin));
    look();
  } else {
    // The tap was answered by another document.
    const painted = () =>
      performance.getEntriesByName("first-contentful-paint").length > 0
        ? (window.__answered = performance.timeOrigin + performance.now() - Number(sessionStorage.getItem("begun")))
        : requestAnimationFrame(painted);
    painted();
  }
}

async function open(side, network, script) {
  const context = await browser.newContext({ ...PHONE, baseURL: side.url, locale: "zh-CN" });
  context.setDefaultTimeout(STUCK);
  context.setDefaultNavigationTimeout(STUCK);
  await context.addInitScript(script);
  const page = await context.newPage();
  return { context, page, ...(await throttle(page, network)) };
}

async function throttle(page, network) {
  const session = await page.context().newCDPSession(page);
  const traffic = { bytes: 0 };
  session.on("Network.loadingFinished", (event) => (traffic.bytes += event.encodedDataLength));
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    downloadThroughput: network.down,
    uploadThroughput: network.up,
    latency: network.latency,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: network.cpu });
  return { session, traffic };
}

const ready = (page) => page.waitForSelector("html[data-app=ready]", { state: "attached" });

async function load(side, network, path) {
  const cold = await open(side, network, watch);
  const first = await visit(cold.page, cold.traffic, cold.session, path);
  const tab = await cold.context.newPage();
  const again = await throttle(tab, network);
  const second = await visit(tab, again.traffic, again.session, path);
  await cold.context.close();
  return { cold: first, warm: second };
}

async function visit(page, traffic, session, path) {
  await page.goto(path);
  await ready(page);
  await page.waitForTimeout(REST);
  const seen = await page.evaluate(() => ({ ...window.__seen, memory: window.__seen.memory?.buffer.byteLength ?? 0 }));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize").value;
  return { ...seen, bytes: traffic.bytes, memory: seen.memory + heap };
}

async function tap(side, network, path) {
  const { context, page } = await open(side, network, tapAtOnce);
  await page.goto(path, { waitUntil: "commit" });
  // The tap may be answered by another document.
  for (;;) {
    const answered = await page.evaluate(() => window.__answered).catch(() => 0);
    if (answered > 0) {
      await context.close();
      return answered;
    }
    await page.waitForTimeout(20);
  }
}

/** From the tap on a link until the other page's heading is painted. */
async function change(side, network) {
  const { context, page } = await open(side, network, watch);
  await page.goto("/");
  await ready(page);
  // Somebody reads the first page before leaving it.
  await page.waitForTimeout(network.latency > 0 ? 6000 : 2500);
  const took = await page.evaluate(
    () =>
      new Promise((done) => {
        const link = document.querySelector('.nav__link[href="/deputies"]');
        const before = document.querySelector("h1");
        const begun = performance.now();
        const look = () => {
          const head = document.querySelector("h1");
          if (!head || head === before || !document.querySelector('.nav__link[href="/"]')) return requestAnimationFrame(look);
          if (!document.querySelector(".rows li, .cards li, .deputy, [data-more]")) return requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
        };
        link.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        link.click();
        requestAnimationFrame(look);
      }),
  );
  await context.close();
  return took;
}

/** What each side made of the same answer, without the comments that the app leaves for itself. */
const made = {};

/** From the answer's last byte until all its rows are painted. */
async function rows(side, network, count) {
  const { context, page } = await open(side, network, watch);
  const sample = await (await fetch(`${station.url}/api/v1/cases`)).json();
  const items = Array.from({ length: count }, (_, at) => ({
    ...sample.items[at % sample.items.length],
    title: `${at} ${sample.items[at % sample.items.length].title}`,
  }));
  const body = JSON.stringify({ ...sample, items, next_cursor: null });
  await page.route(/\/api\/v1\/cases\?.*cursor=/, (route) => route.fulfill({ contentType: "application/json", body }));
  await page.goto("/cases");
  await ready(page);
  await page.waitForTimeout(REST);
  const took = await page.evaluate(
    (count) =>
      new Promise((done) => {
        const look = () => {
          if (document.querySelectorAll(".rows > li").length < count) return setTimeout(look, 1);
          requestAnimationFrame(() =>
            setTimeout(() => {
              const entry = performance.getEntriesByType("resource").findLast((entry) => entry.name.includes("cursor="));
              done(performance.now() - entry.responseEnd);
            }),
          );
        };
        document.querySelector("a[data-more]").click();
        look();
      }),
    count,
  );
  made[side.name] ??= await page.evaluate(() =>
    [...document.querySelectorAll(".rows > li")].slice(-100).map((row) => row.outerHTML.replaceAll(/<!--.*?-->/gs, "")),
  );
  await context.close();
  return took;
}

/** A floor that draws less than the app is none. */
function expectTheSameRows() {
  for (const [at, row] of made.app.entries()) {
    if (row !== made.floor[at]) throw new Error(`The floor draws another row than the app:\n${made.floor[at]}\n${row}`);
  }
}

/** From each key to the frame that shows it: the 95th percentile. */
async function typing(side, network) {
  const { context, page } = await open(side, network, watch);
  await page.goto("/write");
  await ready(page);
  await page.evaluate(() => {
    window.__delays = [];
    document.addEventListener(
      "keydown",
      (event) => {
        const begun = event.timeStamp;
        requestAnimationFrame(() => setTimeout(() => window.__delays.push(performance.now() - begun)));
      },
      true,
    );
  });
  await page.focus("textarea[name=body]");
  await page.keyboard.type("the lamp in front of our house has been dark for three weeks now and nobody came ".repeat(2), { delay: 40 });
  await page.waitForTimeout(300);
  const delays = await page.evaluate(() => window.__delays);
  await context.close();
  return quantile(delays, 0.95);
}

/** `measure` for both sides in turn, as often as there are rounds; the first goes first every other time. */
async function both(measure) {
  const found = { app: [], floor: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of round % 2 ? [...sides].reverse() : sides) found[side.name].push(await measure(side));
  }
  return found;
}

const middles = ({ app, floor }) => ({ app: median(app), floor: median(floor) });

const say = (line) => process.stderr.write(`${line}\n`);
const out = [];
try {
  for (const network of CHOSEN) {
    const lines = [];
    for (const { name, path } of options.quick ? PAGES.slice(0, 2) : PAGES) {
      say(`${network.name}: ${name}`);
      const loads = await both((side) => load(side, network, path));
      const taps = await both((side) => tap(side, network, path));
      const all = (visit, what) => ({
        app: loads.app.map((found) => found[visit][what]),
        floor: loads.floor.map((found) => found[visit][what]),
      });
      const of = (visit, what) => middles(all(visit, what));
      const tapped = middles(taps);
      for (const visit of ["cold", "warm"]) {
        const lcp = of(visit, "lcp");
        const fcp = of(visit, "fcp");
        const bytes = of(visit, "bytes");
        lines.push([
          `${name}, ${visit}`,
          `${Math.round(bytes.app / 1024)} / ${Math.round(bytes.floor / 1024)}`,
          `${Math.round(fcp.app)} / ${Math.round(fcp.floor)}`,
          `${Math.round(lcp.app)} / ${Math.round(lcp.floor)}`,
          ratio(all(visit, "lcp")),
          visit === "cold" ? `${Math.round(tapped.app)} / ${Math.round(tapped.floor)}` : "",
          visit === "cold" ? ratio(taps) : "",
          Math.max(...loads.app.map((found) => found[visit].shift)).toFixed(3),
          `${(of(visit, "memory").app / 1048576).toFixed(1)} / ${(of(visit, "memory").floor / 1048576).toFixed(1)}`,
        ]);
      }
    }
    out.push(`### ${network.name}\n`);
    out.push(
      table(
        ["page", "KB", "first paint ms", "largest paint ms", "ratio", "first tap ms", "ratio", "shift", "memory MB"],
        lines,
      ),
    );
  }
  const lines = [];
  // Opening pages alone takes a third of the time.
  for (const network of options.pages ? [] : CHOSEN) {
    say(`${network.name}: typing, changing pages, rows`);
    const add = (name, found) => {
      const middle = middles(found);
      lines.push([name, network.name, middle.app.toFixed(1), middle.floor.toFixed(1), ratio(found)]);
    };
    add("key to frame, 95th percentile", await both((side) => typing(side, network)));
    add("home to deputies", await both((side) => change(side, network)));
    add("1,000 rows painted", await both((side) => rows(side, network, 1000)));
    expectTheSameRows();
    if (!options.quick) add("10,000 rows painted", await both((side) => rows(side, network, 10_000)));
  }
  if (lines.length > 0) out.push("### Typing, changing pages, long lists\n");
  if (lines.length > 0) out.push(table(["what", "network and processor", "app ms", "floor ms", "ratio"], lines));
  const text = `Medians of ${ROUNDS} rounds, app / floor, on ${cpus().length} cores of ${cpus()[0].model.trim()}, ${browser.version()}.\n\n${out.join("\n")}`;
  console.log(text);
  if (options.doc) {
    const doc = await readFile(options.doc, "utf8");
    const written = doc.replace(MARKED, (_, begin, end) => `${begin}\n\n${text}\n${end}`);
    if (written === doc) throw new Error(`${options.doc} has no place for the tables: <!-- web --> … <!-- /web -->`);
    await writeFile(options.doc, written);
  }
} finally {
  await browser.close();
  floor.stop();
  await station.stop();
}
