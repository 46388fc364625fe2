// RxDB as it is, with its replication over GraphQL: each collection is pulled by its query. What was written down is
// pushed from a collection of its own, since nobody writes a visit itself.
//
//   node rxdb.mjs ORIGIN EMAIL PASSWORD

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { filter, firstValueFrom } from "rxjs";
import { addRxPlugin, createRxDatabase } from "rxdb/plugins/core";
import { RxDBDevModePlugin, disableWarnings } from "rxdb/plugins/dev-mode";
import { replicateGraphQL } from "rxdb/plugins/replication-graphql";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { wrappedValidateAjvStorage } from "rxdb/plugins/validate-ajv";

import { operation } from "./contract.mjs";
import { Bureau, Person, arrival, check, idOf } from "./field.mjs";
import { EMAIL, ENDPOINT, SIXTEEN_MINUTES, letPass, perform } from "./story.mjs";

/** What is pulled: of each collection the operation, its name in a comparison, and what its documents hold. */
const PULLED = {
  visits: { query: "PullVisits", kind: "VISIT", holds: { visit: { type: "object" } } },
  merchants: { query: "PullMerchants", kind: "MERCHANT", holds: { merchant: { type: "object" } } },
  instruments: {
    query: "PullInstruments",
    kind: "INSTRUMENT",
    holds: { merchantId: { type: "string" }, instrument: { type: "object" } },
  },
};

const TEXT = { type: "string" };

const schema = (holds) => {
  const properties = { id: { type: "string", maxLength: 36 }, ...holds };
  return { schema: { version: 0, primaryKey: "id", type: "object", properties, required: ["id"] } };
};

const storage = wrappedValidateAjvStorage({ storage: getRxStorageMemory() });

/** A phone of somebody, whose database is RxDB's. */
class Phone {
  replications = new Map();

  constructor(person) {
    this.person = person;
  }

  async open() {
    this.database = await createRxDatabase({ name: "phone", storage, multiInstance: false });
    // Each document is an item of a push, with what became of it.
    const writes = schema({ item: { type: "object" }, asked: { type: "number" }, status: TEXT, problem: TEXT });
    await this.database.addCollections({ writes });
    this.replicate("writes", { push: push(this.database.writes) });
    await this.begin();
    return this;
  }

  /** Pulls everything. */
  async begin() {
    const pulled = Object.entries(PULLED).map(([name, { holds }]) => [name, schema({ version: TEXT, ...holds })]);
    await this.database.addCollections(Object.fromEntries(pulled));
    for (const name of Object.keys(PULLED)) this.replicate(name, { pull: pull(name) });
    await this.all((replication) => replication.awaitInitialReplication());
  }

  /** Is another's from now on. None of the checkpoints counts for him, so what it holds goes, and all is pulled. */
  async goTo(person) {
    this.person = person;
    this.setHeaders();
    for (const name of Object.keys(PULLED)) {
      const replication = this.replications.get(name);
      const refused = firstValueFrom(replication.error$.pipe(filter((error) => isOf(error, "CHECKPOINT_UNKNOWN"))));
      replication.reSync();
      await refused;
      await this.database[name].remove();
    }
    await this.begin();
  }

  replicate(name, ways) {
    const replication = replicateGraphQL({
      collection: this.database[name],
      url: { http: ENDPOINT },
      headers: this.person.headers(),
      replicationIdentifier: `liangxin-${name}`,
      deletedField: "isDeleted",
      retryTime: 100,
      ...ways,
    });
    replication.error$.pipe(filter((error) => isOf(error, "SESSION_EXPIRED"))).subscribe(() => this.refresh());
    this.replications.set(name, replication);
  }

  /** Each replication finds out that the session is over. RxDB tries again by itself, with what headers it has then. */
  async refresh() {
    this.refreshing ??= this.person.refresh().finally(() => (this.refreshing = undefined));
    await this.refreshing;
    this.setHeaders();
  }

  setHeaders() {
    this.replications.forEach((replication) => replication.setHeaders(this.person.headers()));
  }

  all(wait) {
    return Promise.all([...this.replications.values()].map(wait));
  }

  /** Asks for what changed. */
  async pull() {
    const once = async () => {
      this.replications.forEach((replication) => replication.reSync());
      await this.all((replication) => replication.awaitInSync());
    };
    const held = async () => {
      const all = Object.entries(PULLED).map(async ([name, { kind }]) => [kind, await this.database[name].find().exec()]);
      return Object.fromEntries(await Promise.all(all));
    };
    await this.person.catchUp(once, held);
  }

  /** Writes something down, and waits for what becomes of it. */
  async write(item) {
    const written = await this.database.writes.insert({ id: idOf(item), item, asked: 0 });
    return this.outcome(written);
  }

  /** Asks what became of what waits. */
  async again(id) {
    const written = await this.database.writes.findOne(id).exec(true);
    const { asked } = written;
    const patched = await written.incrementalPatch({ status: undefined, asked: asked + 1 });
    return this.outcome(patched);
  }

  async outcome(written) {
    const { deleted, status, problem } = await firstValueFrom(
      written.$.pipe(filter(({ deleted, status }) => deleted || status !== undefined)),
    );
    return deleted ? "gone" : [status, problem].filter(Boolean).join(" ");
  }

