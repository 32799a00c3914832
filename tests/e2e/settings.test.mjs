// How one is told outside the app, chosen by a resident and by a clerk; and a unit's duties that move to another.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, choose, question, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

/** Mail and a gateway are configured; nobody listens there, and nothing of this file is sent. */
const env = {
  LIAISON_NOTIFY_SMTP_HOST: "127.0.0.1",
  LIAISON_NOTIFY_SMTP_PORT: "9",
  LIAISON_NOTIFY_SMTP_TLS: "none",
  LIAISON_NOTIFY_SMTP_FROM: "联络站 <station@letters.example.org>",
  LIAISON_NOTIFY_WEBHOOK_URL: "http://127.0.0.1:9/",
  LIAISON_NOTIFY_WEBHOOK_SECRET: "a-secret-of-this-test",
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

/** A page as it is now: accessible, not wider than its screen, kept as a picture. */
async function inspect(page, name) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await picture(page, name);
}

/** Presses the button and waits for the page that answers. */
const save = (page) => page.getByRole("button", { name: "保存" }).click();

for (const kind of ["phone", "noscript"]) {
  test(`a resident (${kind}) chooses mail and hours; a slip of the finger loses nothing`, async () => {
    const page = await visit(browser, kind, server.url);
    if (kind === "phone") await openReady(page, "/mine");
    else await page.goto("/mine");
    await page.getByLabel("手机号").fill(kind === "phone" ? "19900000301" : "19900000302");
    await page.getByRole("button", { name: "获取验证码" }).click();
    await page.getByLabel("短信验证码").fill(await shownCode(page));
    await page.getByRole("button", { name: "登录" }).click();
    await question(page, "我的意见");
    await page.getByRole("link", { name: "通知设置" }).click();
    await question(page, "通知设置");
    await inspect(page, `settings-${kind}`);

    await page.getByLabel("邮箱").fill("zhang@example");
    await page.getByText("自己定", { exact: true }).click();
    await page.getByLabel(/从几点起不发/).fill("20:00");
    await page.getByLabel(/到几点为止/).fill("20:00");
    await save(page);
    await page.getByRole("heading", { name: "有 2 处需要修改" }).waitFor();
    assert.equal(await page.getByLabel("邮箱").inputValue(), "zhang@example");
    assert.equal(await page.getByLabel(/从几点起不发/).inputValue(), "20:00");
    assert.ok(await page.getByLabel("自己定", { exact: false }).first().isChecked());
    await inspect(page, `settings-${kind}-wrong`);

    await page.getByLabel("邮箱").fill("zhang@example.com");
    await page.getByLabel(/到几点为止/).fill("07:00");
    await page.getByText("都攒着一起发").click();
    await save(page);
    await page.getByText("已保存").waitFor();
    await page.reload();
    assert.equal(await page.getByLabel("邮箱").inputValue(), "zhang@example.com");
    assert.equal(await page.getByLabel(/到几点为止/).inputValue(), "07:00");
    const kept = await (await page.request.get("/api/v1/me/notifications")).json();
    assert.equal(kept.preferences.pace, "digest");
    assert.deepEqual(kept.preferences.quiet, { from: 20 * 60, to: 7 * 60 });
    await page.getByRole("link", { name: /^我的/ }).first().click();
    await question(page, "我的意见");
    expectQuiet(page, [LOGGED_OUT, /422/]);
  });
}

test("at twice the text size a wrong choice stays within the screen", async () => {
  const page = await visit(browser, "largeText", server.url);
  await openReady(page, "/mine");
  await page.getByLabel("手机号").fill("19900000303");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await page.getByRole("button", { name: "登录" }).click();
  await question(page, "我的意见");
  await page.goto("/mine/notifications");
  await page.getByLabel("邮箱").fill("zhang");
  await save(page);
  await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  await expectNoSidewaysScroll(page);
  expectQuiet(page, [LOGGED_OUT, /422/]);
});

test("a clerk chooses at the desk, from the inbox and back to it", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "小棠");
  await page.locator('.desk-head a[href="/desk/inbox"]').click();
  await question(page, "消息");
  await page.getByRole("link", { name: "通知设置" }).click();
  await question(page, "通知设置");
  await inspect(page, "settings-desk");
  await page.getByLabel("邮箱").fill("station@example.com");
  await page.getByText("有事就发").click();
  await save(page);
  await page.getByText("已保存").waitFor();
  await inspect(page, "settings-desk-saved");
  await page.setViewportSize({ width: 390, height: 844 });
  await inspect(page, "settings-desk-phone");
  await page.locator("main").getByRole("link", { name: "消息" }).click();
  await question(page, "消息");
  expectQuiet(page, [LOGGED_OUT]);
});

test("duties move to another unit after one look at how much it is, and nothing stays behind", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "小管");
  await page.getByRole("link", { name: "单位合并" }).click();
  await question(page, "单位合并");
  await inspect(page, "units-choose");
  await page.getByRole("button", { name: "看看要移交多少" }).click();
  await page.getByRole("heading", { name: "有 2 处需要修改" }).waitFor();
  await expectNoAxeViolations(page);

  await choose(page.getByLabel("要并出去的单位"), "综合行政执法局");
  await choose(page.getByLabel("接手的单位"), "住房和城乡建设局");
  await page.getByRole("button", { name: "看看要移交多少" }).click();
  await page.getByRole("heading", { level: 1, name: /的事交给/ }).waitFor();
  const from = new URL(page.url()).searchParams.get("from");
  const duties = async () => (await page.request.get(`/api/v1/admin/units/${from}/duties`)).json();
  const first = await duties();
  assert.ok(first.matters > 0 && first.categories > 0 && first.accounts > 0, JSON.stringify(first));
  const shown = await page.locator("main").innerText();
  assert.match(shown, new RegExp(`没办完的来信\\s*${first.matters} 件`));
  await inspect(page, "units-confirm");
  await page.getByRole("button", { name: "确认移交" }).click();
  await page.getByText("没有留下没办完的事").waitFor();
  await inspect(page, "units-moved");
  await page.setViewportSize({ width: 390, height: 844 });
  await inspect(page, "units-moved-phone");
  const last = await duties();
  assert.deepEqual(
    [last.matters, last.handed_down, last.categories, last.accounts, last.templates],
    [0, 0, 0, 0, 0],
  );
  await page.getByRole("link", { name: "来信", exact: true }).click();
  await page.locator(".lane__total", { hasText: "共" }).waitFor();
  expectQuiet(page, [LOGGED_OUT, /422/]);
});
