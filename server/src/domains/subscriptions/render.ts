import { toOutbounds, type Endpoint, type SubscriptionInfo } from './endpoint.js';
import type { Format } from './format.js';
import { pageHeaders, profileHeaders } from './headers.js';
import { linkList } from './links.js';
import { clashProfile } from './mihomo.js';
import { PAGE_POLICY, subscriptionPage } from './page.js';
import type { Language } from './page.texts.js';
import { singBoxProfile } from './sing-box.js';
import { xrayConfigs } from './xray-json.js';

export interface Rendered {
  body: string;
  headers: Record<string, string>;
}

/** The answer to one fetch of a subscription. The order of the endpoints is the order of preference. */
export function render(
  format: Format,
  endpoints: readonly Endpoint[],
  info: SubscriptionInfo,
  now: Date,
  language: Language,
): Rendered {
  const proxies = toOutbounds(endpoints);
  if (format === 'html') {
    return { body: subscriptionPage(proxies, info, now, language), headers: pageHeaders(PAGE_POLICY) };
  }
  const headers = profileHeaders(format, info);
  switch (format) {
    case 'links':
      return { body: linkList(proxies), headers };
    case 'mihomo':
    case 'stash':
    case 'clash':
      return { body: clashProfile(proxies, format), headers };
    case 'sing-box':
      return { body: singBoxProfile(proxies), headers };
    case 'xray':
      return { body: xrayConfigs(proxies, info.title), headers };
  }
}
