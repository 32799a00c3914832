// One page as everybody may have it before them: in the three sizes of the elder mode, dark, with the text of the phone
// doubled, with the spacing that WCAG lets readers set, in forced colours. All of it in place, so that a page in the
// middle of a task is measured as it stands there, and quickly.
//
//   const found = [];
//   await measure(page, "第一题", found);
//   assert.equal(found.length, 0, found.join("\n"));

import { expectNoAxeViolations } from "./axe.mjs";
import { expectNoSidewaysScroll } from "./browser.mjs";
import { picture } from "./journey.mjs";
import { cutText, expectFocusOrder, faintText, overlapping, smallTargets, smallText } from "./measure.mjs";

/** `text`: least size of letters; `target`: least side of what is pressed; `contrast`: of every text. */
const LOOKS = [
  { name: "elder 22", elder: "22", text: 22, target: 60, contrast: 7 },
  { name: "elder 26", elder: "26", text: 26, target: 60 },
  { name: "elder 30", elder: "30", text: 30, target: 60, axe: true, focus: true },
  { name: "elder dark", elder: "22", dark: true, contrast: 7 },
  { name: "standard", target: 48, contrast: 4.5 },
  { name: "dark", dark: true, contrast: 4.5 },
  { name: "200 %", scale: 2, target: 48 },
  { name: "spaced", spaced: true },
  { name: "forced colours", forced: true },
];

const SPACED =
  "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
  "p { margin-bottom: 2em !important }";

async function wear(page, { elder, dark = false, scale = 1, spaced = false, forced = false }) {
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light", forcedColors: forced ? "active" : "none" });
  await page.evaluate(
    ({ elder, scale, css }) => {
      const root = document.documentElement;
      if (elder) {
        root.setAttribute("data-mode", "elder");
        root.setAttribute("data-size", elder);
      } else {
        root.removeAttribute("data-mode");
        root.removeAttribute("data-size");
      }
      root.style.fontSize = "";
      if (scale !== 1) root.style.fontSize = `${Number.parseFloat(getComputedStyle(root).fontSize) * scale}px`;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = css ? [sheet] : [];
    },
    { elder, scale, css: spaced ? SPACED : "" },
  );
}

/**
 * Measures the page as it stands in every look and adds to `found` what is wrong. `focus: false` for a page whose way
 * of the focus was walked at another stop, `forced` walks it in forced colours as well. `least`: stops on that way.
 */
export async function measure(page, name, found, { focus = true, forced = false, least = 4 } = {}) {
  const at = await page.evaluate(() => scrollY);
  for (const look of LOOKS) {
    const before = found.length;
    await wear(page, look);
    const tell = (what) => found.push(...[what].flat().map((line) => `${name}, ${look.name}: ${line}`));
    const expect = (promise) => promise.catch((error) => tell(error.message.split("\n+ actual")[0]));
    if (look.text) tell(await smallText(page, look.text));
    if (look.target) tell(await smallTargets(page, look.target));
    if (look.contrast) tell(await faintText(page, look.contrast));
    tell(await cutText(page));
    tell(await overlapping(page));
    await expect(expectNoSidewaysScroll(page));
    if (look.axe) await expect(expectNoAxeViolations(page));
    if ((look.focus && focus) || (look.forced && forced)) await expect(expectFocusOrder(page, { least }));
    if (found.length > before) await picture(page, `everywhere-${name}-${look.name}`);
  }
  await wear(page, LOOKS[0]);
  await page.evaluate((top) => scrollTo(0, top), at);
}

/** What the page says to those who do not see it: its title, and where the focus is. */
export async function arrived(page, name, found, { title, focus = "H1" }) {
  const here = await page.evaluate(() => ({
    title: document.title,
    focus: document.activeElement?.id === "error-summary" ? "error-summary" : document.activeElement?.tagName,
  }));
  if (!title.test(here.title)) found.push(`${name}: the title is 「${here.title}」`);
  if (here.focus !== focus) found.push(`${name}: the focus is on ${here.focus}`);
}

/** Waits until these words are told to those who do not see the page. */
export async function told(page, words) {
  await page.waitForFunction(
    (source) => {
      const live = [...document.querySelectorAll("[role=status], [role=alert], [aria-live]")];
      return live.some((region) => new RegExp(source).test(region.textContent));
    },
    words.source,
  );
}
