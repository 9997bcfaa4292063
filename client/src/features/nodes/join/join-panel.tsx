import { Clock3 } from 'lucide-react';
import { useState } from 'react';
import { graphql, readFragment } from '../../../graphql/gen';
import { useLiveQuery } from '../../../graphql/hooks';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { CopyButton } from '../../../ui/copy-button';
import { Notice } from '../../../ui/notice';
import { Segmented } from '../../../ui/segmented';
import { useNow } from '../../../ui/use-now';
import { NodeState, useNodeChanges } from '../node-events';
import { JoinSteps } from './join-steps';
import { hasLapsed, isJoined, type Onboarding } from './onboarding';

/** What a token was made with; the panel tells it once, so it lives only as long as the dialog. */
export interface JoinToken {
  node: { id: string; name: string };
  joinToken: string;
  installCommand: string;
}

const Joining = graphql(`
  query Joining($id: ID!) {
    node(id: $id) {
      ...NodeState
    }
  }
`);

interface JoinPanelProps {
  token: JoinToken;
  onNewToken: () => void;
  rotating: boolean;
}

/** The line to paste, and the node's answer to it. */
export function JoinPanel({ token, onNewToken, rotating }: JoinPanelProps) {
  const onboarding = useOnboarding(token.node.id);
  const joined = onboarding !== undefined && isJoined(onboarding);
  return (
    <div className="space-y-4">
      {!joined && <InstallCommand token={token} />}
      {onboarding && !joined && <Expiry onboarding={onboarding} onNewToken={onNewToken} rotating={rotating} />}
      {onboarding && <JoinSteps onboarding={onboarding} />}
    </div>
  );
}

export function useOnboarding(nodeId: string): Onboarding | undefined {
  const [{ data }] = useLiveQuery({ query: Joining, variables: { id: nodeId }, requestPolicy: 'cache-and-network' });
  useNodeChanges([nodeId]);
  return readFragment(NodeState, data?.node)?.onboarding;
}

function InstallCommand({ token }: { token: JoinToken }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<'line' | 'hand'>('line');
  const command = way === 'line' ? token.installCommand : `vpanel-agent --join ${token.joinToken}`;
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label={t('addNode.command')}
          value={way}
          onChange={setWay}
          options={[
            { value: 'line', label: t('addNode.oneLine') },
            { value: 'hand', label: t('addNode.byHand') },
          ]}
        />
        <CopyButton text={command} label={t('common.copy')} copiedLabel={t('common.copied')} variant="primary" />
      </div>
      {way === 'hand' && <p className="mb-1.5 text-xs text-fg3">{t('addNode.byHandText')}</p>}
      <pre
        dir="ltr"
        tabIndex={0}
        aria-label={t('addNode.command')}
        className="thin-scroll max-h-40 overflow-auto rounded-lg border border-line bg-bg p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap text-fg select-all"
      >
        <code>{command}</code>
      </pre>
      <p className="mt-1.5 text-2xs text-fg3">{t('addNode.shownOnce')}</p>
    </div>
  );
}

interface ExpiryProps {
  onboarding: Onboarding;
  onNewToken: () => void;
  rotating: boolean;
}

function Expiry({ onboarding, onNewToken, rotating }: ExpiryProps) {
  const { t } = useTranslation();
  const { duration } = useFormat();
  const now = useNow();
  const { joinTokenExpiresAt, tokenUsedAt } = onboarding;
  if (hasLapsed(onboarding, now)) {
    const action = (
      <Button busy={rotating} onClick={onNewToken}>
        {t('addNode.newToken')}
      </Button>
    );
    return <Notice tone="warn" role="alert" title={t('addNode.expired')} action={action} />;
  }
  if (!joinTokenExpiresAt || tokenUsedAt) return null;
  return (
    <p className="num flex items-center gap-1.5 text-xs text-fg2">
      <Clock3 className="size-3.5 text-fg3" aria-hidden />
      {t('addNode.expiresIn', { duration: duration(Date.parse(joinTokenExpiresAt) - now) })}
    </p>
  );
}
