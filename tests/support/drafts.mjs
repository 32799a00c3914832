// Writing letters step by step, and looking at what is kept of them.

import assert from "node:assert/strict";

import { openReady } from "./browser.mjs";
import { LETTER, choose, goOn, question } from "./people.mjs";

/** 「9月12日 上午9:05 写的还在。」 */
export const FOUND = /月\d+日 (上午|下午|凌晨|晚上)\d+:\d\d 写的还在/;

/** Begins a letter and waits until its words lie on the device. */
export async function startLetter(page, words = LETTER.body) {
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill(words);
  await kept(page, words.slice(0, 8));
}

export async function upToPhotos(page, words = LETTER.body) {
  await openReady(page, "/write");
  await page.getByLabel("发生了什么事").fill(words);
  await goOn(page);
  await question(page, "事情在哪里");
  await choose(page.getByLabel("街道或社区"), "船坞里");
  await page.getByLabel(/具体位置/).fill(LETTER.place);
  await goOn(page);
  await question(page, "想写给谁");
  await goOn(page);
  await question(page, "有照片吗");
}

export async function upToCheck(page, { name = "", words = LETTER.body, photos = [] } = {}) {
  await upToPhotos(page, words);
  if (photos.length > 0) await page.locator("input[type=file]").first().setInputFiles(photos);
  await goOn(page);
  await question(page, "再确认几样");
  if (name) await page.getByLabel("怎么称呼您").fill(name);
  await goOn(page);
  await question(page, "检查一下再提交");
}

export const photosShown = (page) => page.locator(".photos > li").count();

/** Waits until a draft with these words lies on the device. */
export async function kept(page, words) {
  const lies = (words) =>
    page.evaluate(
    (words) =>
      new Promise((resolve) => {
        const open = indexedDB.open("liaison");
        open.onerror = () => resolve(false);
        open.onsuccess = () => {
          const database = open.result;
          const done = (found) => {
            database.close();
            resolve(found);
          };
          if (!database.objectStoreNames.contains("drafts")) return done(false);
          const all = database.transaction("drafts").objectStore("drafts").getAll();
          all.onerror = () => done(false);
          all.onsuccess = () => done(all.result.some((value) => typeof value === "string" && value.includes(words)));
        };
      }),
    words,
  );
  while (!(await lies(words))) await page.waitForTimeout(50);
}

/** Waits until the server keeps a draft of which `fits` is true. */
export async function keptByServer(page, fits) {
  for (;;) {
    const response = await page.request.get("/api/v1/drafts");
    assert.equal(response.status(), 200);
    const { items } = await response.json();
    if (items.some(({ draft }) => fits(draft))) return;
    await page.waitForTimeout(250);
  }
}

/** What WebKit does after a week without a visit: everything that scripts stored is gone, cookies stay. */
export async function emptyBrowser(page) {
  const address = page.url();
  await page.goto("about:blank");
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", {
    origin: new URL(address).origin,
    storageTypes: "indexeddb,local_storage",
  });
  await session.detach();
  await page.goto(new URL("/help", address).href);
  await page.evaluate(() => window.sessionStorage.clear());
}

/** Puts drafts on the device as the app keeps them, without writing each of them. */
export async function shelve(page, drafts) {
  await openReady(page, "/help");
  await page.evaluate(
    (drafts) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open("liaison", 1);
        open.onupgradeneeded = () => open.result.createObjectStore("drafts");
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const database = open.result;
          const writing = database.transaction("drafts", "readwrite");
          const empty = {
            step: "what", key: null, title: "", kind: null, category: "", category_by_resident: false, area: "", place: "",
            deputy: "", station: "", name: "", name_shown: "hidden", consent: null, phone: "", photos: [], challenge: null,
            out: null,
          };
          const out = { body: "{}", account: "somebody", code: "", problem: "", tries: 3, receipt: null, seen: false };
          drafts.forEach((draft, n) => {
            const stored = { ...empty, saved_at: Date.now() - n * 60_000, ...draft };
            if (draft.out) stored.out = { ...out, at: stored.saved_at, next: Date.now() + 3_600_000, ...draft.out };
            writing.objectStore("drafts").put(JSON.stringify(stored), `draft/shelved-${n}`);
          });
          writing.onabort = () => reject(writing.error);
          writing.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    drafts,
  );
}

const photoLeft = (n) => ({ key: `p${n}`, name: `${n}.jpg`, id: "", token: "" });

/** One of each kind that the lists know. */
export const ONE_OF_EACH = [
  { body: "楼下的垃圾桶总是满的，周末没人收，夏天味道很大，邻居们都说过。希望周末也有人来收一趟。", photos: [photoLeft(1)] },
  { body: "公交站没有雨棚。", step: "where" },
  { body: "东门的灯坏了，晚上黑得很。", out: { state: "waiting" } },
  { body: "公交站的长椅坏了，没地方坐。", out: { state: "code" } },
  { body: "小区门口的减速带翘起来了。", out: { state: "refused", problem: "今天提的意见已经够多了，请明天再提。" } },
];
