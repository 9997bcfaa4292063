import type { Logger } from '../log.js';
import type { Topics } from './topics.js';

export type Topic = keyof Topics;
export type Listener<T extends Topic> = (event: Topics[T]) => void;

/** Carries events to the other panels of a cluster; LISTEN/NOTIFY by default, Redis or NATS could stand here. */
export interface Relay {
  send<T extends Topic>(topic: T, event: Topics[T]): void;
}

/**
 * The one event bus of a panel. Publish after the commit of what the event tells of; delivery is at most once and
 * synchronous, so listeners only note what they were told and work later.
 */
export class EventBus {
  private readonly listeners = new Map<Topic, Set<Listener<never>>>();
  private relay: Relay | undefined;

  constructor(private readonly log: Logger) {}

  /** From now on events also go to the other panels. */
  connect(relay: Relay | undefined): void {
    this.relay = relay;
  }

  publish<T extends Topic>(topic: T, event: Topics[T]): void {
    this.deliver(topic, event);
    this.relay?.send(topic, event);
  }

  /** Hands an event of another panel to the listeners of this one. */
  deliver<T extends Topic>(topic: T, event: Topics[T]): void {
    for (const listener of this.listeners.get(topic) ?? []) {
      try {
        (listener as Listener<T>)(event);
      } catch (error) {
        this.log.error({ err: error, topic }, 'a listener failed');
      }
    }
  }

  /** Answers a function that ends the listening. */
  on<T extends Topic>(topic: T, listener: Listener<T>): () => void {
    const set = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, set);
    set.add(listener);
    return () => set.delete(listener);
  }
}
