import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { toast } from 'sonner';
import { useClient, useMutation } from 'urql';
import { toFailure } from '../../../graphql/errors';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import type { ProxyTemplate } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { Segmented } from '../../../ui/segmented';
import { Skeleton } from '../../../ui/skeleton';
import { type Draft, EVERYWHERE, portOf, toCreateInput, withPort } from '../draft';
import { hasMask, templateOf, textAt, TLS, traitsOf, withFreshSecrets } from '../inbound';
import { fieldOf, type Problem } from '../problems';
import { CreateProxy, ProxyFields, toDraft, useBuilder } from '../proxy-api';
import { JsonTab } from '../form/json-tab';
import { ProblemList } from '../form/problem-list';
import { ProxyField } from '../form/proxy-field';
import { Review } from '../form/review';
import { SettingsFields } from '../form/settings-fields';
import { type Step, StepList, STEPS } from '../form/step-list';
import { TargetPicker } from '../form/target-picker';
import { TemplateCards } from '../form/template-cards';
import { errorsIn, useValidation } from '../form/use-validation';
import { TEMPLATES } from '../templates';
import { Crumbs } from './crumbs';
import { Input } from '../../../ui/field';

const ProxyToCopy = graphql(`
  query ProxyToCopy($id: ID!) {
    proxy(id: $id) {
      ...ProxyFields
    }
  }
`);

const DEFAULT_TEMPLATE: ProxyTemplate = 'VLESS_REALITY_VISION';

