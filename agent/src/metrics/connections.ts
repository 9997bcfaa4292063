/** TCP sockets in use. The kernel keeps this count; walking through /proc/net/tcp would cost time per connection. */
export function tcpInUse(sockstat: string, sockstat6: string): number {
  return inUse(sockstat, 'TCP') + inUse(sockstat6, 'TCP6');
}

function inUse(sockstat: string, protocol: string): number {
  return Number(new RegExp(`^${protocol}: inuse (\\d+)`, 'm').exec(sockstat)?.[1] ?? 0);
}
