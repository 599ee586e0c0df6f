/* The planner as WebAssembly answers what the program answers, byte for byte. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instance } from "./format.ts";
import {
  MIDDLE,
  TERM,
  TINY,
  early,
  generateMany,
  generateSessions,
  laterMany,
  pin,
  tenYears,
  wish,
} from "./generate.ts";
import { linesOf, runText } from "./planner.ts";
import { vectors } from "./vectors.ts";
import { answerLine, ask, loadEngine } from "./wasm.ts";

const engine = await loadEngine();

/* By when each task is done does not cross the border: the blocks say it. */
const withoutDates = (line = ""): string => line.replace(/,"by":\[[\d,[\]-]*\]/, "");

function same(instances: Instance[]): void {
  const native = runText(linesOf(instances)).text.split("\n");
  instances.forEach((instance, i) =>
    assert.equal(answerLine(engine, instance), withoutDates(native[i]), JSON.stringify(instance)),
  );
}

describe("plan.wasm", () => {
  test("answers the vectors as the program does", () => {
    const instances = vectors();
    assert.ok(instances.length > 1000);
    same(instances.map((v) => v.instance));
  });

  test("and 10,000 other instances", () => {
    same(generateMany(21, 6000, TINY));
    same(generateMany(22, 3900, MIDDLE));
    same(generateMany(23, 100, TERM));
  });

  test("and 5,000 with starts and prerequisites", () => {
    same(laterMany(31, 3800, TINY));
    same(laterMany(32, 1200, MIDDLE));
  });

  test("and with wishes and pins", () => {
    same(generateMany(27, 500, TINY).map(wish));
    same(generateMany(28, 200, MIDDLE).map(wish));
    same(Array.from({ length: 200 }, (_, i) => generateSessions(i)));
    same(generateMany(29, 300, MIDDLE).map(wish).map(pin));
  });

  test("and with buffers before due dates", () => {
    same(generateMany(33, 600, TINY).map(early));
    same(generateMany(34, 300, MIDDLE).map(early));
    same(laterMany(35, 600, TINY).map(early));
    same(laterMany(36, 200, MIDDLE).map(early).map(wish).map(pin));
  });

  test("and a due date ten years away", () => {
    same([tenYears()]);
  });

  test("expands free hours around a change of clocks and what takes them", () => {
    const change = 1_792_890_000; // 2026-10-25, 03:00 in Berlin becomes 02:00
    const calendar = engine.expand({
      zone: { first_s: 7200, changes: [{ at: change, offset_s: 3600 }] },
      from: 20_751,
      days: 2,
      study: 0,
      rest: 0,
      week: [
        { day: 7, start: 120, end: 240 },
        { day: 1, start: 600, end: 720 },
      ],
      busy: [{ from: change * 1000, until: change * 1000 + 1_800_000 }],
      exceptions: [],
    });
    const first = change / 300;
    assert.deepEqual(calendar.windows, [
      { from: first - 12, until: first },
      { from: first + 6, until: first + 24 },
      { from: first + 384, until: first + 408 },
    ]);
    assert.deepEqual(
      calendar.days.map((d) => [d.date, d.end - d.beg, d.first, d.count]),
      [
        [20_751, 300, 0, 2],
        [20_752, 288, 2, 1],
      ],
    );
  });

  test("takes breaks out of free hours", () => {
    const calendar = engine.expand({
      zone: { first_s: 0, changes: [] },
      from: 20_780,
      days: 1,
      study: 10,
      rest: 2,
      week: [
        { day: new Date(20_780 * 86_400_000).getUTCDay() || 7, start: 480, end: 610 },
        { day: new Date(20_780 * 86_400_000).getUTCDay() || 7, start: 720, end: 770 },
      ],
      busy: [],
      exceptions: [],
    });
    const first = 20_780 * 288;
    assert.deepEqual(
      calendar.windows.map(({ from, until }) => [from - first, until - first]),
      [
        [96, 106],
        [108, 118],
        [120, 122],
        [144, 154],
      ],
    );
  });

  test("uses its memory again", () => {
    const [small, large] = [generateMany(24, 200, MIDDLE), generateMany(25, 5, TERM)];
    for (const instance of large) ask(engine, instance);
    const before = engine.memory;
    for (let round = 0; round < 20; round++)
      for (const instance of [...small, ...large]) ask(engine, instance);
    assert.equal(engine.memory, before);
  });

  test("names what is wrong, and answers the next question", () => {
    const instance = generateMany(26, 1, MIDDLE)[0] as Instance;
    const broken = { ...instance, tasks: [{ id: 1, p: 1, due: 5, w: 9 }] };
    assert.throws(() => ask(engine, broken), /^Error: \/tasks\/0\/weight: must be 1 to 5$/);
    same([instance]);
  });
});
