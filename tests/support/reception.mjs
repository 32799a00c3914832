// A reception for the tests of what happens at its counter.

import { randomUUID } from "node:crypto";

import { resident, staff } from "./api.mjs";

const HOUR = 3_600_000;

/** A reception of today at Yunfan with two deputies, and somebody who booked it: its id and their code. */
export async function bookedReception(server, name, phone) {
  const office = await staff(server.url, "chief");
  const station = (await office.get("/stations")).items.find((one) => one.slug === "yunfan");
  const deputies = (await office.get("/deputies?station=yunfan")).items.slice(0, 2);
  const startsAt = Math.ceil(Date.now() / HOUR) * HOUR + 4 * HOUR;
  const made = await office.send("POST", "/reception-sessions", {
    station_id: station.id,
    kind: "ordinary",
    starts_at: startsAt,
    ends_at: startsAt + 2 * HOUR,
    slot_minutes: 20,
    seats: 1,
    modes: ["onsite"],
    deputies: deputies.map((one) => one.id),
  });
  const id = made.row.id;
  const person = await resident(server.url, phone);
  const wanted = { slot: { starts_at: startsAt }, mode: "onsite", name, topic: "学府路的路灯", people: 2, access_needs: "坐轮椅" };
  const booked = await person.send("POST", `/reception-sessions/${id}/appointments`, wanted, {
    "idempotency-key": randomUUID(),
  });
  return { id, code: booked.code, deputies, person };
}
