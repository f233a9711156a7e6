const chapterMark =
  /^(?:\p{Extended_Pictographic}\uFE0F?\s*)?(?:제?\s*\d{1,3}\s*(?:단원|장|주차|주|회차|회|강|챕터|부|과)(?!\p{L})|(?:chapter|week|unit|part|lesson|session|ch\.?)\s*\d{1,3}(?!\d))/iu;

/** What a chapter's title begins with where it is numbered: `02단원`, `3주차`, `Week 4`; null where it is not. */
export function chapterMarkOf(title: string): string | null {
  return chapterMark.exec(title)?.[0] ?? null;
}
