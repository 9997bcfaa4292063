import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATE = `
ALTER TABLE node_status ADD COLUMN damped boolean NOT NULL DEFAULT false;
ALTER TABLE node_status ADD COLUMN health_reason jsonb;
ALTER TABLE node_status ADD COLUMN xray_error text;

-- What survives a restart of the panel that judges the node.
CREATE TABLE node_health (
  node_id uuid PRIMARY KEY REFERENCES nodes (id) ON DELETE CASCADE,
  stored jsonb NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);

-- Every change of health, once; its number is the cursor of those who replay them.
CREATE TABLE health_transitions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node_id uuid NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  from_health text NOT NULL,
  to_health text NOT NULL,
  incarnation bigint NOT NULL,
  reason text NOT NULL,
  evidence jsonb NOT NULL
);
CREATE INDEX health_transitions_node_id_at ON health_transitions (node_id, at);

ALTER TABLE settings ADD COLUMN health_check_interval_seconds integer NOT NULL DEFAULT 30;
ALTER TABLE settings ADD COLUMN health_check_timeout_seconds integer NOT NULL DEFAULT 4;
ALTER TABLE settings ADD COLUMN unhealthy_after integer NOT NULL DEFAULT 3;
ALTER TABLE settings ADD COLUMN healthy_after integer NOT NULL DEFAULT 2;
ALTER TABLE settings ADD COLUMN health_retention_days integer NOT NULL DEFAULT 30;
`;

const HISTORY = `
-- 10,000 nodes make 29 million rows a day: days are partitions of their own, dropped when they are old. No foreign key:
-- the check of a node that was deleted a moment ago must not fail a thousand others.
ALTER TABLE health_checks RENAME TO health_checks_before;
ALTER TABLE health_checks_before RENAME CONSTRAINT health_checks_pkey TO health_checks_before_pkey;
DROP INDEX health_checks_node_id_at;
CREATE TABLE health_checks (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  node_id uuid NOT NULL,
  at timestamptz NOT NULL,
  ok boolean NOT NULL,
  latency_ms real,
  probes jsonb NOT NULL,
  health_after text NOT NULL,
  vantage text NOT NULL,
  PRIMARY KEY (node_id, at, id)
) PARTITION BY RANGE (at);
CREATE TABLE health_checks_default PARTITION OF health_checks DEFAULT;
INSERT INTO health_checks (id, node_id, at, ok, latency_ms, probes, health_after, vantage)
  SELECT id, node_id, at, ok, latency_ms, probes, health_after, vantage FROM health_checks_before;
DROP TABLE health_checks_before;
`;

export class Health1766000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [STATE, HISTORY]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('The history of checks is not thrown away: restore a backup instead');
  }
}
