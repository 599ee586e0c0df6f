/* Reads and writes zip files, enough to look into what the program makes and to hand it others. */
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The files of an archive by their names. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("no end of a zip file");
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o));
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(data, data + packed);
    files.set(name, method === 8 ? inflateRawSync(raw) : raw);
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const u16 = (n: number) => Buffer.from(Uint16Array.of(n).buffer);
const u32 = (n: number) => Buffer.from(Uint32Array.of(n).buffer);
const u64 = (n: number) => Buffer.from(BigUint64Array.of(BigInt(n)).buffer);
const record = (mark: string, ...fields: Buffer[]) =>
  Buffer.concat([Buffer.from(`PK${mark}`), ...fields]);
const ELSEWHERE = [u16(0xffff), u32(0xffffffff)] as const;

/**
 * An archive with one file. `large`: written as one beyond 4 GiB is, with all sizes and places in
 * 64 bits.
 */
export function zip(name: string, content: Buffer, large = false): Buffer {
  const packed = deflateRawSync(content);
  const [count, place] = large ? ELSEWHERE : [u16(1), undefined];
  const sizes = [packed.length, content.length];
  const said = (extra: Buffer) => [
    ...[u16(large ? 45 : 20), u16(0), u16(8), u32(0), u32(crc32(content))],
    ...sizes.map((size) => place ?? u32(size)),
    ...[u16(name.length), u16(extra.length)],
  ];
  const more = (...fields: number[]) =>
    large ? Buffer.concat([u16(1), u16(8 * fields.length), ...fields.map(u64)]) : Buffer.alloc(0);
  const [inner, outer] = [
    more(content.length, packed.length),
    more(content.length, packed.length, 0),
  ];
  const local = record("\x03\x04", ...said(inner), Buffer.from(name), inner, packed);
  const rest = [u16(0), u16(0), u16(0), u32(0), place ?? u32(0)];
  const central = record(
    ...["\x01\x02" as const, u16(large ? 45 : 20)],
    ...[...said(outer), ...rest, Buffer.from(name), outer],
  );
  const all = [central.length, local.length];
  const [one, none] = [u64(1), u32(0)];
  const versions = [u16(45), u16(45)];
  const large64 = record("\x06\x06", u64(44), ...versions, none, none, one, one, ...all.map(u64));
  const locator = record("\x06\x07", none, u64(local.length + central.length), u32(1));
  const end = [u16(0), u16(0), count, count, ...all.map((n) => place ?? u32(n)), u16(0)];
  return Buffer.concat([
    ...[local, central],
    ...(large ? [large64, locator] : []),
    record("\x05\x06", ...end),
  ]);
}
