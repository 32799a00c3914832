// What is typed survives: a closed tab, a lost connection, an expired login. Notes of a reception, and settings.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { staff } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { anotherTab, expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk } from "../support/people.mjs";
import { bookedReception } from "../support/reception.mjs";
import { startServer } from "../support/server.mjs";

const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };
const WORDS = "学府路从菜场到小学这一段的路灯坏了三个星期。";
const TOO_LATE = /status of 401/;
const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;

/** Mail is configured, so that there are settings; nobody listens there, and nothing is sent. */
const env = {
  LIAISON_NOTIFY_SMTP_HOST: "127.0.0.1",
  LIAISON_NOTIFY_SMTP_PORT: "9",
  LIAISON_NOTIFY_SMTP_TLS: "none",
  LIAISON_NOTIFY_SMTP_FROM: "联络站 <station@letters.example.org>",
};

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ env }), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The login is over: its cookie is gone, as when the server has forgotten it. */
const expire = (page) => page.context().clearCookies({ name: "sid" });

test("notes that are not finished survive a closed tab, a lost connection and an expired login", async () => {
  const office = await visit(browser, "desktop", server.url, TABLET);
  await atDesk(office, "小棠");
  const { id } = await bookedReception(server, "王桂芳", "19900000081");
  const notes = `/desk/receptions/${id}/notes`;
  await office.goto(notes);
  await office.locator("#visitor").fill("钱师傅");
  await office.locator("#words").fill(WORDS);
  await office.getByText(/^已暂存 \d+:\d\d$/).waitFor();
  await expectNoAxeViolations(office);
  await expectNoSidewaysScroll(office);
  await picture(office, "notes-draft-tablet");
  const stored = await office.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.ok(!stored.includes("钱师傅"), "nothing of it lies in the browser");

  // Another tab instead of the closed one; what was kept asks no question on leaving.
  const tab = await anotherTab(office);
  await office.close();
  await tab.goto(notes);
  assert.equal(await tab.locator("#visitor").inputValue(), "钱师傅");
  assert.equal(await tab.locator("#words").inputValue(), WORDS);
  await tab.getByText(/^已暂存 \d+:\d\d$/).waitFor();

  // Without a connection it says so, and goes on by itself once there is one.
  await tab.context().setOffline(true);
  await tab.locator("#notes").fill("去年也坏过一次。");
  await tab.getByText("刚才没有暂存上").waitFor();
  await tab.context().setOffline(false);
  await tab.getByText(/^已暂存 \d+:\d\d$/).waitFor({ timeout: 40_000 });

  // Expired: the page says so; the button logs in within its answer and goes on.
  await expire(tab);
  await tab.locator("#topic").fill("路灯坏了");
  await tab.getByText("登录已过期").waitFor();
  await tab.getByRole("button", { name: "暂存" }).click();
  await tab.getByRole("heading", { name: "请重新登录" }).waitFor();
  await expectNoAxeViolations(tab);
  await expectNoSidewaysScroll(tab);
  await picture(tab, "login-again-tablet");
  await tab.getByRole("button", { name: /小棠.*登录/ }).click();
  await tab.getByText(/^已暂存 \d+:\d\d$/).waitFor();
  assert.equal(await tab.locator("#topic").inputValue(), "路灯坏了");
  assert.equal(await tab.locator("#notes").inputValue(), "去年也坏过一次。");

  // It becomes one record, and nothing unfinished is left.
  await tab.locator('[name="outcome"][value="noted"]').check({ force: true });
  await tab.getByRole("button", { name: "保存", exact: true }).click();
  await tab.getByText("已保存").waitFor();
  const clerk = await staff(server.url, "chief");
  const ledger = await clerk.get("/records?q=" + encodeURIComponent("钱师傅"));
  assert.deepEqual(
    ledger.items.map((one) => one.content.topic),
    ["路灯坏了"],
  );
  await tab.goto(notes);
  assert.equal(await tab.locator("#visitor").inputValue(), "");
  expectQuiet(tab, [LOGGED_OUT, TOO_LATE, OFFLINE]);
});

test("settings posted after the login ended are saved by logging in within the answer, by keyboard and without scripts", async () => {
  const first = await visit(browser, "desktop", server.url);
  await atDesk(first, "小棠");
  const cookies = await first.context().cookies();
  for (const kind of ["desktop", "noscript"]) {
    const person = await visit(browser, kind, server.url);
    await person.context().addCookies(cookies);
    await person.goto("/desk/notifications");
    const field = person.locator("#email");
    await field.fill(`${kind}@example.org`);
    await expire(person);
    await field.press("Enter");
    await person.getByRole("heading", { name: "请重新登录" }).waitFor();
    assert.equal(await person.locator('[name="password"]').getAttribute("autocomplete"), "current-password");
    await person.locator("#username").fill("nobody");
    await person.locator("#password").fill("wrong");
    await person.locator("#password").press("Enter");
    await person.locator("#error-summary").getByText("用户名或密码不对").waitFor();
    assert.equal(await person.locator("#password").inputValue(), "");
    if (kind === "desktop") await expectNoAxeViolations(person);
    await expectNoSidewaysScroll(person);
    await picture(person, `login-again-${kind}`);
    await person.getByRole("button", { name: /小棠.*登录/ }).press("Enter");
    await person.waitForURL(/saved=1/);
    assert.equal(await person.locator("#email").inputValue(), `${kind}@example.org`);
    expectQuiet(person, [LOGGED_OUT, TOO_LATE]);
  }
});
