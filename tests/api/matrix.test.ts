/* Who may do what, for every operation of the document: nobody, a guest, a user; own and foreign. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { admin, Client, guest, served, user } from "../support/server.ts";
import { ask, furnish, furnishAdmin, nobodys } from "./asking.ts";
import { endpointsOf, readDocument } from "./document.ts";

const endpoints = endpointsOf(readDocument());

const at = served();

for (const e of endpoints) {
  const name = `${e.method} ${e.path}`;
  test(`${name}: nobody`, async () => {
    const reply = await ask(new Client(at.server.url), e, nobodys);
    if (e.member) assert.equal(reply.status, 401);
    else assert.ok([200, 201, 401].includes(reply.status), String(reply.status));
    const broken = new Client(at.server.url, { authorization: "Bearer nonsense" });
    if (e.member) assert.equal((await ask(broken, e, nobodys)).status, 401);
  });
  for (const [role, make] of [
    ["a guest", guest],
    ["a user", user],
  ] as const) {
    test(`${name}: ${role}, own`, async () => {
      const client = await make(at.server);
      const reply = await ask(client, e, e.admin ? nobodys : await furnish(client));
      const refusals: Record<string, number[]> = {
        "POST /api/v1/session": [401], // an address nobody has
        "POST /api/v1/me/import": [400], // which is no archive
        "POST /api/v1/feeds/{id}/refresh": [409], // a file is not read again
        "PATCH /api/v1/me": role === "a guest" ? [409] : [],
      };
      const expected = e.admin ? [403] : [200, 201, 204, ...(refusals[name] ?? [])];
      assert.ok(expected.includes(reply.status), `${String(reply.status)} ${reply.text}`);
    });
  }
  test(`${name}: an administrator`, async () => {
    const client = await admin(at.server);
    const reply = await ask(client, e, await furnishAdmin(client));
    const refusals: Record<string, number> = {
      "POST /api/v1/session": 401,
      "POST /api/v1/me/import": 400,
      "POST /api/v1/feeds/{id}/refresh": 409, // it came as a file
    };
    const expected = [200, 201, 204, refusals[name]];
    assert.ok(expected.includes(reply.status), `${String(reply.status)} ${reply.text}`);
  });
  test(`${name}: another site in a user's name`, async () => {
    if (e.method === "GET") return;
    const client = e.admin ? await admin(at.server) : await user(at.server);
    const owned = await (e.admin ? furnishAdmin(client) : furnish(client));
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
    ]) {
      assert.equal((await ask(client, e, owned, headers)).status, 403);
    }
  });
  if (e.admin) continue;
  if (!e.path.includes("{id}") && !/\/tasks\/(complete|delete)$/.test(e.path)) continue;
  test(`${name}: somebody else's`, async () => {
    const owner = await user(at.server);
    const owned = await furnish(owner);
    const rev = (await owner.call("GET", "/me")).json.rev as number;
    const thief = await user(at.server);
    assert.equal((await ask(thief, e, owned)).status, 404);
    assert.equal((await owner.call("GET", "/me")).json.rev, rev, "nothing happened to it");
  });
}

test("the document names every operation of the samples, and nothing is left out", () => {
  assert.ok(endpoints.length >= 32);
  assert.ok(endpoints.filter((e) => !e.member).length <= 4, "few doors stand open");
});
