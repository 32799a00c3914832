// Two hundred letters and one clerk: several taken on or declined together, what did not work named and still chosen,
// a long list that keeps its place, filters kept by name.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { resident, staff, write } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, choose as pick } from "../support/people.mjs";
import { actTogether, beginTogether, choose, fill, openLetter } from "../support/staff.mjs";
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

/** Somebody of the office at a desk of this size. */
async function officer(name, kind = "desktop") {
  const page = await visit(browser, kind, server.url);
  await atDesk(page, name);
  return page;
}

/** The office's chief, whose bell does not ring for new letters. */
const chief = (kind) => officer("程主任", kind);

/** Letters with a common word, one resident each; answers people and numbers. */
async function letters(first, count, word) {
  const phones = Array.from({ length: count }, (_, at) => String(first + at));
  const people = await Promise.all(phones.map((phone) => resident(server.url, phone)));
  const sent = await Promise.all(
    people.map((person, at) => write(person, { body: `${word}，住在渡口新村${at + 1}号楼的都看见了，请来处理一下。` })),
  );
  return { people, numbers: sent.map((receipt) => receipt.no) };
}

/** A letter's own list, found by a word. */
async function search(page, lane, word) {
  await page.goto(`/desk/office?lane=${lane}&q=${encodeURIComponent(word)}`);
  await page.locator(".queue-row").first().waitFor();
}

test("taken on together: one that somebody touched meanwhile is named, stays chosen, and goes through at the next try", async () => {
  const { numbers } = await letters(19900000300, 3, "垃圾站的铁门掉下来了");
  const office = await chief();
  const journey = new Journey(office, "many-accept", { axe: false });
  await journey.step("勾选三件", async () => {
    await search(office, "new", "铁门掉下来了");
    await choose(office, numbers);
    await office.locator(".bulk__count", { hasText: "已选 3 件" }).waitFor();
  });
  await journey.step("选受理", async () => {
    await beginTogether(office, "受理");
    await office.locator("#desk-form").getByText("对选中的每一件都一样").waitFor();
  }, { axe: true });
  // Somebody looks at a number: the letter is a version further, and the list on the screen does not know it.
  await office.route("**/office/queue*", (route) => route.abort());
  const other = await staff(server.url, "admin");
  await other.act(numbers[2], { type: "contact_revealed", reason: "约时间上门查看" });
  await journey.step("一件没有办成", async () => {
    await fill(office, { category_id: "漏水" });
    const bulk = office.waitForRequest(/\/office\/bulk$/);
    await office.locator("#desk-form button[type=submit]").click();
    await bulk;
    await office.unroute("**/office/queue*");
    await office.locator("#bulk-result").waitFor();
    const outcome = await office.locator("#bulk-result").innerText();
    assert.match(outcome, /办好 2 件，1 件没有办成/);
    assert.match(outcome, new RegExp(`${numbers[2]}：这件事刚刚有人动过`), "which one, and why");
    assert.ok(await office.locator("#bulk-result").evaluate((it) => it === document.activeElement), "focus is on it");
    await office.locator(".bulk__count", { hasText: "已选 1 件" }).waitFor();
    await office.locator(".queue-row", { hasText: numbers[0] }).getByText("已受理").waitFor();
    assert.ok(await office.locator(".queue-row", { hasText: numbers[2] }).getByRole("checkbox").isChecked());
  }, { axe: true });
  await journey.step("再办一次", async () => {
    await beginTogether(office, "受理");
    assert.equal(await office.getByText("已接着上次没写完的内容").count(), 0, "what was sent is not kept as unfinished");
    await fill(office, { category_id: "漏水" });
    await office.locator("#desk-form button[type=submit]").click();
    await office.locator("#bulk-result", { hasText: /^办好 1 件/ }).waitFor();
    assert.equal(await office.locator(".bulk").count(), 0, "nothing is chosen any more");
  });
  for (const no of numbers) {
    const { state } = await other.get(`/desk/cases/${no}`);
    assert.equal(state, "accepted", no);
  }
  // The browser logs the lists that were kept from it.
  expectQuiet(office, [LOGGED_OUT, /ERR_FAILED.*\/office\/queue/]);
});

