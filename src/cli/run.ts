import { CommanderError } from 'commander';
import type { OpenGroups } from '../app/groups.ts';
import { GraderError } from '../core/errors.ts';
import type { Language } from '../core/localized.ts';
import type { ExitCode, Io } from './io.ts';
import { createProgram } from './program.ts';

/** Messages are Korean where the system speaks Korean. */
export function languageOfSystem(env: NodeJS.ProcessEnv): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^ko\b/iu.test(locale.replace('_', '-')) ? 'ko' : 'en';
}

function messageLanguage(args: readonly string[], io: Io): Language {
  const at = args.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const value = args[at]?.split('=')[1] ?? args[at + 1];
  return at >= 0 && (value === 'ko' || value === 'en') ? value : io.language;
}

const openGroups: OpenGroups = async (address) =>
  (await import('../compose-postgres.ts')).openGroups(address);

/**
 * Runs one command line. Errors a person can act on become one sentence on standard error; anything else is a
 * bug and keeps its stack.
 * @returns the exit code
 */
export async function run(args: readonly string[], version: string, io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(
    {
      importDocuments: async (...given) =>
        (await import('./commands/import-command.ts')).importCommand(...given, io),
      grade: async (...given) => (await import('./commands/grade-command.ts')).gradeCommand(...given, io),
      feedback: async (...given) =>
        (await import('./commands/feedback-command.ts')).feedbackCommand(...given, io),
      scoreboard: async (...given) =>
        (await import('./commands/scoreboard-command.ts')).scoreboardCommand(...given, io),
      publish: async (...given) =>
        (await import('./commands/publish-command.ts')).publishCommand(...given, io),
      rubricCheck: async (...given) =>
        (await import('./commands/rubric-command.ts')).rubricCheckCommand(...given, io),
      rubricDraft: async (...given) =>
        (await import('./commands/rubric-draft-command.ts')).rubricDraftCommand(...given, io),
      rubricLint: async (...given) =>
        (await import('./commands/rubric-lint-command.ts')).rubricLintCommand(...given, io),
      reviewList: async (...given) =>
        (await import('./commands/review-command.ts')).reviewListCommand(...given, io),
      reviewShow: async (...given) =>
        (await import('./commands/review-command.ts')).reviewShowCommand(...given, io),
      reviewSet: async (...given) =>
        (await import('./commands/review-command.ts')).reviewSetCommand(...given, io),
      reviewClear: async (...given) =>
        (await import('./commands/review-command.ts')).reviewClearCommand(...given, io),
      reviewPromote: async (...given) =>
        (await import('./commands/review-files-command.ts')).reviewPromoteCommand(...given, io),
      reviewExport: async (...given) =>
        (await import('./commands/review-files-command.ts')).reviewExportCommand(...given, io),
      reviewImport: async (...given) =>
        (await import('./commands/review-files-command.ts')).reviewImportCommand(...given, io),
      calibrate: async (...given) =>
        (await import('./commands/calibrate-command.ts')).calibrateCommand(...given, io),
      compare: async (...given) =>
        (await import('./commands/compare-command.ts')).compareCommand(...given, io),
      batchSubmit: async (...given) =>
        (await import('./commands/batch-command.ts')).batchSubmitCommand(...given, io),
      batchStatus: async (...given) =>
        (await import('./commands/batch-command.ts')).batchStatusCommand(...given, io),
      batchCollect: async (...given) =>
        (await import('./commands/batch-command.ts')).batchCollectCommand(...given, io),
      batchCancel: async (...given) =>
        (await import('./commands/batch-command.ts')).batchCancelCommand(...given, io),
      handExport: async (...given) =>
        (await import('./commands/hand-command.ts')).handExportCommand(...given, io),
      handImport: async (...given) =>
        (await import('./commands/hand-command.ts')).handImportCommand(...given, io),
      groupAdd: async (...given) =>
        (await import('./commands/group-command.ts')).groupAddCommand(...given, io, openGroups),
      groupList: async (...given) =>
        (await import('./commands/group-command.ts')).groupListCommand(...given, io, openGroups),
      groupRotate: async (...given) =>
        (await import('./commands/group-command.ts')).groupRotateCommand(...given, io, openGroups),
      groupDisable: async (...given) =>
        (await import('./commands/group-command.ts')).groupDisableCommand(...given, io, openGroups),
      dbCopy: async (...given) => (await import('./commands/db-command.ts')).dbCopyCommand(...given, io),
      worker: async (...given) =>
        (await import('./commands/worker-command.ts')).workerCommand(...given, version, io),
      serve: async (...given) =>
        (await import('./commands/serve-command.ts')).serveCommand(...given, version, io),
    },
    version,
    (result) => {
      code = result;
    },
  );
  const configure = (command: typeof program): void => {
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
    command.commands.forEach(configure);
  };
  configure(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof GraderError)) throw error;
    io.err(`${error.sentence(messageLanguage(args, io))}\n`);
    return 2;
  }
}
