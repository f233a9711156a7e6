import type { GradingService } from './grading-service.ts';
import { modelsOf } from './run-under-way.ts';
import type { RunWorker } from './run-worker.ts';
import { createServiceChapters } from './service-chapters.ts';
import { createServiceFeedback } from './service-feedback.ts';
import { createServiceGrades } from './service-grades.ts';
import type { ServiceParts } from './service-parts.ts';
import { createServiceRuns } from './service-runs.ts';

/** A service and what makes its runs. */
export interface OwnService {
  service: GradingService;
  worker: RunWorker;
  /** Hands out every run that has not ended, which changes nothing where somebody works on it. */
  handOutOpenRuns(): Promise<void>;
}

/** A service; where it makes its runs itself, those that an earlier one did not end are taken up again at once. */
export function createService(parts: ServiceParts): OwnService {
  const chapters = createServiceChapters(parts);
  const { config, maxCostUsd } = parts;
  const { worker, handOutOpenRuns, ...runs } = createServiceRuns(parts, chapters);
  const service = {
    models: modelsOf(config),
    maxCostUsd,
    ...chapters,
    ...runs,
    ...createServiceFeedback(parts, chapters),
    ...createServiceGrades(parts, chapters),
  };
  return { service, worker, handOutOpenRuns };
}
