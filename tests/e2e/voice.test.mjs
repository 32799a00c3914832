// A letter that is spoken: recorded in the page, heard again, sent, heard by the office and written down. A video that
// goes on where the line broke.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { resident, staff } from "../support/api.mjs";
import { expectNoAxeViolations } from "../support/axe.mjs";
import { expectNoSidewaysScroll, expectQuiet, launch, openReady, ready, until, visit } from "../support/browser.mjs";
import { Journey } from "../support/journey.mjs";
import { LOGGED_OUT, atDesk, goOn, goOnToCheck, goOnToPhotos, mp4, question, receipt, shownCode } from "../support/people.mjs";
import { startServer } from "../support/server.mjs";
import { begin, dayFromNow, openLetter, send } from "../support/staff.mjs";

let server;
let browser;
before(async () => {
  const microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
  [server, browser] = await Promise.all([startServer(), launch(microphone)]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Seconds that a player says it can play. */
const length = (player) =>
  player.evaluate(
    (audio) =>
      new Promise((resolve, reject) => {
        const tell = () => resolve(audio.duration);
        if (audio.readyState > 0) return tell();
        audio.addEventListener("loadedmetadata", tell, { once: true });
        audio.addEventListener("error", () => reject(new Error(`${audio.error?.message}`)), { once: true });
      }),
  );

async function record(page) {
  await page.getByRole("button", { name: /开始录音/ }).click();
  await page.getByRole("button", { name: /停止/ }).waitFor();
  // Two seconds by the recording's own clock.
  await page.locator("#voice-time", { hasText: /^0:02/ }).waitFor();
  await page.getByRole("button", { name: /停止/ }).click();
  await page.locator(".voice audio").waitFor();
}

async function toCheck(page) {
  await goOnToPhotos(page);
  await goOnToCheck(page);
}

async function verified(page, phone) {
  await page.getByRole("button", { name: "内容没问题，继续" }).click();
  await question(page, "留一个手机号");
  await page.getByLabel("手机号", { exact: true }).fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  const code = await shownCode(page);
  await page.getByLabel("短信验证码").fill(code);
  await page.getByRole("button", { name: "提交意见" }).click();
}

test("a resident speaks, hears it, sends it; the office hears it and writes it down", async () => {
  const page = await visit(browser, "phone", server.url);
  const journey = new Journey(page, "voice");
  await journey.step("打开写意见", () => openReady(page, "/write"));
  await journey.step("录一段", () => record(page));
  assert.ok((await length(page.locator(".voice audio"))) >= 2, "what was said can be heard");
  await page.getByText("录音已传好").waitFor();

  await journey.step("重新打开，录音还在", async () => {
    await page.reload();
    await ready(page);
    await page.locator(".voice audio").waitFor();
  });
  await journey.step("重新录", async () => {
    const before = await page.locator(".voice audio").getAttribute("src");
    await page.getByRole("button", { name: "重新录" }).click();
    await page.locator("#voice-time", { hasText: /^0:01/ }).waitFor();
    await page.getByRole("button", { name: /停止/ }).click();
    await page.waitForFunction(
      (old) => {
        const now = document.querySelector(".voice audio")?.getAttribute("src");
        return now && now !== old;
      },
      before,
    );
  });
  await page.getByText("录音已传好").waitFor();

  let no;
  await journey.step("检查", () => toCheck(page));
  assert.ok((await length(page.locator(".check audio"))) >= 1, "it is heard once more before sending");
  await journey.step("提交", async () => {
    await verified(page, "199 0000 0188");
    ({ no } = await receipt(page));
  });
  expectQuiet(page, [LOGGED_OUT]);

  const desk = await visit(browser, "desktop", server.url);
  await atDesk(desk, "云帆街道联络站");
  const atWork = new Journey(desk, "voice-desk");
  await atWork.step("打开来信", async () => {
    await desk.goto(`/desk?q=${no}`);
    await ready(desk);
    await desk.getByText("语音留言").first().click();
    await desk.getByRole("heading", { level: 1, name: "语音留言" }).waitFor();
  });
  const player = desk.locator(".spoken audio");
  assert.ok((await length(player)) > 0, "the office hears it");
  await atWork.step("记下文字", async () => {
    await desk.getByLabel("录音里说的话").fill("船坞里三幢的地下车库一下雨就进水。");
    await desk.getByRole("button", { name: "保存文字" }).click();
    await desk.locator(".media__text", { hasText: "一下雨就进水" }).waitFor();
  });
  expectQuiet(desk);

  await page.goto(`/mine/${no}`);
  await ready(page);
  await page.getByText("船坞里三幢的地下车库一下雨就进水。").waitFor();
  assert.ok((await length(page.locator("audio"))) > 0, "the author hears it as well");
});

const isWeekend = (day) => [0, 6].includes(new Date(`${day}T12:00:00+08:00`).getUTCDay());

/** What a calendar says of days that are neither usual weekdays nor usual weekends: is this one worked? */
async function daysApart(admin) {
  const { years, days } = await admin.get(`/admin/calendar?year=${dayFromNow(0).slice(0, 4)}`);
  const others = await Promise.all(years.map((year) => admin.get(`/admin/calendar?year=${year}`)));
  return new Map([...days, ...others.flatMap((year) => year.days)].map((day) => [day.date, day.is_workday]));
}

test("scenario 1: an elder's spoken letter with a pin, written down, gets a day by the station's own calendar", async () => {
  // Two coming weekdays are holidays here, and a Saturday is worked for them.
  const admin = await staff(server.url, "admin");
  const nation = await daysApart(admin);
  const coming = Array.from({ length: 14 }, (_, at) => dayFromNow(at + 2)).filter((day) => !nation.has(day));
  const [first, second] = coming.filter((day) => !isWeekend(day));
  const saturday = coming.find((day) => new Date(`${day}T12:00:00+08:00`).getUTCDay() === 6);
  const text = `${first},holiday,庙会\n${second},holiday,庙会\n${saturday},workday,调休上班\n`;
  const told = await admin.send("POST", "/admin/calendar/import", { text, dry_run: false });
  assert.ok(told.kept, JSON.stringify(told));

  const page = await visit(browser, "elder", server.url);
  const journey = new Journey(page, "scenario-1");
  await openReady(page, "/write");
  await journey.step("说二十秒", async () => {
    await page.getByRole("button", { name: /开始录音/ }).click();
    await page.locator("#voice-time", { hasText: /^0:20/ }).waitFor({ timeout: 40_000 });
    await page.getByRole("button", { name: /停止/ }).click();
    assert.ok((await length(page.locator(".voice audio"))) >= 19);
    await page.getByText("录音已传好").waitFor();
  });
  await journey.step("在地图上点", async () => {
    await goOn(page);
    await question(page, "事情在哪里");
    await page.locator("#map").tap({ position: { x: 60, y: 60 } });
    await page.getByText(/位置在/).first().waitFor();
    assert.notEqual(await page.getByLabel("街道或社区").inputValue(), "", "the list follows the pin");
    await goOn(page);
    await question(page, "想写给谁");
    await goOn(page);
    await question(page, "有照片吗");
    await goOnToCheck(page);
  });
  let kept;
  await journey.step("提交", async () => {
    await verified(page, "199 0000 0171");
    kept = await receipt(page);
  });

  const grandchild = await visit(browser, "phone", server.url);
  await openReady(grandchild, "/track");
  await grandchild.getByLabel("编号").fill(kept.no);
  await grandchild.getByLabel("查询码").fill(kept.code);
  await grandchild.keyboard.press("Enter");
  await grandchild.locator("main").getByText("已提交", { exact: true }).first().waitFor();
  await grandchild.getByText("您的意见已经收到，等联络站受理。").waitFor();

  const desk = await visit(browser, "desktop", server.url);
  await atDesk(desk, "程主任");
  await openLetter(desk, "office", "new", kept.no);
  await desk.getByLabel("录音里说的话").fill("我今年七十六了，菜场门口那一段路灯不亮，晚上太黑，我走得很慢，请你们来修一修。");
  await desk.getByRole("button", { name: "保存文字" }).click();
  await desk.locator(".media__text", { hasText: "路灯不亮" }).waitFor();
  await begin(desk, "accept");
  const category = desk.locator("#desk-form [name=category_id]");
  assert.match(await category.evaluate((select) => select.selectedOptions[0].label), /路灯/, "guessed from what was said");
  await desk.locator("#desk-form [name=class][value=normal]").check({ force: true });

  const here = await daysApart(admin);
  let day = 0;
  for (let left = 15; left > 0; ) {
    day += 1;
    const date = dayFromNow(day);
    if (here.get(date) ?? !isWeekend(date)) left -= 1;
  }
  const due = dayFromNow(day);
  assert.equal(await desk.locator("#desk-form [name=due_at]").inputValue(), due, "two days off, one Saturday worked");
  await send(desk);

  await openReady(page, `/mine/${kept.no}`);
  const [, month, date] = due.split("-").map(Number);
  await page.locator("main").getByText(new RegExp(`${month}月${date}日`)).first().waitFor();
  assert.match(await page.locator("main").innerText(), /路灯不亮/);
});

const BROKEN = /net::ERR_FAILED|\/api\/v1\/media\//;

async function broken(page, on) {
  for (const what of ["**/api/v1/media/voices", "**/api/v1/media/videos/*"]) {
    if (on) await page.route(what, (route) => (route.request().method() === "GET" ? route.continue() : route.abort()));
    else await page.unroute(what);
  }
}

async function letterOf(page, no) {
  return (await page.request.get(`/api/v1/messages/${no}`)).json();
}

test("the words go first; recording and video follow by themselves", async () => {
  const page = await visit(browser, "phone", server.url);
  await (await resident(server.url, "19900000189")).enter(page);
  await openReady(page, "/write");
  await broken(page, true);
  await page.getByLabel("发生了什么事").fill("地下车库一下雨就进水，录了一段，也拍了一段。");
  await record(page);
  await page.getByText("没传成功").first().waitFor();
  await goOnToPhotos(page);
  await page.locator("#video").setInputFiles({ name: "车库.mp4", mimeType: "video/mp4", buffer: mp4(1_500_000) });
  await goOnToCheck(page);
  await page.getByText(/文字先交，没传完的照片、录音和视频随后自动补上/).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  assert.equal((await letterOf(page, no)).media.length, 0, "nothing was waited for");
  await openReady(page, "/mine");
  await page.getByText("还有录音或视频没传完，会自动补上。").waitFor();
  await broken(page, false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.locator(".shelf__one--out").waitFor({ state: "detached" });
  const letter = await letterOf(page, no);
  assert.deepEqual(letter.media.map((media) => media.kind), ["voice", "video"]);
  assert.match(JSON.stringify(letter), /补上提交时没来得及传的录音.*补上提交时没来得及传的视频/);
  await openReady(page, `/mine/${no}`);
  assert.ok((await length(page.locator("audio"))) > 0, "it is heard with the letter");
  expectQuiet(page, [BROKEN]);
});

/** What this browser's own recorder writes of one second of colours, with a tag behind it, as cameras add them. */
async function filmed(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [160, 120];
    const paint = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.start(200);
    for (let frame = 0; frame < 30; frame += 1) {
      paint.fillStyle = `hsl(${frame * 12} 90% 50%)`;
      paint.fillRect(0, 0, 160, 120);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    recorder.stop();
    await ended;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  });
  const place = Buffer.from("+30.1234+120.5678/");
  return Buffer.concat([Buffer.from(bytes), Buffer.from([0x12, 0x54, 0xc3, 0x67, 0x80 | place.length]), place]);
}

test("a film of the browser's own recorder is kept without its tags and programs, and plays", async () => {
  const page = await visit(browser, "phone", server.url);
  await (await resident(server.url, "19900000192")).enter(page);
  await openReady(page, "/write");
  const film = await filmed(page);
  assert.ok(film.includes("Chrome"), "its programs are named");
  await page.getByLabel("发生了什么事").fill("地下车库一下雨就进水，拍了一段。");
  await goOnToPhotos(page);
  await page.locator("#video").setInputFiles({ name: "车库.webm", mimeType: "video/webm", buffer: film });
  await goOnToCheck(page);
  await page.getByRole("button", { name: "提交意见" }).click();
  const { no } = await receipt(page);
  await until(page, async (no) => (await (await fetch(`/api/v1/messages/${no}`)).json()).media.length === 1, no);
  const [{ url, mime }] = (await letterOf(page, no)).media;
  assert.equal(mime, "video/webm");
  const kept = await (await page.request.get(url)).body();
  assert.equal(kept.length, film.length, "nothing in it has moved");
  for (const gone of ["+30.1234", "Chrome"]) assert.ok(!kept.includes(gone), gone);
  await openReady(page, `/mine/${no}`);
  const shown = await page.locator("video").evaluate(async (video) => {
    video.muted = true;
    await video.play();
    await new Promise((resolve) => video.addEventListener("ended", resolve));
    return [video.videoWidth, video.videoHeight, video.getVideoPlaybackQuality().totalVideoFrames > 10];
  });
  assert.deepEqual(shown, [160, 120, true]);
  expectQuiet(page);
});

test("a letter that is only spoken goes by itself once its recording has arrived", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/write");
  await broken(page, true);
  await record(page);
  await page.getByText("没传成功").first().waitFor();
  await toCheck(page);
  await page.getByText(/录音一传完，意见就自动交上去/).waitFor();
  await verified(page, "199 0000 9190");
  await page.getByRole("heading", { level: 1, name: "还没交出去，先替您存着" }).waitFor();
  assert.equal(await page.locator(".shelf__words").innerText(), "录音", "it is told apart without words");
  assert.deepEqual((await (await page.request.get("/api/v1/me/messages")).json()).items, []);

  // Later, in another visit.
  await page.goto("/");
  await broken(page, false);
  await openReady(page, "/mine");
  await page.getByRole("button", { name: /看编号和查询码/ }).click();
  const { no } = await receipt(page);
  const mine = (await (await page.request.get("/api/v1/me/messages")).json()).items;
  assert.deepEqual(mine.map((row) => row.no), [no], "one letter");
  assert.deepEqual((await letterOf(page, no)).media.map((media) => media.kind), ["voice"]);
  expectQuiet(page, [LOGGED_OUT, BROKEN]);
});

test("what was said is there after the tab was killed in the middle of it", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/write");
  await page.getByRole("button", { name: /开始录音/ }).click();
  await page.locator("#voice-time", { hasText: /^0:06/ }).waitFor();
  const later = await page.context().newPage();
  const session = await page.context().newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await page.waitForEvent("crash");
  await openReady(later, "/write");
  await later.getByText("录音已传好").waitFor();
  const seconds = await length(later.locator(".voice audio"));
  assert.ok(seconds >= 4 && seconds <= 6, `${seconds} s`);
});

test("who says no to the microphone is told the other ways", async () => {
  const page = await visit(browser, "small", server.url);
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await openReady(page, "/write");
  await page.getByRole("button", { name: /开始录音/ }).click();
  await page.getByText("没有打开话筒").waitFor();
  await page.getByText("录不了音怎么办").click();
  assert.equal(await page.getByLabel("选一段录好的录音").count(), 1);
  assert.ok((await page.locator(".voice a[href^='tel:']").count()) === 1, "a number to call");
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});

test("a browser that cannot record takes a file", async () => {
  const page = await visit(browser, "elder", server.url);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "mediaDevices", { value: undefined });
  });
  await openReady(page, "/write");
  await page.getByText("这里不能直接录音").waitFor();
  assert.equal(await page.getByRole("button", { name: /开始录音/ }).count(), 0, "no dead button");
  await page.getByText("录不了音怎么办").click();
  await page.getByLabel("选一段录好的录音").setInputFiles({
    name: "网页.mp3",
    mimeType: "audio/mpeg",
    buffer: Buffer.from("<html>这不是录音"),
  });
  await page.getByText("不是能播放的录音").first().waitFor();
  await expectNoAxeViolations(page);
});

test("a video goes on where the line broke, and can be given up", async () => {
  const page = await visit(browser, "phone", server.url);
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill("地下车库一下雨就进水，拍了一段视频。");
  await goOnToPhotos(page);

  // The line breaks after the second piece.
  let pieces = 0;
  let broken = true;
  const offsets = [];
  await page.route("**/api/v1/media/videos/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    pieces += 1;
    offsets.push(Number(route.request().headers()["upload-offset"]));
    return broken && pieces > 2 ? route.abort() : route.continue();
  });
  const film = { name: "车库.mp4", mimeType: "video/mp4", buffer: mp4(3_500_000) };
  await page.locator("#video").setInputFiles(film);
  await page.waitForFunction(() => document.querySelector(".photos__bar")?.value >= 50);
  broken = false;
  await page.reload();
  await ready(page);
  await page.getByText("已传好").waitFor();
  const megabyte = 1024 * 1024;
  const after = offsets.slice(offsets.indexOf(2 * megabyte));
  assert.ok(!after.includes(0), `nothing is sent twice: ${offsets}`);
  assert.ok(after.includes(3 * megabyte), `the rest is sent: ${offsets}`);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: /移除/ }).click();
  await page.locator(".photos").waitFor({ state: "detached" });
});
