// Beside a letter: personal data covered with one tap, other doors, similar matters to join, the map, a helper, consents;
// and how few taps a letter takes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, ready, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, choose, goOn, question, receipt, shownCode } from "../support/people.mjs";
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

const PRIVATE = "我叫周慧兰，电话19900000012，楼道里的灯坏了一个星期，晚上看不见台阶。";

/** The address of a published matter that still takes others. */
async function openMatter(page) {
  for (let cursor = ""; ; ) {
    const response = await page.request.get(`/api/v1/cases${cursor}`);
    const list = await response.json();
    const open = list.items.find((card) => ["in_progress", "assigned", "accepted", "with_deputy"].includes(card.state));
    if (open) return open;
    assert.ok(list.next_cursor, "the demo has a published matter on its way");
    cursor = `?cursor=${encodeURIComponent(list.next_cursor)}`;
  }
}

/** From the check on: the phone and the code. `tap` presses. */
async function handIn(page, phone, tap = (target) => target.click()) {
  await tap(page.getByRole("button", { name: "内容没问题，继续" }));
  await question(page, "留一个手机号");
  await page.getByLabel("手机号").fill(phone);
  await tap(page.getByRole("button", { name: "获取验证码" }));
  await page.getByLabel("短信验证码").fill(await shownCode(page));
  await tap(page.getByRole("button", { name: "提交意见" }));
  return receipt(page);
}

test("from the first visit to the receipt it takes six taps at most, and typing", async () => {
  const page = await visit(browser, "phone", server.url);
  let taps = 0;
  const tap = async (target) => {
    taps += 1;
    await target.tap();
  };
  await openReady(page, "/");
  await tap(page.getByRole("link", { name: /写给代表/ }).first());
  await question(page, "发生了什么事");
  await page.getByLabel("发生了什么事").fill("银杏路口的树枝挡住了红绿灯，骑车看不清，请修剪一下。");
  await tap(page.getByRole("button", { name: "其他不填，直接检查" }));
  await question(page, "检查一下再提交");
  const sent = await handIn(page, "19900000031", tap);
  assert.match(sent.no, /^TH-/);
  assert.ok(taps <= 6, `it took ${taps} taps`);
  expectQuiet(page, [LOGGED_OUT]);
});

test("personal data is shown while writing, covered with one tap, and brought back with another", async () => {
  const page = await visit(browser, "phone", server.url);
  const asked = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/cases/similar")) asked.push(request.postData());
  });
  await openReady(page, "/write");
  const body = page.getByLabel("发生了什么事");
  await body.fill(PRIVATE);
  await page.getByRole("heading", { name: "文字里好像有个人信息" }).waitFor();
  await expectNoAxeViolations(page);
  await picture(page, "guidance-personal");
  await page.getByRole("button", { name: /遮住电话号码 19900000012/ }).click();
  assert.equal(await body.inputValue(), PRIVATE.replace("19900000012", "〔号码〕"));
  await page.getByRole("button", { name: /遮住姓名 周慧兰/ }).click();
  assert.equal(await body.inputValue(), PRIVATE.replace("19900000012", "〔号码〕").replace("周慧兰", "×××"));
  await page.getByRole("button", { name: "恢复原来的文字" }).click();
  assert.equal(await body.inputValue(), PRIVATE, "nothing typed is lost");
  await page.getByRole("button", { name: "其他不填，直接检查" }).click();
  await question(page, "检查一下再提交");
  const others = page.getByRole("region", { name: "别人会看到什么" });
  const seen = await others.innerText();
  assert.ok(seen.includes("我叫×××，电话〔号码〕") && !seen.includes("周慧兰"), `others see: ${seen}`);
  await page.getByRole("button", { name: "全部遮住" }).click();
  await page.getByText("已经遮住了").waitFor();
  assert.ok(!(await page.locator("dl.check").innerText()).includes("周慧兰"), "covered in the letter itself");
  for (const sent of asked) {
    assert.ok(!/周慧兰|19900000012/.test(sent), `personal data left the device: ${sent}`);
  }
  expectQuiet(page, [LOGGED_OUT]);
});

