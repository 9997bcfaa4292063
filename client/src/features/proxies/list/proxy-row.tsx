import { Link } from 'react-router';
import { useTranslation } from '../../../i18n';
import type { Placed } from '../../../list/virtual-table';
import { cn } from '../../../ui/cn';
import { Switch } from '../../../ui/switch';
import { type ProxyRow as Row, toDraft, useProxyUpdate } from '../proxy-api';
import { ProxyMenu } from '../proxy-menu';
import { TargetsText } from '../targets-text';
import { TraitBadges } from '../trait-badges';

export const CARD_HEIGHT = 112;
const GRID =
  'grid items-center grid-cols-[minmax(130px,1.2fr)_minmax(190px,1.3fr)_76px_minmax(130px,1.2fr)_88px_40px] lg:grid-cols-[minmax(160px,1.3fr)_minmax(230px,1.2fr)_88px_minmax(180px,1.5fr)_96px_40px]';

interface ProxyRowProps {
  place: Placed<Row>;
  canWrite: boolean;
  onDeleted: () => void;
}

export function ProxyRow({ place, canWrite, onDeleted }: ProxyRowProps) {
  const { row, index, top, height, phone, current } = place;
  const { targets } = toDraft(row);
  const nowhere = !targets.everywhere && targets.groups.length + targets.nodes.length === 0;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-proxy={row.id}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cn(
        'group absolute inset-x-0 top-0 border-b border-line text-sm hover:bg-hover',
        !phone && GRID,
        phone && 'grid grid-cols-[minmax(0,1fr)_auto_40px] content-center items-center gap-y-1.5 px-3',
        current && 'bg-hover outline-1 -outline-offset-1 outline-accent',
        nowhere && 'before:absolute before:inset-y-0 before:start-0 before:w-0.5 before:bg-warn',
      )}
    >
      <Cell className={cn(phone ? 'px-0' : 'ps-4')}>
        <Link
          to={`/proxies/${row.id}`}
          className={cn('block truncate font-medium hover:underline', !row.enabled && 'text-fg3')}
        >
          <bdi>{row.name}</bdi>
        </Link>
      </Cell>
      {phone ? (
        <>
          <Cell>
            <EnabledSwitch proxy={row} canWrite={canWrite} />
          </Cell>
          <Cell className="px-0">{canWrite && <ProxyMenu proxy={row} onDeleted={onDeleted} />}</Cell>
          <Cell className="col-span-3 flex items-center justify-between gap-2 px-0">
            <TraitBadges inbound={row.inbound} protocol={row.protocol} />
            <Port port={row.port} />
          </Cell>
          <Cell className="col-span-3 px-0 text-xs">
            <TargetsText targets={targets} />
          </Cell>
        </>
      ) : (
        <>
          <Cell>
            <TraitBadges inbound={row.inbound} protocol={row.protocol} />
          </Cell>
          <Cell>
            <Port port={row.port} />
          </Cell>
          <Cell className="text-xs">
            <TargetsText targets={targets} />
          </Cell>
          <Cell>
            <EnabledSwitch proxy={row} canWrite={canWrite} />
          </Cell>
          <Cell className="grid place-items-center px-0">
            {canWrite && (
              <ProxyMenu
                proxy={row}
                onDeleted={onDeleted}
                className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
              />
            )}
          </Cell>
        </>
      )}
    </div>
  );
}

const Cell = ({ className, children }: { className?: string; children: React.ReactNode }) => (
  <div role="cell" className={cn('min-w-0 px-2', className)}>
    {children}
  </div>
);

const Port = ({ port }: { port: number }) => (
  <bdi dir="ltr" className="num font-mono text-xs text-fg2">
    {port}
  </bdi>
);

export function EnabledSwitch({ proxy, canWrite }: { proxy: Row; canWrite: boolean }) {
  const { t } = useTranslation();
  const { setEnabled, changing } = useProxyUpdate();
  return (
    <span className="flex items-center gap-2">
      <Switch
        checked={proxy.enabled}
        disabled={!canWrite || changing}
        aria-label={t('proxies.enabledFor', { name: proxy.name })}
        onCheckedChange={(enabled) => void setEnabled(proxy, enabled)}
      />
      <span className="text-2xs text-fg3" aria-hidden>
        {t(proxy.enabled ? 'proxies.on' : 'proxies.off')}
      </span>
    </span>
  );
}

export function ProxyTableHeader() {
  const { t } = useTranslation();
  const heads = ['name', 'kind', 'port', 'targets', 'enabled'] as const;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cn(GRID, 'h-8 border-b border-line bg-panel text-2xs font-medium text-fg3')}
    >
      {heads.map((head, index) => (
        <div key={head} role="columnheader" className={cn('truncate px-2', index === 0 && 'ps-4')}>
          {t(`proxies.columns.${head}`)}
        </div>
      ))}
      <div role="columnheader">
        <span className="sr-only">{t('node.actions')}</span>
      </div>
    </div>
  );
}
