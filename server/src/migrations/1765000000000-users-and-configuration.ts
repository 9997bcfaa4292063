import type { MigrationInterface, QueryRunner } from 'typeorm';

const GROUPS = `
-- Comes with PostgreSQL; makes a search inside names fast in a table of a million.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE node_groups (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CONSTRAINT node_groups_name_key UNIQUE,
  description text NOT NULL DEFAULT '',
  region text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE group_nodes (
  group_id uuid NOT NULL REFERENCES node_groups (id) ON DELETE CASCADE,
  node_id uuid NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, node_id)
);
CREATE INDEX group_nodes_node_id ON group_nodes (node_id);
`;

const PROXIES = `
CREATE TABLE proxies (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CONSTRAINT proxies_name_key UNIQUE,
  protocol text NOT NULL,
  port integer NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  -- Chosen, not derived: a proxy that has lost its last target must not appear on every node.
  everywhere boolean NOT NULL,
  -- Xray's inbound without clients, sealed: it holds private keys.
  inbound bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE proxy_nodes (
  proxy_id uuid NOT NULL REFERENCES proxies (id) ON DELETE CASCADE,
  node_id uuid NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
  PRIMARY KEY (proxy_id, node_id)
);
CREATE INDEX proxy_nodes_node_id ON proxy_nodes (node_id);
CREATE TABLE proxy_groups (
  proxy_id uuid NOT NULL REFERENCES proxies (id) ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES node_groups (id) ON DELETE CASCADE,
  PRIMARY KEY (proxy_id, group_id)
);
CREATE INDEX proxy_groups_group_id ON proxy_groups (group_id);
-- Which nodes serve which proxies.
CREATE VIEW proxy_serving AS
  SELECT p.id AS proxy_id, n.id AS node_id FROM proxies p CROSS JOIN nodes n WHERE p.everywhere
  UNION SELECT proxy_id, node_id FROM proxy_nodes
  UNION SELECT t.proxy_id, m.node_id FROM proxy_groups t JOIN group_nodes m ON m.group_id = t.group_id;
`;

const USERS = `
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  username text NOT NULL CONSTRAINT users_username_key UNIQUE,
  status text NOT NULL DEFAULT 'ACTIVE',
  note text,
  data_limit bigint,
  data_used bigint NOT NULL DEFAULT 0,
  expires_at timestamptz,
  location jsonb,
  -- UUID and password, sealed.
  credentials bytea NOT NULL,
  -- SHA-256 of the UUID as Xray compares it: two users with one of them would be one user to a node.
  credential_key bytea NOT NULL CONSTRAINT users_credential_key_key UNIQUE,
  -- SHA-256 of the password, by which Trojan and Shadowsocks know a user.
  password_key bytea NOT NULL CONSTRAINT users_password_key_key UNIQUE,
  -- The two numbers that the user adds to the revision of every node it is on.
  digest_a bigint NOT NULL,
  digest_b bigint NOT NULL,
  subscription_token bytea NOT NULL,
  subscription_hash bytea NOT NULL CONSTRAINT users_subscription_hash_key UNIQUE,
  subscription_fetched_at timestamptz,
  subscription_agent text,
  -- Of the newest change that nodes have to hear of.
  version bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_created_at_id ON users (created_at, id);
CREATE INDEX users_version ON users (version);
CREATE INDEX users_search ON users USING gin (username gin_trgm_ops, note gin_trgm_ops);
CREATE INDEX users_expiring ON users (expires_at) WHERE status = 'ACTIVE' AND expires_at IS NOT NULL;
CREATE TABLE user_groups (
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES node_groups (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX user_groups_user_id ON user_groups (user_id);
-- Users who have left a group or are gone altogether: nodes that were away have to hear of it. No foreign key, that is the point.
CREATE TABLE user_departures (
  user_id uuid NOT NULL,
  group_id uuid NOT NULL,
  version bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, group_id)
);
CREATE INDEX user_departures_group_id_version ON user_departures (group_id, version);
CREATE INDEX user_departures_at ON user_departures (at);
`;

const SYNC = `
-- Counts the changes of what nodes run. Whoever makes one holds this row until it commits: who sees a version sees all
-- that led to it.
CREATE TABLE config_clock (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT config_clock_single_row CHECK (id = 1),
  version bigint NOT NULL DEFAULT 1,
  -- Departures up to here were forgotten: a node that is older gets the whole configuration.
  forgotten_through bigint NOT NULL DEFAULT 0,
  -- Of the rules by which configurations are built; another one means that all nodes have to be looked at again.
  builder integer NOT NULL DEFAULT 0
);
INSERT INTO config_clock DEFAULT VALUES;

CREATE TABLE node_sync (
  node_id uuid PRIMARY KEY CONSTRAINT node_sync_node_id_fkey REFERENCES nodes (id) ON DELETE CASCADE,
  state text NOT NULL DEFAULT 'NEVER',
  -- Newest change that concerns the node, the one that desired_revision accounts for, and the one that is applied.
  wanted_version bigint NOT NULL DEFAULT 1,
  planned_version bigint NOT NULL DEFAULT 0,
  applied_version bigint,
  desired_revision text,
  applied_revision text,
  -- Hash of everything but the users, and the groups they come from, as applied: as long as they stay, users suffice.
  applied_structure text,
  -- Of the attempt under way.
  attempt_id uuid,
  attempt_version bigint,
  attempt_revision text,
  attempt_structure text,
  attempt_is_whole boolean,
  attempted_at timestamptz,
  connection_id uuid,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  last_synced_at timestamptz,
  next_retry_at timestamptz,
  force_whole boolean NOT NULL DEFAULT false,
  drift_since timestamptz,
  suspect_sample_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX node_sync_unsettled ON node_sync (state) WHERE state <> 'IN_SYNC';
INSERT INTO node_sync (node_id) SELECT id FROM nodes;

ALTER TABLE settings ADD COLUMN allow_private_targets boolean NOT NULL DEFAULT false;
ALTER TABLE settings ADD COLUMN subscription_title text NOT NULL DEFAULT 'V Panel';
ALTER TABLE settings ADD COLUMN subscription_update_hours integer NOT NULL DEFAULT 12;
`;

export class UsersAndConfiguration1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [GROUPS, PROXIES, USERS, SYNC]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Users and their credentials are not thrown away: restore a backup instead');
  }
}
