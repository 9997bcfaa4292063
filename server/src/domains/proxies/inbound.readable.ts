import type {
  Protocol,
  RealitySettings,
  Sniffing,
  StreamSettings,
  TlsCertificate,
  TlsSettings,
} from './inbound.schema.js';

/** What is left of an object when everything of the wrong type has been taken out. */
export type Readable<T> = T extends readonly (infer Item)[]
  ? (Readable<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Readable<T[Key]> | undefined }
    : T;

/**
 * An inbound as far as it can be read, so that mistakes of meaning are told together with those of form. All protocols in
 * one: which settings go with which is the schema's to say.
 */
export interface ReadableInbound {
  protocol?: Protocol;
  port?: number;
  listen?: string;
  settings?: { flow?: string; method?: string; password?: string };
  streamSettings?: ReadableStream;
  sniffing?: Readable<Sniffing>;
}

export type ReadableStream = Readable<StreamSettings>;
export type ReadableTls = Readable<TlsSettings>;
export type ReadableCertificate = Readable<TlsCertificate>;
export type ReadableReality = Readable<RealitySettings>;
