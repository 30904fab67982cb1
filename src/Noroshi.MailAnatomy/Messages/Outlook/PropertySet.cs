using System.Text;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>The properties of a message, a recipient or an attachment.</summary>
internal sealed class PropertySet
{
    private readonly Dictionary<int, MapiProperty> _properties = [];

    /// <summary>Windows code page of its byte strings; 0 when nothing says.</summary>
    public int CodePage { get; set; }

    /// <summary>How many there are.</summary>
    public int Count => _properties.Count;

    /// <summary>Adds one. Text in Unicode wins over the same text in bytes; otherwise the first stays.</summary>
    public void Add(MapiProperty property)
    {
        if (!_properties.TryAdd(property.Id, property) && property.Type == MapiTypes.Unicode)
        {
            _properties[property.Id] = property;
        }
    }

    /// <summary>The property; null when absent.</summary>
    public MapiProperty? Find(int id) => _properties.TryGetValue(id, out var property) ? property : null;

    /// <summary>Text; null when absent, empty or of another type.</summary>
    public string? Text(int id) => Find(id)?.Text(CodePage) is { Length: > 0 } text ? text : null;

    /// <summary>Text on one line for names and addresses, at most 1,000 characters; null when nothing is left.</summary>
    public string? Line(int id)
    {
        if (Text(id) is not { } text)
        {
            return null;
        }

        var line = new StringBuilder(Math.Min(text.Length, MaxLine));
        foreach (var character in text.AsSpan()[..Math.Min(text.Length, MaxLine)])
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        var trimmed = line.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>A number or a boolean.</summary>
    public int? Number(int id) => Find(id)?.Number;

    /// <summary>A boolean, false when absent.</summary>
    public bool Flag(int id) => Number(id) is { } value && value != 0;

    /// <summary>A time, UTC.</summary>
    public DateTimeOffset? Time(int id) => Find(id)?.Time is { } time ? new DateTimeOffset(time) : null;

    /// <summary>Bytes; empty when absent.</summary>
    public ReadOnlyMemory<byte> Bytes(int id) => Find(id)?.Bytes ?? ReadOnlyMemory<byte>.Empty;

    private const int MaxLine = 1_000;
}
