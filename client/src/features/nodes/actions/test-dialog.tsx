import { LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { useMutation } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import type { TestNodeMutation } from '../../../graphql/gen/graphql';
import { useFormat, useTranslation } from '../../../i18n';
import { Amount } from '../../../ui/amount';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Notice } from '../../../ui/notice';
import { ToneIcon } from '../../../ui/tone-icon';
import type { NodeRef } from './node-actions';

const TestNode = graphql(`
  mutation TestNode($id: ID!) {
    testNodeConnection(id: $id) {
      check {
        id
        ok
        latencyMs
        probes {
          kind
          ok
          latencyMs
          error
        }
      }
    }
  }
`);

type Check = TestNodeMutation['testNodeConnection']['check'];

export function TestDialog({ node, onClose }: { node: NodeRef; onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, fetching, error }, test] = useMutation(TestNode);
  useEffect(() => {
    void test({ id: node.id });
  }, [test, node.id]);
  const check = data?.testNodeConnection.check;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('node.test.title', { name: node.name })}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button size="md" busy={fetching} onClick={() => void test({ id: node.id })}>
            {t('node.test.again')}
          </Button>
          <Button size="md" variant="primary" onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {fetching && (
        <p role="status" className="flex items-center gap-2 py-4 text-fg3">
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
          {t('node.test.running')}
        </p>
      )}
      {!fetching && error && <FailureNotice error={error} />}
      {!fetching && check && <Result check={check} />}
    </Dialog>
  );
}

function Result({ check }: { check: Check }) {
  const { t } = useTranslation();
  const { milliseconds } = useFormat();
  return (
    <>
      <Notice tone={check.ok ? 'ok' : 'bad'} role="status" title={t(check.ok ? 'node.test.ok' : 'node.test.failed')} />
      <ul className="mt-3 divide-y divide-line rounded-lg border border-line">
        {check.probes.map((probe) => (
          <li
            key={probe.kind}
            data-probe={probe.kind}
            data-ok={probe.ok}
            className="flex items-start gap-2.5 px-3 py-2.5"
          >
            <ToneIcon tone={probe.ok ? 'ok' : 'bad'} className="mt-0.5" />
            <span className="min-w-0 flex-1">
              {t(`node.test.${probe.kind}`)}
              {probe.error && (
                <span className="block text-xs text-bad wrap-anywhere">
                  <bdi>{probe.error}</bdi>
                </span>
              )}
            </span>
            {typeof probe.latencyMs === 'number' && (
              <Amount {...milliseconds(probe.latencyMs)} className="text-xs text-fg3" />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
