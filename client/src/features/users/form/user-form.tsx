import { type SubmitEvent, useState } from 'react';
import type { Failure } from '../../../graphql/errors';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Field, Input, Select, TextArea } from '../../../ui/field';
import { Segmented } from '../../../ui/segmented';
import { GroupPicker } from '../../../fleet/group-picker';
import type { GroupOption } from '../../../fleet/use-group-options';
import { SIZE_UNITS, type SizeUnit } from './data-size';
import {
  EXPIRY_CHOICES,
  findProblems,
  seriesOf,
  userFieldError,
  type UserFormValues,
  type UserProblems,
} from './form-values';

interface UserFormProps {
  /** The submit button stands elsewhere and names this id. */
  id: string;
  kind: 'one' | 'several' | 'edit';
  initial: UserFormValues;
  groups: readonly GroupOption[] | undefined;
  failure: Failure | undefined;
  onSubmit: (values: UserFormValues) => void;
  onTouched?: () => void;
}

const LIMIT_PRESETS = ['10', '50', '100', '500'];

export function UserForm({ id, kind, initial, groups, failure, onSubmit, onTouched }: UserFormProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<UserProblems>({});
  // The only group there is needs no choosing.
  const chosen = values.groupIds.length === 0 && kind !== 'edit' && groups?.length === 1 ? [groups[0]!.id] : undefined;
  const current = chosen ? { ...values, groupIds: chosen } : values;

  const set = (part: Partial<UserFormValues>) => {
    setValues((before) => ({ ...before, ...part }));
    onTouched?.();
  };
  const names = kind === 'several' ? seriesNames(current) : [];
  const errorOf = (field: keyof UserFormValues, serverField: string = field) => {
    const problem = problems[field];
    return problem ? t(`userForm.problem.${problem}`) : userFieldError(failure, serverField, names);
  };
  const text = (field: 'username' | 'prefix' | 'count' | 'from' | 'limit') => ({
    name: field,
    value: values[field],
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
    autoComplete: 'off',
    spellCheck: false,
  });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = findProblems(current, kind);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first) event.currentTarget.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    else onSubmit(current);
  }

  return (
    <form id={id} onSubmit={submit} noValidate className="space-y-4">
      {kind === 'one' && (
        <Field label={t('userForm.username')} hint={t('userForm.usernameHint')} error={errorOf('username')}>
          <Input {...text('username')} dir="ltr" autoFocus className="rtl:text-right" />
        </Field>
      )}
      {kind === 'several' && (
        <div>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_7rem_7rem]">
            <Field label={t('userForm.prefix')} error={errorOf('prefix', 'username')} className="max-sm:col-span-2">
              <Input {...text('prefix')} dir="ltr" autoFocus />
            </Field>
            <Field label={t('userForm.howMany')} error={errorOf('count', 'input')}>
              <Input {...text('count')} inputMode="numeric" dir="ltr" className="num" />
            </Field>
            <Field label={t('userForm.from')} error={errorOf('from')}>
              <Input {...text('from')} inputMode="numeric" dir="ltr" className="num" />
            </Field>
          </div>
          {names.length > 0 && (
            <p className="mt-1.5 text-2xs text-fg3" role="status">
              <bdi dir="ltr" className="font-mono">
                {names.length > 1 ? `${names[0]} … ${names.at(-1)}` : names[0]}
              </bdi>
            </p>
          )}
        </div>
      )}
      <GroupPicker
        value={current.groupIds}
        onChange={(groupIds) => set({ groupIds })}
        options={groups}
        hint={t('userForm.groupsHint')}
        error={errorOf('groupIds')}
      />
      <Field
        label={t('userForm.limit')}
        optional={t('common.optional')}
        hint={t('userForm.limitHint')}
        error={errorOf('limit', 'dataLimit')}
      >
        <div dir="ltr" className="flex flex-wrap items-center gap-2 rtl:justify-end">
          <Input {...text('limit')} inputMode="decimal" className="num w-24" placeholder="∞" />
          <Unit value={values.limitUnit} onChange={(limitUnit) => set({ limitUnit })} />
          <span className="flex flex-wrap gap-1">
            {LIMIT_PRESETS.map((limit) => (
              <Button
                key={limit}
                className="px-2 text-2xs font-normal"
                onClick={() => set({ limit, limitUnit: 'GiB' })}
              >
                {number(Number(limit))} GiB
              </Button>
            ))}
          </span>
        </div>
      </Field>
      <div>
        <span className="mb-1 block text-xs font-medium text-fg2" aria-hidden>
          {t('userForm.expires')}
        </span>
        <div className="flex flex-wrap items-start gap-2">
          <Segmented
            label={t('userForm.expires')}
            value={values.expiry}
            onChange={(expiry) => set({ expiry })}
            className="h-8 pointer-coarse:h-10"
            options={EXPIRY_CHOICES.map((value) => ({
              value,
              label:
                value === 'never' || value === 'date'
                  ? t(`userForm.${value}`)
                  : t('userForm.days', { count: Number(value) }),
            }))}
          />
          {values.expiry === 'date' && (
            <Field
              label={<span className="sr-only">{t('userForm.until')}</span>}
              error={errorOf('date', 'expiresAt')}
              className="-mt-1"
            >
              <Input
                type="date"
                name="date"
                value={values.date}
                onChange={(event) => set({ date: event.target.value })}
                dir="ltr"
                className="w-40"
              />
            </Field>
          )}
        </div>
        {values.expiry === 'date' && <p className="mt-1 text-2xs text-fg3">{t('userForm.until')}</p>}
      </div>
      <Field label={t('userForm.note')} optional={t('common.optional')} error={errorOf('note')}>
        <TextArea
          name="note"
          rows={2}
          dir="auto"
          maxLength={500}
          value={values.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </Field>
    </form>
  );
}

/** Only when the numbers make sense, so that nobody waits for a million names. */
function seriesNames(values: UserFormValues): string[] {
  const { prefix, count, from } = findProblems(values, 'several');
  return (prefix ?? count ?? from) ? [] : seriesOf(values);
}

/** Labelled apart from the number, which has the label of the field. */
function Unit({ value, onChange }: { value: SizeUnit; onChange: (unit: SizeUnit) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      id={undefined}
      aria-label={t('userForm.unit')}
      value={value}
      onChange={(event) => onChange(event.target.value as SizeUnit)}
      className="w-20 shrink-0"
    >
      {SIZE_UNITS.map((unit) => (
        <option key={unit} value={unit}>
          {unit}
        </option>
      ))}
    </Select>
  );
}
