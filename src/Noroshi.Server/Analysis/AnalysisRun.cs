using System.Buffers;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Analysis;

/// <summary>Takes bytes apart in a worker.</summary>
internal delegate Task<WorkerOutcome> Dissection(ReadOnlyMemory<byte> bytes, DissectionRequest request, CancellationToken cancellation);

/// <summary>Writes an entry for whoever reads the run's output.</summary>
internal delegate void EntryWriter(IBufferWriter<byte> output, ProvidedMail entry);

/// <summary>What a run counted.</summary>
internal sealed class RunTotals
{
    private readonly Dictionary<string, int> _findings = new(StringComparer.Ordinal);
    private readonly List<Finding> _passedOver = [];

    /// <summary>Entries.</summary>
    public int Mails { get; set; }

    /// <summary>
    /// Inputs, and members of archives, that hold no mail; and archives of mails that were not read to their end, with the reason.
    /// </summary>
    public IReadOnlyList<Finding> PassedOver => _passedOver;

    /// <summary>Whether some mail, or something that was passed over, has the finding now that the run is over.</summary>
    public bool Has(string code) => _findings.GetValueOrDefault(code) > 0;

    /// <summary>Notes something that is no mail.</summary>
    public void PassOver(Finding why)
    {
        _passedOver.Add(why);
        Count([why.Code], 1);
    }

    /// <summary>Counts findings, or takes them back.</summary>
    public void Count(IEnumerable<string> codes, int by)
    {
        foreach (var code in codes)
        {
            _findings[code] = _findings.GetValueOrDefault(code) + by;
        }
    }
}

/// <summary>
/// The stateless main job: reads the inputs in order, has each piece taken apart in a worker, makes entries, and in a second round opens
/// what waits for a password that another mail gave.
/// </summary>
internal sealed class AnalysisRun(Dissection dissect, EntryWriter write, AnalysisChoices choices)
{
    /// <summary>Bytes of pieces that are read ahead, besides one of any size: 64 MiB. Large inputs go one after the other.</summary>
    private const long MostBytesUnderWay = 64L << 20;

    private readonly SecondMails _secondMails = new();
    private readonly EntryKeys _keys = new();
    private readonly Dictionary<string, KnownMail> _known = new(StringComparer.Ordinal);

    /// <summary>What was counted.</summary>
    public RunTotals Totals { get; } = new();

    /// <summary>The mails as far as conversations and campaigns ask for them, in no order.</summary>
    public IReadOnlyCollection<KnownMail> Known => _known.Values;

    /// <summary>Works through the inputs; the rendered entries end up in the spool.</summary>
    public async Task Run(IReadOnlyList<Input> inputs, Spool spool, Action<int> progress, CancellationToken cancellation)
    {
        // Results come back in the order of the inputs; a window of pieces is under way at any time, so memory does not grow.
        var underWay = new Queue<(Input Input, Piece Piece, Task<WorkerOutcome> Work)>();
        var bytesUnderWay = 0L;
        foreach (var input in inputs)
        {
            var any = false;
            foreach (var piece in MailReader.Read(input, member: null, cancellation))
            {
                any = true;
                var bytes = piece.Bytes?.Length ?? 0;
                while (underWay.Count > 0 && (underWay.Count >= choices.Parallel * 2 || bytesUnderWay + bytes > MostBytesUnderWay))
                {
                    bytesUnderWay -= underWay.Peek().Piece.Bytes?.Length ?? 0;
                    await Finish(underWay.Dequeue(), spool, progress);
                }

                bytesUnderWay += bytes;
                underWay.Enqueue((input, piece, Start(piece, input, choices.Given, cancellation)));
            }

            if (!any)
            {
                Totals.PassOver(FindingCodes.Run.NoMail.At(input.Provenance.File));
            }
        }

        while (underWay.TryDequeue(out var next))
        {
            await Finish(next, spool, progress);
        }

        foreach (var piece in _secondMails.Locked.GroupBy(waiting => waiting.Piece).ToList())
        {
            await TryAgain(piece.Key, piece, spool, cancellation);
        }
    }

