import ipaddr from 'ipaddr.js';
import { isAddress, isHost } from './inbound.hosts.js';
import type { Findings } from './inbound.problems.js';
import type { ReadableInbound } from './inbound.readable.js';

/** Ports of mail, which many providers close against spam. */
const MAIL_PORTS = new Set([25, 465, 587]);

/** Where an inbound listens, and by which path and host it is asked for. */
export function checkAddresses({ port, listen, streamSettings, sniffing }: ReadableInbound, findings: Findings): void {
  if (port !== undefined && MAIL_PORTS.has(port)) {
    findings.warningBeside('port', 'is a port of mail, which many providers block; prefer another such as 443 or 8443');
  }
  if (listen !== undefined) checkListen(listen, findings);
  for (const name of ['wsSettings', 'xhttpSettings'] as const) {
    const { path, host } = streamSettings?.[name] ?? {};
    const at = ['streamSettings', name];
    // Xray reads "?ed=2048" in a path as an order to clients, and clients escape what is not plain ASCII differently.
    if (path !== undefined && !/^\/[!-~]*$/.test(path)) {
      findings.problem([...at, 'path'], 'must begin with / and have no spaces and only ASCII characters');
    } else if (path !== undefined && /[?#]/.test(path)) {
      findings.problem([...at, 'path'], 'must be a path only, without ? and #');
    }
    if (host !== undefined && !isHost(host)) findings.problem([...at, 'host'], 'must be a host name or an IP address');
  }
  sniffing?.domainsExcluded?.forEach((domain, index) => {
    if (/^(geosite|ext):/.test(domain ?? '')) {
      findings.warning(
        ['sniffing', 'domainsExcluded', index],
        'needs a data file beside Xray; nodes without it refuse it',
      );
    }
  });
}

function checkListen(listen: string, findings: Findings): void {
  const message = 'must be an IP address of the node, or 0.0.0.0 or :: for all';
  if (!isAddress(listen)) return findings.problem(['listen'], message);
  const range = ipaddr.process(listen).range();
  if (range === 'loopback') findings.problem(['listen'], `${message}: users could not reach it`);
  else if (range === 'multicast' || range === 'broadcast') findings.problem(['listen'], message);
}
