/** An app that can be told by a link of its own to add the subscription. */
export interface ImportLink {
  app: string;
  platforms: string;
  href: string;
}

/** Each app has its own spelling; where the source is not the app's own documentation, it is what other panels use. */
export function importLinks(url: string, title: string): ImportLink[] {
  const [encoded, name] = [encodeURIComponent(url), encodeURIComponent(title)];
  return [
    { app: 'v2rayNG', platforms: 'Android', href: `v2rayng://install-config?url=${encoded}#${name}` },
    { app: 'Hiddify', platforms: 'Android · iOS · PC', href: `hiddify://import/${url}#${name}` },
    { app: 'Happ', platforms: 'Android · iOS · PC', href: `happ://add/${url}` },
    { app: 'Clash · Mihomo', platforms: 'Android · PC', href: `clash://install-config?url=${encoded}&name=${name}` },
    {
      app: 'sing-box',
      platforms: 'Android · iOS · Mac',
      href: `sing-box://import-remote-profile?url=${encoded}#${name}`,
    },
    { app: 'Stash', platforms: 'iOS · Mac', href: `stash://install-config?url=${encoded}` },
    { app: 'Streisand', platforms: 'iOS · Mac', href: `streisand://import/${url}#${name}` },
    { app: 'Shadowrocket', platforms: 'iOS', href: `sub://${Buffer.from(url).toString('base64url')}#${name}` },
  ];
}
