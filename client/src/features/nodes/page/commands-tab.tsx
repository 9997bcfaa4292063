import { SquareTerminal } from 'lucide-react';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import type { CommandFieldsFragment } from '../../../graphql/gen/graphql';
import { useLiveQuery } from '../../../graphql/hooks';
import { useFormat, useTranslation } from '../../../i18n';
import { Placeholder } from '../../../ui/placeholder';
import { Skeleton } from '../../../ui/skeleton';
import { useNow } from '../../../ui/use-now';
import { CommandState } from '../commands/command-state';
import { CommandFields, useCommandChanges } from '../commands/use-command-run';
import { HistoryTable } from './history-table';

const CommandHistory = graphql(`
  query CommandHistory($id: ID!) {
    node(id: $id) {
      id
      commands(first: 50) {
        nodes {
          ...CommandFields
        }
      }
    }
  }
`);

export default function CommandsTab({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const [{ data, error }, retry] = useLiveQuery({
    query: CommandHistory,
    variables: { id: nodeId },
    requestPolicy: 'cache-and-network',
  });
  useCommandChanges();
  if (error && !data) {
    return (
      <FailureNotice error={error} title={t('errors.load')} onRetry={() => retry({ requestPolicy: 'network-only' })} />
    );
  }
  const nodes = data?.node?.commands.nodes;
  if (!nodes) return <Skeleton className="h-72 w-full rounded-lg" />;
  const commands = readFragment(CommandFields, nodes);
  if (commands.length === 0) return <Placeholder icon={<SquareTerminal />} title={t('history.empty')} />;
  return (
    <HistoryTable
      label={t('history.title')}
      heads={[
        t('history.command'),
        t('history.state'),
        t('history.by'),
        t('history.at'),
        t('history.took'),
        t('history.output'),
      ]}
    >
      {commands.map((command) => (
        <CommandRow key={command.id} command={command} />
      ))}
    </HistoryTable>
  );
}

function CommandRow({ command }: { command: CommandFieldsFragment }) {
  const { t } = useTranslation();
  const { relative, dateTime, duration } = useFormat();
  const now = useNow(5_000);
  const { issuedAt, finishedAt } = command;
  const took = finishedAt ? Math.max(1_000, Date.parse(finishedAt) - Date.parse(issuedAt)) : undefined;
  return (
    <tr>
      <td className="font-medium whitespace-nowrap">{t(`commands.${command.kind}`)}</td>
      <td>
        <CommandState state={command.state} />
      </td>
      <td className="text-fg2">
        <bdi>{command.issuedBy}</bdi>
      </td>
      <td className="num whitespace-nowrap text-fg2">
        <time dateTime={issuedAt} title={dateTime(issuedAt)}>
          {relative(issuedAt, now)}
        </time>
      </td>
      <td className="num whitespace-nowrap text-fg2">{took === undefined ? '–' : duration(took)}</td>
      <td className="max-w-96">
        {command.error && <bdi className="block text-xs wrap-anywhere text-bad">{command.error}</bdi>}
        {command.output && (
          <pre dir="ltr" className="thin-scroll max-h-32 overflow-auto font-mono text-2xs whitespace-pre-wrap text-fg3">
            {command.output}
          </pre>
        )}
      </td>
    </tr>
  );
}
