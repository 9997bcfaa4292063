import { LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { useCanWrite } from '../../../graphql/session';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Notice } from '../../../ui/notice';
import { Popover } from '../../../ui/popover';
import { Segmented } from '../../../ui/segmented';
import { ToneIcon } from '../../../ui/tone-icon';
import { GroupPicker } from '../../../fleet/group-picker';
import { type GroupOption, useGroupOptions } from '../../../fleet/use-group-options';
import { createSeveral, type CreatedUser, type Finding, findingsOf } from '../form/create-users';
import { FileProblemNotice } from './file-problem';
import { type ImportRow, toImportRows, withFindings } from './import-rows';
import { PreviewTable } from './preview-table';
import { type ImportFile, MOST_ROWS } from './read-file';

/** The panel takes 4 MiB in one request. */
const MOST_REQUEST_CHARACTERS = 4_000_000;
/** So many findings the panel names at once. */
const MOST_FINDINGS = 1_000;

interface PreviewProps {
  file: ImportFile;
  onCreated: (users: readonly CreatedUser[]) => void;
}

export function Preview({ file, onCreated }: PreviewProps) {
  const { t } = useTranslation();
  const { options, error } = useGroupOptions();
  const [otherwise, setOtherwise] = useState<readonly string[]>();
  if (error !== undefined) return <FailureNotice error={error} title={t('errors.load')} className="mx-4 md:mx-6" />;
  if (!options) return null;
  // The only group there is needs no choosing.
  const fallback = otherwise ?? (options.length === 1 ? [options[0]!.id] : []);
  return <Checked file={file} groups={options} otherwise={fallback} onOtherwise={setOtherwise} onCreated={onCreated} />;
}

interface CheckedProps extends PreviewProps {
  groups: readonly GroupOption[];
  otherwise: readonly string[];
  onOtherwise: (groupIds: string[]) => void;
}

function Checked({ file, groups, otherwise, onOtherwise, onCreated }: CheckedProps) {
  const { t } = useTranslation();
  const client = useClient();
  const canWrite = useCanWrite();
  const [show, setShow] = useState<'all' | 'problems'>('all');
  const [creating, setCreating] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();

  const [now] = useState(Date.now);
  const own = useMemo(
    () =>
      toImportRows(file.records, {
        groups: new Map(groups.map(({ id, name }) => [name, id])),
        otherwise,
        now,
      }),
    [file, groups, otherwise, now],
  );
  const { findings, checking, error } = useFindings(own);
  const rows = useMemo(() => withFindings(own, findings), [own, findings]);
  const good = useMemo(() => rows.filter(({ problems }) => problems.length === 0), [rows]);
  const bad = rows.length - good.length;
  const shown = useMemo(
    () => (show === 'all' ? rows : rows.filter(({ problems }) => problems.length > 0)),
    [rows, show],
  );
  const tooLarge = useMemo(
    () => JSON.stringify(good.map(({ input }) => input)).length > MOST_REQUEST_CHARACTERS,
    [good],
  );
  const withoutGroup = file.records.filter((record) => record.groups.length === 0).length;
  const blocked = checking || tooLarge || file.problem !== undefined || error !== undefined;

  async function create(chosen: readonly ImportRow[]) {
    setCreating(true);
    setRefusal(undefined);
    try {
      onCreated(
        await createSeveral(
          client,
          chosen.map(({ input }) => input),
        ),
      );
    } catch (failure) {
      setRefusal(failure);
      setCreating(false);
    }
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="space-y-2 px-4 pb-3 md:px-6">
        {file.problem && <FileProblemNotice problem={file.problem} />}
        {tooLarge && (
          <Notice tone="bad" role="alert">
            {t('import.requestTooLarge')}
          </Notice>
        )}
        {file.ignored.length > 0 && (
          <Notice tone="waiting">
            {t('import.ignored')} <bdi>{file.ignored.slice(0, 10).join(', ')}</bdi>
          </Notice>
        )}
        {error !== undefined && <FailureNotice error={error} title={t('import.notChecked')} />}
        {refusal !== undefined && <FailureNotice error={refusal} title={t('import.refused')} />}
        <div className="flex flex-wrap items-center gap-2">
          <Counts total={rows.length} good={good.length} bad={bad} atLeast={findings.length >= MOST_FINDINGS} />
          <Segmented
            label={t('import.show')}
            value={show}
            onChange={setShow}
            options={[
              { value: 'all', label: t('status.all') },
              { value: 'problems', label: t('import.onlyProblems') },
            ]}
          />
          {withoutGroup > 0 && (
            <OtherwiseGroups count={withoutGroup} groups={groups} value={otherwise} onChange={onOtherwise} />
          )}
          <div className="ms-auto flex flex-wrap items-center justify-end gap-2">
            {checking && (
              <span role="status" className="flex items-center gap-1.5 text-xs text-fg3">
                <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
                {t('import.checking')}
              </span>
            )}
            {canWrite && bad > 0 && good.length > 0 && (
              <Button busy={creating} disabled={blocked} onClick={() => void create(good)}>
                {t('import.createGood', { count: good.length })}
              </Button>
            )}
            {canWrite && (
              <Button
                variant="primary"
                busy={creating}
                disabled={blocked || bad > 0 || rows.length > MOST_ROWS}
                onClick={() => void create(rows)}
              >
                {t('import.create', { count: rows.length })}
              </Button>
            )}
          </div>
        </div>
      </div>
      <div className="mx-4 mb-4 flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:mx-6 md:overflow-hidden">
        {shown.length > 0 ? (
          <PreviewTable rows={shown} groups={groups} />
        ) : (
          <p className="flex items-center justify-center gap-2 px-4 py-12 text-sm text-fg3">
            <ToneIcon tone="ok" />
            {t('import.noProblems')}
          </p>
        )}
      </div>
    </div>
  );
}