test("declined together on a phone; one is taken back within ten minutes, and each resident reads what holds", async () => {
  const { people, numbers } = await letters(19900000310, 2, "法院判了的墙界又吵起来了");
  const office = await chief("phone");
  const journey = new Journey(office, "many-decline", { axe: false });
  await journey.step("勾选", async () => {
    await search(office, "new", "墙界又吵起来了");
    await choose(office, numbers);
  });
  await journey.step("不予受理", async () => {
    await beginTogether(office, "不予受理");
    await office.locator("#desk-form button[type=submit]").click();
    await office.locator("dialog[open] #desk-form .errors").getByText("理由").first().waitFor();
  }, { axe: true });
  await journey.step("写理由", async () => {
    await office.locator('#desk-form [name="reason_code"]').first().check({ force: true });
    await fill(office, { text: "法院已经判决，请按判决书上的办法申请执行。" });
    await office.locator("#desk-form button[type=submit]").click();
    await office.locator("#bulk-result", { hasText: "办好 2 件" }).waitFor();
  });
  await journey.step("撤销一件", async () => {
    await openLetter(office, "office", "closed", numbers[0]);
    await office.getByRole("button", { name: "撤销刚才这一步" }).click();
    await office.locator("#flash", { hasText: "已撤销" }).waitFor();
    await office.locator(".pane__chips", { hasText: "待受理" }).waitFor();
    assert.equal(await office.locator("#act-undo").count(), 0, "what was taken back is not offered again");
  });
  const reader = await visit(browser, "phone", server.url);
  const reads = async (at) => {
    await people[at].enter(reader);
    await openReady(reader, `/mine/${numbers[at]}`);
    return reader.locator("main").innerText();
  };
  assert.match(await reads(0), /等联络站受理/, "the first one waits again");
  assert.match(await reads(1), /按判决书上的办法申请执行/, "the second one was told why");
  expectQuiet(reader);
  expectQuiet(office, [LOGGED_OUT]);
});

/** So many letters about the market's `matter`, filed by a clerk. */
async function filed(clerk, matter, first, count) {
  const one = (at) =>
    clerk.send(
      "POST",
      "/office/messages",
      {
        letter: {
          body: `菜场第${at}个摊位前的${matter}，下雨天溅一身水。`,
          kind: "help",
          station: "yunfan",
          name_shown: "hidden",
          consent_publish: false,
        },
        phone: String(first + at),
        via: "phone",
        consent: "电话里口头同意",
      },
      { "idempotency-key": `many-${first + at}` },
    );
  const receipts = [];
  for (let at = 0; at < count; at += 5) {
    receipts.push(...(await Promise.all([0, 1, 2, 3, 4].filter((more) => at + more < count).map((more) => one(at + more)))));
  }
  return receipts;
}

/** Somebody declines a letter: it leaves the list of new ones. */
async function decline(clerk, no) {
  const { decline_reasons: reasons } = await clerk.get("/desk/options");
  await clerk.act(no, { type: "decline", reason_code: reasons[0].code, text: "法院已经受理，请按法院的程序办。" });
}

/** Keeps the next request for rows that `matches` waiting: `asked` when it is there, `release` lets it go. */
async function holdRows(page, matches) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  let isAsked;
  const asked = new Promise((resolve) => (isAsked = resolve));
  let held = false;
  await page.route("**/office/queue?*", async (route) => {
    if (!held && matches(new URL(route.request().url()).searchParams)) {
      held = true;
      isAsked();
      await released;
    }
    await route.continue();
  });
  return { asked, release };
}

