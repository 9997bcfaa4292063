import { inflateRawSync } from 'node:zlib';

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * The content of one file of a zip archive. Enough for archives that we have verified: no encryption, no zip64, one
 * volume.
 */
export function readZipEntry(archive, name) {
  const entry = entries(archive).find((candidate) => candidate.name === name);
  if (!entry) throw new Error(`The archive holds no ${name}`);
  if (archive.readUInt32LE(entry.offset) !== LOCAL_SIGNATURE) throw new Error('The archive is damaged');
  const dataAt =
    entry.offset + LOCAL_SIZE + archive.readUInt16LE(entry.offset + 26) + archive.readUInt16LE(entry.offset + 28);
  const data = archive.subarray(dataAt, dataAt + entry.packedSize);
  const content = unpack(data, entry);
  if (content.length !== entry.size) throw new Error(`${name} is incomplete in the archive`);
  return content;
}

function unpack(data, { method, size, name }) {
  if (method === STORED) return data;
  if (method === DEFLATED) return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  throw new Error(`${name} is packed by the unknown method ${method}`);
}

function entries(archive) {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  const found = [];
  for (let at = archive.readUInt32LE(end + 16); found.length < count;) {
    if (archive.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error('The archive is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    found.push({
      method: archive.readUInt16LE(at + 10),
      packedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
      name: archive.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength),
    });
    at += ENTRY_SIZE + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return found;
}

/** The end record is the last thing in the file, but for a comment of unknown length. */
function findEnd(archive) {
  for (let at = archive.length - END_SIZE; at >= 0; at -= 1) {
    if (archive.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw new Error('Not a zip archive');
}
