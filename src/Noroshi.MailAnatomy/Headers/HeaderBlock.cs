namespace Noroshi.MailAnatomy.Headers;

/// <summary>One header field.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Raw">Bytes after the colon, folding kept, line end at the end left out.</param>
/// <param name="Value">Decoded and unfolded text (RFC 2047, raw 8-bit and escape sequences by the lenient decoder), trimmed.</param>
public sealed record HeaderField(string Name, ReadOnlyMemory<byte> Raw, string Value);

/// <summary>The header fields of a mail or part in their order.</summary>
/// <param name="fields">Fields, top first.</param>
public sealed class HeaderBlock(IReadOnlyList<HeaderField> fields)
{
    // An array is walked without an enumerator on the heap; fields are asked for by name some thirty times a mail.
    private readonly HeaderField[] _fields = fields as HeaderField[] ?? [.. fields];

    /// <summary>No field.</summary>
    public static HeaderBlock Empty { get; } = new([]);

    /// <summary>All fields, top first.</summary>
    public IReadOnlyList<HeaderField> Fields => _fields;

    /// <summary>Value of the first field of that name (ASCII case ignored); null when absent.</summary>
    public string? First(string name) => Field(name)?.Value;

    /// <summary>First field of that name; null when absent.</summary>
    public HeaderField? Field(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var field in _fields)
        {
            if (field.Name.Length == name.Length && field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>All fields of that name, top first.</summary>
    public IEnumerable<HeaderField> All(string name) => Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
