import { authExchange } from '@urql/exchange-auth';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import { createCache } from './cache';
import { hasCode } from './errors';
import { socket } from './live';
import { accessToken, isLapsing, refreshSession } from './session';

const authentication = authExchange(async ({ appendHeaders }) => ({
  addAuthToOperation(operation) {
    const token = accessToken();
    return token ? appendHeaders(operation, { authorization: `Bearer ${token}` }) : operation;
  },
  willAuthError: () => isLapsing(),
  didAuthError: (error) => hasCode(error, 'UNAUTHENTICATED'),
  refreshAuth: () => refreshSession().catch(() => undefined),
}));

const subscriptions = subscriptionExchange({
  forwardSubscription: ({ query, variables, operationName }) => ({
    subscribe: (sink) => ({
      unsubscribe: socket.subscribe({ query: query ?? '', variables, operationName }, sink as never),
    }),
  }),
});

/** A new client, and with it an empty cache, for each sign-in. */
export const createPanelClient = () =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { credentials: 'same-origin' },
    exchanges: [createCache(), authentication, fetchExchange, subscriptions],
  });
