// The counter as it is used: one visitor after another by keyboard, double taps, a slow network; and a visitor's number.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { staff } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk } from "../support/people.mjs";
import { bookedReception } from "../support/reception.mjs";
import { startServer } from "../support/server.mjs";

const TABLET = { viewport: { width: 768, height: 1024 }, hasTouch: true };

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("visitors in a row by keyboard: the next one's field is there already, and each number once", async () => {
  const clerk = await visit(browser, "desktop", server.url, TABLET);
  await atDesk(clerk, "小棠");
  const { id, code } = await bookedReception(server, "王桂芳", "19900000061");
  await clerk.goto(`/desk/receptions/${id}/counter`);
  await clerk.locator("#topic").focus();
  for (let n = 1; n <= 4; n += 1) {
    await clerk.keyboard.type(`第 ${n} 件事`);
    await clerk.keyboard.press("Enter");
    await clerk.locator(".counter__said").getByText(`${n} 号 登记好了`).waitFor();
    assert.match(await clerk.title(), new RegExp(`^${n} 号 登记好了`));
    await clerk.locator("#topic:focus").waitFor();
    assert.ok(await clerk.locator(".counter__said").isVisible(), "what happened stays in sight");
  }
  await expectNoAxeViolations(clerk);
  await expectNoSidewaysScroll(clerk);
  await picture(clerk, "counter-in-a-row");
  await clerk.locator("#code").fill(code);
  await clerk.keyboard.press("Enter");
  await clerk.locator(".counter__said").getByText("5 号 王桂芳 签到好了").waitFor();
  await clerk.locator("#code:focus").waitFor();
  await clerk.locator("#next").press("Enter");
  await clerk.locator(".counter__said").getByText("请 1 号 进来").waitFor();
  await clerk.locator("#next:focus").waitFor();
  // Another tablet takes somebody in: the list follows though the focus is on its button, which keeps it.
  const office = await staff(server.url, "chief");
  await office.send("POST", `/reception-sessions/${id}/walk-ins`, { topic: "别处登记的", people: 1 });
  await clerk.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await clerk.getByText("别处登记的").waitFor();
  await clerk.locator("#next:focus").waitFor();
  expectQuiet(clerk, [LOGGED_OUT]);
});

test("a double tap is one visitor and one call, on a slow network and without scripts", async () => {
  const { id } = await bookedReception(server, "王桂芳", "19900000062");
  const office = await staff(server.url, "chief");
  const queue = () => office.get(`/reception-sessions/${id}/queue`);
  const first = await visit(browser, "desktop", server.url, TABLET);
  await atDesk(first, "小棠");
  const cookies = await first.context().cookies();
  for (const kind of ["desktop", "noscript"]) {
    const clerk = await visit(browser, kind, server.url);
    await clerk.context().addCookies(cookies);
    await clerk.route("**/counter", async (route) => {
      if (route.request().method() === "POST") await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await clerk.goto(`/desk/receptions/${id}/counter`);
    await clerk.locator("#topic").fill(kind);
    await clerk.locator('button[value="walkin"]').dblclick({ noWaitAfter: true });
    await clerk.locator(".counter__said").getByText("登记好了").waitFor();
    await clerk.locator("#next").dblclick({ noWaitAfter: true });
    await clerk.locator(".counter__said").getByText("进来").waitFor();
    const now = await queue();
    assert.equal(now.filter((one) => one.topic === kind).length, 1, `${kind}: one tap, twice`);
  }
  const now = await queue();
  assert.deepEqual(
    now.map((one) => one.queue_no).filter(Boolean),
    [1, 2],
  );
  assert.equal(now.filter((one) => one.called_at).length, 2, "each call called one");
});

test("a visitor's number is shown for a reason, and the visitor reads who looked", async () => {
  const { id, code, person } = await bookedReception(server, "王桂芳", "19900000063");
  const clerk = await visit(browser, "phone", server.url);
  await atDesk(clerk, "小棠");
  await clerk.goto(`/desk/receptions/${id}/counter`);
  await clerk.locator("#code").fill(code);
  await clerk.locator("#code").press("Enter");
  await clerk.locator(".counter__said").waitFor();
  await clerk.locator("#next").press("Enter");
  await clerk.getByRole("link", { name: /^写接待记录 1 号/ }).click();
  await clerk.locator('[name="outcome"][value="noted"]').check({ force: true });
  await clerk.getByRole("button", { name: "保存", exact: true }).click();
  await clerk.getByText("已保存").waitFor();
  await clerk.goto("/desk/ledger?q=" + encodeURIComponent("王桂芳"));
  await clerk.getByRole("link", { name: "学府路的路灯" }).first().click();
  await clerk.getByText("199****0063").waitFor();
  await clerk.locator("summary", { hasText: "查看号码" }).click();
  await expectNoAxeViolations(clerk);
  await picture(clerk, "number-reason-phone");
  await clerk.locator("#reason").fill("约时间上门查看");
  await clerk.locator("#reason").press("Enter");
  await clerk.getByRole("link", { name: "19900000063" }).waitFor();
  await expectNoAxeViolations(clerk);
  await expectNoSidewaysScroll(clerk);
  await picture(clerk, "number-shown-phone");

  const [booking] = await person.get("/me/appointments");
  const mine = await visit(browser, "phone", server.url);
  await person.enter(mine);
  await mine.goto(`/mine/bookings/${booking.id}`);
  await mine.getByRole("heading", { name: "谁看过您的电话号码" }).waitFor();
  await mine.getByText("约时间上门查看").waitFor();
  await expectNoAxeViolations(mine);
  await picture(mine, "booking-looks-phone");
  expectQuiet(clerk, [LOGGED_OUT]);
});
