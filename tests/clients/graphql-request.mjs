// graphql-request as it is. It has nothing for sessions and repetition: that is the app's, and short.
//
//   node graphql-request.mjs ORIGIN EMAIL PASSWORD

import { setTimeout as pause } from "node:timers/promises";
import { ClientError, GraphQLClient } from "graphql-request";

import { operation } from "./contract.mjs";
import { ENDPOINT, play, session } from "./story.mjs";

const client = new GraphQLClient(ENDPOINT, { headers: () => session.headers() });

const isOver = (error) => error.response.errors?.some(({ extensions }) => extensions?.code === "SESSION_EXPIRED");

async function run(text, variables) {
  try {
    return await client.request(text, variables);
  } catch (error) {
    if (!(error instanceof ClientError)) {
      // No answer: nobody knows whether it happened, and repeating it is safe.
      await pause(50);
      return run(text, variables);
    }
    if (!isOver(error) || text === operation("RefreshSession")) throw error;
    session.refreshed += 1;
    const { refreshToken } = session;
    session.keep((await run(operation("RefreshSession"), { refreshToken })).refreshSession.session);
    return run(text, variables);
  }
}

await play(run);
