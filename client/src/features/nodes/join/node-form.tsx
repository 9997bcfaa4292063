import { ChevronRight } from 'lucide-react';
import { type SubmitEvent, useMemo, useState } from 'react';
import { type Failure, fieldError } from '../../../graphql/errors';
import { useFormat, useLanguage, useTranslation } from '../../../i18n';
import { Checkbox } from '../../../ui/checkbox';
import { Field, Input, Select, TextArea } from '../../../ui/field';
import { GroupPicker } from '../../../fleet/group-picker';
import { countries } from './countries';
import { findProblems, type FormValues, type Problems } from './form-values';
import { TagInput } from './tag-input';

interface NodeFormProps {
  /** The submit button stands elsewhere and names this id. */
  id: string;
  initial: FormValues;
  editing?: boolean;
  failure: Failure | undefined;
  onSubmit: (values: FormValues) => void;
  onTouched?: () => void;
}

export function NodeForm({ id, initial, editing, failure, onSubmit, onTouched }: NodeFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});

  const set = (part: Partial<FormValues>) => {
    setValues((before) => ({ ...before, ...part }));
    onTouched?.();
  };
  /** The form's own complaint first, else the panel's, for this field or the part of it that the panel names. */
  const errorOf = (field: keyof FormValues, ...serverFields: string[]) => {
    const problem = problems[field];
    if (problem) return t(`form.${problem}`);
    return [field, ...serverFields].map((name) => fieldError(failure, name)).find(Boolean);
  };
  const text = (
    field: 'name' | 'address' | 'agentPort' | 'city' | 'latitude' | 'longitude' | 'weight' | 'capacity',
  ) => ({
    name: field,
    value: values[field],
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
    autoComplete: 'off',
    spellCheck: false,
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = findProblems(values);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first) event.currentTarget.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    else onSubmit(values);
  }

  return (
    <form id={id} onSubmit={submit} noValidate className="space-y-4">
      <Field label={t('form.name')} error={errorOf('name')}>
        <Input {...text('name')} placeholder={t('form.namePlaceholder')} dir="ltr" autoFocus={!editing} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_8.5rem]">
        <Field label={t('form.address')} hint={t('form.addressHint')} error={errorOf('address')}>
          <Input {...text('address')} placeholder="203.0.113.10" dir="ltr" className="font-mono" />
        </Field>
        <Field label={t('form.port')} hint={t('form.portHint')} error={errorOf('agentPort')}>
          <Input {...text('agentPort')} inputMode="numeric" dir="ltr" className="num" />
        </Field>
      </div>
      <Field label={t('form.tags')} optional={t('common.optional')} hint={t('form.tagsHint')} error={errorOf('tags')}>
        <TagInput tags={values.tags} draft={values.tagDraft} onChange={(tags, tagDraft) => set({ tags, tagDraft })} />
      </Field>
      <GroupPicker
        value={values.groupIds}
        onChange={(groupIds) => set({ groupIds })}
        hint={t('form.groupsHint')}
        error={errorOf('groupIds')}
      />
      <fieldset>
        <legend className="mb-1.5 text-xs font-medium text-fg2">
          {t('form.location')} <span className="text-2xs font-normal text-fg3">{t('common.optional')}</span>
        </legend>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1.2fr_1.4fr_1fr_1fr]">
          <Field label={t('form.city')} error={errorOf('city', 'location.city')}>
            <Input {...text('city')} />
          </Field>
          <Field label={t('form.country')} error={errorOf('countryCode', 'location.countryCode')}>
            <CountrySelect value={values.countryCode} onChange={(countryCode) => set({ countryCode })} />
          </Field>
          <Field label={t('form.latitude')} error={errorOf('latitude', 'location.latitude')}>
            <Input {...text('latitude')} inputMode="decimal" dir="ltr" placeholder="50.11" />
          </Field>
          <Field label={t('form.longitude')} error={errorOf('longitude', 'location.longitude')}>
            <Input {...text('longitude')} inputMode="decimal" dir="ltr" placeholder="8.68" />
          </Field>
        </div>
      </fieldset>
      <details className="group rounded-lg border border-line" open={editing}>
        <summary className="flex h-9 cursor-default items-center gap-1.5 rounded-lg px-3 text-xs font-medium text-fg2 select-none hover:bg-hover">
          <ChevronRight className="size-3.5 transition-transform group-open:rotate-90 rtl:-scale-x-100" aria-hidden />
          {t('form.advanced')}
        </summary>
        <div className="grid gap-4 p-3 pt-2 sm:grid-cols-2">
          <Field label={t('form.weight')} hint={t('form.weightHint')} error={errorOf('weight')}>
            <Input {...text('weight')} inputMode="numeric" dir="ltr" />
          </Field>
          <Field label={t('form.capacity')} hint={t('form.capacityHint')} error={errorOf('capacity')}>
            <Input {...text('capacity')} inputMode="numeric" dir="ltr" />
          </Field>
          {editing && (
            <Field label={t('form.mode')} error={errorOf('mode')}>
              <Select value={values.mode} onChange={(event) => set({ mode: event.target.value as FormValues['mode'] })}>
                {(['ACTIVE', 'DRAINING', 'DISABLED'] as const).map((mode) => (
                  <option key={mode} value={mode}>
                    {t(`mode.${mode}`)}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field
            label={t('form.allowlist')}
            hint={t('form.allowlistHint')}
            error={errorOf('ipAllowlist')}
            className="sm:col-span-2"
          >
            <TextArea
              name="ipAllowlist"
              rows={2}
              dir="ltr"
              className="font-mono"
              spellCheck={false}
              placeholder="198.51.100.0/24"
              value={values.ipAllowlist}
              onChange={(event) => set({ ipAllowlist: event.target.value })}
            />
          </Field>
          {!editing && (
            <div className="flex items-start gap-2.5 sm:col-span-2">
              <Checkbox
                id={`${id}-probe`}
                aria-describedby={`${id}-probe-hint`}
                checked={values.validateConnection}
                onCheckedChange={(checked) => set({ validateConnection: checked === true })}
                className="mt-0.5"
              />
              <div>
                <label htmlFor={`${id}-probe`} className="block text-xs font-medium text-fg2">
                  {t('form.probe')}
                </label>
                <p id={`${id}-probe-hint`} className="text-2xs text-fg3">
                  {t('form.probeHint')}
                </p>
              </div>
            </div>
          )}
        </div>
      </details>
    </form>
  );
}

function CountrySelect({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { t } = useTranslation();
  const { country } = useFormat();
  const language = useLanguage();
  const choices = useMemo(() => countries(country, language), [country, language]);
  return (
    <Select name="countryCode" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('form.noCountry')}</option>
      {choices.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}
