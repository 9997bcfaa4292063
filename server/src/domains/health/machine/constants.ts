/**
 * The figures of node health, in one place. Those that an operator sets come with bounds in settings.ts; these do not
 * change. Where a figure is borrowed its source is named.
 */

/** The agent reports this often or more rarely; the lease is two and a half reports (Kubernetes takes four, Nomad two). */
export const HEARTBEAT_MS = 10_000;
export const LEASE_MS = 25_000;
export const LEASE_HEARTBEATS = 2.5;

/** While SUSPECT a node is probed this often (HAProxy's fastinter), while it comes back this often. */
export const CONFIRM_MS = 5_000;
export const RECOVER_MS = 10_000;
/** A node that stays SUSPECT for longer is known to be a special case and is probed at the ordinary pace again. */
export const CONFIRM_FOR_MS = 600_000;

/** memberlist asks three members before it believes its own probe. */
export const HELPERS = 3;
/** What is remembered of helpers for one node. */
export const HELPERS_REMEMBERED = 8;

/** How long a silent node stays SUSPECT: with every helper confirming, and with none (memberlist's suspicion, Lifeguard). */
export const WINDOW_MIN_MS = 15_000;
export const WINDOW_MAX_MS = 90_000;
/** The same when the node itself says that Xray is gone, or two observers were refused: that is more than silence. */
export const EXPLICIT_WINDOW_MS = 5_000;

/** A new agent has this long to fetch Xray and its configuration before its failures count. */
export const GRACE_MS = 60_000;
/** Good rounds must span this long before a node that was down is trusted again. */
export const RECOVERY_SPAN_MS = 20_000;
/** Control must be lost for this long before a node that still serves is called DETACHED. */
export const DETACHED_AFTER_MS = 25_000;
/** A verdict that is due and yet withheld for this long is told to the operator. */
export const WITHHELD_ALERT_MS = 90_000;

/** Flap damping after RFC 2439 with Cisco's figures: suppress at 2000, reuse below 750, half-life 15 min, at most 60 min. */
export const PENALTY_OUTAGE = 1_000;
export const PENALTY_RELAPSE = 500;
export const PENALTY_SUPPRESS = 2_000;
export const PENALTY_REUSE = 750;
export const PENALTY_HALF_LIFE_MS = 900_000;
export const PENALTY_MAX_MS = 3_600_000;
/** The reuse limit times 2^(60/15): whatever happens, an hour of quiet is enough. */
export const PENALTY_CAP = 12_000;

/** A node that was down takes new users slowly: from 10 % to 100 % in five minutes (Envoy's slow start). */
export const SLOW_START_MS = 300_000;
export const SLOW_START_FROM = 0.1;

/** The panel's trust in itself (Lifeguard's local health): from SCORE_SICK on no verdict is given. */
export const SCORE_MAX = 7;
export const SCORE_SICK = 4;
export const SLOW_LOOP_MS = 250;
export const SLOW_WRITE_MS = 2_000;

/** After a start no verdict for 90 s: twice the agents' longest wait before they reconnect, and a lease (Nomad waits 300 s). */
export const HOLD_START_MS = 90_000;
export const HOLD_MS = 60_000;
/** So many sessions lost together are one event, of the panel or its network. */
export const CORRELATED_SHARE = 0.3;
export const CORRELATED_MIN = 3;
export const CORRELATED_WITHIN_MS = 10_000;
/** Kubernetes calls a zone PARTIAL when more than 2 nodes and at least 55 % of it are not ready. */
export const PARTIAL_SHARE = 0.55;
export const PARTIAL_MORE_THAN = 2;

/** Entries into failover: Kubernetes evicts one node in 10 s, Eureka 15 % in each pass. */
export const ENTRY_EVERY_MS = 10_000;
export const ENTRY_EVERY_CONFIRMING_MS = 30_000;
export const ENTRY_SHARE = 0.15;
export const ENTRY_SHARE_WITHIN_MS = 60_000;
