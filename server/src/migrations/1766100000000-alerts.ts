import type { MigrationInterface, QueryRunner } from 'typeorm';

const ALERTS = `
CREATE TABLE alert_channels (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CONSTRAINT alert_channels_name_key UNIQUE,
  kind text NOT NULL,
  events text[] NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  language text NOT NULL DEFAULT 'EN',
  -- Sealed, since the address alone lets anybody post to many services; and as it is shown.
  target bytea NOT NULL,
  shown_target text NOT NULL,
  -- Key of the signature, bot token or password; sealed.
  secret bytea,
  -- Why the panel itself has switched the channel off.
  disabled_reason text,
  -- The receiver has asked for a pause.
  paused_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- The messages: those that wait to be sent, and what has become of the others.
CREATE TABLE alert_deliveries (
  -- Also what receivers recognise a message by that they get twice.
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  seq bigint GENERATED ALWAYS AS IDENTITY,
  channel_id uuid NOT NULL CONSTRAINT alert_deliveries_channel_id_fkey REFERENCES alert_channels (id) ON DELETE CASCADE,
  dedupe_key text NOT NULL,
  coalesce_key text,
  event text NOT NULL,
  -- ALERT, FLAPPING, SETTLED (what flapping has ended in) or TEST.
  form text NOT NULL,
  -- No foreign key: that a node is gone is no reason to keep silent about it.
  node_id uuid,
  facts jsonb NOT NULL,
  -- Messages that this one stands for.
  covers integer NOT NULL DEFAULT 0,
  raised_at timestamptz NOT NULL,
  -- PENDING, DELIVERED, FAILED or HELD_BACK.
  state text NOT NULL,
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Attempts that took a step of the schedule.
  failures integer NOT NULL DEFAULT 0,
  -- Who sends it now; by the clock of the database, so that panels agree.
  claim_id uuid,
  claimed_until timestamptz,
  last_attempt_at timestamptz,
  answer text,
  error text,
  CONSTRAINT alert_deliveries_once UNIQUE (channel_id, dedupe_key)
);
CREATE INDEX alert_deliveries_due ON alert_deliveries (channel_id, due_at, seq) WHERE state = 'PENDING';
CREATE INDEX alert_deliveries_newest ON alert_deliveries (channel_id, seq);
CREATE INDEX alert_deliveries_attempted ON alert_deliveries (channel_id, last_attempt_at) WHERE last_attempt_at IS NOT NULL;
CREATE INDEX alert_deliveries_held ON alert_deliveries (channel_id, coalesce_key, seq) WHERE state = 'HELD_BACK';
CREATE INDEX alert_deliveries_raised_at ON alert_deliveries (raised_at);

CREATE TABLE alert_attempts (
  delivery_id uuid NOT NULL CONSTRAINT alert_attempts_delivery_id_fkey REFERENCES alert_deliveries (id) ON DELETE CASCADE,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  took_ms integer NOT NULL,
  ok boolean NOT NULL,
  status integer,
  error text,
  PRIMARY KEY (delivery_id, number)
);

-- What is remembered of a subject to notice that it flaps.
CREATE TABLE alert_quiet (
  channel_id uuid NOT NULL CONSTRAINT alert_quiet_channel_id_fkey REFERENCES alert_channels (id) ON DELETE CASCADE,
  coalesce_key text NOT NULL,
  -- When its newest messages were queued, in milliseconds since 1970.
  recent jsonb NOT NULL DEFAULT '[]',
  flapping_since timestamptz,
  last_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (channel_id, coalesce_key)
);
CREATE INDEX alert_quiet_last_at ON alert_quiet (last_at);
`;

export class Alerts1766100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ALERTS);
  }

  async down(): Promise<void> {
    throw new Error('What has been told to whom is not thrown away: restore a backup instead');
  }
}
