import type { Logger } from 'pino';
import { emailOf } from '../configuration/account.js';
import type { Section } from '../configuration/document.js';
import { listenersOf } from '../configuration/listeners.js';
import type { NodeConfig } from '../configuration/node-config.js';
import type { User } from '../configuration/users.js';
import { messageOf } from '../errors.js';
import type { XrayApi } from '../xray/api.js';
import type { Converter } from '../xray/convert.js';
import type { Running } from '../xray/supervisor.js';
import { forEach } from './for-each.js';
import type { Sockets } from './sockets.js';

/** More at once are a change of the whole rather than of a few users: their connections end by themselves. */
const MAX_USERS = 200;
/** Xray compares the user of each new connection with all of them. */
const MAX_EMAILS = 1_000;
const IN_FLIGHT = 32;
const RULE_TAG = 'vpanel-removed-users';

export interface Farewell {
  /** E-mails of the accounts that are going to be removed. */
  emails: string[];
  /** Where their connections come from. */
  addresses: string[];
  ports: number[];
}

/**
 * Removing an account ends no connection: Xray asks for it only when one begins. So what still comes under its name is
 * sent to the outbound `block`, be it new streams inside an old connection, and the connections themselves are closed from
 * outside, by the addresses they come from; others behind the same address connect again.
 *
 * Nothing of this is worth failing for: the account is removed in any case.
 */
export class RemovedUsers {
  private blocked = new Set<string>();
  /** The start of Xray that knows the rule. */
  private generation = 0;

  constructor(
    private readonly converter: Converter,
    private readonly sockets: Sockets,
    private readonly log: Logger,
  ) {}

  /** To be called while the accounts are still there: afterwards Xray no longer tells their addresses. */
  async prepare(api: XrayApi, before: NodeConfig, removed: User[]): Promise<Farewell> {
    const many = removed.length > MAX_USERS || removed.length * before.inbounds.length > MAX_EMAILS;
    const emails = many ? [] : emailsOf(removed, before);
    const addresses = new Set<string>();
    try {
      await forEach(emails, IN_FLIGHT, async (email) => {
        for (const address of await api.addressesOf(email)) addresses.add(address);
      });
      const ports = before.inbounds.flatMap((inbound) => listenersOf(inbound)).map(({ port }) => port);
      return { emails, addresses: [...addresses], ports: [...new Set(ports)] };
    } catch (error) {
      this.log.warn(`Xray did not tell where removed users are connected from: ${messageOf(error)}`);
      return { emails, addresses: [], ports: [] };
    }
  }

  /** Puts the removed into the first rule and takes the added out of it. */
  async block(api: XrayApi, running: Running, next: NodeConfig, { emails }: Farewell, added: User[]): Promise<void> {
    if (this.generation !== running.generation) this.blocked.clear(); // the rule went with the process
    this.generation = running.generation;
    if (emails.length === 0 && this.blocked.size === 0) return;
    const back = new Set(emailsOf(added, next));
    const kept = [...this.blocked].filter((email) => !back.has(email));
    if (emails.length === 0 && kept.length === this.blocked.size) return;
    const blocked = [...kept, ...emails].slice(-MAX_EMAILS);
    try {
      await api.replaceRouting(await this.converter.routing(running.binary, withBlockRule(next.base, blocked)));
      this.blocked = new Set(blocked);
    } catch (error) {
      this.log.warn(`Removed users were not blocked: ${messageOf(error)}`);
    }
  }

  /** They were not removed after all. */
  async welcomeBack(api: XrayApi, running: Running, config: NodeConfig, users: User[]): Promise<void> {
    await this.block(api, running, config, { emails: [], addresses: [], ports: [] }, users);
  }

  async close({ addresses, ports }: Farewell): Promise<number> {
    return this.sockets.close(addresses, ports);
  }
}

function emailsOf(users: User[], { inbounds }: NodeConfig): string[] {
  return users.flatMap(({ id }) => inbounds.map(({ tag }) => emailOf(id, tag)));
}

function withBlockRule(base: Section, emails: string[]): Section {
  const { rules = [], ...routing } = (base['routing'] ?? {}) as { rules?: unknown[] };
  const rule = { ruleTag: RULE_TAG, user: emails, outboundTag: 'block' };
  return { ...routing, rules: emails.length === 0 ? rules : [rule, ...rules] };
}
