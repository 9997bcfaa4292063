import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { toFailure } from '../../../graphql/errors';
import { FailureNotice } from '../../../graphql/failure-notice';
import type { UpdateProxyInput } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { LazyCodeDiff } from '../../../ui/code';
import { useEditorPhrases } from '../../../ui/code/use-editor-phrases';
import { Dialog } from '../../../ui/dialog';
import { type Draft, textOf } from '../draft';
import type { Problem } from '../problems';
import { UpdateProxy } from '../proxy-api';
import { useServing } from '../serving';
import { TargetsText } from '../targets-text';

interface SaveBarProps {
  input: UpdateProxyInput;
  stored: Draft;
  draft: Draft;
  errors: number;
  checking: boolean;
  onDiscard: () => void;
  onSaved: () => void;
  onRefused: (problems: Problem[]) => void;
}

/** There while something is changed: first the differences are shown, then they are stored. */
export function SaveBar(props: SaveBarProps) {
  const { errors, checking, onDiscard } = props;
  const { t } = useTranslation();
  const [reviewing, setReviewing] = useState(false);
  return (
    <div className="pointer-events-none sticky bottom-4 z-30 mt-auto flex justify-center px-3">
      <div
        role="toolbar"
        aria-label={t('proxies.unsaved')}
        className="pointer-events-auto flex max-w-full animate-enter flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-raised p-1.5 ps-3 text-sm shadow-float"
      >
        <span role="status" className="me-2">
          {checking ? (
            <span className="text-fg3">{t('proxies.checking')}</span>
          ) : errors > 0 ? (
            <span className="text-bad">{t('proxies.errorCount', { count: errors })}</span>
          ) : (
            t('proxies.unsaved')
          )}
        </span>
        <Button variant="ghost" onClick={onDiscard}>
          {t('proxies.discard')}
        </Button>
        <Button variant="primary" disabled={errors > 0 || checking} onClick={() => setReviewing(true)}>
          {t('proxies.reviewChanges')}
        </Button>
      </div>
      {reviewing && <ReviewDialog {...props} onClose={() => setReviewing(false)} />}
    </div>
  );
}

function ReviewDialog({ input, stored, draft, onSaved, onRefused, onClose }: SaveBarProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const phrases = useEditorPhrases();
  const [{ fetching, error }, update] = useMutation(UpdateProxy);
  const before = useServing(stored.targets);
  const after = useServing(draft.targets);
  const reached = before && after && new Set([...before, ...after]).size;
  const retargeted = input.targetNodeIds !== undefined;

  async function save() {
    const result = await update({ input });
    if (!result.data) {
      const { fields } = toFailure(result.error);
      if (fields.length === 0) return;
      onRefused(fields.map((field) => ({ ...field, severity: 'error' })));
      onClose();
      toast.error(t('proxies.notChanged', { name: stored.name }));
      return;
    }
    toast.success(t('proxies.saved', { name: draft.name }), {
      description: t('proxies.reaches', { count: result.data.updateProxy.affectedNodes }),
    });
    onClose();
    onSaved();
  }

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={t('proxies.reviewTitle', { name: stored.name })}
      description={reached !== undefined && t('proxies.willReach', { count: reached })}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button size="md" onClick={onClose}>
            {t('common.back')}
          </Button>
          <Button size="md" variant="primary" busy={fetching} onClick={() => void save()}>
            {fetching ? t('common.saving') : t('common.save')}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {error && <FailureNotice error={error} />}
        {(input.name !== undefined || input.port !== undefined) && (
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
            {input.name !== undefined && <Change label={t('form.name')} from={stored.name} to={draft.name} />}
            {input.port !== undefined && <Change label={t('proxies.form.port')} from={stored.port} to={draft.port} />}
          </dl>
        )}
        {retargeted && (
          <div className="grid gap-2 text-sm sm:grid-cols-2">
            <Side label={t('proxies.before')}>
              <TargetsText targets={stored.targets} />
            </Side>
            <Side label={t('proxies.after')}>
              <TargetsText targets={draft.targets} />
            </Side>
          </div>
        )}
        {input.inbound !== undefined && (
          <div className="overflow-hidden rounded-lg border border-line">
            <LazyCodeDiff
              label={t('proxies.diff')}
              before={textOf(stored)}
              after={textOf(draft)}
              phrases={phrases}
              className="max-h-[52dvh]"
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}

const Change = ({ label, from, to }: { label: string; from: string; to: string }) => (
  <>
    <dt className="text-fg3">{label}</dt>
    <dd className="min-w-0 wrap-anywhere">
      <bdi className="text-bad line-through">{from}</bdi> <span aria-hidden>→</span>{' '}
      <bdi className="font-medium text-ok">{to}</bdi>
    </dd>
  </>
);

const Side = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="rounded-lg border border-line p-2.5">
    <p className="mb-1 text-2xs text-fg3">{label}</p>
    {children}
  </div>
);
