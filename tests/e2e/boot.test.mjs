// When the app cannot start, the page stays: it says so in place, and everything on it still works.

import assert from "node:assert/strict";
import { get } from "node:http";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { complaints, holdBack, launch, ready, visit } from "../support/browser.mjs";
import { goOn, question } from "../support/people.mjs";
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

/** The notice is there, the page below it works by plain forms. */
async function goesOnWithoutTheApp(page) {
  const notice = page.locator(".boot-notice");
  await notice.waitFor();
  await page.getByRole("button", { name: "重新加载" }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: /简洁版/ }).click();
  await page.goto("/write");
  await page.getByLabel("发生了什么事").fill("楼道里的灯坏了一个月，晚上老人上下楼看不清，希望早点修好。");
  await goOn(page);
  await question(page, "事情在哪里");
}

test("WebAssembly missing on the server: the page says so and goes on", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/");
  await goesOnWithoutTheApp(page);
});

test("WebAssembly blocked on the way: the page says so and goes on", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto("/");
  await goesOnWithoutTheApp(page);
});

test("a browser without WebAssembly: the page says so and goes on", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.addInitScript(() => {
    delete globalThis.WebAssembly;
  });
  await page.goto("/");
  await goesOnWithoutTheApp(page);
});

test("an app that never gets ready is given up after a while", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.clock.install();
  // The bundle's file never arrives.
  await page.route(/\.wasm$/, () => {});
  await page.goto("/");
  await page.clock.fastForward(9_000);
  await page.locator(".boot-notice").waitFor();
});

test("the app takes over without asking again for what the page brought, and without moving anything", async () => {
  const page = await visit(browser, "phone", server.url);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname + new URL(request.url()).search));
  await page.addInitScript(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const address of ["/", "/deputies", "/stations", "/cases", "/write"]) {
    const html = await (await page.request.get(address)).text();
    const brought = [...html.matchAll(/data-url="([^"]+)"/g)].map((found) => found[1].replaceAll("&amp;", "&"));
    assert.ok(brought.length > 0, `${address} brings its data along`);
    asked.length = 0;
    await page.goto(address);
    await ready(page);
    assert.deepEqual(asked.filter((url) => brought.includes(url)), [], `${address} asks again for what it brought`);
    assert.equal(await page.evaluate(() => Math.round(globalThis.shifts * 1000) / 1000), 0, `${address} moves while the app takes over`);
  }
  assert.deepEqual(complaints(page), []);
});

test("what must arrive before a page can be seen and used fits into 25 KB", async () => {
  const weight = (path) =>
    new Promise((resolve, reject) => {
      get(new URL(path, server.url), { headers: { "accept-encoding": "br" } }, (answer) => {
        let bytes = 0;
        answer.on("data", (piece) => (bytes += piece.length));
        answer.on("end", () => resolve({ bytes, coding: answer.headers["content-encoding"] }));
      }).on("error", reject);
    });
  const page = await visit(browser, "phone", server.url);
  for (const address of ["/", "/deputies", "/stations", "/cases", "/write", "/help", "/track", "/receptions", "/events"]) {
    const html = await (await page.request.get(address)).text();
    const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((found) => found[1]);
    const scripts = [...html.matchAll(/<script src="([^"]+)"/g)].map((found) => found[1]);
    assert.ok(styles.length > 0, address);
    let all = 0;
    for (const path of [address, ...styles, ...scripts]) {
      const { bytes, coding } = await weight(path);
      assert.equal(coding, "br", path);
      all += bytes;
    }
    assert.ok(all <= 25 * 1024, `${address} needs ${all} bytes: itself, ${styles.join()}, ${scripts.join()}`);
  }
});

