import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZipEntry } from './zip-archive.mjs';

const STORED = 0;
const DEFLATED = 8;

/** A zip archive as its format is written down: local entries, central directory, end record. */
function zip(files, { comment = '' } = {}) {
  const locals = [];
  const central = [];
  let offset = 0;
  for (const { name, content, method = DEFLATED, extra = Buffer.alloc(0), size = content.length } of files) {
    const packed = method === DEFLATED ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(extra.length, 28);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), extra, packed);
    central.push(record, Buffer.from(name));
    offset += local.length + name.length + extra.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(central).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...central, end, Buffer.from(comment)]);
}

describe('a zip archive', () => {
  const binary = Buffer.from('binary '.repeat(10_000));
  const readme = { name: 'README.md', content: Buffer.from('# Read me'), method: STORED };

  it('gives the content of a packed file', () => {
    expect(readZipEntry(zip([readme, { name: 'xray', content: binary }]), 'xray')).toEqual(binary);
  });

  it('gives the content of a stored file', () => {
    expect(readZipEntry(zip([{ name: 'xray', content: binary }, readme]), 'README.md').toString()).toBe('# Read me');
  });

  it('is read behind extra fields and before a comment', () => {
    const archive = zip([{ name: 'xray', content: binary, extra: Buffer.alloc(28, 7) }], { comment: 'made by hand' });
    expect(readZipEntry(archive, 'xray')).toEqual(binary);
  });

  it('takes an exact name only', () => {
    expect(() => readZipEntry(zip([{ name: 'sub/xray', content: binary }]), 'xray')).toThrow('holds no xray');
  });

  it('never unpacks more than it declares', () => {
    expect(() => readZipEntry(zip([{ name: 'xray', content: binary, size: 100 }]), 'xray')).toThrow(
      'larger than 100 bytes',
    );
  });

  it('is refused when it is cut off or something else', () => {
    const archive = zip([{ name: 'xray', content: binary }]);
    expect(() => readZipEntry(archive.subarray(0, archive.length - 30), 'xray')).toThrow('Not a zip archive');
    expect(() => readZipEntry(Buffer.from('<html>not found</html>'), 'xray')).toThrow('Not a zip archive');
    expect(() => readZipEntry(Buffer.alloc(0), 'xray')).toThrow('Not a zip archive');
  });
});
