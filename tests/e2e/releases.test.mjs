// Releases do not break phones: a page of the build before starts with its own files, goes over to the new build once,
// and never while words would be lost. What breaks is counted.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { launch, ready, visit } from "../support/browser.mjs";
import { ROOT, startServer } from "../support/server.mjs";
import { atDesk } from "../support/people.mjs";

const WEB = process.env.LIAISON_WEB ?? path.join(ROOT, "target/site");

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

/** A web folder of its own with one build under a name of ours. */
async function webFolder(build) {
  const web = await mkdtemp(path.join(tmpdir(), "liaison-web-"));
  const manifest = JSON.parse(await readFile(path.join(WEB, "manifest.json"), "utf8"));
  await cp(path.join(WEB, "a", manifest.build), path.join(web, "a", build), { recursive: true });
  await writeFile(path.join(web, "manifest.json"), renamed(manifest, build));
  return web;
}

function renamed(manifest, build) {
  return JSON.stringify(manifest).replaceAll(manifest.build, build);
}

/** Puts another build beside the one that is there, as a release does. */
async function release(web, build, { drop = "" } = {}) {
  const manifest = JSON.parse(await readFile(path.join(web, "manifest.json"), "utf8"));
  await cp(path.join(web, "a", manifest.build), path.join(web, "a", build), { recursive: true });
  await writeFile(path.join(web, "manifest.new"), renamed(manifest, build));
  await rename(path.join(web, "manifest.new"), path.join(web, "manifest.json"));
  if (drop) await rm(path.join(web, "a", drop), { recursive: true });
}

/** Runs a story on a server with the build `aaaa0001`. */
async function withServer(story) {
  const web = await webFolder("aaaa0001");
  const server = await startServer({ web });
  try {
    await story(server, web);
  } finally {
    await server.stop();
    await rm(web, { recursive: true, force: true });
  }
}

const buildOf = (page) => page.locator("script[data-bundle]").getAttribute("data-build");

/** The server knows the new build. */
async function served(page, build) {
  for (;;) {
    const answer = await page.request.get("/health");
    if (answer.headers()["x-app-version"] === build) return;
  }
}

/** The page says that the app is up, in this build. */
async function upIn(page, build) {
  await page.waitForSelector(`html[data-app=ready] script[data-build="${build}"]`, { state: "attached" });
}

test("an old page from a cache starts with its own files and goes over to the new build once", () =>
  withServer(async (server, web) => {
    const page = await visit(browser, "phone", server.url);
    const old = await (await page.request.get("/help")).text();
    assert.match(old, /data-build="aaaa0001"/);
    await release(web, "bbbb0002");
    await served(page, "bbbb0002");

    // A web view that keeps its page, whatever the server says: until it is asked for by another address.
    const documents = [];
    await page.route("**/help*", (route) => {
      if (route.request().resourceType() !== "document") return route.continue();
      documents.push(new URL(route.request().url()).search);
      if (documents.length === 1) return route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body: old });
      return route.continue();
    });
    const files = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith("/a/")) files.push([pathname, response.status()]);
    });
    await page.goto("/help");
    await upIn(page, "bbbb0002");
    assert.deepEqual(documents, ["", "?v=bbbb0002"]);
    assert.ok(
      files.some(([name, status]) => name === "/a/aaaa0001/station_bg.wasm" && status === 200),
      "the old app was started from its own files",
    );
    assert.equal(new URL(page.url()).search, "", "the sign is taken out of the address again");
    assert.equal(await page.locator(".boot-notice").count(), 0);
  }));

test("a cache that keeps the old page under every address is no loop", () =>
  withServer(async (server, web) => {
    const page = await visit(browser, "wechat", server.url);
    const old = await (await page.request.get("/help")).text();
    await release(web, "bbbb0002");
    await served(page, "bbbb0002");
    let documents = 0;
    await page.route("**/help*", (route) => {
      if (route.request().resourceType() !== "document") return route.continue();
      documents += 1;
      return route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body: old });
    });
    const asked = () => page.waitForResponse((response) => response.url().endsWith("/health"));
    const over = page.waitForEvent("framenavigated", (frame) => frame.url().includes("v=bbbb0002"));
    await page.goto("/help");
    // The first document is up in the old build, too: what is asked of the page below must not meet its end.
    await over;
    await page.waitForURL(/\/help$/);
    await upIn(page, "aaaa0001");
    // Asked again and again, it stays.
    for (let turn = 0; turn < 3; turn += 1) {
      const answered = asked();
      await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
      await answered;
    }
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(documents, 2);
    assert.equal(await buildOf(page), "aaaa0001");
  }));

test("words that were typed are not thrown away: the next page is the new build's", () =>
  withServer(async (server, web) => {
    const page = await visit(browser, "phone", server.url);
    await page.goto("/track");
    await ready(page);
    const field = page.locator("main input[type=text], main input:not([type])").first();
    await field.fill("TH-2026-000001");
    await release(web, "bbbb0002");
    await served(page, "bbbb0002");
    const answered = page.waitForResponse((response) => response.url().endsWith("/health"));
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await answered;
    assert.equal(await field.inputValue(), "TH-2026-000001");
    await page.locator("main a[href='/mine']").click();
    await page.waitForURL(server.url + "/mine");
    assert.equal(await buildOf(page), "aaaa0001", "with words in a field even a link stays with the old app");
    await page.locator("a[href='/help']").first().click();
    await upIn(page, "bbbb0002");
    assert.equal(new URL(page.url()).pathname, "/help");
  }));

test("files of a build that is gone are those of the present build: no white page", () =>
  withServer(async (server, web) => {
    const page = await visit(browser, "phone", server.url);
    const old = await (await page.request.get("/help")).text();
    await release(web, "bbbb0002", { drop: "aaaa0001" });
    await served(page, "bbbb0002");
    let first = true;
    await page.route("**/help*", (route) => {
      if (route.request().resourceType() !== "document" || !first) return route.continue();
      first = false;
      return route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body: old });
    });
    await page.goto("/help");
    await upIn(page, "bbbb0002");
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.notEqual(colour, "rgba(0, 0, 0, 0)", "the page is dressed");
  }));

test("an app that cannot start is counted, without the address's id", () =>
  withServer(async (server) => {
    const page = await visit(browser, "wechat", server.url);
    const reports = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/client-errors")) reports.push(request.postDataJSON());
    });
    await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
    const counted = page.waitForResponse((response) => response.url().endsWith("/client-errors"));
    await page.goto("/cases?q=1");
    await page.locator(".boot-notice").waitFor();
    assert.equal((await counted).status(), 204);
    assert.deepEqual(
      reports.map(({ kind, build, path }) => ({ kind, build, path })),
      [{ kind: "network", build: "aaaa0001", path: "/cases" }],
    );
    const desk = await visit(browser, "desktop", server.url);
    await atDesk(desk, "小管");
    await desk.goto("/desk/admin/errors");
    await desk.getByText("没有下载下来").waitFor();
    await desk.getByText("微信 · 安卓").waitFor();
    await desk.getByText("现在的版本 aaaa0001").waitFor();
  }));
