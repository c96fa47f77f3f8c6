import { deflateRawSync } from 'node:zlib';

interface File {
  readonly text: string;
  readonly deflated: boolean;
}

/** A zip archive with sizes behind the contents, as the CDK's archiver writes it. */
export function zipOf(files: Readonly<Record<string, File>>, comment = ''): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, { text, deflated }] of Object.entries(files)) {
    const offset = Buffer.concat(bodies).length;
    const plain = Buffer.from(text);
    const packed = deflated ? deflateRawSync(plain) : plain;
    const method = deflated ? 8 : 0;
    const nameBytes = Buffer.from(name);
    bodies.push(
      record(
        [0x04034b50, 4],
        [20, 2],
        [8 | 0x800, 2],
        [method, 2],
        [0, 4],
        [0, 4],
        [0, 4],
        [0, 4],
        [nameBytes.length, 2],
        [0, 2],
      ),
      nameBytes,
      packed,
    );
    directory.push(
      record(
        [0x02014b50, 4],
        [20, 2],
        [20, 2],
        [8 | 0x800, 2],
        [method, 2],
        [0, 4],
        [0, 4],
        [packed.length, 4],
        [plain.length, 4],
        [nameBytes.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [offset, 4],
      ),
      nameBytes,
    );
  }
  const [start, listed] = [Buffer.concat(bodies), Buffer.concat(directory)];
  const count = Object.keys(files).length;
  const end = record(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [listed.length, 4],
    [start.length, 4],
    [comment.length, 2],
  );
  return Buffer.concat([start, listed, end, Buffer.from(comment)]);
}

/** Little-endian fields: value and size in bytes. */
function record(...fields: readonly (readonly [number, 2 | 4])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      if (size === 2) bytes.writeUInt16LE(value);
      else bytes.writeUInt32LE(value);
      return bytes;
    }),
  );
}
