/**
 * Numbers from 0 up to 1, the same ones for the same seed, and unlike ones for neighbouring seeds: a Weyl
 * sequence whose members are mixed by the finalizer of MurmurHash3.
 */
export function seededRandom(seed: number): () => number {
  const mixed = (value: number) => {
    let bits = value >>> 0;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return (bits ^ (bits >>> 16)) >>> 0;
  };
  let state = mixed(seed + 1);
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state) / 2 ** 32;
  };
}
