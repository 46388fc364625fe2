// The people around a client that replicates: the bureau, which sends inspectors and changes its mind; colleagues; and
// what is written down on a visit.

import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { GraphQLClient, ClientError } from "graphql-request";

import { operation } from "./contract.mjs";
import { ENDPOINT, PASSWORD, taken } from "./story.mjs";

/** Somebody who signed in, and repeats what had no answer. */
export class Person {
  constructor(email) {
    this.email = email;
    this.client = new GraphQLClient(ENDPOINT, { headers: () => this.headers() });
  }

  headers() {
    return this.session ? { Authorization: `Bearer ${this.session.accessToken}` } : {};
  }

  async signIn() {
    const input = { email: this.email, password: PASSWORD, deviceName: "a phone" };
    this.session = (await this.run("SignIn", { input })).session;
    return this;
  }

  async refresh() {
    const { refreshToken } = this.session;
    this.session = (await this.run("RefreshSession", { refreshToken })).session;
  }

  /** What an operation of one field answers there. */
  async run(name, variables = {}) {
    return Object.values(await this.send(operation(name), variables))[0];
  }

  async send(text, variables) {
    try {
      const data = await this.client.request(text, variables);
      if (Object.values(data).some((value) => value?.problems)) taken(data);
      return data;
    } catch (error) {
      if (error instanceof ClientError || error instanceof assert.AssertionError) throw error;
      await pause(50);
      return this.send(text, variables);
    }
  }

  /** Whether the server holds that these are the documents of a collection which a phone should have. */
  async compare(collection, held) {
    const { count, digest, documents } = summed(held);
    return this.run("ComparePulled", { input: { collection, count, digest, documents } });
  }

  /**
   * Pulls until the phone has everything: what was written stands behind every write that is still under way anywhere in
   * the database, and comes with a later pull.
   */
  async catchUp(pull, held) {
    for (let times = 0; times < 600; times++) {
      await pull();
      const compared = Object.entries(await held()).map(async ([collection, documents]) => {
        const { count, digest } = summed(documents);
        return (await this.run("ComparePulled", { input: { collection, count, digest } })).isEqual;
      });
      if ((await Promise.all(compared)).every(Boolean)) return;
      await pause(100);
    }
    assert.fail("the phone never has everything");
  }
}

/** What a phone says to have of a collection. */
const summed = (held) => {
  const documents = held.map(({ id, version }) => ({ id, version })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const lines = documents.map(({ id, version }) => `${id} ${version}\n`).join("");
  const digest = createHash("sha256").update(lines).digest("hex");
  return { count: documents.length, digest, documents };
};

/** The intake officer, who knows whom there is to send, and where to. */
export class Bureau extends Person {
  async signIn() {
    await super.signIn();
    const { items } = await this.run("FindMerchants", { first: 100 });
    const people = await this.run("ListInspectors");
    const certified = (no) => people.find(({ certificateNo }) => certificateNo === `XZ-430103-${no}`).id;
    [this.zhou, this.tang, this.peng] = ["0117", "0124", "0131"].map(certified);
    this.merchants = items;
    return this;
  }

  /** Sends Zhou and Tang to a place of this kind. Answers the visit's id. */
  async dispatch(venue) {
    const merchantId = this.merchants.find((merchant) => merchant.venue === venue).id;
    const input = { id: randomUUID(), origin: { patrol: "节前巡查" }, merchantId, inspectorIds: [this.zhou, this.tang] };
    await this.run("DispatchInspection", { input });
    return input.id;
  }

  /** Sends others in the place of Zhou. */
  async handOver(visitId) {
    const input = { id: randomUUID(), visitId, inspectorIds: [this.tang, this.peng], reason: "周某另有公务。" };
    await this.run("ReplaceInspectors", { input });
  }
}

const [bootId, counter] = [randomUUID(), () => performance.now().toFixed()];

/** Writes of a visit, as they are written down: each the item of a push. */
const write = (name, visitId, what, after) => {
  const occurred = { wall: new Date().toISOString(), monotonicMs: counter(), bootId };
  const input = { id: randomUUID(), visitId, occurred, ...what };
  return { ...(after && { after }), write: { [name]: input } };
};

export const arrival = (visitId) => write("checkIn", visitId, { positionMissing: "NO_FIX", party: "TOLD" });

export const check = (visitId, instrumentId, { note, after } = {}) =>
  write("checkInstrument", visitId, { instrumentId, markValidUntil: "2030-01-31", seal: "INTACT", note }, after);

export const idOf = ({ write: item }) => Object.values(item)[0].id;
