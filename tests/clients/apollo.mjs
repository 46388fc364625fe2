// Apollo Client as it is, with its link for persisted queries: digests first, the text where the server asks for it.
//
//   node apollo.mjs ORIGIN EMAIL PASSWORD

import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { RetryLink } from "@apollo/client/link/retry";
import { from, mergeMap } from "rxjs";

import { operation } from "./contract.mjs";
import { ENDPOINT, play, session } from "./story.mjs";

const isOver = (error) =>
  CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === "SESSION_EXPIRED");

async function refresh() {
  session.refreshed += 1;
  const { refreshToken } = session;
  const mutation = gql(operation("RefreshSession"));
  const { data } = await client.mutate({ mutation, variables: { refreshToken }, context: { refreshes: true } });
  session.keep(data.refreshSession.session);
}

const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: ApolloLink.from([
    new ErrorLink(({ error, operation: asked, forward }) => {
      if (isOver(error) && !asked.getContext().refreshes) return from(refresh()).pipe(mergeMap(() => forward(asked)));
    }),
    // It gives up after five tries unless it is told otherwise.
    new RetryLink({ delay: { initial: 100 }, attempts: { max: 20 } }),
    new SetContextLink(({ headers }) => ({ headers: { ...headers, ...session.headers() } })),
    new PersistedQueryLink({ sha256: (text) => createHash("sha256").update(text).digest("hex") }),
    new HttpLink({ uri: ENDPOINT }),
  ]),
});

await play(async (text, variables) => {
  const document = gql(text);
  const isWrite = document.definitions[0].operation === "mutation";
  const asked = isWrite
    ? client.mutate({ mutation: document, variables })
    : client.query({ query: document, variables, fetchPolicy: "network-only" });
  return (await asked).data;
});
