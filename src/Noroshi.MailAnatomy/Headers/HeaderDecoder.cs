using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Decodes a stretch of header bytes (RFC 2047 words, raw 8-bit, escape sequences) to text.</summary>
/// <param name="raw">Bytes without structure: quotes and comments are taken off before.</param>
/// <param name="hint">Charset the mail declares for its body; null when it declares none.</param>
/// <param name="findings">Takes what was repaired.</param>
internal delegate string HeaderDecoder(ReadOnlySpan<byte> raw, string? hint, List<Finding> findings);