test("a long list keeps its place and what is chosen in it while news comes in", async () => {
  const clerk = await staff(server.url, "chief");
  const receipts = await filed(clerk, "地砖翘起来了", 19900000400, 45);
  const office = await chief();
  const journey = new Journey(office, "many-long", { axe: false });
  const rows = office.locator(".queue-row");
  let first;
  await journey.step("第一页", async () => {
    await search(office, "new", "地砖翘起来了");
    first = await rows.count();
    assert.ok(first < receipts.length, "the first page is not everything");
  });
  await journey.step("显示更多", async () => {
    await office.getByRole("button", { name: "显示更多" }).click();
    await rows.nth(first).waitFor();
  });
  await journey.step("勾选最后一件", async () => {
    const shown = await rows.count();
    await choose(office, [await rows.nth(shown - 1).locator(".queue-row__no").innerText()]);
  });
  let gone;
  await journey.step("第一件离开了这一栏", async () => {
    gone = await rows.nth(0).locator(".queue-row__no").innerText();
    await decline(clerk, gone);
    await choose(office, [await rows.nth(1).locator(".queue-row__no").innerText()]);
  });
  await journey.step("两件一起受理", async () => {
    const outcome = await actTogether(office, "受理", { category_id: "漏水" });
    assert.match(outcome, /办好 2 件/);
    await office.locator(".queue-row", { hasText: gone }).waitFor({ state: "detached" });
    assert.ok((await rows.count()) > first, "the rows of the second page are still there");
  });
  expectQuiet(office, [LOGGED_OUT]);
});

/** A letter to the station at 云帆街道 and nobody else. */
const AT_STATION = { station: "yunfan", deputy: undefined, area: undefined };

test("news on its way while more rows come takes none of them away, and no press is lost", async () => {
  const clerk = await staff(server.url, "chief");
  await filed(clerk, "雨棚漏了", 19900000500, 45);
  const someone = await resident(server.url, "19900000599");
  // The bell of the station's own officer rings for its letters.
  const office = await officer("小棠");
  await search(office, "new", "雨棚漏了");
  const rows = office.locator(".queue-row");
  const more = office.getByRole("button", { name: "显示更多" });
  const first = await rows.count();

  // The list is being read anew when the rows that follow come in.
  const news = await holdRows(office, (query) => !query.has("cursor"));
  const { no } = await write(someone, { ...AT_STATION, body: "公交车站的雨棚漏了，等车的人都淋湿了，请修一修。" });
  await news.asked;
  await more.click();
  await rows.nth(first).waitFor();
  news.release();
  await office.locator(".queue-row", { hasText: no }).waitFor();
  assert.ok((await rows.count()) > first, "the rows that came meanwhile are still there");

  // The list is another one by the time the rows that follow come in.
  await office.unroute("**/office/queue?*");
  await office.reload();
  await rows.first().waitFor();
  const following = await holdRows(office, (query) => query.has("cursor"));
  await more.click();
  await following.asked;
  const gone = await rows.first().locator(".queue-row__no").innerText();
  await decline(clerk, gone);
  await write(someone, { ...AT_STATION, body: "第二个公交车站的雨棚漏了，也请修一修，谢谢。" });
  await office.locator(".queue-row", { hasText: gone }).waitFor({ state: "detached" });
  assert.equal(await rows.count(), first, "what was asked for is still on its way");
  following.release();
  await rows.nth(first).locator(".queue-row__link:focus").waitFor();

  // Focus is on a box while the list moves up under it.
  const [next, third] = await Promise.all([0, 2].map((at) => rows.nth(at).locator(".queue-row__no").innerText()));
  const box = rows.filter({ hasText: third }).getByRole("checkbox");
  await box.focus();
  await decline(clerk, next);
  await write(someone, { ...AT_STATION, body: "第三个公交车站的雨棚漏了，也请修一修，谢谢。" });
  await rows.filter({ hasText: next }).waitFor({ state: "detached" });
  await office.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(await box.evaluate((it) => it === document.activeElement), "focus stayed with its letter");
  await office.keyboard.press("Space");
  assert.ok(await box.isChecked());
  expectQuiet(office, [LOGGED_OUT]);
});

