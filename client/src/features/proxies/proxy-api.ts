import { useCallback } from 'react';
import { toast } from 'sonner';
import { useClient, useMutation } from 'urql';
import { toFailure } from '../../graphql/errors';
import { useFailureText } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import type { BuildProxyInput, ProxyFieldsFragment } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import type { Draft } from './draft';
import { isObject, type JsonObject } from './inbound';

export const ProxyFields = graphql(`
  fragment ProxyFields on Proxy {
    id
    name
    protocol
    port
    enabled
    everywhere
    inbound
    createdAt
    updatedAt
    targetNodes {
      id
      name
    }
    targetGroups {
      id
      name
    }
  }
`);

export type ProxyRow = ProxyFieldsFragment;

export const CreateProxy = graphql(`
  mutation CreateProxy($input: CreateProxyInput!) {
    createProxy(input: $input) {
      affectedNodes
      proxy {
        ...ProxyFields
      }
    }
  }
`);

export const UpdateProxy = graphql(`
  mutation UpdateProxy($input: UpdateProxyInput!) {
    updateProxy(input: $input) {
      affectedNodes
      proxy {
        ...ProxyFields
      }
    }
  }
`);

const BuildProxy = graphql(`
  mutation BuildProxy($input: BuildProxyInput!) {
    buildProxy(input: $input) {
      protocol
      port
      inbound
    }
  }
`);

export function toDraft(proxy: ProxyRow): Draft {
  const refs = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ id, name }));
  return {
    name: proxy.name,
    port: String(proxy.port),
    protocol: proxy.protocol,
    enabled: proxy.enabled,
    targets: { everywhere: proxy.everywhere, groups: refs(proxy.targetGroups), nodes: refs(proxy.targetNodes) },
    inbound: isObject(proxy.inbound) ? proxy.inbound : {},
  };
}

/** Asks the panel for an inbound with fresh keys; throws the panel's refusal. */
export function useBuilder() {
  const client = useClient();
  return useCallback(
    async (input: BuildProxyInput) => {
      const { data, error } = await client.mutation(BuildProxy, { input }).toPromise();
      if (!data) throw error ?? new Error('The panel answered nothing');
      const { protocol, port, inbound } = data.buildProxy;
      return { protocol, port, inbound: inbound as JsonObject };
    },
    [client],
  );
}

/** Says that a change is stored and how far it goes, or why it was refused. */
export function useProxyUpdate() {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const [{ fetching }, update] = useMutation(UpdateProxy);
  const setEnabled = useCallback(
    async (proxy: Pick<ProxyRow, 'id' | 'name'>, enabled: boolean): Promise<void> => {
      async function change(to: boolean, undo?: { label: string; onClick: () => void }) {
        const { data, error } = await update({ input: { id: proxy.id, enabled: to } });
        if (!data) {
          const description = failureText(toFailure(error));
          toast.error(t('proxies.notChanged', { name: proxy.name }), { description });
          return;
        }
        toast.success(t(to ? 'proxies.switchedOn' : 'proxies.switchedOff', { name: proxy.name }), {
          description: t('proxies.reaches', { count: data.updateProxy.affectedNodes }),
          ...(undo && { action: undo }),
        });
      }
      await change(enabled, { label: t('proxies.undo'), onClick: () => void change(!enabled) });
    },
    [update, t, failureText],
  );
  return { setEnabled, changing: fetching };
}
