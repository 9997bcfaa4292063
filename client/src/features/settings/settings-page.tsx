import { type SubmitEvent, useId, useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { type Failure, fieldError, toFailure } from '../../graphql/errors';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import type { SettingsPageQuery, UpdateSettingsInput } from '../../graphql/gen/graphql';
import { useLiveQuery } from '../../graphql/hooks';
import { useCanWrite } from '../../graphql/session';
import { useTranslation } from '../../i18n';
import { toNumber } from '../../i18n/to-number';
import { Page } from '../../plugin';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { Notice } from '../../ui/notice';
import { Skeleton } from '../../ui/skeleton';
import { Switch } from '../../ui/switch';

const SettingsPageDocument = graphql(`
  query SettingsPage {
    settings {
      metricsIntervalSeconds
      trafficIntervalSeconds
      metricsRetentionDays
      subscriptionTitle
      subscriptionUpdateHours
      allowPrivateTargets
    }
    panel {
      version
      agentUrl
    }
  }
`);

const UpdateSettings = graphql(`
  mutation UpdateSettings($input: UpdateSettingsInput!) {
    updateSettings(input: $input) {
      settings {
        metricsIntervalSeconds
        trafficIntervalSeconds
        metricsRetentionDays
        subscriptionTitle
        subscriptionUpdateHours
        allowPrivateTargets
      }
    }
  }
`);

export default function SettingsPage() {
  const { t } = useTranslation();
  const [{ data, error }, retry] = useLiveQuery({ query: SettingsPageDocument, requestPolicy: 'cache-and-network' });
  return (
    <Page title={t('settings.title')} subtitle={t('settings.subtitle')}>
      <div className="w-full max-w-2xl space-y-4 px-4 pb-8 md:px-6">
        {error && !data && (
          <FailureNotice
            error={error}
            title={t('errors.load')}
            onRetry={() => retry({ requestPolicy: 'network-only' })}
          />
        )}
        {!error && !data && <Skeleton className="h-80 w-full rounded-lg" />}
        {data && <SettingsForm settings={data.settings} />}
        {data && <About panel={data.panel} />}
      </div>
    </Page>
  );
}

type Settings = SettingsPageQuery['settings'];
type NumberName =
  'metricsIntervalSeconds' | 'trafficIntervalSeconds' | 'metricsRetentionDays' | 'subscriptionUpdateHours';
type FieldName = NumberName | 'subscriptionTitle';
type Values = Record<FieldName, string> & { allowPrivateTargets: boolean };

const FIELDS = {
  metricsIntervalSeconds: {
    label: 'settings.metricsInterval',
    hint: 'settings.metricsIntervalHint',
    unit: 'settings.seconds',
  },
  trafficIntervalSeconds: {
    label: 'settings.trafficInterval',
    hint: 'settings.trafficIntervalHint',
    unit: 'settings.seconds',
  },
  metricsRetentionDays: { label: 'settings.retention', hint: 'settings.retentionHint', unit: 'settings.days' },
  subscriptionTitle: { label: 'settings.subscriptionTitle', hint: 'settings.subscriptionTitleHint', unit: undefined },
  subscriptionUpdateHours: {
    label: 'settings.updateHours',
    hint: 'settings.updateHoursHint',
    unit: 'settings.hours',
  },
} as const;

const GROUPS = [
  { title: 'settings.reporting', fields: ['metricsIntervalSeconds', 'trafficIntervalSeconds'] },
  { title: 'settings.storage', fields: ['metricsRetentionDays'] },
  { title: 'settings.subscription', fields: ['subscriptionTitle', 'subscriptionUpdateHours'] },
] as const;

const toValues = (settings: Settings): Values => ({
  metricsIntervalSeconds: String(settings.metricsIntervalSeconds),
  trafficIntervalSeconds: String(settings.trafficIntervalSeconds),
  metricsRetentionDays: String(settings.metricsRetentionDays),
  subscriptionTitle: settings.subscriptionTitle,
  subscriptionUpdateHours: String(settings.subscriptionUpdateHours),
  allowPrivateTargets: settings.allowPrivateTargets,
});

/** What the panel would not understand at all; what it may refuse is for the panel to say. */
function isWrong(name: keyof Values, values: Values): boolean {
  if (name === 'allowPrivateTargets') return false;
  if (name === 'subscriptionTitle') return values[name].trim() === '' || values[name].trim().length > 64;
  return toWhole(values[name]) === undefined;
}

function toInput(name: keyof Values, values: Values): UpdateSettingsInput {
  if (name === 'allowPrivateTargets') return { allowPrivateTargets: values.allowPrivateTargets };
  if (name === 'subscriptionTitle') return { subscriptionTitle: values.subscriptionTitle.trim() };
  return { [name]: toWhole(values[name]) };
}

function toWhole(text: string): number | undefined {
  const value = toNumber(text);
  return value !== undefined && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const stored = toValues(settings);
  const [edited, setEdited] = useState<Partial<Values>>({});
  const [wrong, setWrong] = useState<readonly (keyof Values)[]>([]);
  const [{ fetching, error }, update] = useMutation(UpdateSettings);
  const failure: Failure | undefined = error && toFailure(error);
  const values = { ...stored, ...edited };
  const changed = (Object.keys(stored) as (keyof Values)[]).filter((name) => values[name] !== stored[name]);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const invalid = changed.filter((name) => isWrong(name, values));
    setWrong(invalid);
    if (invalid.length > 0) return;
    const input: UpdateSettingsInput = Object.assign({}, ...changed.map((name) => toInput(name, values)));
    const result = await update({ input });
    if (!result.data) return;
    setEdited({});
    toast.success(t('settings.saved'));
  }

  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      className="rounded-lg border border-line bg-panel shadow-lift"
    >
      {!canWrite && (
        <Notice tone="off" className="m-4 mb-0">
          {t('settings.readOnly')}
        </Notice>
      )}
      {error && <FailureNotice error={error} className="m-4 mb-0" />}
      {GROUPS.map(({ title, fields }) => (
        <fieldset key={title} disabled={!canWrite} className="border-b border-line p-4">
          <legend className="float-start mb-3 w-full text-sm font-semibold">{t(title)}</legend>
          <div className="clear-both grid gap-4 sm:grid-cols-2">
            {fields.map((name) => (
              <Field
                key={name}
                label={t(FIELDS[name].label)}
                hint={t(FIELDS[name].hint)}
                error={
                  wrong.includes(name)
                    ? t(name === 'subscriptionTitle' ? 'settings.titleInvalid' : 'settings.wholeNumber')
                    : fieldError(failure, name)
                }
              >
                <TextWithUnit
                  name={name}
                  value={values[name]}
                  unit={FIELDS[name].unit && t(FIELDS[name].unit)}
                  onChange={(value) => setEdited({ ...edited, [name]: value })}
                />
              </Field>
            ))}
          </div>
        </fieldset>
      ))}
      <PrivateTargets
        value={values.allowPrivateTargets}
        changed={values.allowPrivateTargets !== stored.allowPrivateTargets}
        disabled={!canWrite}
        onChange={(allowPrivateTargets) => setEdited({ ...edited, allowPrivateTargets })}
      />
      <div className="flex justify-end gap-2 px-4 py-3">
        {changed.length > 0 && (
          <Button size="md" onClick={() => setEdited({})}>
            {t('common.cancel')}
          </Button>
        )}
        <Button type="submit" size="md" variant="primary" busy={fetching} disabled={!canWrite || changed.length === 0}>
          {fetching ? t('common.saving') : t('common.save')}
        </Button>
      </div>
    </form>
  );
}

