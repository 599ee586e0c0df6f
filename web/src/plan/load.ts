/* Fetches plan.wasm once, when somebody first needs it. */

import url from "../../../build/wasm/plan.wasm?url";
import { Engine } from "./engine";

let loading: Promise<Engine> | null = null;

/* Rejects where the browser has no WebAssembly, or the file cannot be had; the next call tries
   again. Whoever needs a plan then asks the server for it. */
export function loadEngine(): Promise<Engine> {
  loading ??= WebAssembly.instantiateStreaming(fetch(url), {})
    .then(({ instance }) => Engine.of(instance))
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}
