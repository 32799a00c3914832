// Staff at the desk: two officers at once, what happens to typed text, single keys, narrow screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { LOGGED_OUT, atDesk } from "../support/people.mjs";
import { act, begin, fill } from "../support/staff.mjs";
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

/** Opens the first letter of a lane with which this can be done; answers its number. */
async function firstFor(page, end, lane, kind) {
  await page.goto(`/desk/${end}?lane=${lane}`);
  const rows = page.locator(".queue-row__link");
  await rows.first().waitFor();
  for (const address of await rows.evaluateAll((links) => links.map((link) => link.href))) {
    await page.goto(address);
    await page.locator(".acts").waitFor();
    if ((await page.locator(`#act-${kind}`).count()) > 0) return page.locator(".pane__no").innerText();
  }
  return assert.fail(`no letter of the lane ${lane} offers ${kind}`);
}

test("two officers at once: one acts, the other is shown the newer state and keeps the text", async () => {
  const one = await visit(browser, "desktop", server.url);
  const two = await visit(browser, "desktop", server.url);
  await atDesk(one, "程主任");
  await atDesk(two, "程主任");
  const no = await firstFor(one, "office", "new", "accept");
  await two.goto(one.url());
  await two.locator(".pane__no", { hasText: no }).waitFor();

  await begin(two, "decline");
  await fill(two, { text: "这件事正在法院审理，请按法院的程序办。" });
  await act(one, "accept", { category_id: "漏水" });
  await two.locator('#desk-form [name="reason_code"]').first().check({ force: true });
  await two.locator("#desk-form button[type=submit]").click();

  await two.getByText("这件事刚刚有人动过").waitFor();
  assert.equal(
    await two.locator('#desk-form [name="text"]').inputValue(),
    "这件事正在法院审理，请按法院的程序办。",
    "what was typed stays",
  );
  await expectNoAxeViolations(two);
  await one.reload();
  await one.locator(".pane__chips", { hasText: "已受理" }).waitFor();
  // The browser itself logs every 409; nothing else may have gone wrong.
  expectQuiet(two, [/409/, LOGGED_OUT]);
  expectQuiet(one, [LOGGED_OUT]);
});

test("every lane of every end is accessible and fits a phone", async () => {
  for (const [who, end, lanes] of [
    ["程主任", "office", ["new", "held", "returned", "review", "disputed", "to_publish", "overdue", "lookback", "closed"]],
    ["贺工", "unit", ["to_sign", "working", "in_review", "done"]],
    ["陆知遥", "deputy", ["to_answer", "running", "done"]],
  ]) {
    for (const kind of ["phone", "desktop", "darkDesktop"]) {
      const page = await visit(browser, kind, server.url);
      await atDesk(page, who);
      for (const lane of lanes) {
        await page.goto(`/desk/${end}?lane=${lane}`);
        await page.locator(".lane__total").filter({ hasText: "共" }).waitFor();
        if (kind !== "darkDesktop" || lane === lanes[0]) await expectNoAxeViolations(page);
        await expectNoSidewaysScroll(page);
      }
      const first = page.locator(".queue-row__link").first();
      if ((await first.count()) > 0) {
        await first.click();
        await page.locator(".pane__no").waitFor();
        await expectNoAxeViolations(page);
        await expectNoSidewaysScroll(page);
      }
      expectQuiet(page, [LOGGED_OUT]);
      await page.context().close();
    }
  }
});

test("a unit's half-written reply survives closing the page", async () => {
  const page = await visit(browser, "desktop", server.url);
  await atDesk(page, "贺工");
  await firstFor(page, "unit", "working", "submit_reply");
  await begin(page, "submit_reply");
  const words = "我们已经派人到现场看过，下周二开始施工。";
  await fill(page, { done: words });
  await page.getByText(/已保存/).waitFor();
  const address = page.url();

  const other = await visit(browser, "desktop", server.url);
  await atDesk(other, "贺工");
  await other.goto(address);
  await begin(other, "submit_reply");
  assert.equal(await other.locator('#desk-form [name="done"]').inputValue(), words, "the draft is on the server too");
  expectQuiet(page, [LOGGED_OUT]);
});

test("staff of one unit do not see another unit's letters", async () => {
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "程主任");
  await firstFor(office, "office", "new", "accept");
  const stranger = await visit(browser, "desktop", server.url);
  await atDesk(stranger, "小武");
  await stranger.goto(office.url().replace("/desk/office", "/desk/unit"));
  await stranger.getByText("没有找到这件事").waitFor();
});

