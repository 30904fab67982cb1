namespace Noroshi.Server.Hosting.Options;

/// <summary>What an option does, for the reference and for messages. Stands on every option.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionDocAttribute(string ja, string en) : Attribute
{
    /// <summary>Japanese.</summary>
    public string Ja { get; } = ja;

    /// <summary>English.</summary>
    public string En { get; } = en;

    /// <summary>Smallest number that is allowed (seconds for a time).</summary>
    public long From { get; init; }

    /// <summary>Largest number that is allowed.</summary>
    public long To { get; init; } = int.MaxValue;

    /// <summary>Values that are allowed, with <c>|</c> between them; null: any.</summary>
    public string? OneOf { get; init; }
}

/// <summary>A setting that cannot be used: where it stands, what is wrong, what is allowed.</summary>
internal sealed record OptionProblem(string Key, string Ja, string En);

/// <summary>Settings that cannot be used.</summary>
internal sealed class SettingsException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public SettingsException()
        : this([]) { }

    /// <summary>Creates the exception.</summary>
    public SettingsException(string message)
        : this([new OptionProblem("", message, message)]) { }

    /// <summary>Creates the exception with its cause.</summary>
    public SettingsException(string message, Exception cause)
        : base(message, cause) => Problems = [new OptionProblem("", message, message)];

    /// <summary>Creates the exception.</summary>
    public SettingsException(IReadOnlyList<OptionProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(one => one.En))) => Problems = problems;

    /// <summary>All that is wrong, not only the first.</summary>
    public IReadOnlyList<OptionProblem> Problems { get; }
}
