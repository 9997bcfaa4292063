import { createHash } from 'node:crypto';
import { Problem } from './run-script.mjs';
import { readZipEntry } from './zip-archive.mjs';

export const XRAY_VERSION = '26.7.28';

/** SHA-256 of the archives of that release, as its `.dgst` files state them. Change both together with the version. */
const ARCHIVES = {
  'linux-x64': {
    name: 'Xray-linux-64.zip',
    sha256: '8195d909f1109b8f3d99eefe401a3c451d7bf4af71f24d3815420f77e5dd2a40',
  },
  'linux-arm64': {
    name: 'Xray-linux-arm64-v8a.zip',
    sha256: 'f5698bb218ada3b4022db26fafc39601c5f53b46b19eb76c9616325985807501',
  },
};

const MAX_ARCHIVE_BYTES = 100 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 180_000;

/** The binary out of the official release archive; throws a Problem where that cannot be had or is not what is pinned. */
export async function downloadXray(platform = `${process.platform}-${process.arch}`, fetchUrl = fetch) {
  const archive = ARCHIVES[platform];
  if (!archive) throw new Problem(`no digest is pinned for a release archive for ${platform}`);
  const bytes = await download(
    `https://github.com/XTLS/Xray-core/releases/download/v${XRAY_VERSION}/${archive.name}`,
    fetchUrl,
  );
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== archive.sha256) {
    throw new Problem(`${archive.name} has the SHA-256 ${digest}, but ${archive.sha256} is pinned; it was not used`);
  }
  return readZipEntry(bytes, 'xray');
}

async function download(url, fetchUrl) {
  try {
    const response = await fetchUrl(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const chunks = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > MAX_ARCHIVE_BYTES) throw new Error('it is far too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    const reason = error.cause?.message ?? error.message;
    throw new Problem(`${url} could not be downloaded: ${reason}`, { cause: error });
  }
}
