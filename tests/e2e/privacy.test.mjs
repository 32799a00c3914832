// What somebody does about their own data: another telephone number, everything in one file, a shared telephone left clean.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { startLetter } from "../support/drafts.mjs";
import { LOGGED_OUT, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

let server;
let browser;
before(async () => {
  // Codes may follow each other at once: no test waits a minute.
  const env = { LIAISON_OTP_RESEND_SECONDS: "0", LIAISON_OTP_PER_HOUR: "100", LIAISON_OTP_PER_DAY: "100" };
  [server, browser] = await Promise.all([startServer({ env }), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** Logs in on 「我的」; with scripts or without, the form is the same. */
async function logIn(page, phone) {
  await page.getByLabel("手机号").fill(phone);
  await press(page, "获取验证码");
  await page.getByLabel("验证码").fill(await shownCode(page));
  await press(page, "登录");
  await page.getByRole("button", { name: "退出", exact: true }).waitFor();
}

for (const kind of ["noscript", "phone"]) {
  test(`the telephone number is changed (${kind})`, async () => {
    const [old, wanted] = kind === "phone" ? ["19900090301", "19900090302"] : ["19900090303", "19900090304"];
    const page = await visit(browser, kind, server.url);
    await page.goto("/mine");
    await logIn(page, old);
    await page.goto("/mine/privacy");
    await page.getByRole("link", { name: "换手机号" }).click();
    await expectNoAxeViolations(page);
    await press(page, "给现在的号码发验证码");
    await page.getByLabel("验证码").fill(await shownCode(page));
    await press(page, "验证");
    await page.getByRole("heading", { name: /第二步/ }).waitFor();
    await page.getByLabel("手机号").fill(wanted);
    await press(page, "获取验证码");
    await page.getByLabel("验证码").fill(await shownCode(page));
    await press(page, "换成这个号码");
    await page.getByText("手机号换好了").waitFor();
    const said = await page.locator("main").innerText();
    assert.match(said, new RegExp(`从 199\\*{4}${old.slice(-4)} 换成 199\\*{4}${wanted.slice(-4)}`));
    await expectNoAxeViolations(page);
    expectQuiet(page, [LOGGED_OUT]);
  });
}

test("everything of one's own comes in one file", async () => {
  const page = await visit(browser, "desktop", server.url);
  await page.goto("/mine");
  await logIn(page, "19900090305");
  await page.goto("/mine/privacy");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /下载全部/ }).click(),
  ]);
  assert.match(file.suggestedFilename(), /^my-data-\d{4}-\d\d-\d\d\.zip$/);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  assert.equal(bytes.subarray(0, 2).toString("latin1"), "PK");
  assert.ok(bytes.includes("data.json") && bytes.includes("index.html"));
});

test("logging out on a shared telephone says what is left and removes it on wish", async () => {
  const page = await visit(browser, "phone", server.url);
  await startLetter(page);
  await openReady(page, "/mine");
  await logIn(page, "19900090306");
  await press(page, "退出");
  const said = page.getByText(/已经退出。这台设备上还有1份没写完的意见/);
  await said.waitFor();
  await expectNoAxeViolations(page);
  await press(page, "留着，下次接着写");
  await said.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: /没写完的意见/ }).waitFor();

  await logIn(page, "19900090306");
  await press(page, "退出");
  await press(page, "都删掉");
  await page.getByRole("heading", { name: /没写完的意见/ }).waitFor({ state: "detached" });
  await openReady(page, "/write");
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), "");
  expectQuiet(page, [LOGGED_OUT]);
});

test("how personal data is handled can be read on every screen", async () => {
  for (const kind of ["phone", "small", "desktop", "elder", "largeText", "dark"]) {
    const page = await visit(browser, kind, server.url);
    await page.goto("/");
    await page.getByRole("contentinfo").getByRole("link", { name: "隐私说明" }).click();
    await page.getByRole("heading", { name: "个人信息怎么用", level: 1 }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    await page.close();
  }
});
