import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** IPv4 that arrived on an IPv6 socket (::ffff:192.0.2.1) counts as IPv4. */
export function normaliseAddress(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

function parseBlock(block: string): [Address, number] {
  if (block.includes('/')) {
    const [network, bits] = ipaddr.parseCIDR(block);
    const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96;
    return isMapped ? [network.toIPv4Address(), bits - 96] : [network, bits];
  }
  const address = ipaddr.process(block);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** An address or a CIDR block, written out: 10/8 or 010.0.0.0/8 would be read as something else than was meant. */
export function isBlock(text: string): boolean {
  const [address = '', bits] = text.split('/', 2);
  return isIP(address) !== 0 && (bits === undefined || ipaddr.isValidCIDR(text));
}

/** Whether the address lies in one of the blocks (addresses or CIDR). An empty list holds every address. */
export function isInBlocks(address: string, blocks: readonly string[]): boolean {
  if (blocks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return blocks.some((block) => {
    const [network, bits] = parseBlock(block);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}

/** Azure answers here from inside its machines: metadata, on an address that looks like any other. */
const NOT_PUBLIC = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');

/**
 * Whether the address is one of the Internet at large: not loopback, private, link-local, shared, reserved, multicast or
 * of a tunnel. IPv4 inside IPv6 (mapped, or by NAT64) counts as the IPv4 address that is reached.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast' && !NOT_PUBLIC.has(parsed.toString());
  if (parsed.match(NAT64)) {
    return isPublicAddress(new ipaddr.IPv4(parsed.toByteArray().slice(12)).toString());
  }
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}
