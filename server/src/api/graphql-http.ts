import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest, FastifyReply } from 'fastify';
import { BREAK, GraphQLError, visit, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.js';
import { AppError } from '../platform/errors.js';
import type { Logger } from '../platform/log.js';
import { publicError } from './errors.js';
import { assertWithinLimits, LIMITS } from './limits.js';

const PATH = '/graphql';

interface Options {
  schema: GraphQLSchema;
  log: Logger;
  bodyBytes: number;
  context(request: FastifyRequest, reply: FastifyReply): Promise<Context>;
}

/** The schema is read nowhere but at the root of a query, however many fragments lie in between. */
function introspects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      found = /^__(schema|type)$/.test(name.value);
      return found ? BREAK : undefined;
    },
  });
  return found;
}

/** Refused before anything is executed: Apollo would answer 500 unless it is told another status. */
function refuse(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
}

/** Limits and, for callers who have not signed in, no introspection: the schema is published anyway, probing is not. */
const guard: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request, contextValue }) => {
        if (!operation) return Promise.resolve();
        try {
          assertWithinLimits({ schema, document, operation, variables: request.variables ?? {} });
          if (!contextValue.principal && introspects(document)) {
            throw new AppError('UNAUTHENTICATED', 'Sign in to read the schema');
          }
        } catch (error) {
          refuse(error);
        }
        return Promise.resolve();
      },
    }),
};

/** GraphQL over HTTP: POST only, guarded against cross-site requests, errors masked. Answers how to stop it. */
export async function serveGraphQL(app: FastifyInstance, options: Options): Promise<() => Promise<void>> {
  const { schema, log, context } = options;
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    csrfPrevention: true,
    parseOptions: { maxTokens: LIMITS.tokens },
    formatError: (_formatted, error) => publicError(error, log),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), guard],
    stopOnTerminationSignals: false,
    logger: log,
  });
  await apollo.start();
  app.route({
    method: 'POST',
    url: PATH,
    bodyLimit: options.bodyBytes,
    handler: fastifyApolloHandler(apollo, { context }),
  });
  return () => apollo.stop();
}
