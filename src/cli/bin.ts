#!/usr/bin/env node
import { createRequire } from 'node:module';
import { languageOfSystem, run } from './run.ts';

try {
  process.loadEnvFile('.env');
} catch {
  // There need be no .env file.
}

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

// A reader that has seen enough, such as `head`, is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`cannot write the output: ${error.message}\n`);
    process.exitCode = 2;
  });
}

/** Answers and replies may hold escape codes; none of ours go through here, so none reach the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}--[\n\t]]/gv, '');
}

try {
  process.exitCode = await run(process.argv.slice(2), version, {
    out: (text) => void process.stdout.write(printable(text)),
    err: (text) => void process.stderr.write(printable(text)),
    isTerminal: process.stderr.isTTY,
    readInput: async () => Buffer.concat(await process.stdin.toArray()),
    env: process.env,
    language: languageOfSystem(process.env),
  });
} catch (error) {
  process.stderr.write(
    `A fault in answer-grader itself, please report it:\n${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 2;
}
