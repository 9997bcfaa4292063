import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { fromRoot } from '../support/paths.js';

/** The panel's own schema without the panel: plain graphql-js, values are taken from the objects as they are. */
export const panelSchema = (): GraphQLSchema => buildSchema(readFileSync(fromRoot('schema.graphql'), 'utf8'));
