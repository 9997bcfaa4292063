import { ServerOff } from 'lucide-react';
import { Link, useNavigate, useParams } from 'react-router';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import type { NodeStateFragment } from '../../../graphql/gen/graphql';
import { useLiveQuery } from '../../../graphql/hooks';
import { useTranslation } from '../../../i18n';
import { Page, Slot, useRegistry } from '../../../plugin';
import { Button } from '../../../ui/button';
import { Placeholder } from '../../../ui/placeholder';
import { Skeleton } from '../../../ui/skeleton';
import { NodeActions } from '../actions/node-actions';
import { NodeState, useNodeChanges } from '../node-events';
import { HeaderActions, HeaderFacts, HeaderTitle } from './node-header';
import { NodeIssues } from './node-issues';
import { NodeTabs } from './node-tabs';

const NodePageQuery = graphql(`
  query NodePage($id: ID!) {
    node(id: $id) {
      connectionCount
      ...NodeState
    }
  }
`);

export default function NodePage() {
  const { id = '', tab } = useParams();
  const navigate = useNavigate();
  return (
    <NodeActions onDeleted={() => void navigate('/nodes', { replace: true })}>
      <NodePageContent key={id} id={id} tab={tab} />
    </NodeActions>
  );
}

function NodePageContent({ id, tab }: { id: string; tab: string | undefined }) {
  const { t } = useTranslation();
  const [{ data, error }, retry] = useLiveQuery({
    query: NodePageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  useNodeChanges([id]);
  const node = readFragment(NodeState, data?.node);

  if (node) return <ShownNode node={node} connections={data?.node?.connectionCount ?? 0} tab={tab} />;
  if (error) {
    return (
      <Page title={t('nodes.columns.node')}>
        <FailureNotice
          error={error}
          title={t('errors.load')}
          onRetry={() => retry({ requestPolicy: 'network-only' })}
          className="mx-4 md:mx-6"
        />
      </Page>
    );
  }
  return data ? <NoSuchNode /> : <NodePageSkeleton />;
}

interface ShownNodeProps {
  node: NodeStateFragment;
  connections: number;
  tab: string | undefined;
}

function ShownNode({ node, connections, tab }: ShownNodeProps) {
  const { nodeTabs } = useRegistry();
  const active = tab === undefined ? nodeTabs[0] : nodeTabs.find(({ id }) => id === tab);
  if (!active) return <NoSuchNode />;
  const { component: Tab, label, pluginId } = active;
  return (
    <Page
      fill={active.fill}
      title={node.name}
      heading={<HeaderTitle node={node} />}
      subtitle={<HeaderFacts node={node} />}
      actions={<HeaderActions node={node} connections={connections} />}
    >
      <NodeIssues issues={node.issues} />
      <NodeTabs nodeId={node.id} active={active.id} />
      <section aria-label={label()} className="flex min-h-0 flex-1 flex-col px-4 py-4 md:px-6">
        <Slot
          name={`${label()} (${pluginId})`}
          resetKey={active.id}
          fallback={<Skeleton className="h-96 w-full rounded-lg" />}
        >
          <Tab nodeId={node.id} />
        </Slot>
      </section>
    </Page>
  );
}

function NoSuchNode() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.node')}>
      <Placeholder
        icon={<ServerOff />}
        title={t('notFound.node')}
        action={
          <Button asChild>
            <Link to="/nodes">{t('notFound.back')}</Link>
          </Button>
        }
      >
        {t('notFound.nodeText')}
      </Placeholder>
    </Page>
  );
}

function NodePageSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className="space-y-4 px-4 pt-5 md:px-6">
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-96 w-full rounded-lg" />
    </div>
  );
}
