using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy;

/// <summary>How deep a dissection goes; each level gives up what made the level above fail.</summary>
public enum DissectionLevel
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>Headers and hashes only: the retry after a worker died.</summary>
    HeadersOnly,
}

/// <summary>What to take the input for.</summary>
public enum InputKind
{
    /// <summary>Decide by content.</summary>
    Auto,

    /// <summary>A mail, however broken: every input gives one entry.</summary>
    Mail,

    /// <summary>A file as it would be attached.</summary>
    File,
}

/// <summary>A request to take bytes apart.</summary>
public sealed record DissectionRequest
{
    /// <summary>Name of the input, used as a path prefix in results only.</summary>
    public string Name { get; init; } = "";

    /// <summary>What to take the input for.</summary>
    public InputKind Kind { get; init; }

    /// <summary>How deep to go.</summary>
    public DissectionLevel Level { get; init; }

    /// <summary>Own hosts, networks and domains.</summary>
    public OwnEstate Estate { get; init; } = OwnEstate.Unknown;

    /// <summary>Passwords known from elsewhere, best first.</summary>
    public IReadOnlyList<PasswordCandidate> Candidates { get; init; } = [];

    /// <summary>CPU budget of the password search, milliseconds; 0 tries only <see cref="Candidates"/>.</summary>
    public int PasswordBudgetMilliseconds { get; init; } = 4_000;

    /// <summary>Bytes that all unpacking together may produce.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Archive entries that may be listed in all.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Nesting that is unpacked.</summary>
    public int MaxDepth { get; init; } = 8;
}
