import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCESS = `
CREATE TABLE admins (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  username text NOT NULL CONSTRAINT admins_username_key UNIQUE,
  password_hash text NOT NULL,
  role text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE admin_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  admin_id uuid NOT NULL CONSTRAINT admin_sessions_admin_id_fkey REFERENCES admins (id) ON DELETE CASCADE,
  token_hash bytea NOT NULL,
  previous_token_hash bytea,
  rotated_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  remote_address text NOT NULL
);
CREATE INDEX admin_sessions_admin_id ON admin_sessions (admin_id);
-- Keys of the panel itself (CA, signing keys), each sealed with the secret key that is not in the database.
CREATE TABLE panel_secrets (
  name text PRIMARY KEY,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- Panels that share this database; one that stops beating is dead, and its agents' connections with it.
CREATE TABLE panel_instances (
  id uuid PRIMARY KEY,
  started_at timestamptz NOT NULL DEFAULT now(),
  beat_at timestamptz NOT NULL DEFAULT now()
);
-- Work that only one panel of a cluster may do at a time; term fences off a former holder.
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  term bigint NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE TABLE settings (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT settings_single_row CHECK (id = 1),
  metrics_interval_seconds integer NOT NULL DEFAULT 10,
  traffic_interval_seconds integer NOT NULL DEFAULT 10,
  metrics_retention_days integer NOT NULL DEFAULT 2
);
INSERT INTO settings DEFAULT VALUES;
`;

const NODES = `
CREATE TABLE nodes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CONSTRAINT nodes_name_key UNIQUE,
  address text NOT NULL,
  agent_port integer NOT NULL,
  mode text NOT NULL DEFAULT 'ACTIVE',
  tags jsonb NOT NULL DEFAULT '[]',
  location jsonb,
  weight integer NOT NULL DEFAULT 1,
  capacity integer,
  ip_allowlist text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT nodes_address_agent_port_key UNIQUE (address, agent_port)
) WITH (fillfactor = 80);
CREATE INDEX nodes_created_at_id ON nodes (created_at, id);

CREATE TABLE node_tokens (
  id text PRIMARY KEY,
  node_id uuid NOT NULL CONSTRAINT node_tokens_node_id_fkey REFERENCES nodes (id) ON DELETE CASCADE,
  kind text NOT NULL,
  secret_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  used_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX node_tokens_node_id ON node_tokens (node_id, kind, created_at);

-- The newest of everything that lists show: one hot row a node, without secondary indexes, so that updates stay HOT.
CREATE TABLE node_status (
  node_id uuid PRIMARY KEY CONSTRAINT node_status_node_id_fkey REFERENCES nodes (id) ON DELETE CASCADE,
  connected boolean NOT NULL DEFAULT false,
  connection_id uuid,
  panel_id uuid,
  connected_at timestamptz,
  disconnected_at timestamptz,
  last_seen_at timestamptz,
  remote_address text,
  agent_version text,
  agent_started_at timestamptz,
  hostname text,
  tls_verified_at timestamptz,
  registered_at timestamptz,
  first_xray_at timestamptz,
  first_sample_at timestamptz,
  join_problem text,
  certificate_expires_at timestamptz,
  xray_state text NOT NULL DEFAULT 'UNKNOWN',
  xray_state_since timestamptz,
  xray_version text,
  xray_started_at timestamptz,
  config_revision text,
  health text NOT NULL DEFAULT 'UNKNOWN',
  health_since timestamptz NOT NULL DEFAULT now(),
  latency_ms real,
  sampled_at timestamptz,
  cpu real,
  memory real,
  disk real,
  load_average real,
  uplink_rate double precision,
  downlink_rate double precision,
  connections integer,
  online_users integer,
  load real
) WITH (fillfactor = 50);

CREATE TABLE node_commands (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  node_id uuid NOT NULL CONSTRAINT node_commands_node_id_fkey REFERENCES nodes (id) ON DELETE CASCADE,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'QUEUED',
  issued_by text NOT NULL,
  issued_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  delivered_at timestamptz,
  finished_at timestamptz,
  output text,
  error text
);
CREATE INDEX node_commands_node_id_issued_at ON node_commands (node_id, issued_at, id);
CREATE INDEX node_commands_open ON node_commands (expires_at) WHERE state IN ('QUEUED', 'DELIVERED');

CREATE TABLE node_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node_id uuid NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  source text NOT NULL,
  line text NOT NULL
);
CREATE UNIQUE INDEX node_logs_line ON node_logs (node_id, at, source, md5(line));

CREATE TABLE health_checks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  node_id uuid NOT NULL CONSTRAINT health_checks_node_id_fkey REFERENCES nodes (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  ok boolean NOT NULL,
  latency_ms real,
  probes jsonb NOT NULL,
  health_after text NOT NULL,
  vantage text NOT NULL
);
CREATE INDEX health_checks_node_id_at ON health_checks (node_id, at, id);
`;

const METRICS = `
-- Days are partitions of their own, made ahead by a job and dropped when they are old. No foreign key: a report of a
-- node that was deleted a moment ago must not fail a thousand others.
CREATE TABLE node_metrics (
  node_id uuid NOT NULL,
  at timestamptz NOT NULL,
  cpu real NOT NULL,
  memory real NOT NULL,
  disk real NOT NULL,
  load_average real NOT NULL,
  uplink_rate double precision NOT NULL,
  downlink_rate double precision NOT NULL,
  connections integer NOT NULL,
  online_users integer NOT NULL,
  PRIMARY KEY (node_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE node_metrics_default PARTITION OF node_metrics DEFAULT;

CREATE TABLE node_metrics_1m (
  node_id uuid NOT NULL,
  at timestamptz NOT NULL,
  samples integer NOT NULL,
  cpu real NOT NULL,
  memory real NOT NULL,
  disk real NOT NULL,
  load_average real NOT NULL,
  uplink_rate double precision NOT NULL,
  downlink_rate double precision NOT NULL,
  connections real NOT NULL,
  online_users real NOT NULL,
  PRIMARY KEY (node_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE node_metrics_1m_default PARTITION OF node_metrics_1m DEFAULT;

CREATE TABLE node_metrics_1h (LIKE node_metrics_1m INCLUDING ALL) PARTITION BY RANGE (at);
CREATE TABLE node_metrics_1h_default PARTITION OF node_metrics_1h DEFAULT;

-- Up to where each roll-up is complete; samples that come later than that are marked as late and folded in again.
CREATE TABLE metric_rollups (
  name text PRIMARY KEY,
  complete_through timestamptz NOT NULL
);
CREATE TABLE metric_late (
  node_id uuid NOT NULL,
  minute timestamptz NOT NULL,
  PRIMARY KEY (node_id, minute)
);
`;

export class WalkingSkeleton1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [ACCESS, NODES, METRICS]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('There is nothing before the first migration');
  }
}
