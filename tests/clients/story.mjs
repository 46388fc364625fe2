// The same small story by every client: a citizen files a report and comes back with its code; an inspector signs in,
// reads what is to be done, and goes on after the session ran out. A client is left at its defaults but for what no
// default can know.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { operation } from "./contract.mjs";

/** Longer than an access token works. */
export const SIXTEEN_MINUTES = 16 * 60_000;

export const [ORIGIN, EMAIL, PASSWORD] = process.argv.slice(2);
export const ENDPOINT = `${ORIGIN}/graphql`;

/** The session on this device. */
export const session = {
  accessToken: null,
  refreshToken: null,
  refreshed: 0,
  headers() {
    return this.accessToken ? { Authorization: `Bearer ${this.accessToken}` } : {};
  },
  keep({ accessToken, refreshToken }) {
    Object.assign(this, { accessToken, refreshToken });
  },
};

/** Plays the story; `run` sends a document with its variables and answers the data. Ends the process. */
export function play(run) {
  return perform(async () => {
    await citizen(run);
    await inspector(run);
  });
}

/** Plays a story, and ends the process. */
export async function perform(story) {
  try {
    await story();
    console.log("played");
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

async function citizen(run) {
  const { serverTime } = await run(operation("ServerTime"), {});
  const input = {
    id: randomUUID(),
    secret: randomUUID(),
    party: "17号摊位",
    division: "430103",
    place: "书院坪农贸市场",
    occurredAt: serverTime,
    goods: "猪肉",
    unitPriceYuanPerKg: "26.00",
    settledGrams: "2000",
    checkedGrams: "1850",
    narrative: "少了三两。",
  };
  const { receipt } = taken(await run(operation("FileReport"), { input }));
  const again = taken(await run(operation("FileReport"), { input }));
  assert.equal(again.receipt.receiptCode, receipt.receiptCode);
  const { report } = taken(await run(operation("TrackReport"), { receiptCode: receipt.receiptCode }));
  assert.equal(report.number, receipt.number);
}

async function inspector(run) {
  const input = { email: EMAIL, password: PASSWORD, deviceName: "a phone" };
  session.keep(taken(await run(operation("SignIn"), { input })).session);
  const { myVisits } = await run(operation("MyVisits"), { first: 20 });
  const [{ id }] = myVisits.items;
  const before = await run(operation("GetVisit"), { id });
  await letPass(run, SIXTEEN_MINUTES);
  assert.deepEqual(await run(operation("GetVisit"), { id }), before);
  assert.equal(session.refreshed, 1);
  // No server knows this one by its digest.
  const { me } = await run("query Mine { me { email } }", {});
  assert.equal(me.email, EMAIL);
}

/** What a write answers, unless it was refused. */
export function taken(data) {
  const payload = Object.values(data).find((value) => value?.problems);
  assert.deepEqual(payload.problems, []);
  return payload;
}

/** Lets time pass, by the door that invented people have. */
export async function letPass(run, milliseconds) {
  const { serverTime } = await run(operation("ServerTime"), {});
  const until = new Date(Date.parse(serverTime) + milliseconds).toISOString();
  const body = new URLSearchParams({ until });
  const moved = () => fetch(`${ORIGIN}/fixtures/clock`, { method: "POST", body }).catch(() => pause(50));
  while (!(await moved())?.ok);
}
