namespace Noroshi.MailAnatomy.FileTypes.Compound.Properties;

/// <summary>A property's value; which of the fields holds it depends on its type (MS-OLEPS 2.15).</summary>
/// <param name="Type">VT_ constant without the vector bit.</param>
internal sealed record PropertyValue(int Type)
{
    /// <summary>Strings; CLSIDs in braces.</summary>
    public string? Text { get; init; }

    /// <summary>Numbers, booleans (0 or 1) and FILETIMEs as their 64 bits.</summary>
    public long? Number { get; init; }

    /// <summary>Blobs and clipboard data.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Items of a vector.</summary>
    public IReadOnlyList<PropertyValue>? Items { get; init; }
}

/// <summary>One section of a property set stream.</summary>
/// <param name="FormatId">What the numbers of the properties mean.</param>
/// <param name="CodePage">Code page of the 8-bit strings; 0 when not stated.</param>
internal sealed record PropertySet(Guid FormatId, int CodePage)
{
    /// <summary>Values by number.</summary>
    public Dictionary<uint, PropertyValue> Values { get; } = [];

    /// <summary>Names of user-defined properties by number.</summary>
    public Dictionary<uint, string> Names { get; } = [];

    /// <summary>The text of a property; null when it is none.</summary>
    public string? Text(uint id) => Values.TryGetValue(id, out var value) ? value.Text : null;

    /// <summary>The number of a property; null when it is none.</summary>
    public long? Number(uint id) => Values.TryGetValue(id, out var value) ? value.Number : null;
}

/// <summary>A property set stream.</summary>
/// <param name="System">Version and kind of the system that wrote it; 0 when not stated.</param>
/// <param name="Damaged">Some offset or count lies.</param>
/// <param name="Sets">Its sections.</param>
internal sealed record PropertySetStream(uint System, bool Damaged, IReadOnlyList<PropertySet> Sets);
