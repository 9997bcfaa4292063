/** What no proxy should carry: this machine and its neighbours (RFC 6890). Written out, so that no geo database is needed. */
export const PRIVATE_NETWORKS_V4 = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
];
export const PRIVATE_NETWORKS_V6 = ['::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'];

/** Answers 204 and nothing else; what all clients measure with. */
export const PROBE_URL = 'https://www.gstatic.com/generate_204';
