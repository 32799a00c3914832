// A resident's ways back, as they see them: one question about an answer, a changed rating, objections, withdrawing,
// "not the same matter". The other sides act through the API.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { category, deputyAnswers, handToDeputy, resident, staff, write } from "../support/api.mjs";
import { expectQuiet, holdBack, launch, openReady, ready, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { photo, question } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";

let server;
let browser;
let office;
let admin;
let deputy;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  [office, admin, deputy] = await Promise.all(["chief", "admin", "luzhiyao"].map((name) => staff(server.url, name)));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A resident with a login of their own, and a browser of this kind that has it. */
async function someone(phone, kind) {
  const person = await resident(server.url, phone);
  const page = await visit(browser, kind, server.url);
  await person.enter(page);
  return { person, page };
}

const text = (page) => page.locator("main").innerText();

/** Unfolds an action by its name. */
async function unfold(page, name) {
  const summary = page.locator("summary", { hasText: name }).first();
  await summary.click();
  return summary.locator("xpath=..");
}

async function stars(page, level, solved) {
  for (const legend of ["办理态度怎么样", "办理过程怎么样", "办理成效怎么样"]) {
    await page.getByRole("group", { name: legend }).getByLabel(level, { exact: true }).check();
  }
  await page.getByRole("group", { name: "问题解决了吗" }).getByLabel(solved).check();
}

test("one question about an answer, its words, a rating and its change", async () => {
  const { person, page } = await someone("19900000151", "phone");
  const journey = new Journey(page, "resident-follow-up");
  const { no } = await write(person);
  await deputyAnswers(office, deputy, no);

  await journey.step("追问前", async () => {
    await openReady(page, `/mine/${no}`);
    const fold = await unfold(page, "追问一次");
    assert.match(await fold.innerText(), /只能追问一次.*最晚 .*回答您/s);
    await page.getByRole("button", { name: "发送追问" }).click();
    await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  });
  await journey.step("追问", async () => {
    await page.getByLabel("您的追问").fill("电缆保修几年？");
    await page.getByRole("button", { name: "发送追问" }).click();
    await page.getByText("您的追问已经收到").first().waitFor();
    // The words of thanks come first, the letter as it now stands a moment later.
    await page.locator(".answer", { hasText: "电缆保修几年？" }).waitFor();
    await page.locator(".clock", { hasText: "回答您的追问" }).waitFor();
    const answer = await page.locator(".answer").innerText();
    assert.match(answer, /电缆保修几年？/, "the question stands with the answer");
    assert.match(answer, /最晚 .*回答您/);
    assert.equal(await page.locator("summary", { hasText: "追问一次" }).count(), 0, "one question");
  });
  await deputy.act(no, { type: "follow_up_answered", text: "施工方保修两年，坏了直接打站里电话。" });
  await journey.step("看到对追问的答复", async () => {
    await openReady(page, `/mine/${no}`);
    assert.match(await page.locator(".answer").innerText(), /对追问的答复.*保修两年/s);
  });
  await journey.step("打分", async () => {
    await page.getByRole("link", { name: "给办理情况打分" }).click();
    await question(page, "给办理情况打分");
    await stars(page, "满意", /^已解决/);
    await page.getByRole("button", { name: "提交评价" }).click();
    await question(page, "谢谢您的评价");
  });
  await journey.step("改评价", async () => {
    await openReady(page, `/mine/${no}`);
    assert.equal(await page.getByRole("link", { name: "给办理情况打分" }).count(), 0);
    assert.match(await text(page), /您已经评过，还可以改。.*前都可以/);
    await page.getByRole("link", { name: "改评价" }).click();
    await question(page, "改评价");
    const chosen = page.getByRole("group", { name: "办理态度怎么样" }).getByLabel("满意", { exact: true });
    assert.ok(await chosen.isChecked(), "what was chosen stands there");
    await stars(page, "非常满意", /^已解决/);
    await page.getByRole("button", { name: "提交评价" }).click();
    await page.getByText("您给了 100 分").waitFor();
  });
  await journey.step("还是没解决", async () => {
    await openReady(page, `/mine/${no}`);
    await page.getByRole("link", { name: "还是没解决" }).click();
    await stars(page, "不满意", /^没有解决/);
    await page.getByRole("button", { name: "提交评价" }).click();
    await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
    await page.getByLabel("做了但没效果").check();
    await page.getByRole("button", { name: "提交评价" }).click();
    await page.getByText(/决定是否重办/).first().waitFor();
  });
  expectQuiet(page, [/422/]);
});

test("an objection to a no, on the smallest screen", async () => {
  const { person, page } = await someone("19900000152", "small");
  const journey = new Journey(page, "resident-appeal-declined");
  const { no } = await write(person);
  await office.act(no, { type: "decline", reason_code: "out_of_scope", text: "请找12345。" });

  await journey.step("不予受理", async () => {
    await openReady(page, `/mine/${no}`);
    assert.match(await page.locator(".clock").innerText(), /不同意的话/);
    const fold = await unfold(page, "对不受理有异议");
    assert.match(await fold.innerText(), /另一位工作人员重新看，最晚 .*告诉您结果/);
  });
  await journey.step("提出异议", async () => {
    await page.getByLabel("对不受理有异议").fill("就是学府路这一段。");
    await page.getByRole("button", { name: "提出异议" }).click();
    await page.getByText("您的异议已经收到").first().waitFor();
    await page.getByText(/就是学府路这一段/).first().waitFor();
  });
  expectQuiet(page);
});

test("an objection to a kept end, in the elder mode", async () => {
  const { person, page } = await someone("19900000153", "elder");
  const journey = new Journey(page, "resident-appeal-closing");
  const { no } = await write(person);
  await deputyAnswers(office, deputy, no);
  const { rate_token: token } = await person.get(`/messages/${no}`);
  const bad = { attitude: 1, process: 1, result: 1, solved: "no", reasons: ["off_point"], text: "" };
  await person.send("PUT", `/surveys/${token}`, bad);
  await office.act(no, { type: "keep_closed", reason_code: "at_the_limit", text: "已按最高标准换灯。" });

  await journey.step("维持办结", async () => {
    await openReady(page, `/mine/${no}`);
    assert.match(await text(page), /已按最高标准换灯/);
    const fold = await unfold(page, "对维持办结有异议");
    assert.match(await fold.innerText(), /另一位负责人重新看/);
    await page.getByLabel("对维持办结有异议").fill("第三盏灯还是不亮。");
    await page.getByRole("button", { name: "提出异议" }).click();
    await page.getByText("您的异议已经收到").first().waitFor();
    await page.locator(".clock", { hasText: "决定是否重办" }).waitFor();
  });
  await admin.act(no, { type: "keep_closed", reason_code: "verified_solved", text: "昨晚复查，全部亮灯。" });
  await journey.step("最后的答复", async () => {
    await openReady(page, `/mine/${no}`);
    assert.match(await text(page), /昨晚复查/);
    assert.equal(await page.locator("summary", { hasText: "异议" }).count(), 0, "the second word is the last");
  });
  expectQuiet(page);
});

test("withdrawing after an answer, and where others have joined, in the dark", async () => {
  const { person, page } = await someone("19900000154", "dark");
  const journey = new Journey(page, "resident-withdraw");
  const answered = await write(person);
  await deputyAnswers(office, deputy, answered.no);
  await journey.step("答复后撤回", async () => {
    await openReady(page, `/mine/${answered.no}`);
    const fold = await unfold(page, "撤回这件意见");
    assert.match(await fold.innerText(), /不再办理/);
    await page.getByRole("button", { name: "确定撤回" }).click();
    await page.getByRole("button", { name: "撤回", exact: true }).click();
    await page.getByText("您已撤回这件意见。").first().waitFor();
  });

  const lead = await write(person);
  const neighbour = await someone("19900000155", "phone");
  const other = await write(neighbour.person);
  const into = (await office.get(`/desk/cases/${lead.no}`)).id;
  await office.act(other.no, { type: "merge", into, text: "同一条路的路灯。" });
  await journey.step("有人并入后撤回", async () => {
    await openReady(page, `/mine/${lead.no}`);
    const fold = await unfold(page, "撤回这件意见");
    assert.match(await fold.innerText(), /由联络站继续办/);
    await page.getByRole("button", { name: "确定撤回" }).click();
    await page.getByRole("button", { name: "撤回", exact: true }).click();
    await page.getByText(/由联络站继续办理/).first().waitFor();
    await page.locator("summary").first().waitFor({ state: "detached" });
    assert.equal(await page.locator("summary").count(), 0, "nothing more to do");
  });

  const second = new Journey(neighbour.page, "resident-unmerge");
  await second.step("并案", async () => {
    await openReady(neighbour.page, `/mine/${other.no}`);
    assert.match(await text(neighbour.page), new RegExp(`已并入 ${lead.no}`));
    const fold = await unfold(neighbour.page, "不是同一件事");
    assert.match(await fold.innerText(), /前都可以/);
  });
  await second.step("不是同一件事", async () => {
    await neighbour.page.getByRole("button", { name: "分开单独办" }).click();
    await neighbour.page.getByText("已经分开单独办理").first().waitFor();
    await neighbour.page.getByText("已经受理").first().waitFor();
    assert.doesNotMatch(await text(neighbour.page), /已并入/);
  });
  expectQuiet(page);
  expectQuiet(neighbour.page);
});

test("what is typed, unfolded and chosen before the app is there stays in its own form", async () => {
  const { person, page } = await someone("19900000157", "phone");
  const { no } = await write(person);
  const release = await holdBack(page, /\.wasm$/);
  await page.goto(`/mine/${no}`);
  const supplement = await unfold(page, "补充");
  await supplement.locator("input[type=file]").setInputFiles(photo());
  const fold = await unfold(page, "撤回");
  const words = fold.locator("textarea");
  await words.click();
  await page.keyboard.type("已经修好了");
  release();
  await ready(page);
  assert.equal(await words.inputValue(), "已经修好了");
  assert.equal(await supplement.locator("textarea").inputValue(), "", "the other form has a field of the same name");
  assert.equal(await supplement.locator("input[type=file]").evaluate((input) => input.files.length), 1);
  await page.keyboard.type("，谢谢");
  assert.equal(await words.inputValue(), "已经修好了，谢谢");
});

test("a letter in parts without scripts, and urging with its count", async () => {
  const { person, page } = await someone("19900000156", "noscript");
  const journey = new Journey(page, "resident-parts");
  const whole = await write(person);
  const category_id = await category(office, "transport.street-light");
  await office.act(whole.no, { type: "accept", category_id, class: "normal", urgency: "normal" });
  await journey.step("催办", async () => {
    await page.goto(`/mine/${whole.no}`);
    const fold = await unfold(page, "催一催");
    assert.match(await fold.innerText(), /以后可以催。.*还可以催 3 次/);
  });
  const parts = await office.split(whole.no, [
    { title: "菜场门口的路灯不亮", body: "菜场门口的路灯坏了三个星期。", category_id },
    { title: "小学门口的路灯不亮", body: "小学门口的路灯也坏了，老人摔过两次。", category_id },
  ]);
  await handToDeputy(office, deputy, parts[0].no);
  await journey.step("分成两部分", async () => {
    await page.goto(`/mine/${whole.no}`);
    const shown = await text(page);
    assert.match(shown, /这件事分成 2 部分办/);
    assert.match(shown, /您打一次分就行/);
    assert.match(shown, /十一盏路灯/);
    assert.match(shown, /各部分都答复以后/);
  });
  await handToDeputy(office, deputy, parts[1].no);
  await journey.step("一个声音", async () => {
    await page.goto(`/mine/${whole.no}`);
    await page.getByRole("link", { name: "给办理情况打分" }).click();
    await question(page, "给办理情况打分");
    await stars(page, "满意", /^已解决/);
    await page.getByRole("button", { name: "提交评价" }).click();
    await question(page, "谢谢您的评价");
  });
});
