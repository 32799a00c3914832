// Accessibility by axe-core, every rule on, colour contrast included.
//
// axe runs in an isolated world of the page: the page's strict CSP stays in force, and nothing of
// axe can be seen or touched by the app. A visitor without scripts cannot run axe either, so it
// reads a twin: the same markup at the same address, with scripts on but none of the page's own.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { hasNoScript } from "./browser.mjs";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Fails with the rule, the element and the advice for every violation on the page as it is now.
 * `exclude` takes CSS selectors; say in the test why.
 */
export async function expectNoAxeViolations(page, { exclude = [] } = {}) {
  const { violations } = await (hasNoScript(page) ? analyseTwin(page, exclude) : analyse(page, exclude));
  assert.equal(violations.length, 0, `${page.url()} has accessibility violations:\n${violations.map(told).join("\n")}`);
}

const sessions = new WeakMap();

/** One session a page, never let go: Chromium ends an emulated lack of a network with any session that is detached. */
function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page));
  return sessions.get(page);
}

async function analyse(page, exclude) {
  const session = await sessionOf(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  const run = async (expression) => {
    const answer = await session.send("Runtime.evaluate", {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (answer.exceptionDetails) {
      throw new Error(`axe broke down: ${answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text}`);
    }
    return answer.result.value;
  };
  await run(`${source};0`);
  const target = JSON.stringify({ include: [["html"]], exclude: exclude.map((selector) => [selector]) });
  return JSON.parse(
    await run(`axe.run(${target}, { resultTypes: ["violations"] }).then((all) => JSON.stringify({ violations: all.violations }))`),
  );
}

async function analyseTwin(page, exclude) {
  const markup = await page.content();
  const context = await page.context().browser().newContext({ viewport: page.viewportSize() });
  try {
    const twin = await context.newPage();
    await twin.route("**/*", (route) => {
      switch (route.request().resourceType()) {
        case "document":
          return route.fulfill({ contentType: "text/html; charset=utf-8", body: markup });
        case "script":
          return route.abort();
        default:
          return route.continue();
      }
    });
    await twin.goto(page.url());
    return await analyse(twin, exclude);
  } finally {
    await context.close();
  }
}

function told(violation) {
  const nodes = violation.nodes.slice(0, 5).map((node) => {
    const why = node.failureSummary.replace(/\s*\n\s*/g, "; ").replace(/:; /g, ": ");
    return `    ${node.target.join(" ")}\n      ${node.html.slice(0, 200)}\n      ${why}`;
  });
  const more = violation.nodes.length > 5 ? `\n    … and ${violation.nodes.length - 5} more` : "";
  return `  ${violation.id} (${violation.impact}): ${violation.help}\n${nodes.join("\n")}${more}`;
}
