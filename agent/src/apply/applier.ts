import type { Logger } from 'pino';
import { sha256 } from '../configuration/canonical.js';
import { listenersOf } from '../configuration/listeners.js';
import { NodeConfig } from '../configuration/node-config.js';
import { render } from '../configuration/render.js';
import { messageOf } from '../errors.js';
import { detailsOf } from '../xray/api.js';
import type { XrayApi } from '../xray/api.js';
import { markOf } from '../xray/binary.js';
import type { Before, ConfigFiles } from '../xray/config-files.js';
import type { Converter } from '../xray/convert.js';
import { startOf } from '../xray/start.js';
import type { XrayStart } from '../xray/start.js';
import type { Running, Supervisor } from '../xray/supervisor.js';
import { changeAccounts, isRefusal, miscounted } from './accounts.js';
import { requireFree } from './bind-probe.js';
import { addInbound, buildInbounds, removeInbound } from './inbounds.js';
import type { BuiltInbound } from './inbounds.js';
import { planFrom, touchesInbounds } from './plan.js';
import type { LivePlan } from './plan.js';
import type { RemovedUsers } from './removed-users.js';
import { summaryOf } from './summary.js';

interface ApplierParts {
  xray: Supervisor;
  files: ConfigFiles;
  converter: Converter;
  removedUsers: RemovedUsers;
  log: Logger;
}

/** A configuration on its way: as Xray will be started with it, and as it will be written to disk. */
interface Next {
  config: NodeConfig;
  start: XrayStart;
  text: string;
}

/** What runs, and how it is spoken to. */
interface Live {
  api: XrayApi;
  running: Running;
}

/** What everything goes back to when a change fails. */
interface Former {
  config: NodeConfig;
  files: Before;
}

/** A change that touches inbounds: the new ones ready to go in, the old ones to come back. */
interface Built {
  added: BuiltInbound[];
  former: BuiltInbound[];
}

/**
 * Brings the node from the configuration that it runs to another one, with the least that leads there (plan.ts):
 *
 *   at rest    Xray is not running: test, write to disk, and start it unless it was stopped on purpose
 *   live       accounts and single inbounds through the API, everything else goes on
 *   restart    the rest of the configuration has changed, or the API has not led to the end
 *
 * Always in this order: what can be checked is checked, the files are written, Xray is changed, its users are counted. When
 * a step fails the files and what runs go back to what they were.
 */
export class Applier {
  constructor(private readonly parts: ApplierParts) {}

  /** What was done, in a line. `suspects` are inbounds that do not run as they should. */
  async apply(config: NodeConfig, suspects: ReadonlySet<string>): Promise<string> {
    const { xray } = this.parts;
    const text = render(config);
    const next = { config, start: startOf(config, sha256(text)), text };
    await xray.settled();
    const { api, live: running } = xray;
    if (!api || !running) return this.applyAtRest(next);
    const before = running.start.config;
    const plan = before && planFrom(before, config, suspects);
    if (!before || plan?.kind !== 'live') return this.applyByRestart(next, running);
    if (!touchesInbounds(plan)) return this.applyLive(next, before, plan, { api, running });
    if (running.binaryMark !== markOf(running.binary)) return this.applyByRestart(next, running);
    await this.requireAccepted(
      next,
      plan.add.flatMap((inbound) => listenersOf(inbound)),
      running,
    );
    const built = await this.build(running, before, plan, config);
    if (built.added.some(isTooLarge)) return this.applyByRestart(next, running);
    return this.applyLive(next, before, plan, { api, running }, built);
  }

  private async applyAtRest(next: Next): Promise<string> {
    const { xray, files } = this.parts;
    if (xray.at === 'unknown') {
      files.replace(next.config, next.text, next.start.fingerprint);
      return 'There is no Xray on the node yet: it will start with this configuration';
    }
    if (xray.at === 'stopped') {
      await this.requireAccepted(next, []);
      files.replace(next.config, next.text, next.start.fingerprint);
      return 'Xray is stopped: it will start with this configuration';
    }
    return `${await this.applyByRestart(next)} (it was down before)`;
  }

  private async applyByRestart(next: Next, running?: Running): Promise<string> {
    await this.requireAccepted(next, next.start.listeners(), running);
    const before = this.parts.files.replace(next.config, next.text, next.start.fingerprint);
    await this.restart(next, before);
    return 'Xray was restarted with the new configuration';
  }

