import { useTranslation } from '../../i18n';
import { cn } from '../../ui/cn';
import { type Traits, traitsOf } from './inbound';

const PROTOCOL_NAMES: Record<string, string> = {
  vless: 'VLESS',
  vmess: 'VMess',
  trojan: 'Trojan',
  shadowsocks: 'Shadowsocks',
};

export const protocolName = (protocol: string) => PROTOCOL_NAMES[protocol.toLowerCase()] ?? protocol;

/** How the proxy is carried and protected: names that are the same in every language. */
export function traitNames({ transport, security, vision, method }: Omit<Traits, 'protocol'>): string[] {
  const names: string[] = [];
  if (security === 'reality') names.push('REALITY');
  if (security === 'tls') names.push('TLS');
  if (transport === 'ws') names.push('WebSocket');
  if (transport === 'xhttp') names.push('XHTTP');
  if (transport === 'raw' && !vision) names.push('TCP');
  if (vision) names.push('Vision');
  if (method) names.push(method.replace('2022-blake3-', '2022 ').replace('-gcm', '').toUpperCase());
  return names;
}

interface TraitBadgesProps {
  inbound: unknown;
  protocol: string;
  className?: string;
}

export function TraitBadges({ inbound, protocol, className }: TraitBadgesProps) {
  const { t } = useTranslation();
  const traits = traitsOf(inbound, protocol);
  return (
    <span dir="ltr" className={cn('inline-flex max-w-full min-w-0 items-center gap-1 overflow-hidden', className)}>
      <Badge className="border-transparent bg-accent-soft text-accent">{protocolName(protocol)}</Badge>
      {traitNames(traits).map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
      {traits.security === 'none' && (
        <Badge className="border-warn/30 bg-warn-soft text-warn">
          <bdi>{t('proxies.plain')}</bdi>
        </Badge>
      )}
    </span>
  );
}

export const Badge = ({ className, children }: { className?: string; children: React.ReactNode }) => (
  <span
    className={cn(
      'shrink-0 rounded border border-line-strong px-1.5 text-2xs leading-4.5 font-medium whitespace-nowrap text-fg2',
      className,
    )}
  >
    {children}
  </span>
);
