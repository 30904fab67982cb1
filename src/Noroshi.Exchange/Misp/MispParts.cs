namespace Noroshi.Exchange.Misp;

/// <summary>A typed value.</summary>
internal sealed record MispAttribute
{
    /// <summary>Longest value in UTF-16 units: MISP's column takes 65,535 bytes.</summary>
    public const int Longest = 16_000;

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Type of MISP.</summary>
    public required string Type { get; init; }

    /// <summary>Category of MISP.</summary>
    public required string Category { get; init; }

    /// <summary>Value.</summary>
    public required string Value { get; init; }

    /// <summary>Name inside an object; null for an attribute of the event.</summary>
    public string? Relation { get; init; }

    /// <summary>Whether machines may look for it by themselves.</summary>
    public bool ToIds { get; init; }

    /// <summary>Comment.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Not compared with other events.</summary>
    public bool NoCorrelation { get; init; }

    /// <summary>Taken back.</summary>
    public bool Deleted { get; init; }

    /// <summary>
    /// The same attribute taken back, without its value: as MISP itself blanks what is deleted. Whoever has it drops it; who never had it learns
    /// nothing.
    /// </summary>
    public MispAttribute Ghost() =>
        new()
        {
            Id = Id,
            Type = "comment",
            Category = "Other",
            Value = "deleted",
            Relation = Relation,
            Deleted = true,
        };
}

/// <summary>A relation to another object or attribute.</summary>
internal sealed record MispReference(Guid Id, Guid To, string Relation);

/// <summary>Attributes that belong together.</summary>
internal sealed record MispObject
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Template.</summary>
    public required MispTemplate Template { get; init; }

    /// <summary>Attributes.</summary>
    public required IReadOnlyList<MispAttribute> Attributes { get; init; }

    /// <summary>Relations to others.</summary>
    public IReadOnlyList<MispReference> References { get; init; } = [];

    /// <summary>Comment.</summary>
    public string Comment { get; init; } = "";

    /// <summary>When it was first seen; null when unknown.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Taken back.</summary>
    public bool Deleted { get; init; }

    /// <summary>The same object taken back.</summary>
    public MispObject Ghost() =>
        new()
        {
            Id = Id,
            Template = Template,
            Attributes = [.. Attributes.Select(one => one.Ghost())],
            Deleted = true,
        };
}

/// <summary>A template of objects. A MISP server without it shows the object all the same.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Version.</param>
/// <param name="Name">Name.</param>
/// <param name="Category">Meta category.</param>
/// <param name="Description">What it is.</param>
internal sealed record MispTemplate(Guid Id, int Version, string Name, string Category, string Description)
{
    /// <summary>A mail (misp-objects, version 19).</summary>
    public static MispTemplate Email { get; } =
        new(new Guid("a0c666e0-fc65-4be8-b48f-3423d788b552"), 19, "email", "network", "Mail of the attacker");

    /// <summary>A file (misp-objects, version 25).</summary>
    public static MispTemplate File { get; } =
        new(new Guid("688c46fb-5edb-40a3-8273-1af7923e2215"), 25, "file", "file", "File of the attacker");

    /// <summary>One row of an exchange (Table 1): the hub's own template, published in docs/misp.</summary>
    public static MispTemplate Message { get; } =
        new(
            new Guid("5d7c2c1a-9f0e-4a51-8b6d-3b0c7e4f2a96"),
            1,
            "noroshi-conversation-message",
            "misc",
            "One message of a conversational attack: role, interval since the message before, what is told of it; no clock time, no identity"
        );
}

/// <summary>A text for people.</summary>
internal sealed record MispReport(Guid Id, string Name, string Content, bool Deleted = false)
{
    /// <summary>The same report taken back.</summary>
    public MispReport Ghost() => new(Id, "deleted", "deleted", Deleted: true);
}

/// <summary>A tag.</summary>
internal sealed record MispTag(string Name, string Colour);
