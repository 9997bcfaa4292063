import { hostname } from 'node:os';
import { createRequest } from './certificate.js';
import type { RegisterAgentInput, RegisterAgentMutation } from './gql/graphql.js';
import type { Identity, Settings } from './identity.js';
import { AGENT_VERSION } from './version.js';

type Registered = RegisterAgentMutation['registerAgent'];

/** What only the supervisor of Xray knows. */
export interface XrayFacts {
  xrayVersion: string | undefined;
  configRevision: string | undefined;
}

export function registrationInput(privateKey: string, startedAt: Date, xray: XrayFacts): RegisterAgentInput {
  return {
    agentVersion: AGENT_VERSION,
    xrayVersion: xray.xrayVersion ?? null,
    configRevision: xray.configRevision ?? null,
    hostname: hostname(),
    csr: createRequest(privateKey),
    startedAt: startedAt.toISOString(),
  };
}

/** The identity after a later registration: a fresh certificate and the settings in force; nothing else changes. */
export function renewed(identity: Identity, answer: Registered): Identity {
  return { ...identity, nodeId: answer.nodeId, certificate: answer.certificate, settings: settingsOf(answer) };
}

/** Whatever the panel says, an interval of nothing would spin. */
export function settingsOf({ agentPort, metricsIntervalSeconds, trafficIntervalSeconds }: Settings): Settings {
  return {
    agentPort,
    metricsIntervalSeconds: Math.max(1, metricsIntervalSeconds),
    trafficIntervalSeconds: Math.max(1, trafficIntervalSeconds),
  };
}
