import { OperatorError } from './errors.js';

/** vpj1.<id>.<secret>.<pin>.<url>, see docs/agent-protocol.md, "Joining". */
export interface JoinToken {
  /** The whole token: what the panel is shown as the bearer. */
  bearer: string;
  id: string;
  /** SHA-256 of the panel CA's SubjectPublicKeyInfo. */
  pin: Buffer;
  panelUrl: string;
}

const ID = /^[a-z0-9]{10}$/;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const HINT = 'Copy the whole line from the panel, or create a new join token there.';

export function parseJoinToken(text: string): JoinToken {
  const bearer = text.trim();
  const parts = bearer.split('.');
  if (parts[0] !== 'vpj1') throw malformed('it does not begin with "vpj1."');
  if (parts.length !== 5) throw malformed(`it has ${parts.length} parts instead of 5; perhaps it was cut off`);
  const [, id, secret, pin, url] = parts as [string, string, string, string, string];
  if (!ID.test(id)) throw malformed('its id is not 10 characters of a-z and 0-9');
  if (decode(secret, 'secret').length !== 32) throw malformed('its secret has the wrong length');
  const pinBytes = decode(pin, 'fingerprint');
  if (pinBytes.length !== 32) throw malformed('its fingerprint has the wrong length');
  return { bearer, id, pin: pinBytes, panelUrl: panelUrl(decode(url, 'URL').toString('utf8')) };
}

function panelUrl(text: string): string {
  if (!URL.canParse(text)) throw malformed('it holds no valid URL of the panel; perhaps it was cut off');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw malformed(`the panel's URL is ${url.protocol}// instead of https://`);
  return url.origin;
}

function decode(part: string, name: string): Buffer {
  if (!BASE64URL.test(part)) throw malformed(`its ${name} is empty or holds characters that do not belong there`);
  return Buffer.from(part, 'base64url');
}

function malformed(reason: string): OperatorError {
  return new OperatorError(`This is not a valid join token: ${reason}. ${HINT}`);
}
