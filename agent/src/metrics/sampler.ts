import { readFile } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import type { MetricSampleInput } from '../gql/graphql.js';
import { tcpInUse } from './connections.js';
import { cpuRatio, parseCpu } from './cpu.js';
import type { CpuTicks } from './cpu.js';
import { diskRatio } from './disk.js';
import { parseLoad } from './load.js';
import { memoryRatio } from './memory.js';
import { increase, parseInterfaces } from './network.js';
import type { InterfaceBytes } from './network.js';

/** Rates over less than this are noise: the former ones are said again. */
const MIN_SPAN_MS = 500;

type HostSample = Pick<
  MetricSampleInput,
  'at' | 'cpu' | 'memory' | 'disk' | 'loadAverage' | 'uplinkRate' | 'downlinkRate' | 'connections'
>;
type Rates = Pick<HostSample, 'cpu' | 'uplinkRate' | 'downlinkRate'>;

interface Reading {
  atMs: number;
  cpu: CpuTicks;
  interfaces: Map<string, InterfaceBytes>;
}

/** Measures this machine. Rates and the CPU are averages since the sample before. */
export class Sampler {
  private previous: Reading | undefined;
  private rates: Rates = { cpu: 0, uplinkRate: 0, downlinkRate: 0 };

  constructor(private readonly clock: Clock) {}

  async sample(): Promise<HostSample> {
    const [stat, netDev, meminfo, loadavg, sockstat, sockstat6, disk] = await Promise.all([
      proc('stat'),
      proc('net/dev'),
      proc('meminfo'),
      proc('loadavg'),
      proc('net/sockstat'),
      proc('net/sockstat6'),
      diskRatio('/'),
    ]);
    this.measureRates({ atMs: this.clock.monotonicMs(), cpu: parseCpu(stat), interfaces: parseInterfaces(netDev) });
    return {
      at: new Date(this.clock.now()).toISOString(),
      ...this.rates,
      memory: memoryRatio(meminfo),
      disk,
      loadAverage: parseLoad(loadavg),
      connections: tcpInUse(sockstat, sockstat6),
    };
  }

  private measureRates(reading: Reading): void {
    const { previous } = this;
    const spanMs = previous ? reading.atMs - previous.atMs : 0;
    if (previous && spanMs < MIN_SPAN_MS) return;
    this.previous = reading;
    if (!previous) return;
    const { received, sent } = increase(previous.interfaces, reading.interfaces);
    this.rates = {
      cpu: cpuRatio(previous.cpu, reading.cpu) ?? this.rates.cpu,
      uplinkRate: (sent * 1000) / spanMs,
      downlinkRate: (received * 1000) / spanMs,
    };
  }
}

/** A file that this kernel does not have (no IPv6, a container) counts as empty. */
function proc(name: string): Promise<string> {
  return readFile(`/proc/${name}`, 'utf8').catch(() => '');
}
