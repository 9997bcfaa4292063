/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation DeleteNode($id: ID!) {\n    deleteNode(id: $id) {\n      deletedId\n      reassignedUsers\n      strandedUsers\n    }\n  }\n": typeof types.DeleteNodeDocument,
    "\n  mutation RevokeToken($id: ID!) {\n    revokeNodeToken(id: $id) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.RevokeTokenDocument,
    "\n  mutation TestNode($id: ID!) {\n    testNodeConnection(id: $id) {\n      check {\n        id\n        ok\n        latencyMs\n        probes {\n          kind\n          ok\n          latencyMs\n          error\n        }\n      }\n    }\n  }\n": typeof types.TestNodeDocument,
    "\n  fragment CommandFields on NodeCommand {\n    id\n    kind\n    state\n    issuedBy\n    issuedAt\n    expiresAt\n    deliveredAt\n    finishedAt\n    output\n    error\n    node {\n      id\n    }\n  }\n": typeof types.CommandFieldsFragmentDoc,
    "\n  mutation RunCommand($input: RunNodeCommandInput!) {\n    runNodeCommand(input: $input) {\n      commands {\n        id\n        node {\n          id\n        }\n        ...CommandFields\n      }\n    }\n  }\n": typeof types.RunCommandDocument,
    "\n  subscription CommandChanged($commandIds: [ID!]) {\n    commandChanged(commandIds: $commandIds) {\n      id\n      node {\n        id\n      }\n      ...CommandFields\n    }\n  }\n": typeof types.CommandChangedDocument,
    "\n  query NewestCommands($nodeId: ID!) {\n    node(id: $nodeId) {\n      id\n      commands(first: 5) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": typeof types.NewestCommandsDocument,
    "\n  mutation CreateNode($input: CreateNodeInput!) {\n    createNode(input: $input) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.CreateNodeDocument,
    "\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n": typeof types.NodeToEditDocument,
    "\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.UpdateNodeDocument,
    "\n  query Joining($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n": typeof types.JoiningDocument,
    "\n  mutation RotateToken($id: ID!) {\n    rotateNodeToken(id: $id) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.RotateTokenDocument,
    "\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n": typeof types.NodeRowFragmentDoc,
    "\n  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...NodeRow\n      }\n    }\n  }\n": typeof types.NodesPageDocument,
    "\n  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        connectionCount\n      }\n    }\n  }\n": typeof types.NodeIdsDocument,
    "\n  query ClusterFigures {\n    cluster {\n      totalNodes\n      onlineUsers\n      connections\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": typeof types.ClusterFiguresDocument,
    "\n  fragment NodeState on Node {\n    id\n    name\n    address\n    agentPort\n    mode\n    status\n    health\n    healthSince\n    latencyMs\n    weight\n    capacity\n    tags {\n      key\n      value\n    }\n    location {\n      latitude\n      longitude\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      connected\n      version\n      hostname\n      connectedAt\n      lastSeenAt\n      remoteAddress\n    }\n    xray {\n      state\n      version\n      startedAt\n    }\n    token {\n      createdAt\n      lastUsedAt\n      revokedAt\n      rotationPending\n    }\n    onboarding {\n      joinTokenExpiresAt\n      tokenUsedAt\n      tlsVerifiedAt\n      registeredAt\n      xrayStartedAt\n      firstMetricsAt\n      problem\n    }\n    ipAllowlist\n    updatedAt\n  }\n": typeof types.NodeStateFragmentDoc,
    "\n  subscription NodeChanged($nodeIds: [ID!]) {\n    nodeChanged(nodeIds: $nodeIds) {\n      kind\n      nodeId\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.NodeChangedDocument,
    "\n  subscription NodeMetrics($nodeIds: [ID!]) {\n    nodeMetrics(nodeIds: $nodeIds) {\n      nodeId\n      point {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": typeof types.NodeMetricsDocument,
    "\n  query HealthChecks($id: ID!) {\n    node(id: $id) {\n      id\n      healthChecks(first: 60) {\n        nodes {\n          id\n          at\n          ok\n          latencyMs\n          healthAfter\n          vantage\n          probes {\n            kind\n            ok\n            latencyMs\n            error\n          }\n        }\n      }\n    }\n  }\n": typeof types.HealthChecksDocument,
    "\n  query CommandHistory($id: ID!) {\n    node(id: $id) {\n      id\n      commands(first: 50) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": typeof types.CommandHistoryDocument,
    "\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      ...NodeState\n    }\n  }\n": typeof types.NodeFactsDocument,
    "\n  query NodePage($id: ID!) {\n    node(id: $id) {\n      connectionCount\n      ...NodeState\n    }\n  }\n": typeof types.NodePageDocument,
    "\n  query NodeLogHistory($id: ID!) {\n    node(id: $id) {\n      id\n      logs(last: 500) {\n        at\n        source\n        text\n      }\n    }\n  }\n": typeof types.NodeLogHistoryDocument,
    "\n  subscription NodeLogs($nodeId: ID!) {\n    nodeLogs(nodeId: $nodeId) {\n      at\n      source\n      text\n    }\n  }\n": typeof types.NodeLogsDocument,
    "\n  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {\n    node(id: $id) {\n      id\n      metricsHistory(range: $range, points: $points) {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": typeof types.MetricsHistoryDocument,
    "\n  query NodeCount {\n    cluster {\n      totalNodes\n    }\n  }\n": typeof types.NodeCountDocument,
    "\n  query FindNodes($search: String!) {\n    nodes(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": typeof types.FindNodesDocument,
    "\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n": typeof types.SettingsPageDocument,
    "\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n      }\n    }\n  }\n": typeof types.UpdateSettingsDocument,
    "\n  fragment SessionFields on SessionPayload {\n    accessToken\n    expiresAt\n    viewer {\n      id\n      name\n      role\n    }\n  }\n": typeof types.SessionFieldsFragmentDoc,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ...SessionFields\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation RefreshSession {\n    refreshSession {\n      ...SessionFields\n    }\n  }\n": typeof types.RefreshSessionDocument,
    "\n  mutation Logout {\n    logout\n  }\n": typeof types.LogoutDocument,
    "\n  query ShellCluster {\n    cluster {\n      totalNodes\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": typeof types.ShellClusterDocument,
    "\n  subscription ClusterChanged {\n    clusterChanged {\n      totalNodes\n      connections\n      onlineUsers\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": typeof types.ClusterChangedDocument,
    "\n  query ShellPanel {\n    panel {\n      demo\n    }\n  }\n": typeof types.ShellPanelDocument,
};
const documents: Documents = {
    "\n  mutation DeleteNode($id: ID!) {\n    deleteNode(id: $id) {\n      deletedId\n      reassignedUsers\n      strandedUsers\n    }\n  }\n": types.DeleteNodeDocument,
    "\n  mutation RevokeToken($id: ID!) {\n    revokeNodeToken(id: $id) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.RevokeTokenDocument,
    "\n  mutation TestNode($id: ID!) {\n    testNodeConnection(id: $id) {\n      check {\n        id\n        ok\n        latencyMs\n        probes {\n          kind\n          ok\n          latencyMs\n          error\n        }\n      }\n    }\n  }\n": types.TestNodeDocument,
    "\n  fragment CommandFields on NodeCommand {\n    id\n    kind\n    state\n    issuedBy\n    issuedAt\n    expiresAt\n    deliveredAt\n    finishedAt\n    output\n    error\n    node {\n      id\n    }\n  }\n": types.CommandFieldsFragmentDoc,
    "\n  mutation RunCommand($input: RunNodeCommandInput!) {\n    runNodeCommand(input: $input) {\n      commands {\n        id\n        node {\n          id\n        }\n        ...CommandFields\n      }\n    }\n  }\n": types.RunCommandDocument,
    "\n  subscription CommandChanged($commandIds: [ID!]) {\n    commandChanged(commandIds: $commandIds) {\n      id\n      node {\n        id\n      }\n      ...CommandFields\n    }\n  }\n": types.CommandChangedDocument,
    "\n  query NewestCommands($nodeId: ID!) {\n    node(id: $nodeId) {\n      id\n      commands(first: 5) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": types.NewestCommandsDocument,
    "\n  mutation CreateNode($input: CreateNodeInput!) {\n    createNode(input: $input) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.CreateNodeDocument,
    "\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n": types.NodeToEditDocument,
    "\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.UpdateNodeDocument,
    "\n  query Joining($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n": types.JoiningDocument,
    "\n  mutation RotateToken($id: ID!) {\n    rotateNodeToken(id: $id) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.RotateTokenDocument,
    "\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n": types.NodeRowFragmentDoc,
    "\n  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...NodeRow\n      }\n    }\n  }\n": types.NodesPageDocument,
    "\n  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        connectionCount\n      }\n    }\n  }\n": types.NodeIdsDocument,
    "\n  query ClusterFigures {\n    cluster {\n      totalNodes\n      onlineUsers\n      connections\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": types.ClusterFiguresDocument,
    "\n  fragment NodeState on Node {\n    id\n    name\n    address\n    agentPort\n    mode\n    status\n    health\n    healthSince\n    latencyMs\n    weight\n    capacity\n    tags {\n      key\n      value\n    }\n    location {\n      latitude\n      longitude\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      connected\n      version\n      hostname\n      connectedAt\n      lastSeenAt\n      remoteAddress\n    }\n    xray {\n      state\n      version\n      startedAt\n    }\n    token {\n      createdAt\n      lastUsedAt\n      revokedAt\n      rotationPending\n    }\n    onboarding {\n      joinTokenExpiresAt\n      tokenUsedAt\n      tlsVerifiedAt\n      registeredAt\n      xrayStartedAt\n      firstMetricsAt\n      problem\n    }\n    ipAllowlist\n    updatedAt\n  }\n": types.NodeStateFragmentDoc,
    "\n  subscription NodeChanged($nodeIds: [ID!]) {\n    nodeChanged(nodeIds: $nodeIds) {\n      kind\n      nodeId\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.NodeChangedDocument,
    "\n  subscription NodeMetrics($nodeIds: [ID!]) {\n    nodeMetrics(nodeIds: $nodeIds) {\n      nodeId\n      point {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": types.NodeMetricsDocument,
    "\n  query HealthChecks($id: ID!) {\n    node(id: $id) {\n      id\n      healthChecks(first: 60) {\n        nodes {\n          id\n          at\n          ok\n          latencyMs\n          healthAfter\n          vantage\n          probes {\n            kind\n            ok\n            latencyMs\n            error\n          }\n        }\n      }\n    }\n  }\n": types.HealthChecksDocument,
    "\n  query CommandHistory($id: ID!) {\n    node(id: $id) {\n      id\n      commands(first: 50) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": types.CommandHistoryDocument,
    "\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      ...NodeState\n    }\n  }\n": types.NodeFactsDocument,
    "\n  query NodePage($id: ID!) {\n    node(id: $id) {\n      connectionCount\n      ...NodeState\n    }\n  }\n": types.NodePageDocument,
    "\n  query NodeLogHistory($id: ID!) {\n    node(id: $id) {\n      id\n      logs(last: 500) {\n        at\n        source\n        text\n      }\n    }\n  }\n": types.NodeLogHistoryDocument,
    "\n  subscription NodeLogs($nodeId: ID!) {\n    nodeLogs(nodeId: $nodeId) {\n      at\n      source\n      text\n    }\n  }\n": types.NodeLogsDocument,
    "\n  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {\n    node(id: $id) {\n      id\n      metricsHistory(range: $range, points: $points) {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": types.MetricsHistoryDocument,
    "\n  query NodeCount {\n    cluster {\n      totalNodes\n    }\n  }\n": types.NodeCountDocument,
    "\n  query FindNodes($search: String!) {\n    nodes(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": types.FindNodesDocument,
    "\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n": types.SettingsPageDocument,
    "\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n      }\n    }\n  }\n": types.UpdateSettingsDocument,
    "\n  fragment SessionFields on SessionPayload {\n    accessToken\n    expiresAt\n    viewer {\n      id\n      name\n      role\n    }\n  }\n": types.SessionFieldsFragmentDoc,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ...SessionFields\n    }\n  }\n": types.LoginDocument,
    "\n  mutation RefreshSession {\n    refreshSession {\n      ...SessionFields\n    }\n  }\n": types.RefreshSessionDocument,
    "\n  mutation Logout {\n    logout\n  }\n": types.LogoutDocument,
    "\n  query ShellCluster {\n    cluster {\n      totalNodes\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": types.ShellClusterDocument,
    "\n  subscription ClusterChanged {\n    clusterChanged {\n      totalNodes\n      connections\n      onlineUsers\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": types.ClusterChangedDocument,
    "\n  query ShellPanel {\n    panel {\n      demo\n    }\n  }\n": types.ShellPanelDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteNode($id: ID!) {\n    deleteNode(id: $id) {\n      deletedId\n      reassignedUsers\n      strandedUsers\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteNode($id: ID!) {\n    deleteNode(id: $id) {\n      deletedId\n      reassignedUsers\n      strandedUsers\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeToken($id: ID!) {\n    revokeNodeToken(id: $id) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeToken($id: ID!) {\n    revokeNodeToken(id: $id) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestNode($id: ID!) {\n    testNodeConnection(id: $id) {\n      check {\n        id\n        ok\n        latencyMs\n        probes {\n          kind\n          ok\n          latencyMs\n          error\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation TestNode($id: ID!) {\n    testNodeConnection(id: $id) {\n      check {\n        id\n        ok\n        latencyMs\n        probes {\n          kind\n          ok\n          latencyMs\n          error\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommandFields on NodeCommand {\n    id\n    kind\n    state\n    issuedBy\n    issuedAt\n    expiresAt\n    deliveredAt\n    finishedAt\n    output\n    error\n    node {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment CommandFields on NodeCommand {\n    id\n    kind\n    state\n    issuedBy\n    issuedAt\n    expiresAt\n    deliveredAt\n    finishedAt\n    output\n    error\n    node {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RunCommand($input: RunNodeCommandInput!) {\n    runNodeCommand(input: $input) {\n      commands {\n        id\n        node {\n          id\n        }\n        ...CommandFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RunCommand($input: RunNodeCommandInput!) {\n    runNodeCommand(input: $input) {\n      commands {\n        id\n        node {\n          id\n        }\n        ...CommandFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription CommandChanged($commandIds: [ID!]) {\n    commandChanged(commandIds: $commandIds) {\n      id\n      node {\n        id\n      }\n      ...CommandFields\n    }\n  }\n"): (typeof documents)["\n  subscription CommandChanged($commandIds: [ID!]) {\n    commandChanged(commandIds: $commandIds) {\n      id\n      node {\n        id\n      }\n      ...CommandFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestCommands($nodeId: ID!) {\n    node(id: $nodeId) {\n      id\n      commands(first: 5) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query NewestCommands($nodeId: ID!) {\n    node(id: $nodeId) {\n      id\n      commands(first: 5) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateNode($input: CreateNodeInput!) {\n    createNode(input: $input) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateNode($input: CreateNodeInput!) {\n    createNode(input: $input) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n"): (typeof documents)["\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Joining($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n"): (typeof documents)["\n  query Joining($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateToken($id: ID!) {\n    rotateNodeToken(id: $id) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RotateToken($id: ID!) {\n    rotateNodeToken(id: $id) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n"): (typeof documents)["\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...NodeRow\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...NodeRow\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        connectionCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        connectionCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ClusterFigures {\n    cluster {\n      totalNodes\n      onlineUsers\n      connections\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  query ClusterFigures {\n    cluster {\n      totalNodes\n      onlineUsers\n      connections\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NodeState on Node {\n    id\n    name\n    address\n    agentPort\n    mode\n    status\n    health\n    healthSince\n    latencyMs\n    weight\n    capacity\n    tags {\n      key\n      value\n    }\n    location {\n      latitude\n      longitude\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      connected\n      version\n      hostname\n      connectedAt\n      lastSeenAt\n      remoteAddress\n    }\n    xray {\n      state\n      version\n      startedAt\n    }\n    token {\n      createdAt\n      lastUsedAt\n      revokedAt\n      rotationPending\n    }\n    onboarding {\n      joinTokenExpiresAt\n      tokenUsedAt\n      tlsVerifiedAt\n      registeredAt\n      xrayStartedAt\n      firstMetricsAt\n      problem\n    }\n    ipAllowlist\n    updatedAt\n  }\n"): (typeof documents)["\n  fragment NodeState on Node {\n    id\n    name\n    address\n    agentPort\n    mode\n    status\n    health\n    healthSince\n    latencyMs\n    weight\n    capacity\n    tags {\n      key\n      value\n    }\n    location {\n      latitude\n      longitude\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      connected\n      version\n      hostname\n      connectedAt\n      lastSeenAt\n      remoteAddress\n    }\n    xray {\n      state\n      version\n      startedAt\n    }\n    token {\n      createdAt\n      lastUsedAt\n      revokedAt\n      rotationPending\n    }\n    onboarding {\n      joinTokenExpiresAt\n      tokenUsedAt\n      tlsVerifiedAt\n      registeredAt\n      xrayStartedAt\n      firstMetricsAt\n      problem\n    }\n    ipAllowlist\n    updatedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription NodeChanged($nodeIds: [ID!]) {\n    nodeChanged(nodeIds: $nodeIds) {\n      kind\n      nodeId\n      node {\n        ...NodeState\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription NodeChanged($nodeIds: [ID!]) {\n    nodeChanged(nodeIds: $nodeIds) {\n      kind\n      nodeId\n      node {\n        ...NodeState\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription NodeMetrics($nodeIds: [ID!]) {\n    nodeMetrics(nodeIds: $nodeIds) {\n      nodeId\n      point {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription NodeMetrics($nodeIds: [ID!]) {\n    nodeMetrics(nodeIds: $nodeIds) {\n      nodeId\n      point {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HealthChecks($id: ID!) {\n    node(id: $id) {\n      id\n      healthChecks(first: 60) {\n        nodes {\n          id\n          at\n          ok\n          latencyMs\n          healthAfter\n          vantage\n          probes {\n            kind\n            ok\n            latencyMs\n            error\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HealthChecks($id: ID!) {\n    node(id: $id) {\n      id\n      healthChecks(first: 60) {\n        nodes {\n          id\n          at\n          ok\n          latencyMs\n          healthAfter\n          vantage\n          probes {\n            kind\n            ok\n            latencyMs\n            error\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CommandHistory($id: ID!) {\n    node(id: $id) {\n      id\n      commands(first: 50) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query CommandHistory($id: ID!) {\n    node(id: $id) {\n      id\n      commands(first: 50) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      ...NodeState\n    }\n  }\n"): (typeof documents)["\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      ...NodeState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodePage($id: ID!) {\n    node(id: $id) {\n      connectionCount\n      ...NodeState\n    }\n  }\n"): (typeof documents)["\n  query NodePage($id: ID!) {\n    node(id: $id) {\n      connectionCount\n      ...NodeState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeLogHistory($id: ID!) {\n    node(id: $id) {\n      id\n      logs(last: 500) {\n        at\n        source\n        text\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeLogHistory($id: ID!) {\n    node(id: $id) {\n      id\n      logs(last: 500) {\n        at\n        source\n        text\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription NodeLogs($nodeId: ID!) {\n    nodeLogs(nodeId: $nodeId) {\n      at\n      source\n      text\n    }\n  }\n"): (typeof documents)["\n  subscription NodeLogs($nodeId: ID!) {\n    nodeLogs(nodeId: $nodeId) {\n      at\n      source\n      text\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {\n    node(id: $id) {\n      id\n      metricsHistory(range: $range, points: $points) {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n"): (typeof documents)["\n  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {\n    node(id: $id) {\n      id\n      metricsHistory(range: $range, points: $points) {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeCount {\n    cluster {\n      totalNodes\n    }\n  }\n"): (typeof documents)["\n  query NodeCount {\n    cluster {\n      totalNodes\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindNodes($search: String!) {\n    nodes(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n"): (typeof documents)["\n  query FindNodes($search: String!) {\n    nodes(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n"): (typeof documents)["\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SessionFields on SessionPayload {\n    accessToken\n    expiresAt\n    viewer {\n      id\n      name\n      role\n    }\n  }\n"): (typeof documents)["\n  fragment SessionFields on SessionPayload {\n    accessToken\n    expiresAt\n    viewer {\n      id\n      name\n      role\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ...SessionFields\n    }\n  }\n"): (typeof documents)["\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ...SessionFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RefreshSession {\n    refreshSession {\n      ...SessionFields\n    }\n  }\n"): (typeof documents)["\n  mutation RefreshSession {\n    refreshSession {\n      ...SessionFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Logout {\n    logout\n  }\n"): (typeof documents)["\n  mutation Logout {\n    logout\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShellCluster {\n    cluster {\n      totalNodes\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  query ShellCluster {\n    cluster {\n      totalNodes\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ClusterChanged {\n    clusterChanged {\n      totalNodes\n      connections\n      onlineUsers\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription ClusterChanged {\n    clusterChanged {\n      totalNodes\n      connections\n      onlineUsers\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShellPanel {\n    panel {\n      demo\n    }\n  }\n"): (typeof documents)["\n  query ShellPanel {\n    panel {\n      demo\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;