export default function NewProxyPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const creation = useCreation();
  const { draft, setDraft, template, choose, building, error } = creation;
  const [mode, setMode] = useState<'guided' | 'json'>('guided');
  const [step, setStep] = useState<Step>(template ? 'settings' : 'template');
  const [{ fetching, error: refusal }, createProxy] = useMutation(CreateProxy);
  const [refused, setRefused] = useState<{ draft: Draft; problems: Problem[] }>();
  const checked = useValidation(draft);
  const said = refused && refused.draft === draft ? refused.problems : [];
  const problems = [...said, ...checked.problems.filter(({ path }) => !said.some((other) => other.path === path))];
  const errors = errorsIn(problems);

  useEffect(() => {
    // A copy, or a template in the address, has something to show in the second step.
    if (creation.fromAddress) setStep('settings');
  }, [creation.fromAddress]);

  const pick = (chosen: ProxyTemplate) => {
    void choose(chosen);
    setStep('settings');
  };
  const openJson = () => {
    if (!draft) void choose(DEFAULT_TEMPLATE);
    setMode('json');
  };

  async function create() {
    if (!draft) return;
    const result = await createProxy({ input: toCreateInput(draft) });
    if (!result.data) {
      const { fields } = toFailure(result.error);
      setRefused({ draft, problems: fields.map((field) => ({ ...field, severity: 'error' })) });
      const first = fields[0] && fieldOf(fields[0].path);
      if (mode === 'guided') setStep(first === 'targets' ? 'targets' : 'settings');
      return;
    }
    const { proxy, affectedNodes } = result.data.createProxy;
    const { id, name } = readFragment(ProxyFields, proxy);
    toast.success(t('proxies.created', { name }), { description: t('proxies.reaches', { count: affectedNodes }) });
    void navigate(`/proxies/${id}`, { replace: true });
  }

  const at = STEPS.indexOf(step);
  const next = STEPS[at + 1];
  const before = STEPS[at - 1];
  // Whether a port is free depends on the targets, which come next.
  const comesNext = ({ path }: Problem) =>
    fieldOf(path) === 'targets' || (path === 'port' && portOf(draft?.port ?? '') !== undefined);
  const blocked = step === 'settings' && !errors.every(comesNext);
  return (
    <Page
      title={t('proxies.add')}
      heading={<Crumbs>{t('proxies.add')}</Crumbs>}
      subtitle={t('proxies.addSubtitle')}
      actions={
        <Segmented
          label={t('proxies.mode.label')}
          value={mode}
          onChange={(value) => (value === 'json' ? openJson() : setMode('guided'))}
          options={[
            { value: 'guided', label: t('proxies.mode.guided') },
            { value: 'json', label: t('proxies.mode.json') },
          ]}
        />
      }
    >
      <div className="w-full max-w-5xl px-4 pb-10 md:px-6">
        {error !== undefined && <FailureNotice error={error} className="mb-4" />}
        {refusal && <FailureNotice error={refusal} className="mb-4" />}
        {mode === 'guided' && <StepList current={step} reachable={draft !== undefined} onGo={setStep} />}
        <div className="mt-4">
          {mode === 'json' ? (
            <JsonForm draft={draft} setDraft={setDraft} problems={problems} />
          ) : step === 'template' ? (
            <TemplateCards chosen={template} onChoose={pick} />
          ) : !draft || building ? (
            <Skeleton className="h-80 w-full rounded-lg" />
          ) : (
            <section
              aria-label={t(`proxies.steps.${step}`)}
              className="rounded-lg border border-line bg-panel p-4 shadow-lift md:p-5"
            >
              {step === 'settings' && (
                <SettingsFields
                  key={template}
                  draft={draft}
                  problems={problems}
                  onChange={(change) => setDraft((current) => current && change(current))}
                />
              )}
              {step === 'targets' && (
                <TargetPicker
                  targets={draft.targets}
                  onChange={(targets) => setDraft((current) => current && { ...current, targets })}
                  problems={problems.filter(({ path }) => fieldOf(path) === 'targets' || path === 'port')}
                />
              )}
              {step === 'review' && (
                <>
                  <Review draft={draft} onEdit={setStep} />
                  <ProblemList problems={problems} className="mt-4" />
                </>
              )}
            </section>
          )}
        </div>
        <div className="mt-4 flex flex-wrap items-center justify-end gap-2">
          <span className="me-auto text-xs text-fg3" role="status">
            {draft && (step !== 'template' || mode === 'json') && (
              <CheckSummary checking={checked.checking} errors={errors.length} named={draft.name !== ''} />
            )}
          </span>
          <Button size="md" asChild>
            <Link to="/proxies">{t('common.cancel')}</Link>
          </Button>
          {mode === 'guided' && before && (
            <Button size="md" onClick={() => setStep(before)}>
              <ArrowLeft className="size-3.5 rtl:-scale-x-100" aria-hidden />
              {t('common.back')}
            </Button>
          )}
          {mode === 'guided' && step === 'template' && !draft ? null : mode === 'guided' && next ? (
            <Button size="md" variant="primary" disabled={blocked || checked.checking} onClick={() => setStep(next)}>
              {t('proxies.next')}
              <ArrowRight className="size-3.5 rtl:-scale-x-100" aria-hidden />
            </Button>
          ) : (
            <Button
              size="md"
              variant="primary"
              busy={fetching}
              disabled={!draft || errors.length > 0 || checked.checking}
              onClick={() => void create()}
            >
              {t('proxies.create')}
            </Button>
          )}
        </div>
      </div>
    </Page>
  );
}

function CheckSummary({ checking, errors, named }: { checking: boolean; errors: number; named: boolean }) {
  const { t } = useTranslation();
  if (checking) return t('proxies.checking');
  if (errors > 0) return named ? t('proxies.errorCount', { count: errors }) : t('proxies.nameFirst');
  return <span className="text-ok">{t('proxies.allGood')}</span>;
}

interface JsonFormProps {
  draft: Draft | undefined;
  setDraft: React.Dispatch<React.SetStateAction<Draft | undefined>>;
  problems: readonly Problem[];
}

