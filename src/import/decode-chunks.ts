import iconv from 'iconv-lite';
import { decodeError, isZip, utf16Of } from './decode.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp949';
type Chunks = AsyncIterable<Uint8Array>;

/** Bytes that tell an archive or a byte order mark. */
const tellingBytes = 4;

/** Whether decoding fails, here or at the end of what follows. */
function canDecode(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: bytes !== undefined });
    return true;
  } catch {
    return false;
  }
}

/** Looks through a whole file; only its end tells UTF-8 from CP949. */
async function encodingOf(chunks: Chunks, file: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head = new Uint8Array();
  let [isUtf8, hasNul] = [true, false];
  for await (const bytes of chunks) {
    if (head.length < tellingBytes) head = Uint8Array.from([...head, ...bytes.slice(0, tellingBytes)]);
    isUtf8 &&= canDecode(decoder, bytes);
    hasNul ||= bytes.includes(0);
    if (utf16Of(head) || (hasNul && !isUtf8)) break;
  }
  if (head.length === 0) throw decodeError('empty', file);
  if (isZip(head)) throw decodeError('zip', file);
  const utf16 = utf16Of(head);
  if (utf16) return utf16;
  if (hasNul) throw decodeError('noText', file);
  return isUtf8 && canDecode(decoder) ? 'utf-8' : 'cp949';
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function decoderFor(encoding: Encoding): Decoder {
  if (encoding === 'cp949') {
    const decoder = iconv.getDecoder(encoding);
    return { write: (bytes) => decoder.write(Buffer.from(bytes)), end: () => decoder.end() ?? '' };
  }
  // The mark at the beginning is taken off below: left to the decoder, others in the text would go as well.
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return {
    write: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

/**
 * The text of a document in parts, of the encodings that decodeDocument knows, with LF line ends. The document is
 * gone through twice: at first for its encoding.
 * @param open gives the document's bytes from the beginning, each time anew
 * @throws InputError when it is empty, an archive, or not text
 */
export async function* decodeChunks(open: () => Chunks, file: string): AsyncGenerator<string> {
  const encoding = await encodingOf(open(), file);
  const decoder = decoderFor(encoding);
  let [carried, isBlank] = ['', true];
  const decode = (work: () => string) => {
    let text: string;
    try {
      text = work();
    } catch {
      throw decodeError('noText', file);
    }
    if (encoding === 'cp949' && text.includes('\uFFFD')) throw decodeError('noText', file);
    isBlank &&= text.trim() === '';
    return text;
  };
  let isFirst = true;
  for await (const bytes of open()) {
    const decoded = decode(() => decoder.write(bytes));
    const text = carried + (isFirst ? decoded.replace(/^\uFEFF/u, '') : decoded);
    isFirst &&= decoded === '';
    // The line feed of a pair may come with the next part.
    carried = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - carried.length).replace(/\r\n?/gu, '\n');
  }
  yield (carried + decode(() => decoder.end())).replace(/\r\n?/gu, '\n');
  if (isBlank) throw decodeError('blank', file);
}
