using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Exchange.Hunting;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Server.Sharing.Hunting;

/// <summary>What was found of one indicator. It stays with who hunts: nothing of a log is ever sent.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Indicator">Id of the indicator.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its value.</param>
/// <param name="Lines">Lines in which it stands.</param>
/// <param name="First">The first of them: file and number of the line.</param>
/// <param name="Last">The last of them.</param>
internal sealed record HuntFinding(
    Guid Item,
    Guid Indicator,
    Hub.Sharing.IndicatorKind Kind,
    string Value,
    long Lines,
    string? First,
    string? Last
);

/// <summary>A log that could not be read to its end.</summary>
internal sealed record UnreadLog(string File, long Lines, string Problem);

/// <summary>The outcome of a hunt.</summary>
/// <param name="Schema">Schema of the JSON output.</param>
/// <param name="Files">Logs read.</param>
/// <param name="Lines">Lines read.</param>
/// <param name="Found">Indicators that were found, most lines first.</param>
/// <param name="NotFound">Indicators that were looked for and not found.</param>
/// <param name="NotLookedFor">Indicators too short to be looked for.</param>
/// <param name="Over">Rows of the table that are expired or retracted.</param>
/// <param name="UnreadRows">Lines of the table that are no rows.</param>
/// <param name="UnreadLogs">Logs that could not be read to their end.</param>
internal sealed record HuntOutcome(
    string Schema,
    int Files,
    long Lines,
    IReadOnlyList<HuntFinding> Found,
    IReadOnlyList<HuntFinding> NotFound,
    IReadOnlyList<HuntFinding> NotLookedFor,
    int Over,
    IReadOnlyList<int> UnreadRows,
    IReadOnlyList<UnreadLog> UnreadLogs
);

/// <summary>JSON of <c>hunt</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HuntOutcome))]
internal sealed partial class HuntJson : JsonSerializerContext;

/// <summary>Reads logs line by line, plain or packed by gzip, in UTF-8 or Shift_JIS, and counts what is found. No line is held longer than it is read.</summary>
internal sealed class HuntRun(IndicatorTableContent table)
{
    /// <summary>A longer line is read in pieces that overlap.</summary>
    private const int LongestLine = 1 << 16;

    private const int Overlap = 1 << 11;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly LogHunt _hunt = new(table.Indicators);
    private readonly long[] _lines = new long[table.Indicators.Count];
    private readonly string?[] _first = new string?[table.Indicators.Count];
    private readonly string?[] _last = new string?[table.Indicators.Count];

    /// <summary>Looks through logs.</summary>
    /// <param name="logs">Files, and folders with everything in them.</param>
    /// <param name="cancellation">Ends it.</param>
    public HuntOutcome Run(IReadOnlyList<string> logs, CancellationToken cancellation)
    {
        var (files, lines, unread) = (0, 0L, new List<UnreadLog>());
        foreach (var file in logs.SelectMany(Files))
        {
            files++;
            var read = 0L;
            try
            {
                foreach (var line in Lines(file, cancellation))
                {
                    read++;
                    Look(line, file, read);
                }
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                unread.Add(new UnreadLog(file, read, error.Message));
            }

            lines += read;
        }

        var skipped = _hunt.Skipped.ToHashSet();
        var all = table.Indicators.Select((one, at) => (At: at, Finding: FindingOf(one, at))).ToList();
        return new HuntOutcome(
            "noroshi.hunt/1",
            files,
            lines,
            [.. all.Where(one => one.Finding.Lines > 0).Select(one => one.Finding).OrderByDescending(one => one.Lines)],
            [.. all.Where(one => one.Finding.Lines == 0 && !skipped.Contains(one.At)).Select(one => one.Finding)],
            [.. all.Where(one => skipped.Contains(one.At)).Select(one => one.Finding)],
            table.Over,
            table.Unreadable,
            unread
        );
    }

    private HuntFinding FindingOf(HuntedIndicator one, int at) =>
        new(one.Item, one.Indicator, one.Kind, one.Value, _lines[at], _first[at], _last[at]);

    private void Look(string line, string file, long number)
    {
        foreach (var at in _hunt.Find(line))
        {
            _lines[at]++;
            _last[at] = $"{file}:{number}";
            _first[at] ??= _last[at];
        }
    }

    private static IEnumerable<string> Files(string path) =>
        File.Exists(path)
            ? [path]
            : Directory
                .EnumerateFiles(
                    path,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
                )
                .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string file, CancellationToken cancellation)
    {
        using var raw = File.OpenRead(file);
        var packed = raw.ReadByte() == 0x1F && raw.ReadByte() == 0x8B;
        raw.Position = 0;
        using var stream = packed ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)new BufferedStream(raw, 1 << 16);
        var buffer = new byte[LongestLine];
        var held = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, held, buffer.Length - held);
            held += read;
            var from = 0;
            while (buffer.AsSpan(from, held - from).IndexOf((byte)'\n') is >= 0 and var length)
            {
                yield return Text(buffer.AsSpan(from, length));
                from += length + 1;
            }

            if (read == 0)
            {
                if (held > from)
                {
                    yield return Text(buffer.AsSpan(from, held - from));
                }

                yield break;
            }

            if (from == 0 && held == buffer.Length)
            {
                yield return Text(buffer);
                from = held - Overlap;
            }

            buffer.AsSpan(from, held - from).CopyTo(buffer);
            held -= from;
        }
    }

    private static string Text(ReadOnlySpan<byte> line)
    {
        if (System.Text.Unicode.Utf8.IsValid(line))
        {
            return Strict.GetString(line);
        }

        return CharsetDecoder.Decode(line.ToArray(), "shift_jis").Text;
    }
}
