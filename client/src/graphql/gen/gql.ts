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
    "\n  mutation DeleteGroup($id: ID!) {\n    deleteNodeGroup(id: $id) {\n      deletedId\n    }\n  }\n": typeof types.DeleteGroupDocument,
    "\n  mutation CreateGroup($input: CreateNodeGroupInput!) {\n    createNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n": typeof types.CreateGroupDocument,
    "\n  mutation UpdateGroup($input: UpdateNodeGroupInput!) {\n    updateNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n": typeof types.UpdateGroupDocument,
    "\n  query GroupMembers($id: ID!, $after: String) {\n    nodeGroup(id: $id) {\n      id\n      nodes(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.GroupMembersDocument,
    "\n  fragment GroupFields on NodeGroup {\n    id\n    name\n    description\n    region\n    createdAt\n    stats {\n      totalNodes\n      healthyNodes\n      totalUsers\n      capacity\n      connections\n      uplinkRate\n      downlinkRate\n    }\n  }\n": typeof types.GroupFieldsFragmentDoc,
    "\n  query GroupPage($id: ID!) {\n    nodeGroup(id: $id) {\n      ...GroupFields\n      nodes(first: 100) {\n        totalCount\n        nodes {\n          id\n          name\n          address\n          status\n          connectionCount\n        }\n      }\n    }\n  }\n": typeof types.GroupPageDocument,
    "\n  query GroupsPage($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...GroupFields\n      }\n    }\n  }\n": typeof types.GroupsPageDocument,
    "\n  query GroupsCursor($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.GroupsCursorDocument,
    "\n  mutation DeleteNode($id: ID!) {\n    deleteNode(id: $id) {\n      deletedId\n      reassignedUsers\n      strandedUsers\n    }\n  }\n": typeof types.DeleteNodeDocument,
    "\n  mutation RevokeToken($id: ID!) {\n    revokeNodeToken(id: $id) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.RevokeTokenDocument,
    "\n  mutation TestNode($id: ID!) {\n    testNodeConnection(id: $id) {\n      check {\n        id\n        ok\n        latencyMs\n        probes {\n          kind\n          ok\n          latencyMs\n          error\n        }\n      }\n    }\n  }\n": typeof types.TestNodeDocument,
    "\n  fragment CommandFields on NodeCommand {\n    id\n    kind\n    state\n    issuedBy\n    issuedAt\n    expiresAt\n    deliveredAt\n    finishedAt\n    output\n    error\n    node {\n      id\n    }\n  }\n": typeof types.CommandFieldsFragmentDoc,
    "\n  mutation RunCommand($input: RunNodeCommandInput!) {\n    runNodeCommand(input: $input) {\n      commands {\n        id\n        node {\n          id\n        }\n        ...CommandFields\n      }\n    }\n  }\n": typeof types.RunCommandDocument,
    "\n  subscription CommandChanged($commandIds: [ID!]) {\n    commandChanged(commandIds: $commandIds) {\n      id\n      node {\n        id\n      }\n      ...CommandFields\n    }\n  }\n": typeof types.CommandChangedDocument,
    "\n  query NewestCommands($nodeId: ID!) {\n    node(id: $nodeId) {\n      id\n      commands(first: 5) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": typeof types.NewestCommandsDocument,
    "\n  mutation CreateNode($input: CreateNodeInput!) {\n    createNode(input: $input) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.CreateNodeDocument,
    "\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n      groups {\n        id\n        name\n      }\n    }\n  }\n": typeof types.NodeToEditDocument,
    "\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n        groups {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.UpdateNodeDocument,
    "\n  query Joining($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n": typeof types.JoiningDocument,
    "\n  mutation RotateToken($id: ID!) {\n    rotateNodeToken(id: $id) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.RotateTokenDocument,
    "\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    groups {\n      id\n      name\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n": typeof types.NodeRowFragmentDoc,
    "\n  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...NodeRow\n      }\n    }\n  }\n": typeof types.NodesPageDocument,
    "\n  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        connectionCount\n      }\n    }\n  }\n": typeof types.NodeIdsDocument,
    "\n  query ClusterFigures {\n    cluster {\n      totalNodes\n      onlineUsers\n      connections\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": typeof types.ClusterFiguresDocument,
    "\n  fragment NodeState on Node {\n    id\n    name\n    address\n    agentPort\n    mode\n    status\n    health\n    healthSince\n    latencyMs\n    weight\n    capacity\n    tags {\n      key\n      value\n    }\n    location {\n      latitude\n      longitude\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      connected\n      version\n      hostname\n      connectedAt\n      lastSeenAt\n      remoteAddress\n    }\n    xray {\n      state\n      version\n      startedAt\n    }\n    token {\n      createdAt\n      lastUsedAt\n      revokedAt\n      rotationPending\n    }\n    onboarding {\n      joinTokenExpiresAt\n      tokenUsedAt\n      tlsVerifiedAt\n      registeredAt\n      xrayStartedAt\n      firstMetricsAt\n      problem\n    }\n    ipAllowlist\n    updatedAt\n  }\n": typeof types.NodeStateFragmentDoc,
    "\n  subscription NodeChanged($nodeIds: [ID!]) {\n    nodeChanged(nodeIds: $nodeIds) {\n      kind\n      nodeId\n      node {\n        ...NodeState\n      }\n    }\n  }\n": typeof types.NodeChangedDocument,
    "\n  subscription NodeMetrics($nodeIds: [ID!]) {\n    nodeMetrics(nodeIds: $nodeIds) {\n      nodeId\n      point {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": typeof types.NodeMetricsDocument,
    "\n  query HealthChecks($id: ID!) {\n    node(id: $id) {\n      id\n      healthChecks(first: 60) {\n        nodes {\n          id\n          at\n          ok\n          latencyMs\n          healthAfter\n          vantage\n          probes {\n            kind\n            ok\n            latencyMs\n            error\n          }\n        }\n      }\n    }\n  }\n": typeof types.HealthChecksDocument,
    "\n  query CommandHistory($id: ID!) {\n    node(id: $id) {\n      id\n      commands(first: 50) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": typeof types.CommandHistoryDocument,
    "\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      groups {\n        id\n        name\n      }\n      ...NodeState\n    }\n  }\n": typeof types.NodeFactsDocument,
    "\n  query NodePage($id: ID!) {\n    node(id: $id) {\n      connectionCount\n      ...NodeState\n    }\n  }\n": typeof types.NodePageDocument,
    "\n  query NodeLogHistory($id: ID!) {\n    node(id: $id) {\n      id\n      logs(last: 500) {\n        at\n        source\n        text\n      }\n    }\n  }\n": typeof types.NodeLogHistoryDocument,
    "\n  subscription NodeLogs($nodeId: ID!) {\n    nodeLogs(nodeId: $nodeId) {\n      at\n      source\n      text\n    }\n  }\n": typeof types.NodeLogsDocument,
    "\n  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {\n    node(id: $id) {\n      id\n      metricsHistory(range: $range, points: $points) {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": typeof types.MetricsHistoryDocument,
    "\n  query NodeCount {\n    cluster {\n      totalNodes\n    }\n  }\n": typeof types.NodeCountDocument,
    "\n  query FindNodes($search: String!) {\n    nodes(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": typeof types.FindNodesDocument,
    "\n  mutation DeleteProxy($id: ID!) {\n    deleteProxy(id: $id) {\n      deletedId\n    }\n  }\n": typeof types.DeleteProxyDocument,
    "\n  query InboundSchema {\n    proxyInboundSchema\n  }\n": typeof types.InboundSchemaDocument,
    "\n  query TargetChoices($search: String!) {\n    nodeGroups(first: 50, search: $search) {\n      totalCount\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n    nodes(first: 50, filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": typeof types.TargetChoicesDocument,
    "\n  mutation ValidateProxy($input: CreateProxyInput!, $id: ID) {\n    validateProxy(input: $input, id: $id) {\n      problems {\n        path\n        message\n      }\n      warnings {\n        path\n        message\n      }\n    }\n  }\n": typeof types.ValidateProxyDocument,
    "\n  query ProxiesPage($first: Int!, $after: String, $search: String) {\n    proxies(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProxyFields\n      }\n    }\n  }\n": typeof types.ProxiesPageDocument,
    "\n  query ProxyToCopy($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n": typeof types.ProxyToCopyDocument,
    "\n  query ProxyPage($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n": typeof types.ProxyPageDocument,
    "\n  fragment ProxyFields on Proxy {\n    id\n    name\n    protocol\n    port\n    enabled\n    everywhere\n    inbound\n    createdAt\n    updatedAt\n    targetNodes {\n      id\n      name\n    }\n    targetGroups {\n      id\n      name\n    }\n  }\n": typeof types.ProxyFieldsFragmentDoc,
    "\n  mutation CreateProxy($input: CreateProxyInput!) {\n    createProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n": typeof types.CreateProxyDocument,
    "\n  mutation UpdateProxy($input: UpdateProxyInput!) {\n    updateProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n": typeof types.UpdateProxyDocument,
    "\n  mutation BuildProxy($input: BuildProxyInput!) {\n    buildProxy(input: $input) {\n      protocol\n      port\n      inbound\n    }\n  }\n": typeof types.BuildProxyDocument,
    "\n  query NodesOfGroups($groupIds: [ID!]!, $after: String) {\n    nodes(first: 100, after: $after, filter: { groupIds: $groupIds }) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n      }\n    }\n  }\n": typeof types.NodesOfGroupsDocument,
    "\n  query FindProxies($search: String!) {\n    proxies(first: 8, search: $search) {\n      nodes {\n        id\n        name\n        port\n      }\n    }\n  }\n": typeof types.FindProxiesDocument,
    "\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n      subscriptionTitle\n      subscriptionUpdateHours\n      allowPrivateTargets\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n": typeof types.SettingsPageDocument,
    "\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n        subscriptionTitle\n        subscriptionUpdateHours\n        allowPrivateTargets\n      }\n    }\n  }\n": typeof types.UpdateSettingsDocument,
    "\n  query NodeConfiguration($id: ID!) {\n    node(id: $id) {\n      id\n      config\n    }\n  }\n": typeof types.NodeConfigurationDocument,
    "\n  query SyncGroups {\n    nodeGroups(first: 100) {\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n  }\n": typeof types.SyncGroupsDocument,
    "\n  mutation SyncNow($input: SyncInput!) {\n    sync(input: $input) {\n      statuses {\n        ...SyncStatusFields\n      }\n    }\n  }\n": typeof types.SyncNowDocument,
    "\n  mutation SetUserStatus($input: SetUserStatusInput!) {\n    setUserStatus(input: $input) {\n      users {\n        ...UserFields\n      }\n    }\n  }\n": typeof types.SetUserStatusDocument,
    "\n  mutation DeleteUsers($ids: [ID!]!) {\n    deleteUsers(ids: $ids) {\n      deletedIds\n    }\n  }\n": typeof types.DeleteUsersDocument,
    "\n  mutation RotateLink($userId: ID!, $keepCredentials: Boolean!) {\n    rotateSubscriptionUrl(userId: $userId, keepCredentials: $keepCredentials) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n": typeof types.RotateLinkDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n": typeof types.CreateUserDocument,
    "\n  mutation CreateUsers($input: [CreateUserInput!]!) {\n    createUsers(input: $input) {\n      users {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n": typeof types.CreateUsersDocument,
    "\n  mutation ValidateUsers($input: [CreateUserInput!]!) {\n    validateUsers(input: $input) {\n      problems {\n        row\n        field\n        message\n      }\n    }\n  }\n": typeof types.ValidateUsersDocument,
    "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n": typeof types.UpdateUserDocument,
    "\n  query HasGroups {\n    nodeGroups(first: 1) {\n      totalCount\n    }\n  }\n": typeof types.HasGroupsDocument,
    "\n  query UsersPage($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...UserFields\n      }\n    }\n  }\n": typeof types.UsersPageDocument,
    "\n  query UserLinks($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n": typeof types.UserLinksDocument,
    "\n  query UserCursor($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.UserCursorDocument,
    "\n  query NodeUsers($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...UserFields\n        }\n      }\n    }\n  }\n": typeof types.NodeUsersDocument,
    "\n  query NodeUsersCursor($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.NodeUsersCursorDocument,
    "\n  fragment UserNode on Node {\n    id\n    name\n    status\n    sync {\n      state\n      lastError\n      nextRetryAt\n    }\n  }\n": typeof types.UserNodeFragmentDoc,
    "\n  query UserPage($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n      pendingNodes {\n        ...UserNode\n      }\n      groups {\n        id\n        nodes(first: 100) {\n          totalCount\n          nodes {\n            ...UserNode\n          }\n        }\n      }\n    }\n  }\n": typeof types.UserPageDocument,
    "\n  query UserCount {\n    users(first: 1) {\n      totalCount\n    }\n  }\n": typeof types.UserCountDocument,
    "\n  query FindUsers($search: String!) {\n    users(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        username\n        status\n      }\n    }\n  }\n": typeof types.FindUsersDocument,
    "\n  fragment UserFields on User {\n    id\n    username\n    status\n    note\n    dataLimit\n    dataUsed\n    expiresAt\n    createdAt\n    updatedAt\n    subscriptionFetchedAt\n    subscriptionClient\n    subscriptionUrl\n    groups {\n      id\n      name\n    }\n    pendingNodes {\n      id\n      name\n    }\n  }\n": typeof types.UserFieldsFragmentDoc,
    "\n  query NodeOptions($filter: NodeFilter) {\n    nodes(first: 50, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": typeof types.NodeOptionsDocument,
    "\n  query GroupOptions($after: String) {\n    nodeGroups(first: 100, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        region\n      }\n    }\n  }\n": typeof types.GroupOptionsDocument,
    "\n  fragment SessionFields on SessionPayload {\n    accessToken\n    expiresAt\n    viewer {\n      id\n      name\n      role\n    }\n  }\n": typeof types.SessionFieldsFragmentDoc,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ...SessionFields\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation RefreshSession {\n    refreshSession {\n      ...SessionFields\n    }\n  }\n": typeof types.RefreshSessionDocument,
    "\n  mutation Logout {\n    logout\n  }\n": typeof types.LogoutDocument,
    "\n  query ShellCluster {\n    cluster {\n      totalNodes\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": typeof types.ShellClusterDocument,
    "\n  subscription ClusterChanged {\n    clusterChanged {\n      totalNodes\n      connections\n      onlineUsers\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": typeof types.ClusterChangedDocument,
    "\n  query ShellPanel {\n    panel {\n      demo\n    }\n  }\n": typeof types.ShellPanelDocument,
    "\n  fragment SyncStatusFields on SyncStatus {\n    state\n    desiredRevision\n    appliedRevision\n    attempts\n    lastError\n    lastSyncedAt\n    nextRetryAt\n    driftSince\n    node {\n      id\n      name\n      agent {\n        connected\n      }\n    }\n  }\n": typeof types.SyncStatusFieldsFragmentDoc,
    "\n  query SyncStatuses {\n    syncStatuses {\n      ...SyncStatusFields\n    }\n  }\n": typeof types.SyncStatusesDocument,
    "\n  subscription SyncStatusChanged {\n    syncStatusChanged {\n      ...SyncStatusFields\n    }\n  }\n": typeof types.SyncStatusChangedDocument,
    "\n  subscription FleetChanged {\n    nodeChanged {\n      kind\n      nodeId\n      node {\n        id\n        name\n        agent {\n          connected\n        }\n      }\n    }\n  }\n": typeof types.FleetChangedDocument,
};
const documents: Documents = {
    "\n  mutation DeleteGroup($id: ID!) {\n    deleteNodeGroup(id: $id) {\n      deletedId\n    }\n  }\n": types.DeleteGroupDocument,
    "\n  mutation CreateGroup($input: CreateNodeGroupInput!) {\n    createNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n": types.CreateGroupDocument,
    "\n  mutation UpdateGroup($input: UpdateNodeGroupInput!) {\n    updateNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n": types.UpdateGroupDocument,
    "\n  query GroupMembers($id: ID!, $after: String) {\n    nodeGroup(id: $id) {\n      id\n      nodes(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.GroupMembersDocument,
    "\n  fragment GroupFields on NodeGroup {\n    id\n    name\n    description\n    region\n    createdAt\n    stats {\n      totalNodes\n      healthyNodes\n      totalUsers\n      capacity\n      connections\n      uplinkRate\n      downlinkRate\n    }\n  }\n": types.GroupFieldsFragmentDoc,
    "\n  query GroupPage($id: ID!) {\n    nodeGroup(id: $id) {\n      ...GroupFields\n      nodes(first: 100) {\n        totalCount\n        nodes {\n          id\n          name\n          address\n          status\n          connectionCount\n        }\n      }\n    }\n  }\n": types.GroupPageDocument,
    "\n  query GroupsPage($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...GroupFields\n      }\n    }\n  }\n": types.GroupsPageDocument,
    "\n  query GroupsCursor($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.GroupsCursorDocument,
    "\n  mutation DeleteNode($id: ID!) {\n    deleteNode(id: $id) {\n      deletedId\n      reassignedUsers\n      strandedUsers\n    }\n  }\n": types.DeleteNodeDocument,
    "\n  mutation RevokeToken($id: ID!) {\n    revokeNodeToken(id: $id) {\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.RevokeTokenDocument,
    "\n  mutation TestNode($id: ID!) {\n    testNodeConnection(id: $id) {\n      check {\n        id\n        ok\n        latencyMs\n        probes {\n          kind\n          ok\n          latencyMs\n          error\n        }\n      }\n    }\n  }\n": types.TestNodeDocument,
    "\n  fragment CommandFields on NodeCommand {\n    id\n    kind\n    state\n    issuedBy\n    issuedAt\n    expiresAt\n    deliveredAt\n    finishedAt\n    output\n    error\n    node {\n      id\n    }\n  }\n": types.CommandFieldsFragmentDoc,
    "\n  mutation RunCommand($input: RunNodeCommandInput!) {\n    runNodeCommand(input: $input) {\n      commands {\n        id\n        node {\n          id\n        }\n        ...CommandFields\n      }\n    }\n  }\n": types.RunCommandDocument,
    "\n  subscription CommandChanged($commandIds: [ID!]) {\n    commandChanged(commandIds: $commandIds) {\n      id\n      node {\n        id\n      }\n      ...CommandFields\n    }\n  }\n": types.CommandChangedDocument,
    "\n  query NewestCommands($nodeId: ID!) {\n    node(id: $nodeId) {\n      id\n      commands(first: 5) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": types.NewestCommandsDocument,
    "\n  mutation CreateNode($input: CreateNodeInput!) {\n    createNode(input: $input) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.CreateNodeDocument,
    "\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n      groups {\n        id\n        name\n      }\n    }\n  }\n": types.NodeToEditDocument,
    "\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n        groups {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.UpdateNodeDocument,
    "\n  query Joining($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n    }\n  }\n": types.JoiningDocument,
    "\n  mutation RotateToken($id: ID!) {\n    rotateNodeToken(id: $id) {\n      joinToken\n      installCommand\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.RotateTokenDocument,
    "\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    groups {\n      id\n      name\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n": types.NodeRowFragmentDoc,
    "\n  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...NodeRow\n      }\n    }\n  }\n": types.NodesPageDocument,
    "\n  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {\n    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        connectionCount\n      }\n    }\n  }\n": types.NodeIdsDocument,
    "\n  query ClusterFigures {\n    cluster {\n      totalNodes\n      onlineUsers\n      connections\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": types.ClusterFiguresDocument,
    "\n  fragment NodeState on Node {\n    id\n    name\n    address\n    agentPort\n    mode\n    status\n    health\n    healthSince\n    latencyMs\n    weight\n    capacity\n    tags {\n      key\n      value\n    }\n    location {\n      latitude\n      longitude\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      connected\n      version\n      hostname\n      connectedAt\n      lastSeenAt\n      remoteAddress\n    }\n    xray {\n      state\n      version\n      startedAt\n    }\n    token {\n      createdAt\n      lastUsedAt\n      revokedAt\n      rotationPending\n    }\n    onboarding {\n      joinTokenExpiresAt\n      tokenUsedAt\n      tlsVerifiedAt\n      registeredAt\n      xrayStartedAt\n      firstMetricsAt\n      problem\n    }\n    ipAllowlist\n    updatedAt\n  }\n": types.NodeStateFragmentDoc,
    "\n  subscription NodeChanged($nodeIds: [ID!]) {\n    nodeChanged(nodeIds: $nodeIds) {\n      kind\n      nodeId\n      node {\n        ...NodeState\n      }\n    }\n  }\n": types.NodeChangedDocument,
    "\n  subscription NodeMetrics($nodeIds: [ID!]) {\n    nodeMetrics(nodeIds: $nodeIds) {\n      nodeId\n      point {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": types.NodeMetricsDocument,
    "\n  query HealthChecks($id: ID!) {\n    node(id: $id) {\n      id\n      healthChecks(first: 60) {\n        nodes {\n          id\n          at\n          ok\n          latencyMs\n          healthAfter\n          vantage\n          probes {\n            kind\n            ok\n            latencyMs\n            error\n          }\n        }\n      }\n    }\n  }\n": types.HealthChecksDocument,
    "\n  query CommandHistory($id: ID!) {\n    node(id: $id) {\n      id\n      commands(first: 50) {\n        nodes {\n          ...CommandFields\n        }\n      }\n    }\n  }\n": types.CommandHistoryDocument,
    "\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      groups {\n        id\n        name\n      }\n      ...NodeState\n    }\n  }\n": types.NodeFactsDocument,
    "\n  query NodePage($id: ID!) {\n    node(id: $id) {\n      connectionCount\n      ...NodeState\n    }\n  }\n": types.NodePageDocument,
    "\n  query NodeLogHistory($id: ID!) {\n    node(id: $id) {\n      id\n      logs(last: 500) {\n        at\n        source\n        text\n      }\n    }\n  }\n": types.NodeLogHistoryDocument,
    "\n  subscription NodeLogs($nodeId: ID!) {\n    nodeLogs(nodeId: $nodeId) {\n      at\n      source\n      text\n    }\n  }\n": types.NodeLogsDocument,
    "\n  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {\n    node(id: $id) {\n      id\n      metricsHistory(range: $range, points: $points) {\n        at\n        cpu\n        memory\n        disk\n        loadAverage\n        uplinkRate\n        downlinkRate\n        connections\n        onlineUsers\n      }\n    }\n  }\n": types.MetricsHistoryDocument,
    "\n  query NodeCount {\n    cluster {\n      totalNodes\n    }\n  }\n": types.NodeCountDocument,
    "\n  query FindNodes($search: String!) {\n    nodes(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": types.FindNodesDocument,
    "\n  mutation DeleteProxy($id: ID!) {\n    deleteProxy(id: $id) {\n      deletedId\n    }\n  }\n": types.DeleteProxyDocument,
    "\n  query InboundSchema {\n    proxyInboundSchema\n  }\n": types.InboundSchemaDocument,
    "\n  query TargetChoices($search: String!) {\n    nodeGroups(first: 50, search: $search) {\n      totalCount\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n    nodes(first: 50, filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": types.TargetChoicesDocument,
    "\n  mutation ValidateProxy($input: CreateProxyInput!, $id: ID) {\n    validateProxy(input: $input, id: $id) {\n      problems {\n        path\n        message\n      }\n      warnings {\n        path\n        message\n      }\n    }\n  }\n": types.ValidateProxyDocument,
    "\n  query ProxiesPage($first: Int!, $after: String, $search: String) {\n    proxies(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProxyFields\n      }\n    }\n  }\n": types.ProxiesPageDocument,
    "\n  query ProxyToCopy($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n": types.ProxyToCopyDocument,
    "\n  query ProxyPage($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n": types.ProxyPageDocument,
    "\n  fragment ProxyFields on Proxy {\n    id\n    name\n    protocol\n    port\n    enabled\n    everywhere\n    inbound\n    createdAt\n    updatedAt\n    targetNodes {\n      id\n      name\n    }\n    targetGroups {\n      id\n      name\n    }\n  }\n": types.ProxyFieldsFragmentDoc,
    "\n  mutation CreateProxy($input: CreateProxyInput!) {\n    createProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n": types.CreateProxyDocument,
    "\n  mutation UpdateProxy($input: UpdateProxyInput!) {\n    updateProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n": types.UpdateProxyDocument,
    "\n  mutation BuildProxy($input: BuildProxyInput!) {\n    buildProxy(input: $input) {\n      protocol\n      port\n      inbound\n    }\n  }\n": types.BuildProxyDocument,
    "\n  query NodesOfGroups($groupIds: [ID!]!, $after: String) {\n    nodes(first: 100, after: $after, filter: { groupIds: $groupIds }) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n      }\n    }\n  }\n": types.NodesOfGroupsDocument,
    "\n  query FindProxies($search: String!) {\n    proxies(first: 8, search: $search) {\n      nodes {\n        id\n        name\n        port\n      }\n    }\n  }\n": types.FindProxiesDocument,
    "\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n      subscriptionTitle\n      subscriptionUpdateHours\n      allowPrivateTargets\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n": types.SettingsPageDocument,
    "\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n        subscriptionTitle\n        subscriptionUpdateHours\n        allowPrivateTargets\n      }\n    }\n  }\n": types.UpdateSettingsDocument,
    "\n  query NodeConfiguration($id: ID!) {\n    node(id: $id) {\n      id\n      config\n    }\n  }\n": types.NodeConfigurationDocument,
    "\n  query SyncGroups {\n    nodeGroups(first: 100) {\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n  }\n": types.SyncGroupsDocument,
    "\n  mutation SyncNow($input: SyncInput!) {\n    sync(input: $input) {\n      statuses {\n        ...SyncStatusFields\n      }\n    }\n  }\n": types.SyncNowDocument,
    "\n  mutation SetUserStatus($input: SetUserStatusInput!) {\n    setUserStatus(input: $input) {\n      users {\n        ...UserFields\n      }\n    }\n  }\n": types.SetUserStatusDocument,
    "\n  mutation DeleteUsers($ids: [ID!]!) {\n    deleteUsers(ids: $ids) {\n      deletedIds\n    }\n  }\n": types.DeleteUsersDocument,
    "\n  mutation RotateLink($userId: ID!, $keepCredentials: Boolean!) {\n    rotateSubscriptionUrl(userId: $userId, keepCredentials: $keepCredentials) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n": types.RotateLinkDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n": types.CreateUserDocument,
    "\n  mutation CreateUsers($input: [CreateUserInput!]!) {\n    createUsers(input: $input) {\n      users {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n": types.CreateUsersDocument,
    "\n  mutation ValidateUsers($input: [CreateUserInput!]!) {\n    validateUsers(input: $input) {\n      problems {\n        row\n        field\n        message\n      }\n    }\n  }\n": types.ValidateUsersDocument,
    "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n": types.UpdateUserDocument,
    "\n  query HasGroups {\n    nodeGroups(first: 1) {\n      totalCount\n    }\n  }\n": types.HasGroupsDocument,
    "\n  query UsersPage($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...UserFields\n      }\n    }\n  }\n": types.UsersPageDocument,
    "\n  query UserLinks($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n": types.UserLinksDocument,
    "\n  query UserCursor($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.UserCursorDocument,
    "\n  query NodeUsers($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...UserFields\n        }\n      }\n    }\n  }\n": types.NodeUsersDocument,
    "\n  query NodeUsersCursor($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.NodeUsersCursorDocument,
    "\n  fragment UserNode on Node {\n    id\n    name\n    status\n    sync {\n      state\n      lastError\n      nextRetryAt\n    }\n  }\n": types.UserNodeFragmentDoc,
    "\n  query UserPage($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n      pendingNodes {\n        ...UserNode\n      }\n      groups {\n        id\n        nodes(first: 100) {\n          totalCount\n          nodes {\n            ...UserNode\n          }\n        }\n      }\n    }\n  }\n": types.UserPageDocument,
    "\n  query UserCount {\n    users(first: 1) {\n      totalCount\n    }\n  }\n": types.UserCountDocument,
    "\n  query FindUsers($search: String!) {\n    users(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        username\n        status\n      }\n    }\n  }\n": types.FindUsersDocument,
    "\n  fragment UserFields on User {\n    id\n    username\n    status\n    note\n    dataLimit\n    dataUsed\n    expiresAt\n    createdAt\n    updatedAt\n    subscriptionFetchedAt\n    subscriptionClient\n    subscriptionUrl\n    groups {\n      id\n      name\n    }\n    pendingNodes {\n      id\n      name\n    }\n  }\n": types.UserFieldsFragmentDoc,
    "\n  query NodeOptions($filter: NodeFilter) {\n    nodes(first: 50, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n": types.NodeOptionsDocument,
    "\n  query GroupOptions($after: String) {\n    nodeGroups(first: 100, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        region\n      }\n    }\n  }\n": types.GroupOptionsDocument,
    "\n  fragment SessionFields on SessionPayload {\n    accessToken\n    expiresAt\n    viewer {\n      id\n      name\n      role\n    }\n  }\n": types.SessionFieldsFragmentDoc,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ...SessionFields\n    }\n  }\n": types.LoginDocument,
    "\n  mutation RefreshSession {\n    refreshSession {\n      ...SessionFields\n    }\n  }\n": types.RefreshSessionDocument,
    "\n  mutation Logout {\n    logout\n  }\n": types.LogoutDocument,
    "\n  query ShellCluster {\n    cluster {\n      totalNodes\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": types.ShellClusterDocument,
    "\n  subscription ClusterChanged {\n    clusterChanged {\n      totalNodes\n      connections\n      onlineUsers\n      uplinkRate\n      downlinkRate\n      nodesByStatus {\n        status\n        count\n      }\n    }\n  }\n": types.ClusterChangedDocument,
    "\n  query ShellPanel {\n    panel {\n      demo\n    }\n  }\n": types.ShellPanelDocument,
    "\n  fragment SyncStatusFields on SyncStatus {\n    state\n    desiredRevision\n    appliedRevision\n    attempts\n    lastError\n    lastSyncedAt\n    nextRetryAt\n    driftSince\n    node {\n      id\n      name\n      agent {\n        connected\n      }\n    }\n  }\n": types.SyncStatusFieldsFragmentDoc,
    "\n  query SyncStatuses {\n    syncStatuses {\n      ...SyncStatusFields\n    }\n  }\n": types.SyncStatusesDocument,
    "\n  subscription SyncStatusChanged {\n    syncStatusChanged {\n      ...SyncStatusFields\n    }\n  }\n": types.SyncStatusChangedDocument,
    "\n  subscription FleetChanged {\n    nodeChanged {\n      kind\n      nodeId\n      node {\n        id\n        name\n        agent {\n          connected\n        }\n      }\n    }\n  }\n": types.FleetChangedDocument,
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
export function graphql(source: "\n  mutation DeleteGroup($id: ID!) {\n    deleteNodeGroup(id: $id) {\n      deletedId\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteGroup($id: ID!) {\n    deleteNodeGroup(id: $id) {\n      deletedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateGroup($input: CreateNodeGroupInput!) {\n    createNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateGroup($input: CreateNodeGroupInput!) {\n    createNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateGroup($input: UpdateNodeGroupInput!) {\n    updateNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateGroup($input: UpdateNodeGroupInput!) {\n    updateNodeGroup(input: $input) {\n      group {\n        ...GroupFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupMembers($id: ID!, $after: String) {\n    nodeGroup(id: $id) {\n      id\n      nodes(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupMembers($id: ID!, $after: String) {\n    nodeGroup(id: $id) {\n      id\n      nodes(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupFields on NodeGroup {\n    id\n    name\n    description\n    region\n    createdAt\n    stats {\n      totalNodes\n      healthyNodes\n      totalUsers\n      capacity\n      connections\n      uplinkRate\n      downlinkRate\n    }\n  }\n"): (typeof documents)["\n  fragment GroupFields on NodeGroup {\n    id\n    name\n    description\n    region\n    createdAt\n    stats {\n      totalNodes\n      healthyNodes\n      totalUsers\n      capacity\n      connections\n      uplinkRate\n      downlinkRate\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupPage($id: ID!) {\n    nodeGroup(id: $id) {\n      ...GroupFields\n      nodes(first: 100) {\n        totalCount\n        nodes {\n          id\n          name\n          address\n          status\n          connectionCount\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupPage($id: ID!) {\n    nodeGroup(id: $id) {\n      ...GroupFields\n      nodes(first: 100) {\n        totalCount\n        nodes {\n          id\n          name\n          address\n          status\n          connectionCount\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupsPage($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...GroupFields\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupsPage($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...GroupFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupsCursor($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupsCursor($first: Int!, $after: String, $search: String) {\n    nodeGroups(first: $first, after: $after, search: $search) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
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
export function graphql(source: "\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n      groups {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeToEdit($id: ID!) {\n    node(id: $id) {\n      ...NodeState\n      groups {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n        groups {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateNode($input: UpdateNodeInput!) {\n    updateNode(input: $input) {\n      node {\n        ...NodeState\n        groups {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
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
export function graphql(source: "\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    groups {\n      id\n      name\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n"): (typeof documents)["\n  fragment NodeRow on Node {\n    id\n    name\n    address\n    status\n    mode\n    latencyMs\n    loadTrend\n    tags {\n      key\n      value\n    }\n    groups {\n      id\n      name\n    }\n    location {\n      city\n      countryCode\n    }\n    issues {\n      kind\n      severity\n      message\n      since\n    }\n    agent {\n      version\n    }\n    xray {\n      state\n      version\n    }\n    metrics {\n      at\n      cpu\n      memory\n      uplinkRate\n      downlinkRate\n      connections\n    }\n  }\n"];
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
export function graphql(source: "\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      groups {\n        id\n        name\n      }\n      ...NodeState\n    }\n  }\n"): (typeof documents)["\n  query NodeFacts($id: ID!) {\n    node(id: $id) {\n      createdAt\n      groups {\n        id\n        name\n      }\n      ...NodeState\n    }\n  }\n"];
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
export function graphql(source: "\n  mutation DeleteProxy($id: ID!) {\n    deleteProxy(id: $id) {\n      deletedId\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteProxy($id: ID!) {\n    deleteProxy(id: $id) {\n      deletedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InboundSchema {\n    proxyInboundSchema\n  }\n"): (typeof documents)["\n  query InboundSchema {\n    proxyInboundSchema\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TargetChoices($search: String!) {\n    nodeGroups(first: 50, search: $search) {\n      totalCount\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n    nodes(first: 50, filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n"): (typeof documents)["\n  query TargetChoices($search: String!) {\n    nodeGroups(first: 50, search: $search) {\n      totalCount\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n    nodes(first: 50, filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ValidateProxy($input: CreateProxyInput!, $id: ID) {\n    validateProxy(input: $input, id: $id) {\n      problems {\n        path\n        message\n      }\n      warnings {\n        path\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ValidateProxy($input: CreateProxyInput!, $id: ID) {\n    validateProxy(input: $input, id: $id) {\n      problems {\n        path\n        message\n      }\n      warnings {\n        path\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProxiesPage($first: Int!, $after: String, $search: String) {\n    proxies(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProxyFields\n      }\n    }\n  }\n"): (typeof documents)["\n  query ProxiesPage($first: Int!, $after: String, $search: String) {\n    proxies(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...ProxyFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProxyToCopy($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n"): (typeof documents)["\n  query ProxyToCopy($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProxyPage($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n"): (typeof documents)["\n  query ProxyPage($id: ID!) {\n    proxy(id: $id) {\n      ...ProxyFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProxyFields on Proxy {\n    id\n    name\n    protocol\n    port\n    enabled\n    everywhere\n    inbound\n    createdAt\n    updatedAt\n    targetNodes {\n      id\n      name\n    }\n    targetGroups {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment ProxyFields on Proxy {\n    id\n    name\n    protocol\n    port\n    enabled\n    everywhere\n    inbound\n    createdAt\n    updatedAt\n    targetNodes {\n      id\n      name\n    }\n    targetGroups {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProxy($input: CreateProxyInput!) {\n    createProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateProxy($input: CreateProxyInput!) {\n    createProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProxy($input: UpdateProxyInput!) {\n    updateProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateProxy($input: UpdateProxyInput!) {\n    updateProxy(input: $input) {\n      affectedNodes\n      proxy {\n        ...ProxyFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BuildProxy($input: BuildProxyInput!) {\n    buildProxy(input: $input) {\n      protocol\n      port\n      inbound\n    }\n  }\n"): (typeof documents)["\n  mutation BuildProxy($input: BuildProxyInput!) {\n    buildProxy(input: $input) {\n      protocol\n      port\n      inbound\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodesOfGroups($groupIds: [ID!]!, $after: String) {\n    nodes(first: 100, after: $after, filter: { groupIds: $groupIds }) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodesOfGroups($groupIds: [ID!]!, $after: String) {\n    nodes(first: 100, after: $after, filter: { groupIds: $groupIds }) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindProxies($search: String!) {\n    proxies(first: 8, search: $search) {\n      nodes {\n        id\n        name\n        port\n      }\n    }\n  }\n"): (typeof documents)["\n  query FindProxies($search: String!) {\n    proxies(first: 8, search: $search) {\n      nodes {\n        id\n        name\n        port\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n      subscriptionTitle\n      subscriptionUpdateHours\n      allowPrivateTargets\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n"): (typeof documents)["\n  query SettingsPage {\n    settings {\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n      metricsRetentionDays\n      subscriptionTitle\n      subscriptionUpdateHours\n      allowPrivateTargets\n    }\n    panel {\n      version\n      agentUrl\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n        subscriptionTitle\n        subscriptionUpdateHours\n        allowPrivateTargets\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateSettings($input: UpdateSettingsInput!) {\n    updateSettings(input: $input) {\n      settings {\n        metricsIntervalSeconds\n        trafficIntervalSeconds\n        metricsRetentionDays\n        subscriptionTitle\n        subscriptionUpdateHours\n        allowPrivateTargets\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeConfiguration($id: ID!) {\n    node(id: $id) {\n      id\n      config\n    }\n  }\n"): (typeof documents)["\n  query NodeConfiguration($id: ID!) {\n    node(id: $id) {\n      id\n      config\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SyncGroups {\n    nodeGroups(first: 100) {\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SyncGroups {\n    nodeGroups(first: 100) {\n      nodes {\n        id\n        name\n        stats {\n          totalNodes\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SyncNow($input: SyncInput!) {\n    sync(input: $input) {\n      statuses {\n        ...SyncStatusFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SyncNow($input: SyncInput!) {\n    sync(input: $input) {\n      statuses {\n        ...SyncStatusFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetUserStatus($input: SetUserStatusInput!) {\n    setUserStatus(input: $input) {\n      users {\n        ...UserFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetUserStatus($input: SetUserStatusInput!) {\n    setUserStatus(input: $input) {\n      users {\n        ...UserFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteUsers($ids: [ID!]!) {\n    deleteUsers(ids: $ids) {\n      deletedIds\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteUsers($ids: [ID!]!) {\n    deleteUsers(ids: $ids) {\n      deletedIds\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateLink($userId: ID!, $keepCredentials: Boolean!) {\n    rotateSubscriptionUrl(userId: $userId, keepCredentials: $keepCredentials) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RotateLink($userId: ID!, $keepCredentials: Boolean!) {\n    rotateSubscriptionUrl(userId: $userId, keepCredentials: $keepCredentials) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUsers($input: [CreateUserInput!]!) {\n    createUsers(input: $input) {\n      users {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateUsers($input: [CreateUserInput!]!) {\n    createUsers(input: $input) {\n      users {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ValidateUsers($input: [CreateUserInput!]!) {\n    validateUsers(input: $input) {\n      problems {\n        row\n        field\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ValidateUsers($input: [CreateUserInput!]!) {\n    validateUsers(input: $input) {\n      problems {\n        row\n        field\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HasGroups {\n    nodeGroups(first: 1) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query HasGroups {\n    nodeGroups(first: 1) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UsersPage($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...UserFields\n      }\n    }\n  }\n"): (typeof documents)["\n  query UsersPage($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        ...UserFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserLinks($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n"): (typeof documents)["\n  query UserLinks($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        username\n        subscriptionUrl\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserCursor($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query UserCursor($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeUsers($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...UserFields\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeUsers($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...UserFields\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeUsersCursor($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeUsersCursor($id: ID!, $first: Int!, $after: String) {\n    node(id: $id) {\n      id\n      users(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserNode on Node {\n    id\n    name\n    status\n    sync {\n      state\n      lastError\n      nextRetryAt\n    }\n  }\n"): (typeof documents)["\n  fragment UserNode on Node {\n    id\n    name\n    status\n    sync {\n      state\n      lastError\n      nextRetryAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserPage($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n      pendingNodes {\n        ...UserNode\n      }\n      groups {\n        id\n        nodes(first: 100) {\n          totalCount\n          nodes {\n            ...UserNode\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query UserPage($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n      pendingNodes {\n        ...UserNode\n      }\n      groups {\n        id\n        nodes(first: 100) {\n          totalCount\n          nodes {\n            ...UserNode\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserCount {\n    users(first: 1) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query UserCount {\n    users(first: 1) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindUsers($search: String!) {\n    users(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        username\n        status\n      }\n    }\n  }\n"): (typeof documents)["\n  query FindUsers($search: String!) {\n    users(first: 8, filter: { search: $search }) {\n      nodes {\n        id\n        username\n        status\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserFields on User {\n    id\n    username\n    status\n    note\n    dataLimit\n    dataUsed\n    expiresAt\n    createdAt\n    updatedAt\n    subscriptionFetchedAt\n    subscriptionClient\n    subscriptionUrl\n    groups {\n      id\n      name\n    }\n    pendingNodes {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment UserFields on User {\n    id\n    username\n    status\n    note\n    dataLimit\n    dataUsed\n    expiresAt\n    createdAt\n    updatedAt\n    subscriptionFetchedAt\n    subscriptionClient\n    subscriptionUrl\n    groups {\n      id\n      name\n    }\n    pendingNodes {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodeOptions($filter: NodeFilter) {\n    nodes(first: 50, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n"): (typeof documents)["\n  query NodeOptions($filter: NodeFilter) {\n    nodes(first: 50, filter: $filter) {\n      totalCount\n      nodes {\n        id\n        name\n        address\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupOptions($after: String) {\n    nodeGroups(first: 100, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        region\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupOptions($after: String) {\n    nodeGroups(first: 100, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        region\n      }\n    }\n  }\n"];
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
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SyncStatusFields on SyncStatus {\n    state\n    desiredRevision\n    appliedRevision\n    attempts\n    lastError\n    lastSyncedAt\n    nextRetryAt\n    driftSince\n    node {\n      id\n      name\n      agent {\n        connected\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment SyncStatusFields on SyncStatus {\n    state\n    desiredRevision\n    appliedRevision\n    attempts\n    lastError\n    lastSyncedAt\n    nextRetryAt\n    driftSince\n    node {\n      id\n      name\n      agent {\n        connected\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SyncStatuses {\n    syncStatuses {\n      ...SyncStatusFields\n    }\n  }\n"): (typeof documents)["\n  query SyncStatuses {\n    syncStatuses {\n      ...SyncStatusFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SyncStatusChanged {\n    syncStatusChanged {\n      ...SyncStatusFields\n    }\n  }\n"): (typeof documents)["\n  subscription SyncStatusChanged {\n    syncStatusChanged {\n      ...SyncStatusFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FleetChanged {\n    nodeChanged {\n      kind\n      nodeId\n      node {\n        id\n        name\n        agent {\n          connected\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription FleetChanged {\n    nodeChanged {\n      kind\n      nodeId\n      node {\n        id\n        name\n        agent {\n          connected\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;