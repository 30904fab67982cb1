using System.Globalization;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>What the pre-scan found.</summary>
/// <param name="Degraded">A limit was passed: only what <paramref name="Cuts"/> and <paramref name="SafeLength"/> leave is fit for a parser.</param>
/// <param name="Findings">The limits that were passed, each once.</param>
/// <param name="HeaderBytes">Bytes of the mail's own header block.</param>
/// <param name="HeaderLines">Lines of the mail's own header block.</param>
/// <param name="BoundaryLines">Lines that begin with two hyphens, up to the limit.</param>
/// <param name="Nesting">Deepest nesting of multiparts and mails.</param>
/// <param name="LongestLine">Bytes of the longest line.</param>
/// <param name="SafeLength">Bytes from the start that may be parsed; the full length when no limit stopped the scan.</param>
/// <param name="Cuts">Stretches to leave out, in order, within <paramref name="SafeLength"/>.</param>
public sealed record PreScanResult(
    bool Degraded,
    IReadOnlyList<Finding> Findings,
    int HeaderBytes,
    int HeaderLines,
    int BoundaryLines,
    int Nesting,
    int LongestLine,
    int SafeLength,
    IReadOnlyList<(int Start, int Length)> Cuts
);

/// <summary>
/// One pass over a mail before any parser sees it. It follows headers and boundaries as MIME defines them (RFC 2046 5.1) and stops what makes
/// parsers slow: long or many headers, many parts, deep nesting. Over a limit the mail is cut, never refused.
/// </summary>
public static class PreScan
{
    /// <summary>Lines that may look like boundaries.</summary>
    public const int MaxBoundaryLines = 10_000;

    /// <summary>Nesting of multiparts and mails.</summary>
    public const int MaxNesting = 100;

    private const int LongLine = 1 << 20;
    private const int MaxCuts = 1_000;

    /// <summary>Scans. Never throws; linear in the length.</summary>
    /// <param name="raw">The mail with its own line ends.</param>
    public static PreScanResult Scan(ReadOnlySpan<byte> raw)
    {
        var state = new State(raw);
        state.Run();
        return state.Result();
    }

    /// <summary>An open multipart (with its boundary) or mail (without).</summary>
    private readonly record struct Level(int Start, int Length);

    private ref struct State(ReadOnlySpan<byte> raw)
    {
        private readonly ReadOnlySpan<byte> raw = raw;
        private readonly LineEnds ends = LineEnds.Of(raw);
        private readonly List<Finding> findings = [];
        private readonly List<(int Start, int Length)> cuts = [];
        private readonly List<Level> levels = [];
        private bool inHeaders = true;
        private bool first = true;
        private int blockStart;
        private int blockLines;
        private int fieldStart;
        private int cutFrom = -1;
        private bool isType;
        private bool isMail;
        private Level boundary;
        private int headerBytes;
        private int headerLines;
        private int boundaryLines;
        private int nesting;
        private int longest;
        private int safeLength = raw.Length;

        public void Run()
        {
            var index = 0;
            while (index < raw.Length && index < safeLength)
            {
                var (length, next) = ends.Next(raw, index);
                longest = Math.Max(longest, length);
                if (length >= 2 && raw[index] == (byte)'-' && raw[index + 1] == (byte)'-' && Boundary(index, length, next))
                {
                    index = next;
                    continue;
                }

                if (inHeaders)
                {
                    Header(index, length, next);
                }

                index = next;
            }

            CloseCut(Math.Min(raw.Length, safeLength));
        }

        public readonly PreScanResult Result()
        {
            if (longest > LongLine)
            {
                findings.Add(FindingCodes.Mime.LongLine.At(string.Create(CultureInfo.InvariantCulture, $"{longest} bytes")));
            }

            return new PreScanResult(
                cuts.Count > 0 || safeLength < raw.Length,
                findings,
                first ? raw.Length : headerBytes,
                first ? blockLines : headerLines,
                boundaryLines,
                nesting,
                longest,
                safeLength,
                cuts
            );
        }

        /// <summary>Looks at a line of hyphens; true when it belongs to an open multipart.</summary>
        private bool Boundary(int index, int length, int next)
        {
            if (++boundaryLines > MaxBoundaryLines)
            {
                Stop(FindingCodes.Mime.LimitBoundaries, index);
                return true;
            }

            var line = raw.Slice(index + 2, length - 2).TrimEnd(" \t"u8);
            for (var at = levels.Count - 1; at >= 0; at--)
            {
                var name = raw.Slice(levels[at].Start, levels[at].Length);
                if (name.IsEmpty || !line.StartsWith(name))
                {
                    continue;
                }

                var rest = line[name.Length..];
                if (!rest.IsEmpty && !rest.SequenceEqual("--"u8))
                {
                    continue;
                }

                CloseCut(index);
                levels.RemoveRange(at + (rest.IsEmpty ? 1 : 0), levels.Count - at - (rest.IsEmpty ? 1 : 0));
                first = false;
                inHeaders = rest.IsEmpty;
                StartBlock(next);
                return true;
            }

            return false;
        }

        private void StartBlock(int start)
        {
            blockStart = start;
            fieldStart = start;
            blockLines = 0;
            isType = false;
            isMail = false;
            boundary = default;
        }

        private void Header(int index, int length, int next)
        {
            if (length == 0)
            {
                EndBlock(index, next);
                return;
            }

            blockLines++;
            var line = raw.Slice(index, length);
            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                fieldStart = index;
                isType = StartsWith(line, "content-type"u8);
                if (cutFrom >= 0 && next - blockStart <= RawHeaders.MaxBlock && blockLines <= RawHeaders.MaxLines)
                {
                    CloseCut(index);
                }
            }

            if (isType && cutFrom < 0)
            {
                Type(index, length);
            }

            if (cutFrom >= 0)
            {
                return;
            }

            if (next - blockStart > RawHeaders.MaxBlock)
            {
                OpenCut(
                    FindingCodes.Mime.LimitHeaderBlock,
                    Math.Max(index, Math.Min(blockStart + RawHeaders.MaxBlock, fieldStart + RawHeaders.MaxHeader))
                );
            }
            else if (blockLines > RawHeaders.MaxLines)
            {
                OpenCut(FindingCodes.Mime.LimitHeaderLines, index);
            }
            else if (next - fieldStart > RawHeaders.MaxHeader)
            {
                OpenCut(FindingCodes.Mime.LimitHeaderLength, Math.Max(index, fieldStart + RawHeaders.MaxHeader));
            }
        }

