import { createHash } from 'node:crypto';
import { renderSVG } from 'uqr';
import type { ClientProxy, SubscriptionInfo, SubscriptionStatus } from './endpoint.js';
import type { Format } from './format.js';
import { Html, html } from './html.js';
import { importLinks } from './import-links.js';
import { shareLink } from './links.js';
import { cleanText } from './names.js';
import { account, type Page } from './page.account.js';
import { PAGE_CSS } from './page.css.js';
import { PAGE_SCRIPT } from './page.script.js';
import { LOCALES, TEXTS, type Language } from './page.texts.js';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded from anywhere, and only the two texts that are known here are obeyed. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(PAGE_CSS)}`,
  `script-src ${hashOf(PAGE_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Not one space more than what has been hashed. */
const STYLE = new Html(`<style>${PAGE_CSS}</style>`);
const SCRIPT = new Html(`<script>${PAGE_SCRIPT}</script>`);

/** For people who open the link of their subscription in a browser. */
export function subscriptionPage(
  proxies: readonly ClientProxy[],
  info: SubscriptionInfo,
  now: Date,
  language: Language,
): string {
  const page: Page = { language, now, info, status: info.status ?? statusOf(info, now) };
  const title = cleanText(info.title);
  const direction = language === 'fa' ? 'rtl' : 'ltr';
  return html`<!doctype html>
    <html lang="${LOCALES[language]}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="theme-color" content="#f9fafb" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0b0c0f" media="(prefers-color-scheme: dark)" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body data-copied="${TEXTS[language].copied}">
        <main>
          <header>
            <span class="mark" aria-hidden="true">${MARK}</span>
            <h1><bdi>${title}</bdi></h1>
          </header>
          <div class="top">${account(page)} ${addToApp(page, title)}</div>
          <div class="side">${qrCode(page)} ${files(page)}</div>
          ${servers(proxies, page)}
        </main>
        <p class="gone" id="said" role="status"></p>
        ${SCRIPT}
      </body>
    </html> `.text;
}

/** For a panel that has not said it. */
function statusOf({ usage: { upload, download, total, expiresAt } }: SubscriptionInfo, now: Date): SubscriptionStatus {
  if (expiresAt && expiresAt <= now) return 'EXPIRED';
  return total !== null && upload + download >= total ? 'LIMITED' : 'ACTIVE';
}

function addToApp({ language, info }: Page, title: string): Html {
  const texts = TEXTS[language];
  const url = new URL(info.pageUrl).href;
  const apps = importLinks(url, title).map(
    ({ app, platforms, href }) =>
      html`<li>
        <a href="${href}"><b>${app}</b><small>${platforms}</small></a>
      </li>`,
  );
  return html`<section class="card add">
    <h2>${texts.add}</h2>
    <p class="hint">${texts.addHint}</p>
    <div class="link">
      <input id="link" dir="ltr" readonly aria-label="${texts.link}" value="${url}" />
      <button class="main" type="button" data-from="link" hidden>${COPY_ICON} ${texts.copy}</button>
    </div>
    <ul class="apps" dir="ltr">
      ${apps}
    </ul>
  </section>`;
}

function qrCode({ language, info }: Page): Html {
  const texts = TEXTS[language];
  const code = new Html(renderSVG(new URL(info.pageUrl).href, { ecc: 'M', border: 0, pixelSize: 4 }));
  return html`<section class="card qr">
    ${code}
    <div>
      <h2>${texts.scan}</h2>
      <p class="hint">${texts.scanHint}</p>
    </div>
  </section>`;
}

function servers(proxies: readonly ClientProxy[], { language }: Page): Html {
  const texts = TEXTS[language];
  const hint = proxies.length > 0 ? texts.serversHint : texts.noServers;
  const rows = proxies.map((proxy, index) => {
    const id = `server-${index}`;
    return html`<li>
      <details>
        <summary>
          <b><bdi>${proxy.name}</bdi></b
          ><small dir="ltr">${kindOf(proxy)}</small>
        </summary>
        <code id="${id}" dir="ltr">${shareLink(proxy)}</code>
      </details>
      <button type="button" data-from="${id}" aria-label="${texts.copyServer(proxy.name)}" hidden>${COPY_ICON}</button>
    </li>`;
  });
  return html`<section class="card list">
    <h2>${texts.servers}</h2>
    <p class="hint">${hint}</p>
    ${
      rows.length > 0
        ? html`<ul class="servers">
            ${rows}
          </ul>`
        : undefined
    }
  </section>`;
}

const PROTOCOLS = { vless: 'VLESS', vmess: 'VMess', trojan: 'Trojan', shadowsocks: 'Shadowsocks' } as const;
const TRANSPORTS = { raw: undefined, ws: 'WebSocket', xhttp: 'XHTTP' } as const;
const SECURITIES = { none: undefined, tls: 'TLS', reality: 'REALITY' } as const;

function kindOf(proxy: ClientProxy): string {
  if (proxy.protocol === 'shadowsocks') return `${PROTOCOLS.shadowsocks} 2022`;
  const { protocol, transport, security } = proxy;
  return [PROTOCOLS[protocol], TRANSPORTS[transport.network], SECURITIES[security.kind]].filter(Boolean).join(' · ');
}

const FILES: readonly [Format, string | undefined][] = [
  ['mihomo', 'Mihomo'],
  ['stash', 'Stash'],
  ['clash', 'Clash'],
  ['sing-box', 'sing-box'],
  ['xray', 'Xray JSON'],
  ['links', undefined],
];

function files({ language, info }: Page): Html {
  const texts = TEXTS[language];
  const links = FILES.map(([format, name]) => {
    const url = new URL(info.pageUrl);
    url.searchParams.set('format', format);
    return html`<a href="${url.href}">${name ?? texts.links}</a>`;
  });
  return html`<section class="card files">
    <h2>${texts.files}</h2>
    <p class="hint">${texts.filesHint}</p>
    <p class="formats">${links}</p>
  </section>`;
}

/** The panel's mark (client/public/favicon.svg). */
const MARK = new Html(
  '<svg viewBox="0 0 16 16"><path d="m2.5 3 5.5 10L13.5 3" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round" stroke-linecap="round"/></svg>',
);
const COPY_ICON = new Html(
  '<svg class="copy" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" aria-hidden="true"><rect x="5.5" y="5.5" width="8" height="8" rx="2"/><path d="M10.5 2.5h-6a2 2 0 0 0-2 2v6"/></svg>' +
    '<svg class="done" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m3 8.5 3.5 3.5L13 4.5"/></svg>',
);
