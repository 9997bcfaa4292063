import type { LogLine } from '../fleet/operations.js';

const KEPT = 500;

const SITES = ['www.wikipedia.org', 'cdn.example.com', 'mail.example.org', 'video.example.net', 'api.example.com'];
const INBOUNDS = ['vless-reality', 'vmess-ws', 'trojan-tls', 'shadowsocks'];

const pick = (list: readonly string[]): string => list[Math.floor(Math.random() * list.length)] ?? '';
const upTo = (most: number): number => 1 + Math.floor(Math.random() * most);

const TEXTS: [share: number, source: LogLine['source'], text: () => string][] = [
  [
    80,
    'XRAY',
    () =>
      `from 192.0.2.${upTo(254)}:${20_000 + upTo(40_000)} accepted tcp:${pick(SITES)}:443 [${pick(INBOUNDS)} -> direct] email: user-${upTo(400)}`,
  ],
  [8, 'XRAY', () => `[Warning] app/dispatcher: default route for tcp:${pick(SITES)}:80`],
  [6, 'XRAY', () => `[Info] proxy/vless/inbound: connection ends > EOF`],
  [2, 'XRAY', () => `[Warning] transport/internet/tls: handshake with 192.0.2.${upTo(254)} failed: EOF`],
  [4, 'AGENT', () => 'Samples delivered to the panel'],
];
const ALL_SHARES = TEXTS.reduce((sum, [share]) => sum + share, 0);

/** What one simulated node has written; the newest lines are kept for whoever asks for them. */
export class LogJournal {
  private lines: LogLine[] = [];

  write(source: LogLine['source'], text: string): LogLine {
    const line = { at: new Date().toISOString(), source, text };
    this.lines = [...this.lines.slice(1 - KEPT), line];
    return line;
  }

  /** A few lines such as a proxy with users writes. */
  chatter(): LogLine[] {
    return Array.from({ length: upTo(3) }, () => {
      let rest = Math.random() * ALL_SHARES;
      const [, source, text] = TEXTS.find(([share]) => (rest -= share) < 0) ?? TEXTS[0]!;
      return this.write(source, text());
    });
  }

  last(count: number): LogLine[] {
    return this.lines.slice(-count);
  }
}
