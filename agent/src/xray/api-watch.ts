import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import { DEADLINE_MS } from './api.js';
import type { XrayApi } from './api.js';

const CHECK_EVERY_MS = 2_000;
/** One check that failed at once is no silence yet, one that was waited for in vain is. */
const SILENT_AFTER_MS = 3_000;
export const HUNG_AFTER_MS = 30_000;
/** A longer pause between two checks means that the agent itself was held up. */
const MAX_STEP_MS = CHECK_EVERY_MS + DEADLINE_MS + 1_000;

interface ApiWatchParts {
  clock: Clock;
  log: Logger;
  /** The API has fallen silent, or answers again. */
  onChange(): void;
  /** It has been silent for too long; nothing is watched any more. */
  onHung(): void;
}

export interface ApiHealth {
  /** Of the last answer; undefined while the API is silent. */
  latencyMs: number | undefined;
  /** Age of what is said here. */
  checkedMsAgo: number;
  /** Why the API counts as silent. */
  error: string | undefined;
}

interface Watched {
  api: Pick<XrayApi, 'latencyMs'>;
  latencyMs: number;
  checkedAtMs: number;
  /** The time that checks have covered since the last answer. */
  silentMs: number;
  silent: boolean;
}

/** Asks the API of the running Xray in the background, so that whoever wants to know how it is need not wait for it. */
export class ApiWatch {
  private watched: Watched | undefined;
  private cancelCheck = () => {};

  constructor(private readonly parts: ApiWatchParts) {}

  /** The API has just answered for the first time. */
  begin(api: Watched['api'], latencyMs: number): void {
    this.end();
    this.watched = { api, latencyMs, checkedAtMs: this.parts.clock.monotonicMs(), silentMs: 0, silent: false };
    this.schedule(this.watched, CHECK_EVERY_MS);
  }

  end(): void {
    this.cancelCheck();
    this.watched = undefined;
  }

  get health(): ApiHealth | undefined {
    if (!this.watched) return undefined;
    const { silent, silentMs, latencyMs, checkedAtMs } = this.watched;
    const checkedMsAgo = this.parts.clock.monotonicMs() - checkedAtMs;
    const error = silent ? `the API of Xray has not answered for ${seconds(silentMs + checkedMsAgo)} s` : undefined;
    return { latencyMs: silent ? undefined : latencyMs, checkedMsAgo, error };
  }

  private schedule(watched: Watched, delayMs: number): void {
    this.cancelCheck = this.parts.clock.after(delayMs, () => void this.check(watched));
  }

  private async check(watched: Watched): Promise<void> {
    const { clock, log } = this.parts;
    const beginMs = clock.monotonicMs();
    const latencyMs = await watched.api.latencyMs(clock).catch(() => undefined);
    if (this.watched !== watched) return;
    const nowMs = clock.monotonicMs();
    note(watched, latencyMs, nowMs);
    const silent = watched.silentMs >= SILENT_AFTER_MS;
    if (silent !== watched.silent) {
      watched.silent = silent;
      if (silent) log.warn(`The API of Xray has not answered for ${seconds(watched.silentMs)} s`);
      else log.info('The API of Xray answers again');
      this.parts.onChange();
    }
    if (watched.silentMs >= HUNG_AFTER_MS) return this.parts.onHung();
    this.schedule(watched, Math.max(0, CHECK_EVERY_MS - (nowMs - beginMs)));
  }
}

function note(watched: Watched, latencyMs: number | undefined, nowMs: number): void {
  const stepMs = nowMs - watched.checkedAtMs;
  watched.checkedAtMs = nowMs;
  if (latencyMs !== undefined) {
    watched.latencyMs = latencyMs;
    watched.silentMs = 0;
  } else if (stepMs <= MAX_STEP_MS) watched.silentMs += stepMs;
}

const seconds = (ms: number) => Math.floor(ms / 1000);
