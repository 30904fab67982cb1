using System.Buffers;
using System.Security.Cryptography;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Analysis;

/// <summary>Takes bytes apart in a worker.</summary>
internal delegate Task<WorkerOutcome> Dissection(ReadOnlyMemory<byte> bytes, DissectionRequest request, CancellationToken cancellation);

/// <summary>Writes an entry for whoever reads the run's output.</summary>
internal delegate void EntryWriter(IBufferWriter<byte> output, MailEntry entry);

/// <summary>What a run counted.</summary>
internal sealed class RunTotals
{
    /// <summary>Entries by everything that was asked for.</summary>
    public int Mails { get; set; }

    /// <summary>Inputs that hold no mail or could not be read, with the reason.</summary>
    public List<Finding> Problems { get; } = [];

    /// <summary>Codes of all findings with their number.</summary>
    public SortedDictionary<string, int> Findings { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// The stateless main job: reads the inputs in order, has each piece taken apart in a worker, makes entries, and in a second round opens
/// what waits for a password that another mail gave.
/// </summary>
internal sealed class AnalysisRun(Dissection dissect, EntryWriter write, int parallel, int passwordBudgetMilliseconds)
{
    private readonly SecondMails _secondMails = new();
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    /// <summary>What was counted.</summary>
    public RunTotals Totals { get; } = new();

    /// <summary>Works through the inputs; the rendered entries end up in the spool.</summary>
    public async Task Run(IReadOnlyList<Input> inputs, Spool spool, Action<int> progress, CancellationToken cancellation)
    {
        // Results come back in the order of the inputs; a window of pieces is under way at any time, so memory does not grow.
        var underWay = new Queue<(Input Input, Piece Piece, Task<WorkerOutcome> Work)>();
        foreach (var input in inputs)
        {
            foreach (var piece in MailReader.Read(input))
            {
                if (underWay.Count >= parallel * 2)
                {
                    await Finish(underWay.Dequeue(), spool, progress);
                }

                underWay.Enqueue((input, piece, Start(piece, input, [], cancellation)));
            }
        }

        while (underWay.TryDequeue(out var next))
        {
            await Finish(next, spool, progress);
        }

        foreach (var waiting in _secondMails.Locked)
        {
            await TryAgain(waiting, spool, cancellation);
        }
    }

    private Task<WorkerOutcome> Start(Piece piece, Input input, IReadOnlyList<PasswordCandidate> candidates, CancellationToken cancellation) =>
        piece.Bytes is not { } bytes
            ? Task.FromResult(new WorkerOutcome([], [], Unparseable: true))
            : dissect(
                bytes,
                new DissectionRequest
                {
                    Name = Path.GetFileName(input.FullPath),
                    Kind = piece.Kind,
                    Estate = Estates.Of(input.Provenance.Member),
                    Candidates = candidates,
                    PasswordBudgetMilliseconds = passwordBudgetMilliseconds,
                },
                cancellation);

    private async Task Finish((Input Input, Piece Piece, Task<WorkerOutcome> Work) item, Spool spool, Action<int> progress)
    {
        foreach (var entry in EntriesOf(item.Piece, await item.Work))
        {
            var unique = Unique(entry);
            Count(unique);
            _secondMails.Note(unique, item.Input, item.Piece.File);
            spool.Add(unique.Key, Render(unique));
        }

        progress(Totals.Mails);
    }

    private async Task TryAgain(SecondMails.Waiting waiting, Spool spool, CancellationToken cancellation)
    {
        var candidates = _secondMails.For(waiting);
        if (candidates.Count == 0)
        {
            return;
        }

        foreach (var piece in MailReader.Read(waiting.Input, waiting.PieceFile))
        {
            var outcome = await Start(piece, waiting.Input, candidates, cancellation);
            foreach (var entry in EntriesOf(piece, outcome))
            {
                if (_keys.TryGetValue(entry.Key, out var times) && times == 1)
                {
                    spool.Replace(entry.Key, Render(entry));
                }
            }
        }
    }

    private IReadOnlyList<MailEntry> EntriesOf(Piece piece, WorkerOutcome outcome)
    {
        var entries = new List<MailEntry>();
        var extra = outcome.Findings.Concat(piece.Findings).ToList();
        foreach (var frame in outcome.Frames)
        {
            var file = frame.Member.Length == 0 ? piece.File : $"{piece.File}!{frame.Member}";
            if (frame.Mail is { } mail)
            {
                var facts = piece.Sha256 is { } whole ? mail with { Sha256 = whole } : mail;
                entries.AddRange(MailEntries.Of(facts, file, piece.Provenance, extra));
            }
            else if (frame.File is { Type: FileType.Mail } kept)
            {
                entries.AddRange(MailEntries.Of(Unread(kept), file, piece.Provenance, extra));
            }
            else
            {
                Totals.Problems.Add(FindingCodes.Run.NoMail.At(file));
            }
        }

        if (outcome.Frames.Count == 0)
        {
            entries.AddRange(MailEntries.Of(Unread(piece), piece.File, piece.Provenance, extra));
        }

        return entries;
    }

    /// <summary>A mail of a kind whose inside is not read (.msg): the file's digest and findings stand for it.</summary>
    private static MailFacts Unread(FileFacts file) =>
        new()
        {
            Sha256 = file.Sha256 ?? "",
            Size = file.Size ?? 0,
            Findings = file.Findings,
            Attachments = file.Children,
        };

    /// <summary>Every input gives an entry, also one that no worker survived or that the file system refused.</summary>
    public static MailFacts Unread(Piece piece) =>
        new()
        {
            Sha256 = piece.Sha256 ?? (piece.Bytes is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : ""),
            Size = piece.Bytes?.Length ?? 0,
            Findings = piece.Bytes is null ? [] : [FindingCodes.Mail.Unparseable.At(piece.File)],
        };

    private MailEntry Unique(MailEntry entry)
    {
        var times = _keys[entry.Key] = _keys.GetValueOrDefault(entry.Key) + 1;
        return times == 1 ? entry : entry with { Key = $"{entry.Key}#{times}" };
    }

    private void Count(MailEntry entry)
    {
        Totals.Mails++;
        foreach (var finding in entry.Findings.Concat(entry.Facts.Attachments.SelectMany(AllFindings)))
        {
            Totals.Findings[finding.Code] = Totals.Findings.GetValueOrDefault(finding.Code) + 1;
        }
    }

    private static IEnumerable<Finding> AllFindings(FileFacts file) =>
        file.Findings.Concat(file.Children.SelectMany(AllFindings)).Concat(file.Mail?.Attachments.SelectMany(AllFindings) ?? []);

    private ReadOnlySpan<byte> Render(MailEntry entry)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        write(output, entry);
        return output.WrittenSpan;
    }
}
