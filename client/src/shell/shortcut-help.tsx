import { useTranslation } from '../i18n';
import { useRegistry } from '../plugin';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { paletteKey } from './platform';

export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { navItems } = useRegistry();
  const general: [string[], string][] = [
    [[paletteKey], t('keys.palette')],
    ...navItems.flatMap((item): [string[], string][] => (item.goKey ? [[['g', item.goKey], item.label()]] : [])),
    [['/'], t('keys.filter')],
    [['?'], t('keys.help')],
    [['Esc'], t('keys.escape')],
  ];
  const list: [string[], string][] = [
    [['j', 'k'], t('keys.move')],
    [['Enter'], t('keys.open')],
    [['x'], t('keys.select')],
  ];
  return (
    <Dialog open={open} onOpenChange={onClose} title={t('shell.shortcuts')} closeLabel={t('common.close')}>
      <KeyTable title={t('keys.general')} rows={general} />
      <KeyTable title={t('keys.list')} rows={list} />
    </Dialog>
  );
}

function KeyTable({ title, rows }: { title: string; rows: [string[], string][] }) {
  return (
    <section className="mt-3 first:mt-0">
      <h3 className="mb-1 text-2xs font-medium text-fg3">{title}</h3>
      <dl className="divide-y divide-line rounded-lg border border-line">
        {rows.map(([keys, label]) => (
          <div key={label} className="flex h-9 items-center gap-3 px-3">
            <dt className="text-fg2">{label}</dt>
            <dd className="ms-auto flex gap-1" dir="ltr">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
