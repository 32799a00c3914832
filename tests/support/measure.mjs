// What axe-core does not measure: sizes of text and targets, contrast of what is really painted, the way of the focus.

import assert from "node:assert/strict";

/**
 * Visible text that is smaller than `least` pixels: `["<p …> is 18 px"]`. Ornaments (`aria-hidden`) are no text. What stands
 * above the page does not grow beyond 22 px.
 */
export function smallText(page, least) {
  return page.evaluate((least) => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.checkVisibility?.() || element.closest("script, style, svg, [aria-hidden]")) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      const wanted = element.closest(".masthead, .demo") ? Math.min(least, 22) : least;
      if (size < wanted - 0.1) found.push(`${element.cloneNode(false).outerHTML.slice(0, 120)} is ${size} px`);
    }
    return [...new Set(found)];
  }, least);
}

/**
 * Links, buttons and fields that a finger would miss: lower or narrower than `least` pixels. Links within a sentence are as high as
 * their line (WCAG 2.5.8 exempts them, too), and a box or dot is as large as the label that it stands in.
 */
export function smallTargets(page, least) {
  return page.evaluate((least) => {
    const inSentence = (element) => {
      const block = element.closest("p, li, dd, td, label, legend, h1, h2, h3");
      return element.matches("a, button.link") && block && block.textContent.trim().length > element.textContent.trim().length + 1;
    };
    const found = [];
    for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
      if (!element.checkVisibility?.() || inSentence(element)) continue;
      // A box or dot is pressed by its label, a file's field by what is drawn over it.
      const label = element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : null;
      const of = label ?? (element.matches("[type=file]") ? (element.closest(".pick, .field") ?? element) : element);
      const box = of.getBoundingClientRect();
      // Only for those who tab to it.
      if (box.width < 2 || box.bottom < 0 || element.classList.contains("skip")) continue;
      if (Math.min(box.height, box.width) < least - 0.5) {
        found.push(`${element.cloneNode(false).outerHTML.slice(0, 120)} is ${Math.round(box.width)}×${Math.round(box.height)} px`);
      }
    }
    return found;
  }, least);
}

/** Visible text whose colour stands out from what is behind it by less than `least`; pictures behind text are not looked at. */
export function faintText(page, least) {
  return page.evaluate((least) => {
    const parse = (colour) => {
      const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
      return { red, green, blue, alpha };
    };
    const over = (top, below) => {
      const mix = (one, other) => one * top.alpha + other * (1 - top.alpha);
      return { red: mix(top.red, below.red), green: mix(top.green, below.green), blue: mix(top.blue, below.blue), alpha: 1 };
    };
    const behind = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour.alpha > 0) layers.push(colour);
        if (colour.alpha === 1) break;
      }
      return layers.reverse().reduce((below, top) => over(top, below), { red: 255, green: 255, blue: 255, alpha: 1 });
    };
    const light = ({ red, green, blue }) => {
      const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.checkVisibility?.() || element.closest("script, style, svg, :disabled")) continue;
      const ground = behind(element);
      const ink = over(parse(getComputedStyle(element).color), ground);
      const [bright, dark] = [light(ink), light(ground)].sort((one, other) => other - one);
      const contrast = (bright + 0.05) / (dark + 0.05);
      if (contrast < least) found.push(`${element.cloneNode(false).outerHTML.slice(0, 100)} has ${contrast.toFixed(2)}`);
    }
    return [...new Set(found)];
  }, least);
}

/** Text that its own box or one around it cuts off, or that sticks out of the box it stands in. */
export function cutText(page) {
  return page.evaluate(() => {
    const name = (element) => element.cloneNode(false).outerHTML.slice(0, 120);
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility?.() || element.closest(".sr, svg") || !element.textContent.trim()) continue;
      const style = getComputedStyle(element);
      // A row's excerpt is shortened on purpose; the page behind it has all of it.
      if (style.webkitLineClamp !== "none" || element.clientHeight <= 4) continue;
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      const cut =
        (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2) ||
        (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 2);
      if (cut) found.push(`${name(element)} is cut off`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.checkVisibility?.()) continue;
      if (element.closest(".sr, svg, script, style, option")) continue;
      let box = element;
      const boxed = (style) => style.borderRightStyle !== "none" && Number.parseFloat(style.borderRightWidth) > 0;
      while (box !== document.body && !boxed(getComputedStyle(box))) box = box.parentElement;
      const around = box.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      for (const line of range.getClientRects()) {
        if (line.right > around.right + 1 || line.left < around.left - 1) found.push(`the text of ${name(element)} sticks out of ${name(box)}`);
      }
    }
    return [...new Set(found)];
  });
}

