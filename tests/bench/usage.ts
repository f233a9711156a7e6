import { readdirSync, readFileSync } from 'node:fs';

/** What a process took from its start until now. */
export interface ProcessUsage {
  wallMs: number;
  /** User and system time. */
  cpuMs: number;
  peakMb: number;
}

function peakIn(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1]) / 1024;
}

/**
 * The most memory the process held, in MB. Linux hands `maxRSS` on from the process that started this one, so
 * there the kernel's own figure for the process is read.
 */
function peakMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  return peakIn(readFileSync('/proc/self/status', 'utf8'));
}

/** Ticks in which Linux counts CPU time for programs, on every machine. */
const tickMs = 10;

interface ProcessTimes {
  parent: number;
  /** User and system time. */
  cpuMs: number;
  /** The same of its children that have ended. */
  endedCpuMs: number;
}

/** Times of a process of a Linux system. */
function timesOf(pid: number): ProcessTimes {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name, in brackets, may hold anything; the state stands behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (index: number) => Number(fields[index]);
  return {
    parent: field(1),
    cpuMs: tickMs * (field(11) + field(12)),
    endedCpuMs: tickMs * (field(13) + field(14)),
  };
}

/** What another process took so far; null where the system does not tell (only Linux does). */
export function usageOf(pid: number): Omit<ProcessUsage, 'wallMs'> | null {
  if (process.platform !== 'linux') return null;
  return { cpuMs: timesOf(pid).cpuMs, peakMb: peakIn(readFileSync(`/proc/${pid}/status`, 'utf8')) };
}

/** The times of processes that are there, the others left out. */
function timesOfAll(): ProcessTimes[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    try {
      return timesOf(Number(name));
    } catch {
      return [];
    }
  });
}

/**
 * CPU time of a server that does its work in child processes, in milliseconds; null where the system does not tell.
 * @param child one of its processes
 */
export function serverCpuMs(child: number): number | null {
  if (process.platform !== 'linux') return null;
  const { parent } = timesOf(child);
  const { cpuMs, endedCpuMs } = timesOf(parent);
  const children = timesOfAll().filter((times) => times.parent === parent);
  return children.reduce((sum, own) => sum + own.cpuMs, cpuMs + endedCpuMs);
}

/** What this process took so far, loading its modules included. */
export function usageSoFar(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000, peakMb: peakMb() };
}
