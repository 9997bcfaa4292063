import type { Inbound } from '../configuration/document.js';
import { renderInbound } from '../configuration/render.js';
import type { User } from '../configuration/users.js';
import type { XrayApi } from '../xray/api.js';
import type { Converter } from '../xray/convert.js';
import { changeAccounts } from './accounts.js';

/** Xray takes messages of at most 4 MiB. */
const MAX_BYTES = 3.5 * 1024 * 1024;

/** An inbound as Xray's API takes it. */
export interface BuiltInbound {
  inbound: Inbound;
  bytes: Uint8Array;
  /** Those for whom there was no room in the message. */
  rest: readonly User[];
}

/** Nothing that runs is touched by this. */
export async function buildInbounds(
  converter: Converter,
  binary: string,
  inbounds: readonly Inbound[],
  users: readonly User[],
): Promise<BuiltInbound[]> {
  const whole = await convert(converter, binary, inbounds, users);
  const tooLarge = whole.find(({ bytes }) => bytes.length > MAX_BYTES);
  if (!tooLarge) return whole;
  const room = Math.floor(users.length * (MAX_BYTES / tooLarge.bytes.length) * 0.9);
  const first = await convert(converter, binary, inbounds, users.slice(0, room));
  return first.map((built) => ({ ...built, rest: users.slice(room) }));
}

async function convert(converter: Converter, binary: string, inbounds: readonly Inbound[], users: readonly User[]) {
  const messages = await converter.inbounds(
    binary,
    inbounds.map((inbound) => renderInbound(inbound, users)),
  );
  return inbounds.map((inbound) => {
    const bytes = messages.get(inbound.tag);
    if (!bytes) throw new Error(`Xray made nothing of the inbound ${inbound.tag}`);
    return { inbound, bytes, rest: [] as readonly User[] };
  });
}

/** After an error the tag is taken by an inbound that does not work: it has to be removed before anything else. */
export async function addInbound(api: XrayApi, { inbound, bytes, rest }: BuiltInbound): Promise<void> {
  await api.addInbound(bytes);
  await changeAccounts(api, { inbound, remove: [], add: [...rest] });
}

export async function removeInbound(api: XrayApi, tag: string): Promise<void> {
  await api.removeInbound(tag).catch(() => {}); // one that is not there, says Xray in several ways
}
