// One whole letter: written on a phone, assigned, handled, reviewed, released, rated; then once more, dissatisfied,
// handled a second time; and published, and hidden. Then the same by keyboard alone at a desk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectQuiet, launch, openReady, ready, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LETTER, LOGGED_OUT, atDesk, choose, goOn, photo, question, receipt, shownCode } from "../support/people.mjs";
import { REPLY, accept, act, openLetter } from "../support/staff.mjs";
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

async function rate(page, level, solved) {
  await question(page, "给办理情况打分");
  for (const legend of ["办理态度怎么样", "办理过程怎么样", "办理成效怎么样"]) {
    await page.getByRole("group", { name: legend }).getByLabel(level, { exact: true }).check();
  }
  await page.getByRole("group", { name: "问题解决了吗" }).getByLabel(solved).check();
}

test("from a phone to an answered, rated, published letter", async () => {
  const resident = await visit(browser, "phone", server.url);
  const office = await visit(browser, "phone", server.url);
  const unit = await visit(browser, "phone", server.url);
  const journey = new Journey(resident, "journey-phone");
  const desk = new Journey(office, "journey-phone-office");
  const works = new Journey(unit, "journey-phone-unit");
  let kept;

  await journey.step("首页", async () => {
    await openReady(resident, "/");
  });
  await journey.step("按懂行找代表", async () => {
    await resident.getByRole("link", { name: "代表", exact: true }).first().click();
    await question(resident, "找代表");
    await resident.locator("input[name=q]").fill("物业");
    await resident.keyboard.press("Enter");
    await resident.waitForURL(/q=/);
    await resident.getByRole("link", { name: "顾承远" }).first().click();
    await question(resident, "顾承远");
  });
  await journey.step("写给他", async () => {
    await resident.getByRole("link", { name: /写给/ }).first().click();
    await question(resident, "发生了什么事");
    await resident.getByLabel("发生了什么事").fill(LETTER.body);
    await goOn(resident);
    await question(resident, "事情在哪里");
  });
  await journey.step("在哪里", async () => {
    await choose(resident.getByLabel("街道或社区"), "船坞里");
    await resident.getByLabel(/具体位置/).fill(LETTER.place);
    await goOn(resident);
    await question(resident, "想写给谁");
  });
  await journey.step("写给谁", async () => {
    assert.ok(await resident.getByLabel(/顾承远/).first().isChecked(), "the deputy is chosen");
    await goOn(resident);
    await question(resident, "有照片吗");
  });
  await journey.step("照片", async () => {
    // Whoever is quicker than the app goes on by plain forms, and chooses files there.
    await ready(resident);
    await resident.locator("input[type=file]").first().setInputFiles([photo("一.png", 90), photo("二.png", 160)]);
    await resident.getByText("已传好").nth(1).waitFor();
    await goOn(resident);
    await question(resident, "再确认几样");
  });
  await journey.step("再确认几样", async () => {
    await resident.getByLabel(/^可以公开/).check();
    await resident.getByLabel("怎么称呼您").fill(LETTER.name);
    await goOn(resident);
    await question(resident, "检查一下再提交");
  });
  await journey.step("改一处再回来", async () => {
    await resident.getByRole("button", { name: /修改.*事情在哪里/ }).click();
    await question(resident, "事情在哪里");
    await resident.getByLabel(/具体位置/).fill("船坞里3幢地下车库");
    await goOn(resident);
    await question(resident, "检查一下再提交");
    assert.match(await resident.locator("main").innerText(), /船坞里3幢地下车库/);
  });
  await journey.step("手机号", async () => {
    await resident.getByRole("button", { name: "内容没问题，继续" }).click();
    await question(resident, "留一个手机号");
    await resident.getByLabel("手机号").fill("１９９ ００００ ００８１");
    await resident.getByRole("button", { name: "获取验证码" }).click();
    await resident.getByLabel("短信验证码").fill(await shownCode(resident));
  });
  await journey.step("提交", async () => {
    await resident.getByRole("button", { name: "提交意见" }).click();
    kept = await receipt(resident);
    await resident.getByText(/前决定是否受理/).waitFor();
  });

  await atDesk(office, "程主任");
  await desk.step("受理", async () => {
    await accept(office, kept.no, { class: "normal" });
  });
  await desk.step("交办", async () => {
    await act(office, "assign", { lead: "住房和城乡建设局", co: ["区水务局"], note: "请先到现场看一下。" });
  });

  await atDesk(unit, "贺工");
  await works.step("签收", async () => {
    await openLetter(unit, "unit", "to_sign", kept.no);
    await act(unit, "sign", { section: "物业管理科", officer: "贺工" });
  });
  await works.step("记进展", async () => {
    await act(unit, "progress_note", { text: "今天已到现场，排水沟里有建筑垃圾，明天清理。", public: "yes" });
  });
  await works.step("写答复", async () => {
    await act(unit, "submit_reply", { ...REPLY, outcome: "C", reason: "要等雨停才能施工。" });
  });

  await desk.step("退回修改", async () => {
    await openLetter(office, "office", "review", kept.no);
    await act(office, "send_back", { text: "雨已经停了，请写明哪天清好。" });
  });
  await works.step("改好再交", async () => {
    await openLetter(unit, "unit", "sent_back", kept.no);
    await act(unit, "submit_reply", REPLY);
  });
  await desk.step("审核发出", async () => {
    await openLetter(office, "office", "review", kept.no);
    await act(office, "release");
  });

  await journey.step("居民看答复", async () => {
    await openReady(resident, `/mine/${kept.no}`);
    const text = await resident.locator("main").innerText();
    assert.match(text, /疏通地下车库入口的排水沟/);
    assert.match(text, /今天已到现场/, "the public note is in the timeline");
    assert.match(text, /时间都花在哪里/);
    assert.doesNotMatch(text, /请先到现场看一下/, "words for the unit alone stay inside");
  });
  await journey.step("不满意", async () => {
    await resident.getByRole("link", { name: /打分/ }).first().click();
    await rate(resident, "不满意", "没有解决");
    await resident.getByLabel("做了但没效果").check();
    await resident.getByRole("button", { name: "提交评价" }).click();
    await question(resident, "谢谢您的评价");
    await resident.getByText(/决定是否重办/).waitFor();
  });
  await desk.step("二次办理", async () => {
    await openLetter(office, "office", "disputed", kept.no);
    await act(office, "reopen", {
      lead: "住房和城乡建设局",
      leader: "崔副局长",
      text: "居民说积水还在，请再查排水泵。",
    });
  });
  await works.step("第二次签收和答复", async () => {
    await openLetter(unit, "unit", "to_sign", kept.no);
    await act(unit, "sign", { section: "物业管理科", officer: "小尹" });
    await act(unit, "submit_reply", { ...REPLY, done: "排水泵已更换，昨夜大雨后现场没有积水。", signed_off_by: "林局长" });
  });
  await desk.step("第二次发出", async () => {
    await openLetter(office, "office", "review", kept.no);
    await act(office, "release");
  });
  await journey.step("满意办结", async () => {
    await openReady(resident, `/mine/${kept.no}`);
    await resident.getByRole("link", { name: /打分/ }).first().click();
    await rate(resident, "满意", "已解决");
    await resident.getByRole("button", { name: "提交评价" }).click();
    await question(resident, "谢谢您的评价");
    await openReady(resident, `/mine/${kept.no}`);
    await resident.getByText("这件事已经办结。").first().waitFor();
  });

  await desk.step("准备公开副本", async () => {
    await openLetter(office, "office", "to_publish", kept.no);
    await act(office, "propose_copy", {
      title: "地下车库入口排水沟堵了",
      body: "地下车库入口的排水沟堵了，一下雨就积水，老人推车进不去。",
      answer: "排水沟已疏通，排水泵已更换，大雨后没有再积水。",
    });
  });
  await journey.step("居民同意公开稿", async () => {
    await openReady(resident, `/mine/${kept.no}`);
    await resident.getByRole("button", { name: /同意/ }).first().click();
    await resident.getByText("谢谢，已收到您的同意").first().waitFor();
  });
  await desk.step("公开", async () => {
    await openLetter(office, "office", "to_publish", kept.no);
    await act(office, "publish");
  });
  const reader = await visit(browser, "phone", server.url);
  const reading = new Journey(reader, "journey-phone-reader");
  await reading.step("别人看到的", async () => {
    await openReady(reader, `/cases/${kept.no}`);
    const text = await reader.locator("main").innerText();
    assert.match(text, /排水泵已更换/);
    assert.doesNotMatch(text, /3幢|李女士|199/, "nothing of the person is public");
    await openReady(reader, "/cases?q=排水");
    await reader.getByRole("link", { name: "地下车库入口排水沟堵了" }).waitFor();
    await reader.goto("/deputies/guchengyuan");
    await reader.getByText("地下车库入口排水沟堵了").first().waitFor();
  });
  await desk.step("隐藏", async () => {
    await openLetter(office, "office", "closed", kept.no);
    await act(office, "hide", { reason: "来信人要求隐藏" });
  });
  await reading.step("隐藏以后哪里都没有", async () => {
    for (const address of ["/cases?q=排水", "/deputies/guchengyuan"]) {
      await reader.goto(address);
      assert.equal(await reader.getByText("地下车库入口排水沟堵了").count(), 0, `${address} still shows it`);
    }
    await openReady(reader, `/cases/${kept.no}`);
    const text = await reader.locator("main").innerText();
    assert.match(text, /隐藏/);
    assert.doesNotMatch(text, /排水泵/);
  });
  for (const page of [resident, office, unit, reader]) expectQuiet(page, [LOGGED_OUT]);
});

