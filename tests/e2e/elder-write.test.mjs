// A letter from the first word to the receipt on the smallest screen, measured at every stop: each question, each mistake,
// each thing that is told beside it, what waits for the network, what lies on the device.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, openReady, ready, visit } from "../support/browser.mjs";
import { ONE_OF_EACH, shelve } from "../support/drafts.mjs";
import { arrived, measure, told } from "../support/everywhere.mjs";
import { choose, goOn, photo, question, shownCode } from "../support/people.mjs";
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

const NOT_A_PHOTO = { name: "微信图片_20261126094512_不是照片.png", mimeType: "image/png", buffer: Buffer.from("这不是图片") };
const PRIVATE = "我叫周慧兰，电话19900000012，楼道里燃气味很浓，公司拖欠工资也没人管。";

/** The page says that something is wrong: in its title, and with the focus on the summary. */
async function failed(page, name, found) {
  await page.waitForFunction(() => document.activeElement?.id === "error-summary");
  await arrived(page, name, found, { title: /^错误：/, focus: "error-summary" });
}

/** A question that one came to by a button. */
async function asked(page, heading, found) {
  await question(page, heading);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await arrived(page, heading, found, { title: new RegExp(`^${heading}`) });
}

test("every question of a letter, empty, wrong and answered", async () => {
  const page = await visit(browser, "small", server.url, { mode: "elder" });
  const found = [];
  await openReady(page, "/write");
  await measure(page, "什么事", found);
  await goOn(page);
  await failed(page, "什么事-空着", found);
  await measure(page, "什么事-空着", found);

  await page.getByLabel("发生了什么事").fill(PRIVATE);
  await page.getByRole("heading", { name: "文字里好像有个人信息" }).waitFor();
  await page.getByText("我是替别人填的").first().click();
  await page.getByRole("group", { name: "替谁填的" }).getByText("我是替别人填的").click();
  await page.getByText("录不了音怎么办").click();
  await goOn(page);
  await failed(page, "什么事-全打开", found);
  await measure(page, "什么事-全打开", found, { forced: true });
  await page.getByLabel("您的称呼").fill("小陈");
  await page.getByLabel("您和本人是什么关系").fill("网格员");
  await page.getByRole("button", { name: "全部遮住" }).click();
  await page.getByText("已经遮住了").waitFor();
  await measure(page, "什么事-遮住了", found, { focus: false });

  await goOn(page);
  await asked(page, "事情在哪里", found);
  await page.locator("#map").tap({ position: { x: 60, y: 60 } });
  await page.getByText(/位置在/).first().waitFor();
  await measure(page, "在哪里", found);

  await goOn(page);
  await asked(page, "想写给谁", found);
  await page.getByText("找别的代表").or(page.locator(".more-choices summary")).first().click();
  await measure(page, "写给谁", found);

  await goOn(page);
  await asked(page, "有照片吗", found);
  await measure(page, "照片-空", found, { focus: false });
  const input = page.locator("input[type=file]").first();
  await input.setInputFiles([photo()]);
  await page.getByText("已传好").waitFor();
  await told(page, /第 1 张照片传好了/);
  await page.route("**/api/v1/uploads", (route) => route.abort());
  await input.setInputFiles([photo("没传成.png", 90)]);
  await page.getByText("没传成功，请重试").waitFor();
  await told(page, /第 2 张照片没传上去/);
  await page.unroute("**/api/v1/uploads");
  await input.setInputFiles([NOT_A_PHOTO]);
  await page.getByText(/不是照片，请选/).first().waitFor();
  await told(page, /第 3 张照片传不了/);
  await goOn(page);
  await failed(page, "照片-不对", found);
  await measure(page, "照片-不对", found, { forced: true });
  await page.getByRole("button", { name: /移除/ }).last().click();
  await page.getByRole("button", { name: /重试/ }).click();
  await page.getByText("已传好").nth(1).waitFor();

  await goOn(page);
  await asked(page, "再确认几样", found);
  await page.getByLabel("公开稿上也写").check();
  await goOn(page);
  await failed(page, "再确认-没写称呼", found);
  await measure(page, "再确认", found);
  await page.getByLabel("怎么称呼您").fill("欧阳某某");

  await goOn(page);
  await asked(page, "检查一下再提交", found);
  await measure(page, "检查", found);

  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await asked(page, "留一个手机号", found);
  await page.getByLabel("手机号").fill("12345");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await failed(page, "手机号-不对", found);
  await measure(page, "手机号-不对", found);
  await page.getByLabel("手机号").fill("19900000201");
  await page.getByRole("button", { name: "获取验证码" }).click();
  const code = await shownCode(page);
  await told(page, /199\*\*\*\*0201/);
  await page.getByLabel("短信验证码").fill(code === "000000" ? "111111" : "000000");
  await page.getByRole("button", { name: "提交意见" }).click();
  await failed(page, "验证码-不对", found);
  await measure(page, "验证码-不对", found);

  await page.getByLabel("短信验证码").fill(code);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "提交意见" }).click();
  await question(page, "还没交出去，先替您存着");
  await measure(page, "等网络", found);
  await page.context().setOffline(false);
  await question(page, "意见已经提交");
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await arrived(page, "回执", found, { title: /^意见已经提交/ });
  await page.getByRole("button", { name: /存成图片/ }).click();
  await page.locator(".receipt ~ * img, img[src^='blob:']").first().waitFor();
  await measure(page, "回执", found);
  assert.equal(found.length, 0, found.join("\n"));
});

test("a matter like it, and what lies on the device", async () => {
  const page = await visit(browser, "small", server.url, { mode: "elder" });
  const found = [];
  const { items } = await (await page.request.get("/api/v1/cases")).json();
  const open = items.find((card) => ["in_progress", "assigned", "accepted", "with_deputy"].includes(card.state));
  await shelve(page, ONE_OF_EACH);
  await openReady(page, "/write");
  await page.locator(".shelf").first().waitFor();
  await measure(page, "写信-架子", found);
  await page.getByLabel("发生了什么事").fill(`${open.title}，我家这边也是一样，已经好几天了。`);
  const join = page.getByRole("button", { name: new RegExp(`我也是，附议这件：${open.title}`) });
  await join.waitFor();
  await measure(page, "相似的事", found);
  await join.click();
  await question(page, "检查一下再提交");
  await measure(page, "附议-检查", found, { focus: false });
  await openReady(page, "/mine");
  await page.locator(".shelf").first().waitFor();
  await measure(page, "登录-架子", found);
  await openReady(page, "/write?step=done");
  await page.locator(".shelf").first().waitFor();
  await measure(page, "还没交出去", found, { focus: false });
  assert.equal(found.length, 0, found.join("\n"));
});