  private async applyLive(
    next: Next,
    before: NodeConfig,
    plan: LivePlan,
    { api, running }: Live,
    { added, former }: Built = { added: [], former: [] },
  ): Promise<string> {
    const { files, removedUsers, xray, log } = this.parts;
    const farewell = await removedUsers.prepare(api, before, plan.users.removed);
    const filesBefore = files.replace(next.config, next.text, next.start.fingerprint);
    try {
      await removedUsers.block(api, running, next.config, farewell, plan.users.added);
      await this.exchange({ api, running }, plan, { added, former }, { config: before, files: filesBefore });
      for (const changes of plan.accounts) await changeAccounts(api, changes);
      const wrong = await miscounted(api, next.config);
      if (wrong.length > 0) throw new Error(`Xray does not count the right users in ${wrong.join(', ')}`);
      xray.nowRuns(next.start);
    } catch (error) {
      if (error instanceof NotAccepted) throw error;
      log.warn(`The change did not go through the API, Xray is restarted: ${detailsOf(error)}`);
      await this.restart(next, filesBefore);
      return `${summaryOf(plan, 0)}; Xray was restarted for it (${detailsOf(error)})`;
    }
    return summaryOf(plan, await removedUsers.close(farewell));
  }

  private async exchange(live: Live, plan: LivePlan, { added, former }: Built, before: Former): Promise<void> {
    for (const tag of plan.remove) await removeInbound(live.api, tag);
    for (const built of added) {
      try {
        await addInbound(live.api, built);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const outcome = await this.takeBack(live, plan, former, before);
        throw new NotAccepted(`Xray did not take the inbound ${built.inbound.tag} (${detailsOf(error)}); ${outcome}`);
      }
    }
  }

  /** The inbounds as they were, or, should that fail, all of Xray. */
  private async takeBack({ api, running }: Live, plan: LivePlan, former: BuiltInbound[], before: Former) {
    const { files, removedUsers, log } = this.parts;
    files.putBack(before.files);
    try {
      for (const { tag } of plan.add) await removeInbound(api, tag);
      for (const built of former) await addInbound(api, built);
      await removedUsers.welcomeBack(api, running, before.config, plan.users.removed);
      return 'the former ones are back';
    } catch (error) {
      log.error(`The former inbounds did not come back, Xray is restarted: ${detailsOf(error)}`);
      return this.restartWithFormer();
    }
  }

  /** Throws after everything is as it was, as far as that is possible. */
  private async restart(next: Next, before: Before): Promise<void> {
    const reason = (await this.parts.xray.restartInto(next.start)) ?? (await this.miscount(next.config));
    if (reason === undefined) return;
    this.parts.files.putBack(before);
    throw new NotAccepted(
      `Xray did not come up with the new configuration (${reason}); ${await this.restartWithFormer()}`,
    );
  }

  private async restartWithFormer(): Promise<string> {
    const { xray, files } = this.parts;
    const former = files.wanted();
    if (xray.live?.start.fingerprint === former.fingerprint) return 'the former one runs again';
    const reason = await xray.restartInto(former);
    return reason === undefined ? 'the former one runs again' : `the former one does not come up either: ${reason}`;
  }

  private async miscount(config: NodeConfig): Promise<string | undefined> {
    const { api } = this.parts.xray;
    try {
      const wrong = api ? await miscounted(api, config) : [];
      return wrong.length > 0 ? `it does not count the right users in ${wrong.join(', ')}` : undefined;
    } catch (error) {
      return detailsOf(error);
    }
  }

  private async requireAccepted({ start }: Next, wanted: ReturnType<typeof listenersOf>, running?: Running) {
    const complaint = await this.parts.xray.complaint(start);
    if (complaint) throw new NotAccepted(`Xray does not accept the configuration, the former one stays: ${complaint}`);
    try {
      await requireFree(wanted, running?.start.listeners() ?? []);
    } catch (error) {
      throw new NotAccepted(`${messageOf(error)}; the former configuration stays`);
    }
  }

  private async build({ binary }: Running, before: NodeConfig, plan: LivePlan, config: NodeConfig): Promise<Built> {
    const { converter } = this.parts;
    const removed = before.inbounds.filter(({ tag }) => plan.remove.includes(tag));
    return {
      added: await buildInbounds(converter, binary, plan.add, config.users.list),
      former: await buildInbounds(converter, binary, removed, before.users.list),
    };
  }
}

/** The node is where it was, and this says why. */
class NotAccepted extends Error {
  override readonly name = 'NotAccepted';
}

/** One by one these users would take minutes. */
function isTooLarge({ inbound, rest }: BuiltInbound): boolean {
  return inbound.protocol === 'shadowsocks' && rest.length > 200;
}
