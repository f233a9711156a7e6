import { readFileSync } from 'node:fs';

/** What a process took from its start until now. */
export interface ProcessUsage {
  wallMs: number;
  /** User and system time. */
  cpuMs: number;
  peakMb: number;
}

/**
 * The most memory the process held, in MB. Linux hands `maxRSS` on from the process that started this one, so
 * there the kernel's own figure for the process is read.
 */
function peakMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1]) / 1024;
}

/** What this process took so far, loading its modules included. */
export function usageSoFar(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000, peakMb: peakMb() };
}
