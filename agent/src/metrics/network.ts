export interface InterfaceBytes {
  received: number;
  sent: number;
}

/** What passes one of these passes a physical interface as well, and would count twice; `eth0.7` is a VLAN of eth0. */
const VIRTUAL = /^(lo|docker|veth|br-|virbr|tun|tap|wg|ifb|dummy|cni|flannel|cali|podman|lxcbr)|\.\d+$/;

/** Counters of the physical interfaces in /proc/net/dev. */
export function parseInterfaces(procNetDev: string): Map<string, InterfaceBytes> {
  const interfaces = new Map<string, InterfaceBytes>();
  for (const line of procNetDev.split('\n')) {
    const [, name, counters] = /^\s*(\S+?):\s*(.+)$/.exec(line) ?? [];
    if (!name || !counters || VIRTUAL.test(name)) continue;
    const fields = counters.split(/\s+/).map(Number);
    interfaces.set(name, { received: fields[0] ?? 0, sent: fields[8] ?? 0 });
  }
  return interfaces;
}

/** Bytes between two readings. An interface that is new, or whose counters were reset, adds nothing this time. */
export function increase(before: Map<string, InterfaceBytes>, after: Map<string, InterfaceBytes>): InterfaceBytes {
  const sum = { received: 0, sent: 0 };
  for (const [name, now] of after) {
    const then = before.get(name);
    if (!then) continue;
    sum.received += Math.max(0, now.received - then.received);
    sum.sent += Math.max(0, now.sent - then.sent);
  }
  return sum;
}
