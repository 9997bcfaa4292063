import { isIP } from 'node:net';

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/** A name as TLS clients send it (RFC 6066): no address, no wildcard, no dot at the end. */
export const isHostName = (text: string): boolean =>
  text.length <= 253 && !/^[\d.]+$/.test(text) && text.split('.').every((label) => LABEL.test(label));

export const isHost = (text: string): boolean => isHostName(text) || isAddress(text);

/** An IP address without a zone: which interface is called fe80::1%eth0 differs from node to node. */
export const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

/** host:port, with brackets around IPv6. */
export function isHostAndPort(text: string): boolean {
  const [, inBrackets, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
  const isHostGiven = inBrackets === undefined ? isHost(plain ?? '') : isIP(inBrackets) === 6 && isAddress(inBrackets);
  return isHostGiven && Number(port) >= 1 && Number(port) <= 65_535;
}
