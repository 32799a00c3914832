// A journey is a list of steps a person takes. After each step the page is checked (axe, no
// sideways scroll) and a screenshot is kept; when a step fails, the screenshot shows where.
//
//   const journey = new Journey(page, "write-a-letter");
//   await journey.step("打开首页", async () => { … });

import { mkdir } from "node:fs/promises";
import path from "node:path";

import { expectNoAxeViolations } from "./axe.mjs";
import { complaints, expectNoSidewaysScroll } from "./browser.mjs";
import { ROOT } from "./server.mjs";

export const RESULTS = path.join(ROOT, "tests/results");

export class Journey {
  #page;
  #folder;
  #number = 0;
  #checks;

  constructor(page, name, { axe = true } = {}) {
    this.#page = page;
    this.#folder = path.join(RESULTS, fileName(name));
    this.#checks = { axe };
  }

  /** Takes one step, checks the page, keeps a picture. `axe: false` only for a page seen before. */
  async step(title, body, { axe = this.#checks.axe } = {}) {
    this.#number += 1;
    const picture = `${String(this.#number).padStart(2, "0")}-${fileName(title)}`;
    try {
      await body();
      await expectNoSidewaysScroll(this.#page);
      if (axe) await expectNoAxeViolations(this.#page);
    } catch (error) {
      await this.#keep(`${picture}-FAILED`);
      error.message = `Step ${this.#number} 「${title}」 at ${this.#page.url()}: ${error.message}`;
      const behind = complaints(this.#page);
      if (behind.length > 0) error.message += `\nThe page complained:\n${behind.join("\n")}`;
      throw error;
    }
    await this.#keep(picture);
  }

  async #keep(name) {
    await mkdir(this.#folder, { recursive: true });
    // A picture is an extra: a page that is just going away must not fail the step.
    await this.#page.screenshot({ path: path.join(this.#folder, `${name}.png`), fullPage: true }).catch(() => {});
  }
}

/** One picture outside a journey. */
export async function picture(page, name) {
  await mkdir(RESULTS, { recursive: true });
  await page.screenshot({ path: path.join(RESULTS, `${fileName(name)}.png`), fullPage: true });
}

function fileName(text) {
  return text.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}
