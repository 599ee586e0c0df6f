/* One mistake per rule of the planner: a place in src/plan/ and what stands there instead. */
export interface Bug {
  rule: string;
  file: string;
  from: string;
  to: string;
  /** What must be said, by the clause's name; "crash" where an assertion stops the program. */
  caught: RegExp;
}

export const bugs: Bug[] = [
  {
    rule: "only slots from now on count",
    file: "problem.c",
    from: "left += w.until - (w.from > in->now ? w.from : in->now);",
    to: "left += w.until - w.from;",
    caught: /^(capacity|xmin|value|feasible|deficit)/,
  },
  {
    rule: "no block begins before now",
    file: "edf.c",
    from: "int32_t from = w[i].from > in->now ? w[i].from : in->now;",
    to: "int32_t from = w[i].from;",
    caught: /^now/,
  },
  {
    rule: "a day's share is rounded down",
    file: "problem.h",
    from: "free * r.num / r.den) - done",
    to: "free * r.num / r.den + (free * r.num % r.den > 0)) - done",
    caught: /^(capacity|feasible|value)/,
  },
  {
    rule: "what was studied today counts",
    file: "problem.h",
    from: "r.num / r.den) - done",
    to: "r.num / r.den) - 0 * done",
    caught: /^(crash|capacity|feasible|value|deficit)/,
  },
  {
    rule: "due now is overdue",
    file: "problem.c",
    from: "live[j] = t->work > 0 && t->due > in->now;",
    to: "live[j] = t->work > 0 && t->due >= in->now;",
    caught: /^(overdue|total)/,
  },
  {
    rule: "a due date inside a day has that day's slots before it",
    file: "problem.c",
    from: "int32_t before = work[k] - t->part;",
    to: "int32_t before = work[k];",
    caught: /^(crash|feasible|xmin|deficit)/,
  },
  {
    rule: "slots before a due date are capped by the day's capacity",
    file: "problem.c",
    from: "part = t->part < cap[d] ? t->part : cap[d];",
    to: "part = t->part;",
    caught: /^(crash|value|critical|deficit|due|overtime)/,
  },
  {
    rule: "the bisection separates any two candidates",
    file: "intensity.c",
    from: "while (1 << bits <= p->day_max * (p->day_max - 1))",
    to: "while (1 << bits <= 16)",
    caught: /^xmin/,
  },
  {
    rule: "the critical stretch is judged below the minimum intensity",
    file: "intensity.c",
    from: "(p->free[d] * x.num - 1) / x.den",
    to: "(p->free[d] * x.num) / x.den",
    caught: /^critical/,
  },
  {
    rule: "of equal stretches the earliest is critical",
    file: "intensity.c",
    from: "if (p->deadline[k].work - room[k] > p->deadline[best].work - room[best])",
    to: "if (p->deadline[k].work - room[k] >= p->deadline[best].work - room[best])",
    caught: /^critical/,
  },
  {
    rule: "the weightiest come first",
    file: "value.c",
    from: "PLAN_WEIGHT_MAX + 1 : tasks[j].weight;",
    to: "PLAN_WEIGHT_MAX + 1 : PLAN_WEIGHT_MAX + 1 - tasks[j].weight;",
    caught: /^(value|gap|wontime)/,
  },
  {
    rule: "a set of tasks is cut only as far as it must be",
    file: "cut.c",
    from: "kept = kept > room ? IMPOSSIBLE : kept;",
    to: "kept = kept >= room ? IMPOSSIBLE : kept;",
    caught: /^cut/,
  },
  {
    rule: "up to the last due date that is short tasks are in question",
    file: "cut.c",
    from: "if (p->deadline[k].work > p->room[k])\n            t.count",
    to: "if (p->deadline[k].work > p->room[k] && t.count == 0)\n            t.count",
    caught: /^cut/,
  },
  {
    rule: "days behind the last demand stay at the pace",
    file: "level.c",
    from: "if (before >= r->most - given) {",
    to: "if (given >= r->most) {",
    caught: /^(overtime-least|due)/,
  },
  {
    rule: "overtime is level",
    file: "level.c",
    from: "if (r->spare[d] > 0) {",
    to: "while (r->spare[d] > 0 && before < r->most - given) {",
    caught: /^overtime-flat/,
  },
  {
    rule: "days work at the pace",
    file: "plan.c",
    from: ".pace = pace < p->cap[d] ? pace : p->cap[d]",
    to: ".pace = 0 * pace",
    caught: /^(pace|overtime)/,
  },
  {
    rule: "no day goes above its level",
    file: "edf.c",
    from: "int32_t end = until - from > most ? from + most : until;",
    to: "int32_t end = most > 0 ? until : from;",
    caught: /^(capacity|overtime)/,
  },
  {
    rule: "a repair frees enough, whatever the share",
    file: "repair.c",
    from: "* x.den + x.num - 1) / x.num",
    to: "* x.den) / x.num",
    caught: /^repair: free/,
  },
  {
    rule: "a repair frees a day before what is short",
    file: "repair.c",
    from: "for (int32_t d = 0; d < p->deadline[v->first].whole; d++) {",
    to: "for (int32_t d = 0; d < p->days; d++) {",
    caught: /^repair: free/,
  },
  {
    rule: "a repair shortens by what is missing",
    file: "repair.c",
    from: "r->slots = v.most;",
    to: "r->slots = v.most + 1;",
    caught: /^repair: shorten/,
  },
  {
    rule: "a repair moves a due date to where all fits",
    file: "repair.c",
    from: "first_room(p, p->deadline[v.last].work, &until)",
    to: "first_room(p, p->deadline[v.last].work + 1, &until)",
    caught: /^repair(-missing)?: extend/,
  },
  {
    rule: "a dropped task is large enough",
    file: "repair.c",
    from: "if (t->work < v->most)\n            continue;",
    to: "",
    caught: /^repair(-kind)?: drop/,
  },
  {
    rule: "a repair raises the limit no further than needed",
    file: "repair.c",
    from: "add(out, PLAN_RAISE)->to = out->xmin;",
    to: "add(out, PLAN_RAISE)->to = (struct plan_ratio){1, 1};",
    caught: /^repair: raise/,
  },
];
