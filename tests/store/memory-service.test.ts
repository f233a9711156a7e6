import { createMemoryService } from '../helpers/memory-service.ts';
import { describeServiceStore } from './service-contract.ts';

describeServiceStore('a service in memory', createMemoryService);
