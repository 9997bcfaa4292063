import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { LazyCodeEditor } from '../../../ui/code';
import { useEditorPhrases } from '../../../ui/code/use-editor-phrases';
import { type Draft, textOf } from '../draft';
import { REALITY, textAt, textsAt, TLS, traitsOf } from '../inbound';
import { useServing } from '../serving';
import { TargetsText } from '../targets-text';
import { TraitBadges } from '../trait-badges';
import type { Step } from './step-list';

/** All that will be stored, before it is. */
export function Review({ draft, onEdit }: { draft: Draft; onEdit: (step: Step) => void }) {
  const { t } = useTranslation();
  const phrases = useEditorPhrases();
  const serving = useServing(draft.targets);
  const { inbound } = draft;
  const { security, transport } = traitsOf(inbound, draft.protocol);
  const serverName =
    security === 'reality'
      ? textsAt(inbound, `${REALITY}.serverNames`).join(', ')
      : textAt(inbound, `${TLS}.serverName`);
  const path = textAt(inbound, `streamSettings.${transport === 'xhttp' ? 'xhttpSettings' : 'wsSettings'}.path`);
  return (
    <div className="space-y-4">
      <dl className="divide-y divide-line rounded-lg border border-line">
        <Line label={t('form.name')} onEdit={() => onEdit('settings')}>
          <bdi className="font-medium">{draft.name}</bdi>
        </Line>
        <Line label={t('proxies.columns.kind')} onEdit={() => onEdit('template')}>
          <TraitBadges inbound={inbound} protocol={draft.protocol} className="flex-wrap" />
        </Line>
        <Line label={t('proxies.form.port')} onEdit={() => onEdit('settings')}>
          <Code>{draft.port}</Code>
        </Line>
        {serverName && (
          <Line
            label={t(security === 'reality' ? 'proxies.form.borrowed' : 'proxies.form.serverName')}
            onEdit={() => onEdit('settings')}
          >
            <Code>{serverName}</Code>
          </Line>
        )}
        {path && (
          <Line label={t('proxies.form.path')} onEdit={() => onEdit('settings')}>
            <Code>{path}</Code>
          </Line>
        )}
        <Line label={t('proxies.columns.targets')} onEdit={() => onEdit('targets')}>
          <TargetsText targets={draft.targets} />
          {serving && (
            <span className="num block text-2xs text-fg3">{t('proxies.form.serves', { count: serving.size })}</span>
          )}
        </Line>
      </dl>
      <details className="group rounded-lg border border-line">
        <summary className="flex h-9 cursor-default items-center rounded-lg px-3 text-xs font-medium text-fg2 select-none hover:bg-hover">
          {t('proxies.form.showJson')}
        </summary>
        <LazyCodeEditor label={t('proxies.json.label')} value={textOf(draft)} phrases={phrases} className="max-h-96" />
      </details>
    </div>
  );
}

interface LineProps {
  label: string;
  onEdit: () => void;
  children: ReactNode;
}

function Line({ label, onEdit, children }: LineProps) {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3 px-3 py-2">
      <dt className="w-20 shrink-0 text-xs text-fg3 sm:w-40">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-3 text-sm wrap-anywhere">
        <div className="min-w-0 flex-1">{children}</div>
        <Button variant="ghost" onClick={onEdit} aria-label={`${t('common.edit')}: ${label}`}>
          <Pencil className="size-3.5 sm:hidden" aria-hidden />
          <span className="max-sm:hidden">{t('common.edit')}</span>
        </Button>
      </dd>
    </div>
  );
}

const Code = ({ children }: { children: string }) => (
  <bdi dir="ltr" className="font-mono text-xs">
    {children}
  </bdi>
);