  async ids(name) {
    return (await this.database[name].find().exec()).map(({ id }) => id).sort();
  }

  async visit(id) {
    return (await this.database.visits.findOne(id).exec())?.visit;
  }

  /** Whether the server says that the phone has of each collection what it should. */
  async agrees() {
    await this.pull();
    for (const [name, { kind }] of Object.entries(PULLED)) {
      const documents = await this.database[name].find().exec();
      assert.deepEqual(await this.person.compare(kind, documents), { isEqual: true, differing: [] }, name);
    }
  }
}

const isOf = ({ parameters }, code) => parameters.errors.some(({ extensions }) => extensions?.code === code);

const pull = (name) => ({
  queryBuilder: (checkpoint, limit) => ({
    query: operation(PULLED[name].query),
    variables: { checkpoint: checkpoint?.text, limit },
  }),
  dataPath: ["data", "pull", name],
  // RxDB lays a new checkpoint over the one before, field by field; a text would be taken apart.
  responseModifier: ({ documents, checkpoint }) => ({ documents, checkpoint: { text: checkpoint } }),
  // Of what is to be forgotten all but the id, the version and that it is are null.
  modifier: (document) => Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null)),
  // So that there are several pages.
  batchSize: 2,
});

const push = (writes) => ({
  queryBuilder: (rows) => ({
    query: operation("Push"),
    variables: { input: { items: rows.map(({ newDocumentState }) => newDocumentState.item) } },
  }),
  dataPath: ["data", "push", "results"],
  // What became of a write is told as a conflict, which the server wins: then it stands so in the collection.
  async responseModifier(results) {
    const sent = await writes.findByIds(results.map(({ id }) => id)).exec();
    return results.map(({ id, status, problem }) => {
      const { item, asked } = sent.get(id).toJSON();
      const isDeleted = status === "ACCEPTED" || status === "DUPLICATE";
      return { id, item, asked, status, ...(problem && { problem: problem.code }), isDeleted };
    });
  },
  batchSize: 100,
});

// What browsers and newer versions of Node have by themselves.
globalThis.crypto ??= webcrypto;
disableWarnings();
addRxPlugin(RxDBDevModePlugin);

await perform(async () => {
  const bureau = await new Bureau("lin@tianxin.example").signIn();
  const tang = await new Person("tang@tianxin.example").signIn();
  const zhou = await new Person(EMAIL).signIn();
  const [stall, station, shop] = [
    await bureau.dispatch("STALL"),
    await bureau.dispatch("FILLING_STATION"),
    await bureau.dispatch("SHOP"),
  ];

  // What a phone with nothing takes along, in pages of two.
  const phone = await new Phone(zhou).open();
  await phone.agrees();
  const visits = await phone.ids("visits");
  for (const id of [stall, station, shop]) assert(visits.includes(id));
  const { merchant } = await phone.visit(stall);
  const instruments = await phone.database.instruments.find({ selector: { merchantId: merchant.id } }).exec();
  assert((await phone.ids("merchants")).includes(merchant.id));
  assert(instruments.length > 0);

  // Another visit, one that goes to others, and one on which something happened.
  const optician = await bureau.dispatch("OPTICIAN");
  const gone = (await phone.visit(station)).merchant.id;
  await bureau.handOver(station);
  const { results } = await tang.run("Push", { input: { items: [arrival(stall)] } });
  assert.equal(results[0].status, "ACCEPTED");
  await phone.pull();
  assert.equal((await phone.visit(optician)).state, "DISPATCHED");
  assert.equal(await phone.visit(station), undefined);
  assert(!(await phone.ids("merchants")).includes(gone));
  assert.equal((await phone.visit(stall)).arrivals.length, 1);
  await phone.agrees();

  // The session runs out, and nobody notices.
  await letPass((text, variables) => bureau.send(text, variables), SIXTEEN_MINUTES);
  await Promise.all([bureau.refresh(), tang.refresh()]);

  // What is taken leaves the collection, also a second time; what waits or is refused stays, with what is said of it.
  const arrived = arrival(stall);
  assert.equal(await phone.write(arrived), "gone");
  assert.equal(await phone.write(arrived), "gone");
  const first = check(stall, instruments[0].id);
  const second = check(stall, instruments[0].id, { after: [idOf(first)] });
  assert.equal(await phone.write(second), "HELD");
  assert.equal(await phone.again(idOf(second)), "HELD");
  assert.equal(await phone.write(first), "gone");
  assert.equal(await phone.again(idOf(second)), "gone");
  const refused = check(stall, instruments[0].id, { note: "长".repeat(121) });
  assert.match(await phone.write(refused), /^REJECTED /);
  assert.deepEqual(await phone.ids("writes"), [idOf(refused)]);

  // What the phone wrote comes back with the visit.
  await phone.pull();
  const { arrivals, instrumentChecks } = await phone.visit(stall);
  assert.deepEqual([arrivals.length, instrumentChecks.length], [2, 2]);
  await phone.agrees();

  // The phone goes to another: what was Zhou's is forgotten.
  await phone.goTo(await new Person("peng@tianxin.example").signIn());
  await phone.pull();
  assert.deepEqual(await phone.ids("visits"), [station]);
  await phone.agrees();
});
