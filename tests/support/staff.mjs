// What staff and deputies do at the desk: open a letter by its number, act on it by the action's button.

import assert from "node:assert/strict";

import { LETTER } from "./people.mjs";

/** Opens a letter from a lane, found by its number. */
export async function openLetter(page, end, lane, no) {
  await page.goto(`/desk/${end}?lane=${lane}&q=${no}`);
  await page.locator(".queue-row", { hasText: no }).getByRole("link").click();
  await page.locator(".pane__no", { hasText: no }).waitFor();
}

/** Opens the form of an action, by the code of its event. */
export async function begin(page, kind) {
  const button = page.locator(`#act-${kind}`);
  await button.waitFor({ state: "attached" });
  const folded = button.locator("xpath=ancestor::details[1][not(@open)]");
  if ((await folded.count()) > 0) await folded.locator("summary").click();
  await button.click();
  await page.locator("#desk-form").waitFor();
}

/** Fills the open form: text and dates by name, radio buttons by value, selects by label. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`#desk-form [name="${name}"]`).first();
    const kind = await field.evaluate((element) => element.type || element.tagName);
    if (kind === "radio") await page.locator(`#desk-form [name="${name}"][value="${value}"]`).check({ force: true });
    else if (kind === "checkbox") {
      const list = field.locator("xpath=ancestor::details[1]");
      if ((await list.getAttribute("open")) === null) await list.locator("summary").click();
      for (const one of value) await page.locator("#desk-form .check-list label", { hasText: one }).first().click();
    } else if (kind === "select-one") {
      // Short names of units and categories may stand inside longer labels.
      const label = await field.evaluate(
        (select, wanted) => [...select.options].map((option) => option.label).find((text) => text.includes(wanted)),
        value,
      );
      assert.ok(label, `${name} offers "${value}"`);
      await field.selectOption({ label });
    } else await field.fill(value);
  }
}

/** Sends the open form and waits until it is gone. */
export async function send(page) {
  await page.locator("#desk-form button[type=submit]").click();
  await page.locator("#desk-form").waitFor({ state: "detached" });
}

/** One action from its button to its end. */
export async function act(page, kind, values = {}) {
  await begin(page, kind);
  await fill(page, values);
  await send(page);
}

/** Chooses letters of the open list by their boxes. */
export async function choose(page, numbers) {
  for (const no of numbers) await page.locator(".queue-row", { hasText: no }).getByRole("checkbox").check();
}

/** Begins a step for the chosen letters: its form is open. */
export async function beginTogether(page, verb) {
  await page.getByRole("button", { name: "对选中的来信一起办理" }).click();
  await page.locator("dialog[open]").getByRole("button", { name: verb, exact: true }).click();
  await page.locator("dialog[open] #desk-form").waitFor();
}

/** One step for the chosen letters, until its outcome is shown; answers the outcome's words. */
export async function actTogether(page, verb, values = {}) {
  await beginTogether(page, verb);
  await fill(page, values);
  await page.locator("#desk-form button[type=submit]").click();
  await page.locator("#bulk-result").waitFor();
  return page.locator("#bulk-result").innerText();
}

/** A day so many days from today, as a date field takes it. */
export function dayFromNow(days) {
  const day = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000);
  return day.toISOString().slice(0, 10);
}

/** The office takes a letter on, whichever way it asks for the category. */
export async function accept(page, no, values = {}) {
  await openLetter(page, "office", "new", no);
  await act(page, "accept", { category_id: "漏水", ...values });
}

/** Office → deputy → answer in person. */
export async function deputyAnswers(office, deputy, no) {
  await accept(office, no);
  await act(office, "to_deputy", { deputy_id: "陆知遥" });
  await openLetter(deputy, "deputy", "to_answer", no);
  await act(deputy, "deputy_answer", {
    outcome: "A",
    body: "您反映的情况我今天去看过了，学校和交警从明天起在放学时段各派两个人疏导，我会连续看一周。",
  });
}

export const REPLY = {
  outcome: "A",
  done: "已于今天上午疏通地下车库入口的排水沟，清出淤泥两车，并更换了破损的篦子。雨天我们会再来看。",
  contact: "物业管理科 0590-555-0101",
  signed_off_by: "崔副局长",
};

export { LETTER };
