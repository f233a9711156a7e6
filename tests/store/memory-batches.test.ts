import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { describeBatches } from './batches-contract.ts';

describeBatches('batches in memory', createMemoryBatches);
