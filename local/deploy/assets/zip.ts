import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Signatures and field positions of APPNOTE.TXT 6.3.10, 4.3. Sizes are in bytes. */
const END = { signature: 0x06_05_4b_50, size: 22, longestComment: 65_535 };
const ENTRY = { signature: 0x02_01_4b_50, size: 46 };
const FILE = { size: 30 };
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  /** Where its local header stands. */
  readonly offset: number;
}

/**
 * Writes a zip archive's files below `folder`, as Lambda and the CDK's bucket deployment do.
 *
 * @throws Error for what is no zip, for ZIP64 and encryption (nobody zips assets so), and for a name that leads elsewhere
 */
export function unzip(zip: Buffer, folder: string): void {
  for (const entry of entriesOf(zip)) {
    if (entry.name.endsWith('/')) continue;
    const file = path.join(folder, entry.name);
    if (!file.startsWith(folder + path.sep)) throw new Error(`The archive has a file outside itself: ${entry.name}`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contentsOf(zip, entry));
  }
}

function entriesOf(zip: Buffer): Entry[] {
  const end = endOf(zip);
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY.signature) throw new Error('The archive’s directory is not one.');
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    entries.push({
      name: zip.toString('utf8', at + ENTRY.size, at + ENTRY.size + (nameSize ?? 0)),
      method: zip.readUInt16LE(at + 10),
      compressedSize: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    });
    at += ENTRY.size + (nameSize ?? 0) + (extraSize ?? 0) + (commentSize ?? 0);
  }
  return entries;
}

/** The end of the directory is the archive's last part, and has a comment after it. */
function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - END.size - END.longestComment);
  for (let at = zip.length - END.size; at >= first; at -= 1) if (zip.readUInt32LE(at) === END.signature) return at;
  throw new Error('This is no zip archive.');
}

/** By the directory's size: the local header may leave it to a descriptor behind the contents. */
function contentsOf(zip: Buffer, { name, method, compressedSize, offset }: Entry): Buffer {
  const start = offset + FILE.size + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const contents = zip.subarray(start, start + compressedSize);
  if (method === STORED) return contents;
  if (method === DEFLATED) return inflateRawSync(contents);
  throw new Error(`${name} is compressed by method ${method}, which is not known here.`);
}
