// WatermelonDB and this contract: what an inspector takes along is three tables, and what was written down is a fourth.
// Its own `synchronize` does the work; here stands what it asks of a server.

import type { DocumentTypeDecoration as Document } from "@graphql-typed-document-node/core";
import { type Database, type DirtyRaw, Model, appSchema, localStorageKey, tableSchema } from "@nozbe/watermelondb";
import { type SyncTableChangeSet as Changes, synchronize } from "@nozbe/watermelondb/sync";

import * as app from "../inspector/generated/graphql";

/**
 * Sends a document; repeats it and refreshes the session as the README says. What it throws has the error's `code`.
 */
export type Ask = <R, V>(document: Document<R, V>, variables: V) => Promise<R>;

const PULLED = ["visits", "merchants", "instruments"] as const;

/** Where a pull goes on. WatermelonDB keeps a number, the server of each collection a text. */
type Checkpoints = { [table in (typeof PULLED)[number]]?: string };

type Sent = { id: string; version: string; isDeleted: boolean };

const NOTHING: Changes = { created: [], updated: [], deleted: [] };

/** The texts of each number. */
type Kept = { [lastPulledAt: number]: Checkpoints };

const CHECKPOINTS = localStorageKey<Kept>("checkpoints");

/** What the server sent stands whole in `document`; give a column to what your app searches by. */
const columns = (["version", "document"] as const).map((name) => ({ name, type: "string" as const }));

export const schema = appSchema({
  version: 1,
  tables: [
    ...PULLED.map((name) => tableSchema({ name, columns })),
    // The outbox. What has a `problem` will be refused for ever: show it, and let somebody take it away.
    tableSchema({
      name: "writes",
      columns: [
        { name: "item", type: "string" },
        { name: "problem", type: "string", isOptional: true },
      ],
    }),
  ],
});

class Pulled extends Model {
  get version() {
    return String(this._getRaw("version"));
  }
  get document() {
    return JSON.parse(String(this._getRaw("document")));
  }
}

export class Visit extends Pulled {
  static override table = "visits";
}

export class Merchant extends Pulled {
  static override table = "merchants";
}

export class Instrument extends Pulled {
  static override table = "instruments";
}

export class Write extends Model {
  static override table = "writes";
  get problem() {
    return this._getRaw("problem") as string | null;
  }
}

export const modelClasses = [Visit, Merchant, Instrument, Write];

/** Puts an item of `Push` into the outbox, before anything is sent. */
export const writeDown = (database: Database, item: app.PushItemInput) =>
  database.write(() =>
    database.get<Write>("writes").create((write) => {
      const [input] = Object.values(item.write);
      write._raw.id = input!.id;
      write._setRaw("item", JSON.stringify(item));
    }),
  );

/** Pulls what changed, then pushes the outbox; what the server took leaves it. The next pull shows what came of it. */
export async function sync(database: Database, ask: Ask) {
  await synchronize({
    database,
    // To the server what is new and what changed is the same.
    sendCreatedAsUpdated: true,
    pullChanges: async ({ lastPulledAt }) => {
      const since = await checkpoints(database, lastPulledAt);
      const { anew, changes, reached } = await pull(ask, since);
      const timestamp = (lastPulledAt ?? 0) + 1;
      // Both, since WatermelonDB goes on from the former number if it does not come to store what it is given here.
      await database.localStorage.set(CHECKPOINTS, { [lastPulledAt ?? 0]: since, [timestamp]: reached });
      // From the beginning: what the server does not send any more is forgotten.
      return anew ? { changes, timestamp, experimentalStrategy: "replacement" } : { changes, timestamp };
    },
    pushChanges: async ({ changes }) => {
      const { created: written } = (changes as { writes: Changes }).writes;
      const taken = await push(database, ask, written.filter(({ problem }) => !problem));
      const kept = written.map(({ id }) => id).filter((id) => !taken.has(id));
      return { experimentalRejectedIds: { writes: kept } };
    },
  });
  const writes = await database.get<Write>("writes").query().fetch();
  const done = writes.filter(({ syncStatus }) => syncStatus === "synced");
  await database.write(() => database.batch(...done.map((write) => write.prepareDestroyPermanently())));
}

/** For `diagnoseSyncConsistency` of WatermelonDB, which wants the changes alone. It waits until the outbox is empty. */
export const pullChanges = (database: Database, ask: Ask) => async (since: { lastPulledAt?: number | null }) =>
  (await pull(ask, await checkpoints(database, since.lastPulledAt))).changes;

async function checkpoints(database: Database, lastPulledAt?: number | null): Promise<Checkpoints> {
  const kept = await database.localStorage.get<Kept>(CHECKPOINTS);
  return (lastPulledAt && kept?.[lastPulledAt]) || {};
}

async function pull(ask: Ask, since: Checkpoints) {
  try {
    return { anew: false, ...(await pages(ask, since)) };
  } catch (error) {
    if ((error as { code?: string }).code !== "CHECKPOINT_UNKNOWN") throw error;
    return { anew: true, ...(await pages(ask, {})) };
  }
}

/** All pages behind these checkpoints. A document that comes twice counts as it came last. */
async function pages(ask: Ask, since: Checkpoints) {
  const reached = { ...since };
  const latest = PULLED.map((table) => [table, new Map<string, Sent>()] as const);
  for (let hasMore = true; hasMore; ) {
    const { pull } = await ask(app.PullDocument, reached);
    hasMore = PULLED.some((table) => pull[table].hasMore);
    for (const [table, documents] of latest) {
      for (const document of pull[table].documents) documents.set(document.id, document);
      reached[table] = pull[table].checkpoint;
    }
  }
  const changes = { writes: NOTHING, ...Object.fromEntries(latest.map(([table, sent]) => [table, changed(sent)])) };
  return { changes, reached };
}

function changed(documents: Map<string, Sent>): Changes {
  const sent = [...documents.values()];
  const row = (document: Sent) => ({ id: document.id, version: document.version, document: textOf(document) });
  return {
    created: [],
    updated: sent.filter(({ isDeleted }) => !isDeleted).map(row),
    deleted: sent.filter(({ isDeleted }) => isDeleted).map(({ id }) => id),
  };
}

/** WatermelonDB compares texts, and the order of fields in an answer says nothing. */
const textOf = (document: object) =>
  JSON.stringify(document, (_, value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });

/** Pushes what lies in the outbox. Answers the ids of what the server took; all else is sent again the next time. */
async function push(database: Database, ask: Ask, written: DirtyRaw[]) {
  const taken = new Set<string>();
  for (let sent = 0; sent < written.length; sent += 100) {
    const items = written.slice(sent, sent + 100).map(({ item }) => JSON.parse(item));
    const { results } = (await ask(app.PushDocument, { input: { items } })).push;
    for (const { id, status, problem } of results) {
      if (status === "ACCEPTED" || status === "DUPLICATE") taken.add(id);
      if (status === "REJECTED") await refuse(database, id, problem!.message);
    }
  }
  return taken;
}

const refuse = (database: Database, id: string, problem: string) =>
  database.write(async () => {
    const write = await database.get<Write>("writes").find(id);
    await write.update(() => write._setRaw("problem", problem));
  });
