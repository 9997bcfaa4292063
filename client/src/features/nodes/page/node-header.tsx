import { ChevronDown, ChevronRight, Play, RotateCw, Square } from 'lucide-react';
import { Link } from 'react-router';
import type { NodeStateFragment } from '../../../graphql/gen/graphql';
import { useCanWrite } from '../../../graphql/session';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Chip } from '../../../ui/chip';
import { CopyButton } from '../../../ui/copy-button';
import { useNow } from '../../../ui/use-now';
import { useNodeActions } from '../actions/node-actions';
import { ManageMenu } from '../actions/node-menu';
import type { XrayCommand } from '../commands/command-dialog';
import { StatusLabel } from '../../../fleet/node-status';

export function HeaderTitle({ node }: { node: NodeStateFragment }) {
  const { t } = useTranslation();
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link to="/nodes" className="font-normal text-fg3 hover:text-fg hover:underline">
        {t('nodes.title')}
      </Link>
      <ChevronRight className="size-3.5 text-fg3 rtl:-scale-x-100" aria-hidden />
      <bdi>{node.name}</bdi>
      <StatusLabel status={node.status} className="ms-1 text-sm font-medium tracking-normal" />
    </span>
  );
}

/** The state since when, and how the node is reached. */
export function HeaderFacts({ node }: { node: NodeStateFragment }) {
  const { t } = useTranslation();
  const { relative, dateTime } = useFormat();
  const now = useNow(10_000);
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="flex items-center gap-0.5">
        <bdi dir="ltr" className="font-mono text-fg2">
          {node.address}
        </bdi>
        <CopyButton
          iconOnly
          variant="ghost"
          className="size-6 pointer-coarse:size-7"
          text={node.address}
          label={t('node.copyAddress')}
          copiedLabel={t('common.copied')}
        />
      </span>
      {node.health !== 'UNKNOWN' && (
        <span>
          {t(`health.${node.health}`)},{' '}
          <time dateTime={node.healthSince} title={dateTime(node.healthSince)}>
            {relative(node.healthSince, now)}
          </time>
        </span>
      )}
      {node.xray.version && <span>{t('nodes.xrayVersion', { version: node.xray.version })}</span>}
      {node.agent.version && <span>{t('nodes.agentVersion', { version: node.agent.version })}</span>}
      {node.tags.map(({ key, value }) => (
        <Chip key={key}>
          <bdi dir="ltr">
            {key}={value}
          </bdi>
        </Chip>
      ))}
    </div>
  );
}

const COMMANDS = [
  { kind: 'START_XRAY', icon: Play, when: 'stopped' },
  { kind: 'RESTART_XRAY', icon: RotateCw, when: 'always' },
  { kind: 'STOP_XRAY', icon: Square, when: 'running' },
] as const satisfies { kind: XrayCommand; icon: unknown; when: string }[];

export function HeaderActions({ node, connections }: { node: NodeStateFragment; connections: number }) {
  const { t } = useTranslation();
  const { runCommand } = useNodeActions();
  if (!useCanWrite()) return null;
  const running = node.xray.state === 'RUNNING';
  const target = { id: node.id, name: node.name, connections };
  return (
    <div className="flex flex-wrap gap-2">
      {COMMANDS.filter(({ when }) => when === 'always' || (when === 'running') === running).map(
        ({ kind, icon: Icon }) => (
          <Button key={kind} onClick={() => runCommand(kind, [target])}>
            <Icon className="size-3.5 text-fg3" aria-hidden />
            {t(`commands.${kind}`)}
          </Button>
        ),
      )}
      <ManageMenu
        node={node}
        trigger={
          <Button>
            {t('node.actions')}
            <ChevronDown className="size-3 text-fg3" aria-hidden />
          </Button>
        }
      />
    </div>
  );
}
