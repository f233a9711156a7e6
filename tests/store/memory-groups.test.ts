import { createMemoryGroups } from '../helpers/memory-groups.ts';
import { describeGroups } from './groups-contract.ts';

describeGroups('groups in memory', createMemoryGroups);
