/** What a subscription can be answered as; the names are those of `?format=`. */
export const FORMATS = ['links', 'mihomo', 'stash', 'clash', 'sing-box', 'xray', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export interface FormatRequest {
  userAgent: string | undefined;
  accept: string | undefined;
  /** The query parameter of the same name. */
  format: string | undefined;
}

/** Somebody asked for a format by a name that nothing here has. */
export interface UnknownFormat {
  error: string;
  known: readonly Format[];
}

/** Names by which other panels call the same. */
const ALIASES: Readonly<Record<string, Format>> = {
  base64: 'links',
  v2ray: 'links',
  'clash-meta': 'mihomo',
  clashmeta: 'mihomo',
  meta: 'mihomo',
  singbox: 'sing-box',
  'v2ray-json': 'xray',
  'xray-json': 'xray',
  json: 'xray',
};

/**
 * The first that matches counts. Mihomo's apps begin with "clash" as the classic one does, so they come before it; those
 * of sing-box call themselves "like ClashMeta" too, so they come before the looser pattern. An Xray client is told by no
 * pattern: links are what all of them read.
 */
const BY_USER_AGENT: readonly [RegExp, Format][] = [
  [
    /^(clash-?verge|clash[-.]?meta|clash-?mi\b|clash-nyanpasu|clashx meta|mihomo|flclash|flowvy|murge|koala-clash|prizrak-box)/i,
    'mihomo',
  ],
  [/^stash/i, 'stash'],
  [/^sf[aimt]\/|sing-box|singbox|karing|hiddify/i, 'sing-box'],
  [/meta|verge/i, 'mihomo'],
  [/^clash/i, 'clash'],
];

/** As asked for, else the page for browsers, else what the app is known to read best. */
export function chooseFormat({ userAgent = '', accept = '', format }: FormatRequest): Format | UnknownFormat {
  if (format) return formatNamed(format.trim().toLowerCase());
  if (/text\/html/i.test(accept)) return 'html';
  return BY_USER_AGENT.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'links';
}

function formatNamed(name: string): Format | UnknownFormat {
  const known = FORMATS.find((format) => format === name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined);
  return known ?? { error: `There is no such format. Known are: ${FORMATS.join(', ')}.`, known: FORMATS };
}