test("a filter is kept by name, used again and deleted", async () => {
  const office = await chief();
  const journey = new Journey(office, "filters", { axe: false });
  const panel = office.locator(".filters");
  await journey.step("打开筛选", async () => {
    await office.goto("/desk/office?lane=closed");
    await office.locator(".queue-row").first().waitFor();
    await panel.locator("summary").click();
  });
  const all = await office.locator(".lane__total").innerText();
  await journey.step("按街道筛选", async () => {
    await pick(office.locator("#filter-area"), "云帆");
    await panel.getByRole("button", { name: "按这些筛选" }).click();
    await office.waitForURL(/area=/);
    await office.locator(".lane__total").filter({ hasNotText: all }).waitFor();
    assert.ok(await panel.getByRole("button", { name: "按这些筛选" }).isHidden(), "the list is what one wants to see now");
    await office.getByRole("link", { name: "清空筛选" }).waitFor();
  });
  await journey.step("换一栏，筛选还在", async () => {
    await office.locator(".lane-link", { hasText: "办理中" }).click();
    await office.locator(".lane__title", { hasText: "办理中" }).waitFor();
    assert.match(office.url(), /area=/);
    await office.goBack();
    await office.locator(".lane__title", { hasText: "已办结" }).waitFor();
  });
  const some = await office.locator(".lane__total").innerText();
  await journey.step("没有名字存不下", async () => {
    await panel.locator("summary").click();
    await panel.getByRole("button", { name: "存下" }).click();
    await panel.locator(".field__error").waitFor();
  }, { axe: true });
  await journey.step("存下", async () => {
    await office.locator("#filter-name").fill("云帆办结的");
    await panel.getByRole("button", { name: "存下" }).click();
    await panel.getByRole("link", { name: "云帆办结的" }).waitFor();
    assert.equal(await panel.locator(".field__error").count(), 0, "the error is gone");
  });
  await journey.step("明天再用", async () => {
    await office.goto("/desk/office?lane=new");
    await office.locator(".lane__total").filter({ hasText: "共" }).waitFor();
    await panel.locator("summary").click();
    await panel.getByRole("link", { name: "云帆办结的" }).click();
    await office.locator(".lane__title", { hasText: "已办结" }).waitFor();
    await office.locator(".lane__total", { hasText: some }).waitFor();
    await panel.getByText("筛选（正在用）").waitFor();
  }, { axe: true });
  await journey.step("删除", async () => {
    await panel.locator("summary").click();
    await panel.getByRole("button", { name: /删除\s*云帆办结的/ }).click();
    await panel.getByRole("link", { name: "云帆办结的" }).waitFor({ state: "detached" });
    await office.reload();
    await office.locator(".lane__total", { hasText: some }).waitFor();
    assert.equal(await panel.getByRole("link", { name: "云帆办结的" }).count(), 0);
  });
  await journey.step("清空，换一栏也清空", async () => {
    await office.getByRole("link", { name: "清空筛选" }).click();
    await office.locator(".lane__total", { hasText: all }).waitFor();
    await office.locator(".lane-link", { hasText: "办理中" }).click();
    await office.locator(".lane__title", { hasText: "办理中" }).waitFor();
    assert.doesNotMatch(office.url(), /area=/);
  });
  const phone = await chief("small");
  await phone.goto("/desk/office?lane=closed");
  await phone.locator(".queue-row").first().waitFor();
  await phone.locator(".filters summary").click();
  await expectNoAxeViolations(phone);
  await expectNoSidewaysScroll(phone);
  // The browser logs every 422.
  expectQuiet(office, [LOGGED_OUT, /422/]);
  expectQuiet(phone, [LOGGED_OUT]);
});