        private void EndBlock(int index, int next)
        {
            CloseCut(index);
            if (first)
            {
                first = false;
                headerBytes = next;
                headerLines = blockLines;
            }

            inHeaders = isMail;
            if (isMail || boundary.Length > 0)
            {
                levels.Add(boundary);
                nesting = Math.Max(nesting, levels.Count);
                if (levels.Count > MaxNesting)
                {
                    Stop(FindingCodes.Mime.LimitNesting, next);
                }
            }

            StartBlock(next);
        }

        private void Type(int index, int length)
        {
            var line = raw.Slice(index, Math.Min(length, RawHeaders.MaxHeader));
            isMail |= Find(line, "message/rfc822"u8) >= 0 || Find(line, "message/global"u8) >= 0;
            var at = Find(line, "boundary"u8);
            if (at < 0)
            {
                return;
            }

            // Also boundary*0= and boundary*=''…: a parser may honour them.
            var equal = line[at..].IndexOf((byte)'=');
            if (equal < 0)
            {
                return;
            }

            var start = at + equal + 1;
            while (start < line.Length && line[start] is (byte)' ' or (byte)'\t' or (byte)'"')
            {
                start++;
            }

            var rest = line[start..];
            var end =
                start > 0 && line[start - 1] == (byte)'"' ? rest.IndexOf((byte)'"') : rest.IndexOfAny((byte)';', (byte)' ', (byte)'\t');
            boundary = new Level(index + start, end < 0 ? rest.Length : end);
        }

        private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lower) =>
            line.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(line[..lower.Length], lower);

        /// <summary>Index of an ASCII word in any case; -1 when it is not there.</summary>
        private static int Find(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lower)
        {
            for (var at = 0; at + lower.Length <= line.Length; at++)
            {
                var next = line[at..(line.Length - lower.Length + 1)].IndexOfAny(lower[0], (byte)(lower[0] - 0x20));
                if (next < 0)
                {
                    return -1;
                }

                at += next;
                if (System.Text.Ascii.EqualsIgnoreCase(line.Slice(at, lower.Length), lower))
                {
                    return at;
                }
            }

            return -1;
        }

        private void OpenCut(FindingCode code, int from)
        {
            Report(code, from);
            cutFrom = from;
        }

        private void CloseCut(int to)
        {
            if (cutFrom < 0)
            {
                return;
            }

            // The cut keeps a line end before what follows.
            var from = cutFrom;
            cutFrom = -1;
            var keep =
                to > from && to - 1 > from && !ends.IsEndBefore(raw, from) ? (to - 2 >= from && raw[to - 2] == (byte)'\r' ? 2 : 1) : 0;
            if (to - keep > from)
            {
                cuts.Add((from, to - keep - from));
            }

            if (cuts.Count >= MaxCuts)
            {
                safeLength = Math.Min(safeLength, to);
            }
        }

        private void Stop(FindingCode code, int at)
        {
            Report(code, at);
            CloseCut(at);
            safeLength = Math.Min(safeLength, at);
        }

        private readonly void Report(FindingCode code, int at)
        {
            foreach (var known in findings)
            {
                if (known.Code == code.Code)
                {
                    return;
                }
            }

            findings.Add(code.At(string.Create(CultureInfo.InvariantCulture, $"byte {at}")));
        }
    }
}
