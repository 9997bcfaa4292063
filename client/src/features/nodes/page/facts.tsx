import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql, readFragment } from '../../../graphql/gen';
import type { NodeStateFragment } from '../../../graphql/gen/graphql';
import { useFormat, useTranslation } from '../../../i18n';
import { Amount } from '../../../ui/amount';
import { Skeleton } from '../../../ui/skeleton';
import { ToneIcon } from '../../../ui/tone-icon';
import { useNow } from '../../../ui/use-now';
import { JoinSteps } from '../join/join-steps';
import { isJoined } from '../join/onboarding';
import { NodeState } from '../node-events';

const NodeFacts = graphql(`
  query NodeFacts($id: ID!) {
    node(id: $id) {
      createdAt
      groups {
        id
        name
      }
      ...NodeState
    }
  }
`);

export function Facts({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: NodeFacts, variables: { id: nodeId }, requestPolicy: 'cache-and-network' });
  const node = readFragment(NodeState, data?.node);
  if (!node || !data?.node) return <Skeleton className="h-96 rounded-lg" />;
  return (
    <aside aria-label={t('overview.facts')} className="min-w-0 space-y-3">
      {!isJoined(node.onboarding) && (
        <div>
          <h3 className="mb-1.5 text-xs font-medium text-fg2">{t('overview.onboarding')}</h3>
          <JoinSteps onboarding={node.onboarding} />
        </div>
      )}
      <FactList node={node} groups={data.node.groups} createdAt={data.node.createdAt} />
    </aside>
  );
}

interface FactListProps {
  node: NodeStateFragment;
  groups: readonly { id: string; name: string }[];
  createdAt: string;
}

function FactList({ node, groups, createdAt }: FactListProps) {
  const { t } = useTranslation();
  const { number, milliseconds, date } = useFormat();
  const { agent, xray, token } = node;
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-panel px-3.5 shadow-lift">
      <Fact label={t('overview.agent')}>
        <AgentFact agent={agent} />
      </Fact>
      {agent.hostname && (
        <Fact label={t('overview.hostname')}>
          <bdi dir="ltr">{agent.hostname}</bdi>
        </Fact>
      )}
      {agent.remoteAddress && (
        <Fact label={t('overview.remoteAddress')}>
          <bdi dir="ltr" className="font-mono text-xs">
            {agent.remoteAddress}
          </bdi>
        </Fact>
      )}
      <Fact label={t('overview.xray')}>
        <span className="inline-flex items-center gap-1.5">
          <ToneIcon tone={xray.state === 'RUNNING' ? 'ok' : xray.state === 'CRASHED' ? 'bad' : 'off'} />
          {t(`xray.${xray.state}`)}
        </span>
        {xray.startedAt && <Ago at={xray.startedAt} wrap={(time) => t('time.since', { time })} />}
      </Fact>
      <Fact label={t('overview.latency')}>
        {typeof node.latencyMs === 'number' ? <Amount {...milliseconds(node.latencyMs)} /> : '–'}
      </Fact>
      <Fact label={t('groups.title')}>
        {groups.length === 0 && '–'}
        {groups.map(({ id, name }) => (
          <Link key={id} to={`/groups/${id}`} className="block truncate leading-6 hover:underline">
            <bdi>{name}</bdi>
          </Link>
        ))}
      </Fact>
      <Fact label={t('overview.location')}>
        <Place location={node.location} />
      </Fact>
      <Fact label={t('overview.mode')}>{t(`mode.${node.mode}`)}</Fact>
      <Fact label={t('overview.weight')}>{number(node.weight)}</Fact>
      <Fact label={t('overview.capacity')}>
        {node.capacity == null ? t('common.unlimited') : number(node.capacity)}
      </Fact>
      <Fact label={t('overview.port')}>
        <bdi dir="ltr" className="num">
          {node.agentPort}
        </bdi>
      </Fact>
      <Fact label={t('overview.allowlist')}>
        {node.ipAllowlist.length === 0
          ? t('overview.anywhere')
          : node.ipAllowlist.map((block) => (
              <bdi key={block} dir="ltr" className="block font-mono text-xs">
                {block}
              </bdi>
            ))}
      </Fact>
      <Fact label={t('overview.token')}>
        <TokenFact token={token} />
      </Fact>
      <Fact label={t('overview.created')}>{date(createdAt)}</Fact>
    </dl>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2 py-2 text-sm">
    <dt className="text-xs leading-5 text-fg3">{label}</dt>
    <dd className="min-w-0 text-end leading-5 wrap-anywhere xl:text-start">{children}</dd>
  </div>
);

function Ago({ at, wrap = (time) => time }: { at: string; wrap?: (time: string) => string }) {
  const { relative, dateTime } = useFormat();
  return (
    <time dateTime={at} title={dateTime(at)} className="block text-2xs leading-4 text-fg3">
      {wrap(relative(at, useNow(10_000)))}
    </time>
  );
}

function AgentFact({ agent }: { agent: NodeStateFragment['agent'] }) {
  const { t } = useTranslation();
  if (agent.connected && agent.connectedAt) {
    return (
      <>
        <span className="inline-flex items-center gap-1.5">
          <ToneIcon tone="ok" />
          <bdi>{agent.version}</bdi>
        </span>
        <Ago at={agent.connectedAt} wrap={(time) => t('overview.agentConnected', { time })} />
      </>
    );
  }
  if (!agent.lastSeenAt) return <>{t('overview.agentNever')}</>;
  return (
    <>
      <span className="inline-flex items-center gap-1.5">
        <ToneIcon tone="bad" />
        <bdi>{agent.version ?? '–'}</bdi>
      </span>
      <Ago at={agent.lastSeenAt} wrap={(time) => t('overview.agentSeen', { time })} />
    </>
  );
}

function TokenFact({ token }: { token: NodeStateFragment['token'] }) {
  const { t } = useTranslation();
  const { relative } = useFormat();
  const now = useNow(10_000);
  if (token.revokedAt)
    return <span className="text-bad">{t('overview.tokenRevoked', { time: relative(token.revokedAt, now) })}</span>;
  if (token.lastUsedAt) return <>{t('overview.tokenUsed', { time: relative(token.lastUsedAt, now) })}</>;
  return <>{t('overview.tokenUnused')}</>;
}

function Place({ location }: { location: NodeStateFragment['location'] }) {
  const { country } = useFormat();
  if (!location) return <>–</>;
  const { city, countryCode, latitude, longitude } = location;
  if (!city && !countryCode) return <bdi dir="ltr">{`${latitude}, ${longitude}`}</bdi>;
  return (
    <>
      {city && <bdi className="block">{city}</bdi>}
      {countryCode && <span className={city ? 'block text-2xs leading-4 text-fg3' : ''}>{country(countryCode)}</span>}
    </>
  );
}
