// urql as it is, with its exchanges for persisted documents, sessions and repetition.
//
//   node urql.mjs ORIGIN EMAIL PASSWORD

import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { persistedExchange } from "@urql/exchange-persisted";
import { retryExchange } from "@urql/exchange-retry";

import { operation } from "./contract.mjs";
import { ENDPOINT, play, session } from "./story.mjs";

const auth = authExchange(async (utilities) => ({
  addAuthToOperation: (asked) => utilities.appendHeaders(asked, session.headers()),
  didAuthError: ({ graphQLErrors }) => graphQLErrors.some(({ extensions }) => extensions.code === "SESSION_EXPIRED"),
  async refreshAuth() {
    session.refreshed += 1;
    const { refreshToken } = session;
    const { data } = await utilities.mutate(operation("RefreshSession"), { refreshToken });
    session.keep(data.refreshSession.session);
  },
}));

const client = new Client({
  url: ENDPOINT,
  exchanges: [
    cacheExchange,
    auth,
    // A receipt code never stands in an address, so queries do not go by GET.
    persistedExchange({ enableForMutation: true, preferGetForPersistedQueries: false }),
    // It gives up after two tries unless it is told otherwise.
    retryExchange({ initialDelayMs: 100, maxNumberAttempts: 20 }),
    fetchExchange,
  ],
});

await play(async (text, variables) => {
  const isWrite = /^mutation /m.test(text);
  const asked = isWrite
    ? client.mutation(text, variables)
    : client.query(text, variables, { requestPolicy: "network-only" });
  const { data, error } = await asked.toPromise();
  if (error) throw error;
  return data;
});