interface PrivateTargetsProps {
  value: boolean;
  changed: boolean;
  disabled: boolean;
  onChange: (value: boolean) => void;
}

/** Says what the change costs before it is saved. */
function PrivateTargets({ value, changed, disabled, onChange }: PrivateTargetsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset disabled={disabled} className="border-b border-line p-4">
      <legend className="float-start mb-3 w-full text-sm font-semibold">{t('settings.security')}</legend>
      <div className="clear-both flex items-start gap-3">
        <Switch
          id={id}
          name="allowPrivateTargets"
          checked={value}
          onCheckedChange={onChange}
          disabled={disabled}
          aria-describedby={`${id}-hint`}
          className="mt-0.5"
        />
        <div className="min-w-0">
          <label htmlFor={id} className="block text-sm">
            {t('settings.privateTargets')}
          </label>
          <p id={`${id}-hint`} className="mt-0.5 text-2xs leading-4 text-fg3">
            {t('settings.privateTargetsHint')}
          </p>
        </div>
      </div>
      {changed && (
        <Notice tone="warn" role="status" className="mt-3">
          {t('settings.privateTargetsWarning')}
        </Notice>
      )}
    </fieldset>
  );
}

interface TextWithUnitProps {
  name: string;
  value: string;
  /** Absent for what is no number. */
  unit: string | undefined;
  onChange: (value: string) => void;
}

function TextWithUnit({ name, value, unit, onChange }: TextWithUnitProps) {
  const input = {
    name,
    value,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (unit === undefined) return <Input {...input} maxLength={64} dir="auto" />;
  return (
    <div className="flex items-center gap-2">
      <Input {...input} inputMode="numeric" dir="ltr" className="num w-28" />
      <span className="text-xs text-fg3">{unit}</span>
    </div>
  );
}

function About({ panel }: { panel: SettingsPageQuery['panel'] }) {
  const { t } = useTranslation();
  return (
    <section className="rounded-lg border border-line bg-panel p-4 shadow-lift" aria-label={t('settings.about')}>
      <h2 className="mb-2 text-sm font-semibold">{t('settings.about')}</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
        <dt className="text-fg3">{t('settings.version')}</dt>
        <dd>
          <bdi dir="ltr">{panel.version}</bdi>
        </dd>
        <dt className="text-fg3">{t('settings.agentUrl')}</dt>
        <dd className="wrap-anywhere">
          <bdi dir="ltr" className="font-mono text-xs">
            {panel.agentUrl}
          </bdi>
        </dd>
      </dl>
    </section>
  );
}
