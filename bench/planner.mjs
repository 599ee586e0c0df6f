/* Runs build/bench/planner.wasm, the planner's bench as browsers would: of the system it has a clock,
   which is this process's CPU time, and standard output. */
import { readFileSync, writeSync } from "node:fs";

const module = await WebAssembly.compile(readFileSync("build/bench/planner.wasm"));
const view = () => new DataView(instance.exports.memory.buffer);

const system = {
  clock_time_get(_clock, _precision, at) {
    const { user, system } = process.cpuUsage();
    view().setBigUint64(at, BigInt(user + system) * 1000n, true);
    return 0;
  },
  fd_write(_file, pieces, count, written) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const at = view().getUint32(pieces + 8 * i, true);
      const length = view().getUint32(pieces + 8 * i + 4, true);
      sum += writeSync(1, new Uint8Array(instance.exports.memory.buffer, at, length));
    }
    view().setUint32(written, sum, true);
    return 0;
  },
};
/* Whatever else the C library could ask for: done, and nothing was to be done. */
const wasi_snapshot_preview1 = new Proxy(system, {
  get: (known, name) => known[name] ?? (() => 0),
});
const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1 });
instance.exports._initialize();
process.exitCode = instance.exports.run_planner();