/** What the panel finds, asked anew for each change of what would be created. */
function useFindings(rows: readonly ImportRow[]) {
  const client = useClient();
  const [answer, setAnswer] = useState<{ of: readonly ImportRow[]; findings: readonly Finding[]; error?: unknown }>();
  useEffect(() => {
    let wanted = true;
    findingsOf(
      client,
      rows.map(({ input }) => input),
    ).then(
      (findings) => wanted && setAnswer({ of: rows, findings }),
      (error: unknown) => wanted && setAnswer({ of: rows, findings: [], error }),
    );
    return () => {
      wanted = false;
    };
  }, [client, rows]);
  const current = answer?.of === rows ? answer : undefined;
  return { findings: current?.findings ?? NO_FINDINGS, checking: !current, error: current?.error };
}

const NO_FINDINGS: readonly Finding[] = [];

interface CountsProps {
  total: number;
  good: number;
  bad: number;
  atLeast: boolean;
}

function Counts({ total, good, bad, atLeast }: CountsProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <p role="status" className="num me-2 flex flex-wrap items-center gap-x-3 text-sm">
      <span className="font-medium">{t('import.rows', { count: total })}</span>
      <Count tone={<ToneIcon tone="ok" />} good={good}>
        {t('import.good', { count: good })}
      </Count>
      {bad > 0 && (
        <Count tone={<ToneIcon tone="bad" />} bad={bad}>
          {t('import.bad', { count: bad })}
          {atLeast && ` (${number(MOST_FINDINGS)}+)`}
        </Count>
      )}
    </p>
  );
}

const Count = ({
  tone,
  good,
  bad,
  children,
}: {
  tone: ReactNode;
  good?: number;
  bad?: number;
  children: ReactNode;
}) => (
  <span className="flex items-center gap-1.5 text-fg2" data-good={good} data-bad={bad}>
    {tone}
    {children}
  </span>
);

interface OtherwiseGroupsProps {
  count: number;
  groups: readonly GroupOption[];
  value: readonly string[];
  onChange: (groupIds: string[]) => void;
}

function OtherwiseGroups({ count, groups, value, onChange }: OtherwiseGroupsProps) {
  const { t } = useTranslation();
  const names = value.map((id) => groups.find((group) => group.id === id)?.name ?? id);
  return (
    <Popover
      label={t('import.otherwise', { count })}
      trigger={
        <Button>
          {t('import.otherwise', { count })}: <bdi>{names.length > 0 ? names.join(', ') : '–'}</bdi>
        </Button>
      }
    >
      <GroupPicker value={value} onChange={onChange} options={groups} hint={t('import.otherwiseHint')} />
    </Popover>
  );
}