test("a danger and other doors are told, and writing goes on all the same", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/write");
  const body = page.getByLabel("发生了什么事");
  await body.fill("楼道里有很浓的煤气味，不知道是哪家漏气。");
  await page.getByRole("heading", { name: "听起来有危险" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "拨打 119" }).getAttribute("href"), "tel:119");
  await body.fill("公司拖欠工资三个月，劳动仲裁还没有结果，想请代表关心一下。");
  await page.getByRole("heading", { name: "这样的事，另有专门的地方管" }).waitFor();
  await expectNoAxeViolations(page);
  await picture(page, "guidance-doors");
  assert.equal(await page.getByRole("heading", { name: "听起来有危险" }).count(), 0, "the danger is gone");
  await goOn(page);
  await question(page, "事情在哪里");
  expectQuiet(page, [LOGGED_OUT]);
});

test("a similar public matter is shown while writing and joined in one tap, with a letter of one's own", async () => {
  const page = await visit(browser, "phone", server.url);
  const matter = await openMatter(page);
  await openReady(page, "/write");
  const words = `${matter.title}，我家这边也是一样，已经好几天了。`;
  await page.getByLabel("发生了什么事").fill(words);
  const join = page.getByRole("button", { name: new RegExp(`我也是，附议这件：${matter.title}`) });
  await join.waitFor();
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  await picture(page, "guidance-similar");
  await join.click();
  await question(page, "检查一下再提交");
  const check = await page.locator("dl.check").innerText();
  assert.ok(check.includes(matter.no) && check.includes(words), check);
  assert.ok(!check.includes("想写给谁"), "it goes where the matter is");
  const sent = await handIn(page, "19900000032");
  assert.notEqual(sent.no, matter.no);
  await page.getByText("您附议的那件正在办").waitFor();
  await picture(page, "guidance-joined");
  await page.goto(`/mine/${sent.no}`);
  await ready(page);
  await page.getByText(new RegExp(matter.no)).first().waitFor();
  const shown = await (await page.request.get(`/api/v1/cases/${matter.no}`)).json();
  assert.ok(shown.card.joined >= matter.joined + 1, "counted on the public page");
  expectQuiet(page, [LOGGED_OUT]);
});

test("a public matter's page offers to join it", async () => {
  const page = await visit(browser, "phone", server.url);
  const matter = await openMatter(page);
  await openReady(page, `/cases/${matter.no}`);
  await page.getByRole("link", { name: "我也是，附议" }).click();
  await page.getByRole("heading", { name: "您在附议这件事" }).waitFor();
  await expectNoAxeViolations(page);
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), "我也遇到了同样的事。");
  await goOn(page);
  await question(page, "检查一下再提交");
  await page.goBack();
  await question(page, "发生了什么事");
  await page.getByRole("button", { name: "不附议，另写一件" }).click();
  await page.getByRole("heading", { name: "您在附议这件事" }).waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("发生了什么事").inputValue(), "");
  expectQuiet(page, [LOGGED_OUT]);
});

test("the place is tapped on the map, moved by arrow keys, and seen by the office", async () => {
  const page = await visit(browser, "phone", server.url, {
    geolocation: { longitude: 123.4281, latitude: 27.5701 },
    permissions: ["geolocation"],
  });
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill("人行道的地砖翘起来了，老人绊倒过两次，请修一修。");
  await goOn(page);
  await question(page, "事情在哪里");
  const map = page.locator("#map");
  await expectNoAxeViolations(page);
  await picture(page, "guidance-map");
  const area = page.getByLabel("街道或社区");
  assert.equal(await area.inputValue(), "", "nothing is asked of the device by itself");
  await map.tap({ position: { x: 60, y: 60 } });
  await page.getByText(/位置在/).first().waitFor();
  const tapped = await area.inputValue();
  assert.notEqual(tapped, "", "the list follows the pin");
  await map.focus();
  for (let n = 0; n < 12; n += 1) await page.keyboard.press("ArrowRight");
  for (let n = 0; n < 8; n += 1) await page.keyboard.press("ArrowDown");
  assert.notEqual(await area.inputValue(), tapped, "arrow keys move the pin to another community");
  assert.ok(await map.evaluate((element) => element === document.activeElement), "the focus stays on the map");
  await page.getByRole("button", { name: "用我现在的位置" }).click();
  await page.getByText("位置在松径社区").or(page.getByText("位置在梅园社区")).first().waitFor();
  await expectNoAxeViolations(page);
  await picture(page, "guidance-map-pin");
  await page.getByRole("button", { name: "其他不填，直接检查" }).click();
  await question(page, "检查一下再提交");
  await page.getByText("只有联络站和办理的单位看得到这个点").waitFor();
  const sent = await handIn(page, "19900000033");
  expectQuiet(page, [LOGGED_OUT]);

  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "程主任");
  const seen = await (await office.request.get(`/api/v1/desk/cases/${sent.no}`)).json();
  assert.deepEqual(seen.beside.spot, { lng: 123.4281, lat: 27.5701, coordinates: "wgs84" });
  await office.goto(`/desk/office?lane=new&q=${sent.no}`);
  await ready(office);
  await office.locator(".queue-row__link").first().click();
  await office.getByText("东经 123.4281，北纬 27.5701（WGS-84）").waitFor();
  await expectNoAxeViolations(office);
  await picture(office, "guidance-desk");
});

