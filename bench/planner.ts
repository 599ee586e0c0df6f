/* Runs build/bench/planner.wasm, the planner's bench as browsers would: of the system it has a clock,
   which is this process's CPU time, and standard output. */
import { readFileSync, writeSync } from "node:fs";

const program = await WebAssembly.compile(readFileSync("build/bench/planner.wasm"));
interface Bench {
  memory: WebAssembly.Memory;
  _initialize(): void;
  run_planner(): number;
}
const view = () => new DataView(bench.memory.buffer);

const system = {
  clock_time_get(_clock: number, _precision: bigint, at: number) {
    const { user, system } = process.cpuUsage();
    view().setBigUint64(at, BigInt(user + system) * 1000n, true);
    return 0;
  },
  fd_write(_file: number, pieces: number, count: number, written: number) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const at = view().getUint32(pieces + 8 * i, true);
      const length = view().getUint32(pieces + 8 * i + 4, true);
      sum += writeSync(1, new Uint8Array(bench.memory.buffer, at, length));
    }
    view().setUint32(written, sum, true);
    return 0;
  },
};
/* Whatever else the C library could ask for: done, and nothing was to be done. */
const wasi_snapshot_preview1 = new Proxy(system, {
  get: (known, name) => Reflect.get(known, name) ?? (() => 0),
});
const { exports } = await WebAssembly.instantiate(program, { wasi_snapshot_preview1 });
const bench = exports as unknown as Bench;
bench._initialize();
process.exitCode = bench.run_planner();
