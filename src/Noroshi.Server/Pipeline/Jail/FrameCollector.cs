using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>
/// Gathers the frames of a request over its tries. A later frame of a member replaces the earlier one, except that a retry, which reads
/// headers only, never replaces what the first try found.
/// </summary>
internal sealed class FrameCollector(Action<AnatomyFrame>? onFrame)
{
    private readonly List<AnatomyFrame> _frames = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofThisTry = new(StringComparer.Ordinal);
    private int _ofFirstTry = int.MaxValue;

    /// <summary>Frames stay here until the request is done.</summary>
    public bool Keeps => onFrame is null;

    /// <summary>Members so far.</summary>
    public int Members => _places.Count;

    /// <summary>Some fact has a finding that ends the reuse of its worker.</summary>
    public bool Tainted { get; private set; }

    public IReadOnlyList<AnatomyFrame> Frames => _frames;

    /// <summary>From here on frames come from the retry.</summary>
    public void BeginRetry() => _ofFirstTry = _places.Count;

    /// <summary>From here on frames come from another worker.</summary>
    public void BeginTry() => _ofThisTry.Clear();

    /// <summary>Takes a frame.</summary>
    /// <returns>True when it is the first of its member in this try, and not the first of all: the worker got on.</returns>
    public bool Add(AnatomyFrame frame)
    {
        Tainted |= IsDamaged(frame.Mail, 0) || IsDamaged(frame.File, 0);
        var gotOn = _ofThisTry.Add(frame.Member) && _ofThisTry.Count > 1;
        var known = _places.TryGetValue(frame.Member, out var place);
        if (known && place < _ofFirstTry && _ofFirstTry != int.MaxValue)
        {
            return gotOn;
        }

        if (!known)
        {
            place = _places.Count;
            _places.Add(frame.Member, place);
        }

        if (onFrame is not null)
        {
            onFrame(frame);
        }
        else if (known)
        {
            _frames[place] = frame;
        }
        else
        {
            _frames.Add(frame);
        }

        return gotOn;
    }

    private static bool IsDamaged(MailFacts? mail, int depth) =>
        mail is not null && (mail.Findings.Any(EndsReuse) || mail.Attachments.Any(file => IsDamaged(file, depth + 1)));

    private static bool IsDamaged(FileFacts? file, int depth) =>
        file is not null
        && (
            depth > JsonGuard.MaxDepth
            || file.Findings.Any(EndsReuse)
            || file.Children.Any(child => IsDamaged(child, depth + 1))
            || IsDamaged(file.Mail, depth + 1)
        );

    private static bool EndsReuse(Finding finding) => finding.Severity is Severity.Damaged or Severity.Limit;
}
