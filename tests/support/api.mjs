// People who act through the API: the other side of a story whose screens are not what a test is about.
//
//   const office = await staff(server.url, "chief");
//   await office.act(no, { type: "accept", … });

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

class Person {
  #url;
  #cookies = new Map();

  constructor(url) {
    this.#url = url;
  }

  async send(method, path, body, headers = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", "x-requested-with": "liaison", cookie, ...headers },
      body: body && JSON.stringify(body),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path} → ${response.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  get(path) {
    return this.send("GET", path);
  }

  /** Lets an event happen to a letter as it stands now. */
  async act(no, event, path = `/desk/cases/${no}`) {
    const { version } = await this.get(path);
    return this.send("POST", `/messages/${no}/events`, { event }, { "if-match": `"${version}"` });
  }

  /** The same, by its author. */
  actOnOwn(no, event) {
    return this.act(no, event, `/messages/${no}`);
  }

  /** Cuts a letter into parts; answers them as the desk lists them. */
  async split(no, parts) {
    const { id, version } = await this.get(`/desk/cases/${no}`);
    await this.send("POST", `/office/messages/${id}/split`, { parts }, { "if-match": `"${version}"` });
    return (await this.get(`/desk/cases/${no}`)).parts;
  }

  /** Gives a browser's page the same login. */
  async enter(page) {
    const cookies = [...this.#cookies].map(([name, value]) => ({ name, value, url: this.#url }));
    await page.context().addCookies(cookies);
  }
}

/** Staff or a deputy by a one-tap account of the demo. */
export async function staff(url, username) {
  const person = new Person(url);
  await person.send("POST", "/auth/demo", { username });
  return person;
}

/** A resident, logged in by a code to the phone. */
export async function resident(url, phone) {
  const person = new Person(url);
  const challenge = await person.send("POST", "/auth/otp", { phone });
  await person.send("POST", "/auth/otp/verify", { challenge_id: challenge.challenge_id, code: challenge.demo_code });
  return person;
}

/** Hands a letter in; answers its receipt. */
export async function write(person, more = {}) {
  const letter = {
    body: "学府路从菜场到小学这一段的路灯坏了三个星期，晚上接孩子的老人摔过两次，请尽快修好。",
    kind: "help",
    category: "transport.street-light",
    category_by_resident: true,
    area: "songjing-xuefu",
    place: "学府路菜场门口",
    deputy: "luzhiyao",
    name_shown: "hidden",
    consent_publish: false,
    ...more,
  };
  return person.send("POST", "/messages", letter, { "idempotency-key": randomUUID() });
}

/** The id of a category by its slug. */
export async function category(office, slug) {
  const { categories } = await office.get("/desk/options");
  return categories.find((one) => one.slug === slug).id;
}

/** Accepts a letter, hands it to its deputy, who answers it. */
export async function deputyAnswers(office, deputy, no) {
  await office.act(no, {
    type: "accept",
    category_id: await category(office, "transport.street-light"),
    class: "normal",
    urgency: "normal",
  });
  await handToDeputy(office, deputy, no);
}

/** Hands a letter that is accepted to its deputy, who answers it. */
export async function handToDeputy(office, deputy, no) {
  const { deputies } = await office.get("/desk/options");
  await office.act(no, { type: "to_deputy", deputy_id: deputies.find((one) => one.slug === "luzhiyao").id });
  await deputy.act(no, {
    type: "deputy_answer",
    reply: { body: "十一盏路灯已经全部换好，电缆也重新做了防水，昨晚复查全部亮灯。", outcome: "A" },
  });
}

/** Hands a letter (or a part of one) that is accepted to a unit, which signs it and answers; the office sends the answer out. */
export async function unitAnswers(office, unit, no, lead, done) {
  const { units } = await office.get("/desk/options");
  await office.act(no, { type: "assign", lead: units.find((one) => one.name.includes(lead)).id });
  const { tasks } = await unit.get(`/desk/cases/${no}`);
  const task_id = tasks.find((one) => one.mine).task.id;
  await unit.act(no, { type: "sign", task_id, section: "设施科", officer: "小武" });
  await unit.act(no, {
    type: "submit_reply",
    task_id,
    reply: { body: done, outcome: "A", contact: "设施科 0590-555-0102" },
    signed_off_by: "王科长",
  });
  const { warnings } = await office.get(`/desk/cases/${no}`);
  await office.act(no, { type: "release", acknowledged: warnings.map((finding) => finding.code) });
}

/** The token under which an answered letter is rated. */
export async function rateBadly(person, no) {
  const { rate_token: token } = await person.get(`/messages/${no}`);
  const rating = { attitude: 4, process: 3, result: 1, solved: "no", reasons: ["no_effect"], text: "" };
  await person.send("PUT", `/surveys/${token}`, rating);
}
