// What people do, in their words: a resident writes a letter, staff log in and act on it. The same
// functions serve a visitor with and without scripts, because every form is a real form.

import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";

export const LETTER = {
  body: "船坞里3幢地下车库入口的排水沟堵了，一下雨就积水，已经两个星期了。老人推车进不去，希望尽快疏通。",
  place: "船坞里3幢地下车库入口",
  name: "李女士",
};

/** A PNG of one colour, as large as asked: a stand-in for a photo from a phone. */
export function png(width = 640, height = 480, shade = 120) {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, shade)]);
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8 + body.length);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), 4 + body.length);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** An MP4 with one H.264 track and so many bytes of what nobody decodes: a stand-in for a video from a phone. */
export function mp4(bytes) {
  const box = (kind, ...parts) => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8, 0);
    head.write(kind, 4, "latin1");
    return Buffer.concat([head, body]);
  };
  const handler = box("hdlr", Buffer.alloc(8), Buffer.from("vide"), Buffer.alloc(13));
  const codecs = box("stsd", Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box("avc1", Buffer.alloc(70)));
  const track = box("trak", box("mdia", handler, box("minf", box("stbl", codecs))));
  return Buffer.concat([
    box("ftyp", Buffer.from("isom\0\0\x02\0isommp42", "latin1")),
    box("mdat", Buffer.alloc(bytes, 7)),
    box("moov", track),
  ]);
}

export const photo = (name = "photo.png", shade = 120) => ({
  name,
  mimeType: "image/png",
  buffer: png(640, 480, shade),
});

/** Waits for the question with this heading. */
export async function question(page, heading) {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** Presses the button that goes on. */
export const goOn = (page) => page.getByRole("button", { name: "继续", exact: true }).click();

/** From the letter's first question, which is answered, to the one for photos. */
export async function goOnToPhotos(page) {
  await goOn(page);
  await question(page, "事情在哪里");
  await choose(page.getByLabel("街道或社区"), "船坞里");
  await goOn(page);
  await question(page, "想写给谁");
  await goOn(page);
  await question(page, "有照片吗");
}

/** From there to the check. */
export async function goOnToCheck(page) {
  await goOn(page);
  await question(page, "再确认几样");
  await goOn(page);
  await question(page, "检查一下再提交");
}

/** The code that the demo shows on the page. */
export async function shownCode(page) {
  const shown = page.getByText(/验证码是\s*\d{6}/);
  await shown.waitFor();
  return /\d{6}/.exec(await shown.textContent())[0];
}

/** Reads number and query code off the receipt. */
export async function receipt(page) {
  await page.getByRole("heading", { level: 1, name: "意见已经提交" }).waitFor();
  const text = await page.locator("main").innerText();
  const no = /TH-\d{4}-\d{6}/.exec(text)?.[0];
  const code = /[0-9A-Z]{3,4}(?:-[0-9A-Z]{3,4}){2}/.exec(text.replace(no, ""))?.[0];
  assert.ok(no && code, `The receipt shows a number and a code: ${text}`);
  return { no, code };
}

/** Asking who one is, logged out, is answered 401; the browser logs that by itself. */
export const LOGGED_OUT = /401.*\/api\/v1\/me\)/;

/** Logs in at the desk by its one-tap demo account. */
export async function atDesk(page, name) {
  await page.goto("/desk");
  await page.locator("html[data-app=ready]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: "退出" }).waitFor();
}

/** Chooses the first option whose words contain these. */
export async function choose(field, words) {
  const value = await field.evaluate(
    (select, wanted) => [...select.options].find((option) => option.label.includes(wanted))?.value,
    words,
  );
  assert.ok(value, `there is an option with "${words}"`);
  await field.selectOption(value);
}
