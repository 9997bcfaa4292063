import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { toFailure } from '../../../graphql/errors';
import { useFailureText } from '../../../graphql/failure-notice';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Input } from '../../../ui/field';
import { type Draft, portOf, withPort } from '../draft';
import {
  isMasked,
  type JsonObject,
  REALITY,
  textAt,
  textsAt,
  TLS,
  templateOf,
  traitsOf,
  valueAt,
  withValue,
} from '../inbound';
import { type FormField, type Problem, sortProblems } from '../problems';
import { useBuilder } from '../proxy-api';
import { fieldsOf } from '../templates';
import { CertificateField } from './certificate-field';
import { ProblemList } from './problem-list';
import { ProxyField } from './proxy-field';

export type ChangeDraft = (change: (draft: Draft) => Draft) => void;

interface SettingsFieldsProps {
  draft: Draft;
  onChange: ChangeDraft;
  problems: readonly Problem[];
  /** Keys that are stored show as masks and can be kept. */
  editing?: boolean;
}

/** Only what matters for the draft's protocol, transport and security. */
export function SettingsFields({ draft, onChange, problems, editing }: SettingsFieldsProps) {
  const { t } = useTranslation();
  const { inbound, protocol } = draft;
  const traits = traitsOf(inbound, protocol);
  const fields = fieldsOf(traits);
  const [named, setNamed] = useState(draft.name !== '');
  const quiet = named ? problems : problems.filter(({ path }) => path !== 'name');
  const { byField, others } = sortProblems(quiet, ['name', 'port', 'targets', ...fields] as FormField[]);
  const { renew, renewing } = useRenewal(draft, onChange);
  const setInbound = (change: (inbound: JsonObject) => JsonObject) =>
    onChange((before) => ({ ...before, inbound: change(before.inbound), brokenText: undefined }));
  const borrowed = traits.security === 'reality';
  const path = `streamSettings.${traits.transport === 'xhttp' ? 'xhttpSettings' : 'wsSettings'}.path`;

  return (
    <div className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <ProxyField label={t('form.name')} hint={t('proxies.form.nameHint')} problems={byField.get('name')}>
          <Input
            name="name"
            value={draft.name}
            autoFocus={!editing}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('proxies.form.namePlaceholder')}
            onBlur={() => setNamed(true)}
            onChange={(event) => onChange((before) => ({ ...before, name: event.target.value }))}
          />
        </ProxyField>
        <ProxyField label={t('proxies.form.port')} hint={t('proxies.form.portHint')} problems={byField.get('port')}>
          <Input
            name="port"
            value={draft.port}
            inputMode="numeric"
            autoComplete="off"
            dir="ltr"
            className="num"
            onChange={(event) => onChange((before) => withPort(before, event.target.value))}
          />
        </ProxyField>
      </div>
      {fields.includes('serverName') && (
        <ProxyField
          label={t(borrowed ? 'proxies.form.borrowed' : 'proxies.form.serverName')}
          hint={t(borrowed ? 'proxies.form.borrowedHint' : 'proxies.form.serverNameHint')}
          problems={byField.get('serverName')}
        >
          <Input
            name="serverName"
            value={
              borrowed ? textsAt(inbound, `${REALITY}.serverNames`).join(', ') : textAt(inbound, `${TLS}.serverName`)
            }
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            className="font-mono"
            onChange={(event) =>
              setInbound((before) =>
                borrowed
                  ? withBorrowedSite(before, event.target.value)
                  : withValue(before, `${TLS}.serverName`, event.target.value.trim()),
              )
            }
          />
        </ProxyField>
      )}
      {fields.includes('path') && (
        <ProxyField label={t('proxies.form.path')} hint={t('proxies.form.pathHint')} problems={byField.get('path')}>
          <Input
            name="path"
            value={textAt(inbound, path)}
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            className="font-mono"
            onChange={(event) => setInbound((before) => withValue(before, path, event.target.value))}
          />
        </ProxyField>
      )}
      {fields.includes('keys') && (
        <SecretField
          label={t('proxies.form.privateKey')}
          hint={t(editing ? 'proxies.form.privateKeyKept' : 'proxies.form.privateKeyHint')}
          value={textAt(inbound, `${REALITY}.privateKey`)}
          button={t('proxies.form.newKeys')}
          busy={renewing === `${REALITY}.privateKey`}
          onRenew={() => void renew(`${REALITY}.privateKey`)}
          problems={byField.get('keys')}
        />
      )}
      {fields.includes('shortIds') && (
        <ProxyField
          label={t('proxies.form.shortIds')}
          hint={t('proxies.form.shortIdsHint')}
          problems={byField.get('shortIds')}
        >
          <ShortIds
            ids={textsAt(inbound, `${REALITY}.shortIds`)}
            busy={renewing === `${REALITY}.shortIds`}
            onChange={(ids) => setInbound((before) => withValue(before, `${REALITY}.shortIds`, ids))}
            onRenew={() => void renew(`${REALITY}.shortIds`)}
          />
        </ProxyField>
      )}
      {fields.includes('password') && (
        <SecretField
          label={t('proxies.form.password')}
          hint={t(editing ? 'proxies.form.privateKeyKept' : 'proxies.form.passwordHint')}
          value={textAt(inbound, 'settings.password')}
          button={t('proxies.form.newPassword')}
          busy={renewing === 'settings.password'}
          onRenew={() => void renew('settings.password')}
          problems={byField.get('password')}
        />
      )}
      {fields.includes('certificate') && (
        <CertificateField
          draft={draft}
          setInbound={setInbound}
          stored={editing ?? false}
          problems={byField.get('certificate')}
        />
      )}
      <ProblemList problems={others} />
    </div>
  );
}