/** The same proxy as text, with what stands beside the inbound. */
function JsonForm({ draft, setDraft, problems }: JsonFormProps) {
  const { t } = useTranslation();
  if (!draft) return <Skeleton className="h-96 w-full rounded-lg" />;
  const change = (part: (draft: Draft) => Draft) => setDraft((current) => current && part(current));
  const of = (field: string) => problems.filter(({ path }) => fieldOf(path) === field);
  const named = draft.name !== '';
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <JsonTab
        draft={draft}
        onChange={change}
        problems={named ? problems : problems.filter(({ path }) => path !== 'name')}
      />
      <div className="min-w-0 space-y-4 max-lg:order-first">
        <ProxyField label={t('form.name')} problems={named ? of('name') : []}>
          <Input
            name="name"
            value={draft.name}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('proxies.form.namePlaceholder')}
            onChange={(event) => change((before) => ({ ...before, name: event.target.value }))}
          />
        </ProxyField>
        <ProxyField label={t('proxies.form.port')} problems={of('port')}>
          <Input
            name="port"
            value={draft.port}
            inputMode="numeric"
            dir="ltr"
            className="num"
            onChange={(event) => change((before) => withPort(before, event.target.value))}
          />
        </ProxyField>
        <div>
          <h3 className="mb-1.5 text-xs font-medium text-fg2">{t('proxies.columns.targets')}</h3>
          <div className="[&_.sm\:grid-cols-2]:grid-cols-1!">
            <TargetPicker
              targets={draft.targets}
              onChange={(targets) => change((before) => ({ ...before, targets }))}
              problems={of('targets')}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

/** The draft, from a template or from another proxy. */
function useCreation() {
  const { t } = useTranslation();
  const client = useClient();
  const build = useBuilder();
  const [query] = useSearchParams();
  const asked = TEMPLATES.find(({ template }) => template === query.get('template'))?.template;
  const from = query.get('from');
  const [draft, setDraft] = useState<Draft>();
  const [template, setTemplate] = useState(asked);
  const [building, setBuilding] = useState(false);
  const [error, setError] = useState<unknown>();
  const newest = useRef(0);

  async function begin(make: () => Promise<Draft>) {
    const turn = (newest.current += 1);
    setBuilding(true);
    setError(undefined);
    try {
      const made = await make();
      if (turn === newest.current) setDraft(made);
    } catch (failure) {
      if (turn === newest.current) setError(failure);
    } finally {
      if (turn === newest.current) setBuilding(false);
    }
  }

  const choose = (chosen: ProxyTemplate) => {
    setTemplate(chosen);
    return begin(async () => {
      const { protocol, port, inbound } = await build({ template: chosen });
      const kept = { name: draft?.name ?? '', enabled: true, targets: draft?.targets ?? EVERYWHERE };
      return { ...kept, protocol, port: String(port), inbound };
    });
  };

  const copy = (id: string) =>
    begin(async () => {
      const { data, error: refusal } = await client.query(ProxyToCopy, { id }).toPromise();
      const stored = readFragment(ProxyFields, data?.proxy);
      if (!stored) throw refusal ?? new Error(t('proxies.gone'));
      const original = toDraft(stored);
      const nearest = templateOf(traitsOf(original.inbound, original.protocol));
      setTemplate(nearest);
      const name = t('proxies.copyName', { name: original.name }).slice(0, 64);
      if (!hasMask(original.inbound)) return { ...original, name };
      // A new certificate is for the same name.
      const serverName = textAt(original.inbound, `${TLS}.serverName`) || null;
      const made = await build({ template: nearest, serverName });
      return { ...original, name, inbound: withFreshSecrets(original.inbound, made.inbound) };
    });

  useEffect(() => {
    if (from) void copy(from);
    else if (asked) void choose(asked);
    // oxlint-disable-next-line react/exhaustive-deps -- only the address decides what to begin with
  }, [from, asked]);

  return { draft, setDraft, template, choose, building, error, fromAddress: Boolean(from ?? asked) };
}
