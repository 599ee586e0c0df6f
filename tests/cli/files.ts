/* What lies in a data folder, as bytes. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The files of a folder and all below it that contain any of these texts or bytes. */
export async function filesWith(folder: string, needles: (string | Buffer)[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (const needle of needles)
      if (bytes.includes(needle)) found.push(`${path}: ${needle.toString("utf8")}`);
  }
  return found;
}

/** An id's 16 bytes, as the database keeps it. */
export function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}
