namespace Noroshi.Makers.Hostile;

/// <summary>How a hostile input reaches people.</summary>
public enum HostileWay
{
    /// <summary>It is the mail.</summary>
    Mail,

    /// <summary>It is handed in as a file that may be a mail or hold mails: an archive by itself, an Outlook item.</summary>
    Alone,

    /// <summary>It is attached to a mail.</summary>
    Attached,
}

/// <summary>The whole hostile set: one list, so that whatever is added is run by the tests and by the soak alike.</summary>
public static class HostileSet
{
    /// <summary>Every input with its way.</summary>
    public static IReadOnlyList<(HostileInput Input, HostileWay Way)> All { get; } =
    [
        .. HostileMails.All.Select(input => (input, HostileWay.Mail)),
        .. HostileArchives.All.Select(input =>
            (input, input.Group.StartsWith("archive/mutant", StringComparison.Ordinal) ? HostileWay.Alone : HostileWay.Attached)
        ),
        .. HostileOutlook.All.Select(input => (input, HostileWay.Alone)),
        .. new[] { HostileDocuments.All, HostileCompound.All, HostileOfficeXml.All, HostilePdf.All, HostilePrograms.All }
            .SelectMany(inputs => inputs)
            .Select(input => (input, HostileWay.Attached)),
    ];
}
