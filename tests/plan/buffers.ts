/*
 * Buffers, from the definition alone: nothing ends behind the date told for its task; that date is
 * the due date less the buffer, or a slot earlier is impossible when all that is due no later keeps
 * to what is told and the rest to its due dates. That is a largest flow, not how the planner does it.
 */
import { type Problem, sum } from "./checker.ts";
import { jobsOf } from "./later.ts";
import { mostOnTime } from "../../web/src/plan/flow.ts";
import type { Instance, Result } from "./format.ts";

/** The instance whose due dates are those told: what the shape of the plan is judged by. */
export function hastened(instance: Instance, result: Result): Instance {
  if (instance.buffer === undefined) return instance;
  const rest = { ...instance };
  delete rest.buffer;
  const by = new Map(result.by);
  return { ...rest, tasks: rest.tasks.map((t) => ({ ...t, due: by.get(t.id) ?? t.due })) };
}

/** Clause buffer. */
export function checkBuffers(problem: Problem, result: Result, say: (what: string) => void): void {
  const { instance, live } = problem;
  const buffer = instance.buffer ?? 0;
  if (buffer === 0) {
    if (result.by) say("buffer: told, and not asked for");
    return;
  }
  const by = new Map(result.by);
  const ids = live.map((t) => t.id);
  if (JSON.stringify([...by.keys()]) !== JSON.stringify(ids)) say(`buffer: of ${[...by.keys()]}`);
  for (const [id, , b] of result.plan)
    if (b > (by.get(id) ?? Infinity)) say(`buffer: ${id} ends at ${b}, told by ${by.get(id)}`);
  const held = new Map<number, number>();
  for (const [id, a, b] of result.plan) held.set(id, (held.get(id) ?? 0) + b - a);
  const own = new Map(live.map((t) => [t.id, t]));
  const dates = new Map(jobsOf(problem).map((j) => [j.id, j]));
  /* Where tasks that wait for others are cut, whose date counts is the planner's to say. */
  const loose =
    !result.feasible &&
    instance.objective === "tasks" &&
    live.some((t) => (t.pre ?? []).length > 0);
  const jobs = live.map((t) => {
    const job = dates.get(t.id);
    return { id: t.id, rel: job?.rel ?? 0, due: job?.due ?? t.due, p: held.get(t.id) ?? 0 };
  });
  const days = problem.rooms.map((r) => r.slots);
  const limit = problem.capacities(instance.X);
  for (const job of jobs) {
    const told = by.get(job.id) ?? job.due;
    const task = own.get(job.id);
    if (!task) continue;
    if (told > task.due) say(`buffer: ${job.id} may end at ${told}, due ${task.due}`);
    if (job.p === 0) {
      if (told !== task.due) say(`buffer: ${job.id} is not planned, told by ${told}`);
      continue;
    }
    if (loose) continue;
    if (told < job.due - buffer) say(`buffer: ${job.id} need not be finished by ${told}`);
    if (told <= job.due - buffer) continue;
    const tighter = jobs.map((k) => {
      const kept = k.due <= job.due;
      return {
        ...k,
        due: k === job ? told - 1 : kept ? Math.min(k.due, by.get(k.id) ?? k.due) : k.due,
      };
    });
    if (mostOnTime(tighter, days, limit) === sum(jobs.map((k) => k.p)))
      say(`buffer: ${job.id} could be finished by ${told - 1}`);
  }
}