/** Lines of text that lie over other lines, or over something that is pressed. */
export function overlapping(page) {
  return page.evaluate(() => {
    const name = (element) => element.cloneNode(false).outerHTML.slice(0, 100);
    const root = document.querySelector("dialog[open]") ?? document.body;
    const fixed = [...document.querySelectorAll("body *")].filter((element) => element !== root && getComputedStyle(element).position === "fixed");
    const floating = (element) => fixed.some((one) => one.contains(element));
    const skip = (element) => !element.checkVisibility?.() || element.closest(".sr, .skip, svg, script, style, option") || floating(element);
    const lines = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || skip(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        // A line's box is higher than its letters.
        const air = (bottom - top) * 0.25;
        if (right - left > 1) lines.push({ element, node: walker.currentNode, left, right, top: top + air, bottom: bottom - air });
      }
    }
    const pressed = [...root.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, img, audio, video")]
      .filter((element) => !skip(element) && getComputedStyle(element).opacity !== "0")
      .map((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { element, left, right, top, bottom };
      });
    const over = (one, other) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
    const found = [];
    lines.forEach((line, at) => {
      for (let next = at + 1; next < lines.length; next += 1) {
        const other = lines[next];
        if (over(line, other) && line.node !== other.node) found.push(`${name(line.element)} lies over ${name(other.element)}`);
      }
      for (const other of pressed) {
        // A link that is high enough for a finger reaches into the lines around it; its words do not.
        if (other.element.matches("a") || other.element.contains(line.element)) continue;
        if (over(line, other)) found.push(`${name(line.element)} lies under ${name(other.element)}`);
      }
    });
    return [...new Set(found)];
  });
}

/** Tabs through the page. Each stop must be visible, show where it is, and come in the order of the page. */
export async function expectFocusOrder(page, { most = 200, least = 4 } = {}) {
  await page.evaluate(() => {
    // The way begins where the focus was last: before everything.
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
  });
  // A dialog's way begins with its first control.
  const dialog = page.locator("dialog[open]");
  if (await dialog.count()) {
    await dialog.locator("button, a[href], input, select, textarea").first().focus();
    await page.keyboard.press("Shift+Tab");
  }
  const seen = [];
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const ring = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return {
        name: element.cloneNode(false).outerHTML.slice(0, 120),
        index: [...document.querySelectorAll("*")].indexOf(element),
        shown: box.width > 1 && box.bottom > 0 && box.top < innerHeight,
        hidden: middle !== null && !element.contains(middle) && !middle.contains(element) && !middle.closest("label"),
        // A dot's ring may be drawn by the label around it.
        ring: ring || element.matches("[type=radio], [type=checkbox], [type=file]") || style.boxShadow !== "none",
      };
    });
    if (!at) break;
    if (seen.some((one) => one.index === at.index)) break;
    seen.push(at);
  }
  assert.ok(seen.length >= least, `${page.url()}: only ${seen.length} stops`);
  for (const stop of seen) {
    assert.ok(stop.shown, `${page.url()}: the focus is outside of the screen at ${stop.name}`);
    assert.ok(!stop.hidden, `${page.url()}: something covers ${stop.name} while it has the focus`);
    assert.ok(stop.ring, `${page.url()}: nothing shows the focus at ${stop.name}`);
  }
  const back = seen.find((stop, at) => at > 0 && stop.index < seen[at - 1].index);
  assert.ok(!back, `${page.url()}: the focus jumps back to ${back?.name} from ${seen[seen.indexOf(back) - 1]?.name}`);
  return seen;
}