/** The names that clients ask for, and with them the site behind them as long as it was the first of them. */
function withBorrowedSite(inbound: JsonObject, typed: string): JsonObject {
  const names = typed.split(/[\s,]+/).filter(Boolean);
  const [first] = textsAt(inbound, `${REALITY}.serverNames`);
  const target = textAt(inbound, `${REALITY}.target`);
  const follows = target === '' || first === undefined || target === `${first}:443`;
  const named = withValue(inbound, `${REALITY}.serverNames`, typed.endsWith(',') ? [...names, ''] : names);
  return follows && names[0] ? withValue(named, `${REALITY}.target`, `${names[0]}:443`) : named;
}

/** New keys are made by the panel, where its rules for them are. */
function useRenewal(draft: Draft, onChange: ChangeDraft) {
  const build = useBuilder();
  const failureText = useFailureText();
  const [renewing, setRenewing] = useState<string>();
  const { inbound, protocol, port } = draft;

  async function renew(path: string): Promise<void> {
    setRenewing(path);
    try {
      const made = await build({ template: templateOf(traitsOf(inbound, protocol)), port: portOf(port) ?? null });
      const value = valueAt(made.inbound, path);
      if (value !== undefined) {
        onChange((before) => ({ ...before, inbound: withValue(before.inbound, path, value), brokenText: undefined }));
      }
    } catch (error) {
      toast.error(failureText(toFailure(error)));
    } finally {
      setRenewing(undefined);
    }
  }

  return { renew, renewing };
}

interface SecretFieldProps {
  label: string;
  hint: string;
  value: string;
  button: string;
  busy: boolean;
  onRenew: () => void;
  problems: readonly Problem[] | undefined;
}

function SecretField({ label, hint, value, button, busy, onRenew, problems }: SecretFieldProps) {
  return (
    <ProxyField label={label} hint={hint} problems={problems}>
      <WithButton label={button} busy={busy} onClick={onRenew}>
        <Input
          value={value}
          readOnly
          dir="ltr"
          className={isMasked(value) ? 'font-mono text-accent' : 'font-mono'}
          autoComplete="off"
        />
      </WithButton>
    </ProxyField>
  );
}

interface ShortIdsProps {
  ids: readonly string[];
  busy: boolean;
  onChange: (ids: string[]) => void;
  onRenew: () => void;
}

function ShortIds({ ids, busy, onChange, onRenew }: ShortIdsProps) {
  const { t } = useTranslation();
  return (
    <WithButton label={t('proxies.form.newShortIds')} busy={busy} onClick={onRenew}>
      <Input
        name="shortIds"
        value={ids.join(', ')}
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        className="font-mono"
        onChange={(event) => onChange(event.target.value.split(/\s*,\s*/))}
      />
    </WithButton>
  );
}

interface WithButtonProps {
  label: string;
  busy: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

const WithButton = ({ label, busy, onClick, children }: WithButtonProps) => (
  <div className="flex flex-wrap gap-2 sm:flex-nowrap">
    {children}
    <Button size="md" busy={busy} onClick={onClick}>
      {!busy && <RefreshCw className="size-3.5 text-fg3" aria-hidden />}
      {label}
    </Button>
  </div>
);
