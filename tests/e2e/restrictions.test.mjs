// Somebody who is restricted: told before writing, refused with the ways on, heard on appeal; and the urgent channel.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { resident, staff, write } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, launch, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
import { question, receipt } from "../support/people.mjs";
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

/** A page as it is now: accessible, not wider than its screen, kept as a picture. */
async function inspect(page, name) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await picture(page, name);
}

/** Warned, limited and restricted, through the API. */
async function restrict(letters) {
  const [clerk, chief] = [await staff(server.url, "admin"), await staff(server.url, "chief")];
  for (let step = 0; step < 3; step += 1) {
    const made = await clerk.send("POST", "/restrictions", {
      ground: "repeat_invalid",
      letters,
      reason: "同一件事已经答复两次，又写了两封。",
    });
    const version = { "if-match": `"${made.version}"` };
    await chief.send("POST", `/restrictions/${made.id}/decision`, { approve: true }, version);
  }
}

test("a restricted person is told at once, keeps an urgent way and objects on a phone", async () => {
  const wang = await resident(server.url, "19900000777");
  const letters = [await write(wang), await write(wang)].map((letter) => letter.no);
  await restrict(letters);
  const page = await visit(browser, "noscript", server.url);
  await wang.enter(page);

  await page.goto("/write");
  await page.getByText("您暂时不能提交新的意见").waitFor();
  await inspect(page, "restricted-write");
  await page.goto("/mine");
  await page.getByRole("link", { name: "看原因和期限，提出申诉" }).click();
  await question(page, "提醒和限制");
  await page.getByRole("heading", { name: "限制提交 30 天" }).waitFor();
  await inspect(page, "restricted-own");
  await page.getByRole("button", { name: "提交申诉" }).first().click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("为什么不服").first().fill("两封信说的不是一件事。");
  await page.getByRole("button", { name: "提交申诉" }).first().click();
  await page.getByText("申诉已收到。").waitFor();

  await page.goto("/write/urgent");
  await page.getByRole("link", { name: "119 火警、救援" }).waitFor();
  await inspect(page, "urgent");
  await page.getByRole("button", { name: "提交紧急事项" }).click();
  await page.getByRole("alert").waitFor();
  await inspect(page, "urgent-errors");
  await page.getByLabel("燃气、水、电").check();
  await page.getByLabel("发生了什么事").fill("楼道里有很重的燃气味，三楼以上都闻得到。");
  const stations = page.getByLabel("在哪个联络站的片区");
  const value = await stations.evaluate((select) => select.options[1].value);
  await stations.selectOption(value);
  await page.getByLabel("为什么没有别的办法").fill("燃气公司电话一直占线。");
  await page.getByRole("button", { name: "提交紧急事项" }).click();
  const sent = await receipt(page);

  const chief = await staff(server.url, "chief");
  const lane = await chief.get("/office/queue?lane=urgent");
  assert.ok(lane.items.some((letter) => letter.no === sent.no), "it waits in the urgent lane");
  const desk = await visit(browser, "noscript", server.url);
  await chief.enter(desk);
  await desk.goto("/desk/restrictions?lane=appeals");
  await desk.getByRole("link", { name: /限制提交/ }).first().waitFor();
  await inspect(desk, "restrictions-appeals");
  await desk.getByRole("link", { name: /199\*{4}0777/ }).click();
  await desk.getByRole("heading", { name: "经过" }).waitFor();
  await inspect(desk, "restriction-one");
  await desk.goto("/desk/restrictions/report");
  await inspect(desk, "restrictions-report");
});