test("somebody helps: who, and how the author agreed, is known to the station", async () => {
  const page = await visit(browser, "elder", server.url);
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill("周阿婆家楼道的扶手松了，她上下楼不敢扶，请派人看看。");
  await page.getByText("我是替别人填的").first().click();
  await page.getByRole("group", { name: "替谁填的" }).getByText("我是替别人填的").click();
  await goOn(page);
  await page.getByText("请写您怎么称呼").first().waitFor();
  await page.getByLabel("您的称呼").fill("小陈");
  await page.getByLabel("您和本人是什么关系").fill("网格员");
  await page.getByText("本人在电话里同意").click();
  await expectNoAxeViolations(page);
  await picture(page, "guidance-helper");
  await page.getByRole("button", { name: "其他不填，直接检查" }).click();
  await question(page, "检查一下再提交");
  await page.getByText("小陈（网格员）代填，本人在电话里同意").waitFor();
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await page.getByText("请填本人的手机号").waitFor();
  await page.goBack();
  const sent = await handIn(page, "19900000034");
  const office = await visit(browser, "desktop", server.url);
  await atDesk(office, "程主任");
  const seen = await (await office.request.get(`/api/v1/desk/cases/${sent.no}`)).json();
  assert.equal(seen.beside.helper.name, "小陈");
  expectQuiet(page, [LOGGED_OUT]);
});

test("without scripts: doors and similar matters stand below the next question, words are covered, a matter is joined", async () => {
  const page = await visit(browser, "noscript", server.url);
  const matter = await openMatter(page);
  await page.goto("/write");
  await page.getByLabel("发生了什么事").fill(`${matter.title}，我叫周慧兰，电话19900000012，法院判决也没有用。`);
  await goOn(page);
  await question(page, "事情在哪里");
  await page.getByRole("heading", { name: "这样的事，另有专门的地方管" }).waitFor();
  await page.getByRole("button", { name: new RegExp(`附议这件：${matter.title}`) }).click();
  await question(page, "检查一下再提交");
  assert.ok((await page.locator("dl.check").innerText()).includes(matter.no));
  await page.getByRole("button", { name: "全部遮住" }).click();
  await question(page, "检查一下再提交");
  const check = await page.locator("dl.check").innerText();
  assert.ok(!check.includes("周慧兰") && check.includes("×××"), check);
  await expectNoSidewaysScroll(page);
  const sent = await handIn(page, "19900000035");
  assert.notEqual(sent.no, matter.no);
});

test("consents are taken back one by one under 「我的信息」", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill("公园里的健身器材生锈了，希望换一换或者上点油。");
  await page.getByRole("button", { name: "其他不填，直接检查" }).click();
  await question(page, "检查一下再提交");
  await handIn(page, "19900000036");
  await page.goto("/mine/privacy");
  await page.getByRole("button", { name: /收回：办理的人可以打电话/ }).click();
  await page.getByRole("button", { name: /同意：不要打电话/ }).waitFor();
  await page.getByRole("button", { name: /收回：答复后可以公开/ }).waitFor();
  await expectNoAxeViolations(page);
});

for (const kind of ["small", "dark", "largeText", "elder"]) {
  test(`what is told beside a letter fits everywhere: ${kind}`, async () => {
    const page = await visit(browser, kind, server.url);
    await openReady(page, "/write");
    await page.getByLabel("发生了什么事").fill(`${PRIVATE}燃气味很浓。公司拖欠工资。`);
    await page.getByRole("heading", { name: "文字里好像有个人信息" }).waitFor();
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `guidance-${kind}-what`);
    await goOn(page);
    await question(page, "事情在哪里");
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `guidance-${kind}-where`);
    await page.getByRole("button", { name: "其他不填，直接检查" }).click();
    await question(page, "检查一下再提交");
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `guidance-${kind}-check`);
  });
}