/** Presses Tab until the wanted element has focus; fails when it is not reached. */
async function tabTo(page, locator, what) {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return true;
      const box = at.getBoundingClientRect();
      return box.width > 0 && box.height > 0;
    });
    assert.ok(seen, "focus is on something that can be seen");
  }
  assert.fail(`${what} is not reached by Tab`);
}

const press = async (page, locator, what) => {
  await tabTo(page, locator, what);
  await page.keyboard.press("Enter");
};

/** Moves a focused select by its arrow keys until an option with these words is chosen. */
async function pick(page, select, words) {
  await tabTo(page, select, words);
  const chosen = () => select.evaluate((element) => element.selectedOptions[0]?.label ?? "");
  for (let presses = 0; presses < 120; presses += 1) {
    if ((await chosen()).includes(words)) return;
    const before = await chosen();
    await page.keyboard.press("ArrowDown");
    if ((await chosen()) === before && presses > 0) break;
  }
  assert.fail(`"${words}" cannot be chosen by arrow keys; it stays at "${await chosen()}"`);
}

test("the same by keyboard alone on a large screen: write, accept, hand to the deputy, answer, rate", async () => {
  const page = await visit(browser, "desktop", server.url);
  await openReady(page, "/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "跳到正文");
  await press(page, page.getByRole("link", { name: /写给代表/ }).first(), "write");
  await question(page, "发生了什么事");
  const body = page.getByLabel("发生了什么事");
  await tabTo(page, body, "the text");
  await page.keyboard.type("放学时校门口车太多，孩子们过马路很危险，能不能请人疏导一下？");
  await press(page, page.getByRole("button", { name: "继续", exact: true }), "continue");
  await question(page, "事情在哪里");
  await pick(page, page.getByLabel("街道或社区"), "榕荫");
  await press(page, page.getByRole("button", { name: "继续", exact: true }), "continue");
  await question(page, "想写给谁");
  assert.notEqual(await page.getByLabel("哪个联络站").inputValue(), "", "the area's station is chosen");
  await press(page, page.getByRole("button", { name: "继续", exact: true }), "continue");
  await question(page, "有照片吗");
  await press(page, page.getByRole("button", { name: "继续", exact: true }), "continue");
  await question(page, "再确认几样");
  await press(page, page.getByRole("button", { name: "继续", exact: true }), "continue");
  await question(page, "检查一下再提交");
  await press(page, page.getByRole("button", { name: "内容没问题，继续" }), "check");
  await question(page, "留一个手机号");
  await tabTo(page, page.getByLabel("手机号"), "phone");
  await page.keyboard.type("19900000082");
  await press(page, page.getByRole("button", { name: "获取验证码" }), "get code");
  const code = await shownCode(page);
  await tabTo(page, page.getByLabel("短信验证码"), "code");
  await page.keyboard.type(code);
  await press(page, page.getByRole("button", { name: "提交意见" }), "submit");
  const kept = await receipt(page);

  // The office: single keys.
  const office = await visit(browser, "desktop", server.url);
  await openReady(office, "/desk");
  await press(office, office.getByRole("button", { name: /程主任/ }), "one-tap account");
  await office.getByRole("button", { name: "退出" }).waitFor();
  await office.goto(`/desk/office?lane=new&q=${kept.no}`);
  await ready(office);
  await office.locator(".queue-row__link").first().waitFor();
  await office.keyboard.press("j");
  await office.keyboard.press("Enter");
  await office.locator(".pane__no", { hasText: kept.no }).waitFor();
  await office.keyboard.press("a");
  await office.locator("#desk-form").waitFor();
  await pick(office, office.locator("#f-category_id"), "校门口");
  await press(office, office.locator("#desk-form button[type=submit]"), "accept");
  await office.locator("#desk-form").waitFor({ state: "detached" });
  await office.locator("#act-to_deputy").waitFor();
  await office.keyboard.press("d");
  await office.locator("#desk-form").waitFor();
  await pick(office, office.locator("#f-deputy_id"), "陆知遥");
  await press(office, office.locator("#desk-form button[type=submit]"), "to deputy");
  await office.locator("#desk-form").waitFor({ state: "detached" });

  const deputy = await visit(browser, "desktop", server.url);
  await openReady(deputy, "/desk");
  await press(deputy, deputy.getByRole("button", { name: /陆知遥/ }), "one-tap account");
  await deputy.getByRole("button", { name: "退出" }).waitFor();
  await deputy.goto(`/desk/deputy?lane=to_answer&q=${kept.no}`);
  await ready(deputy);
  await deputy.locator(".queue-row__link", { hasText: /./ }).first().waitFor();
  await deputy.keyboard.press("j");
  await deputy.keyboard.press("Enter");
  await deputy.locator("#act-deputy_answer").waitFor();
  await deputy.keyboard.press("r");
  await deputy.locator("#desk-form").waitFor();
  await tabTo(deputy, deputy.locator('#desk-form [name="outcome"]').first(), "outcome");
  await deputy.keyboard.press("Space");
  await tabTo(deputy, deputy.locator('#desk-form [name="body"]'), "answer");
  await deputy.keyboard.type("我今天去看过了，学校和交警从明天起在放学时段各派两个人疏导，我会连续看一周。");
  await press(deputy, deputy.locator("#desk-form button[type=submit]"), "answer");
  await deputy.locator("#desk-form").waitFor({ state: "detached" });

  // Looking it up and rating, by keyboard.
  const resident = await visit(browser, "desktop", server.url);
  await openReady(resident, "/track");
  await tabTo(resident, resident.getByLabel("编号"), "number");
  await resident.keyboard.type(kept.no);
  await tabTo(resident, resident.getByLabel("查询码"), "code");
  await resident.keyboard.type(kept.code);
  await resident.keyboard.press("Enter");
  await resident.getByText(/学校和交警/).first().waitFor();
  await press(resident, resident.getByRole("link", { name: /打分/ }).first(), "rate");
  await question(resident, "给办理情况打分");
  for (const name of ["attitude", "process", "result", "solved"]) {
    await tabTo(resident, resident.locator(`[name="${name}"]`).first(), name);
    await resident.keyboard.press("Space");
  }
  await press(resident, resident.getByRole("button", { name: "提交评价" }), "send the rating");
  await question(resident, "谢谢您的评价");
  for (const one of [page, office, deputy, resident]) expectQuiet(one, [LOGGED_OUT]);
});