test("a page's part that stays away: the server's page remains, with its links, and says so", async () => {
  const page = await visit(browser, "phone", server.url);
  const asked = [];
  await page.route(/station_read\.wasm$/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.goto("/deputies");
  await page.locator(".boot-notice").waitFor();
  assert.ok(asked.length >= 2, "it was tried again before giving up");
  assert.equal(await page.getAttribute("html", "data-app"), null);
  await page.getByRole("searchbox").fill("教育");
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL(/q=/);
  await page.unroute(/station_read\.wasm$/);
  await page.getByRole("link", { name: "首页" }).or(page.locator(".masthead__name")).first().click();
  await page.waitForURL((url) => url.pathname === "/");
  await ready(page);
});

test("a part that stays away while one is reading: the page says so, and loading it anew helps", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.route(/station_read\.wasm$/, (route) => route.abort());
  await page.goto("/help");
  await ready(page);
  await page.locator(".nav__link", { hasText: "代表" }).click();
  await page.getByText("没有下载下来").waitFor();
  await expectNoAxeViolations(page);
  await page.unroute(/station_read\.wasm$/);
  await page.getByRole("link", { name: "重新加载" }).click();
  await page.getByRole("heading", { level: 1, name: "人大代表" }).or(page.getByRole("heading", { level: 1 })).first().waitFor();
  await ready(page);
  assert.equal(new URL(page.url()).pathname, "/deputies");
});

test("the letter's later questions stay away: the page says so, loading them anew helps, and no word is lost", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.route(/station_later\.wasm$/, (route) => route.abort());
  await page.goto("/write");
  await ready(page);
  const words = "楼道里的灯坏了一个月，晚上老人上下楼看不清，希望早点修好。";
  await page.getByLabel("发生了什么事").fill(words);
  await goOn(page);
  await page.getByText("没有下载下来").waitFor();
  await expectNoAxeViolations(page);
  await page.unroute(/station_later\.wasm$/);
  await page.getByRole("link", { name: "重新加载" }).click();
  await question(page, "事情在哪里");
  await page.goBack();
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), words);
});

test("a letter opened at a later question stays as the server drew it until the app has drawn it", async () => {
  const page = await visit(browser, "phone", server.url);
  await page.goto("/write");
  await ready(page);
  await page.getByLabel("发生了什么事").fill("楼道里的灯坏了一个月，晚上老人上下楼看不清。");
  await goOn(page);
  await question(page, "事情在哪里");
  const release = await holdBack(page, /station_later\.wasm$/);
  await page.reload({ waitUntil: "load" });
  await page.waitForTimeout(600);
  assert.equal(await page.locator("#write").count(), 1, "a form stands there all the time");
  release();
  await ready(page);
  await question(page, "事情在哪里");
  assert.deepEqual(complaints(page), []);
});

test("an old engine gets no more than the WebAssembly it knows, in every part", async () => {
  const page = await visit(browser, "phone", server.url);
  const kinds = [];
  page.on("response", (response) => {
    if (response.url().endsWith(".wasm")) kinds.push(response.headers()["content-type"]);
  });
  // Safari before 15 cannot compile while it loads.
  await page.addInitScript(() => {
    delete WebAssembly.compileStreaming;
    delete WebAssembly.instantiateStreaming;
  });
  await page.goto("/track");
  await ready(page);
  await page.getByRole("link", { name: "代表", exact: true }).first().click();
  await page.waitForURL("**/deputies");
  assert.ok(kinds.length >= 3 && kinds.every((kind) => kind === "application/wasm"), kinds.join());
  assert.deepEqual(complaints(page), []);
});

test("the switch to large type works before the app is there, and the app goes on from it", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await holdBack(page, /station_bg\.wasm$/);
  await page.goto("/");
  const opened = await page.evaluate(() => performance.timeOrigin);
  await page.getByRole("link", { name: "大字版" }).click();
  await page.waitForSelector("html[data-mode=elder]", { state: "attached" });
  assert.equal(await page.evaluate(() => performance.timeOrigin), opened, "no other page was loaded for it");
  await page.getByRole("link", { name: "标准版" }).waitFor();
  release();
  await ready(page);
  await page.getByRole("link", { name: "标准版" }).click();
  await page.waitForSelector("html:not([data-mode=elder])", { state: "attached" });
  await page.getByRole("link", { name: "大字版" }).waitFor();
  assert.deepEqual(complaints(page), []);
});
