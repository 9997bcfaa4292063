import type { SubscriptionInfo, SubscriptionStatus } from './endpoint.js';
import { html, type Html } from './html.js';
import { cleanText } from './names.js';
import { formatBytes, formatDate, formatDistance } from './page.format.js';
import { TEXTS, type Language } from './page.texts.js';

/** What every part of the page is made from. */
export interface Page {
  language: Language;
  now: Date;
  info: SubscriptionInfo;
  status: SubscriptionStatus;
}

const TONES: Readonly<Record<SubscriptionStatus, string>> = {
  ACTIVE: 'ok',
  LIMITED: 'bad',
  EXPIRED: 'warn',
  DISABLED: 'off',
};

/** Who it is, whether all is well, and how much is left. */
export function account({ language, now, info, status }: Page): Html {
  const texts = TEXTS[language];
  const { upload, expiresAt } = info.usage;
  const isOver = expiresAt !== null && expiresAt <= now;
  const tone = TONES[status];
  return html`<section class="card account">
    <div class="who">
      <b><bdi>${cleanText(info.username)}</bdi></b
      ><span class="status ${tone}">${texts.status[status]}</span>
    </div>
    ${status === 'ACTIVE' ? undefined : html`<p class="notice ${tone}">${texts.why[status]}</p>`}
    ${dataUsed(info.usage, language)}
    <dl>
      ${upload > 0n ? directions(info.usage, language) : undefined}
      <div class="wide">
        <dt>${isOver ? texts.expired : texts.expires}</dt>
        <dd>
          ${expiresAt ? formatDate(expiresAt, language) : texts.never}
          ${expiresAt ? html`<small>${formatDistance(expiresAt, now, language)}</small>` : undefined}
        </dd>
      </div>
    </dl>
  </section>`;
}

const NARROW_FROM = 70n;
const FULL_FROM = 85n;

function dataUsed({ upload, download, total }: SubscriptionInfo['usage'], language: Language): Html {
  const texts = TEXTS[language];
  const used = upload + download;
  const amount = html`<b><bdi>${formatBytes(used, language)}</bdi></b>`;
  if (total === null) return html`<p class="used">${amount} ${texts.used} · ${texts.unlimited}</p>`;
  const percent = total <= 0n || used >= total ? 100n : (used * 100n) / total;
  const tone = percent >= FULL_FROM ? 'full' : percent >= NARROW_FROM ? 'narrow' : '';
  const left = used >= total ? 0n : total - used;
  return html`<p class="used">
      ${amount} ${texts.usedOf(formatBytes(total, language))}
      <span class="left">${texts.left(formatBytes(left, language))}</span>
    </p>
    <progress class="${tone}" max="100" value="${String(percent)}" aria-label="${texts.used}"></progress>`;
}

/** Only where the two are counted apart. */
function directions({ upload, download }: SubscriptionInfo['usage'], language: Language): Html {
  const texts = TEXTS[language];
  return html`<div>
      <dt>${texts.download}</dt>
      <dd><bdi>${formatBytes(download, language)}</bdi></dd>
    </div>
    <div>
      <dt>${texts.upload}</dt>
      <dd><bdi>${formatBytes(upload, language)}</bdi></dd>
    </div>`;
}
