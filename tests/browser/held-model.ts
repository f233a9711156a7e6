import { type LoopbackModel, startLoopbackModel } from '../helpers/loopback-model.ts';

/** A model that holds every reply until it may go. */
export interface HeldModel extends AsyncDisposable {
  model: LoopbackModel;
  /** Lets this many replies go, those to requests to come as well. */
  letGo(count: number): void;
}

/** Starts a model whose replies are held. */
export async function startHeldModel(): Promise<HeldModel> {
  let free = 0;
  const waiting: (() => void)[] = [];
  const model = await startLoopbackModel({
    async handler() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return undefined;
    },
  });
  return {
    model,
    letGo(count) {
      const held = waiting.splice(0, count);
      for (const go of held) go();
      free += count - held.length;
    },
    [Symbol.asyncDispose]: () => model.close(),
  };
}
