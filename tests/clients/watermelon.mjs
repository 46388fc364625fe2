// WatermelonDB as it is, through the adapter of `mobile-contract/examples/`, with its LokiJS adapter in memory.
//
//   node build.mjs && node watermelon.mjs ORIGIN EMAIL PASSWORD

import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { Bureau, Person, arrival, check, idOf } from "./field.mjs";
import { EMAIL, SIXTEEN_MINUTES, letPass, perform } from "./story.mjs";

// It is made for bundlers, and names no files that an import of Node could find.
const require = createRequire(import.meta.url);
const { Database } = require("@nozbe/watermelondb");
const { default: LokiJSAdapter } = require("@nozbe/watermelondb/adapters/lokijs");
const { default: diagnose } = require("@nozbe/watermelondb/diagnostics/diagnoseSyncConsistency");
const { default: logger } = require("@nozbe/watermelondb/utils/common/logger");
const { LokiMemoryAdapter } = require("lokijs");
const adapter = require("../../mobile-contract/built/examples/watermelon.js");

const PULLED = { visits: "VISIT", merchants: "MERCHANT", instruments: "INSTRUMENT" };

/** A phone of somebody, whose database is WatermelonDB's. */
class Phone {
  constructor(person) {
    this.person = person;
    const loki = new LokiJSAdapter({
      schema: adapter.schema,
      useWebWorker: false,
      useIncrementalIndexedDB: false,
      _testLokiAdapter: new LokiMemoryAdapter(),
    });
    this.database = new Database({ adapter: loki, modelClasses: adapter.modelClasses });
  }

  ask = async (document, variables) => {
    try {
      return await this.person.send(String(document), variables);
    } catch (error) {
      const { code } = error.response?.errors?.[0].extensions ?? {};
      if (code !== "SESSION_EXPIRED") throw Object.assign(error, { code });
      await this.person.refresh();
      return this.ask(document, variables);
    }
  };

  sync() {
    return adapter.sync(this.database, this.ask);
  }

  catchUp() {
    const held = async () => {
      const tables = Object.entries(PULLED).map(async ([table, collection]) => [collection, await this.all(table)]);
      return Object.fromEntries(await Promise.all(tables));
    };
    return this.person.catchUp(() => this.sync(), held);
  }

  /** What is pulled cannot be stored, once. */
  async syncsInVain() {
    this.database.write = () => Promise.reject(new Error("no space left"));
    await assert.rejects(this.sync(), /no space left/);
    delete this.database.write;
  }

  async all(table) {
    return this.database.get(table).query().fetch();
  }

  async find(table, id) {
    return (await this.all(table)).find((record) => record.id === id);
  }

  async visit(id) {
    return (await this.find("visits", id)).document.visit;
  }

  /** How many differences WatermelonDB finds, asked in its own way. */
  async differences() {
    const { issueCount } = await diagnose({
      db: this.database,
      synchronize: () => this.sync(),
      pullChanges: adapter.pullChanges(this.database, this.ask),
    });
    return issueCount;
  }

  /** What the server says of a table. */
  async compare(table) {
    return this.person.compare(PULLED[table], await this.all(table));
  }

  async agrees() {
    assert.equal(await this.differences(), 0);
    for (const table of Object.keys(PULLED)) assert((await this.compare(table)).isEqual, table);
  }

  /** Changes a record so that WatermelonDB does not know that it did. */
  async spoil(record, column, value) {
    const spoilt = () => record._dangerouslySetRawWithoutMarkingColumnChange(column, value);
    await this.database.write(() => record.update(spoilt));
  }
}

logger.silence();

await perform(async () => {
  const bureau = await new Bureau("lin@tianxin.example").signIn();
  const tang = await new Person("tang@tianxin.example").signIn();
  const zhou = await new Person(EMAIL).signIn();
  const [stall, station] = [await bureau.dispatch("STALL"), await bureau.dispatch("FILLING_STATION")];

  // What a phone with nothing takes along; and again, where nothing changed.
  const phone = new Phone(zhou);
  await phone.catchUp();
  await phone.agrees();
  const { merchant } = await phone.visit(stall);
  const instruments = (await phone.all("instruments")).filter(({ document }) => document.merchantId === merchant.id);
  assert(instruments.length > 0);

  // Another visit, one that goes to others, and one on which something happened.
  const optician = await bureau.dispatch("OPTICIAN");
  const gone = (await phone.visit(station)).merchant.id;
  await bureau.handOver(station);
  const { results } = await tang.run("Push", { input: { items: [arrival(stall)] } });
  assert.equal(results[0].status, "ACCEPTED");
  await phone.syncsInVain();
  await phone.catchUp();
  assert.equal((await phone.visit(optician)).state, "DISPATCHED");
  assert.equal(await phone.find("visits", station), undefined);
  assert.equal(await phone.find("merchants", gone), undefined);
  assert.equal((await phone.visit(stall)).arrivals.length, 1);
  await phone.agrees();

  // The session runs out. What is taken leaves the outbox; what waits and what is refused stays.
  await letPass((text, variables) => bureau.send(text, variables), SIXTEEN_MINUTES);
  const outbox = async () => (await phone.all("writes")).map(({ id }) => id).sort();
  const first = check(stall, instruments[0].id);
  const second = check(stall, instruments[0].id, { after: [idOf(first)] });
  const refused = check(stall, instruments[0].id, { note: "长".repeat(121) });
  for (const item of [arrival(stall), second, refused]) await adapter.writeDown(phone.database, item);
  await phone.catchUp();
  assert.deepEqual(await outbox(), [idOf(second), idOf(refused)].sort());
  assert.equal((await phone.find("writes", idOf(second))).problem, null);
  assert.match((await phone.find("writes", idOf(refused))).problem, /120/);

  // What it waited for comes; what was refused is taken away by somebody; what was written comes back with the visit.
  await adapter.writeDown(phone.database, first);
  await phone.catchUp();
  await phone.catchUp();
  assert.deepEqual(await outbox(), [idOf(refused)]);
  const problem = await phone.find("writes", idOf(refused));
  await phone.database.write(() => problem.destroyPermanently());
  const { arrivals, instrumentChecks } = await phone.visit(stall);
  assert.deepEqual([arrivals.length, instrumentChecks.length], [2, 2]);
  await phone.agrees();

  // What was changed behind its back is found by both.
  const record = await phone.find("visits", stall);
  const { version } = record;
  await phone.spoil(record, "version", "0");
  assert.equal(await phone.differences(), 1);
  const { differing } = await phone.compare("visits");
  assert.deepEqual(differing, [{ id: stall, difference: "OUTDATED" }]);
  await phone.spoil(record, "version", version);
  await phone.agrees();

  // The phone goes to another, for whom none of its checkpoints counts: it forgets what was Zhou's.
  phone.person = await new Person("peng@tianxin.example").signIn();
  await phone.catchUp();
  assert.deepEqual((await phone.all("visits")).map(({ id }) => id), [station]);
  await phone.agrees();
});
