import type { Message, Notice } from '../message.js';

/** All that an adapter is told: what to say in which words, and where. */
export interface Sending {
  notice: Notice;
  message: Message;
  target: string;
  secret: string | undefined;
  /** Where the panel is reached; empty when that is not known. */
  publicUrl: string;
  now: Date;
  /** Fires when it has taken too long. */
  signal: AbortSignal;
}

/** What has come of an attempt. Texts may still hold secrets; whoever stores them takes those out. */
export interface Outcome {
  ok: boolean;
  /** HTTP status or code of the SMTP server. */
  status?: number | undefined;
  answer?: string | undefined;
  error?: string | undefined;
  /** What the receiver has asked for. */
  retryAfterMs?: number | undefined;
  /** The receiver never wants to be told anything again. */
  gone?: boolean;
}

/** Throws when there was no answer at all. */
export type Send = (sending: Sending) => Promise<Outcome>;
