import { Boxes, Globe, TriangleAlert } from 'lucide-react';
import { useFormat, useTranslation } from '../../i18n';
import { cn } from '../../ui/cn';
import type { Targets } from './draft';

const SHOWN = 3;

/** Where a proxy is served, in a line. */
export function TargetsText({ targets, className }: { targets: Targets; className?: string }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  if (targets.everywhere) {
    return (
      <span className={cn('flex min-w-0 items-center gap-1.5 text-fg2', className)}>
        <Globe className="size-3.5 shrink-0 text-fg3" aria-hidden />
        {t('proxies.everywhere')}
      </span>
    );
  }
  const names = [...targets.groups, ...targets.nodes];
  if (names.length === 0) {
    return (
      <span className={cn('flex min-w-0 items-center gap-1.5 text-warn', className)} title={t('proxies.nowhereHint')}>
        <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate">{t('proxies.nowhere')}</span>
      </span>
    );
  }
  return (
    <span
      className={cn('flex min-w-0 items-center gap-1.5 text-fg2', className)}
      title={names.map(({ name }) => name).join('\n')}
    >
      <Boxes className="size-3.5 shrink-0 text-fg3" aria-hidden />
      <span className="truncate">
        {names.slice(0, SHOWN).map(({ id, name }, index) => (
          <span key={id}>
            {index > 0 && t('proxies.comma')}
            <bdi>{name}</bdi>
          </span>
        ))}
      </span>
      {names.length > SHOWN && (
        <span dir="ltr" className="num shrink-0 text-2xs text-fg3">
          +{number(names.length - SHOWN)}
        </span>
      )}
    </span>
  );
}
