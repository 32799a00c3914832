// A recording that the browser cannot play, as AMR of old phones: said in the player's place, with the file to download and
// the words that were written down of it; and no reason not to send it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { resident, staff, write } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, holdBack, launch, openReady, ready, visit } from "../support/browser.mjs";
import { picture } from "../support/journey.mjs";
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

/** Two seconds of AMR at 12.2 kbit/s: whole frames of what nobody hears. */
const AMR = Buffer.concat([
  Buffer.from("#!AMR\n", "latin1"),
  ...Array.from({ length: 100 }, () => Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31, 7)])),
]);

async function inspect(page, name) {
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await picture(page, name);
}

test("an engine that cannot play a recording says so, offers the file, and shows what was written down", async () => {
  const person = await resident(server.url, "19900000401");
  const office = await staff(server.url, "chief");
  const sent = await fetch(`${server.url}/api/v1/media/voices`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", "x-requested-with": "liaison", "idempotency-key": randomUUID() },
    body: AMR,
  });
  assert.equal(sent.status, 201, await sent.clone().text());
  const { id } = await sent.json();
  const { no } = await write(person, { media: [id] });

  const page = await visit(browser, "small", server.url, { mode: "elder" });
  await person.enter(page);
  await openReady(page, `/mine/${no}`);
  const media = page.locator(".media");
  await media.getByText("这里放不出这段录音").waitFor();
  assert.equal(await media.locator("audio").isVisible(), false, "no player that plays nothing");
  const file = media.getByRole("link", { name: /下载/ });
  const saved = page.waitForEvent("download");
  await file.click();
  assert.match((await saved).suggestedFilename(), /\.amr$/);
  await inspect(page, "recording-amr");

  const { media: [recording] } = await office.get(`/desk/cases/${no}`);
  await office.send("PUT", `/desk/media/${recording.id}/transcript`, { text: "菜场门口的灯不亮。", after: 0 });
  await openReady(page, `/mine/${no}`);
  await media.getByText("菜场门口的灯不亮。").waitFor();
  await media.getByText("这里放不出这段录音").waitFor();
});

/** A second of silence that every engine plays. */
function silence() {
  const wav = Buffer.alloc(44 + 16_000);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(36 + 16_000, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(16_000, 40);
  return wav;
}

test("a chosen recording that cannot be heard here goes along all the same", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/write");
  await page.getByText("录不了音怎么办").click();
  await page.getByLabel("选一段录好的录音").setInputFiles({ name: "录音001.amr", mimeType: "audio/amr", buffer: AMR });
  await page.getByText("录音已传好").first().waitFor();
  await page.getByText("照样可以交，联络站会听").waitFor();
  assert.equal(await page.locator(".voice audio").isVisible(), false);
  await inspect(page, "recording-amr-write");
  // One that can be played takes its place.
  await page.getByLabel("选一段录好的录音").setInputFiles({ name: "录音002.wav", mimeType: "audio/wav", buffer: silence() });
  await page.locator(".voice audio").waitFor({ state: "visible" });
  assert.equal(await page.getByText("照样可以交，联络站会听").isVisible(), false);
});

test("a file that was chosen before the app was there goes along", async () => {
  const page = await visit(browser, "phone", server.url);
  const release = await holdBack(page, /station_write\.wasm$/);
  await page.goto("/write");
  await page.getByText("录不了音怎么办").click();
  await page.getByLabel("选一段录好的录音").setInputFiles({ name: "录音.wav", mimeType: "audio/wav", buffer: silence() });
  await page.getByRole("button", { name: "上传选好的录音" }).waitFor();
  release();
  await ready(page);
  await page.getByText("录音已传好").first().waitFor();
  await page.locator(".voice audio").waitFor({ state: "visible" });
  assert.ok(await page.getByLabel("选一段录好的录音").isVisible(), "what was unfolded stays so");
});
