/* Largest flows, by Dinic's algorithm: from tasks over stretches of slots and days. For those who
   check the planner, here and in tests/plan: nothing of it is how the planner does it. */

/* Work of so many slots, from `rel` on and before `due`. */
export interface Job {
  p: number;
  rel: number;
  due: number;
}

export class Network {
  private readonly to: number[] = [];
  private readonly room: number[] = [];
  private readonly edges: number[][] = [];

  node(): number {
    this.edges.push([]);
    return this.edges.length - 1;
  }

  edge(from: number, to: number, room: number): void {
    this.edges[from]?.push(this.to.length);
    this.to.push(to);
    this.room.push(room);
    this.edges[to]?.push(this.to.length);
    this.to.push(from);
    this.room.push(0);
  }

  /** Distances from `source` along edges with room. */
  private levels(source: number): number[] {
    const level = new Array<number>(this.edges.length).fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const node of queue)
      for (const e of this.edges[node] ?? []) {
        const next = this.to[e] ?? 0;
        if ((this.room[e] ?? 0) > 0 && level[next] === -1) {
          level[next] = (level[node] ?? 0) + 1;
          queue.push(next);
        }
      }
    return level;
  }

  most(source: number, sink: number): number {
    let flow = 0;
    for (let level = this.levels(source); level[sink] !== -1; level = this.levels(source)) {
      const next = new Array<number>(this.edges.length).fill(0);
      const push = (node: number, most: number): number => {
        if (node === sink) return most;
        const edges = this.edges[node] ?? [];
        for (; (next[node] ?? 0) < edges.length; next[node] = (next[node] ?? 0) + 1) {
          const e = edges[next[node] ?? 0] ?? 0;
          const to = this.to[e] ?? 0;
          const room = this.room[e] ?? 0;
          if (room <= 0 || level[to] !== (level[node] ?? 0) + 1) continue;
          const pushed = push(to, Math.min(most, room));
          if (pushed === 0) continue;
          this.room[e] = room - pushed;
          this.room[e ^ 1] = (this.room[e ^ 1] ?? 0) + pushed;
          return pushed;
        }
        return 0;
      };
      for (let pushed = push(source, Infinity); pushed > 0; pushed = push(source, Infinity))
        flow += pushed;
    }
    return flow;
  }
}

/** Most slots of the jobs that can be on time, given the free slots and the capacity of each day. */
export function mostOnTime(
  jobs: readonly Job[],
  days: readonly (readonly number[])[],
  capacities: readonly number[],
): number {
  const cuts = [...new Set(jobs.flatMap((j) => [j.rel, j.due]))].sort((a, b) => a - b);
  const network = new Network();
  const source = network.node();
  const sink = network.node();
  const nodes = jobs.map((j) => {
    const node = network.node();
    network.edge(source, node, j.p);
    return node;
  });
  days.forEach((slots, d) => {
    const day = network.node();
    network.edge(day, sink, capacities[d] ?? 0);
    let k = 0;
    for (let i = 0; i < slots.length;) {
      const first = slots[i] ?? 0;
      while (k < cuts.length && (cuts[k] ?? 0) <= first) k++;
      const end = cuts[k] ?? Infinity;
      let n = 0;
      while (i < slots.length && (slots[i] ?? 0) < end) {
        i++;
        n++;
      }
      const stretch = network.node();
      network.edge(stretch, day, n);
      jobs.forEach((j, t) => {
        if (j.rel <= first && first < j.due) network.edge(nodes[t] ?? 0, stretch, n);
      });
    }
  });
  return network.most(source, sink);
}
