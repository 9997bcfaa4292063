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
