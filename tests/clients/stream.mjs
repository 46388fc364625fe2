// graphql-sse as it is, in its "distinct connections mode": it hears when to pull, over connections that end.
//
//   node stream.mjs ORIGIN EMAIL PASSWORD

import assert from "node:assert/strict";
import { createClient } from "graphql-sse";

import { operation } from "./contract.mjs";
import { Bureau, Person } from "./field.mjs";
import { EMAIL, ENDPOINT, SIXTEEN_MINUTES, letPass, perform } from "./story.mjs";

/** A phone that listens. */
class Phone {
  refreshed = 0;

  constructor(person) {
    this.person = person;
    const client = createClient({ url: ENDPOINT, headers: () => this.headers() });
    this.calls = client.iterate({ query: operation("PullNow") });
  }

  /** For each connection: whoever comes again may have been gone for longer than a token works. */
  async headers() {
    if (this.listened) {
      await this.person.refresh();
      this.refreshed += 1;
    }
    this.listened = true;
    return this.person.headers();
  }

  /** Waits for a call; answers when it was. */
  async called() {
    const { value } = await this.calls.next();
    assert.deepEqual(value.errors, undefined);
    return value.data.pullNow.at;
  }

  /** Waits for the call behind which a visit is there to pull. */
  async hearsOf(visit) {
    do await this.called();
    while (!(await this.holds(visit)));
  }

  async holds(visit) {
    const { visits } = await this.person.run("PullVisits", { limit: 40 });
    return visits.documents.some(({ id }) => id === visit);
  }
}

await perform(async () => {
  const bureau = await new Bureau("lin@tianxin.example").signIn();
  const phone = new Phone(await new Person(EMAIL).signIn());

  // At once, and then when something changed.
  await phone.called();
  const stall = await bureau.dispatch("STALL");
  await phone.hearsOf(stall);

  // The token runs out, and with it the stream. The client comes again by itself, and is called at once.
  const { refreshed } = phone;
  await letPass((text, variables) => bureau.send(text, variables), SIXTEEN_MINUTES);
  while (phone.refreshed === refreshed) await phone.called();
  await bureau.refresh();
  const station = await bureau.dispatch("FILLING_STATION");
  await phone.hearsOf(station);
  await phone.calls.return();

  // Who may not listen is told so once, and comes again no more.
  const answers = [];
  const client = createClient({ url: ENDPOINT, headers: () => bureau.headers() });
  for await (const answer of client.iterate({ query: operation("PullNow") })) answers.push(answer);
  assert.deepEqual(answers.map(({ errors }) => errors[0].extensions.code), ["DENIED"]);
});
