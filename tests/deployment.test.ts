import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { type Actions, createProgram } from '../src/cli/program.ts';
import { repository } from './helpers/run-cli.ts';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');

/** What compose.yaml may hold of a service; a word that is not known is a slip of the pen. */
const serviceSchema = z.strictObject({
  ...{ build: z.literal('.').optional(), image: z.string(), user: z.string().optional() },
  init: z.literal(true).optional(),
  restart: z.literal('unless-stopped'),
  env_file: z.literal('.env').optional(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
  volumes: z.array(z.string()),
  read_only: z.literal(true),
  tmpfs: z.union([z.string(), z.array(z.string())]),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  shm_size: z.string().optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  deploy: z.strictObject({ replicas: z.int().positive() }).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      ...{ interval: z.string(), timeout: z.string(), start_period: z.string() },
      retries: z.int().optional(),
    })
    .optional(),
  stop_grace_period: z.string(),
});
const composeSchema = z.strictObject({
  name: z.string(),
  'x-program': z.unknown(),
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

const compose = composeSchema.parse(parse(read('compose.yaml'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const program = createProgram({} as Actions, manifest.version, () => {});

/** The option names of a command line, and whether the program has that command with those options. */
function checkCommand(words: readonly string[]): void {
  const names = words.filter((word) => /^[a-z]+$/u.test(word));
  const first = program.commands.find((command) => command.name() === names[0]);
  expect(first, words.join(' ')).toBeDefined();
  const command = first?.commands.find((one) => one.name() === names[1]) ?? first;
  const known = (command?.options ?? []).map(({ long }) => long);
  const asked = words.filter((word) => word.startsWith('--'));
  expect(known).toEqual(expect.arrayContaining(asked));
}

describe('compose.yaml', () => {
  test('runs the program by commands and options that it has', () => {
    expect(ours.map(([name]) => name)).toEqual(['serve', 'worker']);
    for (const [name, { command = [] }] of ours) {
      expect(command[0]).toBe(name);
      checkCommand(command);
    }
    const said = [...read('compose.yaml').matchAll(/^# +docker compose run --rm serve ([a-z -]+)/gmu)];
    expect(said.map(([, words]) => words?.trim().split(' '))).toEqual([['group', 'add']]);
    for (const [, words = ''] of said) checkCommand(words.trim().split(' '));
  });

  test('sets variables that the program reads, and asks for those that .env.example explains', () => {
    const example = read('.env.example');
    const sources = readdirSync(join(repository, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const [, { environment }] of ours)
      for (const name of Object.keys(environment)) {
        expect(example).toMatch(new RegExp(`^# ?${name}=|^${name}=`, 'mu'));
        expect(sources.some((source) => source.includes(`'${name}'`))).toBe(true);
      }
    const asked = [...read('compose.yaml').matchAll(/\$\{(\w+)/gu)].map(([, name]) => name);
    expect(new Set(asked)).toEqual(new Set(['POSTGRES_PASSWORD']));
    expect(example).toMatch(/^POSTGRES_PASSWORD=$/mu);
  });

  test('opens one port, to this machine', () => {
    const ports = services.flatMap(([, { ports: own = [] }]) => own);
    expect(ports).toEqual(['127.0.0.1:8787:8787']);
  });

  test('keeps data in a volume, and takes folders that are there to read them only', () => {
    for (const volume of services.flatMap(([, { volumes }]) => volumes)) {
      const [from = '', , mode] = volume.split(':');
      if (from.startsWith('./')) expect([existsSync(join(repository, from)), mode]).toEqual([true, 'ro']);
      else expect(Object.keys(compose.volumes)).toContain(from);
    }
  });

  test('looks for workers where they listen', () => {
    const { command = [], healthcheck } = compose.services['worker']!;
    const port = command[command.indexOf('--metrics-port') + 1];
    expect(healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${port}/healthz`);
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');
  /** The files that come from the repository. */
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1));

  test('copies what is there, and nothing that is kept out', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copied.length).toBeGreaterThan(4);
    for (const path of copied) {
      expect(existsSync(join(repository, path)), path).toBe(true);
      expect(allowed).toContain(path);
    }
    expect(allowed.filter((path) => !copied.includes(path))).toEqual([]);
  });

  test('starts the program that the package names, by a command and options that it has', () => {
    const words = (name: string) =>
      JSON.parse(lines.findLast((one) => one.startsWith(`${name} `))!.slice(name.length));
    expect(words('ENTRYPOINT')).toEqual(['node', `/app/${manifest.bin['answer-grader']}`]);
    checkCommand(words('CMD'));
  });

  test('is built on the Node that the package wants, the same in each stage', () => {
    const bases = lines.flatMap((line) => /^FROM node:(\d+)\.(\d+)-slim\b/u.exec(line) ?? []).filter(Boolean);
    const [, major, minor] = bases;
    const [, wantedMajor, wantedMinor] = /^>=(\d+)\.(\d+)$/u.exec(manifest.engines.node) ?? [];
    expect(major).toBe(wantedMajor);
    expect(Number(minor)).toBeGreaterThanOrEqual(Number(wantedMinor));
    expect(
      new Set(lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1])).size,
    ).toBe(1);
  });

  test('looks at the address where the service listens, and runs as nobody special', () => {
    const text = lines.join('\n');
    const port = /^EXPOSE (\d+)$/mu.exec(text)?.[1];
    const serve = program.commands.find((command) => command.name() === 'serve');
    expect(serve?.options.find(({ long }) => long === '--port')?.defaultValue).toBe(Number(port));
    expect(text).toContain(`fetch('http://127.0.0.1:${port}/healthz')`);
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  });
});