    private Task<WorkerOutcome> Start(
        Piece piece,
        Input input,
        IReadOnlyList<PasswordCandidate> candidates,
        CancellationToken cancellation
    ) =>
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
                    PasswordBudgetMilliseconds = choices.PasswordBudgetMilliseconds,
                },
                cancellation
            );

    private async Task Finish((Input Input, Piece Piece, Task<WorkerOutcome> Work) item, Spool spool, Action<int> progress)
    {
        var found = PieceEntries.ForAnalysis(item.Piece, await item.Work);
        found.Others.ToList().ForEach(PassOver);
        var entries = _keys.Assign(found.Mails);
        var piece = new SecondMails.PieceRef(item.Input, item.Piece.File);
        var twins = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var twin = twins.GetValueOrDefault(entry.File);
            twins[entry.File] = twin + 1;
            Totals.Mails++;
            Totals.Count(EntryFindings.Of(entry).Select(finding => finding.Code), 1);
            _secondMails.Note(entry, twin, piece);
            _known[entry.Key] = KnownMail.Of(entry, item.Input.Provenance.Member);
            spool.Add(entry.File, entry.Key, Render(entry));
        }

        progress(Totals.Mails);
    }

    private void PassOver(OtherFile other)
    {
        Totals.Count(EntryFindings.Of(other.Facts).Select(finding => finding.Code), 1);

        var locked = other.Facts.Type == FileType.EncryptedUnopened || other.Facts.HeaderEncrypted && other.Facts.Children.Count == 0;
        if (locked)
        {
            Totals.PassOver(FindingCodes.Run.LockedMail.At(other.File));
            return;
        }

        // Where a limit or damage ended the reading of an archive there may be mails that nobody saw.
        if (other.OfMails || other.Facts.Type is FileType.Archive or FileType.DiskImage)
        {
            foreach (var finding in other.Facts.Findings.Where(StopsReading).DistinctBy(finding => finding.Code, StringComparer.Ordinal))
            {
                Totals.PassOver(finding with { Detail = other.File });
            }
        }

        if (!other.OfMails)
        {
            Totals.PassOver(FindingCodes.Run.NoMail.At(other.File));
        }
    }

    private static bool StopsReading(Finding finding) => finding.Severity is Severity.Limit or Severity.Damaged;

    private async Task TryAgain(
        SecondMails.PieceRef piece,
        IEnumerable<SecondMails.Waiting> waiting,
        Spool spool,
        CancellationToken cancellation
    )
    {
        // Mails of one archive share a piece; each gets the passwords of its own correspondents only.
        var tries = waiting
            .Select(one => (one.Entry, Candidates: _secondMails.For(one)))
            .Where(one => one.Candidates.Count > 0)
            .GroupBy(
                one => string.Join('\n', one.Candidates.Select(candidate => $"{candidate.Value}\t{candidate.Where}")),
                StringComparer.Ordinal
            )
            .ToList();
        if (tries.Count == 0 || FileKinds.WhyNot(piece.Input.FullPath, pipes: false) is not null)
        {
            // A pipe gives its bytes once.
            return;
        }

        foreach (var bytes in MailReader.Read(piece.Input, piece.File, cancellation))
        {
            foreach (var attempt in tries)
            {
                var candidates = attempt.First().Candidates;
                var outcome = await Start(bytes, piece.Input, [.. candidates, .. choices.Given], cancellation);
                var entries = PieceEntries.ForAnalysis(bytes, outcome).Mails;
                foreach (var (entry, _) in attempt)
                {
                    Replace(entry, entries, piece.Input.Provenance.Member, spool);
                }
            }
        }
    }

    private void Replace(SecondMails.WaitingEntry old, IReadOnlyList<ProvidedMail> entries, Organization? member, Spool spool)
    {
        // By name, not by place: what the password opened may bring mails of its own.
        var same = entries.Where(one => string.Equals(one.File, old.File, StringComparison.Ordinal)).Skip(old.Twin).FirstOrDefault();
        if (same is null || SecondMails.Opened(same) <= old.Opened)
        {
            return;
        }

        var entry = same with { Key = old.Key, Carrier = old.Carrier, Reported = old.Reported };
        Totals.Count(old.Codes, -1);
        Totals.Count(EntryFindings.Of(entry).Select(finding => finding.Code), 1);
        _known[entry.Key] = KnownMail.Of(entry, member);
        spool.Replace(entry.File, entry.Key, Render(entry));
    }

    private ReadOnlySpan<byte> Render(ProvidedMail entry)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        write(output, entry);
        return output.WrittenSpan;
    }
}

/// <summary>What a run was asked for.</summary>
/// <param name="Parallel">Pieces at the same time.</param>
/// <param name="PasswordBudgetMilliseconds">CPU budget of the password search per piece.</param>
/// <param name="Given">Passwords that the caller gave.</param>
internal sealed record AnalysisChoices(int Parallel, int PasswordBudgetMilliseconds, IReadOnlyList<PasswordCandidate> Given);
