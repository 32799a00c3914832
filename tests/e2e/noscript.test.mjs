// Without scripts: reading, writing with a picture, looking it up, rating. Plain forms all the way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LETTER, atDesk, choose, goOn, photo, question, receipt, shownCode } from "../support/people.mjs";
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

test("a resident without scripts writes, follows and finds the letter again", async () => {
  const page = await visit(browser, "noscript", server.url);
  const journey = new Journey(page, "noscript");
  let kept;

  await journey.step("首页", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: /写给代表/ }).first().click();
    await question(page, "发生了什么事");
  });
  await journey.step("空着继续会说清楚", async () => {
    await goOn(page);
    await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  });
  await journey.step("写什么事", async () => {
    await page.getByLabel("发生了什么事").fill(LETTER.body);
    await goOn(page);
    await question(page, "事情在哪里");
  });
  await journey.step("在哪里", async () => {
    await choose(page.getByLabel("街道或社区"), "船坞里");
    await page.getByLabel(/具体位置/).fill(LETTER.place);
    await goOn(page);
    await question(page, "想写给谁");
  });
  await journey.step("写给谁", async () => {
    await choose(page.getByLabel("哪个联络站"), "云帆街道");
    await goOn(page);
    await question(page, "有照片吗");
  });
  await journey.step("照片", async () => {
    await page.locator("input[type=file]").first().setInputFiles(photo());
    await page.getByRole("button", { name: "上传选好的照片" }).click();
    await page.getByRole("img").first().waitFor();
    await goOn(page);
    await question(page, "再确认几样");
  });
  await journey.step("再确认几样", async () => {
    await page.getByLabel("可以公开").check();
    await goOn(page);
    await question(page, "检查一下再提交");
    assert.match(await page.locator("main").innerText(), /排水沟堵了/);
  });
  await journey.step("检查", async () => {
    await page.getByRole("button", { name: "内容没问题，继续" }).click();
    await question(page, "留一个手机号");
  });
  await journey.step("错的手机号", async () => {
    await page.getByLabel("手机号").fill("12345");
    await page.getByRole("button", { name: "获取验证码" }).click();
    await page.getByRole("heading", { name: "有一处需要修改" }).waitFor();
  });
  await journey.step("手机号和验证码", async () => {
    await page.getByLabel("手机号").fill("199 0000 0071");
    await page.getByRole("button", { name: "获取验证码" }).click();
    const code = await shownCode(page);
    await page.getByLabel("短信验证码").fill(code);
    await page.getByRole("button", { name: "提交意见" }).click();
    kept = await receipt(page);
  });
  await journey.step("凭编号和查询码查进度", async () => {
    await page.context().clearCookies();
    await page.goto("/track");
    await page.getByLabel("编号").fill(kept.no.toLowerCase().replaceAll("-", " "));
    await page.getByLabel("查询码").fill(kept.code.toLowerCase());
    await page.getByRole("button", { name: "查进度" }).click();
    await page.getByRole("heading", { name: "现在在谁手里" }).waitFor();
    const text = await page.locator("main").innerText();
    assert.match(text, /等联络站受理/);
    assert.equal(await page.locator("main img").count(), 1, "the picture is there");
  });
  await journey.step("错的查询码", async () => {
    await page.goto("/track");
    await page.getByLabel("编号").fill(kept.no);
    await page.getByLabel("查询码").fill("AAAA-AAA-AAA");
    await page.getByRole("button", { name: "查进度" }).click();
    await page.getByRole("heading", { name: /有.*处需要修改/ }).waitFor();
    assert.equal(await page.getByLabel("编号").inputValue(), kept.no, "the number typed stays");
  });
});

test("a resident without scripts rates an answer", async () => {
  const clerk = await visit(browser, "desktop", server.url);
  await atDesk(clerk, "陆知遥");
  // A letter to the deputy, written without scripts …
  const page = await visit(browser, "noscript", server.url);
  const journey = new Journey(page, "noscript-rate");
  let kept;
  await journey.step("写给陆知遥", async () => {
    await page.goto("/write?deputy=luzhiyao");
    await page.getByLabel("发生了什么事").fill("放学时校门口车太多，孩子们过马路很危险，能不能请人疏导一下？");
    await goOn(page);
    await question(page, "事情在哪里");
    await goOn(page);
    await question(page, "想写给谁");
    assert.ok(await page.getByLabel(/陆知遥/).first().isChecked(), "the deputy of the link is chosen");
    await goOn(page);
    await question(page, "有照片吗");
    await goOn(page);
    await question(page, "再确认几样");
    await page.getByLabel(/^不公开/).check();
    await goOn(page);
    await question(page, "检查一下再提交");
    await page.getByRole("button", { name: "内容没问题，继续" }).click();
    await page.getByLabel("手机号").fill("19900000072");
    await page.getByRole("button", { name: "获取验证码" }).click();
    await page.getByLabel("短信验证码").fill(await shownCode(page));
    await page.getByRole("button", { name: "提交意见" }).click();
    kept = await receipt(page);
  });
  // … accepted and handed to her by the office, answered by her.
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "程主任");
  const { deputyAnswers } = await import("../support/staff.mjs");
  await deputyAnswers(office, clerk, kept.no);

  await journey.step("打分", async () => {
    await page.goto(`/mine/${kept.no}`);
    await page.getByRole("link", { name: /打分/ }).first().click();
    await question(page, "给办理情况打分");
    for (const legend of ["办理态度怎么样", "办理过程怎么样", "办理成效怎么样"]) {
      await page.getByRole("group", { name: legend }).getByLabel("满意", { exact: true }).check();
    }
    await page.getByRole("group", { name: "问题解决了吗" }).getByLabel(/^已解决/).check();
    await page.getByRole("button", { name: "提交评价" }).click();
    await question(page, "谢谢您的评价");
  });
  await journey.step("办结", async () => {
    await page.goto(`/mine/${kept.no}`);
    assert.match(await page.locator("main").innerText(), /已经办结/);
  });
});
