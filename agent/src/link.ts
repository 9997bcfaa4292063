import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import { messageOf } from './errors.js';
import { CLOSE_REFUSED, initialLink, nextLink } from './link.machine.js';
import type { Link as Machine, LinkEffect, LinkEvent, LinkState } from './link.machine.js';
import { PanelError } from './panel-error.js';
import type { Closed, PanelSocket } from './panel-socket.js';

export interface LinkEvents {
  opened(): void;
  closed(closed: Closed): void;
}

export interface LinkParts {
  dial(events: LinkEvents): PanelSocket;
  register(socket: PanelSocket): Promise<void>;
  startWork(socket: PanelSocket): void;
  stopWork(): void;
  clock: Clock;
  /** A number from 0 to 1. */
  random(): number;
  log: Logger;
}

/** Carries out what the machine in link.machine.ts decides. */
export class Link {
  private machine: Machine = initialLink;
  private socket: PanelSocket | undefined;
  private cancelTimer = () => {};

  constructor(private readonly parts: LinkParts) {}

  get state(): LinkState['name'] {
    return this.machine.state.name;
  }

  /** The connection, while it is live. */
  get liveSocket(): PanelSocket | undefined {
    return this.state === 'live' ? this.socket : undefined;
  }

  start(): void {
    this.run({ type: 'dial' });
  }

  stop(): void {
    this.handle({ type: 'stop' });
  }

  private handle(event: LinkEvent): void {
    const { state, memory, effects } = nextLink(this.machine, event);
    if (state.name !== this.state) this.parts.log.debug({ from: this.state, to: state.name }, 'Link');
    this.machine = { state, memory };
    for (const effect of effects) this.run(effect);
  }

  private run(effect: LinkEffect): void {
    const { clock, log } = this.parts;
    switch (effect.type) {
      case 'dial':
        return this.dial();
      case 'register':
        return void this.register();
      case 'startWork':
        log.info('Connected to the panel');
        return this.socket && this.parts.startWork(this.socket);
      case 'stopWork':
        return this.parts.stopWork();
      case 'wait':
        this.cancelTimer = clock.after(effect.waitMs, () => this.handle({ type: 'timeUp' }));
        return;
      case 'cancelWait':
        return this.cancelTimer();
      case 'tellRefused':
        return log.error(
          'The panel refuses the token of this node: it was revoked or replaced, the node was deleted, or its address is ' +
            'not allowed. Create a new join token for this node in the panel and run the command that it shows, or stop this ' +
            'agent and run: vpanel-agent --join TOKEN. Until then Xray keeps running, and the agent tries again every 5 minutes.',
        );
      case 'logLost':
        return log.warn({ waitMs: effect.waitMs }, `No connection to the panel: ${effect.reason}`);
      case 'hangUp':
        return this.socket?.close();
    }
  }

  /** Events of a socket that was replaced meanwhile must not move the machine. */
  private dial(): void {
    const socket = this.parts.dial({
      opened: () => {
        if (this.socket === socket) this.handle({ type: 'opened', atMs: this.parts.clock.monotonicMs() });
      },
      closed: (closed) => {
        if (this.socket === socket) this.onClosed(closed);
      },
    });
    this.socket = socket;
  }

  private onClosed({ code, reason }: Closed): void {
    const { clock, random } = this.parts;
    this.handle({ type: 'closed', atMs: clock.monotonicMs(), code, reason, random: random() });
  }

  private async register(): Promise<void> {
    const socket = this.socket;
    if (!socket) return;
    try {
      await this.parts.register(socket);
      if (this.socket === socket) this.handle({ type: 'registered', atMs: this.parts.clock.monotonicMs() });
    } catch (error) {
      if (this.socket !== socket || this.state !== 'registering') return;
      this.parts.log.error(`Registration failed: ${messageOf(error)}`);
      socket.close(1000);
      this.onClosed({
        code: error instanceof PanelError && error.refused ? CLOSE_REFUSED : 1000,
        reason: 'not registered',
      });
    }
  }
}
