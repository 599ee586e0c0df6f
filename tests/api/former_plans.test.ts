/* The history of the accepted plan: told, looked at, gone back to, exported and erased. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { aTask, type Client, served, user } from "../support/server.ts";
import { unzip } from "../support/zip.ts";

const at = served();

interface Former {
  id: string;
  ended: string;
  why: string;
  moved_min: number;
  blocks: number;
  pace: { num: number; den: number };
}

interface Block {
  task_id: string;
  start: string;
  end: string;
}

const share = (percent: number) => ({ num: percent, den: 100 });

/** Somebody with a week of work who has taken a calmer pace. Nothing is free today and tomorrow, so no
    plan depends on the minute. */
async function student(): Promise<Client> {
  const me = await user(at.server);
  const today = new Date().getUTCDay();
  const days = [2, 3, 4, 5, 6].map((more) => ((today + more + 6) % 7) + 1);
  await me.call("PUT", "/availability", {
    week: days.map((day) => ({ day, start: "00:00", end: "24:00" })),
  });
  const due = new Date(Date.now() + 8 * 86_400_000).toISOString();
  await me.call("POST", "/tasks", { ...aTask(), estimate_min: 1800, due });
  const taken = await me.call("POST", "/schedule/accept", { pace: share(10) });
  assert.equal(taken.status, 200);
  return me;
}

const history = async (me: Client) =>
  (await me.call("GET", "/former-plans")).json.items as Former[];

const places = (blocks: Block[]) => blocks.map((b) => `${b.task_id} ${b.start} ${b.end}`);

test("an earlier plan is told, seen before, and gone back to; and that is undone", async () => {
  const me = await student();
  const calm = (await me.call("GET", "/schedule")).json;
  const [former] = await history(me);
  assert.ok(former);
  assert.equal(former.why, "shares");
  assert.ok(former.moved_min > 0 && former.blocks > 0);

  const rev = (await me.call("GET", "/me")).json.rev as number;
  const preview = await me.call("GET", `/former-plans/${former.id}?days=due`);
  assert.equal(preview.status, 200);
  assert.equal(preview.json.accepted, false);
  assert.deepEqual(preview.json.pace, former.pace);
  assert.equal((await me.call("GET", "/me")).json.rev, rev, "looking stores nothing");
  assert.equal((await me.call("GET", `/former-plans/${former.id}?days=0`)).status, 400);

  const key = { "idempotency-key": randomUUID() };
  const path = `/former-plans/${former.id}/restore`;
  const back = await me.call("POST", path, {}, key);
  assert.equal(back.status, 200, back.text);
  assert.equal(back.json.accepted, true);
  assert.deepEqual(places(back.json.blocks as Block[]), places(preview.json.blocks as Block[]));
  assert.notDeepEqual(places(back.json.blocks as Block[]), places(calm.blocks as Block[]));
  assert.deepEqual((await me.call("GET", "/settings")).json.pace, former.pace);
  assert.equal((await me.call("POST", path, {}, key)).status, 200);
  const told = await history(me);
  assert.deepEqual(
    told.map((f) => f.why),
    ["returned", "shares"],
    "a repeat goes back once",
  );

  const undone = await me.call("POST", "/schedule/restore", {});
  assert.equal(undone.status, 200);
  assert.deepEqual(undone.json.pace, share(10));
  assert.deepEqual(places(undone.json.blocks as Block[]), places(calm.blocks as Block[]));
});

test("another's plan, and one that is forgotten, are not there", async () => {
  const me = await student();
  const other = await student();
  const [theirs] = await history(other);
  assert.equal((await me.call("GET", `/former-plans/${theirs?.id ?? ""}`)).status, 404);
  assert.equal(
    (await me.call("POST", `/former-plans/${theirs?.id ?? ""}/restore`, {})).status,
    404,
  );
  const [oldest] = await history(me);
  for (let i = 0; i < 20; i++)
    await me.call("POST", "/schedule/accept", { pace: share(i % 2 ? 10 : 60) });
  const told = await history(me);
  assert.equal(told.length, 20);
  assert.deepEqual(
    [...told].sort((a, b) => Date.parse(b.ended) - Date.parse(a.ended)),
    told,
  );
  assert.equal((await me.call("GET", `/former-plans/${oldest?.id ?? ""}`)).status, 404);
  const changes = (await me.call("GET", "/changes?since=0")).json;
  assert.equal(changes.changed.former_plans.length, 20);
  assert.ok((changes.deleted as { kind: string }[]).some((d) => d.kind === "former_plan"));
});

test("the archive has the history, and it is erased with the account", async () => {
  const me = await student();
  const [former] = await history(me);
  const reply = await fetch(`${at.server.url}/api/v1/me/export`, {
    headers: { cookie: me.cookie },
  });
  const json = unzip(Buffer.from(await reply.arrayBuffer())).get("studybunny.json");
  const archive = JSON.parse(json?.toString("utf8") ?? "") as {
    former_plan: { id: string; blocks: Block[] }[];
  };
  assert.equal(archive.former_plan[0]?.id, former?.id);
  assert.equal(archive.former_plan[0]?.blocks.length, former?.blocks);

  const count = () => {
    const query = "SELECT count(*) FROM former_plan";
    return Number(execFileSync("sqlite3", ["-readonly", join(at.folder, "studybunny.db"), query]));
  };
  const rows = count();
  assert.ok(rows > 0);
  const gone = await me.call("DELETE", "/me");
  assert.equal(gone.status, 204, gone.text);
  assert.equal(count(), rows - 1);
});

test("a plan that is tidy is told so, and taking it moves nothing", async () => {
  const me = await student();
  const tidy = await me.call("GET", "/schedule/tidy");
  assert.equal(tidy.status, 200);
  assert.ok(tidy.json.blocks > 0);
  assert.deepEqual(tidy.json, {
    blocks: tidy.json.blocks,
    then: tidy.json.blocks,
    moved_min: 0,
    schedule: null,
  });
  const before = (await me.call("GET", "/schedule")).json;
  const both = await me.call("POST", "/schedule/accept", { tidy: true, pace: share(10) });
  assert.equal(both.status, 400);
  assert.equal(both.json.errors[0].pointer, "/tidy");
  const taken = await me.call("POST", "/schedule/accept", { tidy: true });
  assert.equal(taken.status, 200, taken.text);
  assert.deepEqual(places(taken.json.blocks as Block[]), places(before.blocks as Block[]));
  assert.equal((await history(me)).length, 1);
});
